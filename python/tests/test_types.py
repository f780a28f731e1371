"""The types and the data that are generated from the standard."""

import typing
from pathlib import Path
from typing import get_args, get_type_hints

import agent_run
from agent_run import types
from agent_run.standard import standard
from agent_run.types import AgentRun, Cost, ErrorType, EvalResult, Provenance, SideEffect, Step


def test_this_is_the_package_under_test() -> None:
    # The independent cross-check of the repository is called agent_run, too.
    assert Path(agent_run.__file__).resolve().parent == Path(__file__).resolve().parents[1] / "agent_run"


def test_a_record_is_written_with_the_types() -> None:
    effect: SideEffect = {"kind": "write", "target_kind": "file", "target": "notes.md", "basis": "observed"}
    step: Step = {
        "id": "s-1",
        "type": "tool_call",
        "tool_name": "write_file",
        "started_at": None,
        "side_effects": [effect, {"kind": "of_another_producer"}],
    }
    cost: Cost = {"input_tokens": None, "output_tokens": 3}
    provenance: Provenance = {"run_hash": "0" * 64}
    run: AgentRun = {
        "id": "run_1",
        "agent_id": "release-bot",
        "status": "completed",
        "started_at": "2026-11-20T15:00:00Z",
        "steps": [step],
        "cost": cost,
        "provenance": provenance,
    }
    assert agent_run.validate(run).ok


def test_required_members_are_required() -> None:
    assert AgentRun.__required_keys__ == frozenset(standard_required("agent-run"))
    # A key word of Python is a member like any other.
    assert EvalResult.__required_keys__ == frozenset(("pass", "score"))
    assert "outcome" in AgentRun.__optional_keys__


def standard_required(name: str) -> typing.List[str]:
    required = standard()["schemas"][name]["required"]
    assert isinstance(required, list)
    return required


def test_every_type_resolves() -> None:
    classes = [getattr(types, name) for name in types.__all__]
    resolved = [get_type_hints(each) for each in classes if isinstance(each, type)]
    assert len(resolved) > 60
    assert get_type_hints(Step)["started_at"] == typing.Optional[str]


def test_open_vocabularies_admit_other_words() -> None:
    literal, other = get_args(ErrorType)
    assert "rate_limited" in get_args(literal)
    assert other is str


def test_the_data_is_whole() -> None:
    data = standard()
    assert {"agent-run", "step", "verdict", "trust", "journal-line"} <= set(data["schemas"])
    assert "rate_limited" in data["vocabularies"]["step.json#/properties/error_type"]
    assert data["codes"]["json.bom"] == {
        "severity": "error",
        "requirement": "AR-BYTES-002",
        "means": "the bytes begin with a byte order mark",
        "do": "save as UTF-8 without it",
    }
    assert standard() is data
