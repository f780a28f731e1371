"""The journals that the vectors change."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any, Optional

from agent_run.canonical import canonical_text
from agent_run.hashing import PRIVATE, SALT, public_form
from agent_run.journal import ORIGIN, fold_of, read_journal
from agent_run.seal import Json, protect, steps_root

from .keys import key, salt
from .records import SEALED_AT, base, model_call, read_file, sealed, without

START = "2026-11-20T14:00:00Z"


class Writer:
    """Writes the lines of a journal. What is given as `line` overrides what would be right."""

    def __init__(self, signer: str = "recorder") -> None:
        self.signer = key(signer)
        self.lines: list[str] = []
        self.prev = ORIGIN
        self.seq = 0
        self.steps: list[Json] = []
        self.started: Json = {}

    def text(self, torn: str = "") -> str:
        """The file."""
        return "".join(line + "\n" for line in self.lines) + torn

    def append(self, kind: str, data: Json, at: str = START, private: Optional[Json] = None, **line: Any) -> Writer:
        """A chained line, and a private line after it."""
        value = {"seq": self.seq, "prev": self.prev, "at": at, "type": kind, "data": data, **line}
        self.raw(canonical_text(value))
        self.prev = "sha256:" + hashlib.sha256(self.lines[-1].encode("utf-8")).hexdigest()
        self.seq += 1
        if kind == "run.started":
            self.started = data
        if kind == "step.ended":
            self.steps.append(data)
        if private is not None:
            self.private(private)
        return self

    def raw(self, text: str) -> Writer:
        """A line as it is."""
        self.lines.append(text)
        return self

    def private(self, line: Json) -> Writer:
        """A private line."""
        return self.raw(canonical_text(line))

    def step(self, step: Json, **line: Any) -> Writer:
        """A step that has ended, with its private line if it has private members."""
        hidden = None
        if "private_hash" in step:
            members = {name: value for name, value in step.items() if name == SALT or name in PRIVATE["step"]}
            hidden = {"private": step["private_hash"], **members}
        return self.append("step.ended", public_form("step", step), step.get("ended_at") or START, hidden, **line)

    def head(self, by: Optional[str] = None, **changed: Any) -> Writer:
        """A signed head."""
        head = {
            "run_id": self.started["id"],
            "nonce": self.started["provenance"]["nonce"],
            "seq": self.seq - 1,
            "head": self.prev,
            "steps_count": len(self.steps),
            "steps_root": steps_root(self.steps),
            "at": SEALED_AT,
            **changed,
        }
        signer = self.signer if by is None else key(by)
        return self.append("head", signer.signed("head", head), SEALED_AT)

    def fold(self, live: bool = False) -> Json:
        """The run that the lines give."""
        return fold_of(read_journal(self.text().encode("utf-8")), live)

    def seal(self) -> Json:
        """Seals the run and writes the last line; the sealed record."""
        record = sealed(self.fold(), journal_head=self.prev)
        self.append("run.sealed", public_form("run", without(record, "steps", "eval")), SEALED_AT)
        return record


def start(signer: str = "recorder", **members: Any) -> Writer:
    """A journal with its first line."""
    run = base()
    given = ("spec_version", "id", "agent_id", "workspace_id", "model", "trigger", "started_at", "inventory")
    writer = Writer(signer)
    provenance = {"nonce": run["provenance"]["nonce"], "signed_by": writer.signer.did}
    data = {**{name: run[name] for name in given}, "provenance": provenance, **members}
    return writer.append("run.started", {name: value for name, value in data.items() if value is not ...})


def private_step(**members: Any) -> Json:
    """A step with a preview that can be erased."""
    return protect("step", read_file(output_preview="{}", **members), salt("journal step"))


def with_steps(heads: Sequence[int] = (0, 1), **started: Any) -> Writer:
    """A journal of two steps, with a head after each that is named."""
    writer = start(**started)
    for index, step in enumerate((model_call(), private_step())):
        writer.step(step)
        if index in heads:
            writer.head()
    return writer


def ending(writer: Writer, **members: Any) -> Writer:
    """How the run ended and what it cost."""
    run = base()
    said = {name: run[name] for name in ("status", "outcome", "ended_at", "cost")}
    return writer.append("run.updated", {**said, **members}, run["ended_at"])


def whole() -> tuple[Writer, Json]:
    """A journal from its beginning to its seal, and the record."""
    writer = ending(with_steps((0,))).head()
    record = writer.seal()
    return writer, record
