"""Rules about steps and their side effects (spec/step.md)."""

from __future__ import annotations

from typing import Any, Iterator

from .instant import is_before
from .record import Record
from .rule import ERROR, WARNING, Rule
from .thing import Number, Thing, group_by


def step_order(record: Record) -> Iterator[str]:
    """An open step stands before one that has ended, or a step ended before its predecessor."""
    latest: Any = None
    first_open: Thing | None = None
    for step in record.steps:
        if step.is_one("status", "pending", "running"):
            first_open = first_open or step
            continue
        if first_open is not None:
            yield f"{first_open.path}/status"
            first_open = None
        if step.instant("ended_at") is not None:
            if is_before(step.get("ended_at"), latest):
                yield f"{step.path}/ended_at"
            latest = step.get("ended_at")


def seq_duplicate(record: Record) -> Iterator[str]:
    """Two steps have one number."""
    seen: set[Number] = set()
    for step in record.steps:
        seq = step.number("seq")
        if seq is None:
            continue
        if seq in seen:
            yield f"{step.path}/seq"
        seen.add(seq)


def seq_order(record: Record) -> Iterator[str]:
    """A step began before one with a smaller number."""
    by_seq: dict[Number, Thing] = {}
    for step in record.steps:
        seq = step.number("seq")
        if seq is not None and step.instant("started_at") is not None:
            by_seq.setdefault(seq, step)
    order = [by_seq[seq] for seq in sorted(by_seq)]
    for earlier, later in zip(order, order[1:]):
        if is_before(later.get("started_at"), earlier.get("started_at")):
            yield f"{later.path}/seq"


#: Of which members a step of a type needs one.
NEEDED = {
    "tool_call": ("tool_name",),
    "tool_result": ("tool_call_id", "tool_name"),
    "handoff": ("child_run_id", "delegation_id", "agent_id"),
    "handoff_result": ("child_run_id", "delegation_id", "agent_id"),
    "message": ("role",),
    "error": ("error", "error_type"),
}


def member_missing(record: Record) -> Iterator[str]:
    """A step lacks what a step of its type is about."""
    for step in record.steps:
        members = NEEDED.get(step.text("type") or "", ())
        is_erased = step.is_one("type", "error") and step.known("private_hash") and not step.known("salt")
        if members and not is_erased and not any(step.known(member) for member in members):
            yield step.path


def call_doubled(record: Record) -> Iterator[str]:
    """Two steps record one call, and neither says that it tries again."""
    calls = [step for step in record.steps if step.is_one("type", "tool_call", "tool_result", "handoff")]
    for group in group_by(calls, "tool_call_id").values():
        ids = {step.text("id") for step in group}
        firsts = 0
        for step in group:
            if step.known("retry_of") and step.text("retry_of") in ids:
                continue
            firsts += 1
            if firsts > 1:
                yield f"{step.path}/tool_call_id"


def step_attempt(record: Record) -> Iterator[str]:
    """An attempt isn't the one after that which it tries again."""
    for step in record.steps:
        before = record.steps_by_id.get(step.text("retry_of") or "")
        if before is None or not step.known("retry_of"):
            continue
        attempt, attempt_before = step.number("attempt"), before.number("attempt")
        if attempt is not None and attempt_before is not None and attempt != attempt_before + 1:
            yield f"{step.path}/attempt"


def effect_not_run(record: Record) -> Iterator[str]:
    """A step that didn't run has effects that aren't said to be declared only."""
    for step in record.steps:
        for effect in step.parts("side_effects") if step.is_one("status", "denied", "skipped") else ():
            if not effect.known("basis"):
                yield effect.path
            elif not effect.is_one("basis", "declared"):
                yield f"{effect.path}/basis"


def effect_none_not_alone(record: Record) -> Iterator[str]:
    """That there was no effect stands beside effects."""
    for step in record.steps:
        effects = step.parts("side_effects")
        none = next((effect for effect in effects if effect.is_one("kind", "none")), None)
        if len(effects) > 1 and none is not None:
            yield f"{none.path}/kind"


def effect_empty_list(record: Record) -> Iterator[str]:
    """An empty list of effects says nothing."""
    for step in record.steps:
        if step.get("side_effects") == []:
            yield f"{step.path}/side_effects"


STEP_RULES = (
    Rule("step.order", WARNING, step_order),
    Rule("step.seq_duplicate", ERROR, seq_duplicate),
    Rule("step.seq_order", WARNING, seq_order),
    Rule("step.member_missing", ERROR, member_missing),
    Rule("step.call_doubled", ERROR, call_doubled),
    Rule("step.attempt", ERROR, step_attempt),
    Rule("effect.not_run", ERROR, effect_not_run),
    Rule("effect.none_not_alone", ERROR, effect_none_not_alone),
    Rule("effect.empty_list", WARNING, effect_empty_list),
)
