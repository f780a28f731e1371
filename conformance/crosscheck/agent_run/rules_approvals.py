"""Rules about approvals, policy decisions and grants (spec/approval-and-policy.md)."""

from __future__ import annotations

from typing import Iterator, Optional

from .context import Context, Paths, Thing, named
from .rule import error, warning

EVENT_STATES = {"requested", "approved", "denied", "expired", "cancelled"}
DECISIONS = {"approved", "denied"}
ANSWERS = {"approved", "denied", "expired", "cancelled"}
ALLOWED = {"approved", "auto_approved", "not_required"}
REFUSED = {"denied", "expired", "cancelled"}
REFUSING = {"block", "require_approval", "review"}
RAN = {"running", "succeeded", "failed", "timeout"}
AFTER_THE_STEP = {"model_output", "tool_result"}


def approvals_of(context: Context) -> Iterator[tuple[Thing, Thing, Optional[str]]]:
    """The steps that have an approval, with it and its state."""
    for step in context.steps:
        approval = step.thing("approval")
        if approval:
            yield step, approval, approval.text("state")


def state(context: Context) -> Paths:
    """AR-APPR-003"""
    for _, approval, said in approvals_of(context):
        events = named(context.events_by_id, approval.text("approval_id"))
        if events and said in EVENT_STATES and said not in [event.text("event") for event in events]:
            yield f"{approval.path}/state"
        if said != "denied" or approval.has("approval_id"):
            continue
        decision = named(context.decisions_by_id, approval.text("decision_id"))
        if decision and decision.text("verdict") not in REFUSING:
            yield f"{approval.path}/state"


def basis_missing(context: Context) -> Paths:
    """AR-APPR-004"""
    for _, approval, said in approvals_of(context):
        if said in ALLOWED and not any(approval.has(name) for name in ("approval_id", "decision_id", "policy_id")):
            yield approval.path


def contradiction(context: Context) -> Paths:
    """AR-APPR-005"""
    for events in context.events_by_id.values():
        decided = [event for event in events if event.text("event") in DECISIONS]
        others = [event for event in decided if event.text("event") != decided[0].text("event")]
        if others:
            yield f"{others[0].path}/event"


def other_run(context: Context) -> Paths:
    """AR-APPR-006"""
    for event in context.approvals:
        if event.thing("grant") is None and event.text("run_id") not in (None, context.id):
            yield f"{event.path}/run_id"


def other_step(context: Context) -> Paths:
    """AR-APPR-007"""
    resting: dict[str, list[Thing]] = {}
    approved = set()
    for step, approval, said in approvals_of(context):
        name = approval.text("approval_id")
        if name is None or said not in DECISIONS:
            continue
        resting.setdefault(name, []).append(step)
        if said == "approved":
            if name in approved:
                yield f"{approval.path}/approval_id"
            approved.add(name)
    for name, steps in resting.items():
        ids = [step.text("id") for step in steps]
        for event in context.events_by_id.get(name, []):
            about = event.text("step_id")
            if event.text("event") not in DECISIONS or context.is_copied_grant(event):
                continue
            if about in context.steps_by_id and about not in ids:
                yield f"{event.path}/step_id"


def after_expiry(context: Context) -> Paths:
    """AR-APPR-008. Of several requests the one that stays open longest counts."""
    for events in context.events_by_id.values():
        ends = [event.time("expires_at") for event in events if event.text("event") == "requested"]
        if not ends or None in ends:
            continue
        for event in events:
            at = event.time("at")
            if event.text("event") in DECISIONS and at is not None and at > max(ends):
                yield f"{event.path}/at"


def order(context: Context) -> Paths:
    """AR-APPR-013. Of several requests the first counts."""
    for events in context.events_by_id.values():
        asked = [event.time("at") for event in events if event.text("event") == "requested"]
        known = [at for at in asked if at is not None]
        for event in events:
            at = event.time("at")
            if known and event.text("event") in ANSWERS and at is not None and at < min(known):
                yield f"{event.path}/at"


def denied_ran(context: Context) -> Paths:
    """AR-APPR-011"""
    for step, _, said in approvals_of(context):
        if said in REFUSED and step.text("status") in RAN:
            yield f"{step.path}/status"


def blocked_ran(context: Context) -> Paths:
    """AR-APPR-012"""
    blocks = [
        decision
        for decision in context.decisions
        if decision.text("enforcement") == "blocked" and decision.text("boundary") not in AFTER_THE_STEP
    ]
    about = {decision.text("step_id") for decision in blocks} - {None}
    paths = {decision.path for decision in blocks}
    for step in context.steps:
        approval = step.thing("approval")
        decision = named(context.decisions_by_id, approval.text("decision_id")) if approval else None
        is_blocked = step.text("id") in about or (decision is not None and decision.path in paths)
        if is_blocked and step.text("status") in RAN:
            yield f"{step.path}/status"


def other_session(context: Context) -> Paths:
    """AR-APPR-009"""
    for event in context.approvals:
        grant = event.thing("grant")
        if grant is None or grant.text("scope") != "session":
            continue
        if grant.text("session_id") != context.run.text("session_id"):
            yield f"{grant.path}/session_id" if grant.has("session_id") else grant.path


def other_tool(context: Context) -> Paths:
    """AR-APPR-010. A member that the grant leaves open fits every step."""
    for step, approval, said in approvals_of(context):
        events = named(context.events_by_id, approval.text("approval_id")) or []
        grants = [grant for grant in (event.thing("grant") for event in events) if grant]
        if said == "auto_approved" and grants and not any(covers(grant, step) for grant in grants):
            yield f"{approval.path}/approval_id"


def covers(grant: Thing, step: Thing) -> bool:
    """Whether a step uses the tool, server and definition that a grant names."""
    members = ("tool_name", "mcp_server", "tool_hash")
    return all(grant.text(member) in (None, step.text(member)) for member in members)


APPROVALS = [
    error("approval.state", state),
    warning("approval.basis_missing", basis_missing),
    error("approval.contradiction", contradiction),
    error("approval.other_run", other_run),
    error("approval.other_step", other_step),
    error("approval.after_expiry", after_expiry),
    error("approval.order", order),
    error("approval.denied_ran", denied_ran),
    error("decision.blocked_ran", blocked_ran),
]
GRANTS = [
    warning("grant.other_session", other_session),
    error("grant.other_tool", other_tool),
]
