#!/usr/bin/env python3
"""Counts what is in traces of agents, straight from the JSON.

    python3 otel_genai_count.py FILE... prints one JSON object

The files are taken together: a span that stands in two of them counts once. It knows nothing of records and
shares no code with the converter: the two must agree. Standard library only.
"""
import json
import re
import sys

MODELS = {"chat", "text_completion", "generate_content", "embeddings"}
INPUT = ("gen_ai.usage.input_tokens", "llm.token_count.prompt", "ai.usage.inputTokens", "ai.usage.promptTokens", "ai.usage.tokens")
OUTPUT = ("gen_ai.usage.output_tokens", "llm.token_count.completion", "ai.usage.outputTokens", "ai.usage.completionTokens")
RESPONSE = ("gen_ai.response.id", "ai.response.id")


def plain(value):
    """An OTLP value as plain JSON."""
    if not isinstance(value, dict):
        return value
    for name, member in value.items():
        if name == "intValue":
            return int(member)
        if name == "arrayValue":
            return [plain(item) for item in member.get("values", [])]
        if name == "kvlistValue":
            return pairs(member.get("values", []))
        return member
    return None


def pairs(items):
    return {item["key"]: plain(item.get("value")) for item in items}


def spans(value):
    """Every span: ids and attributes."""
    if isinstance(value, list):
        for item in value:
            yield from spans(item)
    elif isinstance(value, dict):
        context = value.get("spanContext", value)
        if isinstance(context, dict) and "traceId" in context and "spanId" in context:
            given = value.get("attributes", {})
            attributes = pairs(given) if isinstance(given, list) else given
            parent = value.get("parentSpanId") or (value.get("parentSpanContext") or {}).get("spanId")
            yield (context["traceId"], context["spanId"]), parent, value.get("name", ""), attributes
        elif any(isinstance(name, str) and re.match(r"(gen_ai|openinference)\.", name) for name in value):
            yield ("", json.dumps(value, sort_keys=True)), None, "", value
        else:
            for member in value.values():
                yield from spans(member)


def kind(name, attributes):
    """agent, model or tool; None for what is none of them."""
    sdk = attributes.get("ai.operationId", name if name.startswith("ai.") else "")
    if sdk:
        return "tool" if sdk == "ai.toolCall" else "model" if ".do" in sdk else "agent"
    operation = attributes.get("gen_ai.operation.name")
    if operation:
        return {"execute_tool": "tool", "invoke_agent": "agent"}.get(operation, "model" if operation in MODELS else None)
    return {"LLM": "model", "EMBEDDING": "model", "TOOL": "tool", "AGENT": "agent"}.get(attributes.get("openinference.span.kind"))


def first(attributes, names):
    return next((attributes[name] for name in names if attributes.get(name) is not None), None)


def read(path):
    """The JSON of a file: one value, or one a line."""
    with open(path, encoding="utf-8") as file:
        text = file.read()
    try:
        return json.loads(text)
    except ValueError:
        return [json.loads(line) for line in text.splitlines() if line.strip()]


def count(paths):
    found = {}
    for path in paths:
        for key, parent, name, attributes in spans(read(path)):
            found.setdefault(key, (parent, kind(name, attributes), attributes))

    def agent_above(key):
        parent = (key[0], found[key][0])
        return parent in found and (found[parent][1] == "agent" or agent_above(parent))

    of = lambda wanted: [key for key, (_, what, _) in found.items() if what == wanted]
    loose = {key[0] or key[1] for key in of("model") + of("tool") if not agent_above(key)}
    counted = {first(found[key][2], RESPONSE) for key in of("model")}
    used = [found[key][2] for key in of("model")]
    for key in of("agent"):
        attributes = found[key][2]
        inside = [other for other in of("model") if other[0] == key[0] and agent_above(other)]
        told = re.findall(r'"responseId":\s*"([^"]+)"', str(attributes.get("ai.response.providerMetadata", "")))
        if not inside and not set(told) & counted:
            used.append(attributes)
    return {
        "runs": len(of("agent")) + len(loose),
        "model_calls": len(of("model")),
        "tool_calls": len(of("tool")),
        "approvals": 0,
        "refusals": 0,
        "input_tokens": sum(first(attributes, INPUT) or 0 for attributes in used),
        "output_tokens": sum(first(attributes, OUTPUT) or 0 for attributes in used),
    }


if __name__ == "__main__":
    print(json.dumps(count(sys.argv[1:])))
