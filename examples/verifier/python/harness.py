#!/usr/bin/env python3
"""A harness for the verifier suite (conformance/harness.md) over the independent Python implementation of agent-run.

    agent-run-conformance verifier --command "python3 examples/verifier/python/harness.py"

Reads requests from stdin and writes answers to stdout, one JSON object a line. Needs Python 3.9 and its standard
library.
"""

from __future__ import annotations

import json
import struct
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any, Optional

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).resolve().parents[3] / "conformance" / "crosscheck"))

from agent_run import ed25519, hashing, merkle, seal, trust  # noqa: E402
from agent_run.canonical import canonical_text, es_number  # noqa: E402
from agent_run.didkey import did_of, key_of, signature_of  # noqa: E402
from agent_run.journal import fold_of, judge_journal, read_journal  # noqa: E402
from agent_run.reader import Refused, read, verdict_on  # noqa: E402
from agent_run.semantics import check_semantics  # noqa: E402
from agent_run.verdict import Given, verify  # noqa: E402
from whole_verdict import whole_verdict  # noqa: E402

Json = dict[str, Any]


# --- bytes and hashes -------------------------------------------------------------------------------------------------


def _raw(given: Json) -> bytes:
    return bytes.fromhex(given["input_hex"]) if "input_hex" in given else given["input_text"].encode("utf-8")


def _number(given: Json) -> str:
    return es_number(struct.unpack(">d", bytes.fromhex(given["ieee754_hex"]))[0])


def _record_hash(given: Json) -> Json:
    run = given["run"]
    return {
        "record_hash": hashing.record_hash(run),
        "document_hash": hashing.document_hash(run),
        "sealed": seal.is_sealed(run),
    }


def _action_hash(given: Json) -> str:
    return hashing.action_hash({"id": given["run_id"], "provenance": {"nonce": given["nonce"]}}, given["step"])


# --- keys, signatures, trees ------------------------------------------------------------------------------------------


def _hex(octets: Optional[bytes]) -> Optional[str]:
    return None if octets is None else octets.hex()


def _octets(hexes: list[str]) -> list[bytes]:
    return [bytes.fromhex(each) for each in hexes]


def _sign(given: Json) -> Json:
    seed = bytes.fromhex(given["seed_hex"])
    key = ed25519.public_key(seed)
    signature = ed25519.sign(seed, bytes.fromhex(given["message_hex"]))
    return {"public_key_hex": key.hex(), "did": did_of(key), "signature_hex": signature.hex()}


def _verify_signature(given: Json) -> bool:
    return ed25519.verify(*(bytes.fromhex(given[part]) for part in ("key_hex", "message_hex", "signature_hex")))


def _root(given: Json) -> str:
    return merkle.root([merkle.leaf_hash(leaf) for leaf in _octets(given["leaves_hex"])]).hex()


def _included(given: Json) -> bool:
    leaf, root = bytes.fromhex(given["leaf_hash_hex"]), bytes.fromhex(given["root_hex"])
    return merkle.included(leaf, given["index"], given["count"], _octets(given["path_hex"]), root)


def _consistent(given: Json) -> bool:
    first, second = bytes.fromhex(given["first_root_hex"]), bytes.fromhex(given["second_root_hex"])
    return merkle.consistent(given["first_count"], given["second_count"], first, second, _octets(given["path_hex"]))


# --- seals ------------------------------------------------------------------------------------------------------------


def _seal(given: Json) -> Json:
    signer = seal.Signer(bytes.fromhex(given["seed_hex"])) if "seed_hex" in given else None
    return seal.seal(given["run"], given["at"], signer, given.get("journal_head"))["provenance"]


def _batch(given: Json) -> bool:
    return seal.batch_holds(given["proof"], [given["statement"]], given["signed_by"])


def _dsse(given: Json) -> Json:
    thing = given["object"]
    holder = seal.provenance_of(thing) if given["kind"] == "run" else thing
    return seal.dsse(given["kind"], thing, holder["signed_by"], holder["signature"])


# --- trust, journals, records -----------------------------------------------------------------------------------------


def _trust_file(given: Json) -> Optional[Json]:
    try:
        fault = trust.trust_fault(read(given["trust_text"].encode("utf-8")))
    except Refused as refusal:
        fault = refusal.code, refusal.path
    return None if fault is None else {"code": fault[0], "path": fault[1]}


