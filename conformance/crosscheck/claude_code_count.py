#!/usr/bin/env python3
"""Counts what is in Claude Code transcripts, straight from the raw lines.

    python3 claude_code_count.py FILE.jsonl... prints one JSON object

It knows nothing of runs or steps and shares no code with the converter: the two must agree.
Standard library only.
"""
import json
import sys

DENIALS = (
    "The user doesn't want to proceed with this tool use.",
    "The user doesn't want to take this action right now.",
    "User rejected tool use",
    "File is in a directory that is denied by your",
    "File is in a directory that is ignored by your",
)
NO_DENIAL = ("interrupted", "cancelled")


def objects(path):
    """The lines of a file that are JSON objects."""
    with open(path, "rb") as file:
        for raw in file:
            try:
                value = json.loads(raw)
            except ValueError:
                continue
            if isinstance(value, dict):
                yield value


def blocks(line, kind):
    """The blocks of a kind in the message of a line."""
    message = line.get("message")
    content = message.get("content") if isinstance(message, dict) else None
    for index, block in enumerate(content if isinstance(content, list) else []):
        if isinstance(block, dict) and block.get("type") == kind:
            yield index, block


def refused(line, block):
    """Whether a result is the refusal of a call."""
    kind = line.get("toolDenialKind")
    if kind:
        return kind not in NO_DENIAL
    text = block.get("content")
    if isinstance(text, list):
        text = "".join(part.get("text", "") for part in text if isinstance(part, dict))
    text = text if isinstance(text, str) else ""
    told = text.startswith(DENIALS) or " hook error" in text[:240] and text.startswith("PreToolUse:")
    ruled = text.startswith("Permission to use ") and "has been denied" in text
    return block.get("is_error") is True and (told or ruled)


def count(paths):
    """Everything that is counted, each thing once: by id where it has one."""
    uses, results, denied, delegated, agents, usage = set(), set(), set(), set(), set(), {}
    for path in paths:
        for number, line in enumerate(objects(path)):
            copied = (line.get("data") or {}).get("message") if line.get("type") == "progress" else None
            said = copied if isinstance(copied, dict) else line
            place = (path, number)
            if said.get("type") == "assistant" and isinstance(said.get("message"), dict):
                for index, block in blocks(said, "tool_use"):
                    uses.add(block.get("id") or (place, index))
                    if block.get("name") in ("Task", "Agent"):
                        delegated.add(block.get("id") or (place, index))
                message = said["message"]
                if copied is None and message.get("model") != "<synthetic>":
                    key = (message.get("id"), said.get("requestId"))
                    usage[key if any(key) else place] = message.get("usage") or {}
            if said.get("type") == "user":
                for index, block in blocks(said, "tool_result"):
                    key = block.get("tool_use_id") or (place, index)
                    results.add(key)
                    if refused(said, block):
                        denied.add(key)
            if line.get("isSidechain") is True and line.get("agentId"):
                if not line["agentId"].startswith("acompact-"):
                    agents.add(line["agentId"])

    def total(*names):
        return sum(used.get(name) or 0 for used in usage.values() for name in names)

    read, written = "cache_read_input_tokens", "cache_creation_input_tokens"
    return {"tool_uses": len(uses), "results": len(results), "denials": len(denied), "delegations": len(delegated),
            "sub_agents": len(agents), "messages": len(usage), "input_tokens": total("input_tokens", read, written),
            "output_tokens": total("output_tokens"), "cache_read_tokens": total(read), "cache_write_tokens": total(written)}


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    print(json.dumps(count(sys.argv[1:])))
