#!/usr/bin/env python3
"""Counts what is in logs of Claude Managed Agents, straight from the raw lines.

    python3 managed_agents_count.py FILE.jsonl... prints one JSON object

It knows nothing of runs or steps and shares no code with the converter: the two must agree.
Standard library only.
"""
from counting import COUNTED, lines, main


def events(path):
    """The events that a session streamed: on a line each, alone or behind the name of the call that gave them."""
    for value in lines(path):
        if isinstance(value, list) and len(value) == 2 and not str(value[0]).endswith(".send"):
            value = value[1]
        if isinstance(value, dict) and value.get("id"):
            yield value


def count(path):
    """Prompts while the session rests, calls, confirmations, and the tokens of the requests."""
    found = dict.fromkeys(COUNTED, 0)
    going = False
    for event in events(path):
        kind = event.get("type", "")
        found["runs"] += kind == "user.message" and not going
        going = (going or kind == "user.message") and not (
            kind == "session.status_idle" and event["stop_reason"]["type"] != "requires_action")
        found["tool_calls"] += kind in ("agent.tool_use", "agent.mcp_tool_use", "agent.custom_tool_use")
        if kind == "user.tool_confirmation":
            found["approvals" if event["result"] == "allow" else "refusals"] += 1
        found["refusals"] += event.get("evaluated_permission") == "deny"
        if kind == "span.model_request_end":
            used = event["model_usage"]
            found["input_tokens"] += (
                used["input_tokens"] + used["cache_read_input_tokens"] + used["cache_creation_input_tokens"])
            found["output_tokens"] += used["output_tokens"]
            found["cache_read_tokens"] += used["cache_read_input_tokens"]
    return found


if __name__ == "__main__":
    main(__doc__, lambda path: [count(path)])
