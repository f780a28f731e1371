"""Removing private lines (AR-JRNL-008, spec/privacy.md)."""

from __future__ import annotations

from typing import Any, Iterable, NamedTuple

from .line import KIND_OF
from .read import Journal, read_journal


class ErasedJournal(NamedTuple):
    """A journal without the private members of some objects."""

    data: bytes
    #: Hashes whose private lines were removed, for a tombstone.
    private_hashes: list[str]


def erase_journal(data: bytes, private_hashes: Iterable[str]) -> ErasedJournal:
    """
    Removes every private line of the objects that have these ``private_hash``es: those under former hashes of the run too,
    and those of a step from when it started. The chain and its heads stay as they are. Bytes after the last line feed are
    not kept, since they may hold a part of what is to go.

    :raises ValueError: for a journal with a fault, of which nobody can say what belongs to what
    :raises TypeError: for a single hash instead of a list of them
    """
    if isinstance(private_hashes, str):
        raise TypeError("private_hashes is a text; expected a list of them")
    journal = read_journal(data)
    if journal.faults:
        raise ValueError("only a journal without faults can be erased")
    wanted = _with_former(journal, set(private_hashes))
    gone = {each.number for each in journal.private if each.private in wanted}
    lines = data.split(b"\n")[:-1]
    kept = b"".join(line + b"\n" for number, line in enumerate(lines) if number not in gone)
    removed = dict.fromkeys(each.private for each in journal.private if each.number in gone)
    return ErasedJournal(kept, list(removed))


def _with_former(journal: Journal, hashes: set[str]) -> set[str]:
    """All hashes that the objects of some hashes have or had."""
    run: set[str] = set()
    own: dict[str, set[str]] = {}
    declared: dict[str, set[str]] = {}
    effects: dict[str, set[str]] = {}
    for line in journal.lines:
        kind = KIND_OF.get(line.type)
        if kind == "run":
            run |= _hash_of(line.data)
        elif kind == "step":
            name = line.data["id"]
            own.setdefault(name, set()).update(_hash_of(line.data))
            inner = declared if line.type == "step.started" else effects
            items = line.data.get("side_effects")
            for effect in items if isinstance(items, list) else ():
                inner.setdefault(name, set()).update(_hash_of(effect))
    wanted = set(hashes)
    for group in (run, *own.values()):
        if group & hashes:
            wanted |= group
    for name, group in declared.items():
        # Nothing says which of the declared effects became which of those in the end.
        if (group | effects.get(name, set())) & hashes:
            wanted |= group
    return wanted


def _hash_of(value: Any) -> set[str]:
    stated = value.get("private_hash") if isinstance(value, dict) else None
    return {stated} if isinstance(stated, str) else set()
