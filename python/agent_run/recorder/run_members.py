"""The members of the run itself: at its start, when they change, and at its end."""

from secrets import token_hex
from typing import Any, Dict, List, Mapping, Optional, Sequence, Tuple
from uuid import uuid4

from ..digest_text import digest
from ..hashes import hash_value, run_hash, tool_hash
from ..journal.line import UPDATABLE
from ..members import object_in, objects_in, without
from ..public_form import PRIVATE_MEMBERS
from ..version import VERSION
from .clean import Cleaner
from .clock import Instant
from .delegation import inherited
from .faults import Faults
from .state import State, protected
from .valid import keep_valid

WRITER = f"agent_run (Python) {VERSION}"
"""Software that writes the records, as they name it."""

_UNKNOWN: Dict[str, object] = {"input_tokens": None, "output_tokens": None}
_OF_PROVENANCE = ("config_hash", "model_version", "prompt_digest", "parents", "metadata")


def begin(
    agent_id: str,
    members: Mapping[str, Any],
    tools: Sequence[Mapping[str, object]],
    signed_by: Optional[str],
    started: Instant,
    cleaner: Cleaner,
    faults: Faults,
) -> Dict[str, object]:
    """The run as it is when it begins, valid and protected."""
    given = dict(members)
    input_preview = cleaner.preview(given.pop("input", None))
    if input_preview is not None:
        given["input_preview"] = input_preview
    offered = [tool for tool in tools or () if isinstance(tool, Mapping) and isinstance(tool.get("name"), str)]
    if len(offered) < len(tools or ()):
        faults.report(
            "recorder.member_refused", "agent-run: tools: one of them is no mapping with a name; it is left out"
        )
    if offered:
        given.setdefault("tools_available", [tool["name"] for tool in offered])
        given["inventory"] = {**object_in(given, "inventory"), "tools": _inventory(offered)}
    above = _above(given.pop("delegation", None), faults)
    run_id = given.pop("id", None)
    if not isinstance(run_id, str) and run_id is not None:
        faults.report("recorder.member_refused", "agent-run: id is left out: found no text, expected one (schema.type)")
    said = _said_of_provenance(given.pop("provenance", None), cleaner, faults)
    fixed = without(given, "steps", "approvals", "policy_decisions", "artifacts", "evidence", "eval", "cost", "source")
    known = cleaner.members(fixed)
    shape: Dict[str, object] = {
        "spec_version": "1.0",
        "id": (cleaner.text(run_id) if isinstance(run_id, str) else "") or str(uuid4()),
        "agent_id": cleaner.text(str(agent_id)) if agent_id else "unknown",
        "status": "running",
        "started_at": started.text,
        **without(known, "spec_version", "agent_id", "status", "started_at", "ended_at", "salt", "private_hash"),
        **above["run"],
        "steps": [],
        "cost": _UNKNOWN,
        "provenance": {
            **said,
            **above["provenance"],
            "run_hash": "",
            "runtime": WRITER,
            "nonce": token_hex(16),
            **({} if signed_by is None else {"signed_by": signed_by}),
        },
    }
    kept = keep_valid("agent-run", shape, faults) or {name: shape[name] for name in ("id", *_ESSENTIAL)}
    run = without(kept, "steps", "cost", "salt", "private_hash")
    own = dict(object_in(run, "provenance"))
    own["run_hash"] = run_hash(run)
    if "inventory" in run:
        own["inventory_hash"] = hash_value("inventory", run["inventory"])
    return protected("run", {**run, "provenance": own})


def _above(delegation: object, faults: Faults) -> Dict[str, Dict[str, object]]:
    """What a run has from the one that gave it its work."""
    if isinstance(delegation, Mapping):
        try:
            return inherited(delegation)
        except ValueError as error:
            faults.report("recorder.member_refused", f"agent-run: {error}", error)
    elif delegation is not None:
        faults.report("recorder.member_refused", "agent-run: delegation: expected what delegate() gave")
    return {"run": {}, "provenance": {}}


def _said_of_provenance(given: object, cleaner: Cleaner, faults: Faults) -> Dict[str, object]:
    """What a caller may say of the provenance, as far as it is valid."""
    said = given if isinstance(given, Mapping) else {}
    known = cleaner.members({name: said[name] for name in _OF_PROVENANCE if name in said})
    return without(keep_valid("provenance", {**known, "run_hash": "-"}, faults) or {}, "run_hash")


_ESSENTIAL = ("spec_version", "agent_id", "status", "started_at", "steps", "cost", "provenance")


def _inventory(tools: Sequence[Mapping[str, object]]) -> List[Dict[str, object]]:
    """A tool of one name and server stands in an inventory once (AR-RUN-013)."""
    described: Dict[Tuple[object, object], Dict[str, object]] = {}
    for tool in tools:
        entry: Dict[str, object] = {"name": tool["name"], "schema_hash": tool_hash(tool)}
        entry.update({name: tool[name] for name in ("mcp_server", "kind", "permission", "annotations") if name in tool})
        if isinstance(tool.get("description"), str):
            entry["description_digest"] = digest(str(tool["description"]).encode("utf-8", "surrogatepass"))
        described[(tool["name"], tool.get("mcp_server"))] = entry
    return list(described.values())


def tool_hashes(run: Mapping[str, object]) -> Dict[Tuple[object, object], str]:
    """``schema_hash`` of every tool of the inventory, by name and server."""
    tools = objects_in(object_in(run, "inventory"), "tools")
    return {
        (tool["name"], tool.get("mcp_server")): str(tool["schema_hash"]) for _, tool in tools if "schema_hash" in tool
    }


def updated(state: State, members: Mapping[str, object], of_provenance: Optional[Mapping[str, object]] = None) -> None:
    """Gives members of the run new values, in the record and in the journal.

    If a private one is among them, all private members are protected anew, under a new salt.
    """
    for name in [name for name in members if name not in UPDATABLE or name in ("provenance", "private_hash")]:
        state.faults.report("recorder.member_refused", f"run: {name} cannot be changed during a run, or does not exist")
        members = without(members, name)
    patch = _valid_patch(state, members)
    extra = dict(of_provenance or {})
    if "inventory" in patch:
        extra["inventory_hash"] = hash_value("inventory", patch["inventory"])
    if not patch and not extra:
        return
    with state.log.lock:
        _update(state, patch, extra)


def _update(state: State, patch: Mapping[str, object], extra: Mapping[str, object]) -> None:
    before = state.run
    provenance = {**object_in(before, "provenance"), **extra}
    line: Dict[str, object] = {**patch, **({"provenance": dict(extra)} if extra else {})}
    if any(name in PRIVATE_MEMBERS["run"] for name in patch):
        after = protected("run", {**without(before, "salt", "private_hash"), **patch, "provenance": provenance})
        hidden = (*PRIVATE_MEMBERS["run"], "salt", "private_hash")
        line.update({name: after[name] for name in hidden if name in after})
    else:
        after = {**before, **patch, "provenance": provenance}
    state.run = after
    state.log.add("run.updated", line)


def _valid_patch(state: State, members: Mapping[str, object]) -> Dict[str, object]:
    blank: Dict[str, object] = {
        "id": "-",
        "spec_version": "1.0",
        "agent_id": "-",
        "status": "running",
        "started_at": None,
        "steps": [],
        "cost": _UNKNOWN,
        "provenance": {"run_hash": "-"},
    }
    kept = keep_valid("agent-run", {**blank, **state.cleaner.members(members)}, state.faults) or {}
    return {name: value for name, value in kept.items() if name in members}
