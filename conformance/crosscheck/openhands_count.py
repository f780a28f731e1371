#!/usr/bin/env python3
"""Counts what is in events of the OpenHands agent SDK, straight from the lines.

    python3 openhands_count.py FILE.jsonl... prints one JSON object

It knows nothing of records and shares no code with the converter: the two must agree.
Standard library only.
"""
from counting import COUNTED, lines, main

OVER = ("finished", "idle", "error", "stuck")


def count(events):
    """Turns, calls and usage of a conversation."""
    result = dict.fromkeys(COUNTED, 0)
    sums, begun, worked, over, turns = {}, False, False, False, 0
    for event in events:
        kind = event.get("kind")
        if kind == "MessageEvent" and event.get("source") == "user":
            turns += not begun or (worked and over)
            begun, worked, over = True, False, False
        elif kind in ("MessageEvent", "ActionEvent", "ObservationEvent"):
            turns += not begun
            begun, worked = True, True
            over = kind == "MessageEvent" or event.get("tool_name") == "finish" and kind == "ActionEvent"
        result["tool_calls"] += kind == "ActionEvent"
        result["refusals"] += kind == "UserRejectObservation"
        if event.get("key") == "execution_status" and event.get("value") in OVER and worked:
            over = True
        if event.get("key") == "stats":
            for purpose, metrics in event["value"]["usage_to_metrics"].items():
                usage = metrics["accumulated_token_usage"]
                first = usage["per_turn_token"] == usage["prompt_tokens"] + usage["completion_tokens"]
                sums.setdefault(purpose, [usage if not first else None, None])[1] = usage
    result["runs"] = turns
    for before, last in sums.values():
        for name, member in (("input", "prompt_tokens"), ("output", "completion_tokens"), ("cache_read", "cache_read_tokens")):
            result[name + "_tokens"] += last[member] - (before or {}).get(member, 0)
    return result


if __name__ == "__main__":
    main(__doc__, lambda path: [count(list(lines(path)))])
