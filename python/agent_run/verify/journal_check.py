"""The check `journal`, and which lines prove an order (spec/journal.md)."""

from __future__ import annotations

from ..journal import Line
from ..schema import plural
from .outcome import Outcome, absent, failed, passed, unclear
from .verification import Verification


def check_journal(v: Verification) -> Outcome:
    """Whether the record is what was written down while the run went on."""
    path = "/provenance/journal_head"
    if v.journal is None or v.journal_check is None:
        return absent("no journal") if v.provenance.get("journal_head") is None else unclear("journal.not_given", path)
    fault = v.journal_check.fault
    if fault is not None:
        return failed(fault.code, fault.path).than(fault.expected, fault.found)
    if v.is_sealed and not _is_bound(v):
        return unclear("journal.unbound", path)
    lines = plural(len(v.journal.lines), "line")
    n = v.journal_check.checkpoint
    return passed(lines if n is None else f"{lines}, signed up to {n}", len(v.journal.lines))


def _head_key(v: Verification) -> str | None:
    """The key of the last head; one that holds has the same in all."""
    heads = v.journal.heads if v.journal is not None else []
    return str(v.journal.lines[heads[-1]].data["signed_by"]) if heads and v.journal is not None else None


def _is_bound(v: Verification) -> bool:
    """Whether a journal that holds is that of a sealed record (AR-JRNL-015)."""
    key = _head_key(v)
    return v.provenance.get("journal_head") is not None or (key is not None and key == v.provenance.get("signed_by"))


def proven_lines(v: Verification) -> list[Line]:
    """The lines of a journal that holds and is bound, as far as they prove an order (AR-APPR-032)."""
    if v.journal is None or v.result("journal") != "pass":
        return []
    if v.is_sealed and v.provenance.get("journal_head") is not None:
        return v.journal.lines
    # Without journal_head only a head speaks for the lines, and only for those before it.
    key = _head_key(v)
    if key is not None and (v.is_sealed or v.keys.counts_now(key, v.run, "runtime", "recorder")):
        return v.journal.lines[: v.journal.heads[-1]]
    return []
