"""Rules about approvals, policy decisions and grants (spec/approval-and-policy.md)."""

from __future__ import annotations

from itertools import product
from typing import Any, Iterator

from ..schema.wording import quote
from .instant import is_before
from .record import Record
from .rule import ERROR, WARNING, Case, Rule
from .thing import Thing

_RAN = ("running", "succeeded", "failed", "timeout")
_STATES_OF_EVENTS = ("requested", "approved", "denied", "expired", "cancelled")


def is_decision(event: Thing) -> bool:
    """Whether an approval event decides."""
    return event.is_one("event", "approved", "denied")


def approval_state(record: Record) -> Iterator[Case]:
    """No event, or no policy decision, says what the state of a step says."""
    said = {name: {event.text("event") for event in events} for name, events in record.events_by_id.items()}
    for step in record.steps:
        basis = step.part("approval")
        state = basis.text("state")
        events = said.get(basis.text("approval_id") or "", set()) if basis.known("approval_id") else set()
        if state in _STATES_OF_EVENTS and events and state not in events:
            found = f"state is {state} and the approval named has no such event"
            yield Case(f"{basis.path}/state", f"{found}; expected the state of its events")
        decision = record.decisions_by_id.get(basis.text("decision_id") or "")
        if state != "denied" or decision is None or not basis.known("decision_id") or basis.known("approval_id"):
            continue
        if not decision.is_one("verdict", "block", "require_approval", "review"):
            found = "state is denied and the decision named let it pass"
            yield Case(f"{basis.path}/state", f"{found}; expected a decision that refuses or asks")


def basis_missing(record: Record) -> Iterator[Case]:
    """A step was allowed, and nothing says by what."""
    for step in record.steps:
        basis = step.part("approval")
        is_named = any(basis.known(member) for member in ("approval_id", "decision_id", "policy_id"))
        if not is_named and basis.is_one("state", "approved", "auto_approved", "not_required"):
            found = f"state is {basis.get('state')} and rests on nothing"
            yield Case(basis.path, f"{found}; expected approval_id, decision_id or policy_id")


def contradiction(record: Record) -> Iterator[Case]:
    """One approval was both approved and denied."""
    for events in record.events_by_id.values():
        decisions = [event for event in events if is_decision(event)]
        for event in decisions:
            if event.text("event") != decisions[0].text("event"):
                message = "the approval is approved and denied; expected one of the two"
                yield Case(f"{event.path}/event", message)
                break


def other_run(record: Record) -> Iterator[Case]:
    """An event is about another run, and no grant."""
    for event in record.approvals:
        is_other = event.known("run_id") and event.get("run_id") != record.run.get("id")
        if is_other and not event.holds("grant"):
            message = f"the approval is for {quote(str(event.get('run_id')))}; expected the id of this run"
            yield Case(f"{event.path}/run_id", message)


def other_step(record: Record) -> Iterator[Case]:
    """Two steps share an approval, or a decision is about another step than the one that rests on it."""
    resting: dict[str, set[str | None]] = {}
    approved = set()
    for step in record.steps:
        basis = step.part("approval")
        name = basis.text("approval_id")
        if name is None or not basis.is_one("state", "approved", "denied"):
            continue
        resting.setdefault(name, set()).add(step.text("id"))
        if basis.is_one("state", "approved"):
            if name in approved:
                message = "the approval approved an earlier step; expected an approval for one step"
                yield Case(f"{basis.path}/approval_id", message)
            approved.add(name)
    for name, steps in resting.items():
        for event in record.events_by_id.get(name, ()):
            about = event.text("step_id")
            is_other = about in record.steps_by_id and about not in steps
            if is_other and is_decision(event) and not record.is_copied_grant(event):
                message = f"{quote(about or '')} does not rest on this approval; expected the step that does"
                yield Case(f"{event.path}/step_id", message)


def after_expiry(record: Record) -> Iterator[Case]:
    """A decision came after the request had expired. Of several requests the one that stays open longest counts."""
    for events in record.events_by_id.values():
        requests = [event for event in events if event.is_one("event", "requested")]
        if any(request.instant("expires_at") is None for request in requests):
            continue
        last: Any = None
        for request in requests:
            if last is None or is_before(last, request.get("expires_at")):
                last = request.get("expires_at")
        for event in events:
            if is_decision(event) and is_before(last, event.get("at")):
                message = "the decision comes after expires_at of its request; expected it before"
                yield Case(f"{event.path}/at", message)


