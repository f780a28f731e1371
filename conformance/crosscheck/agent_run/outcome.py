"""How a check comes out (spec/verdict.md)."""

from __future__ import annotations

from typing import NamedTuple, Optional

Fault = tuple[str, str]


class Outcome(NamedTuple):
    """Result, and for a failure or an unknown its code and the JSON Pointer of the place."""

    result: str
    code: Optional[str] = None
    path: Optional[str] = None


def passed() -> Outcome:
    """Compared, and right."""
    return Outcome("pass")


def failed(code: str, path: str) -> Outcome:
    """Compared, and wrong."""
    return Outcome("fail", code, path)


def unknown(code: str, path: Optional[str]) -> Outcome:
    """There is something, and what is needed to judge it is missing."""
    return Outcome("unknown", code, path)


def absent() -> Outcome:
    """Nothing to compare."""
    return Outcome("absent")


def skipped() -> Outcome:
    """An earlier failure makes it pointless."""
    return Outcome("skipped")
