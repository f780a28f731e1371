"""Records of what AI agents do: types, validation, canonical form, hashes, seals, verification, and a recorder.

The standard is agent-run 1.0. ``Recorder`` records a run, with ``tool`` and ``recorded`` as decorators; ``read`` reads a record
strictly, ``validate`` and ``verify`` judge it, ``send`` brings it to a server. ``agent_run.types`` has a ``TypedDict`` for every
object. On the command line: ``python -m agent_run --help``.
"""

from .canonical import CanonicalError, canonicalize
from .client import SendError, Server
from .ed25519 import Signer
from .errors import SealError
from .hashes import hash_value, run_hash
from .journal import JournalWriter, erase_journal, fold, read_journal
from .read import JsonObject, JsonValue, ReadError, read
from .recorder import CallRefused, Delegation, Recorder, RecorderError, current_run, recorded, tool
from .schema import Validation, validate
from .seal import document_hash, erase, is_sealed, protect, record_hash, seal
from .sending import send
from .signatures import sign_object, verify_object
from .trust import TrustError, read_trust
from .types import AgentRun, Finding, Verdict
from .verify import verify, verify_bundle
from .version import VERSION

__version__ = VERSION

__all__ = [
    "VERSION",
    "AgentRun",
    "CallRefused",
    "CanonicalError",
    "Delegation",
    "Finding",
    "JournalWriter",
    "JsonObject",
    "JsonValue",
    "ReadError",
    "Recorder",
    "RecorderError",
    "SealError",
    "SendError",
    "Server",
    "Signer",
    "TrustError",
    "Validation",
    "Verdict",
    "canonicalize",
    "current_run",
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
    "recorded",
    "run_hash",
    "seal",
    "send",
    "sign_object",
    "tool",
    "validate",
    "verify",
    "verify_bundle",
    "verify_object",
]
