"""Rules about private members, previews and an embedded eval (spec/privacy.md, spec/evaluation.md)."""

from __future__ import annotations

from typing import Iterator

from ..public_form import PRIVATE_MEMBERS
from ..schema.wording import quote
from .record import Record
from .rule import ERROR, WARNING, Case, Rule

_LONGEST_PREVIEW = 2000


def salt_alone(record: Record) -> Iterator[Case]:
    """A salt without the hash that it is for."""
    for each in record.erasables:
        if each.value.get("salt") is not None and each.value.get("private_hash") is None:
            message = "salt is given without private_hash; expected both or neither"
            yield Case(f"{each.path}/salt", message)


def private_partial(record: Record) -> Iterator[Case]:
    """An erased object still has private members."""
    for each in record.erasables:
        is_erased = each.value.get("private_hash") is not None and each.value.get("salt") is None
        left = next((member for member in PRIVATE_MEMBERS[each.kind] if member in each.value), None)
        if is_erased and left is not None:
            found = f"{left} is given, private_hash too and salt is not"
            yield Case(each.path, f"{found}; expected salt, or no private member")


def preview_too_long(record: Record) -> Iterator[Case]:
    """A preview is longer than 2000 code points."""
    for each in record.spans:
        for member in ("input_preview", "output_preview"):
            length = len(each.text(member) or "")
            if length > _LONGEST_PREVIEW:
                message = f"{member} has {length} code points; expected at most {_LONGEST_PREVIEW}"
                yield Case(f"{each.path}/{member}", message)


def eval_other_run(record: Record) -> Iterator[Case]:
    """The eval inside the record is about another run."""
    stated = record.run.part("eval").text("run_id")
    if stated is not None and stated != record.run.get("id"):
        yield Case("/eval/run_id", f"the eval is about {quote(stated)}; expected the id of this run")


def eval_other_record(record: Record) -> Iterator[Case]:
    """The eval inside the record is about another record."""
    stated = record.run.part("eval").get("record_hash")
    own = record.run.part("provenance").text("record_hash")
    if stated is not None and stated != own:
        expected = "document_hash, as this one is not sealed" if own is None else "the record_hash in provenance"
        yield Case("/eval/record_hash", f"the eval is about another record; expected {expected}")


PRIVACY_RULES = (
    Rule("private.salt_alone", ERROR, salt_alone),
    Rule("private.partial", ERROR, private_partial),
    Rule("preview.too_long", WARNING, preview_too_long),
    Rule("eval.other_run", ERROR, eval_other_run),
    Rule("eval.other_record", ERROR, eval_other_record),
)
