"""Grants under one approval_id, and which calls they hold for (AR-APPR-033, AR-APPR-034, AR-APPR-039)."""

from __future__ import annotations

from bisect import bisect_right

from ..semantics import Thing
from .approval_events import Events

#: Name, server and definition of a tool; a grant may leave the last one open.
_Call = tuple[object, object, object]


def is_earlier(one: int | None, other: int | None) -> bool:
    """Whether both times are known and the first is the earlier one."""
    return one is not None and other is not None and one < other


def is_for_call(event: Thing, step: Thing) -> bool:
    """Whether a grant is for the tool, server and definition of a step (AR-APPR-033)."""
    return _call_of(event) in _calls_of(step)


def _call_of(event: Thing) -> _Call:
    grant = event.part("grant")
    return grant.text("tool_name"), grant.text("mcp_server"), grant.text("tool_hash")


def _calls_of(step: Thing) -> list[_Call]:
    """What a grant for the call of a step can say."""
    name, server, definition = step.text("tool_name"), step.text("mcp_server"), step.text("tool_hash")
    return [(name, server, None), *([] if definition is None else [(name, server, definition)])]


class Grants:
    """
    The grants that count, by the call that they are for: each holds from a time to a time. Many steps may rest on many of
    them, so they are sorted.
    """

    def __init__(self, events: Events, counting: list[Thing], are_persons: bool) -> None:
        """:param counting: at least one"""
        self.first = counting[0]
        self.are_persons = are_persons
        self._spans: dict[_Call, list[tuple[float, float]]] = {}
        self._last: dict[_Call, int] = {}
        for event in counting:
            if events.is_for_session(event):
                self._add(event, events.revoked_at(event))
        self._starts: dict[_Call, list[float]] = {}
        # The latest end of all that begin up to each place.
        self._ends: dict[_Call, list[float]] = {}
        for call, spans in self._spans.items():
            spans.sort()
            self._starts[call] = [start for start, _ in spans]
            ends: list[float] = []
            for _, end in spans:
                ends.append(max(end, ends[-1]) if ends else end)
            self._ends[call] = ends

    def _add(self, event: Thing, revoked: int | None) -> None:
        call, at = _call_of(event), event.instant("at")
        ends = (revoked, event.instant("expires_at"), event.part("grant").instant("expires_at"))
        end = min((each for each in ends if each is not None), default=float("inf"))
        self._spans.setdefault(call, []).append((float("-inf") if at is None else at, end))
        if at is not None:
            self._last[call] = max(at, self._last.get(call, at))

    def last(self, step: Thing) -> int | None:
        """When the last grant for the call of a step was given."""
        return max((self._last[call] for call in _calls_of(step) if call in self._last), default=None)

    def hold(self, step: Thing) -> bool:
        """Whether one of them holds for a step; where nobody knows when it started, whether one is for its call."""
        start = step.instant("started_at")
        for call in _calls_of(step):
            if call not in self._starts:
                continue
            if start is None:
                return True
            place = bisect_right(self._starts[call], start)
            if place > 0 and self._ends[call][place - 1] >= start:
                return True
        return False
