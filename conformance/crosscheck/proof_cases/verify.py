"""All cases of vectors/verify by class."""

from .verify_alone import DECISIONS
from .verify_approval import APPROVAL
from .verify_chain import CHAIN
from .verify_digest import CANONICAL, DIGEST, SCHEMA, TREE
from .verify_grant import GRANT
from .verify_level import LEVEL
from .verify_lineage import LINEAGE
from .verify_privacy import PRIVACY
from .verify_signature import BATCH, EVALS, SIGNATURE
from .verify_trust import TRUST_CASES

CLASSES = {
    "schema": SCHEMA,
    "canonical": CANONICAL,
    "digest": DIGEST,
    "tree": [*TREE, *BATCH],
    "chain": CHAIN,
    "signature": [*SIGNATURE, *EVALS],
    "trust": TRUST_CASES,
    "approval": [*APPROVAL, *GRANT, *DECISIONS],
    "lineage": LINEAGE,
    "privacy": PRIVACY,
    "level": LEVEL,
}
