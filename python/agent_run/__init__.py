"""Records of what AI agents do: types, validation, canonical form, hashes, seals, verification, and a recorder.

The standard is agent-run 1.0. ``read`` reads a record strictly, ``validate`` and ``verify`` judge it, ``Recorder`` writes one.
"""

from .canonical import CanonicalError, canonicalize
from .ed25519 import Signer
from .errors import SealError
from .hashes import hash_value, run_hash
from .journal import JournalWriter, erase_journal, fold, read_journal
from .read import JsonObject, JsonValue, ReadError, read
from .recorder import CallRefused, Recorder
from .schema import Validation, validate
from .seal import document_hash, erase, is_sealed, protect, record_hash, seal
from .signatures import sign_object, verify_object
from .trust import TrustError, read_trust
from .types import AgentRun, Finding, Verdict
from .verify import verify, verify_bundle
from .version import VERSION

__all__ = [
    "VERSION",
    "AgentRun",
    "CallRefused",
    "CanonicalError",
    "Finding",
    "JournalWriter",
    "JsonObject",
    "JsonValue",
    "ReadError",
    "Recorder",
    "SealError",
    "Signer",
    "TrustError",
    "Validation",
    "Verdict",
    "canonicalize",
    "document_hash",
    "erase",
    "erase_journal",
    "fold",
    "hash_value",
    "is_sealed",
    "protect",
    "read",
    "read_journal",
    "read_trust",
    "record_hash",
    "run_hash",
    "seal",
    "sign_object",
    "validate",
    "verify",
    "verify_bundle",
    "verify_object",
]
