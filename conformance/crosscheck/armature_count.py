#!/usr/bin/env python3
"""Counts what is in Armature recordings, straight from the raw lines.

    python3 armature_count.py FILE.jsonl... prints one JSON object

It knows nothing of runs or steps and shares no code with the converter: the two must agree.
Standard library only.
"""
import json
import sys


def main(paths):
    runs, stages, calls, tokens = set(), 0, 0, [0, 0]
    for path in paths:
        with open(path, encoding="utf-8") as file:
            for line in file:
                if not line.strip():
                    continue
                value = json.loads(line)
                runs.add(value["run_id"])
                for row in value.get("trace_rows", [value]):
                    stages += 1
                    called = row.get("tools_called_json") or row.get("tools_called") or []
                    calls += len(json.loads(called) if isinstance(called, str) else called)
                    tokens[0] += row.get("input_tokens") or 0
                    tokens[1] += row.get("output_tokens") or 0
    result = {
        "runs": len(runs),
        "steps": stages + calls,
        "tool_calls": calls,
        "approvals": 0,
        "refusals": 0,
        "input_tokens": tokens[0],
        "output_tokens": tokens[1],
    }
    print(json.dumps(result))


if __name__ == "__main__":
    main(sys.argv[1:])
