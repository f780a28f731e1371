#!/usr/bin/env python3
"""Counts what is in Inspect eval logs, straight from the documents.

    python3 inspect_count.py FILE.json... prints one JSON object

It knows nothing of records and shares no code with the converter: the two must agree.
Standard library only.
"""
from counting import COUNTED, document, main

REFUSED = ("reject", "terminate")


def flat(events):
    """Events, with those inside of others."""
    for event in events:
        yield event
        yield from flat(event.get("events") or [])


def without_scoring(events):
    """Events outside of spans and steps of a scorer."""
    spans, scoring = {}, False
    for event in flat(events):
        kind = event["event"]
        if kind == "span_begin":
            spans[event["id"]] = event.get("type") == "scorer" or spans.get(event.get("parent_id"), False)
        if kind == "step" and event.get("type") == "scorer":
            scoring = event.get("action") == "begin"
        if not scoring and not spans.get(event.get("span_id"), False):
            yield event


def tokens(usage):
    """Input with its cached part, output, cached part; the total says whether the part stands within or beside."""
    read, write = usage.get("input_tokens_cache_read") or 0, usage.get("input_tokens_cache_write") or 0
    whole, output = usage.get("input_tokens") or 0, usage.get("output_tokens") or 0
    if usage.get("total_tokens") == whole + output + read + write:
        whole += read + write
    return whole, output, read


def count(sample):
    """Calls, decisions of persons and usage of one sample."""
    events = sample.get("events") or (sample.get("transcript") or {}).get("events") or []
    events = list(without_scoring(events))
    messages = [] if events else sample.get("messages") or []
    calls = {event["id"] for event in events if event["event"] == "tool"}
    refused = {event["id"] for event in events if event["event"] == "tool" and (event.get("error") or {}).get("type") == "approval"}
    approvals = 0
    for event in events:
        if event["event"] == "approval":
            approvals += event["approver"] == "human" and event["decision"] in ("approve", "modify")
            if event["decision"] in REFUSED:
                calls.add(event["call"]["id"])
                refused.add(event["call"]["id"])
    refusals = len(refused)
    for message in messages:
        calls |= {call["id"] for call in message.get("tool_calls") or []}
        refusals += (message.get("error") or {}).get("type") == "approval"
    used = [event["output"].get("usage") or {} for event in events if event["event"] == "model"]
    if not events:
        used = list((sample.get("model_usage") or {}).values())
    sums = [sum(column) for column in zip(*map(tokens, used))] or [0, 0, 0]
    return dict(zip(COUNTED, (1, len(calls), approvals, refusals, *sums)))


if __name__ == "__main__":
    main(__doc__, lambda path: [count(sample) for sample in document(path).get("samples") or []])
