"""All cases of vectors/verify by class."""

from .verify_alone import ALONE, CLOSED, DENIED, TIMELESS
from .verify_ancestors import ANCESTORS
from .verify_approval import APPROVAL
from .verify_batch import BATCH
from .verify_chain import CHAIN
from .verify_child import CHILD_CASES
from .verify_digest import CANONICAL, DIGEST, TREE
from .verify_eval import EVALS
from .verify_fold import FOLD
from .verify_grant import GRANT
from .verify_level import LEVEL
from .verify_order import JOURNALS
from .verify_parent import PARENT_CASES, TRIGGERED
from .verify_privacy import PRIVACY
from .verify_schema import SCHEMA
from .verify_signature import SIGNATURE
from .verify_standing import GRANTS, REVOKED
from .verify_trust import TRUST_CASES

CLASSES = {
    "schema": SCHEMA,
    "canonical": CANONICAL,
    "digest": DIGEST,
    "tree": [*TREE, *BATCH],
    "chain": [*CHAIN, *FOLD],
    "signature": [*SIGNATURE, *EVALS],
    "trust": TRUST_CASES,
    "approval": [*APPROVAL, *GRANT, *ALONE, *TIMELESS, *DENIED, *CLOSED, *GRANTS, *REVOKED, *JOURNALS],
    "lineage": [*CHILD_CASES, *TRIGGERED, *PARENT_CASES, *ANCESTORS],
    "privacy": PRIVACY,
    "level": LEVEL,
}
