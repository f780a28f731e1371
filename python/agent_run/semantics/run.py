"""Rules about the run as a whole and its times (spec/run.md, spec/versioning.md)."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Iterator

from ..canonical import number_text
from ..schema.wording import nearest, quote
from ..standard import standard
from .instant import MILLISECOND, instant, is_before
from .record import Record
from .rule import ERROR, WARNING, Case, Rule
from .thing import Thing

_NEWER_MINOR = re.compile(r"1\.[1-9][0-9]*")
_REGISTERED_FORM = re.compile(r"[a-z][a-z0-9_]*")


def is_going_on(run: Thing) -> bool:
    """Whether a run isn't over, by its status."""
    return run.is_one("status", "pending", "running", "paused")


def version_newer(record: Record) -> Iterator[Case]:
    """The record was written for a later minor version."""
    version = record.run.text("spec_version") or ""
    if _NEWER_MINOR.fullmatch(version) is not None:
        found = f"version {version}" if len(version) <= 8 else "a later version"
        known = "expected 1.0, the latest that this check knows, so the rest is ignored"
        yield Case("/spec_version", f"the record is of {found}; {known}")


def null_member(record: Record) -> Iterator[Case]:
    """An optional member is null where leaving it out says the same."""
    for each in record.members:
        if each.value is not None or each.is_required or each.schema.is_deprecated or "null" not in each.schema.types:
            continue
        if not each.path.endswith(("/ended_at", "_tokens")):
            name = each.path.rpartition("/")[2]
            yield Case(each.path, f"{name} is null; expected to be left out where it is unknown")


def deprecated_member(record: Record) -> Iterator[Case]:
    """A step has a member of 0.1 that others have replaced."""
    for step in record.steps:
        for name, instead in (("success", "status"), ("tokens_used", "cost")):
            if step.has(name):
                yield Case(f"{step.path}/{name}", f"{name} is a 0.1 member; expected {instead}")


def self_reference(record: Record) -> Iterator[Case]:
    """A run names itself."""
    own = record.run.text("id")
    if own is None:
        return
    message = "the run names itself; expected another run"
    if record.run.get("parent_run_id") == own:
        yield Case("/parent_run_id", message)
    for other in (*record.parents, *record.run.parts("related")):
        if other.get("run_id") == own:
            yield Case(f"{other.path}/run_id", message)


def other_parent(record: Record) -> Iterator[Case]:
    """``parent_run_id`` is none of ``provenance.parents``."""
    stated = record.run.text("parent_run_id")
    if stated is not None and record.parents and all(parent.get("run_id") != stated for parent in record.parents):
        expected = "expected the run_id of one of provenance.parents"
        yield Case("/parent_run_id", f"parent_run_id is {quote(stated)}; {expected}")


def outcome_early(record: Record) -> Iterator[Case]:
    """A run that has hardly begun has an outcome."""
    if record.run.is_one("status", "pending", "running") and record.run.known("outcome"):
        status = record.run.get("status")
        yield Case("/outcome", f"outcome is given and status is {status}; expected no outcome yet")


def ended_at_missing(record: Record) -> Iterator[Case]:
    """A run that is over doesn't say when it ended."""
    if not is_going_on(record.run) and not record.run.has("ended_at"):
        status, expected = record.run.get("status"), "expected ended_at, null where it is unknown"
        yield Case("", f"status is {status} and ended_at is absent; {expected}")


def ended_at_unexpected(record: Record) -> Iterator[Case]:
    """A run that isn't over has an end."""
    if is_going_on(record.run) and record.run.known("ended_at"):
        status, expected = record.run.get("status"), "expected no ended_at before the run has ended"
        yield Case("/ended_at", f"ended_at is given and status is {status}; {expected}")


def time_impossible(record: Record) -> Iterator[Case]:
    """A time is written well and doesn't exist."""
    for each in record.members:
        is_time = isinstance(each.value, str) and (each.schema.pattern or "").startswith("^[0-9]{4}-")
        if is_time and instant(each.value) is None:
            yield Case(each.path, "the date does not exist; expected one of the calendar")


def time_order(record: Record) -> Iterator[Case]:
    """Something ended before it began."""
    for span in record.spans:
        if is_before(span.get("ended_at"), span.get("started_at")):
            message = "ended_at is before started_at; expected the same time or a later one"
            yield Case(f"{span.path}/ended_at", message)


def time_duration(record: Record) -> Iterator[Case]:
    """A duration isn't the one between the two times, give or take a second or a hundredth."""
    for span in record.spans:
        start, end, stated = span.instant("started_at"), span.instant("ended_at"), span.number("duration_ms")
        if start is None or end is None or stated is None or end < start:
            continue
        measured = Fraction(end - start, MILLISECOND)
        if abs(Fraction(stated) - measured) > max(measured / 100, Fraction(1000)):
            found = f"duration_ms is {number_text(float(stated))}"
            expected = f"expected about {number_text(float(measured))} by started_at and ended_at"
            yield Case(f"{span.path}/duration_ms", f"{found}; {expected}")


def time_outside_run(record: Record) -> Iterator[Case]:
    """A step began before the run."""
    for step in record.steps:
        if is_before(step.get("started_at"), record.run.get("started_at")):
            message = "the step starts before its run; expected the same time or a later one"
            yield Case(f"{step.path}/started_at", message)


def vocabulary_unregistered(record: Record) -> Iterator[Case]:
    """A value of an open vocabulary is neither registered nor a vendor's."""
    vocabularies = standard()["vocabularies"]
    for each in record.members:
        known = vocabularies.get(f"{each.schema.file}.json#{each.schema.place}")
        if known is None or not isinstance(each.value, str) or each.value in known:
            continue
        if _REGISTERED_FORM.fullmatch(each.value) is not None:
            message = f"{quote(each.value)} is not registered; expected a registered value or vendor:name"
            yield Case(each.path, message, known, nearest(each.value, known))


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
