"""Proof that one step belongs to a sealed record, which shows nothing of the others (AR-SEAL-018)."""

from typing import Dict, Mapping, Optional, Tuple

from ..digest_text import digest_bytes, digest_text
from ..errors import SealError
from ..hashes import record_hash, step_leaf
from ..keys import key_of
from ..members import is_given, list_in, object_in, objects_in, without
from ..public_form import places, places_of_step, private_state, public_form
from ..signatures import signature_state
from ..tree import prove_inclusion, root, verify_inclusion
from .batch import check_batch_proof
from .sealed import OPEN_STATUSES, missing_from_seal

BatchEvidence = Tuple[Mapping[str, object], Mapping[str, object]]
"""A batch proof and its statement, for a record that was sealed in a batch."""


def prove_step(run: Mapping[str, object], index: int) -> Dict[str, object]:
    """Shows one step of a sealed record. It stands in the proof as in the record: erase what is not for the reader first.

    :raises IndexError: if there is no such step
    :raises SealError: ``prove.not_sealed``, ``prove.mismatch`` if the record is not what its seal says
    """
    steps = [step for _, step in objects_in(run, "steps")]
    if not 0 <= index < len(steps):
        raise IndexError(f"step {index} does not exist: the record has {len(steps)}")
    provenance = object_in(run, "provenance")
    if not is_given(provenance, "record_hash"):
        raise SealError("prove.not_sealed", "found no record_hash; expected a sealed record")
    leaves = [step_leaf(step) for step in steps]
    if digest_text(root(leaves)) != provenance.get("steps_root") or record_hash(run) != provenance["record_hash"]:
        raise SealError("prove.mismatch", "found a record that was changed after sealing; expected one that was not")
    return {
        "agent_run_proof": "1.0",
        "record": without(public_form("run", run), "steps", "eval"),
        "step": steps[index],
        "index": index,
        "path": [digest_text(hashed) for hashed in prove_inclusion(leaves, index)],
    }


def step_proof_fault(proof: Mapping[str, object], batch: Optional[BatchEvidence] = None) -> Optional[str]:
    """The code of the first thing that is wrong with a proof; ``None`` if it holds. Never raises for content.

    The codes are those of the checks ``schema``, ``record`` and ``signature``, and ``proof.uncovered`` and ``proof.path``.
    """
    from ..schema import validate

    shape = validate(proof, "step-proof")
    if not shape.ok:
        return shape.findings[0]["code"]
    record, step = object_in(proof, "record"), object_in(proof, "step")
    whole = validate({**record, "steps": []}, semantics=False)
    if not whole.ok:
        return whole.findings[0]["code"]
    if "steps" in record or "eval" in record:
        return "proof.uncovered"
    return _record_fault(record, step) or _signature_fault(record, batch) or _path_fault(proof, record, step)


def check_step_proof(proof: Mapping[str, object], batch: Optional[BatchEvidence] = None) -> bool:
    """Whether the step of a proof is, as shown, one of a sealed record, and no signature of it is wrong or gone."""
    return step_proof_fault(proof, batch) is None


def _record_fault(record: Mapping[str, object], step: Mapping[str, object]) -> Optional[str]:
    for place in (*places(record), *places_of_step(step, "/step")):
        if private_state(place.kind, place.value) == "broken":
            return "private.state"
    if missing_from_seal(record) is not None:
        return "record.incomplete"
    if record.get("status") in OPEN_STATUSES:
        return "record.open_status"
    if record_hash(record) != object_in(record, "provenance")["record_hash"]:
        return "record.mismatch"
    return None


def _signature_fault(record: Mapping[str, object], batch: Optional[BatchEvidence]) -> Optional[str]:
    provenance = object_in(record, "provenance")
    if is_given(provenance, "signature") and key_of(provenance.get("signed_by")) is None:
        return "signature.key"
    state = signature_state("run", record)
    if state == "fail":
        return "signature.invalid"
    if state != "stripped":
        return None
    held = batch is not None and check_batch_proof(*batch, provenance["record_hash"], provenance["signed_by"])
    return None if held else "signature.stripped"


def _path_fault(proof: Mapping[str, object], record: Mapping[str, object], step: Mapping[str, object]) -> Optional[str]:
    provenance = object_in(record, "provenance")
    hashes = [hashed for hashed in map(digest_bytes, list_in(proof, "path")) if hashed is not None]
    stated = digest_bytes(provenance.get("steps_root"))
    index, count = proof["index"], provenance.get("steps_count")
    if stated is None or len(hashes) != len(list_in(proof, "path")):
        return "proof.path"
    if not isinstance(index, int) or not isinstance(count, int):
        return "proof.path"
    return None if verify_inclusion(step_leaf(step), index, count, hashes, stated) else "proof.path"
