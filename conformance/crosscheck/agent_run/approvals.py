"""Decisions that a third party can check (spec/approval-and-policy.md, AR-APPR-020 to AR-APPR-039)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Optional

from .approved_steps import Approvals, Judged, is_before, judge, ran_denied
from .hashing import action_hash, request_hash
from .outcome import Fault, Outcome, absent, failed, passed, unknown
from .seal import Json, is_signed, provenance_of
from .trust import Keys, Vouched

NEEDED = ("approval_id", "run_id", "step_id", "action_hash", "request_hash", "actor", "at", "signed_by")


def check_approvals(
    run: Json,
    keys: Keys,
    vouched: Optional[Vouched],
    statements: Sequence[Json] = (),
    lines: Sequence[tuple[str, Json]] = (),
) -> Outcome:
    """The check `approvals`. `lines` are types and data of the chained lines of a journal that holds and is bound."""
    view = Approvals(run, keys, vouched, statements, lines)
    for rule in (_no_nonce, _incomplete, _stripped, _signature, _other_run, _request, _contradiction, _after_expiry):
        for fault in rule(view):
            return failed(*fault)
    judged = judge(view)
    fault = _later_fault(view, judged)
    if fault is not None:
        return failed(*fault)
    if not view.signed and not judged:
        return absent()
    for each in judged:
        if not each.is_persons:
            return unknown("approvals.claimed", f"{each.path}/approval")
    for each in judged:
        if each.is_timeless:
            return unknown("approvals.time_unknown", f"{each.path}/started_at")
    return passed() if view.decisions else unknown("approvals.claimed", view.signed[0][0])


def _later_fault(view: Approvals, judged: Sequence[Judged]) -> Optional[Fault]:
    """The first failure of those that are looked for after AR-APPR-027."""

    def of(code: str) -> Iterator[Fault]:
        return (each.fault for each in judged if each.fault is not None and each.fault[0] == code)

    def denied() -> Iterator[Fault]:
        fault = ran_denied(view, judged)
        return iter(() if fault is None else (fault,))

    looked_for = (
        of("approvals.after_expiry"),
        _replayed(view),
        of("approvals.other_step"),
        denied(),
        _action(view),
        *(of(f"approvals.{name}") for name in ("revoked", "order", "grant_tool", "grant_session", "grant_expired")),
    )
    return next((fault for faults in looked_for for fault in faults), None)


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
    first: dict[str, str] = {}
    for path, event in view.events:
        if event["event"] not in ("approved", "denied"):
            continue
        if first.setdefault(event["approval_id"], event["event"]) != event["event"]:
            yield "approvals.contradiction", path
        closing = view.of(event["approval_id"], "cancelled", "expired")
        if event["event"] == "approved" and any(_came_before(view, each, (path, event)) for each in closing):
            yield "approvals.contradiction", path


def _came_before(view: Approvals, one: tuple[str, Json], other: tuple[str, Json]) -> bool:
    """Whether an event is earlier than another one; at the same time, whether it stands before it."""
    if is_before(one[1]["at"], other[1]["at"]):
        return True
    return not is_before(other[1]["at"], one[1]["at"]) and view.events.index(one) < view.events.index(other)


def _after_expiry(view: Approvals) -> Iterator[Fault]:
    for path, event in view.events:
        if event["event"] not in ("approved", "denied"):
            continue
        requests = [] if view.is_copied(event) else [each for _, each in view.of(event["approval_id"], "requested")]
        answered = [each for each in requests if request_hash(each) == event.get("request_hash")] or requests
        is_late = bool(answered) and all(is_before(each.get("expires_at"), event["at"]) for each in answered)
        if is_late or is_before(event.get("expires_at"), event["at"]):
            yield "approvals.after_expiry", f"{path}/at"


def _replayed(view: Approvals) -> Iterator[Fault]:
    steps: set[str] = set()
    for path, _, approval_id in view.approved():
        if approval_id is not None and approval_id in steps:
            yield "approvals.replayed", path
        steps.add(approval_id)
    named: dict[str, str] = {}
    for path, event in view.events:
        if event["event"] == "approved" and event.get("step_id") is not None and not view.is_copied(event):
            if named.setdefault(event["approval_id"], event["step_id"]) != event["step_id"]:
                yield "approvals.replayed", path


def _action(view: Approvals) -> Iterator[Fault]:
    for path, event in view.decisions:
        step = view.steps_by_id.get(event["step_id"])
        if event["event"] != "approved" or view.is_copied(event) or step is None:
            continue
        member = "modified_action_hash" if "modified_action_hash" in event else "action_hash"
        if event[member] != action_hash(view.run, step):
            yield "approvals.action", f"{path}/{member}"
