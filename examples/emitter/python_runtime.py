"""A runtime in a test mode, with nothing but Python's standard library: it plays simple scenarios, makes unsealed
records and sends them.

    agent-run-conformance emitter --listen 127.0.0.1:0 --scenarios all --level recorded -- python3 examples/emitter/python_runtime.py
"""

import hashlib
import json
import os
import sys
import time
import urllib.error
import urllib.request
import uuid
from datetime import datetime, timezone

UNSUPPORTED = 64
TRIES = 4


def now():
    return datetime.now(timezone.utc).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def hash_of(kind, value):
    """The hash of a kind (AR-BYTES-010). For values like these the sorted form of json is the canonical one."""
    body = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
    name = f"application/vnd.agent-run.{kind}.v1+json".encode()
    return hashlib.sha256(b"DSSEv1 %d %s %d " % (len(name), name, len(body)) + body).hexdigest()


def run_hash(agent_id, model, tools, trigger):
    """Fingerprint of the configuration (AR-BYTES-011)."""
    inputs = {"agent_id": agent_id, "model": model, "tools": sorted(set(tools)), "config_hash": None, "trigger": trigger}
    return hash_of("run-inputs", inputs)


def tool_of(offered):
    """A tool of the inventory: its name and server, and the hash of its definition."""
    definition = {name: offered[name] for name in ("name", "description", "input_schema")}
    server = {"mcp_server": offered["mcp_server"]} if "mcp_server" in offered else {}
    return {"name": offered["name"], **server, "schema_hash": "sha256:" + hash_of("tool", definition)}


def cost_of(answer):
    """Usage as the record has it: input tokens with those of the cache, unknown ones null (AR-COST-010, AR-COST-011)."""
    usage = answer.get("usage")
    if usage is None:
        return {"input_tokens": None, "output_tokens": None}
    if "prompt_tokens" in usage:
        cached = usage.get("prompt_tokens_details", {}).get("cached_tokens")
        cost = {"input_tokens": usage["prompt_tokens"], "output_tokens": usage["completion_tokens"]}
        return cost if cached is None else {**cost, "cache_read_tokens": cached}
    parts = {
        name: usage[member]
        for name, member in (
            ("cache_read_tokens", "cache_read_input_tokens"),
            ("cache_write_tokens", "cache_creation_input_tokens"),
        )
        if member in usage
    }
    whole = usage["input_tokens"] + sum(parts.values())
    return {"input_tokens": whole, "output_tokens": usage["output_tokens"], **parts}


def text_of(answer):
    if "choices" in answer:
        return answer["choices"][0]["message"]["content"]
    return "".join(part["text"] for part in answer["content"] if part["type"] == "text")


