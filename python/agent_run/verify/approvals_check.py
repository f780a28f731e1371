"""The check `approvals`: were the decisions made for these calls, by people who may make them?"""

from __future__ import annotations

from ..schema import plural
from .approval_events import Events, event_fault, is_signed, is_signed_decision, other_action, replayed
from .approved_steps import Judgement, StepJudge
from .journal_check import proven_lines
from .outcome import Fault, Outcome, absent, failed, passed, unclear
from .verification import Verification


def check_approvals(v: Verification) -> Outcome:
    """Looks at the events, then at the steps that rest on them (spec/approval-and-policy.md)."""
    events = Events(v)
    fault = event_fault(events)
    if fault is not None:
        return failed(*fault)
    judge = StepJudge(events, proven_lines(v))
    judged = judge.judge_all()
    fault = _step_fault(events, judge, judged)
    if fault is not None:
        return failed(*fault)
    signed = [event for event in events.all if is_signed(event)]
    if not signed and not judged:
        return absent("no signed approval and no approved step")
    for each in judged:
        if not each.is_persons:
            return unclear("approvals.claimed", f"{each.step.path}/approval")
    for each in judged:
        if each.is_timeless:
            return unclear("approvals.time_unknown", f"{each.step.path}/started_at")
    decisions = sum(1 for event in signed if is_signed_decision(event))
    if decisions == 0:
        return unclear("approvals.claimed", signed[0].path)
    return passed(f"{plural(decisions, 'signed decision')}, {plural(len(judged), 'step')} resting on them", decisions)


def _step_fault(events: Events, judge: StepJudge, judged: list[Judgement]) -> Fault | None:
    """The first failure of the rows that come after those about events."""

    def of(code: str) -> Fault | None:
        return next((each.fault for each in judged if each.fault is not None and each.fault.code == code), None)

    return (
        of("approvals.after_expiry")
        or next(replayed(events, judge.steps), None)
        or of("approvals.other_step")
        or judge.denied_ran(judged)
        or next(other_action(events, judge.steps), None)
        or of("approvals.revoked")
        or of("approvals.order")
        or of("approvals.grant_tool")
        or of("approvals.grant_session")
        or of("approvals.grant_expired")
    )
