"""Going on with the journal of a run whose process died."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any, List

import pytest

from agent_run import CallRefused, Recorder, RecorderError, Signer, fold, read_journal, validate, verify
from agent_run.journal import check
from tests.recorded import SIGNER, ended, steps_of


def journal_of(tmp_path: Path, **options: Any) -> bytes:
    """A journal with a bit of everything, of a run that nobody ended."""

    def ask(request: Any) -> Any:
        return {"decision": "approved", "actor": {"kind": "human", "id": "u"}, "grant": {"scope": "always"}}

    run = Recorder("a", directory=tmp_path, signer=SIGNER, ask=ask, head_every=2, id="run-1", **options)
    run.tool_call("deploy", {"to": "beta"}, lambda to: to, side_effects=["deploy"], tool_call_id="c-1")
    run.pause()
    run.resume()
    run.artifact("notes.md", b"# 1.0")
    run.update(intent="A release")
    with pytest.raises(ValueError):
        run.tool_call("deploy", {"to": "stable"}, lambda to: int(to))
    step = run.step("model_call", input="What next?")
    step.__enter__()
    assert run.journal_path is not None
    data = run.journal_path.read_bytes()
    run.end()
    return data


def test_a_run_goes_on_wherever_its_process_died(tmp_path: Path) -> None:
    data = journal_of(tmp_path / "before")
    ends = [at + 1 for at, octet in enumerate(data) if octet == 0x0A]
    # After every line, chained or private, and in the middle of the next one.
    for number, cut in enumerate(sorted({*ends, *(min(end + 30, len(data)) for end in ends[::5])})):
        folder = tmp_path / str(number)
        folder.mkdir()
        path = folder / "run-1.journal"
        path.write_bytes(data[:cut])
        before = fold(data[:cut], live=True)
        assert before is not None
        with Recorder.reopen(path, signer=SIGNER) as run:
            assert run.id == "run-1"
            run.tool_call("add", {"a": 1}, lambda a: a)
            assert run.artifact("more", b"x") not in {None, *(each["id"] for each in before.get("artifacts", []))}
        record: Any = run.record
        journal = read_journal(path.read_bytes())
        assert [fault.code for fault in run.faults] in ([], ["recorder.private_lost"]), cut
        assert check(journal, record).ok
        assert validate(record).ok, validate(record).findings
        assert verify(record, journal=path.read_bytes())["level"] == "sealed"
        assert run.record_path == folder / "run-1.json"
        begun = {step["id"]: step for step in before["steps"]}
        kept = {step["id"]: step for step in record["steps"]}
        assert set(begun) < set(kept)
        for name, step in begun.items():
            expected = "interrupted" if step["status"] in ("pending", "running") else step["status"]
            assert kept[name]["status"] == expected


def test_grants_and_ids_are_those_of_before(tmp_path: Path) -> None:
    data = journal_of(tmp_path / "before")
    path = tmp_path / "run-1.journal"
    path.write_bytes(data)
    with Recorder.reopen(path, signer=SIGNER, ask=lambda request: False) as run:
        assert run.tool_call("deploy", {"to": "x"}, lambda to: to) == "x"
        with pytest.raises(CallRefused):
            run.tool_call("drop", {}, lambda: pytest.fail("it ran"))
    steps = steps_of(ended(run))
    assert [step["status"] for step in steps] == ["succeeded", "failed", "interrupted", "succeeded", "denied"]
    assert len({step["id"] for step in steps}) == 5
    assert [step.get("approval", {}).get("state") for step in steps[3:]] == ["auto_approved", "denied"]
    assert "recorder_faults" not in json.dumps(run.record)


def test_without_the_key_the_run_ends_unsealed(tmp_path: Path) -> None:
    path = tmp_path / "run-1.journal"
    path.write_bytes(journal_of(tmp_path / "before"))
    record = Recorder.reopen(path).end("interrupted")
    assert (record["status"], "signature" in record["provenance"]) == ("interrupted", False)
    assert "signed_by" not in record["provenance"]


def refusal(path: Path, **options: Any) -> str:
    before = path.read_bytes()
    with pytest.raises(RecorderError) as caught:
        Recorder.reopen(path, **options)
    assert path.read_bytes() == before
    assert not path.with_name(path.name + ".lock").exists()
    return caught.value.code


def test_what_a_crash_did_not_leave_is_not_touched(tmp_path: Path) -> None:
    data = journal_of(tmp_path / "before")
    path = tmp_path / "run-1.journal"
    path.write_bytes(b"{}\n")
    assert refusal(path) == "recorder.journal_unusable"
    path.write_bytes(data.replace(b'"deploy"', b'"delete"', 1))
    assert refusal(path) == "recorder.journal_damaged"
    path.write_bytes(data)
    assert refusal(path, signer=Signer.from_seed(b"\x01" * 32)) == "recorder.other_key"
    path.write_bytes((tmp_path / "before/run-1.journal").read_bytes())
    assert refusal(path) == "recorder.sealed"
    with pytest.raises(FileNotFoundError):
        Recorder.reopen(tmp_path / "nothing.journal")


def test_a_run_that_died_before_its_seal_can_be_sealed(tmp_path: Path) -> None:
    journal_of(tmp_path / "before")
    lines = (tmp_path / "before/run-1.journal").read_bytes().splitlines(keepends=True)
    path = tmp_path / "run-1.journal"
    # Without the seal and the head before it.
    path.write_bytes(b"".join(lines[:-2]))
    assert refusal(path) == "recorder.finished"
    record = Recorder.reopen(path, signer=SIGNER).end()
    assert verify(record, journal=path.read_bytes())["level"] == "sealed"


DIES = """
import os, sys
from agent_run import Recorder
run = Recorder("a", directory=sys.argv[1], id="run-1")
run.message("user", "before")
with run.step("input_request") as step:
    if sys.argv[2] == "waits":
        print("ready", flush=True)
        sys.stdin.read()
    os.kill(os.getpid(), 9)
