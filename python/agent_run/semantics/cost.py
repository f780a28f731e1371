"""Rules about tokens and money (spec/cost.md)."""

from __future__ import annotations

from typing import Iterator

from ..canonical import number_text
from .record import Record
from .rule import ERROR, WARNING, Case, Rule
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


def usage_misplaced(record: Record) -> Iterator[Case]:
    """A step other than a model call counts tokens."""
    for step in record.steps:
        if not step.is_one("type", "model_call") and _has_usage(step):
            message = "the step has token usage and is no model_call; expected usage on the model_call step"
            yield Case(f"{step.path}/cost", message)


def cost_total(record: Record) -> Iterator[Case]:
    """The total isn't input plus output."""
    for cost in _costs(record):
        numbers = [cost.number(member) for member in ("input_tokens", "output_tokens", "total_tokens")]
        known = [number for number in numbers if number is not None]
        if len(known) == 3 and known[0] + known[1] != known[2]:
            found, expected = number_text(float(known[2])), number_text(float(known[0] + known[1]))
            message = f"total_tokens is {found}; expected {expected}, input and output together"
            yield Case(f"{cost.path}/total_tokens", message)


def cost_parts(record: Record) -> Iterator[Case]:
    """Parts of a count are more than the count."""
    for cost in _costs(record):
        for member, parts in _PARTS:
            whole = cost.number(member)
            total = sum(cost.number(part) or 0 for part in parts)
            if whole is not None and total > whole:
                found = f"{member} is {number_text(float(whole))} and its parts are {number_text(float(total))}"
                yield Case(f"{cost.path}/{member}", f"{found}; expected parts within the whole")


def cost_by_model(record: Record) -> Iterator[Case]:
    """Shares by model are without model, nested, or don't make up the whole."""
    for cost in _whole_costs(record):
        shares = cost.parts("by_model")
        for share in shares:
            if not share.text("model"):
                yield Case(share.path, "the entry names no model; expected model")
            if share.has("by_model"):
                message = "the entry is split again; expected no by_model in an entry"
                yield Case(f"{share.path}/by_model", message)
        for member in _AMOUNTS:
            whole = cost.number(member)
            if whole is None or not shares:
                continue
            total = _sum_that_misses(member, whole, shares)
            if total is not None:
                found = f"{member} adds up to {_sum_text(total)}"
                expected = f"expected {number_text(float(whole))}, that of the cost it splits"
                yield Case(f"{cost.path}/by_model", f"{found}; {expected}")


def _sum_text(total: Number) -> str:
    """A sum of fractions without the noise of binary addition."""
    return number_text(float(f"{total:.15g}") if isinstance(total, float) and not total.is_integer() else float(total))


def _sum_that_misses(member: str, whole: Number, shares: list[Thing]) -> Number | None:
    """The sum of shares that don't make up the whole, and don't leave room for those that aren't known."""
    total: Number = 0
    are_all_known = True
    for share in shares:
        value = share.number(member)
        are_all_known = are_all_known and value is not None
        total += value or 0
    surplus, slack = total - whole, _slack(member, total, whole)
    adds_up = surplus <= slack and (not are_all_known or surplus >= -slack)
    return None if adds_up else total


def steps_exceed(record: Record) -> Iterator[Case]:
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
            stated, found = number_text(float(whole)), _sum_text(total)
            message = f"{member} is {stated} and that of the steps adds up to {found}; expected at least that"
            yield Case(f"/cost/{member}", message)


def unit_missing(record: Record) -> Iterator[Case]:
    """An amount without unit, or a unit without amount."""
    for cost in _costs(record):
        given = [name for name in ("amount", "unit") if cost.known(name)]
        if len(given) == 1:
            other = "unit" if given == ["amount"] else "amount"
            yield Case(cost.path, f"{given[0]} is given without {other}; expected both")


def response_doubled(record: Record) -> Iterator[Case]:
    """The usage of one response is counted twice."""
    seen = set()
    for step in record.steps:
        response = step.text("response_id")
        if response is None or not step.is_one("type", "model_call") or not _has_usage(step):
            continue
        if response in seen:
            message = "the usage of this response is counted on an earlier step; expected it once"
            yield Case(f"{step.path}/response_id", message)
        seen.add(response)


def price_source_missing(record: Record) -> Iterator[Case]:
    """A computed price doesn't say from which list."""
    for cost in _costs(record):
        if cost.is_one("price_basis", "computed") and not cost.known("price_source"):
            found = "price_basis is computed and price_source is absent"
            yield Case(cost.path, f"{found}; expected the price list and the model matched")


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
