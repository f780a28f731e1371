#!/usr/bin/env python3
"""Counts what is in ATIF trajectories and in ATOF event streams, straight from the documents.

    python3 atif_count.py FILE... prints one JSON object

It knows nothing of records and shares no code with the converter: the two must agree.
Standard library only.
"""
import json

from counting import COUNTED, main


def trajectories(document):
    """A trajectory and those inside of it."""
    yield document
    for inner in document.get("subagent_trajectories") or []:
        yield from trajectories(inner)


def count_trajectory(document):
    """Calls and usage of the steps that were not copied from elsewhere."""
    count = dict.fromkeys(COUNTED, 0)
    count["runs"] = 1
    for step in document["steps"]:
        if step.get("is_copied_context"):
            continue
        count["tool_calls"] += len(step.get("tool_calls") or [])
        metrics = step.get("metrics") or {}
        for name, member in (("input", "prompt_tokens"), ("output", "completion_tokens"), ("cache_read", "cached_tokens")):
            count[name + "_tokens"] += metrics.get(member) or 0
    return count


def count_stream(events):
    """Scopes that stand at the top, and calls of tools."""
    opened = {event["uuid"]: event for event in events if event.get("scope_category") == "start"}
    count = dict.fromkeys(COUNTED, 0)
    count["runs"] = sum(event.get("parent_uuid") not in opened for event in opened.values())
    count["tool_calls"] = sum(event["category"] in ("tool", "function") for event in opened.values())
    for event in events:
        usage = (event.get("data") or {}).get("usage") or {} if event.get("scope_category") == "end" else {}
        count["input_tokens"] += usage.get("prompt_tokens") or 0
        count["output_tokens"] += usage.get("completion_tokens") or 0
    return count


def parts(path):
    """The counts of everything in a file: one document, or events line by line."""
    with open(path, encoding="utf-8") as file:
        text = file.read()
    try:
        document = json.loads(text)
    except ValueError:
        yield count_stream([json.loads(line) for line in text.splitlines() if line.strip()])
        return
    for trajectory in trajectories(document):
        yield count_trajectory(trajectory)


if __name__ == "__main__":
    main(__doc__, parts)
