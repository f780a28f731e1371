"""Decisions that a third party can check (spec/approval-and-policy.md, AR-APPR-020 to AR-APPR-036)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Optional

from .hashing import action_hash, request_hash
from .instants import instant
from .outcome import Fault, Outcome, absent, failed, passed, unknown
from .seal import Json, is_signed, provenance_of
from .trust import Keys, Vouched

NEEDED = ("approval_id", "run_id", "step_id", "action_hash", "request_hash", "actor", "at", "signed_by")

Numbered = tuple[str, Json]


class Approvals:
    """The approval events and the steps of a record, as the rules look at them."""

    def __init__(self, run: Json) -> None:
        self.run = run
        self.steps = [(f"/steps/{index}", step) for index, step in enumerate(run.get("steps", []))]
        self.events = [(f"/approvals/{index}", event) for index, event in enumerate(run.get("approvals", []))]
        self.signed = [each for each in self.events if each[1].get("signature") is not None]
        self.decisions = [each for each in self.signed if each[1]["event"] in ("approved", "denied")]
        self.steps_by_id: dict[str, Json] = {}
        for _, step in self.steps:
            self.steps_by_id.setdefault(step["id"], step)

    def of(self, approval_id: Any, *kinds: str) -> list[Numbered]:
        """The events of these kinds under one approval_id."""
        return [each for each in self.events if each[1]["approval_id"] == approval_id and each[1]["event"] in kinds]

    def in_state(self, state: str) -> list[tuple[str, Json, Json]]:
        """Steps whose approval is in this state: path, step, its approval."""
        found = []
        for path, step in self.steps:
            approval = step.get("approval")
            if isinstance(approval, dict) and approval.get("state") == state:
                found.append((path, step, approval))
        return found

    def is_copied(self, event: Json) -> bool:
        """Whether an event is a grant that was given in another run."""
        return "grant" in event and event.get("run_id") is not None and event["run_id"] != self.run["id"]

    def rests_on(self, step: Json, approval: Json) -> list[Numbered]:
        """The approved events that name the step, under the approval_id that the step names."""
        events = self.of(approval.get("approval_id"), "approved")
        return [each for each in events if each[1].get("step_id") == step["id"]]

    def grants(self, approval: Json) -> list[Json]:
        """The grants under the approval_id that a step names."""
        events = [event for _, event in self.of(approval.get("approval_id"), "approved")]
        return [event["grant"] for event in events if "grant" in event]


def check_approvals(run: Json, keys: Keys, vouched: Optional[Vouched]) -> Outcome:
    """The check `approvals`."""
    view = Approvals(run)
    approved, granted = view.in_state("approved"), view.in_state("auto_approved")
    touched = [each for each in view.events if each[1].get("signed_by") is not None or each in view.signed]
    if not touched and not approved and not granted:
        return absent()
    for rule in RULES:
        for fault in rule(view):
            return failed(*fault)
    claimed = [path for path, step, approval in approved if not _is_a_persons(view, step, approval, keys, vouched)]
    if not view.decisions:
        claimed = [path for path, step in view.steps if any(path == each[0] for each in [*approved, *granted])]
    if claimed:
        return unknown("approvals.claimed", f"{claimed[0]}/approval")
    return passed() if view.decisions else unknown("approvals.claimed", view.signed[0][0])


# --- the rules, in the order in which they are looked at; each yields code and path -----------------------------------


def _no_nonce(view: Approvals) -> Iterator[Fault]:
    if view.decisions and provenance_of(view.run).get("nonce") is None:
        yield "approvals.no_nonce", "/provenance/nonce"


def _incomplete(view: Approvals) -> Iterator[Fault]:
    for path, event in view.decisions:
        for member in NEEDED:
            if event.get(member) is None:
                yield "approvals.incomplete", f"{path}/{member}"


def _stripped(view: Approvals) -> Iterator[Fault]:
    for path, event in view.events:
        if event.get("signed_by") is not None and event.get("signature") is None:
            yield "approvals.stripped", f"{path}/signature"


def _signature(view: Approvals) -> Iterator[Fault]:
    for path, event in view.signed:
        if not is_signed("approval", event):
            yield "approvals.signature", f"{path}/signature"


def _other_run(view: Approvals) -> Iterator[Fault]:
    for path, event in view.signed:
        if event.get("run_id") not in (None, view.run["id"]) and not view.is_copied(event):
            yield "approvals.other_run", f"{path}/run_id"


def _request(view: Approvals) -> Iterator[Fault]:
    for path, event in view.decisions:
        requests = [request_hash(request) for _, request in view.of(event["approval_id"], "requested")]
        if not view.is_copied(event) and event["request_hash"] not in requests:
            yield "approvals.request", f"{path}/request_hash"


def _contradiction(view: Approvals) -> Iterator[Fault]:
    seen: dict[str, str] = {}
    for path, event in view.events:
        if event["event"] in ("approved", "denied"):
            if seen.setdefault(event["approval_id"], event["event"]) != event["event"]:
                yield "approvals.contradiction", path


def _after_expiry(view: Approvals) -> Iterator[Fault]:
    for path, event in view.events:
        if event["event"] not in ("approved", "denied"):
            continue
        requests = [] if view.is_copied(event) else [each for _, each in view.of(event["approval_id"], "requested")]
        answered = [each for each in requests if request_hash(each) == event.get("request_hash")] or requests
        is_late = bool(answered) and all(_is_before(each.get("expires_at"), event["at"]) for each in answered)
        if is_late or _is_before(event.get("expires_at"), event["at"]):
            yield "approvals.after_expiry", f"{path}/at"
    for path, step, approval in view.in_state("approved"):
        for _, event in view.rests_on(step, approval):
            if _is_before(event.get("expires_at"), step["started_at"]):
                yield "approvals.after_expiry", f"{path}/started_at"


def _replayed(view: Approvals) -> Iterator[Fault]:
    steps: set[str] = set()
    for path, _, approval in view.in_state("approved"):
        approval_id = approval.get("approval_id")
        if approval_id is not None and approval_id in steps:
            yield "approvals.replayed", path
        steps.add(approval_id)
    named: dict[str, str] = {}
    for path, event in view.events:
        if event["event"] == "approved" and event.get("step_id") is not None and not view.is_copied(event):
            if named.setdefault(event["approval_id"], event["step_id"]) != event["step_id"]:
                yield "approvals.replayed", path


def _other_step(view: Approvals) -> Iterator[Fault]:
    for path, step, approval in view.in_state("approved"):
        names = [event.get("step_id") for _, event in view.of(approval.get("approval_id"), "approved")]
        if any(name is not None for name in names) and step["id"] not in names:
            yield "approvals.other_step", f"{path}/approval/approval_id"


def _action(view: Approvals) -> Iterator[Fault]:
    for path, event in view.decisions:
        step = view.steps_by_id.get(event["step_id"])
        if event["event"] != "approved" or view.is_copied(event) or step is None:
            continue
        member = "modified_action_hash" if "modified_action_hash" in event else "action_hash"
        if event[member] != action_hash(view.run, step):
            yield "approvals.action", f"{path}/{member}"


def _revoked(view: Approvals) -> Iterator[Fault]:
    for path, step in view.steps:
        approval = step.get("approval")
        if isinstance(approval, dict) and approval.get("state") in ("approved", "auto_approved"):
            for _, event in view.of(approval.get("approval_id"), "revoked"):
                if _is_before(event["at"], step["started_at"]):
                    yield "approvals.revoked", f"{path}/approval"


def _order(view: Approvals) -> Iterator[Fault]:
    for path, step, approval in view.in_state("approved"):
        for _, event in view.rests_on(step, approval):
            if _is_before(step["started_at"], event["at"]):
                yield "approvals.order", f"{path}/started_at"


def _grant_tool(view: Approvals) -> Iterator[Fault]:
    for path, step, approval in view.in_state("auto_approved"):
        grants = view.grants(approval)
        if grants and not any(_covers(grant, step) for grant in grants):
            yield "approvals.grant_tool", f"{path}/approval/approval_id"


def _grant_expired(view: Approvals) -> Iterator[Fault]:
    for path, step, approval in view.in_state("auto_approved"):
        grants = [grant for grant in view.grants(approval) if _covers(grant, step)]
        if grants and all(_is_before(grant.get("expires_at"), step["started_at"]) for grant in grants):
            yield "approvals.grant_expired", f"{path}/approval/approval_id"


RULES = (
    _no_nonce,
    _incomplete,
    _stripped,
    _signature,
    _other_run,
    _request,
    _contradiction,
    _after_expiry,
    _replayed,
    _other_step,
    _action,
    _revoked,
    _order,
    _grant_tool,
    _grant_expired,
)


def _covers(grant: Json, step: Json) -> bool:
    """Whether a grant is for the tool, server and definition of a step. What it leaves open fits every step."""
    named = [(member, grant.get(member)) for member in ("tool_name", "mcp_server", "tool_hash")]
    return all(stated is None or stated == step.get(member) for member, stated in named)


def _is_before(first: Any, second: Any) -> bool:
    """Whether both times are known and the first is before the second."""
    if not isinstance(first, str) or not isinstance(second, str):
        return False
    a, b = instant(first), instant(second)
    return a is not None and b is not None and a < b


# --- who decided ------------------------------------------------------------------------------------------------------


def _is_a_persons(view: Approvals, step: Json, approval: Json, keys: Keys, vouched: Optional[Vouched]) -> bool:
    """AR-APPR-035."""
    own_key = provenance_of(view.run).get("signed_by")
    own = keys.entry(own_key)
    for _, event in view.rests_on(step, approval):
        entry = keys.entry(event.get("signed_by"))
        if event.get("signature") is None or entry is None or "approver" not in entry["roles"]:
            continue
        if entry["key"] == own_key or (own is not None and own["identity"] == entry["identity"]):
            continue
        if (event.get("actor") or {}).get("kind") == "agent" or keys.may(entry, view.run) is not None:
            continue
        requests = [request for _, request in view.of(event["approval_id"], "requested")]
        roles = [each.get("required_role") for each in [event, *requests] if each.get("required_role") is not None]
        if "approves" in entry and not all(role in entry["approves"] for role in roles):
            continue
        if keys.state(entry["key"], vouched) == "trusted":
            return True
    return False
