"""Rules about tokens and money (spec/cost.md)."""

from __future__ import annotations

from typing import Iterator

from .record import Record
from .rule import ERROR, WARNING, Rule
from .thing import Number, Thing

#: Counts of tokens.
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
_AMOUNTS = (*TOKENS, "cost_usd")
# Of which counts a count is the whole, or at least as much.
_PARTS = (
    ("input_tokens", ("cache_read_tokens", "cache_write_tokens")),
    ("cache_write_tokens", ("cache_write_5m_tokens", "cache_write_1h_tokens")),
    ("output_tokens", ("reasoning_tokens",)),
)


def _whole_costs(record: Record) -> list[Thing]:
    """The costs of the run, of its steps and of its eval."""
    owners = (*record.spans, record.run.part("eval"))
    return [owner.part("cost") for owner in owners if owner.holds("cost")]


def _costs(record: Record) -> Iterator[Thing]:
    """These, each followed by its shares by model."""
    for cost in _whole_costs(record):
        yield cost
        yield from cost.parts("by_model")


def _has_usage(step: Thing) -> bool:
    """Whether a step counts tokens: an unknown number and zero don't."""
    cost = step.part("cost")
    return any(each.number(member) for each in (cost, *cost.parts("by_model")) for member in TOKENS)


def _slack(member: str, a: Number, b: Number) -> float:
    """By how much two amounts may differ: tokens not at all, money by one millionth."""
    return 1e-6 * max(abs(a), abs(b)) if member == "cost_usd" else 0


def usage_misplaced(record: Record) -> Iterator[str]:
    """A step other than a model call counts tokens."""
    for step in record.steps:
        if not step.is_one("type", "model_call") and _has_usage(step):
            yield f"{step.path}/cost"


def cost_total(record: Record) -> Iterator[str]:
    """The total isn't input plus output."""
    for cost in _costs(record):
        numbers = [cost.number(member) for member in ("input_tokens", "output_tokens", "total_tokens")]
        known = [number for number in numbers if number is not None]
        if len(known) == 3 and known[0] + known[1] != known[2]:
            yield f"{cost.path}/total_tokens"


def cost_parts(record: Record) -> Iterator[str]:
    """Parts of a count are more than the count."""
    for cost in _costs(record):
        for member, parts in _PARTS:
            whole = cost.number(member)
            if whole is not None and sum(cost.number(part) or 0 for part in parts) > whole:
                yield f"{cost.path}/{member}"


def cost_by_model(record: Record) -> Iterator[str]:
    """Shares by model are without model, nested, or don't make up the whole."""
    for cost in _whole_costs(record):
        shares = cost.parts("by_model")
        for share in shares:
            if not share.text("model"):
                yield share.path
            if share.has("by_model"):
                yield f"{share.path}/by_model"
        for member in _AMOUNTS:
            whole = cost.number(member)
            if whole is not None and shares and not _adds_up(member, whole, shares):
                yield f"{cost.path}/by_model"


def _adds_up(member: str, whole: Number, shares: list[Thing]) -> bool:
    """Whether the known shares make up the whole, or leave room for those that aren't known."""
    total: Number = 0
    are_all_known = True
    for share in shares:
        value = share.number(member)
        are_all_known = are_all_known and value is not None
        total += value or 0
    surplus, slack = total - whole, _slack(member, total, whole)
    return surplus <= slack and (not are_all_known or surplus >= -slack)


def steps_exceed(record: Record) -> Iterator[str]:
    """The steps cost more than the run."""
    own = record.run.part("cost")
    for member in _AMOUNTS:
        whole = own.number(member)
        if whole is None:
            continue
        total: Number = 0
        for step in record.steps:
            total += step.part("cost").number(member) or 0
        if total - whole > _slack(member, total, whole):
            yield f"/cost/{member}"


def unit_missing(record: Record) -> Iterator[str]:
    """An amount without unit, or a unit without amount."""
    for cost in _costs(record):
        if cost.known("amount") != cost.known("unit"):
            yield cost.path


def response_doubled(record: Record) -> Iterator[str]:
    """The usage of one response is counted twice."""
    seen = set()
    for step in record.steps:
        response = step.text("response_id")
        if response is None or not step.is_one("type", "model_call") or not _has_usage(step):
            continue
        if response in seen:
            yield f"{step.path}/response_id"
        seen.add(response)


def price_source_missing(record: Record) -> Iterator[str]:
    """A computed price doesn't say from which list."""
    for cost in _costs(record):
        if cost.is_one("price_basis", "computed") and not cost.known("price_source"):
            yield cost.path


COST_RULES = (
    Rule("cost.usage_misplaced", ERROR, usage_misplaced),
    Rule("cost.total", ERROR, cost_total),
    Rule("cost.parts", ERROR, cost_parts),
    Rule("cost.by_model", ERROR, cost_by_model),
    Rule("cost.steps_exceed", ERROR, steps_exceed),
    Rule("cost.unit_missing", ERROR, unit_missing),
    Rule("cost.response_doubled", ERROR, response_doubled),
    Rule("cost.price_source_missing", WARNING, price_source_missing),
)
