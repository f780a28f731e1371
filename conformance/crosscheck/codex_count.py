#!/usr/bin/env python3
"""Counts what is in Codex rollouts, straight from the raw lines.

    python3 codex_count.py FILE.jsonl... prints one JSON object

It knows nothing of runs or steps and shares no code with the converter: the two must agree.
Standard library only.
"""
from counting import lines, main

CALLS = ("function_call", "custom_tool_call", "local_shell_call", "web_search_call", "tool_search_call", "image_generation_call")
REFUSALS = ("exec command rejected by user", "patch rejected by user", "rejected by user", "user rejected MCP tool call",
            "approval policy is ", "exec command rejected: ", "patch rejected: ")


def payloads(path):
    """Type and payload of the lines of a file."""
    for value in lines(path):
        if isinstance(value, dict) and isinstance(value.get("payload"), dict):
            yield value.get("type"), value["payload"]


def text_of(output):
    """The text of a result: a string, or an object or list that holds it."""
    if isinstance(output, str):
        return output
    if isinstance(output, dict):
        return text_of(output.get("content", ""))
    if isinstance(output, list):
        return "\n".join(part.get("text", "") for part in output if isinstance(part, dict))
    return ""


def count_file(path):
    """Counts one file: turns as they are marked, else prompts, else ends, else whether anything was said."""
    marked, prompts, ends, said = set(), 0, 0, False
    calls, refused, reviews = set(), 0, 0
    total, legacy = {}, {"input_tokens": 0, "output_tokens": 0, "cached_input_tokens": 0}
    for number, (kind, payload) in enumerate(payloads(path)):
        what = payload.get("type")
        if kind == "response_item":
            if what in CALLS:
                calls.add(payload.get("call_id") or payload.get("id") or number)
            if what in ("function_call_output", "custom_tool_call_output"):
                refused += text_of(payload.get("output")).startswith(REFUSALS)
            continue
        if kind != "event_msg":
            continue
        if what in ("task_started", "turn_started"):
            marked.add(payload.get("turn_id") or number)
        prompts += what == "user_message"
        ends += what == "turn.completed"
        said = said or what == "agent_message"
        reviews += what == "entered_review_mode"
        if what == "turn.completed" and isinstance(payload.get("usage"), dict):
            for name in legacy:
                legacy[name] += payload["usage"].get(name, 0)
        info = payload.get("info") if what == "token_count" else None
        if isinstance(info, dict):
            total = info.get("total_token_usage") or total
            legacy["input_tokens"] += info.get("prompt", 0)
            legacy["output_tokens"] += info.get("completion", 0)
    used = total or legacy
    return {"runs": len(marked) or prompts or ends or int(said), "tool_calls": len(calls) + reviews, "approvals": 0,
            "refusals": refused, "input_tokens": used.get("input_tokens", 0), "output_tokens": used.get("output_tokens", 0),
            "cache_read_tokens": used.get("cached_input_tokens", 0)}


if __name__ == "__main__":
    main(__doc__, lambda path: [count_file(path)])
