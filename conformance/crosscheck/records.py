#!/usr/bin/env python3
"""Judges records by spec/ and schemas/ alone, as an independent second opinion.

    python3 conformance/crosscheck/records.py            every case, vector and example: is it judged as it says?
    python3 conformance/crosscheck/records.py FILE …     findings of these records, one a line
    python3 conformance/crosscheck/records.py --stream   records in hexadecimal, one a line; answers each with a line of
                                                         JSON: the list of its findings [code, severity, path]
    python3 conformance/crosscheck/records.py --hashes   records in hexadecimal, one a line; answers each with a line of
                                                         JSON: what is hashed of it, as long as its schema is fulfilled
    python3 conformance/crosscheck/records.py --numbers  doubles in hexadecimal, one a line; prints each

Needs Python 3.9 and its standard library.
"""

from __future__ import annotations

import json
import struct
import sys
from pathlib import Path
from typing import Any, Iterator

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).parent))

from agent_run.canonical import canonical, es_number  # noqa: E402
from agent_run.hashing import (  # noqa: E402
    action_hash,
    digest,
    document_hash,
    private_hash,
    record_hash,
    request_hash,
    run_hash,
    step_leaf,
)
from agent_run.reader import read, verdict_on  # noqa: E402
from agent_run.schema import check_schema  # noqa: E402
from agent_run.semantics import RULES, Finding  # noqa: E402
from agent_run.validation import validate, validate_value  # noqa: E402

ROOT = Path(__file__).resolve().parents[2]


def loaded(file: Path) -> Any:
    """A JSON file of ours, read as strictly as a record."""
    return read(file.read_bytes())


def places(findings: list[Finding]) -> list[tuple[str, str]]:
    """Code and path of each finding, sorted."""
    return sorted((code, path) for code, _, path in findings)


def check_case(file: Path) -> Iterator[str]:
    """A file of conformance/cases/semantics, against what it expects."""
    case = loaded(file)
    rule = next((rule for rule in RULES if rule.code == case["code"]), None)
    said = rule and (rule.code, rule.severity, rule.since_1_0)
    if said != (case["code"], case["severity"], case.get("since") == "1.0"):
        yield f"the rule is {said} here"
    for index, record in enumerate(case["valid"]):
        found = validate_value(record)
        if found:
            yield f"valid/{index}: found {found}"
    for index, fault in enumerate(case["invalid"]):
        expected = sorted((each["code"], each["path"]) for each in fault["expect"])
        found = validate_value(fault["record"])
        if places(found) != expected:
            yield f"invalid/{index}: found {places(found)}, expected {expected}"
        if case["severity"] == "error" and "error" not in [severity for _, severity, _ in found]:
            yield f"invalid/{index}: found no error"


def check_vectors(file: Path) -> Iterator[str]:
    """A file of conformance/vectors/read."""
    for index, vector in enumerate(loaded(file)):
        raw = bytes.fromhex(vector["input_hex"]) if "input_hex" in vector else vector["input_text"].encode("utf-8")
        verdict = verdict_on(raw)
        if verdict != vector["expect"]:
            yield f"{index}: {verdict}, expected {vector['expect']}"


def check_example(file: Path) -> Iterator[str]:
    """A record of examples/records: without an error, and without a warning if it has a version."""
    findings = validate(file.read_bytes())
    for code, severity, path in findings:
        if severity == "error" or "spec_version" in loaded(file):
            yield f"{severity} {code} at {path!r}"


def hashes_of(value: Any) -> dict[str, Any]:
    """Every digest that a record has by itself; of another value only that of its canonical form."""
    found: dict[str, Any] = {"canonical": digest(canonical(value))}
    if check_schema(value):
        return found
    steps = value["steps"]
    return {
        **found,
        "run": record_hash(value),
        "document": document_hash(value),
        "inputs": run_hash(value),
        "leaves": [step_leaf(step) for step in steps],
        "private": [private_hash("step", step) for step in steps],
        "actions": [action_hash(value, step) for step in steps],
        "requests": [request_hash(event) for event in value.get("approvals", [])],
    }


def check_all() -> int:
    """Checks every committed expectation; the number of disagreements."""
    read_vectors = (file for file in (ROOT / "conformance/vectors/read").glob("*.json") if file.name != "manifest.json")
    groups = (
        ("cases", check_case, sorted((ROOT / "conformance/cases/semantics").glob("*.json"))),
        ("vectors", check_vectors, sorted(read_vectors)),
        ("examples", check_example, sorted((ROOT / "examples/records").glob("*.json"))),
    )
    wrong = 0
    for name, check, files in groups:
        if not files:
            print(f"no {name} were found")
            wrong += 1
        for file in files:
            for disagreement in check(file):
                print(f"{file.relative_to(ROOT)}: {disagreement}")
                wrong += 1
        print(f"{len(files)} files of {name}")
    without_case = {rule.code for rule in RULES} - {loaded(file)["code"] for file in groups[0][2]}
    for code in sorted(without_case):
        print(f"{code} has no case")
        wrong += 1
    return wrong


def main() -> int:
    """Does what the arguments say."""
    arguments = sys.argv[1:]
    if arguments == ["--stream"]:
        for line in sys.stdin:
            print(json.dumps(validate(bytes.fromhex(line))))
    elif arguments == ["--hashes"]:
        for line in sys.stdin:
            print(json.dumps(hashes_of(read(bytes.fromhex(line)))))
    elif arguments == ["--numbers"]:
        for line in sys.stdin:
            print(es_number(struct.unpack(">d", bytes.fromhex(line))[0]))
    elif arguments and not arguments[0].startswith("-"):
        findings = [(file, finding) for file in arguments for finding in validate(Path(file).read_bytes())]
        for file, (code, severity, path) in findings:
            print(f"{file}: {severity} {code} at {json.dumps(path)}")
        return int(any(severity == "error" for _, (_, severity, _) in findings))
    elif arguments:
        print(__doc__)
        return 2
    else:
        return int(check_all() > 0)
    return 0


if __name__ == "__main__":
    sys.exit(main())
