"""Work that other runs do: both records name each other (spec/lineage.md)."""

from typing import Any, Dict, List, Mapping, Optional, TypedDict, cast
from uuid import uuid4

from ..hashes import run_hash, step_leaf_text
from ..members import list_in, object_in
from ..schema import is_valid
from .state import State
from .step import Step

_MOST_ANCESTORS = 32
_INHERITED = ("session_id", "turn_id", "workspace_id")
_ENDS = frozenset(("failed", "cancelled", "timeout", "interrupted", "unknown"))


class ParentOf(TypedDict):
    """What stands in the child's ``provenance.parents``: it names the parent's handoff step by its leaf."""

    run_id: str
    delegation_id: str
    handoff_leaf: str


class _DelegationOptions(TypedDict, total=False):
    session_id: str
    turn_id: str
    workspace_id: str


class Delegation(_DelegationOptions):
    """What a child run is given, so that both records name each other.

    Plain JSON, the same as that of ``@agent-run/sdk``: it can be sent to another process, in Python or Node, whose recorder
    takes it as ``delegation``.
    """

    run_id: str
    agent_id: str
    step_id: str
    parent: ParentOf
    parent_run_hash: str
    lineage: List[str]


def delegate(state: State, agent_id: str, run_id: Optional[str], members: Mapping[str, object]) -> Optional[Delegation]:
    """Records the handing over of work. The step is final before the child starts, so that the child can name its leaf."""
    if state.is_ended:
        state.faults.report("recorder.too_late", "a handoff after the end of its run is not recorded")
        return None
    child = state.cleaner.text(run_id) if isinstance(run_id, str) and run_id not in ("", state.id) else str(uuid4())
    own = {"agent_id": agent_id, "child_run_id": child, "delegation_id": str(uuid4())}
    with state.log.lock:
        step = Step(state, "handoff", {"side_effects": ["none"], **members, **own})
        step.start()
        step.finish()
        final = next((each for each in reversed(state.steps) if each["id"] == step.id), None)
    if final is None:
        return None
    fingerprint = run_hash(state.run)
    above = [str(each) for each in list_in(object_in(state.run, "provenance"), "lineage")]
    delegation: Dict[str, object] = {
        "run_id": child,
        "agent_id": str(final.get("agent_id", agent_id)),
        "step_id": step.id,
        "parent": {
            "run_id": state.id,
            "delegation_id": own["delegation_id"],
            "handoff_leaf": step_leaf_text(final),
        },
        **{name: state.run[name] for name in _INHERITED if isinstance(state.run.get(name), str)},
        "parent_run_hash": fingerprint,
        "lineage": [*above, fingerprint][-_MOST_ANCESTORS:],
    }
    return cast(Delegation, delegation)


def handoff_result(state: State, delegation: Delegation, members: Mapping[str, Any]) -> None:
    """Records what came back from a run that work was given to."""
    said = {
        **members,
        "agent_id": delegation["agent_id"],
        "child_run_id": delegation["run_id"],
        "delegation_id": delegation["parent"]["delegation_id"],
        "caused_by": [delegation["step_id"]],
    }
    step = Step(state, "handoff_result", said)
    step.start()
    step.finish()


def result_of(record: Mapping[str, Any]) -> Dict[str, object]:
    """What the record of a child says about the handoff: how it ended, with what, and which record it is."""
    said = {name: record[name] for name in ("error", "error_type") if record.get(name) is not None}
    result: Dict[str, object] = {"output": record.get("output_preview")}
    if record.get("status") in _ENDS:
        result.update(said, status=record["status"])
    if isinstance(record["provenance"].get("record_hash"), str):
        result["child_record_hash"] = record["provenance"]["record_hash"]
    return result


def inherited(delegation: Mapping[str, Any]) -> Dict[str, Dict[str, object]]:
    """The members of a child's run and of its provenance that come from its delegation.

    :raises ValueError: if it is none
    """
    parent, lineage = delegation.get("parent"), delegation.get("lineage")
    if not isinstance(parent, Mapping) or not all(
        isinstance(value, str) and value
        for value in (delegation.get("run_id"), *map(parent.get, ParentOf.__annotations__))
    ):
        raise ValueError("delegation: expected what delegate() of the parent's recorder gave")
    run = {name: delegation[name] for name in _INHERITED if isinstance(delegation.get(name), str)}
    provenance = {
        "run_hash": "-",
        "parents": [{name: parent[name] for name in ParentOf.__annotations__}],
        "parent_run_hash": delegation.get("parent_run_hash"),
        "lineage": list(lineage) if isinstance(lineage, (list, tuple)) else lineage,
    }
    if not is_valid(provenance, "provenance"):
        raise ValueError("delegation: expected what delegate() of the parent's recorder gave")
    del provenance["run_hash"]
    own = {"id": delegation["run_id"], "parent_run_id": parent["run_id"], "trigger": "agent"}
    return {"run": {**run, **own}, "provenance": provenance}
