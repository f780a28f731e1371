"""The cases of vectors/verify: whole records and what a verifier is given beside them."""

from __future__ import annotations

from typing import Any, NamedTuple, Optional, Union

from agent_run.seal import Json

from .records import NOW, TRUST


class Case(NamedTuple):
    """One whole record with at most one fault. `record` is a value, or the exact text."""

    name: str
    requirement: str
    description: str
    record: Union[Json, str]
    beside: Json
    level: str = "sealed"
    now: str = NOW


def case(
    name: str,
    requirement: str,
    description: str,
    record: Union[Json, str],
    *,
    trust: Optional[Json] = TRUST,
    level: str = "sealed",
    now: str = NOW,
    **beside: Any,
) -> Case:
    """A case; with the usual trust file unless another is given, or None for none."""
    given = {"trust": trust, **beside}
    return Case(name, requirement, description, record, {k: v for k, v in given.items() if v is not None}, level, now)
