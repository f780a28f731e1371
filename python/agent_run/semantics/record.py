"""A run as the semantic rules look at it."""

from __future__ import annotations

from functools import cached_property
from typing import Any, Iterator, NamedTuple

from ..public_form import Place, places
from ..schema import Node, inside, node_of
from .thing import Thing, first_by, group_by


class Member(NamedTuple):
    """A member that a schema knows, and where it stands."""

    value: Any
    schema: Node
    path: str
    #: Whether its object must have it.
    is_required: bool


class Record:
    """The objects of a run, found once. Of things that share an id, the first is the one named by it."""

    def __init__(self, run: dict[str, Any]) -> None:
        """:param run: best one that the schemas accept; of any other what can be read is looked at"""
        self.run = Thing(run)
        self.steps = self.run.parts("steps")
        self.approvals = self.run.parts("approvals")
        self.decisions = self.run.parts("policy_decisions")
        self.artifacts = self.run.parts("artifacts")
        self.steps_by_id = first_by(self.steps, "id")
        self.decisions_by_id = first_by(self.decisions, "id")
        self.artifacts_by_id = first_by(self.artifacts, "id")
        self.events_by_id = group_by(self.approvals, "approval_id")

    @property
    def spans(self) -> list[Thing]:
        """What has a beginning and an end: the run and its steps."""
        return [self.run, *self.steps]

    @property
    def inventory(self) -> Thing:
        """What the run was equipped with, empty if it doesn't say."""
        return self.run.part("inventory")

    @property
    def parents(self) -> list[Thing]:
        """The entries of ``provenance.parents``."""
        return self.run.part("provenance").parts("parents")

    @cached_property
    def members(self) -> list[Member]:
        """Every member that a schema knows, of the run and of what is inside it, in the order of the document."""
        return list(_members(self.run.value, node_of("agent-run"), ""))

    @cached_property
    def erasables(self) -> list[Place]:
        """The objects that may have a ``private_hash``, in the order of the document."""
        return list(places(self.run.value))

    def is_copied_grant(self, event: Thing) -> bool:
        """Whether an approval event is a grant of another run: what it names belongs to that run."""
        return event.holds("grant") and event.known("run_id") and event.get("run_id") != self.run.get("id")


def _members(value: Any, node: Node, path: str) -> Iterator[Member]:
    is_object = isinstance(value, dict)
    for key, member, schema in inside(value, node):
        place = f"{path}/{key}"
        if is_object:
            yield Member(member, schema, place, key in node.required)
        if isinstance(member, (dict, list)):
            yield from _members(member, schema, place)
