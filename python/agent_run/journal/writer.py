"""Composing the lines of a journal."""

from __future__ import annotations

import json
from typing import Any, Mapping

from ..digest_text import digest, digest_text
from ..hashes import hash_value, step_leaf
from ..members import without
from ..public_form import PRIVATE_MEMBERS, PrivateKind, places_of_step, public_form
from ..schema import NotJson, plain
from ..signatures import Signer, sign_object
from ..tree import Tree
from .line import KIND_OF, ORIGIN, Line
from .read import Journal
from .rules import head_of
from .shape import is_private, line_fault, start_fault


class JournalWriter:
    """
    Writes the lines of a journal (spec/journal.md). Knows no file and no clock. What its methods return are lines without
    line feed, to be written at once and in order, each followed by one: a chained line and the private lines that belong to
    it. A line takes time that doesn't depend on the length of the journal.

    All of it raises ``ValueError`` for what cannot be a line, and has written nothing then.
    """

    def __init__(self, signer: Signer | None = None, journal: Journal | None = None) -> None:
        """
        :param signer: signs the heads; its key must be the one that ``run.started`` names
        :param journal: one to go on with, after its sound part, to which the file must be cut first
            (``journal.sound_octets``); the first line then is :meth:`resume`
        :raises ValueError: if that journal has no sound beginning, or ends with a seal
        """
        self._signer = signer
        self._tree = Tree()
        self._before: Line | None = None
        self._start: dict[str, Any] | None = None
        self._is_sealed = False
        self._cut_off = 0
        if journal is not None:
            self._continue(journal)

    def _continue(self, journal: Journal) -> None:
        lines = journal.lines[: journal.sound_lines]
        if not lines:
            raise ValueError("the journal has no sound beginning to go on from")
        if any(line.type == "run.sealed" for line in lines):
            raise ValueError("the journal is sealed; a new run needs a new one")
        for leaf in journal.leaves[: sum(1 for line in lines if line.type == "step.ended")]:
            self._tree.append(leaf)
        self._before, self._start = lines[-1], lines[0].data
        self._cut_off = journal.octets - journal.sound_octets

    @property
    def seq(self) -> int:
        """Number of the next chained line."""
        return 0 if self._before is None else self._before.seq + 1

    @property
    def head(self) -> str:
        """Digest of the last chained line: ``journal_head`` of a record that is sealed now. 64 zeros before the first."""
        return ORIGIN if self._before is None else self._before.digest

    @property
    def steps(self) -> tuple[int, str]:
        """Number and root of the steps that ended."""
        return self._tree.size, digest_text(self._tree.root())

    def append(self, type_: str, at: str, data: Mapping[str, Any]) -> list[str]:
        """
        Adds an event.

        :param at: its time, RFC 3339
        :param data: the whole object: private members and salt go to private lines by themselves
        """
        if type_ in ("head", "run.resumed", "run.sealed"):
            raise ValueError(f"a line of type {type_} has a method of its own")
        return self._add(type_, at, data)

    def sign_head(self, at: str) -> list[str]:
        """Adds a signed head over everything so far (AR-JRNL-005 to AR-JRNL-007)."""
        key = _provenance(self._start or {}).get("signed_by")
        if self._signer is None or self._before is None or self._start is None or key != self._signer.did:
            raise ValueError("a head is signed by the key that run.started names in provenance.signed_by")
        head = {**head_of(self._start, self._before, self._tree), "at": at}
        return self._add("head", at, sign_object("head", head, self._signer))

    def resume(self, at: str) -> list[str]:
        """
        Says that the run goes on: after a pause, or where another writer stopped, and how many octets were cut off then
        (AR-JRNL-010).
        """
        if self._before is None:
            raise ValueError("there is no journal to go on with")
        data = {"seq": self._before.seq, "head": self._before.digest, "discarded": {"octets": self._cut_off}}
        lines = self._add("run.resumed", at, data)
        self._cut_off = 0
        return lines

    def seal(self, at: str, record: Mapping[str, Any]) -> list[str]:
        """Adds the sealed record: the last chained line. Its ``journal_head`` is :attr:`head` before the call."""
        return self._add("run.sealed", at, without(public_form("run", record), "steps", "eval"))

    def _add(self, type_: str, at: str, given: Mapping[str, Any]) -> list[str]:
        if self._is_sealed:
            raise ValueError("the journal is sealed; nothing can follow")
        line = {"seq": self.seq, "prev": self.head, "at": at, "type": type_, "data": given}
        try:
            line = plain(line)
        except NotJson as fault:
            raise ValueError(f"this cannot be a line of a journal: {fault}, the line around it included") from None
        data: dict[str, Any] = line["data"]
        private = []
        kind = KIND_OF.get(type_)
        if kind is not None and type_ != "run.sealed":
            private = _private_lines(kind, data)
            line["data"] = public_form(kind, data)
        found = line_fault(line)
        if found is not None:
            raise ValueError(f"this cannot be a line of a journal: found {found}")
        self._begin(type_, line["data"])
        text = _text(line)
        if type_ == "step.ended":
            self._tree.append(step_leaf(line["data"]))
        self._is_sealed = type_ == "run.sealed"
        octets = text.encode("utf-8")
        self._before = Line(0, 0, line["seq"], line["prev"], at, type_, line["data"], digest(octets))
        return [text, *(_text(each) for each in private)]

    def _begin(self, type_: str, data: dict[str, Any]) -> None:
        """Refuses a journal that begins with something else than a run, or twice."""
        if self._start is not None:
            if type_ == "run.started":
                raise ValueError("the run has started already")
            return
        if type_ != "run.started":
            raise ValueError("a journal begins with run.started")
        fault = start_fault(data)
        if fault is not None:
            place = fault.path or "its data"
            raise ValueError(f"run.started is at fault at {place}: found {fault.found}, expected {fault.expected}")
        self._start = data


def _provenance(start: dict[str, Any]) -> dict[str, Any]:
    provenance = start.get("provenance")
    return provenance if isinstance(provenance, dict) else {}


def _text(line: dict[str, Any]) -> str:
    return json.dumps(line, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def _private_lines(kind: PrivateKind, value: dict[str, Any]) -> list[dict[str, Any]]:
    """The lines that make an object whole again, those of its side effects last."""
    places = [(each.kind, each.value) for each in places_of_step(value, "")] if kind == "step" else [(kind, value)]
    lines = []
    for each, members in places:
        hidden = ("salt", *PRIVATE_MEMBERS[each])
        private = {name: member for name, member in members.items() if name in hidden}
        stated = members.get("private_hash")
        if not isinstance(stated, str) or not private:
            continue
        line = {"private": stated, **private}
        if not is_private(line) or hash_value("private", private) != stated:
            raise ValueError(f"private_hash of the {each} is not the hash of its salt and private members")
        lines.append(line)
    return lines
