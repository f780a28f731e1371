"""Answers that also cover later calls."""

from typing import Any, Dict, List, Mapping

import pytest

from agent_run import CallRefused, verify
from agent_run.recorder import ApprovalRequest, Call
from tests.asking import PERSON, recorder, signed, states, trust

GRANT = {"decision": "approved", "actor": PERSON, "grant": {"scope": "session"}}


def test_a_grant_covers_later_calls() -> None:
    asked: List[str] = []

    def ask(request: ApprovalRequest) -> Mapping[str, Any]:
        asked.append(request.call.tool_name)
        return GRANT

    with recorder(ask=ask, session_id="s-1", tools=[{"name": "deploy"}]) as run:
        for to in ("beta", "stable"):
            assert run.tool_call("deploy", {"to": to}, lambda to: to) == to
        assert run.tool_call("deploy", {"to": "x"}, lambda to: to, mcp_server="other") == "x"
        run.revoke("ap-1", actor=PERSON, reason="enough")
        assert run.tool_call("deploy", {"to": "y"}, lambda to: to) == "y"
    assert asked == ["deploy"] * 3
    assert states(run) == ["approved", "auto_approved", "approved", "approved"]
    assert run.record is not None
    assert run.record["steps"][1]["approval"]["approval_id"] == "ap-1"
    assert run.record["approvals"][1]["grant"] == {
        "scope": "session",
        "session_id": "s-1",
        "tool_name": "deploy",
        "tool_hash": run.record["steps"][0]["tool_hash"],
    }


def test_a_policy_that_wants_a_person_is_met_by_a_grant() -> None:
    with recorder(policy=lambda call: "require_approval", ask=lambda request: GRANT, session_id="s-1") as run:
        for _ in range(2):
            run.tool_call("deploy", {}, lambda: 1)
    assert states(run) == ["approved", "auto_approved"]
    assert run.record is not None
    assert [decision["enforcement"] for decision in run.record["policy_decisions"]] == ["asked", "executed"]


@pytest.mark.parametrize(
    "answer",
    [
        {**GRANT, "grant": {"scope": "session", "session_id": "another"}},
        {**GRANT, "grant": {"scope": "always", "expires_at": "2001-01-01T00:00:00Z"}},
        {**GRANT, "grant": {"scope": "for ever"}},
        {**GRANT, "grant": True},
        {**GRANT, "actor": {"kind": "agent", "id": "a"}, "grant": {"scope": "always"}},
    ],
)
def test_a_grant_that_covers_nothing(answer: Dict[str, Any]) -> None:
    with recorder(ask=lambda request: answer, session_id="s-1") as run:
        for _ in range(2):
            run.tool_call("deploy", {}, lambda: 1)
    assert run.record is not None
    assert [step["approval"]["state"] for step in run.record["steps"]] == ["approved", "approved"]
    assert verify(run.record)["ok"]


def test_whose_definition_a_call_has_says_the_inventory() -> None:
    asked: List[object] = []

    def ask(request: ApprovalRequest) -> Mapping[str, Any]:
        asked.append(request.call.tool_hash)
        return GRANT

    with recorder(ask=ask, session_id="s-1", tools=[{"name": "deploy"}]) as run:
        run.tool_call("deploy", {}, lambda: 1)
        run.tool_call("other", {}, lambda: 1, tool_hash=asked[0])
    assert run.record is not None
    assert asked == [run.record["inventory"]["tools"][0]["schema_hash"], None]
    assert "tool_hash" not in run.record["steps"][1]


def test_a_grant_is_for_what_was_asked_about() -> None:
    answer = {**GRANT, "grant": {"scope": "always", "tool_name": "drop"}}
    with recorder(ask=lambda request: answer if request.call.tool_name == "deploy" else False) as run:
        run.tool_call("deploy", {}, lambda: 1)
        with pytest.raises(CallRefused):
            run.tool_call("drop", {}, lambda: pytest.fail("it ran"))
    assert states(run) == ["approved", "denied"]


def test_a_signed_grant_of_another_run_is_taken_over() -> None:
    def ask(request: ApprovalRequest) -> Mapping[str, Any]:
        return signed(request, str(request.event["at"]), grant={"scope": "always", "tool_name": "deploy"})

    with recorder(ask=ask) as first:
        first.tool_call("deploy", {}, lambda: 1)
    assert first.record is not None
    event = first.record["approvals"][1]
    with recorder(ask=lambda request: False, tools=[{"name": "deploy"}]) as run:
        run.approval(event)
        assert run.tool_call("deploy", {}, lambda: 1) == 1
        for other in ({**event, "run_id": run.id}, {**event, "at": "2001-01-01T00:00:00Z"}, {}, event):
            run.approval(other)
    assert [fault.code for fault in run.faults] == ["recorder.object_refused"] * 4
    assert run.record is not None and verify(run.record)["ok"]
    verdict = verify(run.record, trust=trust(), now="2027-01-15T09:00:00Z")
    assert next(check["result"] for check in verdict["checks"] if check["check"] == "approvals") == "pass"
    assert run.record["steps"][0]["approval"] == {
        "state": "auto_approved",
        "approval_id": event["approval_id"],
        "basis": "observed",
    }


def test_an_approval_that_is_taken_back_meanwhile() -> None:
    def ask(request: ApprovalRequest) -> Mapping[str, Any]:
        return GRANT

    def policy(call: Call) -> str:
        if call.arguments == {"to": "late"}:
            run.revoke("ap-1")
        return "require_approval"

    run = recorder(policy=policy, ask=ask, session_id="s")
    with run:
        run.tool_call("deploy", {"to": "x"}, lambda to: to)
        assert run.tool_call("deploy", {"to": "late"}, lambda to: to) == "late"
    assert states(run) == ["approved", "approved"]
