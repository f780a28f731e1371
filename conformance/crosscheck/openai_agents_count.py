#!/usr/bin/env python3
"""Counts what is in traces and run states of the OpenAI Agents SDK, straight from the raw JSON.

    python3 openai_agents_count.py FILE... prints one JSON object

It knows nothing of steps and shares no code with the converter: the two must agree.
Standard library only.
"""
import json
import re
import sys

CALLS = ("tool_call_item", "handoff_call_item", "mcp_approval_request_item", "tool_search_call_item")


def snake(value):
    """The value with the names of its members as Python writes them."""
    if isinstance(value, list):
        return [snake(entry) for entry in value]
    if isinstance(value, dict):
        return {re.sub(r"(?<=[a-z])([A-Z])", lambda m: "_" + m.group(1).lower(), name): snake(own)
                for name, own in value.items()}
    return value


def values(path):
    """The values in a file: one, a list of them, the body of an upload, or one on each line."""
    with open(path, encoding="utf-8") as file:
        text = file.read()
    try:
        found = [json.loads(text)]
    except ValueError:
        found = [json.loads(line) for line in text.splitlines() if line.strip()]
    while any(isinstance(value, list) or "data" in value for value in found):
        found = [own for value in found for own in (
            value if isinstance(value, list) else value.get("data", [value]))]
    return found


def tokens(usage):
    """Input, output and cached tokens."""
    details = usage.get("input_tokens_details") or []
    details = details if isinstance(details, list) else [details]
    return [usage.get("input_tokens") or 0, usage.get("output_tokens") or 0,
            sum(detail.get("cached_tokens") or 0 for detail in details)]


def add(found, usages):
    for usage in usages:
        for name, value in zip(("input_tokens", "output_tokens", "cache_read_tokens"), usage):
            found[name] += value


def call_id(raw):
    return raw.get("call_id") or raw.get("id")


def nested(state):
    """States of agents that wait inside a call."""
    inside = [entry["agent_run_state"] for entry in (state.get("last_processed_response") or {}).get("functions", [])
              if "agent_run_state" in entry]
    return inside + [snake(json.loads(text)) for text in (state.get("pending_agent_tool_runs") or {}).values()]


def items(state):
    return max(state.get("session_items") or [], state.get("generated_items") or [], key=len)


def ids(state):
    """Calls that the items of a state show, and of the states inside it."""
    own = {call_id(item["raw_item"]) for item in items(state) if item["type"] in CALLS}
    return own.union(*[ids(other) for other in nested(state)])


def count_state(state, found, is_nested=False):
    found["runs"] += 1
    inside = nested(state)
    within = set().union(*[ids(other) for other in inside])
    context = state["context"]
    records = list((context.get("approvals") or {}).values())
    records += [entry["decision"] for entry in context.get("function_tool_approvals", [])]
    approved, rejected = (
        {one for record in records for one in (record.get(side) if isinstance(record.get(side), list) else [])}
        for side in ("approved", "rejected"))
    scopes = {record.get("sticky_scope") for record in records if record.get("approved") is True} - {None}
    covered = {one for one, own in (context.get("tool_invocations") or {}).items() if own["approval_scope"] in scopes}
    step = state.get("current_step") or {}
    waiting = {call_id(item["raw_item"]) for item in (step.get("data") or {}).get("interruptions", [])}
    shown = {call_id(item["raw_item"]): (item.get("agent") or {}).get("name") for item in items(state) if item["type"] in CALLS}
    calls = set(shown) | ((approved | rejected | covered | waiting) - within)
    found["tool_calls"] += len(calls)
    found["refusals"] += len((rejected - approved) & calls)
    # An approval has a time, and is an event, where the state says since when its agent has worked.
    span = state.get("current_agent_span") or {}
    alone = not any(item["type"] == "handoff_output_item" for item in items(state))
    agent = (span.get("span_data") or {}).get("name")
    if span.get("started_at"):
        found["approvals"] += sum(alone or shown.get(one) == agent for one in approved & calls)
    responses = state.get("model_responses") or []
    usage = context.get("usage") or {}
    whole = usage.get("requests", 0) > len(responses) and not inside and not is_nested
    add(found, [tokens(usage)] if whole else [tokens(response["usage"]) for response in responses])
    for other in inside:
        count_state(other, found, True)


def count_spans(spans, found):
    by_id = {span["id"]: span for span in spans}

    def agent(span):
        while span and span["span_data"]["type"] != "agent":
            span = by_id.get(span.get("parent_id"))
        return span["span_data"]["name"] if span else None

    same, asked, done = {}, {}, {}
    for span in spans:
        data, group = span["span_data"], (span["trace_id"], agent(span))
        if data["type"] in ("generation", "response"):
            add(found, [tokens({**(data.get("usage") or {}), **((data.get("usage") or {}).get("details") or {})})])
            asked[group] = asked.get(group, 0) + sum(
                own.get("type") == "function_call" for own in data.get("output") or [])
        if data["type"] in ("function", "handoff"):
            done[group] = done.get(group, 0) + 1
        if data["type"] == "function":
            same.setdefault((group, data["name"], data["input"]), []).append(span)
            said = ((span.get("error") or {}).get("data") or {}).get("error", "")
            found["refusals"] += said.endswith("was manually rejected by user.")
    # A call that had to be approved stands twice: without a result as it waited, and as it ran.
    for (group, _, _), twins in same.items():
        waited = [span for span in twins if span["span_data"].get("output") is None and not span.get("error")]
        if waited and len(waited) < len(twins):
            done[group] -= len(waited)
            found["approvals"] += 1
    found["tool_calls"] += sum(max(asked.get(group, 0), done.get(group, 0)) for group in {*asked, *done})


def count(paths):
    found = dict.fromkeys(
        ("runs", "tool_calls", "approvals", "refusals", "input_tokens", "output_tokens", "cache_read_tokens"), 0)
    spans, traces = [], set()
    for path in paths:
        for value in values(path):
            if "$schemaVersion" in value:
                count_state(snake(value), found)
            else:
                traces.add(value["trace_id"] if value["object"] == "trace.span" else value["id"])
                spans += [value] if value["object"] == "trace.span" else []
    found["runs"] += len(traces)
    count_spans(spans, found)
    return found


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    print(json.dumps(count(sys.argv[1:])))
