"""What a step rests on: each decision judged alone (spec/approval-and-policy.md, What a step rests on)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple, Optional

from .instants import instant
from .outcome import Fault
from .seal import Json, is_signed, provenance_of
from .trust import Keys, Vouched

STILL = ("denied", "cancelled", "skipped", "pending")
"""Statuses of a step that didn't run."""


class Judged(NamedTuple):
    """How a step comes out that is approved, or auto-approved on an approval."""

    path: str
    is_persons: bool = False
    fault: Optional[Fault] = None
    is_timeless: bool = False
    rests_on_nothing: bool = False


class Approvals:
    """The approval events and the steps of a record, as the rules look at them."""

    def __init__(
        self,
        run: Json,
        keys: Keys,
        vouched: Optional[Vouched],
        statements: Sequence[Json],
        lines: Sequence[tuple[str, Json]],
    ) -> None:
        self.run = run
        self.keys = keys
        self.vouched = vouched
        self.statements = statements
        self.lines = lines
        self.steps = [(f"/steps/{index}", step) for index, step in enumerate(run.get("steps", []))]
        self.events = [(f"/approvals/{index}", event) for index, event in enumerate(run.get("approvals", []))]
        self.signed = [each for each in self.events if each[1].get("signature") is not None]
        self.decisions = [each for each in self.signed if each[1]["event"] in ("approved", "denied")]
        self.steps_by_id: dict[str, Json] = {}
        for _, step in self.steps:
            self.steps_by_id.setdefault(step["id"], step)

    def of(self, approval_id: Any, *kinds: str) -> list[tuple[str, Json]]:
        """The events of these kinds under one approval_id."""
        return [each for each in self.events if each[1]["approval_id"] == approval_id and each[1]["event"] in kinds]

    def is_copied(self, event: Json) -> bool:
        """Whether an event is a grant that was given in another run."""
        return "grant" in event and event.get("run_id") is not None and event["run_id"] != self.run["id"]

    def approved(self) -> list[tuple[str, Json, Any]]:
        """Steps in the state approved: path, step, approval_id."""
        return [(path, step, _approval(step).get("approval_id")) for path, step in self._in_state("approved")]

    def granted(self) -> list[tuple[str, Json, Any]]:
        """Steps auto-approved on an approval."""
        found = [(path, step, _approval(step).get("approval_id")) for path, step in self._in_state("auto_approved")]
        return [each for each in found if each[2] is not None]

    def _in_state(self, state: str) -> list[tuple[str, Json]]:
        return [each for each in self.steps if _approval(each[1]).get("state") == state]


def judge(view: Approvals) -> list[Judged]:
    """Every step that rests on an approval, or says so, in the order of the document."""
    judged = {}
    used = set()
    for path, step, approval_id in view.approved():
        # The second step under one approval_id fails as replayed.
        if approval_id is None or approval_id not in used:
            judged[path] = _judge_approved(view, path, step, approval_id)
        used.add(approval_id)
    for path, step, approval_id in view.granted():
        judged[path] = _judge_granted(view, path, step, approval_id)
    return [judged[path] for path, _ in view.steps if path in judged]


def ran_denied(view: Approvals, judged: Sequence[Judged]) -> Optional[Fault]:
    """AR-APPR-038, of steps that rest on a decision as well as of others."""
    resting = {each.path: each for each in judged if not each.rests_on_nothing}
    for path, step in view.steps:
        if path in resting:
            fault = resting[path].fault
            if fault is not None and fault[0] == "approvals.denied_ran":
                return fault
        elif _approval(step).get("state") != "denied" and _is_denied(view, step, None, None):
            return "approvals.denied_ran", f"{path}/approval"
    return None


# --- which events count -----------------------------------------------------------------------------------------------


def _weigh(view: Approvals, events: Sequence[Json]) -> tuple[list[Json], bool]:
    """The events that count, and whether they are a person's."""
    persons = [event for event in events if is_a_persons(view, event)]
    if persons:
        return persons, True
    return [event for event in events if event.get("signature") is not None] or list(events), False


