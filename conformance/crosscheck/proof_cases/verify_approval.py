"""Cases about approvals."""

from __future__ import annotations

from agent_run.hashing import action_hash, arguments_hash
from agent_run.seal import Json

from .case import case
from .keys import digest_of, entry, key, nonce, trust
from .records import (
    TRUST,
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

_RUN = approved_run()
_REQUEST, _DECISION = _RUN["approvals"]
_UNSIGNED = decided(_REQUEST)


def signed(event: Json, by: str = "approver") -> Json:
    """The event signed."""
    return key(by).signed("approval", event)


def of(*events: Json, run: Json = _RUN) -> Json:
    """The run with these events, sealed."""
    return sealed({**run, "approvals": list(events)})


def lacking(member: str) -> Json:
    """The decision without a member, rightly signed."""
    return signed(without(_UNSIGNED, member))


_REQUESTED_OTHER = requested(_RUN, _RUN["steps"][1], required_role="intern")
_SECOND = publish(id="s-3", started_at="2026-11-20T14:03:40Z", ended_at="2026-11-20T14:03:50Z")
_TWO = base(steps=[model_call(), publish(), _SECOND])
_REQUEST_TWO = requested(_TWO, _SECOND)
_OTHER_STEP = base(steps=[model_call(), publish(), {**_SECOND, "approval": {"state": "not_required", "policy_id": "release"}}])
_ARGUMENTS = arguments_hash({"tag": "latest"}, None)
_TWIN = approved_run(provenance={"run_hash": _RUN["provenance"]["run_hash"], "nonce": nonce("another run")})

# --- grants -----------------------------------------------------------------------------------------------------------

_GRANTED = publish(id="s-3", started_at="2026-11-20T14:03:40Z", ended_at="2026-11-20T14:03:50Z", approval={"state": "auto_approved", "approval_id": "ap-1"})
_HASH = _GRANTED["tool_hash"]


def granting(**grant: object) -> Json:
    """A run whose first call a person approved for good, and whose second rests on that grant."""
    run = base(session_id="sess-1", steps=[model_call(), publish(), _GRANTED])
    request = requested(run, run["steps"][1])
    stated = {"scope": "session", "session_id": "sess-1", "tool_name": "publish", "tool_hash": _HASH, **grant}
    return {**run, "approvals": [request, signed(decided(request, grant=stated))]}


_GRANT = granting()


def copied() -> Json:
    """A run that rests on a grant from another run."""
    other = {**_RUN, "id": "run_0"}
    request = requested(other, _RUN["steps"][1])
    grant = signed(decided(request, grant={"scope": "always", "tool_name": "publish", "tool_hash": _HASH}))
    return base(steps=[model_call(), _GRANTED], approvals=[grant])


def _claimed(name: str, description: str, record: Json, trusted: Json | None = TRUST):
    return case(name, "AR-APPR-035", description, record, trust=trusted, level="accountable")


_SEALED = sealed(_RUN)
_RECORDER = TRUST["keys"][0]


def _trusting(**approver: object) -> Json:
    return trust(_RECORDER, entry("approver", "approver", **approver))


APPROVAL = [
    case("approved", "AR-APPR-035", "A person approved the call that ran.", _SEALED, level="accountable"),
    case("denied", "AR-APPR-021", "A person denied the call, and it didn't run.", of(_REQUEST, signed(decided(_REQUEST, "denied")), run=with_step(_RUN, 1, status="denied", approval={"state": "denied", "approval_id": "ap-1"}, side_effects=[{"kind": "deploy", "target": "parser", "basis": "declared"}])), level="accountable"),
    case("nonce_missing", "AR-APPR-020", "A signed decision in a record without a nonce.", without(with_provenance(_RUN, nonce=...), "outcome"), level="recorded"),
    *(
        case(f"{member}_missing", "AR-APPR-021", "A signed decision lacks a member.", of(_REQUEST, lacking(member)))
        for member in ("run_id", "step_id", "action_hash", "request_hash", "actor")
    ),
    case("signed_by_missing", "AR-APPR-021", "A signed decision doesn't say by which key.", of(_REQUEST, without(_DECISION, "signed_by"))),
    case("stripped", "AR-APPR-022", "The signature of a decision is gone, signed_by is left.", of(_REQUEST, without(_DECISION, "signature"))),
    case("signature_wrong", "AR-APPR-023", "The decision was changed after it was signed.", of(_REQUEST, {**_DECISION, "risk": "low"})),
    case("signature_other_kind", "AR-APPR-023", "Signed as a statement.", of(_REQUEST, {**_DECISION, "signature": key("approver").sign("statement", _DECISION)})),
    case("request_signature_wrong", "AR-APPR-023", "A request that claims to be signed.", of({**_REQUEST, "signed_by": key("server").did, "signature": _DECISION["signature"]}, _DECISION)),
    case("other_run", "AR-APPR-024", "A decision of another run.", of(_REQUEST, signed({**_UNSIGNED, "run_id": "run_2"}))),
    case("other_run_same_ids", "AR-APPR-030", "The decision of another run with the same ids: the nonce differs.", of(*_TWIN["approvals"])),
    case("request_other", "AR-APPR-025", "The decision answers a request for another role.", of(_REQUESTED_OTHER, _DECISION)),
    case("request_missing", "AR-APPR-025", "The request isn't in the record.", of(_DECISION)),
    case("contradiction", "AR-APPR-026", "Approved and denied under one id.", of(_REQUEST, _DECISION, signed(decided(_REQUEST, "denied", at="2026-11-20T14:02:10Z")))),
    case("after_expiry", "AR-APPR-027", "Decided after the request had expired.", of(_REQUEST, signed(decided(_REQUEST, at="2026-11-20T15:00:01Z")), run=with_step({**_RUN, "ended_at": "2026-11-20T16:00:00Z"}, 1, started_at="2026-11-20T15:30:00Z", ended_at="2026-11-20T15:30:30Z"))),
    case("at_expiry", "AR-APPR-027", "Decided at the very moment of expiry, given with another offset.", of(_REQUEST, signed(decided(_REQUEST, at="2026-11-20T16:00:00+01:00")), run=with_step({**_RUN, "ended_at": "2026-11-20T16:00:00Z"}, 1, started_at="2026-11-20T15:30:00Z", ended_at="2026-11-20T15:30:30Z"))),
    case("own_expiry", "AR-APPR-027", "Decided after the decision itself had expired.", of(_REQUEST, signed(decided(_REQUEST, expires_at="2026-11-20T14:01:30Z")))),
    case("started_after_expiry", "AR-APPR-036", "The step started when the decision had expired.", of(_REQUEST, signed(decided(_REQUEST, expires_at="2026-11-20T14:02:30Z")))),
    case("replayed_on_step", "AR-APPR-028", "One approval, two steps.", of(requested(_TWO, publish()), signed(decided(requested(_TWO, publish()))), run=_TWO)),
    case("replayed_twice", "AR-APPR-028", "Two decisions of one id, on two steps.", of(requested(_OTHER_STEP, publish()), _REQUEST_TWO, signed(decided(requested(_OTHER_STEP, publish()))), signed(decided(_REQUEST_TWO)), run=_OTHER_STEP)),
    case("other_step", "AR-APPR-029", "The decision is about another step than the one that rests on it.", of(requested(_OTHER_STEP, _OTHER_STEP["steps"][2]), signed(decided(requested(_OTHER_STEP, _OTHER_STEP["steps"][2]))), run=_OTHER_STEP)),
    case("other_arguments", "AR-APPR-030", "Other arguments than were approved.", sealed(with_step(_RUN, 1, arguments_hash=_ARGUMENTS))),
    case("other_tool", "AR-APPR-030", "Another tool than was approved.", sealed(with_step(_RUN, 1, tool_name="read_file", tool_hash=...))),
    case("other_server", "AR-APPR-030", "The same tool of a server that wasn't named.", sealed(with_step(_RUN, 1, mcp_server="elsewhere", tool_hash=...))),
    case(
        "modified",
        "AR-APPR-030",
        "The person changed the arguments, and that call ran.",
        of(_REQUEST, signed(decided(_REQUEST, modified_action_hash=action_hash(_RUN, {**_RUN["steps"][1], "arguments_hash": _ARGUMENTS}))), run=with_step(_RUN, 1, arguments_hash=_ARGUMENTS)),
        level="accountable",
    ),
    case("modified_not_run", "AR-APPR-030", "The person changed the arguments, and the first call ran.", of(_REQUEST, signed(decided(_REQUEST, modified_action_hash=action_hash(_RUN, {**_RUN["steps"][1], "arguments_hash": _ARGUMENTS}))))),
    case("revoked", "AR-APPR-031", "Revoked before the step started.", of(_REQUEST, _DECISION, {"approval_id": "ap-1", "event": "revoked", "at": "2026-11-20T14:02:30Z"})),
    case("revoked_later", "AR-APPR-031", "Revoked after the step had started.", of(_REQUEST, _DECISION, {"approval_id": "ap-1", "event": "revoked", "at": "2026-11-20T14:03:10Z"}), level="accountable"),
    case("order", "AR-APPR-032", "The step started before the decision.", sealed(with_step(_RUN, 1, started_at="2026-11-20T14:01:59Z"))),
    case("grant", "AR-APPR-033", "A grant, used for the same tool.", sealed(_GRANT), level="accountable"),
    case("grant_other_tool", "AR-APPR-033", "The grant is for another tool.", sealed(granting(tool_name="read_file"))),
    case("grant_other_server", "AR-APPR-033", "The grant is for the tool of a server.", sealed(granting(mcp_server="npm"))),
    case("grant_other_definition", "AR-APPR-033", "The grant is for another definition of the tool.", sealed(granting(tool_hash=digest_of("old definition")))),
    case("grant_expired", "AR-APPR-034", "The grant had expired.", sealed(granting(expires_at="2026-11-20T14:03:35Z"))),
    case("grant_revoked", "AR-APPR-031", "The grant was revoked before it was used.", sealed({**_GRANT, "approvals": [*_GRANT["approvals"], {"approval_id": "ap-1", "event": "revoked", "at": "2026-11-20T14:03:38Z"}]})),
    case("grant_copied", "AR-APPR-024", "A grant of another run, copied as it was signed.", sealed(copied()), level="accountable"),
    case("auto_approved_unsigned", "AR-APPR-035", "A grant that nobody signed.", sealed(base(session_id="sess-1", steps=[model_call(), _GRANTED], approvals=[{"approval_id": "ap-1", "event": "approved", "at": "2026-11-20T14:02:00Z", "grant": {"scope": "session", "session_id": "sess-1", "tool_name": "publish"}}])), level="accountable"),
    _claimed("claimed_unsigned", "An approval that nobody signed.", of(_REQUEST, _UNSIGNED)),
    _claimed("claimed_no_event", "A step that says approved, and nothing else does.", sealed(base(steps=[model_call(), publish(approval={"state": "approved"})]))),
    _claimed("claimed_untrusted", "The approver's key isn't in the trust file.", _SEALED, trust(_RECORDER)),
    _claimed("claimed_no_trust", "No trust file at all.", _SEALED, None),
    _claimed("claimed_by_runtime", "The runtime's own key approves.", of(_REQUEST, signed(_UNSIGNED, "recorder")), trust(entry("recorder", "recorder", "approver"))),
    _claimed("claimed_by_own_identity", "Another key of the runtime's identity approves.", _SEALED, _trusting(identity="recorder@example.org")),
    _claimed("claimed_other_role", "The key may not approve.", of(_REQUEST, signed(_UNSIGNED, "evaluator"))),
    _claimed("claimed_role_not_approved", "The approver may not approve as release manager.", _SEALED, _trusting(approves=["intern"])),
    _claimed("claimed_lower_role", "The request asks for a release manager, the decision for an intern.", of(_REQUEST, signed(decided(_REQUEST, required_role="intern"))), _trusting(approves=["intern"])),
    _claimed("claimed_expired_key", "The approver's key isn't valid any more.", _SEALED, _trusting(valid_until="2026-11-21T00:00:00Z")),
    _claimed("claimed_revoked_key", "The approver's key is revoked.", _SEALED, _trusting(revoked={"at": "2026-11-21T00:00:00Z", "reason": "compromised"})),
    _claimed("claimed_other_agent", "The approver may not approve for this agent.", _SEALED, _trusting(agents=["docs-bot"])),
    _claimed("claimed_by_agent", "The actor is an agent.", of(_REQUEST, signed(decided(_REQUEST, actor={"kind": "agent", "id": "helper"})))),
    _claimed("any_role", "An approver without a list may approve as anybody.", _SEALED, _trusting()),
    case("unsigned_request_only", "AR-VERD-003", "A request that was answered by nobody: nothing to compare.", of(_REQUEST, run=with_step(_RUN, 1, status="skipped", approval={"state": "requested", "approval_id": "ap-1"}, side_effects=[{"kind": "deploy", "target": "parser", "basis": "declared"}]))),
]
