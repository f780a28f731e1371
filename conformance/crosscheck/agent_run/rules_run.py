"""Rules about the run as a whole: version, life, times, vocabularies (spec/versioning.md, spec/run.md)."""

from __future__ import annotations

import re
from fractions import Fraction

from .context import Context, Paths, Thing
from .instants import instant
from .rule import error, warning
from .schema import members_of
from .vocabularies import registered

ENDED = {"completed", "failed", "cancelled", "timeout", "interrupted", "unknown"}
GOING_ON = {"pending", "running", "paused"}
TIME_PATTERN = "^[0-9]{4}-(0[1-9]|1[0-2])-"
NAME = re.compile("[a-z][a-z0-9_]*")


def newer(context: Context) -> Paths:
    """AR-VER-002"""
    version = context.run.text("spec_version")
    if version is not None and re.fullmatch(r"1\.[1-9][0-9]*", version):
        yield "/spec_version"


def null_member(context: Context) -> Paths:
    """AR-RUN-015. A deprecated member is another rule's affair, null or not."""
    for path, value, schema, required in members_of(context.run.value):
        if value is not None or required or schema.node.get("deprecated") or "null" not in schema.node.get("type", []):
            continue
        member = path.rpartition("/")[2]
        if member != "ended_at" and not member.endswith("_tokens"):
            yield path


def deprecated_member(context: Context) -> Paths:
    """AR-STEP-012"""
    for step in context.steps:
        for member in ("success", "tokens_used"):
            if member in step.value:
                yield f"{step.path}/{member}"


def self_reference(context: Context) -> Paths:
    """AR-RUN-012"""
    if context.run.text("parent_run_id") == context.id:
        yield "/parent_run_id"
    for other in [*context.provenance().things("parents"), *context.run.things("related")]:
        if other.text("run_id") == context.id:
            yield f"{other.path}/run_id"


def other_parent(context: Context) -> Paths:
    """AR-RUN-018"""
    stated = context.run.text("parent_run_id")
    parents = [parent.text("run_id") for parent in context.provenance().things("parents")]
    if stated is not None and parents and stated not in parents:
        yield "/parent_run_id"


def outcome_early(context: Context) -> Paths:
    """AR-RUN-016"""
    if context.status in ("pending", "running") and context.run.has("outcome"):
        yield "/outcome"


def ended_at_missing(context: Context) -> Paths:
    """AR-RUN-005"""
    if context.status in ENDED and "ended_at" not in context.run.value:
        yield ""


def ended_at_unexpected(context: Context) -> Paths:
    """AR-RUN-006"""
    if context.status in GOING_ON and context.run.has("ended_at"):
        yield "/ended_at"


def impossible(context: Context) -> Paths:
    """AR-RUN-007"""
    for path, value, schema, _ in members_of(context.run.value):
        is_time = schema.node.get("pattern", "").startswith(TIME_PATTERN)
        if is_time and isinstance(value, str) and instant(value) is None:
            yield path


def spans(context: Context) -> list[Thing]:
    """What has a beginning and an end."""
    return [context.run, *context.steps]


def order(context: Context) -> Paths:
    """AR-RUN-008"""
    for span in spans(context):
        start, end = span.time("started_at"), span.time("ended_at")
        if start is not None and end is not None and end < start:
            yield f"{span.path}/ended_at"


def duration(context: Context) -> Paths:
    """AR-RUN-009. Where the end is before the start, that is what is wrong."""
    for span in spans(context):
        start, end, stated = span.time("started_at"), span.time("ended_at"), span.number("duration_ms")
        if start is None or end is None or stated is None or end < start:
            continue
        measured = Fraction(end - start, 10**6)
        if abs(Fraction(stated) - measured) > max(Fraction(1000), measured / 100):
            yield f"{span.path}/duration_ms"


def outside_run(context: Context) -> Paths:
    """AR-STEP-014"""
    began = context.run.time("started_at")
    for step in context.steps:
        start = step.time("started_at")
        if began is not None and start is not None and start < began:
            yield f"{step.path}/started_at"


def unregistered(context: Context) -> Paths:
    """AR-RUN-020"""
    places = registered()
    for path, value, schema, _ in members_of(context.run.value):
        known = places.get((schema.file, schema.place))
        if known is not None and isinstance(value, str) and NAME.fullmatch(value) and value not in known:
            yield path


VERSION = [
    warning("version.newer", newer),
    warning("run.null_member", null_member, since_1_0=True),
    warning("step.deprecated_member", deprecated_member, since_1_0=True),
]
RUN = [
    error("run.self_reference", self_reference),
    error("run.other_parent", other_parent),
    warning("run.outcome_early", outcome_early),
]
TIMES = [
    error("run.ended_at_missing", ended_at_missing, since_1_0=True),
    warning("run.ended_at_unexpected", ended_at_unexpected),
    error("time.impossible", impossible),
    error("time.order", order),
    warning("time.duration", duration),
    warning("time.outside_run", outside_run),
]
VOCABULARIES = [warning("vocabulary.unregistered", unregistered)]
