"""The time of a recorder: RFC 3339 with milliseconds, never going back."""

import time
from datetime import datetime, timezone
from typing import Callable, NamedTuple


class Instant(NamedTuple):
    """A moment. ``text`` is RFC 3339, ``ms`` milliseconds since 1970."""

    text: str
    ms: int


class Clock:
    """A clock whose times never decrease, since what ends never ends before it started (AR-RUN-008)."""

    def __init__(self, seconds: Callable[[], float] = time.time) -> None:
        self._seconds = seconds
        self._last = 0

    def now(self) -> Instant:
        """The present moment."""
        try:
            ms = int(self._seconds() * 1000)
            text_of(ms)
        except Exception:
            # A caller's own clock that fails.
            ms = int(time.time() * 1000)
        self._last = max(self._last, ms)
        return Instant(text_of(self._last), self._last)

    def advance_to(self, ms: int) -> None:
        """No later time is before that: somebody else's clock, ahead of this one, was taken at its word."""
        self._last = max(self._last, ms)


def text_of(ms: int) -> str:
    """A time in milliseconds since 1970 as records spell it."""
    seconds, rest = divmod(ms, 1000)
    return datetime.fromtimestamp(seconds, timezone.utc).strftime("%Y-%m-%dT%H:%M:%S.") + f"{rest:03d}Z"
