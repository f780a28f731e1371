"""Policies and people that decide about tool calls."""

from pathlib import Path
from typing import Any, Dict, List, Mapping, Union

import pytest

from agent_run import CallRefused, Recorder, Signer, sign_object, validate, verify
from agent_run.hashes import action_hash, arguments_hash
from agent_run.recorder import ApprovalRequest, Call

PERSON = {"kind": "human", "id": "u-17"}
APPROVER = Signer.from_seed(b"\x0a" * 32)
RUNTIME = Signer.from_seed(b"\x0b" * 32)


def states(run: Recorder) -> List[object]:
    """What the steps say, of a record that validates and verifies."""
    assert run.record is not None
    assert validate(run.record).findings == ()
    assert verify(run.record)["ok"]
    return [step.get("approval", {}).get("state") for step in run.record["steps"]]


def events(run: Recorder) -> List[str]:
    assert run.record is not None
    return [event["event"] for event in run.record.get("approvals", [])]


def recorder(**options: Any) -> Recorder:
    return Recorder("a", directory=None, signer=RUNTIME, **options)


def test_a_policy_decides_before_the_call() -> None:
    seen: List[Call] = []

    def policy(call: Call) -> Union[str, Mapping[str, Any], None]:
        seen.append(call)
        if call.tool_name == "rm":
            return {"verdict": "block", "policy": {"id": "p", "version": "4"}, "reasons": ["nothing is deleted"]}
        return "allow" if call.tool_name == "ls" else None

    with recorder(policy=policy) as run:
        assert run.tool_call("ls", {"path": "."}, lambda path: path) == "."
        assert run.tool_call("cat", {}, lambda: 2) == 2
        with pytest.raises(CallRefused) as caught:
            run.tool_call("rm", {"path": "/"}, lambda path: pytest.fail("it ran"), side_effects=["delete"])
    assert caught.value.explanation == "nothing is deleted"
    assert states(run) == ["not_required", None, "denied"]
    assert run.record is not None
    refused = run.record["steps"][2]
    assert (refused["status"], refused["started_at"], refused["error_type"]) == ("denied", None, "permission_denied")
    assert refused["side_effects"][0]["basis"] == "declared"
    assert [decision["enforcement"] for decision in run.record["policy_decisions"]] == ["executed", "blocked"]
    assert seen[0].arguments == {"path": "."}


@pytest.mark.parametrize("broken", [lambda call: 1 / 0, lambda call: "perhaps", lambda call: {"verdict": []}])
def test_a_policy_that_fails_is_a_no(broken: Any) -> None:
    with recorder(policy=broken) as run:
        with pytest.raises(CallRefused):
            run.tool_call("t", {}, lambda: pytest.fail("it ran"))
    assert states(run) == ["denied"]
    assert "recorder.policy_failed" in [fault.code for fault in run.faults]


def test_a_person_is_asked() -> None:
    asked: List[ApprovalRequest] = []

    def ask(request: ApprovalRequest) -> Mapping[str, Any]:
        asked.append(request)
        decision = "approved" if request.call.tool_name == "publish" else "denied"
        return {"decision": decision, "actor": PERSON, "reason": "as agreed"}

    with recorder(ask=ask) as run:
        assert run.tool_call("publish", {"tag": "beta"}, lambda tag: tag) == "beta"
        with pytest.raises(CallRefused) as caught:
            run.tool_call("drop", {}, lambda: pytest.fail("it ran"))
    assert (caught.value.reason, caught.value.explanation) == ("denied", "as agreed")
    assert states(run) == ["approved", "denied"]
    assert events(run) == ["requested", "approved", "requested", "denied"]
    # What the approver got is enough to compute what was signed over.
    request = asked[0]
    call = {**request.call._asdict(), "arguments_hash": arguments_hash({"tag": "beta"}, request.salt)}
    assert action_hash({**call, "nonce": request.nonce}) == request.action_hash == request.event["action_hash"]


@pytest.mark.parametrize(("answer", "state"), [(True, "approved"), (False, "denied")])
def test_a_plain_answer(answer: bool, state: str) -> None:
    with recorder(ask=lambda request: answer) as run:
        if answer:
            assert run.tool_call("t", {}, lambda: 1) == 1
        else:
            with pytest.raises(CallRefused):
                run.tool_call("t", {}, lambda: pytest.fail("it ran"))
    assert states(run) == [state]


@pytest.mark.parametrize(
    "ask",
    [
        lambda request: 1 / 0,
        lambda request: {"decision": "maybe"},
        lambda request: {},
        lambda request: {"decision": "approved", "signature": "made up"},
    ],
)
def test_anything_but_a_fitting_yes_is_a_no(ask: Any) -> None:
    with recorder(ask=ask) as run:
        with pytest.raises(CallRefused) as caught:
            run.tool_call("t", {}, lambda: pytest.fail("it ran"))
    assert caught.value.reason == "cancelled"
    assert states(run) == ["cancelled"]
    assert events(run) == ["requested", "cancelled"]


