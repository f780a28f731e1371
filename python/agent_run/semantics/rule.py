"""What a semantic rule is."""

from __future__ import annotations

from typing import Callable, Iterator, NamedTuple

from .record import Record

#: Severities of findings.
ERROR, WARNING = "error", "warning"


class Case(NamedTuple):
    """One case of a rule that was broken."""

    #: JSON Pointer.
    path: str
    #: What was found and what was expected, without a full stop and without what stands in a private member.
    message: str
    #: What may stand there.
    allowed: list[str] | None = None
    #: What was probably meant.
    suggestion: str | None = None


class Rule(NamedTuple):
    """A rule that goes beyond what a schema can say: it gives the places at which a record breaks it."""

    code: str
    severity: str
    find: Callable[[Record], Iterator[Case]]
    #: Whether it isn't applied to a record without ``spec_version``, which could not know it.
    is_new: bool = False
