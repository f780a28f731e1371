"""Rules about private members, previews and an embedded eval (spec/privacy.md, spec/evaluation.md)."""

from __future__ import annotations

from typing import Iterator

from .context import Context, Paths, Thing
from .hashing import PRIVATE, SALT
from .rule import error, warning

LONGEST_PREVIEW = 2000


def erasable(context: Context) -> Iterator[tuple[str, Thing]]:
    """Every object that can have a private_hash, and its kind."""
    yield "run", context.run
    for step in context.steps:
        yield "step", step
        for effect in step.things("side_effects"):
            yield "side_effect", effect
    for kind, things in (
        ("approval", context.approvals),
        ("policy_decision", context.decisions),
        ("artifact", context.artifacts),
    ):
        for thing in things:
            yield kind, thing


def salt_alone(context: Context) -> Paths:
    """AR-PRIV-001"""
    for _, thing in erasable(context):
        if thing.has(SALT) and not thing.has("private_hash"):
            yield f"{thing.path}/{SALT}"


def partial(context: Context) -> Paths:
    """AR-PRIV-002"""
    for kind, thing in erasable(context):
        if thing.is_erased() and any(member in thing.value for member in PRIVATE[kind]):
            yield thing.path


def too_long(context: Context) -> Paths:
    """AR-PRIV-003"""
    for thing in [context.run, *context.steps]:
        for member in ("input_preview", "output_preview"):
            if len(thing.text(member) or "") > LONGEST_PREVIEW:
                yield f"{thing.path}/{member}"


def other_run(context: Context) -> Paths:
    """AR-EVAL-002"""
    evaluation = context.run.thing("eval")
    if evaluation and evaluation.text("run_id") not in (None, context.id):
        yield "/eval/run_id"


def other_record(context: Context) -> Paths:
    """AR-EVAL-003"""
    evaluation = context.run.thing("eval")
    judged = evaluation.text("record_hash") if evaluation else None
    if judged is not None and judged != context.provenance().text("record_hash"):
        yield "/eval/record_hash"


PRIVACY = [
    error("private.salt_alone", salt_alone),
    error("private.partial", partial),
    warning("preview.too_long", too_long),
]
EVALUATION = [
    error("eval.other_run", other_run),
    error("eval.other_record", other_record),
]
