"""Rules about tokens and money (spec/cost.md)."""

from __future__ import annotations

from typing import Any

from .context import Context, Paths, Thing
from .rule import error, warning

TOKENS = (
    "input_tokens",
    "output_tokens",
    "cache_read_tokens",
    "cache_write_tokens",
    "cache_write_5m_tokens",
    "cache_write_1h_tokens",
    "reasoning_tokens",
    "total_tokens",
)
AMOUNTS = (*TOKENS, "cost_usd")
PARTS = {
    "input_tokens": ("cache_read_tokens", "cache_write_tokens"),
    "cache_write_tokens": ("cache_write_5m_tokens", "cache_write_1h_tokens"),
    "output_tokens": ("reasoning_tokens",),
}
MILLIONTH = 1e-6


def whole_costs(context: Context) -> list[Thing]:
    """The costs of the run, of its steps and of its eval."""
    evaluation = context.run.thing("eval")
    owners = [context.run, *context.steps, *([evaluation] if evaluation else [])]
    return [cost for cost in (owner.thing("cost") for owner in owners) if cost]


def all_costs(context: Context) -> list[Thing]:
    """These, each followed by the entries of its by_model."""
    return [each for cost in whole_costs(context) for each in (cost, *cost.things("by_model"))]


def has_usage(step: Thing) -> bool:
    """Whether a step counts tokens: an unknown number and zero don't."""
    cost = step.thing("cost")
    counted = [cost, *cost.things("by_model")] if cost else []
    return any(each.number(member) for each in counted for member in TOKENS)


def slack(member: str, a: float, b: float) -> float:
    """By how much two amounts may differ."""
    return MILLIONTH * max(abs(a), abs(b)) if member == "cost_usd" else 0


def usage_misplaced(context: Context) -> Paths:
    """AR-COST-002"""
    for step in context.steps:
        if step.text("type") != "model_call" and has_usage(step):
            yield f"{step.path}/cost"


def total(context: Context) -> Paths:
    """AR-COST-003"""
    for cost in all_costs(context):
        counts = [cost.number(member) for member in ("input_tokens", "output_tokens", "total_tokens")]
        if None not in counts and counts[0] + counts[1] != counts[2]:
            yield f"{cost.path}/total_tokens"


def parts(context: Context) -> Paths:
    """AR-COST-004"""
    for cost in all_costs(context):
        for member, inside in PARTS.items():
            whole = cost.number(member)
            if whole is not None and sum(cost.number(part) or 0 for part in inside) > whole:
                yield f"{cost.path}/{member}"


def by_model(context: Context) -> Paths:
    """AR-COST-005"""
    for cost in whole_costs(context):
        entries = cost.things("by_model")
        for entry in entries:
            if not entry.text("model"):
                yield entry.path
            if "by_model" in entry.value:
                yield f"{entry.path}/by_model"
        for member in AMOUNTS if entries else ():
            whole = cost.number(member)
            shares = [entry.number(member) for entry in entries]
            if whole is not None and not adds_up(member, whole, shares):
                yield f"{cost.path}/by_model"


def adds_up(member: str, whole: float, shares: list[Any]) -> bool:
    """Whether the known shares make up the whole, or leave room for the unknown ones."""
    known = sum(share for share in shares if share is not None)
    surplus = known - whole
    if None in shares:
        return surplus <= slack(member, known, whole)
    return abs(surplus) <= slack(member, known, whole)


def steps_exceed(context: Context) -> Paths:
    """AR-COST-006"""
    own = context.run.thing("cost")
    costs = [cost for cost in (step.thing("cost") for step in context.steps) if cost]
    for member in AMOUNTS if own else ():
        whole = own.number(member)
        known = sum(cost.number(member) or 0 for cost in costs)
        if whole is not None and known - whole > slack(member, known, whole):
            yield f"/cost/{member}"


def unit_missing(context: Context) -> Paths:
    """AR-COST-007"""
    for cost in all_costs(context):
        if cost.has("amount") != cost.has("unit"):
            yield cost.path


def response_doubled(context: Context) -> Paths:
    """AR-COST-008"""
    seen = set()
    for step in context.steps:
        response = step.text("response_id")
        if step.text("type") != "model_call" or response is None or not has_usage(step):
            continue
        if response in seen:
            yield f"{step.path}/response_id"
        seen.add(response)


def price_source_missing(context: Context) -> Paths:
    """AR-COST-009"""
    for cost in all_costs(context):
        if cost.text("price_basis") == "computed" and not cost.has("price_source"):
            yield cost.path


COST = [
    error("cost.usage_misplaced", usage_misplaced),
    error("cost.total", total),
    error("cost.parts", parts),
    error("cost.by_model", by_model),
    error("cost.steps_exceed", steps_exceed),
    error("cost.unit_missing", unit_missing),
    error("cost.response_doubled", response_doubled),
    warning("cost.price_source_missing", price_source_missing),
]
