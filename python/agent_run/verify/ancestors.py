"""Circles in a lineage, and the ancestors that a record names (AR-LIN-006, AR-LIN-007)."""

from __future__ import annotations

from functools import cached_property
from typing import Any, Callable, Iterable

from .kin import Family, Kin

#: How many ancestors ``lineage`` names at most.
_LONGEST = 32

#: Which runs a record names, and the records that it pins by that.
_Claims = Callable[[Kin], "list[tuple[str, list[Kin]]]"]


class Ways:
    """Which run is named by which, as far as claims that pin records lead."""

    def __init__(self, own: Kin, claims: _Claims) -> None:
        """Follows the claims of a record, and on through the records that such claims pin."""
        self.leads: dict[str, set[str]] = {}
        seen = {id(own)}
        waiting = [own]
        while waiting:
            kin = waiting.pop()
            for name, pinned in claims(kin):
                self.leads.setdefault(kin.id, set()).add(name)
                for each in pinned:
                    # Another record of this id is not this run.
                    if name != own.id and id(each) not in seen:
                        seen.add(id(each))
                        waiting.append(each)

    def reach(self, start: Iterable[str]) -> set[str]:
        """The runs that one comes to from some, these included."""
        return _reach(self.leads, start)

    def leading_to(self, targets: Iterable[str]) -> set[str]:
        """The runs from which one comes to one of some others, or twice to one run."""
        back: dict[str, set[str]] = {}
        for name, nexts in self.leads.items():
            for each in nexts:
                back.setdefault(each, set()).add(name)
        # What leads nowhere is taken away until nothing of that sort is left; the rest leads to a circle.
        names = set(self.leads).union(*self.leads.values())
        open_ways = {name: len(self.leads.get(name, ())) for name in names}
        waiting = [name for name, count in open_ways.items() if count == 0]
        while waiting:
            name = waiting.pop()
            names.discard(name)
            for before in back.get(name, ()):
                open_ways[before] -= 1
                if open_ways[before] == 0:
                    waiting.append(before)
        return names | _reach(back, targets)


def _reach(leads: dict[str, set[str]], start: Iterable[str]) -> set[str]:
    found: set[str] = set()
    waiting = list(start)
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting.extend(leads.get(name, ()))
    return found


class Circles:
    """The runs from which a record would descend from itself, upwards and downwards."""

    def __init__(self, family: Family) -> None:
        """:param family: the record and those beside it"""
        self._family = family

    @cached_property
    def _down(self) -> Ways:
        return Ways(self._family.own, self._children)

    @cached_property
    def above(self) -> set[str]:
        """Parents that lead back. What the record's own handoffs lead down to can't be above it."""
        below = self._down.reach([self._family.own.id])
        return Ways(self._family.own, self._parents).leading_to(below)

    @cached_property
    def below(self) -> set[str]:
        """Children that lead back."""
        return self._down.leading_to([self._family.own.id])

    def _parents(self, kin: Kin) -> list[tuple[str, list[Kin]]]:
        return [(str(entry.get("run_id")), self._family.pinned_parents(kin, entry)) for entry in kin.parents]

    def _children(self, kin: Kin) -> list[tuple[str, list[Kin]]]:
        found = []
        for step in kin.handoffs:
            child = step.text("child_run_id")
            if child is not None:
                stated = kin.confirmations(step.get("delegation_id"), child)
                found.append((child, self._family.pinned_children(kin, child, stated, step)))
        return found


def ancestors_fault(family: Family) -> str | None:
    """Where parent_run_hash or lineage contradicts the ancestors that are given (AR-LIN-007)."""
    provenance = family.own.provenance
    if not provenance.known("parent_run_hash") and not provenance.known("lineage"):
        return None
    ancestors: list[Kin] = []
    seen: set[int] = set()
    parent = _parent_of(family, family.own)
    while parent is not None and id(parent) not in seen:
        seen.add(id(parent))
        ancestors.append(parent)
        parent = _parent_of(family, parent)
    if not ancestors:
        return None
    hashes: list[Any] = [each.provenance.get("run_hash") for each in ancestors]
    if provenance.known("parent_run_hash") and provenance.get("parent_run_hash") != hashes[0]:
        return "/provenance/parent_run_hash"
    if not provenance.known("lineage"):
        return None
    stated = provenance.items("lineage")
    for back, hashed in enumerate(hashes[: len(stated)]):
        at = len(stated) - 1 - back
        if stated[at] != hashed:
            return f"/provenance/lineage/{at}"
    top = ancestors[-1]
    is_root = not top.parents and not top.thing.known("parent_run_id")
    known = min(len(ancestors), _LONGEST)
    if len(stated) < known or (is_root and len(stated) > known):
        return "/provenance/lineage"
    return None


def _parent_of(family: Family, kin: Kin) -> Kin | None:
    """The one parent of a record, ``None`` if it isn't known or there are several."""
    found: list[Kin] = []
    if not kin.parents:
        found = family.only(kin.thing.get("parent_run_id"))
    elif len(kin.parents) == 1:
        entry = kin.parents[0]
        found = family.pinned_parents(kin, entry) or family.only(entry.get("run_id"))
    return found[0] if len(found) == 1 else None
