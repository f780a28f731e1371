"""Cases about decisions that are judged each alone, about denials, unknown times, sessions and revocations."""

from __future__ import annotations

from typing import Optional

from agent_run.hashing import run_hash
from agent_run.seal import Json

from .case import Case, case
from .journals import Writer, ending, start
from .keys import entry, key, statement, trust
from .records import (
    TRUST,
    base,
    decided,
    model_call,
    publish,
    requested,
    sealed,
    with_step,
    without,
)
from .verify_approval import DECISION, REQUEST, RUN, of, signed
from .verify_grant import copied, granting

_SEALED = sealed(RUN)
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

# --- grants -----------------------------------------------------------------------------------------------------------


def _deciding(by: str = "approver", **event: object) -> Json:
    """A grant and nothing else that a person decided; its event with other members."""
    run = granting()
    request, decision = run["approvals"]
    first = {**run["steps"][1], "approval": _NOT_REQUIRED}
    given = signed({**without(decision, "signature", "signed_by"), **event}, by)
    return sealed({**run, "steps": [run["steps"][0], first, run["steps"][2]], "approvals": [request, given]})


def _copied_by(by: str) -> Json:
    run = copied()
    return sealed({**run, "approvals": [signed(without(run["approvals"][0], "signature", "signed_by"), by)]})


def _other_session(session: Optional[str]) -> Json:
    run = granting()
    return sealed({**without(run, "session_id"), **({} if session is None else {"session_id": session})})


def _on_server() -> Json:
    """A grant that names no server, used for the tool of one."""
    run = granting()
    grant = without(run["approvals"][1]["grant"], "tool_hash")
    used = without({**run["steps"][2], "mcp_server": "npm"}, "tool_hash")
    inventory = {
        "tools": [*run["inventory"]["tools"], {"name": "publish", "mcp_server": "npm"}],
        "mcp_servers": [{"name": "npm"}],
    }
    run = {**run, "inventory": inventory, "steps": [*run["steps"][:2], used]}
    run["provenance"] = {**run["provenance"], "run_hash": run_hash(run)}
    decision = {**without(run["approvals"][1], "signature", "signed_by"), "grant": grant}
    return sealed({**run, "approvals": [run["approvals"][0], signed(decision)]})


GRANTS = [
    case(
        "grant_claimed_strangers",
        "AR-APPR-035",
        "A grant by a stranger.",
        _deciding("stranger"),
        level="accountable",
    ),
    case(
        "grant_claimed_runtimes",
        "AR-APPR-035",
        "A grant by the runtime's own key.",
        _deciding("recorder"),
        trust=trust(entry("recorder", "recorder", "approver")),
        level="accountable",
    ),
    case(
        "grant_copied_strangers",
        "AR-APPR-035",
        "A grant of another run by a stranger.",
        _copied_by("stranger"),
        level="accountable",
    ),
    case(
        "grant_late",
        "AR-APPR-032",
        "The grant was given after the step had started.",
        _deciding(at="2026-11-20T14:03:41Z"),
    ),
    case(
        "grant_decision_expired",
        "AR-APPR-034",
        "The decision that gave the grant might not be used any more.",
        _deciding(expires_at="2026-11-20T14:03:35Z"),
    ),
    case("grant_other_session", "AR-APPR-039", "A grant for another session.", _other_session("sess-2")),
    case("grant_no_session", "AR-APPR-039", "The run names no session.", _other_session(None)),
    case("grant_server_open", "AR-APPR-033", "A grant that names no server, for the tool of a server.", _on_server()),
    case(
        "auto_approved_by_policy",
        "AR-APPR-035",
        "auto_approved by a policy alone: this check doesn't look at it.",
        sealed(base(steps=[model_call(), publish(approval={"state": "auto_approved", "policy_id": "release"})])),
        level="accountable",
    ),
]

# --- revocations ------------------------------------------------------------------------------------------------------


def _revocation(by: str, said_at: str = "2026-11-21T00:00:00Z", **body: object) -> Json:
    said = {"run_id": "run_1", "at": "2026-11-20T14:02:30Z", "reason": "superseded", **body}
    return statement(by, "revocation", "ap-1", said_at, {name: value for name, value in said.items() if value is not ...})


_SOME_TIME_AGO = "2026-11-21T00:00:00Z"
_EXPIRED_COLLEAGUE = entry("second", "approver", identity="approver@example.org", valid_until=_SOME_TIME_AGO)

REVOKED = [
    case(
        "revoked_other_run",
        "AR-APPR-031",
        "The approver revokes the decision with this id in another run.",
        _SEALED,
        statements=[_revocation("approver", run_id="run_2")],
        level="accountable",
    ),
    case(
        "revoked_no_run",
        "AR-APPR-031",
        "The revocation doesn't say of which run.",
        _SEALED,
        statements=[_revocation("approver", run_id=...)],
        level="accountable",
    ),
    case(
        "revoked_without_time",
        "AR-APPR-031",
        "The revocation has no possible time in its body, so its own counts.",
        _SEALED,
        statements=[_revocation("approver", "2026-11-20T14:02:30Z", at="2026-02-30T00:00:00Z")],
    ),
    case(
        "revoked_without_time_later",
        "AR-APPR-031",
        "The same, from after the step had started.",
        _SEALED,
        statements=[_revocation("approver", at=...)],
        level="accountable",
    ),
    case(
        "revoked_by_expired_colleague",
        "AR-APPR-031",
        "Another key of the approver's identity revokes it, and doesn't count now.",
        _SEALED,
        trust=trust(*TRUST["keys"], _EXPIRED_COLLEAGUE),
        statements=[_revocation("second")],
        level="accountable",
    ),
    case(
        "revoked_by_other_decider",
        "AR-APPR-031",
        "A stranger signed a decision under the same id and revokes it: the person's stands.",
        of(REQUEST, signed(_UNSIGNED, "stranger"), DECISION),
        statements=[_revocation("stranger")],
        level="accountable",
    ),
    case(
        "grant_copied_revoked",
        "AR-APPR-031",
        "The grant of another run was revoked there.",
        sealed(copied()),
        statements=[_revocation("approver", run_id="run_0")],
    ),
]

