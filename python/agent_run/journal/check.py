"""Whether a journal holds, alone or beside a record (AR-JRNL-001 to AR-JRNL-012, AR-JRNL-014)."""

from __future__ import annotations

from typing import Any, NamedTuple

from ..members import without
from ..public_form import public_form
from ..semantics import Thing, is_going_on
from .difference import first_difference
from .fold import fold
from .line import SEAL_MEMBERS, JournalFault
from .read import Journal, read_journal


class JournalCheck(NamedTuple):
    """How a journal comes out."""

    #: Whether nothing is wrong with it.
    ok: bool
    #: What is wrong first.
    fault: JournalFault | None
    #: ``seq`` of the line that the last signed head speaks for: nothing up to there was changed. ``None`` without one.
    checkpoint: int | None
    #: Whether bytes follow the last line feed: what a crash left of a line. No fault.
    torn: bool


def check(journal: Journal | bytes | str, run: dict[str, Any] | None = None) -> JournalCheck:
    """
    Looks at a journal: its lines, its chain, its heads, its private lines, and whether it gives what its ``run.sealed``
    and the record beside it say. Never raises for content.

    :param journal: the bytes or text of the file, or what :func:`read_journal` made of it
    :param run: the record beside it, one that the schemas accept
    """
    read = journal if isinstance(journal, Journal) else read_journal(journal)
    fault = read.faults[0] if read.faults else _fold_fault(read, run) or _end_fault(read, run)
    heads = read.heads
    checkpoint = read.lines[heads[-1]].data["seq"] if heads and fault is None else None
    return JournalCheck(fault is None, fault, checkpoint, read.torn > 0)


def _fold_fault(journal: Journal, run: dict[str, Any] | None) -> JournalFault | None:
    """Where the fold isn't what run.sealed or the record says (AR-JRNL-011)."""
    seen: set[str] = set()
    for at, step in enumerate(journal.of("step.ended")):
        if step["id"] in seen:
            return JournalFault("journal.fold", f"/steps/{at}", "a step to end once", "a step that had ended")
        seen.add(step["id"])
    folded = public_form("run", fold(journal, live=run is not None and is_going_on(Thing(run))) or {})
    sealed = journal.sealed
    if sealed is not None:
        difference = first_difference(without(folded, "steps"), sealed, "run")
        if difference is not None:
            return JournalFault("journal.fold", *difference)
    if run is None:
        return None
    compared = without(public_form("run", run), "eval")
    if sealed is None:
        compared["provenance"] = _without_seal(run["provenance"], journal.lines[0].data["provenance"])
    difference = first_difference(folded, compared, "run")
    return None if difference is None else JournalFault("journal.fold", *difference)


def _without_seal(provenance: dict[str, Any], started: dict[str, Any]) -> dict[str, Any]:
    """A provenance without the members of a seal, and without the key if the run's start names it or none."""
    bare = without(provenance, *SEAL_MEMBERS)
    if started.get("signed_by") in (None, bare.get("signed_by")):
        bare.pop("signed_by", None)
    return bare


def _end_fault(journal: Journal, run: dict[str, Any] | None) -> JournalFault | None:
    """Whether journal_head isn't the end of the journal (AR-JRNL-012)."""
    sealed = journal.sealed
    record = run if run is not None else sealed
    end = len(journal.lines) - (1 if sealed is None else 2)
    provenance = (record or {}).get("provenance")
    stated = provenance.get("journal_head") if isinstance(provenance, dict) else None
    found = journal.lines[end].digest if end >= 0 else "no line"
    if stated is None or stated == found:
        return None
    return JournalFault(
        "journal.head", "/provenance/journal_head", found, stated if isinstance(stated, str) else "no digest"
    )
