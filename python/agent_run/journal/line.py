"""What the lines of a journal are, by type (spec/journal.md, Lines)."""

from __future__ import annotations

from typing import Any, NamedTuple

from ..public_form import PrivateKind

#: What stands before the first line: 64 zeros (AR-JRNL-003).
ORIGIN = "sha256:" + "0" * 64

#: The schema of the ``data`` of a line, by its type.
SCHEMA_OF = {
    "step.started": "step",
    "step.ended": "step",
    "approval": "approval",
    "policy_decision": "policy-decision",
    "artifact": "artifact",
    "evidence": "evidence",
    "head": "journal-head",
}

#: Which object with private members the ``data`` of a line is, by its type.
KIND_OF: dict[str, PrivateKind] = {
    "run.started": "run",
    "run.updated": "run",
    "run.sealed": "run",
    "step.started": "step",
    "step.ended": "step",
    "approval": "approval",
    "policy_decision": "policy_decision",
    "artifact": "artifact",
}

#: Lists of a run that lines of a type are appended to.
LIST_OF = {
    "step.ended": "steps",
    "approval": "approvals",
    "policy_decision": "policy_decisions",
    "artifact": "artifacts",
    "evidence": "evidence",
}

#: Members of a run that have lines of their own, or come after the run.
COLLECTED = ("steps", "approvals", "policy_decisions", "artifacts", "evidence", "eval")

#: Members of ``provenance`` that exist only once the record is sealed.
SEAL_MEMBERS = ("steps_count", "steps_root", "journal_head", "sealed_at", "record_hash", "signature")

#: Members of a run that ``run.updated`` may give a new value.
UPDATABLE = frozenset(
    """session_id turn_id task_id job_id related links tags agent_name agent_version agent_role runtime runtime_version
    model provider model_config prompt_version status outcome ended_at duration_ms error error_type input_preview
    output_preview input_refs output_refs intent tools_available inventory permissions sandbox policies scope git_branch
    git_commit setup checkpoints recovery cost private_hash metadata provenance""".split()
)

#: Members of ``provenance`` that ``run.updated`` may give a new value.
UPDATABLE_PROVENANCE = frozenset("config_hash model_version prompt_digest inventory_hash runtime metadata".split())


class Line(NamedTuple):
    """A chained line as it was read."""

    #: Number in the file, from 0, private lines counted.
    number: int
    #: Offset of its first byte.
    octet: int
    seq: int
    prev: str
    at: str
    type: str
    data: dict[str, Any]
    #: SHA-256 of its bytes without the line feed: ``prev`` of the next one.
    digest: str


class PrivateLine(NamedTuple):
    """A line that can be deleted: the salt and the private members of one object."""

    number: int
    octet: int
    #: The ``private_hash`` of the object.
    private: str
    #: Salt and private members.
    members: dict[str, Any]


class JournalFault(NamedTuple):
    """Something that is wrong with a journal."""

    #: ``journal.line``, ``journal.seq`` … (spec/errors.md).
    code: str
    #: JSON Pointer: number of the line and what is in it, or for ``journal.fold`` and ``journal.head`` a place in the record.
    path: str
    #: What was expected and found: hashes, numbers, keys or words, never a payload.
    expected: str
    found: str
    #: Number of the line, ``None`` where no line is at fault.
    number: int | None = None
