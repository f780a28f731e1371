#!/usr/bin/env python3
"""Counts what is in trajectories of SWE-agent and mini-SWE-agent, straight from the documents.

    python3 swe_agent_count.py FILE... prints one JSON object

It knows nothing of records and shares no code with the converter: the two must agree.
Standard library only.
"""
import re

from counting import COUNTED, document, main

BLOCK = re.compile(r"```(?:mswea_bash_command|bash)\s*\n.*?\n```", re.S)


def calls(message):
    """How many calls an answer asks for."""
    listed = message.get("tool_calls") or (message.get("extra") or {}).get("actions")
    if listed:
        return len(listed)
    if "action" in message:
        return bool(message["action"].strip())
    blocks = BLOCK.findall(message["content"]) if isinstance(message.get("content"), str) else []
    return len(blocks) == 1


def count(document):
    """Calls and usage of one trajectory."""
    messages = document if isinstance(document, list) else document.get("history") or document.get("messages") or []
    info = {} if isinstance(document, list) else document.get("info") or {}
    result = dict.fromkeys(COUNTED, 0)
    result["runs"] = 1
    answers = [one for one in messages if one["role"] == "assistant" and not one.get("is_demo")]
    result["tool_calls"] = sum(calls(one) for one in answers)
    stats = info.get("model_stats") or {}
    result["input_tokens"] = stats.get("tokens_sent") or 0
    result["output_tokens"] = stats.get("tokens_received") or 0
    for answer in answers:
        usage = ((answer.get("extra") or {}).get("response") or {}).get("usage") or {}
        result["input_tokens"] += usage.get("prompt_tokens") or 0
        result["output_tokens"] += usage.get("completion_tokens") or 0
        result["cache_read_tokens"] += (usage.get("prompt_tokens_details") or {}).get("cached_tokens") or 0
    return result


if __name__ == "__main__":
    main(__doc__, lambda path: [count(document(path))])
