"""Sealing a finished run (spec/seal.md)."""

from secrets import token_hex
from typing import Any, Dict, Mapping, Optional

from ..covered import signed_bytes
from ..digest_text import digest
from ..ed25519 import Signer
from ..errors import SealError
from ..hashes import run_hash
from ..keys import signature_text
from ..members import is_given, object_in, objects_in, without
from ..public_form import places, private_state
from .sealed import OPEN_STATUSES, is_sealed
from .steps_root import steps_root


def seal(
    run: Mapping[str, object],
    signer: Optional[Signer] = None,
    at: str = "",
    journal_head: Optional[str] = None,
    *,
    signed_by: Optional[str] = None,
) -> Dict[str, object]:
    """Seals a finished run: a new record with everything that a sealed one has (AR-SEAL-004 to AR-SEAL-010).

    What it refuses would never verify, and a sealed record cannot be mended.

    :param signer: who signs; without one the record is sealed by its hash only
    :param at: when, RFC 3339, by the sealer's clock
    :param journal_head: digest of the journal's last line before the seal, where the run has a journal
    :param signed_by: the did:key of a batch statement that signs this record later, instead of ``signer``
    :raises SealError: ``seal.already_sealed``, ``seal.version`` without ``spec_version``, ``seal.open_status``,
        ``seal.eval`` for an embedded eval that would be about another record, ``seal.other_key``, ``seal.invalid``
    """
    if is_sealed(run):
        raise SealError("seal.already_sealed", "found a sealed record; expected one that is not")
    if not is_given(run, "spec_version"):
        raise SealError("seal.version", 'found no spec_version; expected "1.0", as a 0.1 record cannot be sealed')
    if run.get("status") in OPEN_STATUSES:
        raise SealError("seal.open_status", "found a run that is not over; expected a terminal status")
    if is_given(object_in(run, "eval"), "document_hash"):
        raise SealError("seal.eval", "found an eval that names the record by document_hash, which sealing changes")
    key = _key(run, signer, signed_by)

    tree = steps_root(step for _, step in objects_in(run, "steps"))
    provenance = without(object_in(run, "provenance"), "signed_by", "signature")
    provenance["run_hash"] = run_hash(run)
    provenance.setdefault("nonce", token_hex(16))
    provenance.update(steps_count=tree.size, steps_root=tree.root)
    if journal_head is not None:
        provenance["journal_head"] = journal_head
    provenance["sealed_at"] = at
    if key is not None:
        provenance["signed_by"] = key
    sealed = _valid({**run, "provenance": provenance})
    signed = signed_bytes("run", sealed)
    sealed["provenance"]["record_hash"] = digest(signed)
    if signer is not None:
        sealed["provenance"]["signature"] = signature_text(signer.sign(signed))
    return sealed


def _key(run: Mapping[str, object], signer: Optional[Signer], signed_by: Optional[str]) -> Optional[str]:
    if signer is not None and signed_by not in (None, signer.did):
        raise ValueError("signed_by names another key than the signer")
    key = signer.did if signer is not None else signed_by
    if object_in(run, "provenance").get("signed_by") not in (None, key):
        raise SealError("seal.other_key", "found a record that names a key in signed_by; expected that key to sign it")
    return key


def _valid(run: Mapping[str, object]) -> Dict[str, Any]:
    """A copy of a record that is valid: nobody who still holds a part of the run can change what was sealed."""
    # Validation reads hashes; imported here, so that whoever only hashes does not load the schemas.
    from ..schema import validate

    report = validate(run)
    for finding in report.findings:
        if finding["severity"] == "error":
            raise SealError("seal.invalid", f"found an invalid record: {finding['message']}", finding["path"])
    for place in places(run):
        if private_state(place.kind, place.value) == "broken":
            raise SealError("seal.invalid", "found private members that private_hash does not match", place.path)
    copy: Dict[str, Any] = report.value
    return copy
