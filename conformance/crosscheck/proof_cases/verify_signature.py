"""Cases about signatures, batches and evals."""

from __future__ import annotations

import hashlib

from agent_run import ed25519
from agent_run.didkey import did_of, spell_signature, signature_of
from agent_run.hashing import document_hash, record_hash, seal_hash, signed_bytes
from agent_run.seal import Json, make_batch, reseal

from .case import case
from .keys import digest_of, key
from .records import base, hash_of, sealed, with_provenance, without

_SEALED = sealed(base())
_TWO = base(id="run_2")


def forged(key_octets: bytes, signature: bytes) -> Json:
    """The record under a key that is none, with a signature that a careless verifier accepts."""
    named = reseal(with_provenance(_SEALED, signed_by=did_of(key_octets), signature=...))
    return with_provenance(named, signature=spell_signature(signature))


def resigned(signature: bytes) -> Json:
    """The record with another signature."""
    return with_provenance(_SEALED, signature=spell_signature(signature))


_BASE_POINT = (4 * pow(5, ed25519.P - 2, ed25519.P) % ed25519.P).to_bytes(32, "little")
_NEUTRAL = (1).to_bytes(32, "little")
_ONE = (1).to_bytes(32, "little")
_RIGHT = signature_of(_SEALED["provenance"]["signature"])
_SPELLED = _SEALED["provenance"]["signature"]


def plus_order() -> bytes:
    """The right signature with S + L in the place of S."""
    s = int.from_bytes(_RIGHT[32:], "little") + ed25519.L
    return _RIGHT[:32] + s.to_bytes(32, "little")


def neutral_commitment() -> bytes:
    """A signature whose R is the neutral point: right by the equation, refused by the rule."""
    scalar = int.from_bytes(hashlib.sha512(key("recorder").seed).digest()[:32], "little") & (2**254 - 8) | 2**254
    message = signed_bytes("run", _SEALED)
    k = int.from_bytes(hashlib.sha512(_NEUTRAL + key("recorder").key + message).digest(), "little") % ed25519.L
    return _NEUTRAL + (k * scalar % ed25519.L).to_bytes(32, "little")


def another_spelling() -> str:
    """The same 64 bytes, with a trailing bit that isn't zero."""
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    return _SPELLED[:85] + alphabet[alphabet.index(_SPELLED[85]) + 1] + "=="


SIGNATURE = [
    case("stripped", "AR-SEAL-012", "signed_by is left, signature is gone.", with_provenance(_SEALED, signature=...)),
    case("stripped_null", "AR-SEAL-012", "A signature of null is none.", with_provenance(_SEALED, signature=None)),
    case(
        "both_stripped",
        "AR-SEAL-011",
        "signed_by is gone as well: it was covered.",
        with_provenance(_SEALED, signature=..., signed_by=...),
    ),
    case(
        "signed_by_missing",
        "AR-SEAL-013",
        "A signature, and nothing says by which key.",
        with_provenance(sealed(base(), None), signature=_SPELLED),
    ),
    case(
        "signed_by_no_key",
        "AR-SEAL-013",
        "signed_by is a web address.",
        with_provenance(
            reseal(with_provenance(_SEALED, signed_by="https://example.org/key", signature=...)), signature=_SPELLED
        ),
    ),
    case(
        "signed_by_spelled_otherwise",
        "AR-SEAL-001",
        "The did:key with its fragment.",
        with_provenance(
            reseal(
                with_provenance(_SEALED, signed_by=key("recorder").did + "#" + key("recorder").did[8:], signature=...)
            ),
            signature=_SPELLED,
        ),
    ),
    case(
        "bit_flipped",
        "AR-SEAL-014",
        "One bit of S is wrong.",
        resigned(_RIGHT[:40] + bytes([_RIGHT[40] ^ 1]) + _RIGHT[41:]),
    ),
    case(
        "other_record",
        "AR-SEAL-014",
        "The signature of another record.",
        resigned(signature_of(sealed(_TWO)["provenance"]["signature"])),
    ),
    case(
        "other_kind",
        "AR-SEAL-004",
        "The key has signed the covered part, as a statement.",
        with_provenance(
            _SEALED,
            signature=key("recorder").sign(
                "statement",
                {**without(_SEALED, "steps"), "provenance": without(_SEALED["provenance"], "record_hash", "signature")},
            ),
        ),
    ),
    case(
        "other_key",
        "AR-SEAL-014",
        "Signed with another key than signed_by names.",
        with_provenance(_SEALED, signature=key("stranger").sign("run", _SEALED)),
    ),
    case(
        "spelling_trailing_bits",
        "AR-SEAL-002",
        "The right bytes, with a trailing bit that isn't zero.",
        with_provenance(_SEALED, signature=another_spelling()),
    ),
    case(
        "spelling_unpadded",
        "AR-SEAL-002",
        "The right bytes without padding.",
        with_provenance(_SEALED, signature=_SPELLED.rstrip("=")),
    ),
    case(
        "spelling_line_break",
        "AR-SEAL-002",
        "The right bytes with a line break.",
        with_provenance(_SEALED, signature=_SPELLED[:76] + "\n" + _SPELLED[76:]),
    ),
    case("s_plus_order", "AR-SEAL-003", "S + L in the place of S.", resigned(plus_order())),
    case(
        "small_order_commitment",
        "AR-SEAL-003",
        "R is the neutral point; the equation holds.",
        resigned(neutral_commitment()),
    ),
    case(
        "small_order_key",
        "AR-SEAL-003",
        "The key is the neutral point: one signature fits every record.",
        forged(_NEUTRAL, _BASE_POINT + _ONE),
    ),
    case(
        "non_canonical_key",
        "AR-SEAL-003",
        "The key is the neutral point, spelled as y + p.",
        forged((1 + ed25519.P).to_bytes(32, "little"), _BASE_POINT + _ONE),
    ),
    case(
        "scheme_0_1",
        "AR-SEAL-015",
        "0.1 never said what a signature is over.",
        without(with_provenance(base(), signed_by="somebody", signature="abc"), "spec_version"),
        level="recorded",
    ),
    case(
        "signed_by_0_1",
        "AR-SEAL-015",
        "signed_by alone says nothing in 0.1.",
        without(with_provenance(base(), signed_by="somebody"), "spec_version"),
        level="recorded",
    ),
    case(
        "unsealed_but_signed",
        "AR-SEAL-009",
        "A signature alone makes a record sealed.",
        with_provenance(
            base(),
            signed_by=key("recorder").did,
            signature=key("recorder").sign("run", with_provenance(base(), signed_by=key("recorder").did)),
        ),
    ),
]

