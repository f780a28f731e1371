"""Seals, erasable objects, and proofs."""

import json
from typing import Any, Callable, Dict, List, Mapping, Optional, Tuple

import pytest

from agent_run import SealError, Signer, erase, protect, read, seal, verify_object
from agent_run.hashes import action_hash, request_hash
from agent_run.members import list_in, object_in
from agent_run.public_form import places, private_state
from agent_run.seal import (
    check_batch_proof,
    check_step_proof,
    document_hash,
    dsse,
    is_sealed,
    prove_step,
    record_hash,
    step_proof_fault,
    steps_root,
)
from tests.repository import REPOSITORY, unhex, vectors


def sealed_provenance(vector: Dict[str, Any]) -> object:
    signer = Signer.from_seed(unhex(vector["seed_hex"]))
    return seal(vector["run"], signer, vector["at"], vector.get("journal_head"))["provenance"]


def hashes_of(run: Mapping[str, object]) -> Dict[str, object]:
    return {"record_hash": record_hash(run), "document_hash": document_hash(run), "sealed": is_sealed(run)}


OPERATIONS: Dict[str, Callable[[Dict[str, Any]], object]] = {
    "record-hash": lambda v: hashes_of(v["run"]),
    "sealed": lambda v: is_sealed(v["run"]),
    "seal": sealed_provenance,
    "steps-root": lambda v: dict(zip(("count", "root"), steps_root(v["steps"]))),
    "action-hash": lambda v: action_hash(
        {**v["step"], "run_id": v["run_id"], "nonce": v["nonce"], "step_id": v["step"]["id"]}
    ),
    "request-hash": lambda v: request_hash(v["event"]),
    "private-state": lambda v: private_state(v["kind"], v["object"]),
    "batch": lambda v: check_batch_proof(v["proof"], v["statement"], v["proof"].get("record_hash"), v["signed_by"]),
    "step-proof": lambda v: check_step_proof(v["proof"]),
    "dsse": lambda v: dsse(v["kind"], v["object"]),
}
CASES: List[Tuple[str, Dict[str, Any]]] = [(name, vector) for name in OPERATIONS for vector in vectors(f"seal/{name}")]


@pytest.mark.parametrize(("operation", "vector"), CASES, ids=[f"{name}: {vector['name']}" for name, vector in CASES])
def test_vector(operation: str, vector: Dict[str, Any]) -> None:
    assert OPERATIONS[operation](vector) == vector["expect"]


def example() -> Dict[str, Any]:
    """The sealed record of the examples, before its seal."""
    path = REPOSITORY / "examples" / "records" / "sealed.json"
    if not path.exists():
        pytest.skip("the examples are in the repository only")
    record = read(path.read_bytes())
    assert isinstance(record, dict)
    provenance = object_in(record, "provenance")
    gone = ("steps_count", "steps_root", "journal_head", "sealed_at", "record_hash", "signed_by", "signature")
    return {**record, "provenance": {name: value for name, value in provenance.items() if name not in gone}}


SIGNER = Signer.from_seed(b"\x05" * 32)
AT = "2026-11-20T16:00:00Z"


def sealed() -> Dict[str, Any]:
    return seal(protect(example()), SIGNER, AT)


def test_a_sealed_record_is_signed() -> None:
    record = sealed()
    assert is_sealed(record)
    assert verify_object("run", record)
    assert record["provenance"]["record_hash"] == record_hash(record)
    assert not verify_object("run", {**record, "status": "failed"})


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda run: {**run, "spec_version": None}, "seal.version"),
        (lambda run: {**run, "status": "running"}, "seal.open_status"),
        (lambda run: {**run, "eval": {"pass": True, "score": 1, "document_hash": "sha256:" + "0" * 64}}, "seal.eval"),
        (lambda run: {**run, "started_at": "yesterday"}, "seal.invalid"),
        (lambda run: {**run, "private_hash": "sha256:" + "0" * 64, "salt": "0" * 64}, "seal.invalid"),
        (lambda run: {**run, "provenance": {**run["provenance"], "signed_by": "did:key:z"}}, "seal.other_key"),
        (lambda run: seal(run, None, AT), "seal.already_sealed"),
    ],
)
def test_what_would_never_verify_is_not_sealed(change: Callable[[Dict[str, Any]], Dict[str, Any]], code: str) -> None:
    with pytest.raises(SealError) as caught:
        seal(change(example()), SIGNER, AT)
    assert caught.value.code == code


def test_a_batch_names_its_key_before_it_signs() -> None:
    record = seal(example(), None, AT, signed_by=SIGNER.did)
    assert object_in(record, "provenance")["signed_by"] == SIGNER.did
    assert "signature" not in object_in(record, "provenance")
    with pytest.raises(ValueError, match="another key"):
        seal(example(), SIGNER, AT, signed_by=Signer.generate().did)


