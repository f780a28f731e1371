"""The records of other runs that are given beside one, as far as they count, and what pins them (spec/lineage.md)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Optional

from . import merkle
from .hashing import document_hash, record_hash, step_leaf
from .schema import check_schema
from .seal import (
    Json,
    batch_holds,
    is_right,
    is_sealed,
    is_signed,
    missing_from_seal,
    provenance_of,
    spell,
    step_leaves,
)


class Kin:
    """A record that counts: its seal holds, or it has none."""

    def __init__(self, run: Json) -> None:
        self.run = run
        self.id: str = run["id"]
        self.sealed = is_sealed(run)
        self.hash = record_hash(run) if self.sealed else None
        self.name = self.hash or document_hash(run)
        self.parents: list[Json] = provenance_of(run).get("parents") or []
        steps = [(f"/steps/{index}", step) for index, step in enumerate(run["steps"])]
        self.handoffs = [each for each in steps if each[1]["type"] == "handoff"]
        self.results = [each for each in steps if each[1]["type"] == "handoff_result"]

    def with_leaf(self, leaf: str) -> Optional[Json]:
        """The step that has this leaf."""
        return next((step for step in self.run["steps"] if step_leaf(step) == leaf), None)

    def handoffs_under(self, delegation_id: Any) -> list[Json]:
        """The handoffs that name a delegation."""
        return [step for _, step in self.handoffs if delegation_id and step.get("delegation_id") == delegation_id]

    def results_for(self, delegation_id: Any, child_id: str) -> list[Json]:
        """The results of a delegation: those that name it, and those that name none but the child."""
        by_child = [step for _, step in self.results if step.get("child_run_id") == child_id]
        unnamed = [step for step in by_child if step.get("delegation_id") is None]
        return [*self.results_under(delegation_id), *unnamed]

    def results_under(self, delegation_id: Any) -> list[Json]:
        """The results that name a delegation."""
        return [step for _, step in self.results if delegation_id and step.get("delegation_id") == delegation_id]

    def confirmations(self, delegation_id: Any, child_id: str, statements: Sequence[Json]) -> list[str]:
        """The record_hashes that the parent states for a child, in its results and by signed links."""
        results = self.results_for(delegation_id, child_id)
        stated = [step["child_record_hash"] for step in results if step.get("child_record_hash") is not None]
        key = provenance_of(self.run).get("signed_by")
        for statement in statements:
            body = statement.get("body")
            if statement.get("kind") != "link" or not isinstance(body, dict) or not self.sealed or key is None:
                continue
            if statement.get("about") != self.hash or statement.get("signed_by") != key:
                continue
            if body.get("delegation_id") != delegation_id or body.get("child_run_id") != child_id:
                continue
            if isinstance(body.get("child_record_hash"), str) and is_signed("statement", statement):
                stated.append(body["child_record_hash"])
        return stated


class Family:
    """The related records that count, by id; the record itself is not among them."""

    def __init__(self, own: Kin, related: Sequence[Json], statements: Sequence[Json], proofs: Sequence[Json]) -> None:
        self.own = own
        self.statements = statements
        self.members: list[Kin] = []
        names = {own.name}
        for run in related:
            if check_schema(run) or (is_sealed(run) and not _is_intact(run, statements, proofs)):
                continue
            kin = Kin(run)
            if kin.name not in names:
                names.add(kin.name)
                self.members.append(kin)

    def of(self, run_id: Any) -> list[Kin]:
        """The records of this id that count."""
        return [kin for kin in self.members if kin.id == run_id]

    def only(self, run_id: Any) -> Optional[Kin]:
        """The one record of this id, None if there is none or several."""
        found = self.of(run_id)
        return found[0] if len(found) == 1 else None

    def pinned_parents(self, child: Kin, entry: Json) -> list[Kin]:
        """The parents that an entry of a child pins: by record_hash, else by the handoff they have."""
        named = self.of(entry["run_id"])
        by_hash = [kin for kin in named if kin.hash is not None and kin.hash == entry.get("record_hash")]
        leaf, delegation_id = entry.get("handoff_leaf"), entry.get("delegation_id")
        if by_hash or leaf is None or delegation_id is None:
            return by_hash
        return [kin for kin in named if _is_handoff_to(kin.with_leaf(leaf), child.id, delegation_id)]

    def pinned_children(self, parent: Kin, child_id: str, stated: Sequence[str], handoff: Optional[Json]) -> list[Kin]:
        """The children that a parent pins: by a record_hash it states, else by their entry about the handoff."""
        named = self.of(child_id)
        by_hash = [kin for kin in named if kin.hash in stated]
        if by_hash or handoff is None or handoff.get("delegation_id") is None:
            return by_hash
        right = (parent.id, handoff["delegation_id"], step_leaf(handoff))
        members = ("run_id", "delegation_id", "handoff_leaf")
        return [kin for kin in named if any(tuple(map(entry.get, members)) == right for entry in kin.parents)]


def _is_handoff_to(step: Optional[Json], child_id: str, delegation_id: str) -> bool:
    if step is None or step["type"] != "handoff":
        return False
    return step.get("child_run_id") == child_id and step.get("delegation_id") == delegation_id


def _is_intact(run: Json, statements: Sequence[Json], proofs: Sequence[Json]) -> bool:
    provenance = provenance_of(run)
    own = record_hash(run)
    if missing_from_seal(run) is not None:
        return False
    if provenance.get("record_hash") != own or provenance.get("steps_count") != len(run["steps"]):
        return False
    if provenance.get("steps_root") != spell(merkle.root(step_leaves(run))):
        return False
    signed_by, signature = provenance.get("signed_by"), provenance.get("signature")
    if signature is not None:
        return is_right("run", run, signed_by, signature)
    mine = [proof for proof in proofs if proof["record_hash"] == own]
    return signed_by is None or any(batch_holds(proof, statements, signed_by) for proof in mine)
