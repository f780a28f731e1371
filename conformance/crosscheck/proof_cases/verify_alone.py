"""Cases about decisions that are judged each alone, about denials, unknown times and requests that were closed."""

from __future__ import annotations

from agent_run.seal import Json

from .case import case
from .keys import entry, trust
from .records import (
    TRUST,
    base,
    decided,
    model_call,
    publish,
    requested,
    sealed,
    with_step,
)
from .verify_approval import DECISION, REQUEST, RUN, of, signed
from .verify_grant import granting

_LATE = signed(decided(REQUEST, at="2026-11-20T14:03:10Z"))
_ENDING = signed(decided(REQUEST, expires_at="2026-11-20T14:02:30Z"))
_UNSIGNED = decided(REQUEST)
_TIMELESS = with_step(RUN, 1, started_at=None)
_SECOND_PERSON = entry("second", "approver", identity="second@example.org")
_BOTH_PERSONS = trust(*TRUST["keys"], _SECOND_PERSON)


def _event(kind: str, at: str, approval_id: str = "ap-1", **members: object) -> Json:
    return {"approval_id": approval_id, "event": kind, "at": at, **members}


# --- each alone -------------------------------------------------------------------------------------------------------

_NOT_REQUIRED = {"state": "not_required", "policy_id": "release"}
_THIRD = publish(id="s-3", started_at="2026-11-20T14:03:40Z", ended_at="2026-11-20T14:03:50Z")
_OTHER = base(steps=[model_call(), publish(), {**_THIRD, "approval": _NOT_REQUIRED}])
_REQUEST_OTHER = requested(_OTHER, _OTHER["steps"][2])
_NAMELESS = _event("approved", "2026-11-20T14:02:10Z")

ALONE = [
    case(
        "alone_late_and_strangers",
        "AR-APPR-032",
        "The person decided after the step had started; a stranger signed an earlier decision.",
        of(REQUEST, signed(_UNSIGNED, "stranger"), _LATE),
    ),
    case(
        "alone_late_and_runtimes",
        "AR-APPR-032",
        "The same with an earlier decision by the runtime's own key.",
        of(REQUEST, signed(_UNSIGNED, "recorder"), _LATE),
    ),
    case(
        "alone_late_and_unsigned",
        "AR-APPR-032",
        "The same with an earlier decision that nobody signed.",
        of(REQUEST, _UNSIGNED, _LATE),
    ),
    case(
        "alone_expired_and_unsigned",
        "AR-APPR-036",
        "The person's decision had expired; one without an end that nobody signed doesn't help.",
        of(REQUEST, _ENDING, _UNSIGNED),
    ),
    case(
        "alone_expired_and_strangers",
        "AR-APPR-036",
        "Nor does one without an end by a stranger.",
        of(REQUEST, signed(_UNSIGNED, "stranger"), _ENDING),
    ),
    case(
        "alone_half_and_half",
        "AR-APPR-036",
        "One person's decision had expired, the other's came too late: no single one holds, and the first is named.",
        of(REQUEST, _ENDING, signed(decided(REQUEST, at="2026-11-20T14:03:10Z"), "second")),
        trust=_BOTH_PERSONS,
    ),
    case(
        "alone_second_holds",
        "AR-APPR-036",
        "One person's decision had expired, the other's holds.",
        of(REQUEST, _ENDING, signed(_UNSIGNED, "second")),
        trust=_BOTH_PERSONS,
        level="accountable",
    ),
    case(
        "alone_other_step_and_nameless",
        "AR-APPR-029",
        "The person's decision is about another step; one that names no step doesn't help.",
        of(_REQUEST_OTHER, signed(decided(_REQUEST_OTHER)), _NAMELESS, run=_OTHER),
    ),
    case(
        "alone_nameless",
        "AR-APPR-035",
        "An approved event that names no step and that nobody signed: claimed.",
        of(REQUEST, _NAMELESS),
        level="accountable",
    ),
]

# --- unknown times ----------------------------------------------------------------------------------------------------

_DECLARED = [{"kind": "deploy", "target": "parser", "basis": "declared"}]
_SKIPPED = with_step(_TIMELESS, 1, status="skipped", ended_at=None, side_effects=_DECLARED)

TIMELESS = [
    case(
        "time_unknown",
        "AR-APPR-037",
        "Nothing says when the step started.",
        of(REQUEST, DECISION, run=_TIMELESS),
        level="accountable",
    ),
    case(
        "time_unknown_expiry",
        "AR-APPR-037",
        "Nothing says whether the decision had expired.",
        of(REQUEST, _ENDING, run=_TIMELESS),
        level="accountable",
    ),
    case(
        "time_unknown_revoked",
        "AR-APPR-037",
        "Nothing says whether it was revoked before.",
        of(REQUEST, DECISION, _event("revoked", "2026-11-20T14:02:30Z"), run=_TIMELESS),
        level="accountable",
    ),
    case(
        "time_unknown_grant",
        "AR-APPR-037",
        "Nothing says whether the grant was given before.",
        sealed(with_step(granting(), 2, started_at=None)),
        level="accountable",
    ),
    case(
        "time_unknown_skipped",
        "AR-APPR-037",
        "A step that was skipped has no start that could be known.",
        of(REQUEST, DECISION, run=_SKIPPED),
        level="accountable",
    ),
]

