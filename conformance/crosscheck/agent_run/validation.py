"""What a validator says about the bytes of a record: bytes, schema and rules, in this order; what fails ends it."""

from __future__ import annotations

from typing import Any

from .reader import Refused, read
from .schema import check_schema
from .semantics import Finding, check_semantics


def validate(raw: bytes) -> list[Finding]:
    """Every finding about the bytes of a record: code, severity, JSON Pointer. Without an error the record is valid."""
    try:
        value = read(raw)
    except Refused as refusal:
        return [(refusal.code, "error", refusal.path)]
    return validate_value(value)


def validate_value(value: Any) -> list[Finding]:
    """The same about a value that was read already."""
    problems = check_schema(value)
    if problems:
        return [(code, "error", path) for code, path in problems]
    return check_semantics(value)
