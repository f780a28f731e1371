"""Rules about private members, previews and an embedded eval (spec/privacy.md, spec/evaluation.md)."""

from __future__ import annotations

from typing import Iterator

from ..public_form import PRIVATE_MEMBERS
from .record import Record
from .rule import ERROR, WARNING, Rule

_LONGEST_PREVIEW = 2000


def salt_alone(record: Record) -> Iterator[str]:
    """A salt without the hash that it is for."""
    for each in record.erasables:
        if each.value.get("salt") is not None and each.value.get("private_hash") is None:
            yield f"{each.path}/salt"


def private_partial(record: Record) -> Iterator[str]:
    """An erased object still has private members."""
    for each in record.erasables:
        is_erased = each.value.get("private_hash") is not None and each.value.get("salt") is None
        if is_erased and any(member in each.value for member in PRIVATE_MEMBERS[each.kind]):
            yield each.path


def preview_too_long(record: Record) -> Iterator[str]:
    """A preview is longer than 2000 code points."""
    for each in record.spans:
        for member in ("input_preview", "output_preview"):
            if len(each.text(member) or "") > _LONGEST_PREVIEW:
                yield f"{each.path}/{member}"


def eval_other_run(record: Record) -> Iterator[str]:
    """The eval inside the record is about another run."""
    stated = record.run.part("eval").get("run_id")
    if stated is not None and stated != record.run.get("id"):
        yield "/eval/run_id"


def eval_other_record(record: Record) -> Iterator[str]:
    """The eval inside the record is about another record."""
    stated = record.run.part("eval").get("record_hash")
    if stated is not None and stated != record.run.part("provenance").get("record_hash"):
        yield "/eval/record_hash"


PRIVACY_RULES = (
    Rule("private.salt_alone", ERROR, salt_alone),
    Rule("private.partial", ERROR, private_partial),
    Rule("preview.too_long", WARNING, preview_too_long),
    Rule("eval.other_run", ERROR, eval_other_run),
    Rule("eval.other_record", ERROR, eval_other_record),
)