def approval_order(record: Record) -> Iterator[Case]:
    """An answer came before the question. Of several requests the first counts."""
    for events in record.events_by_id.values():
        asked: Any = None
        for event in events:
            if not event.is_one("event", "requested") or event.instant("at") is None:
                continue
            if asked is None or is_before(event.get("at"), asked):
                asked = event.get("at")
        for event in events:
            is_answer = event.is_one("event", "approved", "denied", "expired", "cancelled")
            if is_answer and is_before(event.get("at"), asked):
                message = "the answer comes before its request; expected it at the same time or later"
                yield Case(f"{event.path}/at", message)


def denied_ran(record: Record) -> Iterator[Case]:
    """A step ran that wasn't allowed to."""
    for step in record.steps:
        basis = step.part("approval")
        if basis.is_one("state", "denied", "expired", "cancelled") and step.is_one("status", *_RAN):
            found = f"status is {step.get('status')} and the approval is {basis.get('state')}"
            yield Case(f"{step.path}/status", f"{found}; expected a step that did not run")


def blocked_ran(record: Record) -> Iterator[Case]:
    """A step ran that a policy decision had blocked."""
    blocking = [
        decision
        for decision in record.decisions
        if decision.is_one("enforcement", "blocked") and not decision.is_one("boundary", "model_output", "tool_result")
    ]
    paths = {decision.path for decision in blocking}
    about = {decision.text("step_id") for decision in blocking} - {None}
    for step in record.steps:
        basis = step.part("approval")
        named = record.decisions_by_id.get(basis.text("decision_id") or "") if basis.known("decision_id") else None
        is_blocked = step.text("id") in about or (named is not None and named.path in paths)
        if is_blocked and step.is_one("status", *_RAN):
            found = f"status is {step.get('status')} and a policy decision blocked the step"
            yield Case(f"{step.path}/status", f"{found}; expected a step that did not run")


def grant_other_session(record: Record) -> Iterator[Case]:
    """A grant for a session stands in the record of another one."""
    for event in record.approvals:
        grant = event.part("grant")
        if not grant.is_one("scope", "session") or grant.get("session_id") == record.run.get("session_id"):
            continue
        path = f"{grant.path}/session_id" if grant.known("session_id") else grant.path
        found = "the grant is for a session and does not name the run's"
        yield Case(path, f"{found}; expected the session_id of the run")


_TOOL = ("tool_name", "mcp_server", "tool_hash")


def grant_other_tool(record: Record) -> Iterator[Case]:
    """A step rests on grants for other tools. A member that a grant leaves open fits every step."""
    granted = {
        name: {tuple(event.part("grant").text(member) for member in _TOOL) for event in events if event.holds("grant")}
        for name, events in record.events_by_id.items()
    }
    for step in record.steps:
        basis = step.part("approval")
        if not basis.is_one("state", "auto_approved") or not basis.known("approval_id"):
            continue
        tools = granted.get(basis.text("approval_id") or "", set())
        if tools and tools.isdisjoint(product(*((step.text(member), None) for member in _TOOL))):
            found = "the grant is for another tool, server or definition"
            yield Case(f"{basis.path}/approval_id", f"{found}; expected a grant for the one this step uses")


APPROVAL_RULES = (
    Rule("approval.state", ERROR, approval_state),
    Rule("approval.basis_missing", WARNING, basis_missing),
    Rule("approval.contradiction", ERROR, contradiction),
    Rule("approval.other_run", ERROR, other_run),
    Rule("approval.other_step", ERROR, other_step),
    Rule("approval.after_expiry", ERROR, after_expiry),
    Rule("approval.order", ERROR, approval_order),
    Rule("approval.denied_ran", ERROR, denied_ran),
    Rule("decision.blocked_ran", ERROR, blocked_ran),
    Rule("grant.other_session", WARNING, grant_other_session),
    Rule("grant.other_tool", ERROR, grant_other_tool),
)