# --- batches ----------------------------------------------------------------------------------------------------------

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

# --- evals ------------------------------------------------------------------------------------------------------------

_JUDGED = {"pass": True, "score": 90, "evaluator": "evaluator@example.org", "at": "2026-11-20T16:00:00Z"}


def _eval(by: str = "evaluator", **members: object) -> Json:
    return key(by).signed("eval", {**_JUDGED, **members})


_OTHER = hash_of(sealed(_TWO))
_OWN = hash_of(_SEALED)

EVALS = [
    case(
        "eval",
        "AR-EVAL-010",
        "An eval of this record by a trusted evaluator.",
        {**_SEALED, "eval": _eval(record_hash=_OWN)},
    ),
    case("eval_beside", "AR-EVAL-010", "The same in the bundle.", _SEALED, evals=[_eval(record_hash=_OWN)]),
    case(
        "eval_of_document",
        "AR-EVAL-012",
        "A record without a seal is named by its document_hash.",
        {**base(), "eval": _eval(document_hash=document_hash(base()))},
        level="recorded",
    ),
    case(
        "eval_unsigned",
        "AR-EVAL-010",
        "An eval without a signature doesn't count.",
        {**_SEALED, "eval": {**_JUDGED, "record_hash": _OWN}},
    ),
    case(
        "eval_signature_wrong",
        "AR-EVAL-011",
        "A score that was changed afterwards.",
        {**_SEALED, "eval": {**_eval(record_hash=_OWN), "score": 100}},
    ),
    case(
        "eval_stripped",
        "AR-EVAL-011",
        "An eval whose signature is gone, signed_by is left.",
        {**_SEALED, "eval": without(_eval(record_hash=_OWN), "signature")},
    ),
    case(
        "eval_other_record_beside",
        "AR-EVAL-012",
        "An eval of another record beside this one doesn't concern it.",
        _SEALED,
        evals=[_eval(record_hash=_OTHER)],
    ),
    case(
        "eval_other_record",
        "AR-EVAL-012",
        "The eval of another record, embedded.",
        {**_SEALED, "eval": _eval(record_hash=_OTHER)},
    ),
    case(
        "eval_other_document",
        "AR-EVAL-012",
        "The eval of another document, embedded.",
        {**base(), "eval": _eval(document_hash=document_hash(_TWO))},
        level="recorded",
    ),
    case(
        "eval_names_nothing", "AR-EVAL-012", "Signed, and it doesn't say what it judges.", {**_SEALED, "eval": _eval()}
    ),
    case(
        "eval_signature_wrong_beside",
        "AR-EVAL-011",
        "Anybody can put an eval beside a record: one with a wrong signature doesn't count, and doesn't fail.",
        _SEALED,
        evals=[{**_eval(record_hash=_OWN), "score": 100}],
    ),
    case(
        "eval_of_no_form_beside",
        "AR-SEAL-019",
        "Rightly signed by a trusted evaluator, and its score is above the highest: it is no eval and says nothing.",
        _SEALED,
        evals=[_eval(record_hash=_OWN, score=101)],
    ),
    case(
        "eval_stripped_beside",
        "AR-EVAL-011",
        "The same of an eval whose signature is gone.",
        _SEALED,
        evals=[without(_eval(record_hash=_OWN), "signature")],
    ),
    case(
        "eval_unsigned_beside",
        "AR-EVAL-010",
        "An unsigned eval beside the record, after one that counts.",
        _SEALED,
        evals=[_eval(record_hash=_OWN), {**_JUDGED, "record_hash": _OWN}],
    ),
    case(
        "eval_two_records_beside",
        "AR-EVAL-012",
        "An eval of a stranger that names this record and another document.",
        _SEALED,
        evals=[_eval("stranger", record_hash=_OWN, document_hash=document_hash(_TWO))],
    ),
    case(
        "eval_wrong_in_and_beside",
        "AR-EVAL-011",
        "The embedded eval is about another record, the one beside is wrongly signed: the first fails.",
        {**_SEALED, "eval": _eval(record_hash=_OTHER)},
        evals=[{**_eval(record_hash=_OWN), "score": 100}],
    ),
    case(
        "eval_untrusted",
        "AR-EVAL-013",
        "Rightly signed by a stranger.",
        {**_SEALED, "eval": _eval("stranger", record_hash=_OWN)},
    ),
    case(
        "eval_other_role",
        "AR-EVAL-013",
        "Rightly signed by a key that may only record.",
        {**_SEALED, "eval": _eval("recorder", record_hash=_OWN)},
    ),
]

if record_hash(_SEALED) != _OWN:
    raise SystemExit("the sealed record is not sealed")