# --- denials ----------------------------------------------------------------------------------------------------------

_DENIAL = signed(decided(REQUEST, "denied"))
_AGAIN = requested(RUN, publish(), approval_id="ap-2", at="2026-11-20T14:02:20Z")


def _ran(approval: Json, *events: Json, **step: object) -> Json:
    return of(REQUEST, _DENIAL, *events, run=with_step(RUN, 1, approval=approval, **step))


def _again(at: str) -> Json:
    decision = signed(decided(_AGAIN, at=at))
    return _ran({"state": "approved", "approval_id": "ap-2"}, _AGAIN, decision)


_GRANTING = granting()
_ONCE_MORE = requested(RUN, _GRANTING["steps"][2], approval_id="ap-2", at="2026-11-20T14:03:31Z")
_NO_MORE = decided(_ONCE_MORE, "denied", at="2026-11-20T14:03:32Z")

DENIED = [
    case(
        "denied_ran_not_required",
        "AR-APPR-038",
        "A person denied the call, and the step says that none was needed.",
        _ran(_NOT_REQUIRED),
    ),
    case(
        "denied_ran_by_policy",
        "AR-APPR-038",
        "A person denied the call, and the step says that a policy allowed it.",
        _ran({"state": "auto_approved", "policy_id": "release"}),
    ),
    case(
        "denied_ran_requested",
        "AR-APPR-038",
        "A person denied the call, and the step says that nobody answered.",
        _ran({"state": "requested", "approval_id": "ap-1"}),
    ),
    case(
        "denied_ran_claimed",
        "AR-APPR-038",
        "A person denied the call, and the step says that somebody approved it.",
        _ran({"state": "approved", "policy_id": "release"}),
    ),
    case("denied_ran_silent", "AR-APPR-038", "A person denied the call, and the step says nothing.", _ran(...)),
    case(
        "denied_then_approved",
        "AR-APPR-038",
        "A person denied the call, was asked again, and approved it.",
        _again("2026-11-20T14:02:30Z"),
        level="accountable",
    ),
    case(
        "denied_after_approved",
        "AR-APPR-038",
        "A person approved the call, was asked again, and denied it.",
        of(
            REQUEST,
            DECISION,
            _AGAIN,
            signed(decided(_AGAIN, "denied", at="2026-11-20T14:02:30Z")),
        ),
    ),
    case(
        "denied_skipped",
        "AR-APPR-038",
        "A person denied the call; the step, which needed no approval, was skipped.",
        _ran(_NOT_REQUIRED, status="skipped", side_effects=_DECLARED),
        level="accountable",
    ),
    case(
        "denied_ran_by_grant",
        "AR-APPR-038",
        "A person denied the call, and an older grant is taken for it.",
        sealed({**_GRANTING, "approvals": [*_GRANTING["approvals"], _ONCE_MORE, signed(_NO_MORE)]}),
    ),
]

# --- requests that were closed, and handed on ------------------------------------------------------------------------


def _escalated(at: str) -> Json:
    return of(REQUEST, _event("escalated", at, required_role="board"), DECISION)


CLOSED = [
    case(
        "contradiction_cancelled",
        "AR-APPR-026",
        "Approved after the request had been withdrawn.",
        of(REQUEST, _event("cancelled", "2026-11-20T14:01:30Z"), DECISION),
    ),
    case(
        "contradiction_expired",
        "AR-APPR-026",
        "Approved after nobody had answered in time; the events don't stand in the order of their times.",
        of(REQUEST, DECISION, _event("expired", "2026-11-20T14:01:30Z")),
    ),
    case(
        "contradiction_same_time",
        "AR-APPR-026",
        "At one time, and the withdrawal stands first.",
        of(REQUEST, _event("cancelled", "2026-11-20T15:02:00+01:00"), DECISION),
    ),
    case(
        "cancelled_later",
        "AR-APPR-026",
        "Withdrawn after it was approved, which changes nothing.",
        of(REQUEST, DECISION, _event("cancelled", "2026-11-20T14:02:00Z")),
        level="accountable",
    ),
    case(
        "claimed_escalated",
        "AR-APPR-035",
        "The request was handed on to the board, and somebody else approved.",
        _escalated("2026-11-20T14:01:30Z"),
        level="accountable",
    ),
    case(
        "escalated_later",
        "AR-APPR-035",
        "The request was handed on after it had been approved.",
        _escalated("2026-11-20T14:02:01Z"),
        level="accountable",
    ),
    case(
        "requested_ran",
        "AR-LEVEL-003",
        "The step ran, and nobody had answered.",
        of(REQUEST, run=with_step(RUN, 1, approval={"state": "requested", "approval_id": "ap-1"})),
        level="accountable",
    ),
    case(
        "request_signed_only",
        "AR-LEVEL-003",
        "The request is signed, and no decision is.",
        of(
            signed(REQUEST, "server"),
            run=with_step(
                RUN,
                1,
                status="skipped",
                side_effects=_DECLARED,
                approval={"state": "requested", "approval_id": "ap-1"},
            ),
        ),
        level="accountable",
    ),
]
