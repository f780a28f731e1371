"""What the test asks for in which every language seals and all others verify: records, journals, erasure."""

from __future__ import annotations

from typing import Any, Callable

from ..canonical import canonicalize
from ..journal import JournalWriter
from ..read import ReadError, read
from ..seal import erase, protect, seal
from ..signatures import Signer, sign_object
from .given import Input

# Lists of a run that lines of their own bring to a journal, and what each line is called: decisions come before steps.
_BEFORE = {"approvals": "approval", "policy_decisions": "policy_decision"}
_AFTER = {"artifacts": "artifact", "evidence": "evidence"}


def _canonical(given: Input) -> dict[str, str]:
    try:
        value = read(given.file())
    except ReadError as refused:
        return {"refused": refused.code}
    return {"canonical_hex": canonicalize(value).hex()}


def _signer(given: Input) -> Signer:
    return Signer.from_seed(given.octets("seed_hex"))


def _seal(given: Input) -> Any:
    return seal(given.object("run"), _signer(given), given.text("at"), given.optional("journal_head"))


def _erase(given: Input) -> dict[str, Any]:
    return erase(given.object("record"), given.optional("paths"))._asdict()


def _sign(given: Input) -> Any:
    return sign_object(given.value("kind"), given.object("object"), _signer(given))


def _journal(given: Input) -> dict[str, Any]:
    """The lines that a recorder would have written for a run, and the record that it seals in the end."""
    run, at, signer = given.object("run"), given.text("at"), _signer(given)
    heads_every = given.optional("heads_every")
    writer = JournalWriter(signer)

    def lines_of(lists: dict[str, str]) -> list[str]:
        return [
            line
            for member, type_ in lists.items()
            for each in run.get(member, ())
            for line in writer.append(type_, at, each)
        ]

    later = ("steps", "status", "ended_at", "cost", *_BEFORE, *_AFTER)
    started = {name: member for name, member in run.items() if name not in later}
    started["provenance"] = {**run["provenance"], "signed_by": signer.did}
    lines = [*writer.append("run.started", at, started), *lines_of(_BEFORE)]
    for number, step in enumerate(run["steps"], start=1):
        lines += writer.append("step.ended", at, step)
        if heads_every is not None and number % heads_every == 0:
            lines += writer.sign_head(at)
    lines += lines_of(_AFTER)
    ended = {name: member for name, member in run.items() if name in ("status", "ended_at", "cost")}
    lines += writer.append("run.updated", at, ended)
    lines += writer.sign_head(at)
    record = seal(run, signer, at, writer.head)
    lines += writer.seal(at, record)
    return {"journal_text": "".join(line + "\n" for line in lines), "record": record}


#: The operations by name.
AGREEMENT: dict[str, Callable[[Input], Any]] = {
    "agreement/canonical": _canonical,
    "agreement/protect": lambda given: protect(given.object("run")),
    "agreement/seal": _seal,
    "agreement/erase": _erase,
    "agreement/sign": _sign,
    "agreement/journal": _journal,
}