def test_a_policy_without_anybody_to_ask_is_a_no() -> None:
    with recorder(policy=lambda call: "require_approval") as run:
        with pytest.raises(CallRefused):
            run.tool_call("t", {}, lambda: pytest.fail("it ran"))
    assert states(run) == ["cancelled"]


def signed(request: ApprovalRequest, at: str, **changes: Any) -> Dict[str, object]:
    about = {name: request.event[name] for name in ("approval_id", "run_id", "step_id", "action_hash")}
    event = {**about, "request_hash": request.request_hash, "event": "approved", "at": at, "actor": PERSON, **changes}
    return sign_object("approval", event, APPROVER)


def trust() -> Dict[str, Any]:
    since = {"valid_from": "2020-01-01T00:00:00Z"}
    return {
        "agent_run_trust": "1.0",
        "keys": [
            {"key": RUNTIME.did, "identity": "runtime@example.org", "roles": ["runtime"], **since},
            {"key": APPROVER.did, "identity": "u-17@example.org", "roles": ["approver"], **since},
        ],
    }


def test_a_signed_yes_can_be_checked_by_anybody(tmp_path: Path) -> None:
    times = iter(range(1_800_000_000, 1_800_000_999))
    at = "2027-01-15T08:00:40Z"
    with Recorder(
        "a",
        directory=tmp_path,
        signer=RUNTIME,
        clock=lambda: float(next(times)),
        ask=lambda request: signed(request, at),
        tools=[{"name": "publish"}],
    ) as run:
        assert run.tool_call("publish", {"tag": "beta"}, lambda tag: tag, side_effects=["deploy"]) == "beta"
    assert run.record is not None and run.journal_path is not None
    step = run.record["steps"][0]
    # The approver's clock is ahead; the step still starts no earlier than the decision.
    assert str(step["started_at"]) > at
    journal = run.journal_path.read_bytes()
    verdict = verify(run.record, trust=trust(), journal=journal, level="accountable", now="2027-01-15T09:00:00Z")
    assert (verdict["ok"], verdict["level"]) == (True, "accountable"), verdict


@pytest.mark.parametrize(
    "change",
    [
        {"step_id": "s-2"},
        {"action_hash": "sha256:" + "0" * 64},
        {"request_hash": "sha256:" + "0" * 64},
        {"at": "2001-01-01T00:00:00Z"},
        {"at": "2999-01-01T00:00:00Z"},
        {"event": "revoked"},
        {"modified_action_hash": "sha256:" + "0" * 64},
    ],
    ids=lambda change: next(iter(change)),
)
def test_a_signed_answer_to_another_question_does_not_count(change: Dict[str, Any]) -> None:
    def ask(request: ApprovalRequest) -> Mapping[str, Any]:
        return signed(request, **{"at": str(request.event["at"]), **change})

    with recorder(ask=ask) as run:
        with pytest.raises(CallRefused):
            run.tool_call("t", {}, lambda: pytest.fail("it ran"))
    assert states(run) == ["cancelled"]
    assert "recorder.answer_refused" in [fault.code for fault in run.faults]


def test_a_signature_of_somebody_else_does_not_count() -> None:
    def ask(request: ApprovalRequest) -> Mapping[str, Any]:
        return {**signed(request, str(request.event["at"])), "signed_by": RUNTIME.did}

    with recorder(ask=ask) as run:
        with pytest.raises(CallRefused):
            run.tool_call("t", {}, lambda: pytest.fail("it ran"))
    assert states(run) == ["cancelled"]


def test_an_answer_that_comes_late_does_not_count() -> None:
    times = iter(range(1_800_000_000, 1_800_000_999, 7))
    with Recorder(
        "a",
        directory=None,
        signer=RUNTIME,
        ask=lambda request: True,
        approval_expires_in=5,
        clock=lambda: float(next(times)),
    ) as run:
        with pytest.raises(CallRefused) as caught:
            run.tool_call("t", {}, lambda: pytest.fail("it ran"))
    assert caught.value.reason == "expired"
    assert states(run) == ["expired"]
    assert events(run) == ["requested", "expired"]


def test_what_runs_is_what_was_allowed() -> None:
    arguments = {"paths": ["a"]}

    def ask(request: ApprovalRequest) -> bool:
        # Neither the caller's objects nor what was shown are what runs.
        arguments["paths"].append("b")
        assert isinstance(request.call.arguments, dict)
        request.call.arguments["paths"] = ["c"]
        return True

    with recorder(ask=ask) as run:
        assert run.tool_call("t", arguments, lambda paths: paths) == ["a"]
    assert states(run) == ["approved"]


@pytest.mark.parametrize("value", [2**60, float("nan"), {1, 2}, object(), "\ud800"], ids=repr)
def test_what_nobody_can_describe_nobody_can_allow(value: object) -> None:
    with recorder(ask=lambda request: True) as run:
        with pytest.raises(CallRefused):
            run.tool_call("t", {"value": value}, lambda value: pytest.fail("it ran"))
    assert states(run) == [None]
