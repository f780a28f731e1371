"""Cases about batches: records without a signature of their own."""

from __future__ import annotations

from agent_run.hashing import seal_hash
from agent_run.seal import Json, make_batch, reseal

from .case import case
from .keys import digest_of, key
from .records import base, hash_of, sealed, with_provenance, without

_NAMED = [reseal(with_provenance(sealed(base(id=f"run_{n}"), None), signed_by=key("recorder").did)) for n in (1, 2, 3)]
_BATCH, _PROOFS = make_batch(_NAMED, key("recorder"), "2026-11-20T15:00:00Z")
_BY_STRANGER, _STRANGE = make_batch(_NAMED, key("stranger"), "2026-11-20T15:00:00Z")


def _batch(**body: object) -> Json:
    """The batch statement with another body, rightly signed."""
    unsigned = without(_BATCH, "signed_by", "signature")
    return key("recorder").signed("statement", {**unsigned, "body": {**_BATCH["body"], **body}})


def _proof(statement: Json, **members: object) -> Json:
    return {**_PROOFS[1], "statement": seal_hash("statement", statement), **members}


_SHORT = _batch(count=1)
_NOT_BATCH = key("recorder").signed(
    "statement", {**without(_BATCH, "signed_by", "signature"), "kind": "countersignature"}
)
_UNSIGNED = {**_BATCH, "signature": _BY_STRANGER["signature"]}
_REQ = "AR-SEAL-017"

BATCH = [
    case(
        "batch",
        _REQ,
        "No signature of its own, and a batch that covers it.",
        _NAMED[1],
        statements=[_BATCH],
        proofs=[_PROOFS[1]],
    ),
    case(
        "batch_beside_signature",
        _REQ,
        "A signature, and a batch that covers the record as well.",
        with_provenance(_NAMED[1], signature=key("recorder").sign("run", _NAMED[1])),
        statements=[_BATCH],
        proofs=[_PROOFS[1]],
    ),
    case("batch_proof_missing", "AR-SEAL-012", "The statement alone covers nothing.", _NAMED[1], statements=[_BATCH]),
    case("batch_statement_missing", _REQ, "A proof whose statement isn't given.", _NAMED[1], proofs=[_PROOFS[1]]),
    case(
        "batch_proof_of_another",
        "AR-SEAL-012",
        "The proof of another record.",
        _NAMED[1],
        statements=[_BATCH],
        proofs=[_PROOFS[2]],
    ),
    case(
        "batch_index_wrong", _REQ, "Another index.", _NAMED[1], statements=[_BATCH], proofs=[{**_PROOFS[1], "index": 0}]
    ),
    case(
        "batch_path_short",
        _REQ,
        "A path that lacks a node.",
        _NAMED[1],
        statements=[_BATCH],
        proofs=[{**_PROOFS[1], "path": _PROOFS[1]["path"][:-1]}],
    ),
    case(
        "batch_path_long",
        _REQ,
        "A path with a node too many.",
        _NAMED[1],
        statements=[_BATCH],
        proofs=[{**_PROOFS[1], "path": [*_PROOFS[1]["path"], digest_of("node")]}],
    ),
    case(
        "batch_count_small",
        _REQ,
        "An index at the count of the batch.",
        _NAMED[1],
        statements=[_SHORT],
        proofs=[_proof(_SHORT)],
    ),
    case(
        "batch_other_key",
        _REQ,
        "A batch by another key than signed_by.",
        _NAMED[1],
        statements=[_BY_STRANGER],
        proofs=[_STRANGE[1]],
    ),
    case(
        "batch_signature_wrong",
        _REQ,
        "A batch statement that isn't rightly signed.",
        _NAMED[1],
        statements=[_UNSIGNED],
        proofs=[_PROOFS[1]],
    ),
    case(
        "batch_other_kind",
        _REQ,
        "A statement of another kind with the body of a batch.",
        _NAMED[1],
        statements=[_NOT_BATCH],
        proofs=[_proof(_NOT_BATCH)],
    ),
    case(
        "batch_record_changed",
        _REQ,
        "The batch covers the record as it was.",
        {**_NAMED[1], "outcome": "partial"},
        statements=[_BATCH],
        proofs=[_PROOFS[1]],
    ),
    case(
        "batch_record_hash_changed",
        _REQ,
        "The signature is right, record_hash is that of another record, and so is the proof.",
        with_provenance(
            _NAMED[1],
            signature=key("recorder").sign("run", _NAMED[1]),
            record_hash=hash_of(_NAMED[2]),
        ),
        statements=[_BATCH],
        proofs=[_PROOFS[2]],
    ),
    case(
        "batch_broken_beside_good",
        _REQ,
        "One proof holds, another that names this record doesn't: anybody can write one.",
        _NAMED[1],
        statements=[_BATCH],
        proofs=[_PROOFS[1], {**_PROOFS[1], "index": 0}],
    ),
    case(
        "batch_broken_beside_signature",
        _REQ,
        "The signature is right; a proof that doesn't hold changes nothing.",
        with_provenance(_NAMED[1], signature=key("recorder").sign("run", _NAMED[1])),
        statements=[_BATCH],
        proofs=[{**_PROOFS[1], "index": 0}],
    ),
]
