"""The record that the lines of a journal give (spec/journal.md, The fold)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from ..digest_text import digest_text
from ..hashes import run_hash
from ..public_form import NESTED, PRIVATE_MEMBERS, PrivateKind
from ..read import Octets
from ..schema import MAX_NUMBER
from ..tree import root
from .line import LIST_OF, Line
from .read import Journal, read_journal

if TYPE_CHECKING:
    from ..types import AgentRun

_OPEN = (None, "pending", "running")


def fold(journal: Journal | Octets | str, live: bool = False) -> AgentRun | None:
    """
    The run that a journal tells of, from the lines before its first fault; ``None`` if it has no beginning. Private lines
    are put back where they are, what was erased stays erased. Never raises for content.

    :param journal: the bytes or text of the file, or what :func:`read_journal` made of it
    :param live: whether the run is known to be going on; else it counts as interrupted if nothing says how it ended
    """
    read = journal if isinstance(journal, Journal) else read_journal(journal)
    lines = read.lines[: read.sound_lines]
    return cast("AgentRun", _Fold(lines).finish(read, live)) if lines else None


class _Fold:
    def __init__(self, lines: list[Line]) -> None:
        self.run: dict[str, Any] = {"status": "running", **lines[0].data}
        self.lists: dict[str, list[Any]] = {"steps": []}
        self.started: dict[str, dict[str, Any]] = {}
        self.sealed: dict[str, Any] | None = None
        for line in lines[1:]:
            self._add(line)

    def _add(self, line: Line) -> None:
        type_, data = line.type, line.data
        if type_ == "run.updated":
            self.run = _patched(self.run, data)
        elif type_ == "run.paused":
            self.run["status"] = "paused"
        elif type_ == "run.resumed":
            self.run = {name: value for name, value in self.run.items() if name not in ("ended_at", "duration_ms")}
            self.run["status"] = "running"
        elif type_ == "step.started":
            self.started[data["id"]] = data
        elif type_ == "run.sealed":
            self.sealed = data
        elif type_ in LIST_OF:
            self.lists.setdefault(LIST_OF[type_], []).append(data)

    def finish(self, journal: Journal, live: bool) -> dict[str, Any]:
        run, steps = self.run, self.lists["steps"]
        leaves = journal.leaves[: len(steps)]
        is_live = live and self.sealed is None
        if not is_live and run["status"] in _OPEN:
            run["status"] = "interrupted"
            run.setdefault("ended_at", None)
        ended = {step["id"] for step in steps}
        left = [step for name, step in self.started.items() if name not in ended]
        run.update(self.lists)
        run["steps"] = steps + [_left_open(step, run["status"], is_live) for step in left]
        run.setdefault("cost", _lower_bound(run["steps"]))
        run["provenance"] = self._provenance(leaves)
        run["provenance"]["run_hash"] = run_hash(run)
        return _restored("run", run, journal.whole)

    def _provenance(self, leaves: list[bytes]) -> dict[str, Any]:
        """That of the lines, and from run.sealed the members of the seal that they don't have."""
        given: dict[str, Any] = dict(self.run["provenance"])
        stated = (self.sealed or {}).get("provenance")
        if not isinstance(stated, dict):
            given.pop("signed_by", None)
            return given
        for member in ("journal_head", "sealed_at", "record_hash", "signature"):
            if member in stated:
                given[member] = stated[member]
        if "signed_by" in stated:
            given.setdefault("signed_by", stated["signed_by"])
        if "steps_count" in stated:
            given["steps_count"] = len(leaves)
        if "steps_root" in stated:
            given["steps_root"] = digest_text(root(leaves))
        return given


def _patched(value: dict[str, Any], patch: dict[str, Any]) -> dict[str, Any]:
    """A run, or its provenance, with the changes of run.updated."""
    changed = dict(value)
    for name, member in patch.items():
        if name == "provenance":
            changed[name] = _patched(value.get(name, {}), member)
        elif member is None and name != "ended_at":
            changed.pop(name, None)
        else:
            changed[name] = member
    return changed


def _left_open(step: dict[str, Any], run_status: str, is_live: bool) -> dict[str, Any]:
    """A step that was started and has not ended, as it stands in the record."""
    if is_live or run_status == "paused":
        return {"status": "running", **step}
    if step.get("status") not in _OPEN:
        return step
    status = "interrupted" if run_status == "interrupted" else "unknown"
    return {"ended_at": None, **step, "status": status}


def _lower_bound(steps: list[dict[str, Any]]) -> dict[str, Any]:
    """The cost of a run for which nobody wrote one down (AR-COST-010)."""
    cost: dict[str, Any] = {}
    basis = "unknown"
    for member in ("input_tokens", "output_tokens", "cost_usd"):
        costs = [
            step["cost"][member] for step in steps if isinstance(step.get("cost"), dict) and member in step["cost"]
        ]
        stated = [value for value in costs if value is not None]
        # Added in their order as doubles, as every other implementation does.
        total = 0.0
        for value in stated:
            total += value
        if stated and total <= MAX_NUMBER:
            cost[member] = int(total) if total.is_integer() else total
            basis = "lower_bound"
        elif member != "cost_usd":
            cost[member] = None
    return {**cost, "basis": basis}


def _restored(kind: PrivateKind, value: dict[str, Any], private: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """An object, and what is inside it, with the private members that the journal has lines for."""
    restored = dict(value)
    for member, inner in NESTED.get(kind, ()):
        if isinstance(restored.get(member), list):
            restored[member] = [
                _restored(inner, item, private) if isinstance(item, dict) else item for item in restored[member]
            ]
    stated = value.get("private_hash")
    if not isinstance(stated, str):
        return restored
    hidden = ("salt", *PRIVATE_MEMBERS[kind])
    public = {name: member for name, member in restored.items() if name not in hidden}
    members = private.get(stated, {})
    # Only what this kind of object keeps private may come from outside the chain.
    return {**public, **members} if all(name in hidden for name in members) else public
