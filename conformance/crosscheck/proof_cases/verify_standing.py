"""Cases about grants of sessions, and about decisions that were taken back."""

from __future__ import annotations

from typing import Optional

from agent_run.hashing import run_hash
from agent_run.seal import Json

from .case import case
from .keys import entry, statement, trust
from .records import (
    TRUST,
    base,
    decided,
    model_call,
    publish,
    sealed,
    without,
)
from .verify_approval import DECISION, REQUEST, RUN, of, signed
from .verify_grant import copied, granting

_SEALED = sealed(RUN)
_UNSIGNED = decided(REQUEST)
_NOT_REQUIRED = {"state": "not_required", "policy_id": "release"}


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


def _revocation(by: str, said_at: str = "2026-11-21T00:00:00Z", **body: object) -> Json:
    said = {"run_id": "run_1", "at": "2026-11-20T14:02:30Z", "reason": "superseded", **body}
    return statement(
        by, "revocation", "ap-1", said_at, {name: value for name, value in said.items() if value is not ...}
    )


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
