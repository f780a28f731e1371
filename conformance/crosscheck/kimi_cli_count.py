#!/usr/bin/env python3
"""Counts what is in Kimi wire logs, straight from the raw lines.

    python3 kimi_cli_count.py FILE... prints one JSON object

It knows nothing of runs or steps and shares no code with the converter: the two must agree.
Standard library only.
"""
from counting import COUNTED, lines, main

CALLS = {"approved": "approvals", "rejected": "refusals", "denied": "refusals", "blocked": "refusals"}


def records(path):
    """The records of a file; a document that is no log has none."""
    for value in lines(path):
        if isinstance(value, dict) and isinstance(value.get("type"), str):
            yield value


def count(path):
    """Prompts, calls, decisions, and the tokens of the steps."""
    found = dict.fromkeys(COUNTED, 0)
    for record in records(path):
        event = record.get("event") or {}
        found["runs"] += record["type"] == "turn.prompt"
        found["tool_calls"] += event.get("type") == "tool.call"
        if record["type"] == "permission.record_approval_result":
            name = CALLS.get(record["result"]["decision"])
            if name:
                found[name] += 1
        if event.get("type") == "step.end":
            used = event["usage"]
            found["input_tokens"] += used["inputOther"] + used["inputCacheRead"] + used["inputCacheCreation"]
            found["output_tokens"] += used["output"]
            found["cache_read_tokens"] += used["inputCacheRead"]
    return found


if __name__ == "__main__":
    main(__doc__, lambda path: [count(path)])
