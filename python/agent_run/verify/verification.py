"""A record that has the right form, and what is known about it."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from ..covered import signed_bytes
from ..digest_text import digest
from ..hashes import document_hash
from ..journal import Journal, JournalCheck, check
from ..seal import is_sealed
from ..semantics import Thing
from ..trust import Keys, Vouched
from .evidence import Evidence
from .outcome import Outcome


class Edge:
    """A link between two runs, as the record claims it (spec/lineage.md)."""

    def __init__(self, path: str, parent: Any, child: Any, delegation: Any, state: str, code: str | None) -> None:
        """:param code: of a conflict"""
        self.path, self.parent, self.child, self.delegation = path, parent, child, delegation
        self.state, self.code = state, code

    def written(self) -> dict[str, Any]:
        """The edge as a verdict has it."""
        edge = {"parent_run_id": self.parent, "child_run_id": self.child, "path": self.path, "state": self.state}
        if self.delegation is not None:
            edge["delegation_id"] = self.delegation
        return edge if self.code is None else {**edge, "code": self.code}


class Verification:
    """What every check of one record looks at."""

    def __init__(
        self,
        run: dict[str, Any],
        keys: Keys,
        evidence: Evidence,
        journal: Journal | None,
        related: list[dict[str, Any]],
    ) -> None:
        """
        :param run: valid by its schema
        :param related: records of other runs, valid by their schema
        """
        self.run = run
        self.thing = Thing(run)
        self.provenance: dict[str, Any] = run["provenance"]
        self.keys = keys
        self.evidence = evidence
        self.journal = journal
        self.related = related
        self.is_sealed = is_sealed(run)
        #: The results so far, by the name of the check.
        self.results: dict[str, Outcome] = {}
        #: What the check `lineage` found.
        self.edges: list[Edge] = []

    def result(self, check_name: str) -> str:
        """The result of a check that was made."""
        return self.results[check_name].result

    @cached_property
    def signed_bytes(self) -> bytes:
        """What record_hash and signature are taken of."""
        return signed_bytes("run", self.run)

    @cached_property
    def record_hash(self) -> str:
        """That of the covered part, as computed."""
        return digest(self.signed_bytes)

    @cached_property
    def document_hash(self) -> str:
        """Hash of the whole document, its public form with steps."""
        return document_hash(self.run)

    @cached_property
    def seen(self) -> Vouched | None:
        """Who vouches for the time of the record, if it is sealed."""
        if not self.is_sealed:
            return None
        return self.keys.vouched_for(
            self.run, self.record_hash, self.evidence.about(self.record_hash, "countersignature")
        )

    @cached_property
    def journal_check(self) -> JournalCheck | None:
        """How the journal comes out beside the record, if there is one."""
        return None if self.journal is None else check(self.journal, self.run)
