"""Policies and people that decide about tool calls."""

import asyncio
import pickle
from pathlib import Path
from typing import Any, Dict, List, Mapping, Union

import pytest

from agent_run import CallRefused, Recorder, RecorderError, verify
from agent_run.hashes import action_hash, arguments_hash
from agent_run.recorder import ApprovalRequest, Call
from tests.asking import PERSON, RUNTIME, events, recorder, signed, states, trust


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
        {"expires_at": "2001-01-01T00:00:00Z"},
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


def test_people_may_be_waited_for() -> None:
    async def policy(call: Call) -> str:
        await asyncio.sleep(0)
        return "require_approval" if call.tool_name == "deploy" else "allow"

    async def ask(request: ApprovalRequest) -> bool:
        await asyncio.sleep(0)
        return request.call.arguments == {"to": "beta"}

    async def deploy(to: str) -> str:
        await asyncio.sleep(0)
        return to

    async def main() -> None:
        async with recorder(policy=policy, ask=ask) as run:
            calls = [run.tool_call("deploy", {"to": to}, deploy) for to in ("beta", "stable")]
            results = await asyncio.gather(*calls, return_exceptions=True)
            assert results[0] == "beta" and isinstance(results[1], CallRefused)
            awaitable: Any = run.tool_call("ls", {}, lambda: "not async itself")
            assert await awaitable == "not async itself"
        assert sorted(str(state) for state in states(run)) == ["approved", "denied", "not_required"]
        assert run.faults == []

    asyncio.run(main())


def test_a_person_who_does_not_come_in_time() -> None:
    async def ask(request: ApprovalRequest) -> bool:
        await asyncio.Event().wait()
        return True

    async def tool() -> None:
        pytest.fail("it ran")

    async def main() -> None:
        async with recorder(ask=ask, approval_expires_in=0.01) as run:
            with pytest.raises(CallRefused) as caught:
                await run.tool_call("t", {}, tool)
        assert caught.value.reason == "expired"
        assert states(run) == ["expired"]

    asyncio.run(main())


def test_asking_that_is_broken_off_is_a_no() -> None:
    def ask(request: ApprovalRequest) -> bool:
        raise KeyboardInterrupt

    run = recorder(ask=ask)
    with pytest.raises(KeyboardInterrupt):
        with run:
            run.tool_call("t", {}, lambda: pytest.fail("it ran"))
    assert states(run) == ["cancelled"]
    assert events(run) == ["requested", "cancelled"]


def test_who_cannot_be_waited_for_is_a_no() -> None:
    async def later() -> bool:
        return True

    with recorder(ask=lambda request: later()) as run:
        with pytest.raises(CallRefused):
            run.tool_call("t", {}, lambda: pytest.fail("it ran"))
    assert states(run) == ["cancelled"]
    assert "recorder.ask_failed" in [fault.code for fault in run.faults]


def test_a_refusal_survives_a_worker_process() -> None:
    with recorder(ask=lambda request: {"decision": "denied", "actor": PERSON, "reason": "no"}) as run:
        with pytest.raises(CallRefused) as caught:
            run.tool_call("t", {}, lambda: pytest.fail("it ran"))
    copy = pickle.loads(pickle.dumps(caught.value))
    assert (copy.reason, copy.step_id, copy.explanation, copy.by, str(copy)) == (
        "denied",
        "s-1",
        "no",
        PERSON,
        "the call was denied",
    )


def test_after_the_end_nobody_can_allow_a_call() -> None:
    run = recorder(policy=lambda call: "allow")
    run.end()
    with pytest.raises(CallRefused) as caught:
        run.tool_call("t", {}, lambda: pytest.fail("it ran"))
    assert caught.value.reason == "cancelled"
    ending: Recorder = recorder(policy=lambda call: "allow" if ending.end() else None)
    with pytest.raises(CallRefused):
        ending.tool_call("t", {}, lambda: pytest.fail("it ran"))


def test_what_is_refused_has_not_succeeded() -> None:
    with recorder(policy=lambda call: "block") as run:
        with pytest.raises(CallRefused):
            run.tool_call("t", {}, lambda: pytest.fail("it ran"), status="succeeded")
    assert states(run) == ["denied"]
    assert run.record is not None and run.record["steps"][0]["status"] == "denied"


def test_a_task_that_is_cancelled_while_the_policy_is_asked() -> None:
    async def policy(call: Call) -> str:
        await asyncio.Event().wait()
        return "allow"

    async def tool() -> None:
        pytest.fail("it ran")

    async def main() -> None:
        async with recorder(policy=policy) as run:
            task = asyncio.ensure_future(run.tool_call("t", {}, tool))
            await asyncio.sleep(0)
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task
        assert states(run) == [None]
        assert run.record is not None and run.record["steps"][0]["status"] == "cancelled"

    asyncio.run(main())


def test_who_is_told_of_a_no_cannot_change_the_record() -> None:
    with recorder(ask=lambda request: {"decision": "denied", "actor": PERSON}) as run:
        with pytest.raises(CallRefused) as caught:
            run.tool_call("t", {}, lambda: pytest.fail("it ran"))
        assert isinstance(caught.value.by, dict)
        caught.value.by["id"] = "somebody else"
    assert states(run) == ["denied"]
    assert run.record is not None and run.record["approvals"][1].get("actor") == PERSON


def test_a_policy_that_fails_is_a_no_of_a_strict_recorder_too() -> None:
    run = recorder(policy=lambda call: str(1 / 0), strict=True)
    with pytest.raises(RecorderError):
        run.tool_call("t", {}, lambda: pytest.fail("it ran"))
    run.end()
    assert run.record is not None and run.record["steps"][0]["status"] == "denied"
