"""What the steps of a record rest on (spec/approval-and-policy.md, What a step rests on)."""

from __future__ import annotations

from typing import Any, NamedTuple

from ..journal import Line
from ..semantics import Thing
from .approval_events import Events, is_signed
from .grants import Grants, is_earlier, is_for_call
from .outcome import Fault


def may_have_run(step: Thing) -> bool:
    """Whether a step isn't known not to have run."""
    return not step.is_one("status", "denied", "cancelled", "skipped", "pending")


class Judgement(NamedTuple):
    """How a step comes out that is approved, or auto-approved on an approval."""

    step: Thing
    is_persons: bool = False
    fault: Fault | None = None
    #: Whether only the time at which the step started is missing.
    is_timeless: bool = False
    #: Whether there is no event that could carry the step.
    rests_on_nothing: bool = False


class _Candidate(NamedTuple):
    """An event that may carry a step: the first sentence that it doesn't keep."""

    code: str | None
    #: Whether one has to know when the step started to say so.
    needs_time: bool


class StepJudge:
    """Judges every step that rests on an approval, or says so."""

    def __init__(self, events: Events, lines: list[Line]) -> None:
        """:param lines: those of the journal that prove an order"""
        self.events = events
        self.steps = events.v.thing.parts("steps")
        # The fold appends approvals in the order of their lines.
        self._decided = [at for at, line in enumerate(lines) if line.type == "approval"]
        self._started = _first_lines(lines, "step.started")
        self._ended = _first_lines(lines, "step.ended")
        self._grants: dict[str, Grants | None] = {}

    def judge_all(self) -> list[Judgement]:
        """One judgement for each such step, in their order."""
        used: set[Any] = set()
        found = []
        for step in self.steps:
            basis = step.part("approval")
            name = basis.get("approval_id")
            if basis.is_one("state", "approved") and name not in used:
                # A second one fails as replayed, whatever it rests on.
                if name is not None:
                    used.add(name)
                found.append(self._approved(step, name))
            elif basis.is_one("state", "auto_approved") and name is not None:
                found.append(self._granted(step, name))
        return found

    def _approved(self, step: Thing, name: Any) -> Judgement:
        everywhere = self.events.under(name, "approved")
        if not everywhere:
            return Judgement(step, rests_on_nothing=True)
        own = [event for event in everywhere if not self.events.is_copied(event)]
        if not own:
            return Judgement(step, fault=_fault("approvals.other_step", step))
        counting, are_persons = self._that_count(own)
        start = step.instant("started_at")
        candidates = []
        for event in counting:
            order = self._order(step, event)
            revoked, decided = self.events.revoked_at(event), event.instant("at")
            code = None
            if is_earlier(event.instant("expires_at"), start):
                code = "approvals.after_expiry"
            elif event.known("step_id") and event.get("step_id") != step.get("id"):
                code = "approvals.other_step"
            elif self.is_denied(step, name, decided):
                code = "approvals.denied_ran"
            elif is_earlier(revoked, start):
                code = "approvals.revoked"
            elif order is False or (order is None and is_earlier(start, decided)):
                code = "approvals.order"
            candidates.append(_Candidate(code, event.known("expires_at") or revoked is not None or order is None))
        return _settle(step, candidates, are_persons)

    def _granted(self, step: Thing, name: str) -> Judgement:
        if not self.events.has_any(name):
            return Judgement(step, rests_on_nothing=True)
        if name not in self._grants:
            self._grants[name] = self._grants_of(name)
        grants = self._grants[name]
        if grants is None:
            return Judgement(step, fault=_fault("approvals.grant_tool", step))
        start, last = step.instant("started_at"), grants.last(step)
        is_held = not self.is_denied(step, name, last) and grants.hold(step)
        if is_held:
            return Judgement(step, grants.are_persons, is_timeless=start is None and may_have_run(step))
        return Judgement(step, grants.are_persons, _fault(self._grant_code(step, grants.first, name, last), step))

    def _grants_of(self, name: str) -> Grants | None:
        """The grants under an approval_id that count, ``None`` if there is none."""
        granting = [event for event in self.events.under(name, "approved") if event.has("grant")]
        if not granting:
            return None
        counting, are_persons = self._that_count(granting)
        return Grants(self.events, counting, are_persons)

    def _grant_code(self, step: Thing, event: Thing, name: str, last: int | None) -> str:
        """The first sentence that a grant doesn't keep for a step that no grant holds."""
        start = step.instant("started_at")
        if self.is_denied(step, name, last):
            return "approvals.denied_ran"
        if is_earlier(self.events.revoked_at(event), start):
            return "approvals.revoked"
        if is_earlier(start, event.instant("at")):
            return "approvals.order"
        if not is_for_call(event, step):
            return "approvals.grant_tool"
        return "approvals.grant_expired" if self.events.is_for_session(event) else "approvals.grant_session"

    def _that_count(self, events: list[Thing]) -> tuple[list[Thing], bool]:
        """Those that are a person's; if there is none, those that are signed; if there is none either, all."""
        persons = [event for event in events if self.events.is_persons(event)]
        if persons:
            return persons, True
        return [event for event in events if is_signed(event)] or events, False

    def is_denied(self, step: Thing, name: Any, approved_at: int | None) -> bool:
        """
        Whether a step may have run though a signed event of the run denied it, and no later approval under another id
        carries it (AR-APPR-038).
        """
        denials = self.events.denials.get(step.text("id") or "", ()) if may_have_run(step) else ()
        return any(
            event.get("approval_id") == name or not is_earlier(event.instant("at"), approved_at) for event in denials
        )

    def denied_ran(self, judged: list[Judgement]) -> Fault | None:
        """The first step that ran although it was denied, of steps that rest on a decision and of others."""
        resting = {each.step.path: each for each in judged if not each.rests_on_nothing}
        for step in self.steps:
            judgement = resting.get(step.path)
            if judgement is not None:
                if judgement.fault is not None and judgement.fault.code == "approvals.denied_ran":
                    return judgement.fault
            elif not step.part("approval").is_one("state", "denied") and self.is_denied(step, None, None):
                return _fault("approvals.denied_ran", step)
        return None

    def _order(self, step: Thing, event: Thing) -> bool | None:
        """Whether a decision was in time for a step by the lines of a journal, ``None`` if these don't say."""
        place, name = self.events.place[event.path], step.text("id") or ""
        if place >= len(self._decided):
            return None
        decided, started, ended = self._decided[place], self._started.get(name), self._ended.get(name)
        if ended is not None and ended < decided:
            return False
        return True if started is not None and decided < started else None


def _first_lines(lines: list[Line], type_: str) -> dict[str, int]:
    """The first line of a type for each step."""
    found: dict[str, int] = {}
    for at, line in enumerate(lines):
        if line.type == type_:
            found.setdefault(line.data["id"], at)
    return found


_PLACES = {
    "approvals.after_expiry": "started_at",
    "approvals.order": "started_at",
    "approvals.denied_ran": "approval",
    "approvals.revoked": "approval",
}


def _fault(code: str, step: Thing) -> Fault:
    return Fault(code, f"{step.path}/{_PLACES.get(code, 'approval/approval_id')}")


def _settle(step: Thing, candidates: list[_Candidate], are_persons: bool) -> Judgement:
    """One event that keeps everything is enough; then one of which only the time isn't known; else the first tells."""
    holding = [each for each in candidates if each.code is None]
    is_timeless = step.instant("started_at") is None and may_have_run(step)
    if any(not each.needs_time or not is_timeless for each in holding):
        return Judgement(step, are_persons)
    if holding:
        return Judgement(step, are_persons, is_timeless=True)
    return Judgement(step, are_persons, _fault(candidates[0].code or "", step))
