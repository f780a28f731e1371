#!/usr/bin/env python3
"""Counts what is in Claude Code transcripts and in logs of its hooks, straight from the raw lines.

    python3 claude_code_count.py FILE.jsonl... prints one JSON object

It knows nothing of runs or steps and shares no code with the converter: the two must agree.
Standard library only.
"""
import hashlib
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


def text_of(block):
    """The text of a result."""
    text = block.get("content")
    if isinstance(text, list):
        text = "".join(part.get("text", "") for part in text if isinstance(part, dict))
    return text if isinstance(text, str) else ""


def refused(line, block):
    """Whether a result is the refusal of a call."""
    kind = line.get("toolDenialKind")
    if kind:
        return kind not in NO_DENIAL
    text = text_of(block)
    told = text.startswith(DENIALS) or " hook error" in text[:240] and text.startswith("PreToolUse:")
    ruled = text.startswith("Permission to use ") and "has been denied" in text
    return block.get("is_error") is True and (told or ruled)


def key_of(given):
    """What a question and its call have in common: the digest of the arguments."""
    if isinstance(given, dict) and set(given) == {"digest", "size"}:
        return given["digest"]
    text = json.dumps(given, separators=(",", ":"), ensure_ascii=False)
    return "sha256:" + hashlib.sha256(text.encode()).hexdigest()


def asked(hooks):
    """Calls that a person was asked about."""
    questions, begun = set(), {}
    if all("at" in line for line in hooks):
        hooks = sorted(hooks, key=lambda line: line["at"])
    for line in hooks:
        name, call = line["hook_event_name"], line.get("tool_use_id")
        about = [line.get(member) for member in ("session_id", "agent_id", "tool_name")]
        if name == "PreToolUse" and call not in begun:
            begun[call] = about + [key_of(line.get("tool_input"))]
        if name == "PermissionRequest":
            same = [call for call, known in begun.items() if known == about + [key_of(line.get("tool_input"))]]
            questions.update(same[-1:])
        if name in ("PostToolUse", "PostToolUseFailure"):
            begun.pop(call, None)
    return questions


def count(paths):
    """Everything that is counted, each thing once: by id where it has one."""
    uses, results, denied, delegated, agents, usage = set(), set(), set(), set(), set(), {}
    hooks, plans, names = [], set(), {}
    for path in paths:
        for number, line in enumerate(objects(path)):
            copied = (line.get("data") or {}).get("message") if line.get("type") == "progress" else None
            said = copied if isinstance(copied, dict) else line
            place = (path, number)
            if line.get("hook_event_name"):
                hooks.append(line)
            if said.get("type") == "assistant" and isinstance(said.get("message"), dict):
                for index, block in blocks(said, "tool_use"):
                    uses.add(block.get("id") or (place, index))
                    names[block.get("id")] = block.get("name")
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
                    elif names.get(key) == "ExitPlanMode" and text_of(block).startswith("User has approved "):
                        plans.add(key)
            if line.get("isSidechain") is True and line.get("agentId"):
                if not line["agentId"].startswith("acompact-"):
                    agents.add(line["agentId"])

    def total(*names):
        return sum(used.get(name) or 0 for used in usage.values() for name in names)

    questions = asked(hooks) & uses
    read, written = "cache_read_input_tokens", "cache_creation_input_tokens"
    approved = (questions & results - denied) | plans
    return {"questions": len(questions), "approvals": len(approved), "tool_uses": len(uses), "results": len(results),
            "denials": len(denied), "delegations": len(delegated),
            "sub_agents": len(agents), "messages": len(usage), "input_tokens": total("input_tokens", read, written),
            "output_tokens": total("output_tokens"), "cache_read_tokens": total(read), "cache_write_tokens": total(written)}


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    print(json.dumps(count(sys.argv[1:])))