def _journal_check(given: Json) -> Json:
    journal = read_journal(given["journal_text"].encode("utf-8"))
    judged = judge_journal(journal, None)
    said = {**judged.outcome._asdict(), "checkpoint": judged.checkpoint, "torn": journal.torn}
    return {name: value for name, value in said.items() if value is not None}


def _fold(given: Json) -> Json:
    return fold_of(read_journal(given["journal_text"].encode("utf-8")), given["live"])


def _semantics(given: Json) -> list[Json]:
    found = check_semantics(given["record"])
    return [{"code": code, "severity": severity, "path": path} for code, severity, path in found]


def _verdict(given: Json) -> Json:
    text = given["record_text"] if "record_text" in given else json.dumps(given["record"])
    journal = given.get("journal_text")
    beside = {name: given.get(name, ()) for name in ("related", "statements", "evals", "proofs")}
    options = given["options"]
    all_given = Given(
        now=options["now"],
        level=options["level"],
        trust=given.get("trust"),
        journal=None if journal is None else journal.encode("utf-8"),
        **beside,
    )
    raw = text.encode("utf-8")
    vector = verify(raw, all_given)
    has_form = vector["checks"][0]["result"] == "pass"
    return whole_verdict(vector, read(raw) if has_form else None, all_given)


OPS: dict[str, Callable[[Json], Any]] = {
    "read": lambda given: verdict_on(_raw(given)),
    "canonical/numbers": _number,
    "canonical/values": lambda given: canonical_text(read(_raw(given))),
    "hash/digest": lambda given: hashing.digest(_raw(given)),
    "hash/pae": lambda given: hashing.pae(given["type"], bytes.fromhex(given["body_hex"])).hex(),
    "hash/hash": lambda given: hashing.typed_hash(given["kind"], read(_raw(given))),
    "hash/tool-hash": lambda given: hashing.tool_hash(given["tool"]),
    "hash/run-hash": lambda given: hashing.run_hash(given["run"]),
    "hash/step-leaf": lambda given: hashing.step_leaf(given["step"]),
    "hash/public-form": lambda given: hashing.public_form(given["kind"], given["object"]),
    "hash/private-hash": lambda given: hashing.private_hash(given["kind"], given["object"]),
    "sign/did-key": lambda given: _hex(key_of(given["did"])),
    "sign/signature-text": lambda given: _hex(signature_of(given["text"])),
    "sign/sign": _sign,
    "sign/verify": _verify_signature,
    "sign/object": lambda given: seal.is_signed(given["kind"], given["object"]),
    "tree/root": _root,
    "tree/inclusion": _included,
    "tree/consistency": _consistent,
    "seal/record-hash": _record_hash,
    "seal/sealed": lambda given: seal.is_sealed(given["run"]),
    "seal/seal": _seal,
    "seal/steps-root": lambda given: {"count": len(given["steps"]), "root": seal.steps_root(given["steps"])},
    "seal/action-hash": _action_hash,
    "seal/request-hash": lambda given: hashing.request_hash(given["event"]),
    "seal/private-state": lambda given: seal.state_of(given["kind"], given["object"]),
    "seal/batch": _batch,
    "seal/step-proof": lambda given: seal.step_proof_fault(given["proof"]) is None,
    "seal/dsse": _dsse,
    "trust/file": _trust_file,
    "trust/pattern": lambda given: trust.fits(given["pattern"], given["text"]),
    "journal/check": _journal_check,
    "journal/fold": _fold,
    "semantics": _semantics,
    "verify": _verdict,
}

DESCRIPTION = {"harness": 1, "name": "agent-run in Python", "version": "1.0.0", "level": "accountable", "ops": list(OPS)}


def answer(request: Json) -> Json:
    """The answer to a request."""
    op, given = request["op"], request.get("input", {})
    if op == "describe":
        return {"id": request["id"], "result": DESCRIPTION}
    if op not in OPS:
        return {"id": request["id"], "unsupported": True}
    try:
        return {"id": request["id"], "result": OPS[op](given)}
    except Exception as broken:  # What breaks the code under test is an answer too.
        traceback.print_exc()
        return {"id": request["id"], "error": type(broken).__name__}


def main() -> None:
    """Answers until the requests end."""
    for line in sys.stdin.buffer:
        sys.stdout.write(json.dumps(answer(json.loads(line))) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
