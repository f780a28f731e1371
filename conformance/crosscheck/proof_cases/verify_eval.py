"""Cases about evals."""

from __future__ import annotations

from agent_run.hashing import document_hash, record_hash
from agent_run.seal import Json

from .case import case
from .keys import key
from .records import base, hash_of, sealed, without

_SEALED = sealed(base())
_TWO = base(id="run_2")
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
