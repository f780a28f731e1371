#!/usr/bin/env python3
"""The chapter spec/bytes.md once more, in another language and without a line of the library.

    python3 conformance/crosscheck/bytes.py           writes the vectors below conformance/vectors/
    python3 conformance/crosscheck/bytes.py --check   compares them with the files and says what differs
    python3 conformance/crosscheck/bytes.py --read    reads hexadecimal lines and answers each: accept, or a code

Needs Python 3.9 and its standard library. Expected values of the vectors are computed here; what the library
computes is compared with them by its tests.
"""

import hashlib
import json
import struct
import sys
from pathlib import Path

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).parent))

import bytes_cases as cases  # noqa: E402

VECTORS = Path(__file__).parent.parent / "vectors"
LIMIT = 2**53 - 1
MAX_DEPTH = 128


# --- the record profile -----------------------------------------------------------------------------------------------


class Refused(Exception):
    """Carries the code of a fault."""


def read(raw):
    """The value of a record's bytes; raises Refused with the code of what is wrong with them."""
    if raw[:3] == b"\xef\xbb\xbf":
        raise Refused("json.bom")
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        raise Refused("json.utf8")
    if text.strip(" \t\r\n") == "":
        raise Refused("json.empty")
    if depth_of(text) > MAX_DEPTH:
        raise Refused("json.depth")
    decoder = json.JSONDecoder(object_pairs_hook=members, parse_constant=no_constant, parse_int=number, parse_float=number)
    start = len(text) - len(text.lstrip(" \t\r\n"))
    try:
        value, end = decoder.raw_decode(text, start)
    except json.JSONDecodeError:
        raise Refused("json.syntax")
    if text[end:].strip(" \t\r\n") != "":
        # Python stops after the first digit of 01 and after the 1 of 1.e5.
        raise Refused("json.syntax" if text[end - 1].isdigit() and text[end] in "0123456789.eE+-xX" else "json.trailing")
    well_formed(value)
    return value


def verdict_on(raw):
    try:
        read(raw)
        return "accept"
    except Refused as refusal:
        return str(refusal)


def members(pairs):
    names = [name for name, _ in pairs]
    if len(set(names)) < len(names):
        raise Refused("json.duplicate_name")
    return dict(pairs)


def no_constant(_word):
    raise Refused("json.syntax")


def number(token):
    value = float(token)
    if abs(value) > LIMIT:
        raise Refused("json.number_range")
    return int(value) if value.is_integer() else value


def well_formed(value):
    if isinstance(value, str):
        try:
            value.encode("utf-8")
        except UnicodeEncodeError:
            raise Refused("json.lone_surrogate")
    elif isinstance(value, list):
        for item in value:
            well_formed(item)
    elif isinstance(value, dict):
        for name, item in value.items():
            well_formed(name)
            well_formed(item)


def depth_of(text):
    """Deepest nesting of brackets outside strings."""
    depth = deepest = 0
    in_string = escaped = False
    for c in text:
        if in_string:
            if escaped:
                escaped = False
            elif c == "\\":
                escaped = True
            elif c == '"':
                in_string = False
        elif c == '"':
            in_string = True
        elif c in "[{":
            depth += 1
            deepest = max(deepest, depth)
        elif c in "]}":
            depth -= 1
    return deepest


# --- canonical form, RFC 8785 -----------------------------------------------------------------------------------------


def jcs(value):
    if value is None or isinstance(value, bool):
        return json.dumps(value)
    if isinstance(value, (int, float)):
        return es_number(float(value))
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, list):
        return "[" + ",".join(jcs(item) for item in value) + "]"
    names = sorted(value, key=lambda name: name.encode("utf-16-be"))
    return "{" + ",".join(jcs(name) + ":" + jcs(value[name]) for name in names) + "}"


def es_number(value):
    """Number::toString of ECMAScript for a finite double."""
    if value == 0:
        return "0"
    mantissa, _, exponent = repr(abs(value)).partition("e")
    whole, _, fraction = mantissa.partition(".")
    digits = (whole + fraction).lstrip("0")
    point = len(whole) + int(exponent or 0) - (len(whole + fraction) - len(digits))
    digits = digits.rstrip("0")
    count = len(digits)
    if count <= point <= 21:
        text = digits + "0" * (point - count)
    elif 0 < point <= 21:
        text = digits[:point] + "." + digits[point:]
    elif -6 < point <= 0:
        text = "0." + "0" * -point + digits
    else:
        tail = "." + digits[1:] if count > 1 else ""
        text = f"{digits[0]}{tail}e{'+' if point > 0 else '-'}{abs(point - 1)}"
    return "-" + text if value < 0 else text


# --- digests ----------------------------------------------------------------------------------------------------------


def pae(kind_type, body):
    name = kind_type.encode("utf-8")
    return b"DSSEv1 %d %s %d %s" % (len(name), name, len(body), body)


def digest(raw):
    return "sha256:" + hashlib.sha256(raw).hexdigest()


def typed_hash(kind, value):
    return digest(pae(f"application/vnd.agent-run.{kind}.v1+json", jcs(value).encode("utf-8")))


def run_hash(run):
    provenance = run.get("provenance") or {}
    tools = sorted(set(run.get("tools_available") or []), key=lambda name: name.encode("utf-16-be"))
    inputs = {name: run.get(name) for name in ("agent_id", "model", "trigger")}
    return typed_hash("run-inputs", {**inputs, "tools": tools, "config_hash": provenance.get("config_hash")})[7:]


PRIVATE = {
    "run": "intent input_preview output_preview input_refs output_refs error metadata",
    "step": "input_preview output_preview input_refs output_refs error metadata",
    "approval": "reason presentation_digest metadata",
    "policy_decision": "reasons subject_hash metadata",
    "side_effect": "operation target before_digest after_digest metadata",
    "artifact": "name content metadata",
}
INSIDE = {
    "run": {"steps": "step", "approvals": "approval", "policy_decisions": "policy_decision", "artifacts": "artifact"},
    "step": {"side_effects": "side_effect"},
}


def public_form(kind, thing):
    hidden = ["salt", *PRIVATE[kind].split()] if "private_hash" in thing else []
    form = {name: value for name, value in thing.items() if name not in hidden}
    for name, inner in INSIDE.get(kind, {}).items():
        if name in form:
            form[name] = [public_form(inner, item) for item in form[name]]
    return form


def private_hash(kind, thing):
    covered = ["salt", *PRIVATE[kind].split()]
    return typed_hash("private", {name: value for name, value in thing.items() if name in covered})


def step_leaf(step):
    return digest(b"\x00" + jcs(public_form("step", step)).encode("utf-8"))


def tool_hash(tool):
    return typed_hash("tool", {name: tool.get(name) for name in ("name", "description", "input_schema")})


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
    if sys.argv[1:] == ["--read"]:
        for line in sys.stdin:
            print(verdict_on(bytes.fromhex(line)))
        return
    check = sys.argv[1:] == ["--check"]
    if sys.argv[1:] and not check:
        raise SystemExit(__doc__)
    wrong = 0
    for path, text in files():
        file = VECTORS / path
        if not check:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8", newline="\n")
        elif not file.exists() or file.read_text(encoding="utf-8") != text:
            print(f"conformance/vectors/{path} is not what this program computes")
            wrong += 1
    raise SystemExit(1 if wrong else 0)


if __name__ == "__main__":
    main()
