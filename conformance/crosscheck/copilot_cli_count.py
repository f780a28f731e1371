#!/usr/bin/env python3
"""Counts what is in Copilot CLI event logs, straight from the raw lines.

    python3 copilot_cli_count.py FILE.jsonl... prints one JSON object

It knows nothing of steps and shares no code with the converter: the two must agree.
Standard library only.
"""
from counting import lines, main

WORK = ("assistant.", "tool.execution_", "subagent.started", "permission.")
ENDS = ("session.start", "session.resume", "session.shutdown")
ALONE = ("session.truncation", "session.compaction_complete")


def events(path):
    """The events of a file."""
    for value in lines(path):
        if isinstance(value, dict) and isinstance(value.get("data"), dict):
            yield value.get("type") or "", value["data"]


def count_file(path):
    """A turn begins with a prompt, or with work while nothing goes on."""
    runs, going, calls, answers, approved, refused = 0, False, set(), {}, 0, 0
    for kind, data in events(path):
        if kind in ENDS or kind == "abort":
            going = False
        elif kind == "user.message" or (kind.startswith(WORK) and not going):
            runs, going = runs + 1, True
        elif kind in ALONE and not going:
            runs += 1
        if kind == "assistant.message":
            for request in data.get("toolRequests") or []:
                calls.add((runs, request.get("toolCallId")))
            key = (runs, data.get("apiCallId") or data.get("requestId") or data.get("messageId"))
            answers[key] = max(answers.get(key, 0), data.get("outputTokens") or 0)
        if kind in ("tool.execution_start", "subagent.started"):
            calls.add((runs, ("hand-over" if kind.startswith("sub") else "", data.get("toolCallId")))
                      if (runs, data.get("toolCallId")) not in calls else (runs, data.get("toolCallId")))
        if kind == "permission.completed":
            result = (data.get("result") or {}).get("kind", "")
            approved += result.startswith("approved")
            refused += result.startswith("denied")
    return {"runs": runs, "tool_calls": len(calls), "approvals": approved, "refusals": refused, "input_tokens": 0,
            "output_tokens": sum(answers.values()), "cache_read_tokens": 0}


if __name__ == "__main__":
    main(__doc__, lambda path: [count_file(path)])
