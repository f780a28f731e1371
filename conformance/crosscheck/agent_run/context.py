"""A record as the semantic rules look at it: its objects by place and by id.

A member of a wrong type is taken as absent; the schemas speak about it.
"""

from __future__ import annotations

from typing import Any, Iterator, Optional

from .instants import instant
from .schema import is_number

Json = dict[str, Any]


class Thing:
    """An object of a record and its JSON Pointer."""

    def __init__(self, value: Json, path: str) -> None:
        self.value = value
        self.path = path

    def has(self, member: str) -> bool:
        """Whether the member is known: there and not null."""
        return self.value.get(member) is not None

    def text(self, member: str) -> Optional[str]:
        """The member if it is a text."""
        value = self.value.get(member)
        return value if isinstance(value, str) else None

    def number(self, member: str) -> Any:
        """The member if it is a number; None otherwise."""
        value = self.value.get(member)
        return value if is_number(value) else None

    def time(self, member: str) -> Optional[int]:
        """The member if it is a time that exists, in nanoseconds."""
        text = self.text(member)
        return None if text is None else instant(text)

    def thing(self, member: str) -> Optional[Thing]:
        """The member if it is an object."""
        value = self.value.get(member)
        return Thing(value, f"{self.path}/{member}") if isinstance(value, dict) else None

    def items(self, member: str) -> list[Any]:
        """The items of the member if it is a list; none otherwise."""
        value = self.value.get(member)
        return value if isinstance(value, list) else []

    def things(self, member: str) -> list[Thing]:
        """The objects in the member if it is a list."""
        items = enumerate(self.items(member))
        return [Thing(item, f"{self.path}/{member}/{index}") for index, item in items if isinstance(item, dict)]

    def is_erased(self) -> bool:
        """Whether the private members are gone, or said to be."""
        return self.has("private_hash") and not self.has("salt")


class Context:
    """What the rules look at. Of things that share an id, the first is the one that is named by it."""

    def __init__(self, run: Json) -> None:
        self.run = Thing(run, "")
        self.id = self.run.text("id")
        self.status = self.run.text("status")
        self.steps = self.run.things("steps")
        self.approvals = self.run.things("approvals")
        self.decisions = self.run.things("policy_decisions")
        self.artifacts = self.run.things("artifacts")
        self.steps_by_id = first_by(self.steps, "id")
        self.decisions_by_id = first_by(self.decisions, "id")
        self.artifacts_by_id = first_by(self.artifacts, "id")
        self.events_by_id = group_by(self.approvals, "approval_id")

    def provenance(self) -> Thing:
        """The provenance, empty where there is none."""
        return self.run.thing("provenance") or Thing({}, "/provenance")

    def inventory(self) -> Thing:
        """The inventory, empty where there is none."""
        return self.run.thing("inventory") or Thing({}, "/inventory")

    def is_copied_grant(self, event: Thing) -> bool:
        """Whether an approval event is a grant given in another run: what it names belongs to that run."""
        return event.thing("grant") is not None and event.has("run_id") and event.text("run_id") != self.id


Paths = Iterator[str]


def first_by(things: list[Thing], member: str) -> dict[str, Thing]:
    """The first thing for each text of a member."""
    return {text: group[0] for text, group in group_by(things, member).items()}


def group_by(things: list[Thing], member: str) -> dict[str, list[Thing]]:
    """The things for each text of a member, in their order."""
    groups: dict[str, list[Thing]] = {}
    for thing in things:
        text = thing.text(member)
        if text is not None:
            groups.setdefault(text, []).append(thing)
    return groups


def named(things: dict[str, Any], text: Optional[str]) -> Any:
    """What has this id, None for no id."""
    return None if text is None else things.get(text)
