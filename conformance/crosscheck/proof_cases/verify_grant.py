"""Cases about grants, about who decided, and about approvals beside a journal."""

from __future__ import annotations

from typing import Optional

from agent_run.seal import Json

from .case import Case, case
from .journals import ending, start
from .keys import digest_of, entry, statement, trust
from .records import TRUST, base, decided, model_call, publish, requested, sealed, without
from .verify_approval import REQUEST, RUN, of, signed

# --- grants -----------------------------------------------------------------------------------------------------------

_GRANTED = publish(
    id="s-3",
    started_at="2026-11-20T14:03:40Z",
    ended_at="2026-11-20T14:03:50Z",
    approval={"state": "auto_approved", "approval_id": "ap-1"},
)
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
    other = {**RUN, "id": "run_0"}
    request = requested(other, RUN["steps"][1])
    grant = signed(decided(request, grant={"scope": "always", "tool_name": "publish", "tool_hash": _HASH}))
    return base(steps=[model_call(), _GRANTED], approvals=[grant])


_BOTH = base(session_id="sess-1", steps=[model_call(), publish(), _GRANTED])
_REQUEST_BOTH = requested(_BOTH, publish())


def _revocation(by: str, at: str = "2026-11-20T14:02:30Z") -> Json:
    body = {"at": at, "reason": "superseded", "run_id": RUN["id"]}
    return statement(by, "revocation", "ap-1", "2026-11-21T00:00:00Z", body)


# --- beside a journal -------------------------------------------------------------------------------------------------


def _journal(order: str, **step: str) -> tuple[Json, str]:
    """Record and journal of the approved call, lines in this order: q request, d decision, b and e begin and end."""
    writer = start().step(model_call())
    call = publish(**step)
    request = requested(RUN, call)
    for letter in order:
        if letter == "q":
            writer.append("approval", request)
        elif letter == "d":
            writer.append("approval", signed(decided(request)))
        elif letter == "b":
            writer.append("step.started", without(call, "ended_at", "status"))
        else:
            writer.step(call)
    record = ending(writer).seal()
    return record, writer.text()


_EARLY, _EARLY_TEXT = _journal("qdbe", started_at="2026-11-20T14:01:30Z")
_LATE, _LATE_TEXT = _journal("qbed")
_BETWEEN, _BETWEEN_TEXT = _journal("qbde")


def _claimed(name: str, description: str, record: Json, trusted: Optional[Json] = TRUST) -> Case:
    return case(name, "AR-APPR-035", description, record, trust=trusted, level="accountable")


_SEALED = sealed(RUN)
_RECORDER = TRUST["keys"][0]


def _trusting(**approver: object) -> Json:
    return trust(_RECORDER, entry("approver", "approver", **approver))


