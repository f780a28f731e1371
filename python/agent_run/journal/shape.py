"""Which values can be lines of a journal, and which can begin a run (AR-JRNL-001, AR-JRNL-004)."""

from __future__ import annotations

from typing import Any, NamedTuple

from ..keys import key_of
from ..public_form import public_form
from ..schema import is_valid
from .line import COLLECTED, KIND_OF, SCHEMA_OF, SEAL_MEMBERS, UPDATABLE, UPDATABLE_PROVENANCE


def is_private(value: Any) -> bool:
    """Whether a value is a private line; nothing else may have a member ``private``."""
    return is_valid(value, "private-line")


def line_fault(value: Any) -> str | None:
    """What keeps a value from being a chained line, in words; ``None`` if nothing does."""
    if not is_valid(value, "journal-line"):
        return "neither a chained nor a private line"
    type_, data = value["type"], value["data"]
    kind, schema = KIND_OF.get(type_), SCHEMA_OF.get(type_)
    if kind is not None and public_form(kind, data) != data:
        return "salt or private members beside their private_hash"
    if schema is not None and not is_valid(data, schema):
        return f"data that are no {schema}"
    if type_ == "run.sealed" and ("steps" in data or "eval" in data):
        return "steps or eval in run.sealed"
    return _update_fault(data) if type_ == "run.updated" else None


def _blank() -> dict[str, Any]:
    """The least that is an agent run."""
    return {
        "id": "-",
        "agent_id": "-",
        "status": "running",
        "started_at": None,
        "steps": [],
        "cost": {"input_tokens": None, "output_tokens": None},
        "provenance": {"run_hash": "-"},
    }


def _update_fault(patch: dict[str, Any]) -> str | None:
    """What keeps ``run.updated`` from being applied: a member that it may not change, or a value that a run can't have."""
    provenance = patch.get("provenance", {})
    if not isinstance(provenance, dict):
        return "provenance that is no object in run.updated"
    if not UPDATABLE.issuperset(patch) or not UPDATABLE_PROVENANCE.issuperset(provenance):
        return "a member that run.updated may not change"
    if any(name in patch and patch[name] is None for name in ("status", "cost")):
        return "null for a member that a run cannot be without"
    trial = {**_blank(), **_given(patch)}
    trial["provenance"] = {"run_hash": "-", **_given(provenance)}
    return None if is_valid(trial, "agent-run") else "a value in run.updated that a run cannot have"


def _given(members: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in members.items() if value is not None}


class StartFault(NamedTuple):
    """What keeps data from beginning a run, and where below ``data``."""

    path: str
    expected: str
    found: str


def start_fault(data: dict[str, Any]) -> StartFault | None:
    """The first thing that keeps the data of ``run.started`` from beginning a run (AR-JRNL-004)."""
    for name in ("id", "spec_version", "agent_id", "started_at", "provenance"):
        if name not in data:
            return StartFault(f"/{name}", f"a member {name}", "none")
    provenance = data["provenance"] if isinstance(data["provenance"], dict) else {}
    if not isinstance(provenance.get("nonce"), str):
        return StartFault("/provenance/nonce", "a nonce", "something else" if "nonce" in provenance else "none")
    for name in COLLECTED:
        if name in data:
            return StartFault(f"/{name}", "it in lines of its own", "it here")
    for name in SEAL_MEMBERS:
        if name in provenance:
            return StartFault(f"/provenance/{name}", "it with run.sealed", "it here")
    if "signed_by" in provenance and key_of(provenance["signed_by"]) is None:
        return StartFault("/provenance/signed_by", "an Ed25519 key written did:key:z6Mk…", "something else")
    blank = _blank()
    trial = {"status": "running", "cost": blank["cost"], **data, "steps": []}
    trial["provenance"] = {"run_hash": "-", **provenance}
    return None if is_valid(trial, "agent-run") else StartFault("", "what a run can begin with", "something else")
