"""Objects of a record, each with the place where it stands."""

from __future__ import annotations

from typing import Any, Iterable, Union

from .instant import instant

#: A number of JSON.
Number = Union[int, float]


class Thing:
    """
    An object and its JSON Pointer. A member of a wrong type is as if it were absent: the schemas speak about that.
    """

    __slots__ = ("value", "path")

    def __init__(self, value: dict[str, Any], path: str = "") -> None:
        """:param value: the object itself, which is never changed"""
        self.value = value
        self.path = path

    def get(self, name: str) -> Any:
        """A member, ``None`` for null and for none."""
        return self.value.get(name)

    def has(self, name: str) -> bool:
        """Whether there is a member of that name, null or not."""
        return name in self.value

    def known(self, name: str) -> bool:
        """Whether there is a member of that name that isn't null."""
        return self.value.get(name) is not None

    def text(self, name: str) -> str | None:
        """A member that is a string."""
        value = self.value.get(name)
        return value if isinstance(value, str) else None

    def number(self, name: str) -> Number | None:
        """A member that is a number."""
        value = self.value.get(name)
        return value if isinstance(value, (int, float)) and not isinstance(value, bool) else None

    def instant(self, name: str) -> int | None:
        """A member that is a time, in nanoseconds."""
        return instant(self.value.get(name))

    def items(self, name: str) -> list[Any]:
        """A member that is a list, else an empty one."""
        value = self.value.get(name)
        return value if isinstance(value, list) else []

    def holds(self, name: str) -> bool:
        """Whether a member is an object."""
        return isinstance(self.value.get(name), dict)

    def part(self, name: str) -> Thing:
        """A member that is an object; an empty one if it isn't."""
        value = self.value.get(name)
        return Thing(value if isinstance(value, dict) else {}, f"{self.path}/{name}")

    def parts(self, name: str) -> list[Thing]:
        """The objects in a list."""
        place = f"{self.path}/{name}/"
        return [Thing(item, place + str(at)) for at, item in enumerate(self.items(name)) if isinstance(item, dict)]

    def is_one(self, name: str, *texts: str) -> bool:
        """Whether a member is one of some texts."""
        value = self.value.get(name)
        return isinstance(value, str) and value in texts


def group_by(things: Iterable[Thing], member: str) -> dict[str, list[Thing]]:
    """The things for each text of a member, in the order of the document."""
    groups: dict[str, list[Thing]] = {}
    for each in things:
        text = each.text(member)
        if text is not None:
            groups.setdefault(text, []).append(each)
    return groups


def first_by(things: Iterable[Thing], member: str) -> dict[str, Thing]:
    """The first thing for each text of a member: of things that share an id it is the one named by it."""
    return {text: group[0] for text, group in group_by(things, member).items()}
