"""What is present around here: the run and the step that a piece of code works for."""

from __future__ import annotations

from contextvars import ContextVar, Token
from typing import TYPE_CHECKING, Generic, Optional, TypeVar

if TYPE_CHECKING:
    from .recorder import Recorder
    from .step import Step

T = TypeVar("T")

STEP: ContextVar[Optional[Step]] = ContextVar("agent_run.step", default=None)
RUN: ContextVar[Optional[Recorder]] = ContextVar("agent_run.run", default=None)


class Present(Generic[T]):
    """Makes something the present one in a ``with`` block: of this thread or task, and of those that it copies its context to."""

    def __init__(self, place: ContextVar[Optional[T]], value: T) -> None:
        self._place = place
        self._value = value
        self._token: Optional[Token[Optional[T]]] = None

    def __enter__(self) -> None:
        self._token = self._place.set(self._value)

    def __exit__(self, *_: object) -> None:
        token, self._token = self._token, None
        if token is not None:
            try:
                self._place.reset(token)
            except ValueError:
                # It ends in another task than it began in, as the fixtures of test frameworks do.
                pass


def current_run() -> Optional[Recorder]:
    """The recorder whose ``with`` block this code runs in; ``None`` outside of any.

    A thread of its own is outside, unless it is given a copy of the context, as ``asyncio.to_thread`` does.
    """
    return RUN.get()