GRANT = [
    case("grant", "AR-APPR-033", "A grant, used for the same tool.", sealed(_GRANT), level="accountable"),
    case("grant_other_tool", "AR-APPR-033", "The grant is for another tool.", sealed(granting(tool_name="read_file"))),
    case(
        "grant_other_server",
        "AR-APPR-033",
        "The grant is for the tool of a server.",
        sealed(granting(mcp_server="npm")),
    ),
    case(
        "grant_other_definition",
        "AR-APPR-033",
        "The grant is for another definition of the tool.",
        sealed(granting(tool_hash=digest_of("old definition"))),
    ),
    case("grant_expired", "AR-APPR-034", "The grant had expired.", sealed(granting(expires_at="2026-11-20T14:03:35Z"))),
    case(
        "grant_revoked",
        "AR-APPR-031",
        "The grant was revoked before it was used.",
        sealed(
            {
                **_GRANT,
                "approvals": [
                    *_GRANT["approvals"],
                    {"approval_id": "ap-1", "event": "revoked", "at": "2026-11-20T14:03:38Z"},
                ],
            }
        ),
    ),
    case(
        "grant_copied",
        "AR-APPR-024",
        "A grant of another run, copied as it was signed.",
        sealed(copied()),
        level="accountable",
    ),
    case(
        "auto_approved_unsigned",
        "AR-APPR-035",
        "A grant that nobody signed.",
        sealed(
            base(
                session_id="sess-1",
                steps=[model_call(), _GRANTED],
                approvals=[
                    {
                        "approval_id": "ap-1",
                        "event": "approved",
                        "at": "2026-11-20T14:02:00Z",
                        "grant": {"scope": "session", "session_id": "sess-1", "tool_name": "publish"},
                    }
                ],
            )
        ),
        level="accountable",
    ),
    _claimed("claimed_unsigned", "An approval that nobody signed.", of(REQUEST, decided(REQUEST))),
    _claimed(
        "claimed_no_event",
        "A step that says approved, and nothing else does.",
        sealed(base(steps=[model_call(), publish(approval={"state": "approved"})])),
    ),
    _claimed("claimed_untrusted", "The approver's key isn't in the trust file.", _SEALED, trust(_RECORDER)),
    _claimed("claimed_no_trust", "No trust file at all.", _SEALED, None),
    _claimed(
        "claimed_by_runtime",
        "The runtime's own key approves.",
        of(REQUEST, signed(decided(REQUEST), "recorder")),
        trust(entry("recorder", "recorder", "approver")),
    ),
    _claimed(
        "claimed_by_own_identity",
        "Another key of the runtime's identity approves.",
        _SEALED,
        _trusting(identity="recorder@example.org"),
    ),
    _claimed("claimed_other_role", "The key may not approve.", of(REQUEST, signed(decided(REQUEST), "evaluator"))),
    _claimed(
        "claimed_role_not_approved",
        "The approver may not approve as release manager.",
        _SEALED,
        _trusting(approves=["intern"]),
    ),
    _claimed(
        "claimed_lower_role",
        "The request asks for a release manager, the decision for an intern.",
        of(REQUEST, signed(decided(REQUEST, required_role="intern"))),
        _trusting(approves=["intern"]),
    ),
    _claimed(
        "claimed_expired_key",
        "The approver's key isn't valid any more.",
        _SEALED,
        _trusting(valid_until="2026-11-21T00:00:00Z"),
    ),
    _claimed(
        "claimed_revoked_key",
        "The approver's key is revoked.",
        _SEALED,
        _trusting(revoked={"at": "2026-11-21T00:00:00Z", "reason": "compromised"}),
    ),
    _claimed(
        "claimed_other_agent", "The approver may not approve for this agent.", _SEALED, _trusting(agents=["docs-bot"])
    ),
    _claimed(
        "claimed_by_agent",
        "The actor is an agent.",
        of(REQUEST, signed(decided(REQUEST, actor={"kind": "agent", "id": "helper"}))),
    ),
    _claimed("any_role", "An approver without a list may approve as anybody.", _SEALED, _trusting()),
    case(
        "grant_by_decision",
        "AR-APPR-033",
        "A decision about one step, used as a grant for a second.",
        of(_REQUEST_BOTH, signed(decided(_REQUEST_BOTH)), run=_BOTH),
    ),
    case(
        "grant_by_request",
        "AR-APPR-033",
        "A request that nobody answered grants nothing.",
        sealed(base(steps=[model_call(), _GRANTED], approvals=[requested(base(), _GRANTED)])),
    ),
    case(
        "grant_copied_approves",
        "AR-APPR-029",
        "A grant of another run approves no step of this one, whatever ids they share.",
        sealed(base(steps=[model_call(), publish()], approvals=copied()["approvals"])),
    ),
    case(
        "revoked_by_statement",
        "AR-APPR-031",
        "The approver revokes the decision in a statement.",
        _SEALED,
        statements=[_revocation("approver")],
    ),
    case(
        "revoked_by_statement_later",
        "AR-APPR-031",
        "The same, from after the step had started.",
        _SEALED,
        statements=[_revocation("approver", "2026-11-20T14:03:10Z")],
        level="accountable",
    ),
    case(
        "revoked_by_same_identity",
        "AR-APPR-031",
        "Another key of the approver's identity revokes it.",
        _SEALED,
        trust=trust(*TRUST["keys"], entry("second", "approver", identity="approver@example.org")),
        statements=[_revocation("second")],
    ),
    case(
        "revoked_by_stranger",
        "AR-APPR-031",
        "A stranger can't revoke it.",
        _SEALED,
        statements=[_revocation("stranger")],
        level="accountable",
    ),
    case(
        "revoked_by_runtime",
        "AR-APPR-031",
        "Nor can the runtime.",
        _SEALED,
        statements=[_revocation("recorder")],
        level="accountable",
    ),
    case(
        "order_by_journal",
        "AR-APPR-032",
        "The times contradict the lines, in which the decision stands before the step's beginning.",
        _EARLY,
        journal_text=_EARLY_TEXT,
    ),
    case(
        "order_by_journal_late",
        "AR-APPR-032",
        "The times are right, and the decision was written down after the step's end.",
        _LATE,
        journal_text=_LATE_TEXT,
    ),
    case(
        "order_by_journal_between",
        "AR-APPR-032",
        "The decision stands between beginning and end: the times decide.",
        _BETWEEN,
        journal_text=_BETWEEN_TEXT,
        level="accountable",
    ),
]