# --- beside a journal -------------------------------------------------------------------------------------------------


def _lines(writer: Writer, order: str, call: Json) -> Writer:
    """Lines: q request, d the person's decision, u one that nobody signed, b and e begin and end, h a head."""
    request = requested(RUN, call)
    said = {"q": request, "d": signed(decided(request)), "u": decided(request)}
    for letter in order:
        if letter in said:
            writer.append("approval", said[letter])
        elif letter == "b":
            writer.append("step.started", without(call, "ended_at", "status"))
        elif letter == "h":
            writer.head()
        else:
            writer.step(call)
    return writer


def _sealed_with(order: str, **step: object) -> tuple[Json, str]:
    """Record and journal, which its journal_head names."""
    writer = ending(_lines(start().step(model_call()), order, publish(**step)))
    return writer.seal(), writer.text()


def _sealed_without(order: str, **step: object) -> tuple[Json, str]:
    """Record without a journal_head, and a journal that fits it."""
    writer = ending(_lines(start().step(model_call()), order, publish(**step)))
    return sealed(writer.fold()), writer.text()


def _strangers(order: str, **step: object) -> tuple[Json, str]:
    """The same; a stranger wrote the journal, who has no key that counts."""
    record, _ = _sealed_without("qdbe", **step)
    names = ("spec_version", "id", "agent_id", "workspace_id", "model", "trigger", "started_at", "inventory")
    writer = Writer("stranger")
    provenance = {"nonce": record["provenance"]["nonce"]}
    writer.append("run.started", {**{name: record[name] for name in names}, "provenance": provenance})
    return record, ending(_lines(writer.step(model_call()), order, publish(**step))).text()


def _recorder_trusted(how: Optional[Json]) -> Json:
    """The usual trust file, in which the recorder's entry says something else, or is left out."""
    did = key("recorder").did
    changed = [{**each, **(how or {})} if each["key"] == did else each for each in TRUST["keys"]]
    return {**TRUST, "keys": [each for each in changed if how is not None or each["key"] != did]}


def _unsealed(order: str, **step: object) -> tuple[Json, str]:
    """A record without a seal, and the journal that it comes from."""
    writer = ending(_lines(start().step(model_call()), order, publish(**step)))
    return writer.fold(), writer.text()


_SOON = "2026-11-20T14:01:30Z"


def _beside(name: str, requirement: str, description: str, made: tuple[Json, str]) -> Case:
    return case(name, requirement, description, made[0], journal_text=made[1], level="accountable")


JOURNALS = [
    _beside(
        "journal_early_unsigned",
        "AR-APPR-032",
        "A line that nobody signed stands before the step, the person's after its end.",
        _sealed_with("qubed"),
    ),
    _beside(
        "journal_time_unknown",
        "AR-APPR-037",
        "Nothing says when the step started, but the lines say that it was after the decision.",
        _sealed_with("qdbe", started_at=None),
    ),
    _beside(
        "journal_strangers_proves_nothing",
        "AR-APPR-032",
        "The step started before its decision; a stranger's journal says otherwise.",
        _strangers("qdbe", started_at=_SOON),
    ),
    _beside(
        "journal_strangers_accuses_nobody",
        "AR-APPR-032",
        "The times are right; a stranger's journal says otherwise.",
        _strangers("beqd"),
    ),
    _beside(
        "journal_head_proves_order",
        "AR-APPR-032",
        "Without journal_head: the lines before the last head, by the signer's key, say that the decision came first.",
        _sealed_without("qdbeh", started_at=_SOON),
    ),
    _beside(
        "journal_after_head_proves_nothing",
        "AR-APPR-032",
        "The lines that say so stand after the last head.",
        _sealed_without("hqdbe", started_at=_SOON),
    ),
    _beside(
        "journal_unsealed_proves_order",
        "AR-JRNL-015",
        "Without a seal: the lines before the last head, by a key that is trusted as recorder, say that it came first.",
        _unsealed("qdbeh", started_at=_SOON),
    ),
    case(
        "journal_unsealed_proves_nothing",
        "AR-JRNL-015",
        "The same, and the key of the head is in no trust file.",
        _unsealed("qdbeh", started_at=_SOON)[0],
        journal_text=_unsealed("qdbeh", started_at=_SOON)[1],
        trust=_recorder_trusted(None),
        level="recorded",
    ),
    case(
        "journal_unsealed_other_agents_key",
        "AR-JRNL-015",
        "The same, and that key is trusted for other agents.",
        _unsealed("qdbeh", started_at=_SOON)[0],
        journal_text=_unsealed("qdbeh", started_at=_SOON)[1],
        trust=_recorder_trusted({"agents": ["other-*"]}),
        level="recorded",
    ),
]

DECISIONS = [*ALONE, *TIMELESS, *DENIED, *CLOSED, *GRANTS, *REVOKED, *JOURNALS]
