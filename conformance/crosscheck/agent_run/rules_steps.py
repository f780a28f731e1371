"""Rules about steps and their side effects (spec/step.md)."""

from __future__ import annotations

from .context import Context, Paths, Thing, group_by, named
from .rule import error, warning

OPEN = {"pending", "running"}
CALLS = {"tool_call", "tool_result", "handoff"}
# One of these members must be known, by the type of the step.
NEEDED = {
    "tool_call": ("tool_name",),
    "tool_result": ("tool_call_id", "tool_name"),
    "handoff": ("child_run_id", "delegation_id", "agent_id"),
    "handoff_result": ("child_run_id", "delegation_id", "agent_id"),
    "message": ("role",),
    "error": ("error", "error_type"),
}


def order(context: Context) -> Paths:
    """AR-STEP-002. Of several open steps before an ended one, the first is named."""
    latest = None
    first_open = None
    for step in context.steps:
        if step.text("status") in OPEN:
            first_open = first_open or step
            continue
        if first_open:
            yield f"{first_open.path}/status"
            first_open = None
        end = step.time("ended_at")
        if end is None:
            continue
        if latest is not None and end < latest:
            yield f"{step.path}/ended_at"
        latest = end


def seq_duplicate(context: Context) -> Paths:
    """AR-STEP-003"""
    seen = set()
    for step in context.steps:
        seq = step.number("seq")
        if seq is not None and seq in seen:
            yield f"{step.path}/seq"
        seen.add(seq)


def seq_order(context: Context) -> Paths:
    """AR-STEP-004"""
    by_seq: dict[float, Thing] = {}
    for step in context.steps:
        if step.number("seq") is not None and step.time("started_at") is not None:
            by_seq.setdefault(step.number("seq"), step)
    steps = [by_seq[seq] for seq in sorted(by_seq)]
    for earlier, later in zip(steps, steps[1:]):
        if later.time("started_at") < earlier.time("started_at"):
            yield f"{later.path}/seq"


def member_missing(context: Context) -> Paths:
    """AR-STEP-007"""
    for step in context.steps:
        kind = step.text("type") or ""
        if kind == "error" and step.is_erased():
            continue
        if kind in NEEDED and not any(step.has(member) for member in NEEDED[kind]):
            yield step.path


def call_doubled(context: Context) -> Paths:
    """AR-STEP-011"""
    calls = [step for step in context.steps if step.text("type") in CALLS]
    for group in group_by(calls, "tool_call_id").values():
        names = {step.text("id") for step in group}
        firsts = [step for step in group if step.text("retry_of") is None or step.text("retry_of") not in names]
        for step in firsts[1:]:
            yield f"{step.path}/tool_call_id"


def attempt(context: Context) -> Paths:
    """AR-STEP-013"""
    for step in context.steps:
        earlier = named(context.steps_by_id, step.text("retry_of"))
        if earlier is None or step.number("attempt") is None or earlier.number("attempt") is None:
            continue
        if step.number("attempt") != earlier.number("attempt") + 1:
            yield f"{step.path}/attempt"


def not_run(context: Context) -> Paths:
    """AR-STEP-008"""
    for step in context.steps:
        if step.text("status") not in ("denied", "skipped"):
            continue
        for effect in step.things("side_effects"):
            basis = effect.text("basis")
            if basis is None:
                yield effect.path
            elif basis != "declared":
                yield f"{effect.path}/basis"


def none_not_alone(context: Context) -> Paths:
    """AR-STEP-009"""
    for step in context.steps:
        effects = step.things("side_effects")
        nones = [effect for effect in effects if effect.text("kind") == "none"]
        if nones and len(effects) > 1:
            yield f"{nones[0].path}/kind"


def empty_list(context: Context) -> Paths:
    """AR-STEP-010"""
    for step in context.steps:
        if step.value.get("side_effects") == []:
            yield f"{step.path}/side_effects"


STEPS = [
    warning("step.order", order),
    error("step.seq_duplicate", seq_duplicate),
    warning("step.seq_order", seq_order),
    error("step.member_missing", member_missing),
    error("step.call_doubled", call_doubled),
    error("step.attempt", attempt),
]
EFFECTS = [
    error("effect.not_run", not_run),
    error("effect.none_not_alone", none_not_alone),
    warning("effect.empty_list", empty_list),
]
