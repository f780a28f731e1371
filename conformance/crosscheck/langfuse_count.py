#!/usr/bin/env python3
"""Counts what is in Langfuse trace exports, straight from the documents.

    python3 langfuse_count.py FILE.json... prints one JSON object

It knows nothing of records and shares no code with the converter: the two must agree.
Standard library only.
"""
import json
from collections import Counter

from counting import COUNTED, document, main

CACHED = ("input_cached_tokens", "input_cache_read", "cache_read_input_tokens", "prompt_details.cache_read")


def plain(value):
    """A value that is encoded as JSON, perhaps several times."""
    for _ in range(4):
        if not isinstance(value, str):
            break
        try:
            value = json.loads(value)
        except ValueError:
            break
    return value


def asked(value):
    """Names of the calls that an answer asks for, wherever they stand in it."""
    if isinstance(value, list):
        for item in value:
            yield from asked(item)
    elif isinstance(value, dict):
        if value.get("type") in ("tool_use", "function_call"):
            yield value.get("name")
        elif isinstance(value.get("function"), dict) and "arguments" in value["function"]:
            yield value["function"].get("name")
        else:
            for name, member in value.items():
                if name not in ("tools", "tool_choice", "metadata"):
                    yield from asked(member)


def count(export):
    """Calls and usage of one trace: a call that was asked for and observed is one."""
    observations = export["observations"]
    result = dict.fromkeys(COUNTED, 0)
    result["runs"] = 1
    wanted, seen = Counter(), Counter()
    for one in observations:
        output = plain(one.get("output"))
        if one["type"] == "TOOL" or one["type"] == "SPAN" and isinstance(output, dict) and output.get("type") == "tool":
            seen[one["name"]] += 1
        if one["type"] != "GENERATION":
            continue
        wanted.update(asked(output))
        usage = one.get("usageDetails") or {}
        read = next((usage[name] for name in CACHED if name in usage), 0)
        beside = read > 0 and usage.get("total") != usage.get("input", 0) + usage.get("output", 0)
        result["input_tokens"] += usage.get("input", 0) + (read if beside else 0)
        result["output_tokens"] += usage.get("output", 0)
        result["cache_read_tokens"] += read
    result["tool_calls"] = sum((wanted | seen).values())
    return result


if __name__ == "__main__":
    main(__doc__, lambda path: [count(document(path))])
