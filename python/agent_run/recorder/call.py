"""A tool call that somebody is asked about, and how it is decided about."""

from typing import Any, Awaitable, Callable, Coroutine, Mapping, NamedTuple, Optional, TypeVar, Union

from ..read import JsonValue

T = TypeVar("T")


class Call(NamedTuple):
    """A tool call that somebody is asked about. ``arguments`` is a copy: changing it changes nothing."""

    tool_name: str
    arguments: JsonValue
    run_id: str
    step_id: str
    mcp_server: Optional[str]
    tool_call_id: Optional[str]
    tool_hash: Optional[str]
    arguments_hash: str


class ApprovalRequest(NamedTuple):
    """What an approver needs to decide, and to sign, wherever the key is.

    ``event`` is the ``requested`` event as recorded. Nonce, salt and arguments let the approver's side compute
    ``action_hash`` itself.
    """

    call: Call
    event: Mapping[str, object]
    request_hash: str
    action_hash: str
    nonce: str
    salt: str


Verdict = Union[str, Mapping[str, Any], None]
Policy = Callable[[Call], Union[Verdict, Awaitable[Verdict]]]
"""Decides by rule: a verdict such as ``"allow"``, ``"block"`` or ``"require_approval"``, the members of a PolicyDecision with
a ``verdict``, or ``None`` for nothing to say. What it raises blocks the call. It may be ``async``."""

Answer = Union[bool, Mapping[str, Any]]
Ask = Callable[[ApprovalRequest], Union[Answer, Awaitable[Answer]]]
"""Asks a person: ``True``, ``False``, a mapping with ``decision`` (``approved`` or ``denied``), ``actor``, ``reason`` and
``grant``, or an ApprovalEvent that the approver signed. What it raises withdraws the request. It may be ``async``."""


def at_once(work: Coroutine[Any, Any, T]) -> T:
    """What a coroutine gives that waits for nothing.

    :raises RuntimeError: if it does wait
    """
    try:
        work.send(None)
    except StopIteration as done:
        result: T = done.value
        return result
    work.close()
    raise RuntimeError("somebody has to be waited for; expected an answer at once, or async functions")
