"""Values that a program hands over instead of bytes."""

from __future__ import annotations

from typing import Any, Mapping

from .check import Key

#: Deepest nesting of objects and arrays; the root is level 1 (AR-BYTES-007).
MAX_DEPTH = 128
#: Largest size of a number (AR-BYTES-006).
MAX_NUMBER = 2**53 - 1
#: Most values that a value may stand for: lists that share lists can unfold to more than any machine holds.
MAX_VALUES = 2**24


class NotJson(ValueError):
    """A value that is no JSON value of the record profile: its code, as the strict reader has it, and where."""

    def __init__(self, code: str, found: str, expected: str) -> None:
        """:param found: what it is, without its content"""
        super().__init__(f"found {found}, expected {expected}")
        self.code = code
        #: Member names and indexes from the root.
        self.keys: tuple[Key, ...] = ()


def plain(value: Any) -> Any:
    """
    A copy of a value that has only what JSON has: ``dict``, ``list``, ``str``, ``int``, ``float``, ``bool`` and ``None``,
    whole numbers as ``int``, as the strict reader gives them. Mappings become ``dict``, tuples ``list``.
    :raises NotJson: for anything else, for circles, and for what no record may hold
    """
    return _Copy().of(value, 1)


class _Copy:
    def __init__(self) -> None:
        self.count = 0
        self.open: set[int] = set()

    def of(self, value: Any, depth: int) -> Any:
        self.count += 1
        if self.count > MAX_VALUES:
            raise NotJson(
                "json.value", f"objects shared so often that they stand for over {MAX_VALUES} values", "a tree"
            )
        if value is None or isinstance(value, bool):
            return value
        if isinstance(value, str):
            return _text(value, "a string")
        if isinstance(value, (int, float)):
            return _number(value)
        if isinstance(value, (Mapping, list, tuple)):
            return self._container(value, depth)
        raise NotJson("json.value", f"a value of type {type(value).__name__}", "a JSON value")

    def _container(self, value: Any, depth: int) -> Any:
        if id(value) in self.open:
            raise NotJson("json.value", "an object that contains itself", "a JSON value")
        if depth > MAX_DEPTH:
            raise NotJson("json.depth", f"more than {MAX_DEPTH} levels", f"at most {MAX_DEPTH}")
        self.open.add(id(value))
        try:
            if isinstance(value, Mapping):
                return {_name(name): self._member(name, member, depth) for name, member in value.items()}
            return [self._member(index, item, depth) for index, item in enumerate(value)]
        except NotJson:
            raise
        except Exception as error:
            # A container of a stranger's class, whose members are computed and may raise anything.
            raise NotJson(
                "json.value", f"an object that cannot be read ({type(error).__name__})", "a JSON value"
            ) from None
        finally:
            self.open.discard(id(value))

    def _member(self, key: Key, value: Any, depth: int) -> Any:
        try:
            return self.of(value, depth + 1)
        except NotJson as fault:
            fault.keys = (key, *fault.keys)
            raise


def _text(value: str, where: str) -> str:
    try:
        value.encode("utf-8")
    except UnicodeEncodeError:
        raise NotJson("json.lone_surrogate", f"half of a surrogate pair in {where}", "whole characters") from None
    # A copy, so that a class derived from str brings no methods of its own.
    return value if type(value) is str else str.__str__(value)


def _name(name: Any) -> str:
    if not isinstance(name, str):
        raise NotJson("json.value", f"a member name of type {type(name).__name__}", "names that are strings")
    return _text(name, "a member name")


def _number(value: int | float) -> int | float:
    if value != value:
        raise NotJson("json.value", "NaN", "a JSON value")
    if abs(value) > MAX_NUMBER:
        raise NotJson("json.number_range", "a number beyond ±(2^53 − 1)", "one within")
    if isinstance(value, int):
        return int(value)
    return int(value) if value.is_integer() else float(value)
