"""What an exception says about the step or run that it ended."""

import asyncio
import concurrent.futures
from typing import Any, Dict, Mapping, NamedTuple, Optional, Tuple

from .usage import member_of


class CallRefused(Exception):
    """A tool call was not allowed to run. It stands in the record.

    ``reason`` is ``denied`` (a person), ``blocked`` (a policy), ``expired``, ``cancelled`` or ``changed``; ``explanation`` what
    the person or the policy said: somebody else's words. ``by`` is the person who said no, as recorded.
    """

    def __init__(
        self,
        reason: str,
        message: str,
        step_id: str,
        explanation: Optional[str] = None,
        by: Optional[Mapping[str, object]] = None,
    ) -> None:
        super().__init__(message)
        self.reason = reason
        self.step_id = step_id
        self.explanation = explanation
        self.by = by

    def __reduce__(self) -> Tuple[Any, ...]:
        # It may come from a worker process, whose errors travel pickled.
        return type(self), (self.reason, str(self), self.step_id, self.explanation, self.by)


class Failure(NamedTuple):
    """How a step ended that raised."""

    status: str
    error: str
    error_type: str


_BY_STATUS: Dict[int, str] = {
    401: "permission_denied",
    403: "permission_denied",
    404: "not_found",
    408: "timeout",
    429: "rate_limited",
    504: "timeout",
}


def failure_of(error: BaseException, otherwise: str) -> Failure:
    """Reads an exception, as far as it says anything about itself.

    :param otherwise: the kind of error where it does not
    """
    text = text_of_error(error)
    if isinstance(error, (asyncio.CancelledError, concurrent.futures.CancelledError, KeyboardInterrupt)):
        return Failure("cancelled", text, "cancelled")
    if isinstance(error, (SystemExit, GeneratorExit)):
        return Failure("interrupted", text, "interrupted")
    kind = _kind_of(error) or otherwise
    return Failure("timeout" if kind == "timeout" else "failed", text, kind)


def text_of_error(error: BaseException) -> str:
    """What an exception says, or its type."""
    try:
        return str(error) or type(error).__name__
    except Exception:
        return type(error).__name__


def _kind_of(error: BaseException) -> Optional[str]:
    if isinstance(error, CallRefused):
        return "permission_denied"
    # In Python 3.9 and 3.10 these are not TimeoutError.
    if isinstance(error, (TimeoutError, asyncio.TimeoutError, concurrent.futures.TimeoutError)):
        return "timeout"
    if isinstance(error, FileNotFoundError):
        return "not_found"
    if isinstance(error, PermissionError):
        return "permission_denied"
    if isinstance(error, ConnectionError):
        return "network"
    # The clients of model APIs say the status of HTTP.
    status = member_of(error, "status_code")
    if not isinstance(status, int):
        return None
    return _BY_STATUS.get(status) or (
        "provider_error" if status >= 500 else "invalid_request" if status >= 400 else None
    )
