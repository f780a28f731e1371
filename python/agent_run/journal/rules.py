"""What can be wrong with the lines of a journal (spec/journal.md, How the check journal comes out)."""

from __future__ import annotations

from typing import Any, Iterator

from ..digest_text import digest_text
from ..signatures import verify_object
from ..tree import Tree
from .line import ORIGIN, JournalFault, Line
from .read import Journal
from .shape import start_fault

#: Codes in the order in which failures are looked for.
ORDER = (
    "journal.line",
    "journal.seq",
    "journal.chain",
    "journal.start",
    "journal.head_key",
    "journal.head_signature",
    "journal.head_mismatch",
    "journal.private",
    "journal.after_seal",
    "journal.discarded",
)


def line_faults(journal: Journal) -> list[JournalFault]:
    """All that is wrong with the lines of a journal, row by row and within a row line by line."""
    faults = [journal.line_fault] if journal.line_fault is not None else []
    if not journal.lines and not faults:
        faults.append(JournalFault("journal.start", "", "a run.started", "no chained line"))
    faults += _chain(journal)
    faults += _private(journal)
    return sorted(faults, key=lambda fault: ORDER.index(fault.code))


def _chain(journal: Journal) -> Iterator[JournalFault]:
    """The chained lines, each beside those before it."""
    tree = Tree()
    leaves = iter(journal.leaves)
    before: Line | None = None
    is_sealed = False
    for line in journal.lines:
        yield from _place(line, before)
        yield from _start(line, before)
        if is_sealed:
            yield _fault("journal.after_seal", line, "", "the end of the journal after run.sealed", "another line")
        if line.type == "head" and before is not None:
            yield from _head(line, before, journal.lines[0].data, tree)
        if line.type == "run.resumed":
            yield from _resumed(line, before)
        if line.type == "step.ended":
            tree.append(next(leaves))
        is_sealed = is_sealed or line.type == "run.sealed"
        before = line


def _fault(code: str, line: Line, member: str, expected: str, found: str) -> JournalFault:
    return JournalFault(code, f"/{line.number}{member}", expected, found, line.number)


def _place(line: Line, before: Line | None) -> Iterator[JournalFault]:
    """The number and the chain. After a wrong one, reading goes on from what was found."""
    seq = 0 if before is None else before.seq + 1
    if line.seq != seq:
        yield _fault("journal.seq", line, "/seq", str(seq), str(line.seq))
    prev = ORIGIN if before is None else before.digest
    if line.prev != prev:
        yield _fault("journal.chain", line, "/prev", prev, line.prev)


def _start(line: Line, before: Line | None) -> Iterator[JournalFault]:
    if before is not None:
        if line.type == "run.started":
            yield _fault("journal.start", line, "/type", "one run.started", "a second one")
    elif line.type != "run.started":
        yield _fault("journal.start", line, "/type", "run.started", "another type")
    else:
        fault = start_fault(line.data)
        if fault is not None:
            yield _fault("journal.start", line, f"/data{fault.path}", fault.expected, fault.found)


def _head(line: Line, before: Line, start: dict[str, Any], tree: Tree) -> Iterator[JournalFault]:
    head = line.data
    provenance = _object(start.get("provenance"))
    key = provenance.get("signed_by")
    if head.get("signed_by") != key:
        expected = key if isinstance(key, str) else "no head, as run.started names no key"
        yield _fault("journal.head_key", line, "/data/signed_by", expected, str(head.get("signed_by")))
    if not verify_object("head", head):
        yield _fault("journal.head_signature", line, "/data/signature", "a right signature of this head", "another one")
    for member, value in head_of(start, before, tree).items():
        if head.get(member) != value:
            expected, found = "what the lines before it say", "something else"
            yield _fault("journal.head_mismatch", line, f"/data/{member}", expected, found)
            return


def head_of(start: dict[str, Any], before: Line, tree: Tree) -> dict[str, Any]:
    """What a head says of the lines before it (AR-JRNL-007). :param start: the data of ``run.started``"""
    return {
        "run_id": start.get("id"),
        "nonce": _object(start.get("provenance")).get("nonce"),
        "seq": before.seq,
        "head": before.digest,
        "steps_count": tree.size,
        "steps_root": digest_text(tree.root()),
    }


def _resumed(line: Line, before: Line | None) -> Iterator[JournalFault]:
    code, data = "journal.discarded", line.data
    if before is None or not is_whole(data.get("seq")) or data["seq"] != before.seq:
        yield _fault(code, line, "/data/seq", "the number of the line before", "something else")
    elif data.get("head") != before.digest:
        yield _fault(code, line, "/data/head", before.digest, "something else")
    elif not is_whole(_object(data.get("discarded")).get("octets")):
        yield _fault(code, line, "/data/discarded", "how many octets were discarded", "something else")


def is_whole(value: Any) -> bool:
    """Whether a value is a whole number, 0 or more."""
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def _private(journal: Journal) -> Iterator[JournalFault]:
    """Private lines that the chain doesn't know, or that aren't what it knows (AR-JRNL-008)."""
    known: set[str] = set()
    for line in journal.lines:
        _collect(line.data, known)
    for each in journal.private:
        # Where the reading ended early, nobody knows what the rest of the chain knows.
        is_known = each.private in known or journal.line_fault is not None
        if not is_known or each.number in journal.broken:
            expected, found = "the private members of an object of the chain", "others"
            yield JournalFault("journal.private", f"/{each.number}", expected, found, each.number)


def _collect(value: Any, known: set[str]) -> None:
    """Every ``private_hash`` that stands anywhere in a value."""
    if isinstance(value, dict):
        stated = value.get("private_hash")
        if isinstance(stated, str):
            known.add(stated)
        for member in value.values():
            _collect(member, known)
    elif isinstance(value, list):
        for item in value:
            _collect(item, known)


def _object(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}