class Recorder:
    """Writes down what happens, step by step."""

    def __init__(self, script):
        self.start = now()
        self.script = script
        self.id = str(uuid.uuid4())
        self.steps, self.artifacts, self.by_call = [], [], {}
        self.tools = {tool["name"]: tool_of(tool) for tool in script["tools"]}

    def step(self, members):
        number = len(self.steps)
        times = {"started_at": now(), "ended_at": now(), "duration_ms": 0}
        made = {"id": f"s-{number + 1}", "seq": number, **times, **members}
        self.steps.append(made)
        return made

    def model_call(self, call):
        answer = call["answer"]
        members = {"type": "model_call", "status": "succeeded", "model": answer["model"], "response_id": answer["id"]}
        preview = {"input_preview": call["input"], "output_preview": text_of(answer)}
        preview = {name: value for name, value in preview.items() if value}
        made = self.step({**members, **preview, "cost": cost_of(answer), **call.get("says", {})})
        for part in answer.get("content", []):
            if part["type"] == "tool_use":
                self.by_call[part["id"]] = {"model_call_id": made["id"]}

    def tool_call(self, call, skipped=False):
        before = self.by_call.get(call["id"], {})
        effects = [each if each["kind"] == "none" else {**each, "basis": "declared"} for each in call["effects"]]
        members = {
            "type": "tool_call",
            "tool_name": call["name"],
            "tool_hash": self.tools[call["name"]]["schema_hash"],
            "tool_call_id": call["id"],
            "input_preview": json.dumps(call["arguments"]),
            "side_effects": effects,
            **{name: before[name] for name in ("model_call_id",) if name in before},
        }
        if "mcp_server" in call:
            members["mcp_server"] = call["mcp_server"]
        if "costs" in call:
            members["cost"] = {"input_tokens": None, "output_tokens": None, **call["costs"]}
        if skipped:
            members.update(status="skipped")
        elif "fails" in call:
            members.update(status="failed", error=call["fails"]["message"], error_type=call["fails"]["error_type"])
        else:
            members.update(status="succeeded", output_preview=call["result"])
        members["attempt"] = before.get("attempt", 0) + 1
        if "retries" in call:
            members["retry_of"] = before["id"]
        made = self.step(members)
        self.by_call[call["id"]] = {**before, "id": made["id"], "attempt": made["attempt"]}
        if "artifact" in call:
            self.keep(call["artifact"], made)

    def keep(self, artifact, step):
        content = artifact["content"].encode()
        digest = {"digest": "sha256:" + hashlib.sha256(content).hexdigest(), "size": len(content)}
        made = {**artifact, "id": f"art-{len(self.artifacts) + 1}", "step_id": step["id"], "content": digest}
        self.artifacts.append(made)
        step["artifact_ids"] = [made["id"]]

    def cost(self):
        """What the model calls used, and what the calls of tools cost; unknown as soon as one of them is."""
        calls = [step["cost"] for step in self.steps if step["type"] == "model_call"]
        whole = {}
        for name in ("input_tokens", "output_tokens"):
            counts = [cost[name] for cost in calls]
            whole[name] = sum(counts) if counts and None not in counts else None
        if calls and None not in whole.values():
            whole["total_tokens"] = whole["input_tokens"] + whole["output_tokens"]
        for step in self.steps:
            for name in ("cost_usd", "price_basis", "price_source", "amount", "unit"):
                if name in step.get("cost", {}):
                    value = step["cost"][name]
                    whole[name] = whole.get(name, 0) + value if name in ("cost_usd", "amount") else value
        models = {step["model"] for step in self.steps if step["type"] == "model_call"}
        if len(models) > 1 and None not in whole.values():
            whole["by_model"] = [
                {
                    "model": model,
                    **{
                        name: sum(s["cost"][name] for s in self.steps if s["type"] == "model_call" and s["model"] == model)
                        for name in ("input_tokens", "output_tokens")
                    },
                }
                for model in sorted(models)
            ]
        return whole

    def record(self, end):
        run = {name: value for name, value in self.script["run"].items() if name not in ("input", "agent_id")}
        agent_id = self.script["run"]["agent_id"] or "unknown"
        tools = [tool["name"] for tool in self.script["tools"]]
        servers = self.script.get("mcp_servers")
        record = {
            "spec_version": "1.0",
            "id": self.id,
            "agent_id": agent_id,
            "runtime": "python-runtime",
            "runtime_version": "1.0.0",
            **run,
            "status": end["status"],
            "started_at": self.start,
            **({} if end["status"] == "running" else {"ended_at": now()}),
            "input_preview": self.script["run"]["input"],
            "tools_available": tools,
            "inventory": {"tools": list(self.tools.values()), **({"mcp_servers": servers} if servers else {})},
            "steps": self.steps,
            "cost": self.cost(),
            "provenance": {"run_hash": run_hash(agent_id, run.get("model"), tools, run.get("trigger"))},
        }
        record.update({"outcome": end["outcome"], "output_preview": end["output"]} if "outcome" in end else {})
        record.update({"artifacts": self.artifacts} if self.artifacts else {})
        return record


def send(record):
    """Sends a record until it is taken or refused: the same octets, after the time that the server asks for."""
    body = json.dumps(record, ensure_ascii=False).encode()
    headers = {"Content-Type": "application/json", "X-API-Key": os.environ["AGENT_RUN_KEY"]}
    url = os.environ["AGENT_RUN_SERVER_URL"] + "/api/v1/runs"
    for attempt in range(TRIES):
        try:
            with urllib.request.urlopen(urllib.request.Request(url, body, headers), timeout=10):
                return
        except urllib.error.HTTPError as error:
            print("answered", error.code, file=sys.stderr)
            if error.code not in (429, 503):
                return
            time.sleep(int(error.headers.get("Retry-After", "1")))
        except OSError as error:
            print("not reached:", type(error).__name__, file=sys.stderr)
            time.sleep(0.1 * 2**attempt)


def main():
    with open(os.environ["AGENT_RUN_SCRIPT"], encoding="utf-8") as file:
        script = json.load(file)
    recorder = Recorder(script)
    end = script.get("end")
    for moment in script["play"]:
        name, content = next(iter(moment.items()))
        if name == "model_call":
            recorder.model_call(content)
        elif name == "skip":
            recorder.tool_call(content, skipped=True)
        elif name == "tool_call" and "decision" not in content:
            recorder.tool_call(content)
        elif name in ("cancel", "leave"):
            end = {"status": "cancelled" if name == "cancel" else "running"}
            break
        else:
            sys.exit(UNSUPPORTED)
    if script["scenario"] in ("sealed", "judged") or end is None:
        sys.exit(UNSUPPORTED)
    send(recorder.record(end))


if __name__ == "__main__":
    if "AGENT_RUN_SCRIPT" not in os.environ:
        sys.exit(UNSUPPORTED)
    main()
