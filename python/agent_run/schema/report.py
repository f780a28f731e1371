"""What is wrong with a value by a schema, as findings, in the order of the document (spec/verdict.md, the first error)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Iterator, cast

from ..standard import standard
from .check import Key, accepts, broken, inside, pointer
from .node import Node, node_of
from .wording import allowed_values, message_of, nearest

if TYPE_CHECKING:
    from ..types import Finding


def is_valid(value: Any, name: str) -> bool:
    """Whether the schema of a name has nothing against a JSON value nested at most 128 levels. Unknown members are let be."""
    return accepts(value, node_of(name))


def schema_findings(value: Any, name: str, strict: bool = False) -> Iterator[Finding]:
    """
    The findings of the schema of a name about a JSON value nested at most 128 levels, in the order of the document.
    :param strict: also warns about members that no schema names (AR-VER-005)
    """
    return _report(value, node_of(name), (), strict)


def _report(value: Any, node: Node, keys: tuple[Key, ...], strict: bool) -> Iterator[Finding]:
    faults = broken(value, node)
    for keyword, member in faults:
        yield _finding(keyword, member, value, node, keys)
    if faults and faults[0][0] == "type":
        return
    if not strict or not isinstance(value, dict) or node.is_open:
        for key, member_value, schema in inside(value, node):
            yield from _report(member_value, schema, (*keys, key), strict)
        return
    known = {key: (member_value, schema) for key, member_value, schema in inside(value, node)}
    for name in value:
        if name in known:
            yield from _report(*known[name], (*keys, name), strict)
        elif name not in node.properties and (name != "$schema" or keys):
            yield _unknown(value, name, node, keys)


def _finding(keyword: str, member: str, value: Any, node: Node, keys: tuple[Key, ...]) -> Finding:
    finding: dict[str, Any] = {
        "code": "schema." + "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in keyword),
        "severity": "error",
        "path": pointer(keys),
        "message": message_of(keyword, member, value, node),
        "requirement": _requirement(f"{node.file}.json#{node.place}/{keyword}"),
    }
    allowed = allowed_values(node, keyword)
    if allowed:
        finding["allowed"] = allowed
        suggestion = nearest(value, allowed)
        if suggestion is not None:
            finding["suggestion"] = suggestion
    return cast("Finding", finding)


def _unknown(value: dict[str, Any], name: str, node: Node, keys: tuple[Key, ...]) -> Finding:
    finding: dict[str, Any] = {
        "code": "schema.unknown_member",
        "severity": "warning",
        "path": pointer((*keys, name)),
        "message": f"unknown member of {node.title}",
        "requirement": "AR-VER-005",
    }
    suggestion = nearest(name, [known for known in node.properties if known not in value])
    if suggestion is not None:
        finding["suggestion"] = suggestion
    return cast("Finding", finding)


def _requirement(place: str) -> str:
    """The sentence behind a place in the schemas: that of the longest place named that contains it."""
    data = standard()
    for prefix, sentence in data["schema_requirements"].items():
        if place == prefix or place.startswith(prefix + "/"):
            return str(sentence)
    return str(data["default_requirement"])
