"""What a semantic rule is."""

from __future__ import annotations

from typing import Callable, Iterator, NamedTuple

from .record import Record

#: Severities of findings.
ERROR, WARNING = "error", "warning"


class Rule(NamedTuple):
    """A rule that goes beyond what a schema can say: it gives the places at which a record breaks it."""

    code: str
    severity: str
    find: Callable[[Record], Iterator[str]]
    #: Whether it isn't applied to a record without ``spec_version``, which could not know it.
    is_new: bool = False
