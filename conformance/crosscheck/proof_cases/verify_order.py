"""Cases about the order in which a journal says that steps and decisions came."""

from __future__ import annotations

from typing import Optional

from agent_run.seal import Json

from .case import Case, case
from .journals import Writer, ending, start
from .keys import key
from .records import (
    TRUST,
    decided,
    model_call,
    publish,
    requested,
    sealed,
    without,
)
from .verify_approval import RUN, signed


def _lines(writer: Writer, order: str, call: Json) -> Writer:
    """Lines: q request, d the person's decision, u one that nobody signed, b and e begin and end, h a head."""
    request = requested(RUN, call)
    said = {"q": request, "d": signed(decided(request)), "u": decided(request)}
    for letter in order:
        if letter in said:
            writer.append("approval", said[letter])
        elif letter == "b":
            writer.append("step.started", without(call, "ended_at", "status"))
        elif letter == "h":
            writer.head()
        else:
            writer.step(call)
    return writer


def _sealed_with(order: str, **step: object) -> tuple[Json, str]:
    """Record and journal, which its journal_head names."""
    writer = ending(_lines(start().step(model_call()), order, publish(**step)))
    return writer.seal(), writer.text()


def _sealed_without(order: str, **step: object) -> tuple[Json, str]:
    """Record without a journal_head, and a journal that fits it."""
    writer = ending(_lines(start().step(model_call()), order, publish(**step)))
    return sealed(writer.fold()), writer.text()


def _strangers(order: str, **step: object) -> tuple[Json, str]:
    """The same; a stranger wrote the journal, who has no key that counts."""
    record, _ = _sealed_without("qdbe", **step)
    names = ("spec_version", "id", "agent_id", "workspace_id", "model", "trigger", "started_at", "inventory")
    writer = Writer("stranger")
    provenance = {"nonce": record["provenance"]["nonce"]}
    writer.append("run.started", {**{name: record[name] for name in names}, "provenance": provenance})
    return record, ending(_lines(writer.step(model_call()), order, publish(**step))).text()


def _recorder_trusted(how: Optional[Json]) -> Json:
    """The usual trust file, in which the recorder's entry says something else, or is left out."""
    did = key("recorder").did
    changed = [{**each, **(how or {})} if each["key"] == did else each for each in TRUST["keys"]]
    return {**TRUST, "keys": [each for each in changed if how is not None or each["key"] != did]}


def _unsealed(order: str, **step: object) -> tuple[Json, str]:
    """A record without a seal, and the journal that it comes from."""
    writer = ending(_lines(start().step(model_call()), order, publish(**step)))
    return writer.fold(), writer.text()


_SOON = "2026-11-20T14:01:30Z"


def _beside(name: str, requirement: str, description: str, made: tuple[Json, str]) -> Case:
    return case(name, requirement, description, made[0], journal_text=made[1], level="accountable")


JOURNALS = [
    _beside(
        "journal_early_unsigned",
        "AR-APPR-032",
        "A line that nobody signed stands before the step, the person's after its end.",
        _sealed_with("qubed"),
    ),
    _beside(
        "journal_time_unknown",
        "AR-APPR-037",
        "Nothing says when the step started, but the lines say that it was after the decision.",
        _sealed_with("qdbe", started_at=None),
    ),
    _beside(
        "journal_strangers_proves_nothing",
        "AR-APPR-032",
        "The step started before its decision; a stranger's journal says otherwise.",
        _strangers("qdbe", started_at=_SOON),
    ),
    _beside(
        "journal_strangers_accuses_nobody",
        "AR-APPR-032",
        "The times are right; a stranger's journal says otherwise.",
        _strangers("beqd"),
    ),
    _beside(
        "journal_head_proves_order",
        "AR-APPR-032",
        "Without journal_head: the lines before the last head, by the signer's key, say that the decision came first.",
        _sealed_without("qdbeh", started_at=_SOON),
    ),
    _beside(
        "journal_after_head_proves_nothing",
        "AR-APPR-032",
        "The lines that say so stand after the last head.",
        _sealed_without("hqdbe", started_at=_SOON),
    ),
    _beside(
        "journal_unsealed_proves_order",
        "AR-JRNL-015",
        "Without a seal: the lines before the last head, by a key that is trusted as recorder, say that it came first.",
        _unsealed("qdbeh", started_at=_SOON),
    ),
    case(
        "journal_unsealed_proves_nothing",
        "AR-JRNL-015",
        "The same, and the key of the head is in no trust file.",
        _unsealed("qdbeh", started_at=_SOON)[0],
        journal_text=_unsealed("qdbeh", started_at=_SOON)[1],
        trust=_recorder_trusted(None),
        level="recorded",
    ),
    case(
        "journal_unsealed_other_agents_key",
        "AR-JRNL-015",
        "The same, and that key is trusted for other agents.",
        _unsealed("qdbeh", started_at=_SOON)[0],
        journal_text=_unsealed("qdbeh", started_at=_SOON)[1],
        trust=_recorder_trusted({"agents": ["other-*"]}),
        level="recorded",
    ),
]
