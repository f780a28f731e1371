"""Work that other runs do."""

import json
from pathlib import Path
from typing import Any, Dict, List

import pytest

from agent_run import Recorder, RecorderError, Server, Signer, verify
from tests.recorded import SIGNER, ended, steps_of


def states(record: Any, *related: Any) -> List[str]:
    verdict = verify(record, related=list(related))
    assert verdict["ok"], verdict
    return [edge["state"] for edge in verdict["edges"]]


def test_both_records_name_each_other(tmp_path: Path) -> None:
    with Recorder("lead", directory=tmp_path, signer=SIGNER, session_id="s", turn_id="t") as run:
        with run.handoff("reviewer", input="Review it", start={"model": "m-2"}) as child:
            child.message("assistant", "Looks good")
            with child.handoff("reader", input="Read it") as grandchild:
                pass
            child.end(output="Looks good")
    parent, record, last = ended(run), ended(child), ended(grandchild)
    assert [step["type"] for step in steps_of(parent)] == ["handoff", "handoff_result"]
    handoff, result = steps_of(parent)
    assert (handoff["child_run_id"], handoff["agent_id"], handoff["input_preview"]) == (
        child.id,
        "reviewer",
        "Review it",
    )
    assert (result["child_record_hash"], result["output_preview"], result["caused_by"]) == (
        record["provenance"]["record_hash"],
        "Looks good",
        [handoff["id"]],
    )
    assert (record["parent_run_id"], record["trigger"], record["model"]) == (run.id, "agent", "m-2")
    assert (record["session_id"], record["turn_id"], record["input_preview"]) == ("s", "t", "Review it")
    assert last["provenance"]["lineage"] == [parent["provenance"]["run_hash"], record["provenance"]["run_hash"]]
    assert states(parent, record) == ["mutual"]
    assert states(record, parent, last) == ["mutual", "mutual"]
    assert states(last, record, parent) == ["mutual"]


def test_a_child_that_fails(tmp_path: Path) -> None:
    error = RuntimeError("no idea")
    with Recorder("lead", directory=tmp_path, signer=SIGNER) as run:
        with pytest.raises(RuntimeError) as caught:
            with run.handoff("reviewer") as child:
                raise error
    assert caught.value is error
    result = steps_of(ended(run))[1]
    assert (result["status"], result["error"], ended(child)["status"]) == ("failed", "no idea", "failed")
    assert states(run.record, child.record) == ["mutual"]


def test_work_for_another_process(tmp_path: Path) -> None:
    with Recorder("lead", directory=tmp_path, signer=SIGNER) as run:
        delegation = run.delegate("reviewer", input="Review it", run_id="their-own/id")
        assert delegation is not None
        # There: another process, another key.
        sent = json.loads(json.dumps(delegation))
        other = Signer.from_seed(b"\x0c" * 32)
        child = Recorder("reviewer", directory=tmp_path, signer=other, delegation=sent).end(output="fine")
        run.handoff_result(delegation, output="fine", child_record_hash=child["provenance"]["record_hash"])
    assert child["id"] == "their-own/id"
    assert states(run.record, child) == ["mutual"]
    assert ended(run)["steps"][1]["output_preview"] == "fine"


def test_a_delegation_that_is_none(tmp_path: Path) -> None:
    good: Dict[str, Any] = dict(Recorder("lead", directory=None).delegate("x") or {})
    broken: Any
    for broken in ({}, [], "x", {**good, "parent": {}}, {**good, "run_id": 7}, {**good, "lineage": ["x", 7]}):
        with Recorder("a", directory=None, delegation=broken) as run:
            pass
        assert [fault.code for fault in run.faults] == ["recorder.member_refused"]
        assert "parents" not in ended(run)["provenance"]


def test_after_the_end_nothing_is_handed_on() -> None:
    run = Recorder("lead", directory=None)
    run.end()
    with run.handoff("reviewer") as child:
        child.message("assistant", "Nobody asked")
    assert run.delegate("x") is None
    assert {fault.code for fault in run.faults} == {"recorder.too_late"}
    assert "parents" not in ended(child)["provenance"]


def test_a_run_above_that_raises_does_not_keep_a_record_from_its_server(tmp_path: Path) -> None:
    run = Recorder("lead", directory=tmp_path, strict=True)
    child = run.child("reviewer", start={"server": Server("http://127.0.0.1:9", attempts=1), "strict": False})
    run.end()
    with pytest.raises(RecorderError):
        child.end()
    assert len(list(tmp_path.glob("*.unsent"))) == 1
