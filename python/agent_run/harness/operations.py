"""The operations of the verifier suite (conformance/harness.md)."""

from __future__ import annotations

import json
import struct
from typing import Any, Callable

from ..canonical import canonicalize, number_text
from ..hashes import (
    action_hash,
    digest,
    document_hash,
    hash_value,
    pae,
    record_hash,
    request_hash,
    run_hash,
    step_leaf_text,
    tool_hash,
)
from ..journal import check, fold
from ..keys import key_of, signature_of
from ..public_form import private_hash, private_state, public_form
from ..read import ReadError, read
from ..seal import check_batch_proof, check_step_proof, dsse, is_sealed, seal, steps_root
from ..semantics import check_semantics
from ..signatures import Signer, verify_bytes, verify_object
from ..tree import leaf_hash, root, verify_consistency, verify_inclusion
from ..trust import fits, trust_fault
from ..verify import verify
from .agreement import AGREEMENT
from .given import Input

#: An operation: from the input of a request to its result.
Operation = Callable[[Input], Any]


def _read(given: Input) -> str:
    try:
        read(given.file())
    except ReadError as refused:
        return refused.code
    return "accept"


def _number(given: Input) -> str:
    return number_text(struct.unpack(">d", given.octets("ieee754_hex"))[0])


def _hex(octets: bytes | None) -> str | None:
    return None if octets is None else octets.hex()


def _sign(given: Input) -> dict[str, str]:
    signer = Signer.from_seed(given.octets("seed_hex"))
    signature = signer.sign(given.octets("message_hex"))
    return {"public_key_hex": signer.public_key.hex(), "did": signer.did, "signature_hex": signature.hex()}


def _inclusion(given: Input) -> bool:
    leaf, path, stated = given.octets("leaf_hash_hex"), given.all_octets("path_hex"), given.octets("root_hex")
    return verify_inclusion(leaf, given.value("index"), given.value("count"), path, stated)


def _consistency(given: Input) -> bool:
    counts = given.value("first_count"), given.value("second_count")
    roots = given.octets("first_root_hex"), given.octets("second_root_hex")
    return verify_consistency(*counts, given.all_octets("path_hex"), *roots)


def _steps_root(given: Input) -> dict[str, Any]:
    tree = steps_root(given.value("steps"))
    return {"count": tree.size, "root": tree.root}


def _record_hash(given: Input) -> dict[str, Any]:
    run = given.object("run")
    return {"record_hash": record_hash(run), "document_hash": document_hash(run), "sealed": is_sealed(run)}


def _seal(given: Input) -> Any:
    signer = Signer.from_seed(given.octets("seed_hex"))
    return seal(given.object("run"), signer, given.text("at"), given.optional("journal_head"))["provenance"]


def _batch(given: Input) -> bool:
    proof = given.object("proof")
    return check_batch_proof(proof, given.object("statement"), proof.get("record_hash"), given.text("signed_by"))


def _action_hash(given: Input) -> str:
    step = given.object("step")
    call = {"run_id": given.value("run_id"), "nonce": given.optional("nonce"), "step_id": step.get("id")}
    return action_hash({**step, **call})


def _trust_file(given: Input) -> dict[str, str] | None:
    fault = trust_fault(given.text("trust_text"))
    return None if fault is None else {"code": fault.code, "path": fault.path}


def _check_journal(given: Input) -> dict[str, Any]:
    checked = check(given.text("journal_text"))
    if checked.fault is not None:
        return {"result": "fail", "code": checked.fault.code, "path": checked.fault.path, "torn": checked.torn}
    result = {"result": "pass", "torn": checked.torn}
    return result if checked.checkpoint is None else {**result, "checkpoint": checked.checkpoint}


def _verify(given: Input) -> Any:
    # A record given as a value is written first and then read like a file.
    text = given.text("record_text") if given.has("record_text") else json.dumps(given.value("record"))
    options = given.optional("options", {})
    return verify(
        text,
        trust=given.optional("trust"),
        journal=given.optional("journal_text"),
        related=given.optional("related", []),
        statements=given.optional("statements", []),
        evals=given.optional("evals", []),
        proofs=given.optional("proofs", []),
        level=options.get("level", "sealed"),
        signed_by=options.get("signed_by"),
        now=options.get("now"),
    )


#: All operations by name.
OPERATIONS: dict[str, Operation] = {
    "read": _read,
    "canonical/values": lambda given: canonicalize(given.parsed()).decode("utf-8"),
    "canonical/numbers": _number,
    "hash/digest": lambda given: digest(given.file()),
    "hash/pae": lambda given: pae(given.text("type"), given.octets("body_hex")).hex(),
    "hash/hash": lambda given: hash_value(given.text("kind"), given.parsed()),
    "hash/tool-hash": lambda given: tool_hash(given.object("tool")),
    "hash/run-hash": lambda given: run_hash(given.object("run")),
    "hash/step-leaf": lambda given: step_leaf_text(given.object("step")),
    "hash/public-form": lambda given: public_form(given.value("kind"), given.object("object")),
    "hash/private-hash": lambda given: private_hash(given.value("kind"), given.object("object")),
    "sign/verify": lambda given: verify_bytes(
        *(given.octets(f"{name}_hex") for name in ("key", "message", "signature"))
    ),
    "sign/did-key": lambda given: _hex(key_of(given.text("did"))),
    "sign/signature-text": lambda given: _hex(signature_of(given.text("text"))),
    "sign/object": lambda given: verify_object(given.value("kind"), given.object("object")),
    "sign/sign": _sign,
    "tree/root": lambda given: root(leaf_hash(data) for data in given.all_octets("leaves_hex")).hex(),
    "tree/inclusion": _inclusion,
    "tree/consistency": _consistency,
    "seal/record-hash": _record_hash,
    "seal/sealed": lambda given: is_sealed(given.object("run")),
    "seal/seal": _seal,
    "seal/steps-root": _steps_root,
    "seal/private-state": lambda given: private_state(given.value("kind"), given.object("object")),
    "seal/action-hash": _action_hash,
    "seal/request-hash": lambda given: request_hash(given.object("event")),
    "seal/batch": _batch,
    "seal/step-proof": lambda given: check_step_proof(given.object("proof")),
    "seal/dsse": lambda given: dsse(given.value("kind"), given.object("object")),
    "trust/file": _trust_file,
    "trust/pattern": lambda given: fits(given.text("pattern"), given.text("text")),
    "journal/check": _check_journal,
    "journal/fold": lambda given: fold(given.text("journal_text"), bool(given.value("live"))),
    "semantics": lambda given: check_semantics(given.value("record")),
    "verify": _verify,
    **AGREEMENT,
}
