"""Rules about steps and their side effects (spec/step.md)."""

from __future__ import annotations

from typing import Any, Iterator

from ..canonical import number_text
from .instant import is_before
from .record import Record
from .rule import ERROR, WARNING, Case, Rule
from .thing import Number, Thing, group_by


def step_order(record: Record) -> Iterator[Case]:
    """An open step stands before one that has ended, or a step ended before its predecessor."""
    latest: Any = None
    first_open: Thing | None = None
    for step in record.steps:
        if step.is_one("status", "pending", "running"):
            first_open = first_open or step
            continue
        if first_open is not None:
            found = f"the step is {first_open.get('status')} and ended steps follow"
            yield Case(f"{first_open.path}/status", f"{found}; expected open steps last")
            first_open = None
        if step.instant("ended_at") is not None:
            if is_before(step.get("ended_at"), latest):
                message = "the step ended before the step that stands before it; expected the order of ending"
                yield Case(f"{step.path}/ended_at", message)
            latest = step.get("ended_at")


def seq_duplicate(record: Record) -> Iterator[Case]:
    """Two steps have one number."""
    seen: set[Number] = set()
    for step in record.steps:
        seq = step.number("seq")
        if seq is None:
            continue
        if seq in seen:
            message = f"seq {number_text(float(seq))} is that of an earlier step; expected a number of its own"
            yield Case(f"{step.path}/seq", message)
        seen.add(seq)


def seq_order(record: Record) -> Iterator[Case]:
    """A step began before one with a smaller number."""
    by_seq: dict[Number, Thing] = {}
    for step in record.steps:
        seq = step.number("seq")
        if seq is not None and step.instant("started_at") is not None:
            by_seq.setdefault(seq, step)
    order = [by_seq[seq] for seq in sorted(by_seq)]
    for earlier, later in zip(order, order[1:]):
        if is_before(later.get("started_at"), earlier.get("started_at")):
            message = "the step started before the step with the seq before it; expected seq in the order of starting"
            yield Case(f"{later.path}/seq", message)


#: Of which members a step of a type needs one.
NEEDED = {
    "tool_call": ("tool_name",),
    "tool_result": ("tool_call_id", "tool_name"),
    "handoff": ("child_run_id", "delegation_id", "agent_id"),
    "handoff_result": ("child_run_id", "delegation_id", "agent_id"),
    "message": ("role",),
    "error": ("error", "error_type"),
}


def member_missing(record: Record) -> Iterator[Case]:
    """A step lacks what a step of its type is about."""
    for step in record.steps:
        members = NEEDED.get(step.text("type") or "", ())
        is_erased = step.is_one("type", "error") and step.known("private_hash") and not step.known("salt")
        if members and not is_erased and not any(step.known(member) for member in members):
            expected = "one of them" if len(members) > 1 else "it"
            found = f"a {step.get('type')} step has no {' and no '.join(members)}"
            yield Case(step.path, f"{found}; expected {expected}")


def call_doubled(record: Record) -> Iterator[Case]:
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
                message = "the call is an earlier step; expected one step, or retry_of for a further attempt"
                yield Case(f"{step.path}/tool_call_id", message)


def step_attempt(record: Record) -> Iterator[Case]:
    """An attempt isn't the one after that which it tries again."""
    for step in record.steps:
        before = record.steps_by_id.get(step.text("retry_of") or "")
        if before is None or not step.known("retry_of"):
            continue
        attempt, attempt_before = step.number("attempt"), before.number("attempt")
        if attempt is not None and attempt_before is not None and attempt != attempt_before + 1:
            found, expected = number_text(float(attempt)), number_text(float(attempt_before) + 1)
            message = f"attempt is {found}; expected {expected}, after the step named by retry_of"
            yield Case(f"{step.path}/attempt", message)


def effect_not_run(record: Record) -> Iterator[Case]:
    """A step that didn't run has effects that aren't said to be declared only."""
    for step in record.steps:
        for effect in step.parts("side_effects") if step.is_one("status", "denied", "skipped") else ():
            if not effect.known("basis"):
                found = f"the step is {step.get('status')} and basis is absent"
                yield Case(effect.path, f"{found}; expected basis declared")
            elif not effect.is_one("basis", "declared"):
                found = f"the step is {step.get('status')} and basis is another"
                yield Case(f"{effect.path}/basis", f"{found}; expected declared")


def effect_none_not_alone(record: Record) -> Iterator[Case]:
    """That there was no effect stands beside effects."""
    for step in record.steps:
        effects = step.parts("side_effects")
        none = next((effect for effect in effects if effect.is_one("kind", "none")), None)
        if len(effects) > 1 and none is not None:
            message = f"kind is none beside {len(effects) - 1} other side effects; expected none alone"
            yield Case(f"{none.path}/kind", message)


def effect_empty_list(record: Record) -> Iterator[Case]:
    """An empty list of effects says nothing."""
    for step in record.steps:
        if step.get("side_effects") == []:
            message = "the list is empty; expected one of kind none, or no list where nothing is known"
            yield Case(f"{step.path}/side_effects", message)


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