def is_a_persons(view: Approvals, event: Json) -> bool:
    """AR-APPR-035, for one approved event."""
    keys = view.keys
    entry = keys.entry(event.get("signed_by"))
    if event.get("signature") is None or entry is None or "approver" not in entry["roles"]:
        return False
    own_key = provenance_of(view.run).get("signed_by")
    own = keys.entry(own_key)
    if entry["key"] == own_key or (own is not None and own["identity"] == entry["identity"]):
        return False
    if (event.get("actor") or {}).get("kind") == "agent" or keys.may(entry, view.run) is not None:
        return False
    asking = [event, *(each for _, each in view.of(event["approval_id"], "requested"))]
    escalated = [each for _, each in view.of(event["approval_id"], "escalated")]
    asking += [each for each in escalated if not is_before(event["at"], each["at"])]
    roles = {each["required_role"] for each in asking if each.get("required_role") is not None}
    if "approves" in entry and not roles <= set(entry["approves"]):
        return False
    return keys.state(entry["key"], view.vouched) == "trusted"


# --- approved ---------------------------------------------------------------------------------------------------------


def _judge_approved(view: Approvals, path: str, step: Json, approval_id: Any) -> Judged:
    everywhere = [event for _, event in view.of(approval_id, "approved")]
    own = [event for event in everywhere if not view.is_copied(event)]
    if not everywhere:
        return Judged(path, rests_on_nothing=True)
    if not own:
        return Judged(path, fault=("approvals.other_step", f"{path}/approval/approval_id"))
    counting, is_persons = _weigh(view, own)

    def fault_of(event: Json) -> Optional[Fault]:
        if is_before(event.get("expires_at"), step["started_at"]):
            return "approvals.after_expiry", f"{path}/started_at"
        if event.get("step_id") not in (None, step["id"]):
            return "approvals.other_step", f"{path}/approval/approval_id"
        if _is_denied(view, step, approval_id, event["at"]):
            return "approvals.denied_ran", f"{path}/approval"
        if any(is_before(at, step["started_at"]) for at in _revocations(view, event)):
            return "approvals.revoked", f"{path}/approval"
        said = _order_in_journal(view, step["id"], event)
        if said is False or (said is None and is_before(step["started_at"], event["at"])):
            return "approvals.order", f"{path}/started_at"
        return None

    def needs_time(event: Json) -> bool:
        has_end = event.get("expires_at") is not None
        return has_end or bool(_revocations(view, event)) or _order_in_journal(view, step["id"], event) is None

    return _outcome(path, step, counting, is_persons, fault_of, needs_time)


def _order_in_journal(view: Approvals, step_id: str, event: Json) -> Optional[bool]:
    """Whether the lines say that this very decision was in time; None if they don't say."""
    index = next(number for number, (_, each) in enumerate(view.events) if each is event)
    decisions = [number for number, (kind, _) in enumerate(view.lines) if kind == "approval"]
    if index >= len(decisions):
        return None

    def first(wanted: str) -> Optional[int]:
        for number, (kind, data) in enumerate(view.lines):
            if kind == wanted and data["id"] == step_id:
                return number
        return None

    started, ended = first("step.started"), first("step.ended")
    if ended is not None and ended < decisions[index]:
        return False
    return True if started is not None and decisions[index] < started else None


# --- auto_approved ----------------------------------------------------------------------------------------------------


def _judge_granted(view: Approvals, path: str, step: Json, approval_id: Any) -> Judged:
    if all(event["approval_id"] != approval_id for _, event in view.events):
        return Judged(path, rests_on_nothing=True)
    granting = [event for _, event in view.of(approval_id, "approved") if "grant" in event]
    if not granting:
        return Judged(path, fault=("approvals.grant_tool", f"{path}/approval/approval_id"))
    counting, is_persons = _weigh(view, granting)
    fitting = [event for event in counting if _is_for_call(event, step) and _is_for_session(event, view.run)]
    given = [event["at"] for event in fitting if instant(event["at"]) is not None]
    last = max(given, key=lambda at: instant(at) or 0, default=None)

    def fault_of(event: Json) -> Optional[Fault]:
        if _is_denied(view, step, approval_id, last):
            return "approvals.denied_ran", f"{path}/approval"
        if any(is_before(at, step["started_at"]) for at in _revocations(view, event)):
            return "approvals.revoked", f"{path}/approval"
        if is_before(step["started_at"], event["at"]):
            return "approvals.order", f"{path}/started_at"
        if not _is_for_call(event, step):
            return "approvals.grant_tool", f"{path}/approval/approval_id"
        if not _is_for_session(event, view.run):
            return "approvals.grant_session", f"{path}/approval/approval_id"
        if any(is_before(each.get("expires_at"), step["started_at"]) for each in (event, event["grant"])):
            return "approvals.grant_expired", f"{path}/approval/approval_id"
        return None

    return _outcome(path, step, counting, is_persons, fault_of, lambda event: True)


