"""Where two records differ first (AR-JRNL-011)."""

from __future__ import annotations

from typing import Any, NamedTuple

from ..canonical import sorted_by_units
from ..digest_text import digest_bytes
from ..public_form import NESTED, PRIVATE_MEMBERS, PrivateKind
from ..schema import is_same, pointer

_NOTHING = object()


class Difference(NamedTuple):
    """A place, and what stands there in words; of what is private only whether it is there."""

    path: str
    expected: str
    found: str


def first_difference(expected: Any, found: Any, kind: PrivateKind | None) -> Difference | None:
    """
    The first place at which two JSON values differ: members in the order of their names by UTF-16 code units, items in
    theirs. A private member differs as a whole.

    :param kind: what both are, if they can have private members
    """
    return _compare(expected, found, kind, "", False)


def _compare(one: Any, other: Any, kind: PrivateKind | None, path: str, is_hidden: bool) -> Difference | None:
    if isinstance(one, dict) and isinstance(other, dict):
        return _members(one, other, kind, path, is_hidden)
    if isinstance(one, list) and isinstance(other, list):
        for at in range(max(len(one), len(other))):
            a, b = (each[at] if at < len(each) else _NOTHING for each in (one, other))
            difference = _compare(a, b, kind, f"{path}/{at}", is_hidden)
            if difference is not None:
                return difference
        return None
    if is_same(one, other):
        return None
    a, b = _words(one, is_hidden), _words(other, is_hidden)
    return Difference(path, a, "another one" if a == b else b)


def _members(
    one: dict[str, Any], other: dict[str, Any], kind: PrivateKind | None, path: str, is_hidden: bool
) -> Difference | None:
    for name in sorted_by_units(list({**one, **other})):
        a, b = one.get(name, _NOTHING), other.get(name, _NOTHING)
        inner = next((each for member, each in NESTED.get(kind, ()) if member == name), None) if kind else None
        is_private = kind is not None and (name == "salt" or name in PRIVATE_MEMBERS[kind])
        place = path + pointer((name,))
        difference = _compare(a, b, inner, place, is_hidden or is_private or name == "metadata")
        if difference is not None:
            return difference._replace(path=place) if is_private else difference
    return None


def _words(value: Any, is_hidden: bool) -> str:
    """What stands at a place, without its content unless it can be no payload."""
    if value is _NOTHING:
        return "nothing"
    if is_hidden:
        return "a private value"
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, (int, float)):
        return str(value)
    if isinstance(value, str):
        return value if digest_bytes(value) is not None else "a text"
    return f"a list of {len(value)}" if isinstance(value, list) else "an object"
