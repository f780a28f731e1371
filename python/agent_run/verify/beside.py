"""The checks of what came later: evals and erasures (spec/evaluation.md, spec/privacy.md)."""

from __future__ import annotations

from typing import Callable, Optional

from ..public_form import places, private_state
from ..schema import plural
from ..semantics import Thing
from ..signatures import verify_object
from .outcome import Fault, Outcome, absent, failed, passed, unclear
from .verification import Verification

_Finder = Callable[[Verification, Thing], Optional[Fault]]


def check_evals(v: Verification) -> Outcome:
    """Whether the judgements are about this record, by evaluators who are trusted."""
    inside = [v.thing.part("eval")] if v.thing.holds("eval") else []
    hashes = (v.provenance.get("record_hash"), v.record_hash if v.is_sealed else None)
    beside = [Thing(each) for each in v.evidence.evals_of(hashes, v.document_hash)] if v.evidence.evals else []
    if not inside and not beside:
        return absent("none")
    # What is wrong with an eval inside the record fails; anybody can put one beside it.
    fault = _first(v, inside, (_wrong, _other))
    if fault is not None:
        return failed(*fault)
    fault = _first(v, [*inside, *beside], (_wrong, _other, _unsigned, _untrusted))
    if fault is not None:
        return unclear(*fault)
    count = len(inside) + len(beside)
    return passed(f"{plural(count, 'eval')} by trusted evaluators, about this record", 2 * count)


def _first(v: Verification, evals: list[Thing], finders: tuple[_Finder, ...]) -> Fault | None:
    """What the first of some finders finds that finds anything."""
    found = (find(v, each) for find in finders for each in evals)
    return next((fault for fault in found if fault is not None), None)


def _wrong(v: Verification, each: Thing) -> Fault | None:
    is_claimed = each.known("signature") or each.known("signed_by")
    if is_claimed and not verify_object("eval", each.value):
        return Fault("evals.signature", f"{each.path}/signature")
    return None


def _other(v: Verification, each: Thing) -> Fault | None:
    """Where an eval names another record, or lacks the name of this one though it is signed."""
    record, document = each.get("record_hash"), each.get("document_hash")
    code = "evals.other_record"
    if record is not None and (not v.is_sealed or record != v.record_hash):
        return Fault(code, f"{each.path}/record_hash")
    if document is not None and document != v.document_hash:
        return Fault(code, f"{each.path}/document_hash")
    if record is None and document is None and each.known("signature"):
        return Fault(code, f"{each.path}/{'record_hash' if v.is_sealed else 'document_hash'}")
    return None


def _unsigned(v: Verification, each: Thing) -> Fault | None:
    return None if each.known("signature") else Fault("evals.unsigned", each.path)


def _untrusted(v: Verification, each: Thing) -> Fault | None:
    if v.keys.counts_now(each.get("signed_by"), v.run, "evaluator"):
        return None
    return Fault("evals.untrusted_key", f"{each.path}/signed_by")


def check_erasures(v: Verification) -> Outcome:
    """Whether somebody answers for what was erased."""
    tombstones = v.evidence.about(v.record_hash, "tombstone") if v.is_sealed else []
    counting = [
        each
        for each in tombstones
        if v.keys.counts_now(each.get("signed_by"), v.run, "recorder", "server") and v.evidence.is_signed(each)
    ]
    attested = {
        hashed
        for each in counting
        for hashed in Thing(each).part("body").items("private_hashes")
        if isinstance(hashed, str)
    }
    erased = [place for place in places(v.run) if private_state(place.kind, place.value) == "erased"]
    for place in erased:
        if place.value["private_hash"] not in attested:
            return unclear("erasures.unattested", place.path)
    if not erased and not counting:
        return absent("nothing is erased")
    detail = f"{plural(len(erased), 'object')} erased, {plural(len(counting), 'tombstone')}"
    return passed(detail, len(erased) + len(counting))