def _is_for_call(event: Json, step: Json) -> bool:
    """AR-APPR-033: the same tool of the same server, and the same definition where one is stated."""
    grant = event["grant"]
    same = all(grant.get(member) == step.get(member) for member in ("tool_name", "mcp_server"))
    return same and grant.get("tool_hash") in (None, step.get("tool_hash"))


def _is_for_session(event: Json, run: Json) -> bool:
    """AR-APPR-039."""
    session = run.get("session_id")
    return event["grant"]["scope"] != "session" or (session is not None and event["grant"].get("session_id") == session)


# --- common -----------------------------------------------------------------------------------------------------------


def _outcome(
    path: str,
    step: Json,
    counting: Sequence[Json],
    is_persons: bool,
    fault_of: Callable[[Json], Optional[Fault]],
    needs_time: Callable[[Json], bool],
) -> Judged:
    """One event that satisfies everything is enough; then one of which only the time isn't known; else the first."""
    faults = [fault_of(event) for event in counting]
    held = [event for event, fault in zip(counting, faults) if fault is None]
    if not held:
        return Judged(path, is_persons, faults[0])
    started = step["started_at"]
    is_unknown = (started is None or instant(started) is None) and step.get("status") not in STILL
    return Judged(path, is_persons, is_timeless=is_unknown and all(needs_time(event) for event in held))


def _is_denied(view: Approvals, step: Json, approval_id: Any, approved_at: Any) -> bool:
    """Whether a step may have run though it was denied, and not approved later under another approval_id."""
    if step.get("status") in STILL:
        return False
    denials = [event for _, event in view.decisions if event["event"] == "denied" and not view.is_copied(event)]
    denials = [event for event in denials if event["step_id"] == step["id"]]
    return any(event["approval_id"] == approval_id or not is_before(event["at"], approved_at) for event in denials)


def _revocations(view: Approvals, decision: Json) -> list[Any]:
    """When this decision was taken back: AR-APPR-031."""
    times = [event["at"] for _, event in view.of(decision["approval_id"], "revoked")]
    giver = decision.get("signed_by")
    runs = {view.run["id"], decision["run_id"]} if view.is_copied(decision) else {view.run["id"]}
    own = view.keys.entry(giver)
    for statement in view.statements:
        if statement.get("kind") != "revocation" or statement.get("about") != decision["approval_id"]:
            continue
        body = statement.get("body") if isinstance(statement.get("body"), dict) else {}
        run_id, at, signer = body.get("run_id"), body.get("at"), statement.get("signed_by")
        if not isinstance(run_id, str) or run_id not in runs or giver is None or signer is None:
            continue
        entry = view.keys.entry(signer)
        is_colleague = own is not None and entry is not None and own["identity"] == entry["identity"]
        if signer != giver and not (is_colleague and view.keys.state(signer, None) == "trusted"):
            continue
        if is_signed("statement", statement):
            times.append(at if isinstance(at, str) and instant(at) is not None else statement["at"])
    return [at for at in times if instant(at) is not None]


def is_before(first: Any, second: Any) -> bool:
    """Whether both times are known and the first is before the second."""
    if not isinstance(first, str) or not isinstance(second, str):
        return False
    a, b = instant(first), instant(second)
    return a is not None and b is not None and a < b


def _approval(step: Json) -> Json:
    approval = step.get("approval")
    return approval if isinstance(approval, dict) else {}
