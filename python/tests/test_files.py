"""The files of the recorder."""

import os
import stat
from pathlib import Path
from typing import List

import pytest

from agent_run import Recorder, verify
from agent_run.recorder import RecorderFault
from tests.recorded import SIGNER, ended


def test_files_are_for_their_owner_only(tmp_path: Path) -> None:
    folder = tmp_path / "deep" / ".agent-run"
    with Recorder("a", directory=folder, fsync="every_event") as run:
        assert run.journal_path is not None
        assert (folder / f"{run.id}.journal.lock").exists()
    assert run.record_path is not None
    modes = [stat.S_IMODE(os.stat(path).st_mode) for path in (run.journal_path, run.record_path)]
    assert os.name == "nt" or modes == [0o600, 0o600]
    assert sorted(path.name for path in folder.iterdir()) == [f"{run.id}.journal", f"{run.id}.json"]


def test_a_disk_that_fails_is_a_fault_and_nothing_more(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    told: List[RecorderFault] = []
    with Recorder("a", directory=tmp_path / "file", signer=SIGNER, on_fault=told.append) as run:
        assert run.tool_call("t", {}, lambda: 1) == 1
    assert [fault.code for fault in told] == ["recorder.journal_failed", "recorder.write_failed"]
    assert run.record is not None
    assert verify(run.record)["ok"]


def test_lines_that_could_not_be_written_come_before_the_next(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run = Recorder("a", directory=tmp_path, signer=SIGNER)
    write = os.write

    def full(descriptor: int, data: bytes) -> int:
        if len(data) < 10:
            raise OSError(28, "No space left on device")
        return write(descriptor, data[: len(data) // 2])

    monkeypatch.setattr(os, "write", full)
    run.note("compaction")
    monkeypatch.undo()
    run.note("compaction")
    run.end()
    assert {fault.code for fault in run.faults} == {"recorder.write_failed"}
    ended(run)


def test_nothing_of_others_is_overwritten(tmp_path: Path) -> None:
    for name in ("run_1.journal", "run_1.json"):
        (tmp_path / name).write_text("mine")
    with Recorder("a", id="run_1", directory=tmp_path) as run:
        pass
    ended(run)
    assert [(tmp_path / name).read_text() for name in ("run_1.journal", "run_1.json")] == ["mine", "mine"]
    assert [fault.code for fault in run.faults] == ["journal_file.exists", "journal_file.exists"]


def test_an_id_is_no_path(tmp_path: Path) -> None:
    with Recorder("a", id="../../etc/passwd", directory=tmp_path / "in") as run:
        pass
    assert ended(run)["id"] == "../../etc/passwd"
    assert [path.name for path in tmp_path.iterdir()] == ["in"]
