"""Cases about approvals."""

from __future__ import annotations

from agent_run.hashing import action_hash, arguments_hash
from agent_run.seal import Json

from .case import case
from .keys import key, nonce
from .records import (
    approved_run,
    base,
    decided,
    model_call,
    publish,
    requested,
    sealed,
    with_provenance,
    with_step,
    without,
)

RUN = approved_run()
REQUEST, DECISION = RUN["approvals"]
_UNSIGNED = decided(REQUEST)


def signed(event: Json, by: str = "approver") -> Json:
    """The event signed."""
    return key(by).signed("approval", event)


def of(*events: Json, run: Json = RUN) -> Json:
    """The run with these events, sealed."""
    return sealed({**run, "approvals": list(events)})


def lacking(member: str) -> Json:
    """The decision without a member, rightly signed."""
    return signed(without(_UNSIGNED, member))


_REQUESTED_OTHER = requested(RUN, RUN["steps"][1], required_role="intern")
_SECOND = publish(id="s-3", started_at="2026-11-20T14:03:40Z", ended_at="2026-11-20T14:03:50Z")
_TWO = base(steps=[model_call(), publish(), _SECOND])
_REQUEST_TWO = requested(_TWO, _SECOND)
_OTHER_STEP = base(
    steps=[model_call(), publish(), {**_SECOND, "approval": {"state": "not_required", "policy_id": "release"}}]
)
_ARGUMENTS = arguments_hash({"tag": "latest"}, None)
_TWIN = approved_run(provenance={"run_hash": RUN["provenance"]["run_hash"], "nonce": nonce("another run")})

_SEALED = sealed(RUN)

