"""All cases of vectors/verify by class."""

from .verify_digest import CANONICAL, DIGEST, SCHEMA, TREE
from .verify_signature import BATCH, EVALS, SIGNATURE

CLASSES = {
    "schema": SCHEMA,
    "canonical": CANONICAL,
    "digest": DIGEST,
    "tree": [*TREE, *BATCH],
    "signature": [*SIGNATURE, *EVALS],
}
