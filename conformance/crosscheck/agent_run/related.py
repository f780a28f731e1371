"""The records of other runs that are given beside one, as far as they can be relied on (spec/lineage.md)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Optional

from . import merkle
from .hashing import document_hash, record_hash, step_leaf
from .schema import check_schema
from .seal import Json, batch_holds, is_right, is_sealed, is_signed, provenance_of, spell, step_leaves


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
        self.given_ids = {run["id"] for run in related if isinstance(run, dict) and isinstance(run.get("id"), str)}
        names = {own.name}
        counting: list[Kin] = []
        for run in related:
            if check_schema(run) or (is_sealed(run) and not _is_intact(run, statements, proofs)):
                continue
            kin = Kin(run)
            if kin.name not in names:
                names.add(kin.name)
                counting.append(kin)
        sealed_ids = {kin.id for kin in counting if kin.sealed}
        self.members = [kin for kin in counting if kin.sealed or kin.id not in sealed_ids]

    def of(self, run_id: Any) -> list[Kin]:
        """The records of this id that count."""
        return [kin for kin in self.members if kin.id == run_id]

    def only(self, run_id: Any) -> Optional[Kin]:
        """The one record of this id, None if there is none or several."""
        found = self.of(run_id)
        return found[0] if len(found) == 1 else None


def _is_intact(run: Json, statements: Sequence[Json], proofs: Sequence[Json]) -> bool:
    provenance = provenance_of(run)
    own = record_hash(run)
    if provenance.get("record_hash") != own or provenance.get("steps_count") != len(run["steps"]):
        return False
    if provenance.get("steps_root") != spell(merkle.root(step_leaves(run))):
        return False
    signed_by, signature = provenance.get("signed_by"), provenance.get("signature")
    if signature is not None:
        return run.get("spec_version") is not None and is_right("run", run, signed_by, signature)
    mine = [proof for proof in proofs if proof["record_hash"] == own]
    return signed_by is None or any(batch_holds(proof, statements, signed_by) for proof in mine)
