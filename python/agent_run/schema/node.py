"""The schemas of the standard, read once into a form that is quick to walk (schemas/PROFILE.md)."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from ..standard import standard


class Node:
    """A schema, or the schema of a member or item inside one, its reference followed."""

    __slots__ = (
        "file",
        "place",
        "title",
        "types",
        "enum",
        "const",
        "required",
        "properties",
        "items",
        "is_open",
        "is_deprecated",
        "min_length",
        "pattern",
        "minimum",
        "maximum",
        "min_items",
        "max_items",
        "expression",
    )

    def __init__(self, schema: dict[str, Any], file: str, place: str) -> None:
        """Takes the keywords of a schema; its members and items are filled in by :func:`node_of`."""
        types = schema.get("type")
        #: Name of the file that it stands in, without ``.json``, and the pointer in that file.
        self.file, self.place = file, place
        self.title: str = schema.get("title", file)
        self.types: tuple[str, ...] = (types,) if isinstance(types, str) else tuple(types or ())
        self.enum: tuple[Any, ...] | None = tuple(schema["enum"]) if "enum" in schema else None
        self.const: tuple[Any, ...] | None = (schema["const"],) if "const" in schema else None
        self.required: tuple[str, ...] = tuple(schema.get("required", ()))
        self.properties: dict[str, Node] = {}
        self.items: Node | None = None
        self.is_open = schema.get("additionalProperties") is True
        self.is_deprecated = schema.get("deprecated") is True
        self.min_length: int | None = schema.get("minLength")
        self.pattern: str | None = schema.get("pattern")
        self.minimum: float | None = schema.get("minimum")
        self.maximum: float | None = schema.get("maximum")
        self.min_items: int | None = schema.get("minItems")
        self.max_items: int | None = schema.get("maxItems")
        # Always used with fullmatch: a `$` of this engine also matches before a last line break.
        self.expression = re.compile(self.pattern) if self.pattern is not None else None


def schema_names() -> list[str]:
    """Names of the schemas that come with the package: those of ``schemas/*.json`` without the ending."""
    return sorted(standard()["schemas"])


@lru_cache(maxsize=None)
def node_of(name: str) -> Node:
    """The schema of a name. :raises ValueError: if there is none of that name"""
    schemas = standard()["schemas"]
    if name not in schemas:
        raise ValueError(f"{name!r} is no schema of the standard; schema_names() lists them")
    known: dict[str, Node] = {}

    def named(reference: str) -> Node:
        file = reference[: -len(".json")] if reference.endswith(".json") else reference
        if file not in known:
            # It is known before what is inside it: an object may hold its own kind.
            known[file] = Node(schemas[file], file, "")
            fill(known[file], schemas[file])
        return known[file]

    def inside(schema: dict[str, Any], file: str, place: str) -> Node:
        reference = schema.get("$ref")
        for one in schema.get("allOf", ()):
            reference = one.get("$ref")
        if isinstance(reference, str):
            return named(reference)
        node = Node(schema, file, place)
        fill(node, schema)
        return node

    def fill(node: Node, schema: dict[str, Any]) -> None:
        for member, each in schema.get("properties", {}).items():
            node.properties[member] = inside(each, node.file, f"{node.place}/properties/{member}")
        if "items" in schema:
            node.items = inside(schema["items"], node.file, f"{node.place}/items")

    return named(name)
