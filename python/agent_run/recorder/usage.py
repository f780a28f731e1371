"""What model calls consumed, as their answers say it, and what a run consumed (spec/cost.md)."""

from typing import Dict, List, Mapping, NamedTuple, Optional, Sequence, Tuple

from ..faults import MAX_NUMBER
from ..types import Cost
from .state import State
from .valid import keep_valid


class _Shape(NamedTuple):
    """How one family of answers names its counts; several are added up."""

    marks: Tuple[str, ...]
    input: Tuple[str, ...]
    output: Tuple[str, ...]
    read: str = ""
    written: str = ""
    reasoning: str = ""
    # Whether `input` leaves out what was read from and written to the cache; a record counts it in (AR-COST-011).
    cache_apart: bool = False


_SHAPES = (
    # OpenAI Responses.
    _Shape(
        ("input_tokens_details",),
        ("input_tokens",),
        ("output_tokens",),
        "input_tokens_details.cached_tokens",
        reasoning="output_tokens_details.reasoning_tokens",
    ),
    # Anthropic Messages.
    _Shape(
        ("input_tokens", "output_tokens"),
        ("input_tokens",),
        ("output_tokens",),
        "cache_read_input_tokens",
        "cache_creation_input_tokens",
        cache_apart=True,
    ),
    # OpenAI Chat Completions and what imitates it.
    _Shape(
        ("prompt_tokens", "completion_tokens"),
        ("prompt_tokens",),
        ("completion_tokens",),
        "prompt_tokens_details.cached_tokens",
        reasoning="completion_tokens_details.reasoning_tokens",
    ),
    # Gemini.
    _Shape(
        ("prompt_token_count", "candidates_token_count"),
        ("prompt_token_count", "tool_use_prompt_token_count"),
        ("candidates_token_count", "thoughts_token_count"),
        "cached_content_token_count",
        reasoning="thoughts_token_count",
    ),
    # Bedrock Converse.
    _Shape(
        ("inputTokens", "outputTokens"),
        ("inputTokens",),
        ("outputTokens",),
        "cacheReadInputTokens",
        "cacheWriteInputTokens",
        cache_apart=True,
    ),
    # Ollama.
    _Shape(("prompt_eval_count", "eval_count"), ("prompt_eval_count",), ("eval_count",)),
)


def member_of(value: object, path: str) -> object:
    """A member by its path, of mappings and of the objects that clients of model APIs answer with."""
    try:
        for name in path.split("."):
            value = value.get(name) if isinstance(value, Mapping) else getattr(value, name, None)
    except Exception:
        # A member that is computed, by a stranger, and fails.
        return None
    return value


def usage_of(answer: object) -> Optional[Cost]:
    """What an answer says of its usage; ``None`` where nothing is counted. Unknown counts stay unknown (AR-COST-010).

    Known are the answers of Anthropic, OpenAI (Chat Completions and Responses), Gemini, Bedrock (Converse) and Ollama, as
    mappings or as objects.
    """
    for usage in (member_of(answer, "usage"), member_of(answer, "usage_metadata"), answer):
        for shape in _SHAPES:
            if any(member_of(usage, mark) is not None for mark in shape.marks):
                return _cost(usage, shape)
    return None


def _cost(usage: object, shape: _Shape) -> Optional[Cost]:
    read, written = _count(usage, shape.read), _count(usage, shape.written)
    cached = (read or 0) + (written or 0)
    given = _sum([_count(usage, path) for path in shape.input])
    if given is not None and shape.cache_apart:
        given += cached
    output = _sum([_count(usage, path) for path in shape.output])
    reasoning = _count(usage, shape.reasoning)
    # All zeros mean "not counted".
    if not given and not output and not cached:
        return None
    if given is not None and given < cached:
        # Some count the cache in and some do not, and nobody can say what this one did.
        given = None
    cost: Cost = {"input_tokens": given, "output_tokens": output, "basis": "reported"}
    if given is None:
        cost["basis"] = "unknown" if output is None else "reported"
    else:
        if read is not None:
            cost["cache_read_tokens"] = read
        if written is not None:
            cost["cache_write_tokens"] = written
        if output is not None:
            cost["total_tokens"] = given + output
    if output is not None and reasoning is not None and reasoning <= output:
        cost["reasoning_tokens"] = reasoning
    return cost


def _count(usage: object, path: str) -> Optional[int]:
    value = member_of(usage, path) if path else None
    is_count = isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= MAX_NUMBER // 4
    return value if is_count and isinstance(value, int) else None


def _sum(counts: Sequence[Optional[int]]) -> Optional[int]:
    known = [count for count in counts if count is not None]
    return sum(known) if known else None


def known_cost(state: State, given: object) -> Mapping[str, object]:
    """The cost of a run: what its caller knows better than by adding up, if that is no less than its steps (AR-COST-006)."""
    summed = total(state.steps)
    if not isinstance(given, Mapping):
        return summed
    cost = keep_valid("cost", state.cleaner.members(given), state.faults)
    if cost is None:
        return summed
    # A count that is not known is no less than any.
    cost = {"input_tokens": None, "output_tokens": None, **cost}
    for name in ("input_tokens", "output_tokens", "cost_usd"):
        known, least = cost.get(name), summed.get(name)
        if isinstance(known, (int, float)) and isinstance(least, (int, float)) and known < least:
            state.faults.report(
                "recorder.member_refused", "cost: it is less than the steps add up to; their sum is taken"
            )
            return summed
    return cost


def total(steps: Sequence[Mapping[str, object]]) -> Cost:
    """The cost of a run: the sum of its model calls, a lower bound where one of them does not say."""
    costs: List[Mapping[str, object]] = []
    silent = False
    for step in steps:
        cost = step.get("cost")
        if isinstance(cost, Mapping):
            costs.append(cost)
        if step.get("type") == "model_call":
            counts = (
                [cost.get(name) for name in ("input_tokens", "output_tokens")] if isinstance(cost, Mapping) else [None]
            )
            silent = silent or None in counts
    sums: Dict[str, Optional[float]] = {name: _total(costs, name) for name in ("input_tokens", "output_tokens")}
    given, output, money = sums["input_tokens"], sums["output_tokens"], _total(costs, "cost_usd")
    whole: Cost = {
        "input_tokens": None if given is None else int(given),
        "output_tokens": None if output is None else int(output),
    }
    if given is None and output is None:
        whole["basis"] = "unknown"
    else:
        whole["basis"] = "lower_bound" if silent else "reported"
        if given is not None and output is not None:
            whole["total_tokens"] = int(given) + int(output)
    # A price that one model call leaves open is open for the run.
    calls = [step for step in steps if step.get("type") == "model_call"]
    if money is not None and all(isinstance(member_of(step, "cost.cost_usd"), (int, float)) for step in calls):
        whole["cost_usd"] = money
    return whole


def _total(costs: Sequence[Mapping[str, object]], name: str) -> Optional[float]:
    values = [cost[name] for cost in costs if isinstance(cost.get(name), (int, float))]
    known = [value for value in values if isinstance(value, (int, float))]
    whole = sum(known)
    return whole if known and whole <= MAX_NUMBER else None