APPROVAL = [
    case("approved", "AR-APPR-035", "A person approved the call that ran.", _SEALED, level="accountable"),
    case(
        "denied",
        "AR-APPR-021",
        "A person denied the call, and it didn't run.",
        of(
            REQUEST,
            signed(decided(REQUEST, "denied")),
            run=with_step(
                RUN,
                1,
                status="denied",
                approval={"state": "denied", "approval_id": "ap-1"},
                side_effects=[{"kind": "deploy", "target": "parser", "basis": "declared"}],
            ),
        ),
        level="accountable",
    ),
    case(
        "nonce_missing",
        "AR-APPR-020",
        "A signed decision in a record without a nonce.",
        without(with_provenance(RUN, nonce=...), "outcome"),
        level="recorded",
    ),
    *(
        case(f"{member}_missing", "AR-APPR-021", "A signed decision lacks a member.", of(REQUEST, lacking(member)))
        for member in ("run_id", "step_id", "action_hash", "request_hash", "actor")
    ),
    case(
        "signed_by_missing",
        "AR-APPR-021",
        "A signed decision doesn't say by which key.",
        of(REQUEST, without(DECISION, "signed_by")),
    ),
    case(
        "stripped",
        "AR-APPR-022",
        "The signature of a decision is gone, signed_by is left.",
        of(REQUEST, without(DECISION, "signature")),
    ),
    case(
        "signature_wrong",
        "AR-APPR-023",
        "The decision was changed after it was signed.",
        of(REQUEST, {**DECISION, "risk": "low"}),
    ),
    case(
        "signature_other_kind",
        "AR-APPR-023",
        "Signed as a statement.",
        of(REQUEST, {**DECISION, "signature": key("approver").sign("statement", DECISION)}),
    ),
    case(
        "request_signature_wrong",
        "AR-APPR-023",
        "A request that claims to be signed.",
        of({**REQUEST, "signed_by": key("server").did, "signature": DECISION["signature"]}, DECISION),
    ),
    case(
        "other_run", "AR-APPR-024", "A decision of another run.", of(REQUEST, signed({**_UNSIGNED, "run_id": "run_2"}))
    ),
    case(
        "other_run_same_ids",
        "AR-APPR-030",
        "The decision of another run with the same ids: the nonce differs.",
        of(*_TWIN["approvals"]),
    ),
    case(
        "request_other",
        "AR-APPR-025",
        "The decision answers a request for another role.",
        of(_REQUESTED_OTHER, DECISION),
    ),
    case("request_missing", "AR-APPR-025", "The request isn't in the record.", of(DECISION)),
    case(
        "contradiction",
        "AR-APPR-026",
        "Approved and denied under one id.",
        of(REQUEST, DECISION, signed(decided(REQUEST, "denied", at="2026-11-20T14:02:10Z"))),
    ),
    case(
        "after_expiry",
        "AR-APPR-027",
        "Decided after the request had expired.",
        of(
            REQUEST,
            signed(decided(REQUEST, at="2026-11-20T15:00:01Z")),
            run=with_step(
                {**RUN, "ended_at": "2026-11-20T16:00:00Z"},
                1,
                started_at="2026-11-20T15:30:00Z",
                ended_at="2026-11-20T15:30:30Z",
            ),
        ),
    ),
    case(
        "at_expiry",
        "AR-APPR-027",
        "Decided at the very moment of expiry, given with another offset.",
        of(
            REQUEST,
            signed(decided(REQUEST, at="2026-11-20T16:00:00+01:00")),
            run=with_step(
                {**RUN, "ended_at": "2026-11-20T16:00:00Z"},
                1,
                started_at="2026-11-20T15:30:00Z",
                ended_at="2026-11-20T15:30:30Z",
            ),
        ),
    ),
    case(
        "own_expiry",
        "AR-APPR-027",
        "Decided after the decision itself had expired.",
        of(REQUEST, signed(decided(REQUEST, expires_at="2026-11-20T14:01:30Z"))),
    ),
    case(
        "started_after_expiry",
        "AR-APPR-036",
        "The step started when the decision had expired.",
        of(REQUEST, signed(decided(REQUEST, expires_at="2026-11-20T14:02:30Z"))),
    ),
    case(
        "replayed_on_step",
        "AR-APPR-028",
        "One approval, two steps.",
        of(requested(_TWO, publish()), signed(decided(requested(_TWO, publish()))), run=_TWO),
    ),
    case(
        "replayed_twice",
        "AR-APPR-028",
        "Two decisions of one id, on two steps.",
        of(
            requested(_OTHER_STEP, publish()),
            _REQUEST_TWO,
            signed(decided(requested(_OTHER_STEP, publish()))),
            signed(decided(_REQUEST_TWO)),
            run=_OTHER_STEP,
        ),
    ),
    case(
        "other_step",
        "AR-APPR-029",
        "The decision is about another step than the one that rests on it.",
        of(
            requested(_OTHER_STEP, _OTHER_STEP["steps"][2]),
            signed(decided(requested(_OTHER_STEP, _OTHER_STEP["steps"][2]))),
            run=_OTHER_STEP,
        ),
    ),
    case(
        "other_arguments",
        "AR-APPR-030",
        "Other arguments than were approved.",
        sealed(with_step(RUN, 1, arguments_hash=_ARGUMENTS)),
    ),
    case(
        "other_tool",
        "AR-APPR-030",
        "Another tool than was approved.",
        sealed(with_step(RUN, 1, tool_name="read_file", tool_hash=...)),
    ),
    case(
        "other_server",
        "AR-APPR-030",
        "The same tool of a server that wasn't named.",
        sealed(with_step(RUN, 1, mcp_server="elsewhere", tool_hash=...)),
    ),
    case(
        "modified",
        "AR-APPR-030",
        "The person changed the arguments, and that call ran.",
        of(
            REQUEST,
            signed(
                decided(
                    REQUEST, modified_action_hash=action_hash(RUN, {**RUN["steps"][1], "arguments_hash": _ARGUMENTS})
                )
            ),
            run=with_step(RUN, 1, arguments_hash=_ARGUMENTS),
        ),
        level="accountable",
    ),
    case(
        "modified_not_run",
        "AR-APPR-030",
        "The person changed the arguments, and the first call ran.",
        of(
            REQUEST,
            signed(
                decided(
                    REQUEST, modified_action_hash=action_hash(RUN, {**RUN["steps"][1], "arguments_hash": _ARGUMENTS})
                )
            ),
        ),
    ),
    case(
        "revoked",
        "AR-APPR-031",
        "Revoked before the step started.",
        of(REQUEST, DECISION, {"approval_id": "ap-1", "event": "revoked", "at": "2026-11-20T14:02:30Z"}),
    ),
    case(
        "revoked_later",
        "AR-APPR-031",
        "Revoked after the step had started.",
        of(REQUEST, DECISION, {"approval_id": "ap-1", "event": "revoked", "at": "2026-11-20T14:03:10Z"}),
        level="accountable",
    ),
    case(
        "order",
        "AR-APPR-032",
        "The step started before the decision.",
        sealed(with_step(RUN, 1, started_at="2026-11-20T14:01:59Z")),
    ),
    case(
        "unsigned_request_only",
        "AR-VERD-003",
        "A request that was answered by nobody: nothing to compare.",
        of(
            REQUEST,
            run=with_step(
                RUN,
                1,
                status="skipped",
                approval={"state": "requested", "approval_id": "ap-1"},
                side_effects=[{"kind": "deploy", "target": "parser", "basis": "declared"}],
            ),
        ),
    ),
]