"""


def start(tmp_path: Path, how: str) -> "subprocess.Popen[str]":
    program: List[str] = [sys.executable, "-c", DIES, str(tmp_path), how]
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])}
    pipe = subprocess.PIPE
    return subprocess.Popen(program, stdin=pipe, stdout=pipe, text=True, env=environment)


@pytest.mark.skipif(os.name == "nt", reason="no signals here")
def test_the_lock_of_a_process_that_died_is_taken_over(tmp_path: Path) -> None:
    with start(tmp_path, "dies") as process:
        process.wait()
    path = tmp_path / "run-1.journal"
    assert path.with_name("run-1.journal.lock").exists()
    with Recorder.reopen(path) as run:
        # It is written by this one now.
        with pytest.raises(FileExistsError, match="is writing it"):
            Recorder.reopen(path)
    assert [step["status"] for step in steps_of(ended(run))] == ["succeeded", "interrupted"]
    assert sorted(each.name for each in tmp_path.iterdir()) == ["run-1.journal", "run-1.json"]


@pytest.mark.skipif(os.name == "nt", reason="no signals here")
def test_the_lock_of_a_process_that_lives_stays(tmp_path: Path) -> None:
    with start(tmp_path, "waits") as process:
        assert process.stdout is not None and process.stdout.readline() == "ready\n"
        with pytest.raises(FileExistsError, match="is writing it"):
            Recorder.reopen(tmp_path / "run-1.journal")
        process.kill()
        process.wait()


@pytest.mark.parametrize("text", ["", "{}", '{"pid":1,"boot":"another"}', '{"pid":"x"}', "[]", '{"pid":-1}'])
def test_a_lock_that_nobody_here_can_judge_stays(tmp_path: Path, text: str) -> None:
    path = tmp_path / "run-1.journal"
    path.write_bytes(journal_of(tmp_path / "before"))
    path.with_name("run-1.journal.lock").write_text(text)
    with pytest.raises(FileExistsError, match="remove run-1.journal.lock"):
        Recorder.reopen(path)
    assert path.with_name("run-1.journal.lock").read_text() == text


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no disk here that is full")
def test_a_lock_that_cannot_be_written_keeps_nobody_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "run-1.journal"
    path.write_bytes(journal_of(tmp_path / "before")[:-30])
    plain = os.fdopen

    def full(descriptor: int, *args: Any, **options: Any) -> Any:
        os.close(descriptor)
        return plain(os.open("/dev/full", os.O_WRONLY), *args, **options)

    with monkeypatch.context() as patched:
        patched.setattr("agent_run.recorder.lock.os.fdopen", full)
        with pytest.raises(OSError, match="space"):
            Recorder.reopen(path)
    assert not path.with_name("run-1.journal.lock").exists()
