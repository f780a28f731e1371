"""A small recorder: the run of an agent as a journal that is written while it goes on, and a record at its end."""

from .answer import read_answer
from .call import ApprovalRequest, Ask, Call, Policy
from .delegation import Delegation
from .errors import CallRefused
from .faults import RecorderError, RecorderFault
from .journal_file import Fsync
from .present import current_run
from .recorder import Recorder
from .step import Effect, Step
from .wrap import recorded, tool

__all__ = [
    "ApprovalRequest",
    "Ask",
    "Call",
    "CallRefused",
    "Delegation",
    "Effect",
    "Fsync",
    "Policy",
    "Recorder",
    "RecorderError",
    "RecorderFault",
    "Step",
    "current_run",
    "read_answer",
    "recorded",
    "tool",
]