def test_everything_private_can_be_erased_beneath_the_seal() -> None:
    record = sealed()
    erased, hashes = erase(record)
    assert len(hashes) == sum("private_hash" in place.value for place in places(record)) > 3
    assert record_hash(erased) == record_hash(record)
    assert verify_object("run", erased)
    assert steps_root(list_steps(erased)) == steps_root(list_steps(record))
    assert all(private_state(place.kind, place.value) in (None, "erased") for place in places(erased))
    assert erase(erased) == (erased, hashes)


def list_steps(record: Mapping[str, Any]) -> List[Dict[str, Any]]:
    steps: List[Dict[str, Any]] = record["steps"]
    return steps


def test_one_object_can_be_erased() -> None:
    record = sealed()
    path = next(place.path for place in places(record) if place.kind == "step" and "salt" in place.value)
    erased, hashes = erase(record, [path])
    index = int(path.rpartition("/")[2])
    assert hashes == [record["steps"][index]["private_hash"]]
    assert "salt" not in list_steps(erased)[index]
    assert [step for at, step in enumerate(list_steps(erased)) if at != index] == [
        step for at, step in enumerate(record["steps"]) if at != index
    ]


@pytest.mark.parametrize(
    ("change", "path", "code"),
    [
        (lambda record: record, "/steps/99", "erase.not_found"),
        (lambda record: {**record, "artifacts": [{"id": "a", "name": "n"}]}, "/artifacts/0", "erase.unprotected"),
        (lambda record: {**record, "salt": "f" * 64, "private_hash": "sha256:" + "0" * 64}, "", "erase.broken"),
    ],
)
def test_what_cannot_be_erased_is_said(
    change: Callable[[Dict[str, Any]], Dict[str, Any]], path: str, code: str
) -> None:
    with pytest.raises(SealError) as caught:
        erase(change(example()), [path])
    assert (caught.value.code, caught.value.path) == (code, path)


def test_protection_leaves_what_is_signed_or_named_by_others() -> None:
    run = example()
    run["approvals"] = [
        {"approval_id": "a", "event": "requested", "at": AT, "reason": "r"},
        {"approval_id": "a", "event": "approved", "at": AT, "reason": "r", "signature": "s"},
        {"approval_id": "b", "event": "denied", "at": AT, "reason": "r"},
    ]
    run["steps"] = [
        {
            "id": "h",
            "type": "handoff",
            "started_at": None,
            "output_preview": "x",
            "side_effects": [{"kind": "other", "target": "t"}],
        },
        {
            "id": "m",
            "type": "message",
            "started_at": None,
            "output_preview": "x",
            "side_effects": [{"kind": "other", "target": "t"}],
        },
        {"id": "e", "type": "other", "started_at": None},
    ]
    form = protect(run)
    assert ["private_hash" in event for event in list_dicts(form, "approvals")] == [False, False, True]
    steps = list_dicts(form, "steps")
    assert ["private_hash" in step for step in steps] == [False, True, False]
    assert ["private_hash" in list_dicts(step, "side_effects")[0] for step in steps[:2]] == [False, True]
    assert protect(form) == form


def list_dicts(value: Mapping[str, object], name: str) -> List[Dict[str, Any]]:
    return [item for item in list_in(value, name) if isinstance(item, dict)]


def test_a_step_is_proved() -> None:
    record = sealed()
    for index in range(len(record["steps"])):
        proof = json.loads(json.dumps(prove_step(record, index)))
        assert check_step_proof(proof)
        assert step_proof_fault({**proof, "step": {**proof["step"], "id": "another"}}) == "proof.path"
    with pytest.raises(IndexError):
        prove_step(record, len(record["steps"]))
    with pytest.raises(SealError, match="prove.mismatch"):
        prove_step({**record, "status": "failed"}, 0)
    with pytest.raises(SealError, match="prove.not_sealed"):
        prove_step(example(), 0)


@pytest.mark.parametrize(
    ("member", "value", "code"),
    [
        ("record", None, "schema.type"),
        ("path", [], "proof.path"),
        ("index", 7, "proof.path"),
        ("record.steps", [], "proof.uncovered"),
        ("record.status", "running", "record.open_status"),
        ("record.outcome", "failed", "record.mismatch"),
        ("record.spec_version", None, "schema.type"),
    ],
)
def test_a_changed_proof_does_not_hold(member: str, value: object, code: str) -> None:
    proof = prove_step(sealed(), 0)
    first, _, second = member.partition(".")
    changed = {**object_in(proof, first), second: value} if second else value
    assert step_proof_fault({**proof, first: changed}) == code


def test_an_envelope_needs_a_signature() -> None:
    with pytest.raises(SealError, match="dsse.unsigned"):
        dsse("run", example())


def test_a_proof_of_a_record_without_a_signature() -> None:
    proof = prove_step(seal(example(), None, AT), 0)
    assert check_step_proof(proof)
    stripped = prove_step(seal(example(), None, AT, signed_by=SIGNER.did), 0)
    fault: Optional[str] = step_proof_fault(stripped)
    assert fault == "signature.stripped"
