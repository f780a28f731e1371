"""What a run cost, as its record says it."""

from types import SimpleNamespace
from typing import Dict, Optional

import pytest

from agent_run import Recorder
from tests.recorded import ended, steps_of


@pytest.mark.parametrize(
    ("usage", "expected"),
    [
        (
            {"input_tokens": 10, "output_tokens": 5, "cache_read_input_tokens": 400, "cache_creation_input_tokens": 20},
            {"input_tokens": 430, "output_tokens": 5, "cache_read_tokens": 400, "cache_write_tokens": 20},
        ),
        (
            {
                "prompt_tokens": 100,
                "completion_tokens": 30,
                "prompt_tokens_details": {"cached_tokens": 60},
                "completion_tokens_details": {"reasoning_tokens": 20},
            },
            {"input_tokens": 100, "output_tokens": 30, "cache_read_tokens": 60, "reasoning_tokens": 20},
        ),
        ({"input_tokens": 0, "output_tokens": 0}, None),
        ({"prompt_tokens": 5, "completion_tokens": True}, {"input_tokens": 5, "output_tokens": None}),
        (
            {"prompt_tokens": 5, "completion_tokens": 1, "prompt_tokens_details": {"cached_tokens": 9}},
            {"output_tokens": 1},
        ),
        (None, None),
    ],
)
def test_usage_is_read_as_the_record_counts(usage: object, expected: Optional[Dict[str, object]]) -> None:
    with Recorder("a", directory=None) as run:
        run.model_call(lambda: SimpleNamespace(usage=usage, model="m"))
    cost = steps_of(ended(run))[0].get("cost")
    if expected is None:
        assert cost is None
        assert run.record is not None and run.record["cost"] == {
            "input_tokens": None,
            "output_tokens": None,
            "basis": "unknown",
        }
    else:
        assert cost is not None
        assert {name: cost[name] for name in expected} == expected


def test_a_sum_without_a_part_is_a_lower_bound() -> None:
    with Recorder("a", directory=None) as run:
        run.model_call(
            lambda: {"usage": {"input_tokens": 3, "output_tokens": 2}},
            cost={"input_tokens": 3, "output_tokens": 2, "cost_usd": 0.5},
        )
        run.model_call(lambda: "no usage")
        run.tool_call("t", {}, lambda: 1, cost={"input_tokens": None, "output_tokens": None, "cost_usd": 0.25})
    record = ended(run)
    assert record["cost"] == {"input_tokens": 3, "output_tokens": 2, "basis": "lower_bound", "total_tokens": 5}
