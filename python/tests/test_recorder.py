"""The recorder: what it writes, and that it stays out of the way."""

import asyncio
import re
import threading
from pathlib import Path
from typing import Any, Iterator, List, cast

import pytest

from agent_run import CallRefused, Recorder, fold, read_journal, validate, verify
from agent_run.journal import check
from agent_run.recorder import RecorderError
from agent_run.standard import standard
from tests.recorded import SIGNER, ended, steps_of

TOOLS = [{"name": "write_file", "description": "Writes a file", "input_schema": {"type": "object"}}]


def test_a_run_is_recorded(tmp_path: Path) -> None:
    def write_file(path: str, content: str) -> str:
        (tmp_path / path).write_text(content)
        return "written"

    with Recorder(
        "release-bot", model="m-1", trigger="manual", input="Release it", signer=SIGNER, directory=tmp_path, tools=TOOLS
    ) as run:
        run.message("user", "Release it")
        asked = run.model_call(
            lambda: {"id": "r-1", "model": "m-1.2", "usage": {"input_tokens": 7, "output_tokens": 2}}
        )
        answer = run.tool_call("write_file", {"path": "a.md", "content": "x"}, write_file, side_effects=["write"])
        with run.step("input_request", input="Which tag?") as step:
            step.add(output="beta")
            step.effect("network", "example.org")
            assert step.artifact("a.md", b"x", kind="file", action="created") == "art-1"
            step.evidence("test", name="npm test", result="pass")
        run.end(outcome="success", output="Released")
    assert (asked["id"], answer, run.faults) == ("r-1", "written", [])
    record = ended(run)
    assert (record["status"], record["outcome"], record["output_preview"]) == ("completed", "success", "Released")
    assert [(step["type"], step["status"], step["seq"]) for step in steps_of(record)] == [
        ("message", "succeeded", 0),
        ("model_call", "succeeded", 1),
        ("tool_call", "succeeded", 2),
        ("input_request", "succeeded", 3),
    ]
    call = steps_of(record)[2]
    assert call["tool_hash"] == record["inventory"]["tools"][0]["schema_hash"]
    assert call["input_preview"] == '{"path":"a.md","content":"x"}'
    assert [(effect["kind"], effect["basis"]) for effect in call["side_effects"]] == [("write", "declared")]
    assert steps_of(record)[3]["side_effects"][0]["basis"] == "observed"
    assert record["cost"] == {"input_tokens": 7, "output_tokens": 2, "basis": "reported", "total_tokens": 9}
    verdict = verify(record, journal=run.journal_path.read_bytes() if run.journal_path else None)
    assert (verdict["ok"], verdict["level"]) == (True, "sealed")


def test_without_a_signer_nothing_is_sealed(tmp_path: Path) -> None:
    with Recorder("a", directory=tmp_path) as run:
        run.tool_call("t", {}, lambda: None)
    record = ended(run)
    assert {"record_hash", "signature", "signed_by", "journal_head"} & set(record["provenance"]) == set()


def test_without_a_folder_nothing_is_written() -> None:
    with Recorder("a", directory=None, signer=SIGNER) as run:
        run.note("compaction")
    assert (run.journal_path, run.record_path) == (None, None)
    record = ended(run)
    assert "journal_head" not in record["provenance"]
    assert verify(record)["ok"]


def test_what_a_tool_raises_is_raised_unchanged(tmp_path: Path) -> None:
    error = FileNotFoundError("no such file: notes.md")

    def fail() -> None:
        raise error

    with pytest.raises(FileNotFoundError) as caught:
        with Recorder("a", directory=tmp_path) as run:
            run.tool_call("read_file", {}, fail)
    assert caught.value is error
    record = ended(run)
    assert (record["status"], record["error_type"], record["error"]) == ("failed", "not_found", str(error))
    assert [(step["status"], step["error_type"]) for step in steps_of(record)] == [("failed", "not_found")]


@pytest.mark.parametrize(
    ("error", "status", "kind"),
    [
        (KeyboardInterrupt(), "cancelled", "cancelled"),
        (SystemExit(1), "interrupted", "interrupted"),
        (TimeoutError("late"), "timeout", "timeout"),
        (ConnectionResetError("gone"), "failed", "network"),
        (ValueError("x"), "failed", "tool_failed"),
    ],
)
def test_how_a_call_ended_is_read_from_its_error(error: BaseException, status: str, kind: str) -> None:
    def fail() -> None:
        raise error

    with pytest.raises(type(error)):
        with Recorder("a", directory=None) as run:
            run.tool_call("t", {}, fail)
    assert [(step["status"], step["error_type"]) for step in steps_of(ended(run))] == [(status, kind)]


def test_coroutines_are_recorded_until_they_are_done(tmp_path: Path) -> None:
    async def search(words: str) -> str:
        await asyncio.sleep(0)
        return f"found {words}"

    async def fail() -> None:
        raise asyncio.CancelledError

    async def main() -> None:
        with Recorder("a", directory=tmp_path) as run:
            found = await asyncio.gather(*(run.tool_call("search", {"words": word}, search) for word in ("x", "y")))
            assert found == ["found x", "found y"]
            with pytest.raises(asyncio.CancelledError):
                await run.tool_call("fail", {}, fail)
        steps = steps_of(ended(run))
        assert [step["status"] for step in steps] == ["succeeded", "succeeded", "cancelled"]
        assert [step["output_preview"] for step in steps[:2]] == ["found x", "found y"]

    asyncio.run(main())


