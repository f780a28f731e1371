"""What a semantic rule is: a code, a severity, and a check that yields the places where it finds something."""

from __future__ import annotations

from typing import Callable, Iterator, NamedTuple

from .context import Context


class Rule(NamedTuple):
    """`check` yields JSON Pointers. `since_1_0`: not applied to a record without spec_version."""

    code: str
    severity: str
    check: Callable[[Context], Iterator[str]]
    since_1_0: bool = False


def error(code: str, check: Callable[[Context], Iterator[str]], since_1_0: bool = False) -> Rule:
    """A rule that makes a record invalid."""
    return Rule(code, "error", check, since_1_0)


def warning(code: str, check: Callable[[Context], Iterator[str]], since_1_0: bool = False) -> Rule:
    """A rule that doesn't."""
    return Rule(code, "warning", check, since_1_0)
