"""Records that count in a lineage (spec/lineage.md, How an edge is judged)."""

from __future__ import annotations

from functools import cached_property
from typing import Any, Iterable

from ..hashes import document_hash, record_hash, step_leaf_text
from ..seal import is_sealed
from ..semantics import Thing, group_by
from .evidence import Evidence
from .seal_checks import is_intact


class Kin:
    """A record whose seal holds, or that has none."""

    def __init__(self, run: dict[str, Any], evidence: Evidence) -> None:
        """:param run: valid by its schema"""
        self.run = run
        self.id: str = run["id"]
        self.thing = Thing(run)
        self.provenance = self.thing.part("provenance")
        self.parents = self.provenance.parts("parents")
        self.is_sealed = is_sealed(run)
        self._evidence = evidence

    @cached_property
    def hash(self) -> str | None:
        """The computed record_hash, ``None`` without a seal."""
        return record_hash(self.run) if self.is_sealed else None

    @cached_property
    def name(self) -> str:
        """What tells records of one id apart."""
        return self.hash or document_hash(self.run)

    @cached_property
    def steps(self) -> list[Thing]:
        """The steps."""
        return self.thing.parts("steps")

    @cached_property
    def handoffs(self) -> list[Thing]:
        """The steps that hand work to another run."""
        return [step for step in self.steps if step.is_one("type", "handoff")]

    @cached_property
    def results(self) -> list[Thing]:
        """The steps that say how that ended."""
        return [step for step in self.steps if step.is_one("type", "handoff_result")]

    @cached_property
    def delegations(self) -> dict[str, list[Thing]]:
        """The handoffs under each delegation_id."""
        return group_by(self.handoffs, "delegation_id")

    @cached_property
    def answers(self) -> dict[str, list[Thing]]:
        """The results under each delegation_id."""
        return group_by(self.results, "delegation_id")

    @cached_property
    def _unnamed_answers(self) -> dict[str, list[Thing]]:
        """The results that name only a child."""
        return group_by([result for result in self.results if not result.known("delegation_id")], "child_run_id")

    @cached_property
    def by_leaf(self) -> dict[str, Thing]:
        """The steps by their leaf; of equal ones the first."""
        found: dict[str, Thing] = {}
        for step in self.steps:
            found.setdefault(step_leaf_text(step.value), step)
        return found

    @cached_property
    def links(self) -> list[Thing]:
        """The statements of the kind link that the record's own key signed about it."""
        signer = self.provenance.text("signed_by")
        if self.hash is None or signer is None:
            return []
        about = self._evidence.about(self.hash, "link")
        return [Thing(each) for each in about if each.get("signed_by") == signer and self._evidence.is_signed(each)]

    def confirmations(self, delegation: Any, child: str) -> list[str]:
        """
        The hashes that the record states for a child: in results of the delegation, in results that name only the child,
        and in links.
        """
        results = self.answers.get(delegation, []) if isinstance(delegation, str) else []
        stated = [result.get("child_record_hash") for result in (*results, *self._unnamed_answers.get(child, []))]
        for link in self.links:
            body = link.part("body")
            if body.get("delegation_id") == delegation and body.get("child_run_id") == child:
                stated.append(body.get("child_record_hash"))
        return [hashed for hashed in stated if isinstance(hashed, str)]


def is_handoff_to(step: Thing, child: str, delegation: Any) -> bool:
    """Whether a step hands work to a child under a delegation."""
    is_same = step.get("child_run_id") == child and step.get("delegation_id") == delegation
    return is_same and step.is_one("type", "handoff")


class Family:
    """A record, and those that count among the ones given beside it, which it isn't among itself."""

    def __init__(self, run: dict[str, Any], related: Iterable[dict[str, Any]], evidence: Evidence) -> None:
        """:param related: valid by their schema"""
        self.own = Kin(run, evidence)
        self.members: list[Kin] = []
        self._by_id: dict[Any, list[Kin]] = {}
        # Whom an entry of parents and a delegation are claimed by.
        self._claims: dict[tuple[Any, Any], set[str]] = {}
        names: set[str] = set()
        for each in related:
            if is_sealed(each) and not is_intact(each, evidence):
                continue
            member = Kin(each, evidence)
            if member.name == self.own.name or member.name in names:
                continue
            names.add(member.name)
            self.members.append(member)
            self._by_id.setdefault(member.id, []).append(member)
            for entry in member.parents:
                claim = (entry.get("delegation_id"), entry.get("run_id"))
                self._claims.setdefault(claim, set()).add(member.id)

    def of(self, name: Any) -> list[Kin]:
        """The records of an id."""
        return self._by_id.get(name, []) if isinstance(name, str) else []

    def only(self, name: Any) -> list[Kin]:
        """The one record of an id, none if there are several."""
        found = self.of(name)
        return found if len(found) == 1 else []

    def has_rival(self, entry: Thing) -> bool:
        """Whether the record of another run claims the delegation of an entry too."""
        claim = (entry.get("delegation_id"), entry.get("run_id"))
        return entry.known("delegation_id") and bool(self._claims.get(claim, set()) - {self.own.id})

    def pinned_parents(self, child: Kin, entry: Thing) -> list[Kin]:
        """The records that an entry of a child pins: by record_hash, else by the handoff that they have."""
        named, stated = self.of(entry.get("run_id")), entry.get("record_hash")
        pinned = [each for each in named if each.hash is not None and each.hash == stated]
        if pinned or not entry.known("handoff_leaf") or not entry.known("delegation_id"):
            return pinned
        for each in named:
            step = each.by_leaf.get(str(entry.get("handoff_leaf")))
            if step is not None and is_handoff_to(step, child.id, entry.get("delegation_id")):
                pinned.append(each)
        return pinned

    def pinned_children(self, parent: Kin, child: Any, stated: list[str], handoff: Thing | None) -> list[Kin]:
        """
        The records that a parent pins: by a record_hash that it states, else by their entry about the handoff, which is
        absent for a result by itself.
        """
        named = self.of(child)
        pinned = [each for each in named if each.hash is not None and each.hash in stated]
        if pinned or not named or handoff is None or not handoff.known("delegation_id"):
            return pinned
        leaf, delegation = step_leaf_text(handoff.value), handoff.get("delegation_id")
        for each in named:
            for entry in each.parents:
                is_same = entry.get("delegation_id") == delegation and entry.get("handoff_leaf") == leaf
                if is_same and entry.get("run_id") == parent.id:
                    pinned.append(each)
                    break
        return pinned
