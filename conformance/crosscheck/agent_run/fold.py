"""The fold: the run that the lines of a journal give (spec/journal.md, The fold)."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from operator import add
from typing import Any, Optional

from .hashing import INSIDE, PRIVATE, SALT, run_hash
from .reader import LIMIT
from .schema import is_number
from .seal import Json, steps_root

LISTS = {
    "approval": "approvals",
    "policy_decision": "policy_decisions",
    "artifact": "artifacts",
    "evidence": "evidence",
}
COSTS = ("input_tokens", "output_tokens", "cost_usd")


def blank_run() -> Json:
    """The least that is an agent run."""
    return {
        "id": "-",
        "agent_id": "-",
        "status": "running",
        "started_at": None,
        "steps": [],
        "cost": {"input_tokens": None, "output_tokens": None},
        "provenance": {"run_hash": "-"},
    }


def double_end(steps: Sequence[Json]) -> Optional[int]:
    """Index of the first step that has ended before."""
    seen: set[str] = set()
    for index, step in enumerate(steps):
        if step["id"] in seen:
            return index
        seen.add(step["id"])
    return None


def fold(lines: Sequence[tuple[str, Json]], privates: Sequence[tuple[int, Json]], live: bool) -> Json:
    """The run. `lines` are types and data of a sound journal; `live`: the run is known to be going on."""
    run: Json = dict(lines[0][1])
    run["provenance"] = dict(run["provenance"])
    run.setdefault("status", "running")
    steps: list[Json] = []
    started: dict[str, Json] = {}
    sealed: Optional[Json] = None
    for kind, data in lines[1:]:
        if kind == "run.updated":
            _patch(run, data)
        elif kind == "run.paused":
            run["status"] = "paused"
        elif kind == "run.resumed":
            run["status"] = "running"
            run.pop("ended_at", None)
            run.pop("duration_ms", None)
        elif kind == "step.started":
            started[data["id"]] = data
        elif kind == "step.ended":
            steps.append(data)
        elif kind in LISTS:
            run.setdefault(LISTS[kind], []).append(data)
        elif kind == "run.sealed":
            sealed = data
    is_live = live and sealed is None
    if not is_live and run["status"] in ("pending", "running"):
        run["status"] = "interrupted"
        run.setdefault("ended_at", None)
    ended = {step["id"] for step in steps}
    still_open = [_left_open(step, run["status"], is_live) for name, step in started.items() if name not in ended]
    run["steps"] = [*steps, *still_open]
    run.setdefault("cost", _lower_bound(run["steps"]))
    _fill_provenance(run["provenance"], steps, sealed)
    run["provenance"]["run_hash"] = run_hash(run)
    return _restore("run", run, privates)


def _patch(run: Json, patch: Json) -> None:
    for name, value in patch.items():
        if name == "provenance":
            _patch(run["provenance"], value)
        elif value is None and name != "ended_at":
            run.pop(name, None)
        else:
            run[name] = value


def _left_open(step: Json, run_status: str, is_live: bool) -> Json:
    if is_live or run_status == "paused":
        return {**step, "status": step.get("status", "running")}
    if step.get("status") not in (None, "pending", "running"):
        return step
    return {"ended_at": None, **step, "status": "interrupted" if run_status == "interrupted" else "unknown"}


def _lower_bound(steps: Sequence[Json]) -> Json:
    """The cost of a run for which nobody wrote one down."""
    totals: dict[str, Any] = {}
    for member in COSTS:
        stated = [(step.get("cost") or {}).get(member) for step in steps]
        numbers = [value for value in stated if is_number(value)]
        # One after the other: since Python 3.12 sum() of floats gives another, better sum.
        total = reduce(add, numbers) if numbers else None
        totals[member] = None if total is None or total > LIMIT else total
    if all(total is None for total in totals.values()):
        return {"input_tokens": None, "output_tokens": None, "basis": "unknown"}
    if totals["cost_usd"] is None:
        del totals["cost_usd"]
    return {**totals, "basis": "lower_bound"}


def _fill_provenance(provenance: Json, steps: Sequence[Json], sealed: Optional[Json]) -> None:
    if sealed is None:
        provenance.pop("signed_by", None)
        return
    stated = sealed.get("provenance")
    stated = stated if isinstance(stated, dict) else {}
    for member in ("journal_head", "sealed_at", "record_hash", "signature"):
        if member in stated:
            provenance[member] = stated[member]
    if "signed_by" in stated:
        provenance.setdefault("signed_by", stated["signed_by"])
    if "steps_count" in stated:
        provenance["steps_count"] = len(steps)
    if "steps_root" in stated:
        provenance["steps_root"] = steps_root(steps)


def _restore(kind: str, thing: Json, privates: Sequence[tuple[int, Json]]) -> Json:
    """The object with its private members, as far as there are lines that hold them, and what is in it likewise."""
    whole = dict(thing)
    for name, inner in INSIDE.get(kind, {}).items():
        if isinstance(whole.get(name), list):
            whole[name] = [_restore(inner, item, privates) if isinstance(item, dict) else item for item in whole[name]]
    stated = whole.get("private_hash")
    if not isinstance(stated, str):
        return whole
    for member in (SALT, *PRIVATE[kind]):
        whole.pop(member, None)
    for _, line in privates:
        members = {name: value for name, value in line.items() if name != "private"}
        if line["private"] == stated and all(name in (SALT, *PRIVATE[kind]) for name in members):
            return {**whole, **members}
    return whole
