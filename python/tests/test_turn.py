"""What happens to a recorder in forks, under signals, and when many threads end at once."""

import os
import signal
import threading
import time
from pathlib import Path
from typing import List

import pytest

from agent_run import Recorder, Signer, verify


def _verdict(run: Recorder) -> "dict[str, str]":
    assert run.record_path is not None and run.journal_path is not None
    verdict = verify(run.record_path.read_bytes(), journal=run.journal_path.read_bytes())
    return {check["check"]: check["result"] for check in verdict["checks"]}


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork here")
def test_a_forked_process_records_nothing(tmp_path: Path) -> None:
    with Recorder("a", signer=Signer.generate(), directory=tmp_path) as run:
        run.message("user", "before")
        child = os.fork()
        if child == 0:
            code = 1
            try:
                run.tool_call("add", {"a": 1}, lambda a: a)
                run.head()
                run.end()
                told = {fault.code for fault in run.faults}
                code = 0 if told == {"journal_file.locked"} and run.record_path is None else 2
            finally:
                os._exit(code)
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
        assert len(list(tmp_path.iterdir())) == 2  # journal and lock: the child took nothing away
        run.message("user", "after")
    assert run.faults == []
    assert _verdict(run)["journal"] == "pass"
    assert [path.suffix for path in sorted(tmp_path.iterdir())] == [".journal", ".json"]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork here")
def test_ctrl_c_never_tears_a_journal(tmp_path: Path) -> None:
    for number in range(20):
        with pytest.raises(KeyboardInterrupt):
            with Recorder("a", id=f"run-{number}", signer=Signer.generate(), directory=tmp_path, head_every=1) as run:
                timer = threading.Timer(0.003 + number / 1000, os.kill, (os.getpid(), signal.SIGINT))
                timer.start()
                end = time.monotonic() + 30
                while time.monotonic() < end:
                    run.message("user", "again and again")
        timer.join()
        assert run.record is not None and run.record["status"] == "cancelled"
        results = _verdict(run)
        assert (results["schema"], results["steps"], results["journal"]) == ("pass", "pass", "pass"), number


def test_whoever_ends_it_first_ends_it(tmp_path: Path) -> None:
    run = Recorder("a", signer=Signer.generate(), directory=tmp_path)
    records: List[object] = []

    def work() -> None:
        for _ in range(20):
            run.message("user", "x")
        records.append(run.end())

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(records) == 8 and all(record is run.record for record in records)
    assert {fault.code for fault in run.faults} <= {"recorder.too_late"}
    assert len(list(tmp_path.glob("*.json"))) == 1
    assert _verdict(run)["journal"] == "pass"
