"""Validation against the schemas of the standard, which come with the package."""

from .check import inside, is_same, pointer
from .given import MAX_NUMBER, NotJson, plain
from .node import Node, node_of, schema_names
from .report import is_valid, schema_findings
from .validate import Given, Validation, read_given, validate
from .wording import describe, plural, shown

__all__ = [
    "MAX_NUMBER",
    "Given",
    "Node",
    "NotJson",
    "Validation",
    "describe",
    "inside",
    "is_same",
    "is_valid",
    "node_of",
    "plain",
    "plural",
    "pointer",
    "read_given",
    "schema_findings",
    "schema_names",
    "shown",
    "validate",
]
