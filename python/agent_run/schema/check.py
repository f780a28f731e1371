"""Checking a value against a schema: which keywords it breaks, and where."""

from __future__ import annotations

from typing import Any, Iterator, Union

from .node import Node

#: A member name or an index on the way to a value.
Key = Union[str, int]


def has_type(value: Any, name: str) -> bool:
    """Whether a JSON value is of a type of JSON Schema. ``True`` is no number here, ``1.0`` is a whole one."""
    if name == "string":
        return isinstance(value, str)
    if name == "object":
        return isinstance(value, dict)
    if name == "array":
        return isinstance(value, list)
    if name == "null":
        return value is None
    if name == "boolean":
        return isinstance(value, bool)
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return False
    return name == "number" or isinstance(value, int) or value.is_integer()


def is_same(value: Any, other: Any) -> bool:
    """Whether two scalars are the same JSON value: 1 and 1.0 are, 1 and true are not."""
    return isinstance(value, bool) is isinstance(other, bool) and bool(value == other)


def broken(value: Any, node: Node) -> list[tuple[str, str]]:
    """
    The keywords of a schema that a value itself breaks, in the order of spec/verdict.md, what is inside it left out.
    With each comes the name of the member that is missing, empty for keywords other than ``required``.
    """
    if node.types and not any(has_type(value, name) for name in node.types):
        # Of a value of another type nothing else can be said.
        return [("type", "")]
    found: list[tuple[str, str]] = []
    if node.enum is not None and not any(is_same(value, one) for one in node.enum):
        found.append(("enum", ""))
    if node.const is not None and not is_same(value, node.const[0]):
        found.append(("const", ""))
    if isinstance(value, str):
        if node.min_length is not None and len(value) < node.min_length:
            found.append(("minLength", ""))
        if node.expression is not None and node.expression.fullmatch(value) is None:
            found.append(("pattern", ""))
    elif isinstance(value, dict):
        found.extend(("required", name) for name in node.required if name not in value)
    elif isinstance(value, list):
        if node.min_items is not None and len(value) < node.min_items:
            found.append(("minItems", ""))
        if node.max_items is not None and len(value) > node.max_items:
            found.append(("maxItems", ""))
    elif isinstance(value, (int, float)) and not isinstance(value, bool):
        if node.minimum is not None and value < node.minimum:
            found.append(("minimum", ""))
        if node.maximum is not None and value > node.maximum:
            found.append(("maximum", ""))
    return found


def inside(value: Any, node: Node) -> Iterator[tuple[Key, Any, Node]]:
    """The members or items of a value that a schema says something about, as they stand in it."""
    if isinstance(value, dict):
        properties = node.properties
        if properties:
            for name, member in value.items():
                known = properties.get(name)
                if known is not None:
                    yield name, member, known
    elif isinstance(value, list) and node.items is not None:
        for index, item in enumerate(value):
            yield index, item, node.items


def accepts(value: Any, node: Node) -> bool:
    """Whether a schema has nothing against a value nested at most 128 levels."""
    if broken(value, node):
        return False
    return all(accepts(member, schema) for _, member, schema in inside(value, node))


def pointer(keys: tuple[Key, ...]) -> str:
    """The JSON Pointer (RFC 6901) of names and indexes."""
    return "".join("/" + str(key).replace("~", "~0").replace("/", "~1") for key in keys)
