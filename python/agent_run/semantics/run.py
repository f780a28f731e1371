"""Rules about the run as a whole and its times (spec/run.md, spec/versioning.md)."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Iterator

from ..standard import standard
from .instant import MILLISECOND, instant, is_before
from .record import Record
from .rule import ERROR, WARNING, Rule
from .thing import Thing

_NEWER_MINOR = re.compile(r"1\.[1-9][0-9]*")
_REGISTERED_FORM = re.compile(r"[a-z][a-z0-9_]*")


def is_going_on(run: Thing) -> bool:
    """Whether a run isn't over, by its status."""
    return run.is_one("status", "pending", "running", "paused")


def version_newer(record: Record) -> Iterator[str]:
    """The record was written for a later minor version."""
    if _NEWER_MINOR.fullmatch(record.run.text("spec_version") or "") is not None:
        yield "/spec_version"


def null_member(record: Record) -> Iterator[str]:
    """An optional member is null where leaving it out says the same."""
    for each in record.members:
        if each.value is not None or each.is_required or each.schema.is_deprecated or "null" not in each.schema.types:
            continue
        if not each.path.endswith(("/ended_at", "_tokens")):
            yield each.path


def deprecated_member(record: Record) -> Iterator[str]:
    """A step has a member of 0.1 that others have replaced."""
    for step in record.steps:
        for name in ("success", "tokens_used"):
            if step.has(name):
                yield f"{step.path}/{name}"


def self_reference(record: Record) -> Iterator[str]:
    """A run names itself."""
    own = record.run.text("id")
    if own is None:
        return
    if record.run.get("parent_run_id") == own:
        yield "/parent_run_id"
    for other in (*record.parents, *record.run.parts("related")):
        if other.get("run_id") == own:
            yield f"{other.path}/run_id"


def other_parent(record: Record) -> Iterator[str]:
    """``parent_run_id`` is none of ``provenance.parents``."""
    stated = record.run.get("parent_run_id")
    if stated is not None and record.parents and all(parent.get("run_id") != stated for parent in record.parents):
        yield "/parent_run_id"


def outcome_early(record: Record) -> Iterator[str]:
    """A run that has hardly begun has an outcome."""
    if record.run.is_one("status", "pending", "running") and record.run.known("outcome"):
        yield "/outcome"


def ended_at_missing(record: Record) -> Iterator[str]:
    """A run that is over doesn't say when it ended."""
    if not is_going_on(record.run) and not record.run.has("ended_at"):
        yield ""


def ended_at_unexpected(record: Record) -> Iterator[str]:
    """A run that isn't over has an end."""
    if is_going_on(record.run) and record.run.known("ended_at"):
        yield "/ended_at"


def time_impossible(record: Record) -> Iterator[str]:
    """A time is written well and doesn't exist."""
    for each in record.members:
        is_time = isinstance(each.value, str) and (each.schema.pattern or "").startswith("^[0-9]{4}-")
        if is_time and instant(each.value) is None:
            yield each.path


def time_order(record: Record) -> Iterator[str]:
    """Something ended before it began."""
    for span in record.spans:
        if is_before(span.get("ended_at"), span.get("started_at")):
            yield f"{span.path}/ended_at"


def time_duration(record: Record) -> Iterator[str]:
    """A duration isn't the one between the two times, give or take a second or a hundredth."""
    for span in record.spans:
        start, end, stated = span.instant("started_at"), span.instant("ended_at"), span.number("duration_ms")
        if start is None or end is None or stated is None or end < start:
            continue
        measured = Fraction(end - start, MILLISECOND)
        if abs(Fraction(stated) - measured) > max(measured / 100, Fraction(1000)):
            yield f"{span.path}/duration_ms"


def time_outside_run(record: Record) -> Iterator[str]:
    """A step began before the run."""
    for step in record.steps:
        if is_before(step.get("started_at"), record.run.get("started_at")):
            yield f"{step.path}/started_at"


def vocabulary_unregistered(record: Record) -> Iterator[str]:
    """A value of an open vocabulary is neither registered nor a vendor's."""
    vocabularies = standard()["vocabularies"]
    for each in record.members:
        known = vocabularies.get(f"{each.schema.file}.json#{each.schema.place}")
        if known is None or not isinstance(each.value, str) or each.value in known:
            continue
        if _REGISTERED_FORM.fullmatch(each.value) is not None:
            yield each.path


RUN_RULES = (
    Rule("version.newer", WARNING, version_newer),
    Rule("run.null_member", WARNING, null_member, is_new=True),
    Rule("step.deprecated_member", WARNING, deprecated_member, is_new=True),
    Rule("run.self_reference", ERROR, self_reference),
    Rule("run.other_parent", ERROR, other_parent),
    Rule("run.outcome_early", WARNING, outcome_early),
    Rule("run.ended_at_missing", ERROR, ended_at_missing, is_new=True),
    Rule("run.ended_at_unexpected", WARNING, ended_at_unexpected),
    Rule("time.impossible", ERROR, time_impossible),
    Rule("time.order", ERROR, time_order),
    Rule("time.duration", WARNING, time_duration),
    Rule("time.outside_run", WARNING, time_outside_run),
)

VOCABULARY_RULES = (Rule("vocabulary.unregistered", WARNING, vocabulary_unregistered),)
