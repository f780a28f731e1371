"""A small recorder: the run of an agent as a journal that is written while it goes on, and a record at its end."""

from .answer import read_answer
from .errors import CallRefused
from .faults import RecorderError, RecorderFault
from .journal_file import Fsync
from .permission import ApprovalRequest, Ask, Call, Policy
from .recorder import Recorder
from .step import Effect, Step

__all__ = [
    "ApprovalRequest",
    "Ask",
    "Call",
    "CallRefused",
    "Effect",
    "Fsync",
    "Policy",
    "Recorder",
    "RecorderError",
    "RecorderFault",
    "Step",
    "read_answer",
]
