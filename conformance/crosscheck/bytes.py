#!/usr/bin/env python3
"""The chapter spec/bytes.md once more, in another language and without a line of the library.

    python3 conformance/crosscheck/bytes.py           writes the vectors below conformance/vectors/
    python3 conformance/crosscheck/bytes.py --out F   writes them below another folder
    python3 conformance/crosscheck/bytes.py --check   compares them with the files and says what differs
    python3 conformance/crosscheck/bytes.py --read    reads hexadecimal lines and answers each: accept, or a code

Needs Python 3.9 and its standard library. Expected values of the vectors are computed here; what the library
computes is compared with them by its tests.
"""

import json
import struct
import sys
from pathlib import Path

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).parent))

import bytes_cases as cases  # noqa: E402
from agent_run.canonical import canonical_text as jcs, es_number  # noqa: E402
from agent_run.hashing import digest, pae, private_hash, public_form, run_hash  # noqa: E402
from agent_run.hashing import step_leaf, tool_hash, typed_hash  # noqa: E402
from agent_run.reader import read, verdict_on  # noqa: E402

VECTORS = Path(__file__).parent.parent / "vectors"


# --- the vectors ------------------------------------------------------------------------------------------------------


def read_vectors():
    for file, requirement, rows in cases.READ:
        vectors = []
        for name, source, expect in rows:
            verdict = verdict_on(source if isinstance(source, bytes) else source.encode("utf-8"))
            if verdict != expect:
                raise SystemExit(f"{file}: {name}: expected {expect}, this program says {verdict}")
            spelled = {"input_hex": source.hex()} if isinstance(source, bytes) else {"input_text": source}
            vectors.append({"name": name, "requirement": requirement, **spelled, "expect": expect})
        yield f"read/{file}.json", vectors


def number_of(ieee754_hex):
    return struct.unpack(">d", bytes.fromhex(ieee754_hex))[0]


def canonical_vectors():
    requirement = "AR-BYTES-009"
    yield "canonical/values.json", [
        {"name": name, "requirement": requirement, "input_text": text, "expect": jcs(read(text.encode("utf-8")))}
        for name, text in cases.CANONICAL
    ]
    yield "canonical/numbers.json", [
        {"name": name, "requirement": requirement, "ieee754_hex": double, "expect": es_number(number_of(double))}
        for name, double in cases.NUMBERS
    ]


def hash_vectors():
    def rows(requirement, table, compute):
        return [
            {"name": name, "requirement": requirement, **given, "expect": compute(**given)} for name, given in table
        ]

    yield "hash/digest.json", rows("AR-BYTES-010", cases.DIGESTS, lambda input_hex: digest(bytes.fromhex(input_hex)))
    yield "hash/pae.json", rows(
        "AR-BYTES-010", cases.PAES, lambda type, body_hex: pae(type, bytes.fromhex(body_hex)).hex()
    )
    yield "hash/hash.json", rows(
        "AR-BYTES-010", cases.HASHES, lambda kind, input_text: typed_hash(kind, read(input_text.encode("utf-8")))
    )
    yield "hash/tool-hash.json", rows("AR-BYTES-010", cases.TOOLS, lambda tool: tool_hash(tool))
    yield "hash/run-hash.json", rows("AR-BYTES-011", cases.RUNS, lambda run: run_hash(run))
    yield "hash/step-leaf.json", rows("AR-BYTES-012", cases.STEPS, lambda step: step_leaf(step))
    yield "hash/public-form.json", rows("AR-BYTES-012", cases.OBJECTS, lambda kind, object: public_form(kind, object))
    yield "hash/private-hash.json", rows("AR-PRIV-002", cases.WHOLE, lambda kind, object: private_hash(kind, object))


def files():
    """Every file to write: path below conformance/vectors and text."""
    counts = {}
    for path, vectors in [*read_vectors(), *canonical_vectors(), *hash_vectors()]:
        folder, name = path.split("/")
        counts.setdefault(folder, {})[name] = len(vectors)
        yield path, json.dumps(vectors, indent=2, ensure_ascii=True) + "\n"
    for folder, each in counts.items():
        yield f"{folder}/manifest.json", json.dumps({"files": each, "total": sum(each.values())}, indent=2) + "\n"


def main():
    arguments = sys.argv[1:]
    if arguments == ["--read"]:
        for line in sys.stdin:
            print(verdict_on(bytes.fromhex(line)))
        return
    check = arguments == ["--check"]
    folder = Path(arguments[1]) if len(arguments) == 2 and arguments[0] == "--out" else VECTORS
    if arguments and not check and folder is VECTORS:
        raise SystemExit(__doc__)
    wrong = 0
    for path, text in files():
        file = folder / path
        if not check:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(text.encode("utf-8"))
        elif not file.exists() or file.read_text(encoding="utf-8") != text:
            print(f"conformance/vectors/{path} is not what this program computes")
            wrong += 1
    raise SystemExit(1 if wrong else 0)


if __name__ == "__main__":
    main()
