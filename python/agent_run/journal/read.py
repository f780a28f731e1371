"""Reading a journal: its lines, its chain, and the steps that ended (AR-JRNL-001)."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from ..digest_text import digest
from ..hashes import hash_value, step_leaf
from ..read import Octets, ReadError, octets_of, read
from .line import JournalFault, Line, PrivateLine
from .shape import is_private, line_fault


class Journal:
    """What was read of a journal, up to the first line that is none."""

    def __init__(self, octets: int) -> None:
        """:param octets: size of the file"""
        #: The chained lines.
        self.lines: list[Line] = []
        #: The private lines.
        self.private: list[PrivateLine] = []
        #: Size of the file in bytes, and how many of them follow the last line feed: a torn line is ignored.
        self.octets = octets
        self.torn = 0
        #: The line that ended the reading.
        self.line_fault: JournalFault | None = None
        # Offset of the line that ended the reading, or else the end of the last line.
        self._end = 0

    @cached_property
    def leaves(self) -> list[bytes]:
        """The hashes of the steps that ended, in the order of their lines."""
        return [step_leaf(line.data) for line in self.lines if line.type == "step.ended"]

    @cached_property
    def broken(self) -> set[int]:
        """Numbers of the private lines that aren't what they say."""
        return {each.number for each in self.private if hash_value("private", each.members) != each.private}

    @cached_property
    def whole(self) -> dict[str, dict[str, Any]]:
        """Salt and private members by ``private_hash``, of the private lines that are what they say."""
        return {each.private: each.members for each in self.private if each.number not in self.broken}

    @cached_property
    def faults(self) -> list[JournalFault]:
        """
        All that is wrong with the lines, in the order in which failures are looked for: row by row of the table in
        spec/journal.md, and within a row line by line. What the fold gives is not looked at.
        """
        from .rules import line_faults

        return line_faults(self)

    @property
    def sound_lines(self) -> int:
        """Number of chained lines before the first line that is at fault."""
        first = self._first_fault
        return sum(1 for line in self.lines if line.number < first)

    @property
    def sound_octets(self) -> int:
        """Size of the file up to the first line that is at fault: cut there, the journal can be gone on with."""
        if not self.faults:
            return self.octets - self.torn
        first = self._first_fault
        places = [(line.number, line.octet) for line in self.lines]
        places += [(line.number, line.octet) for line in self.private]
        return next((octet for number, octet in places if number == first), self._end)

    @property
    def _first_fault(self) -> float:
        """Number of the first line at fault, in the order of the file; beyond all lines if there is none."""
        return min((fault.number or 0 for fault in self.faults), default=float("inf"))

    def of(self, type_: str) -> list[dict[str, Any]]:
        """The data of the chained lines of a type."""
        return [line.data for line in self.lines if line.type == type_]

    @property
    def heads(self) -> list[int]:
        """The places of the heads among the chained lines."""
        return [at for at, line in enumerate(self.lines) if line.type == "head"]

    @property
    def sealed(self) -> dict[str, Any] | None:
        """The data of ``run.sealed``, which is the last chained line of a sound journal that has one."""
        return self.lines[-1].data if self.lines and self.lines[-1].type == "run.sealed" else None


def read_journal(data: Octets | str) -> Journal:
    """
    Reads the lines of a journal. Never raises for content: the first line that is none is in ``line_fault``, and nothing
    after it was read.

    :param data: the bytes of the file, or its text
    :raises TypeError: for anything else
    """
    octets = octets_of(data)
    journal = Journal(len(octets))
    lines = octets.split(b"\n")
    journal.torn = len(lines.pop())
    at = 0
    for number, line in enumerate(lines):
        journal._end = at
        fault = _take(journal, number, at, line)
        if fault is not None:
            journal.line_fault = JournalFault("journal.line", f"/{number}", "a line of a journal", fault, number)
            return journal
        at += len(line) + 1
    journal._end = at
    return journal


def _take(journal: Journal, number: int, octet: int, line: bytes) -> str | None:
    """Adds a line to a journal, or says in words why it is none."""
    try:
        value = read(line)
    except ReadError as refused:
        return f"{refused.code} in it"
    if isinstance(value, dict) and is_private(value):
        members = {name: member for name, member in value.items() if name != "private"}
        journal.private.append(PrivateLine(number, octet, str(value["private"]), members))
        return None
    fault = line_fault(value)
    if fault is None and isinstance(value, dict):
        chained: dict[str, Any] = value
        journal.lines.append(
            Line(
                number,
                octet,
                chained["seq"],
                chained["prev"],
                chained["at"],
                chained["type"],
                chained["data"],
                digest(line),
            )
        )
    return fault