def test_threads_share_a_recorder(tmp_path: Path) -> None:
    with Recorder("a", directory=tmp_path, signer=SIGNER, head_every=5) as run:

        def work() -> None:
            for number in range(20):
                run.tool_call("t", {"number": number}, lambda number: number)

        threads = [threading.Thread(target=work) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    record = ended(run)
    assert len(steps_of(record)) == 80
    assert sorted(step["seq"] for step in steps_of(record)) == list(range(80))
    assert run.faults == []


def test_a_stream_is_not_used_up() -> None:
    def pieces() -> Iterator[str]:
        yield "a"
        yield "b"

    with Recorder("a", directory=None, clock=lambda: 1_800_000_000.0) as run:
        assert list(run.model_call(pieces)) == ["a", "b"]
        with run.step("model_call", role="assistant") as step:
            step.first_token()
            step.add(output="".join(pieces()), cost={"input_tokens": 3, "output_tokens": 1})
    steps = steps_of(ended(run))
    assert steps[0]["output_preview"] == "ab"
    assert (steps[1]["output_preview"], steps[1]["first_token_ms"]) == ("ab", 0)


def test_a_crash_leaves_a_journal_that_holds(tmp_path: Path) -> None:
    run = Recorder("a", directory=tmp_path, signer=SIGNER, head_every=1)
    run.tool_call("done", {}, lambda: None)
    with run.step("input_request", input="Still there?"):
        assert run.journal_path is not None
        journal = read_journal(run.journal_path.read_bytes() + b'{"torn')
        result = check(journal)
    record = fold(journal)
    assert record is not None
    run.end()
    assert (result.ok, result.torn) == (True, True)
    assert record["status"] == "interrupted"
    assert [(step["status"], step.get("input_preview")) for step in record["steps"]] == [
        ("succeeded", None),
        ("interrupted", "Still there?"),
    ]
    assert validate(record).ok


def test_steps_that_are_open_at_the_end_are_interrupted(tmp_path: Path) -> None:
    run = Recorder("a", directory=tmp_path, signer=SIGNER)
    with run.step("model_call"):
        run.end("cancelled")
    record = ended(run)
    assert record["status"] == "cancelled"
    assert [step["status"] for step in steps_of(record)] == ["interrupted"]
    assert run.end() is run.record


def test_what_the_standard_does_not_allow_costs_that_member() -> None:
    with Recorder("a", directory=None, signer=SIGNER, trigger="by mistake", modle="m-1", tags=["x"]) as run:
        run.tool_call("t", {}, lambda: None, exit_code="seven", model_call_id="s-99", tool_call_id="c-1")
        run.tool_call("t", {}, lambda: None, tool_call_id="c-1")
        run.note("no such type")
        run.update(id="other", model="m-2")
        run.evidence("test", result="splendid")
        run.end(outcome="success", cost={"input_tokens": -1, "output_tokens": 1})
    record = ended(run)
    assert "trigger" not in record and "modle" not in record
    assert (record["tags"], record["model"]) == (["x"], "m-2")
    assert [sorted(set(step) & {"exit_code", "model_call_id", "tool_call_id"}) for step in steps_of(record)] == [
        ["tool_call_id"],
        [],
        [],
    ]
    assert record["provenance"]["metadata"]["recorder_faults"] == len(run.faults) > 5
    assert {fault.code for fault in run.faults} >= {"recorder.member_refused", "recorder.object_refused"}
    assert verify(record)["ok"]


class Hostile:
    """An object that breaks whatever looks at it."""

    def __getattr__(self, name: str) -> object:
        raise RuntimeError("broken")

    def __repr__(self) -> str:
        raise RuntimeError("broken")


def test_hostile_values_break_nothing(tmp_path: Path) -> None:
    cycle: List[Any] = []
    cycle.append(cycle)
    answer = Hostile()
    with Recorder("a", directory=tmp_path, signer=SIGNER, metadata={"c": cycle, "n": 2**70, "f": float("nan")}) as run:
        assert run.model_call(lambda: answer) is answer
        assert run.tool_call("t", {"value": answer, "half": "\ud800"}, lambda value, half: value) is answer
        assert run.tool_call("t", {"cycle": cycle, "seven": "x"}, lambda **given: len(given), show=lambda _: 1 / 0) == 2
        run.message("user", "a\x00b\ud800")
    record = ended(run)
    assert record["metadata"] == {"c": ["…"], "n": str(2**70), "f": "nan"}
    assert all("arguments_hash" not in step for step in steps_of(record))
    assert steps_of(record)[-1]["input_preview"] == "a\x00b\ufffd"


class HostileError(Exception):
    """An error that raises when it is looked at."""

    def __str__(self) -> str:
        raise RuntimeError("broken")

    @property
    def status_code(self) -> int:
        raise RuntimeError("broken")


def test_a_hostile_error_is_raised_unchanged() -> None:
    error = HostileError()

    def fail() -> None:
        raise error

    with pytest.raises(HostileError) as caught:
        with Recorder("a", directory=None, clock=lambda: 1 / 0) as run:
            run.tool_call("t", {"of": 1}, lambda of: of, mcp_server=["none"])
            run.tool_call("t", {}, fail)
    assert caught.value is error
    assert [step.get("error") for step in steps_of(ended(run))] == [None, "HostileError"]


def test_a_strict_recorder_raises() -> None:
    with pytest.raises(RecorderError, match="recorder.member_refused"):
        Recorder("a", directory=None, strict=True, modle="m-1")


def test_what_comes_too_late_is_not_recorded() -> None:
    with Recorder("a", directory=None) as run:
        run.end()
        assert run.tool_call("t", {}, lambda: 1) == 1
        run.update(model="m")
        run.head()
    assert steps_of(ended(run)) == []
    assert {fault.code for fault in run.faults} == {"recorder.too_late"}


def test_a_tool_says_what_it_did(tmp_path: Path) -> None:
    run = Recorder("a", directory=tmp_path, signer=SIGNER)

    def fetch(url: str) -> str:
        assert run.current_step is not None
        run.current_step.effect("network", "example.org")
        return str(run.current_step.artifact("page.html", "<p>"))

    async def save() -> str:
        assert run.current_step is not None
        return run.current_step.id

    assert run.tool_call("fetch", {"url": "https://example.org"}, fetch) == "art-1"
    assert asyncio.run(cast("Any", run.tool_call("save", {}, save))) == "s-2"
    assert run.current_step is None
    run.end()
    step = steps_of(ended(run))[0]
    assert (step["side_effects"][0]["target"], step["artifact_ids"]) == ("example.org", ["art-1"])


def test_a_run_pauses_and_goes_on(tmp_path: Path) -> None:
    with Recorder("a", directory=tmp_path, signer=SIGNER) as run:
        run.pause()
        assert run.journal_path is not None
        paused = fold(read_journal(run.journal_path.read_bytes()), live=True)
        run.pause()
        run.resume()
        run.resume()
        run.note("compaction")
    assert paused is not None and paused["status"] == "paused"
    assert ended(run)["status"] == "completed"
    assert [fault.code for fault in run.faults] == ["recorder.too_late"] * 2


def test_a_call_that_is_tried_again_keeps_its_id() -> None:
    with Recorder("a", directory=None) as run:
        with pytest.raises(ZeroDivisionError):
            run.tool_call("t", {}, lambda: 1 // 0, tool_call_id="c-1")
        run.tool_call("t", {}, lambda: 1, tool_call_id="c-1", retry_of="s-1", attempt=2)
    assert [step["tool_call_id"] for step in steps_of(ended(run))] == ["c-1", "c-1"]
    assert run.faults == []


def test_a_clock_that_goes_back_stands_still() -> None:
    times = iter([1_800_000_000.5, 1_800_000_001.0] + [1_799_999_000.0] * 50)
    with Recorder("a", directory=None, clock=lambda: next(times)) as run:
        run.tool_call("t", {}, lambda: 1)
    record = ended(run)
    assert record["started_at"] == "2027-01-15T08:00:00.500Z"
    assert record["ended_at"] == "2027-01-15T08:00:01.000Z"


def test_a_refused_call_is_told_apart() -> None:
    with Recorder("a", directory=None, policy=lambda call: "block") as run:
        with pytest.raises(CallRefused) as caught:
            run.tool_call("t", {}, lambda: pytest.fail("it ran"))
    assert (caught.value.reason, caught.value.step_id) == ("blocked", "s-1")


def test_faults_are_logged_where_nobody_listens(caplog: pytest.LogCaptureFixture) -> None:
    with Recorder("a", directory=None) as run:
        for _ in range(3):
            run.note("nonsense")
    assert len(run.faults) == 3
    assert [record.message for record in caplog.records] == [f"{run.faults[0].code}: {run.faults[0].message}"]
    with Recorder("a", directory=None, on_fault=lambda fault: None) as run:
        run.note("nonsense")
    assert len(caplog.records) == 1


def test_codes_of_faults_are_those_of_the_standard() -> None:
    sources = (Path(__file__).parents[1] / "agent_run" / "recorder").glob("*.py")
    used = {
        code
        for each in sources
        for code in re.findall(r'"((?:recorder|journal_file)\.[a-z_]+)"', each.read_text("utf-8"))
    }
    assert len(used) > 20
    assert used - set(standard()["codes"]) == set()


@pytest.mark.parametrize("said", [{1: 2, "model": "m-1"}, {"self": 1}, {"failure": "x"}], ids=repr)
def test_what_is_read_of_an_answer_costs_no_answer(said: Any) -> None:
    with Recorder("a", directory=None) as run:
        assert run.model_call(lambda: "an answer", read=lambda answer: said) == "an answer"
    assert steps_of(ended(run))[0]["status"] == "succeeded"
