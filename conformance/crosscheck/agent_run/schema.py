"""The schemas of schemas/*.json, interpreted: the dialect of schemas/PROFILE.md and nothing else."""

from __future__ import annotations

import json
import re
from functools import lru_cache
from pathlib import Path
from typing import Any, Iterator, NamedTuple

from .reader import pointer

SCHEMAS = Path(__file__).resolve().parents[3] / "schemas"

ANNOTATIONS = {"$schema", "$id", "title", "description", "examples", "deprecated"}
STRUCTURE = {"$ref", "allOf", "properties", "items", "additionalProperties"}
CHECKS = {"type", "enum", "const", "required", "minLength", "pattern", "minimum", "maximum", "minItems", "maxItems"}

Schema = dict[str, Any]
Problem = tuple[str, str]


@lru_cache(maxsize=None)
def load(name: str) -> Schema:
    """The schema of this name: its file name without `.json`. ValueError if it leaves the dialect."""
    schema = json.loads((SCHEMAS / f"{name}.json").read_text(encoding="utf-8"))
    _check_dialect(schema, name)
    return schema


def _check_dialect(node: Schema, place: str) -> None:
    for keyword in node:
        if keyword not in ANNOTATIONS | STRUCTURE | CHECKS:
            raise ValueError(f"{place}: {keyword} is no keyword of the dialect")
    if len(node.get("allOf", [{}])) != 1 or node.get("additionalProperties", True) is not True:
        raise ValueError(f"{place}: allOf has exactly one item, additionalProperties is true")
    for member, inner in node.get("properties", {}).items():
        _check_dialect(inner, f"{place}/{member}")
    for inner in [*node.get("allOf", []), *([node["items"]] if "items" in node else [])]:
        _check_dialect(inner, place)


class Target(NamedTuple):
    """A schema that a value has to fulfil, and where it stands: a file's name and a pointer in it."""

    node: Schema
    file: str
    place: str


def target_of(at: Target) -> Target:
    """Follows `$ref`, alone or in `allOf` beside a description, to the file it names."""
    reference = at.node.get("$ref") or next((one.get("$ref") for one in at.node.get("allOf", [])), None)
    if reference is None:
        return at
    name = reference[: -len(".json")]
    return Target(load(name), name, "")


def check_schema(value: Any, name: str = "agent-run") -> list[Problem]:
    """What is wrong with a value by a schema: code and JSON Pointer, in the order of the document."""
    return list(_problems(value, Target(load(name), name, ""), ""))


def _problems(value: Any, at: Target, path: str) -> Iterator[Problem]:
    at = target_of(at)
    node = at.node
    if "type" in node and not _has_type(value, node["type"]):
        # Of a value of another type nothing else can be said.
        yield "schema.type", path
        return
    if "enum" in node and not any(_same(value, one) for one in node["enum"]):
        yield "schema.enum", path
    if "const" in node and not _same(value, node["const"]):
        yield "schema.const", path
    if isinstance(value, str):
        # Lengths are in code points, which is what Python counts.
        if len(value) < node.get("minLength", 0):
            yield "schema.min_length", path
        if "pattern" in node and re.fullmatch(node["pattern"], value) is None:
            yield "schema.pattern", path
    elif is_number(value):
        if "minimum" in node and value < node["minimum"]:
            yield "schema.minimum", path
        if "maximum" in node and value > node["maximum"]:
            yield "schema.maximum", path
    elif isinstance(value, list):
        if len(value) < node.get("minItems", 0):
            yield "schema.min_items", path
        if "maxItems" in node and len(value) > node["maxItems"]:
            yield "schema.max_items", path
    elif isinstance(value, dict):
        for member in node.get("required", []):
            if member not in value:
                yield "schema.required", path
    for inner, target, place in _inside(value, at, path):
        yield from _problems(inner, target, place)


def _inside(value: Any, at: Target, path: str) -> Iterator[tuple[Any, Target, str]]:
    """The members and items of a value that its schema says something about."""
    if isinstance(value, dict):
        properties = at.node.get("properties", {})
        for member, inner in value.items():
            if member in properties:
                place = f"{at.place}/properties/{member}"
                yield inner, Target(properties[member], at.file, place), path + pointer(member)
    elif isinstance(value, list) and "items" in at.node:
        for index, inner in enumerate(value):
            yield inner, Target(at.node["items"], at.file, f"{at.place}/items"), f"{path}/{index}"


class Member(NamedTuple):
    """A member of an object that the schemas know.

    `schema` says what its value has to be before any `$ref` is followed; `required` whether its object must have it.
    """

    path: str
    value: Any
    schema: Target
    required: bool


def members_of(value: Any, name: str = "agent-run") -> Iterator[Member]:
    """Every member that a schema knows, of the value and of what is inside it, in the order of the document."""
    yield from _members(value, Target(load(name), name, ""), "")


def _members(value: Any, at: Target, path: str) -> Iterator[Member]:
    at = target_of(at)
    for inner, target, place in _inside(value, at, path):
        if isinstance(value, dict):
            required = place.rpartition("/")[2] in at.node.get("required", [])
            yield Member(place, inner, target, required)
        yield from _members(inner, target, place)


def is_number(value: Any) -> bool:
    """Whether a value is a JSON number. True and false are numbers in Python and none in JSON."""
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _same(value: Any, other: Any) -> bool:
    return value == other and isinstance(value, bool) == isinstance(other, bool)


def _has_type(value: Any, types: Any) -> bool:
    return any(_is_of_type(value, one) for one in ([types] if isinstance(types, str) else types))


def _is_of_type(value: Any, kind: str) -> bool:
    if kind == "null":
        return value is None
    if kind == "boolean":
        return isinstance(value, bool)
    if kind == "number":
        return is_number(value)
    if kind == "integer":
        return is_number(value) and float(value).is_integer()
    return isinstance(value, {"string": str, "array": list, "object": dict}[kind])
