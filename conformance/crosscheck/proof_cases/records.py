"""The records that the vectors change."""

from __future__ import annotations

from typing import Any

from agent_run.hashing import action_hash, arguments_hash, request_hash, run_hash, tool_hash
from agent_run.seal import Json, provenance_of, seal

from .keys import entry, key, nonce, trust

NOW = "2026-11-21T12:00:00Z"
SEALED_AT = "2026-11-20T14:05:00Z"

READ = {"name": "read_file", "description": "Reads a file", "input_schema": {"type": "object"}}
PUBLISH = {"name": "publish", "description": "Publishes a package", "input_schema": {"type": "object"}}

TRUST = trust(
    entry("recorder", "recorder", agents=["release-*"], workspaces=["acme"]),
    entry("approver", "approver", approves=["release_manager"]),
    entry("evaluator", "evaluator"),
    entry("server", "server"),
)


def base(**members: Any) -> Json:
    """A finished run of two steps, not sealed. Sealed by a trusted key it is accountable."""
    run: Json = {
        "spec_version": "1.0",
        "id": "run_1",
        "agent_id": "release-bot",
        "workspace_id": "acme",
        "model": "claude-sonnet-4-5",
        "trigger": "manual",
        "status": "completed",
        "outcome": "success",
        "started_at": "2026-11-20T14:00:00Z",
        "ended_at": "2026-11-20T14:04:00Z",
        "inventory": {"tools": [{"name": tool["name"], "schema_hash": tool_hash(tool)} for tool in (READ, PUBLISH)]},
        "steps": [model_call(), read_file()],
        "cost": {"input_tokens": 900, "output_tokens": 60},
        "provenance": {"nonce": nonce("run_1")},
    }
    return with_run_hash({**run, **members})


def with_run_hash(run: Json) -> Json:
    """The run with its fingerprint."""
    return {**run, "provenance": {"run_hash": run_hash(run), **run["provenance"]}}


def model_call(**members: Any) -> Json:
    """A step that asks a model."""
    return {
        "id": "s-0",
        "type": "model_call",
        "status": "succeeded",
        "model": "claude-sonnet-4-5",
        "started_at": "2026-11-20T14:00:01Z",
        "ended_at": "2026-11-20T14:00:02Z",
        "cost": {"input_tokens": 900, "output_tokens": 60},
        **members,
    }


def read_file(**members: Any) -> Json:
    """A tool call that no approval was asked for."""
    return {
        "id": "s-1",
        "type": "tool_call",
        "tool_name": "read_file",
        "tool_hash": tool_hash(READ),
        "arguments_hash": arguments_hash({"path": "package.json"}, None),
        "status": "succeeded",
        "started_at": "2026-11-20T14:00:03Z",
        "ended_at": "2026-11-20T14:00:04Z",
        "side_effects": [{"kind": "read", "target_kind": "file", "target": "package.json", "basis": "observed"}],
        "approval": {"state": "not_required", "policy_id": "release"},
        **members,
    }


def publish(**members: Any) -> Json:
    """A tool call that a person approved."""
    return {
        "id": "s-2",
        "type": "tool_call",
        "tool_name": "publish",
        "tool_hash": tool_hash(PUBLISH),
        "arguments_hash": arguments_hash({"tag": "beta"}, None),
        "status": "succeeded",
        "started_at": "2026-11-20T14:03:00Z",
        "ended_at": "2026-11-20T14:03:30Z",
        "side_effects": [{"kind": "deploy", "target_kind": "package", "target": "parser", "basis": "observed"}],
        "approval": {"state": "approved", "approval_id": "ap-1"},
        **members,
    }


def requested(run: Json, step: Json, **members: Any) -> Json:
    """The request for a step."""
    return {
        "approval_id": "ap-1",
        "event": "requested",
        "run_id": run["id"],
        "step_id": step["id"],
        "at": "2026-11-20T14:01:00Z",
        "expires_at": "2026-11-20T15:00:00Z",
        "required_role": "release_manager",
        "action_hash": action_hash(run, step),
        **members,
    }


def decided(request: Json, event: str = "approved", **members: Any) -> Json:
    """The decision on a request, not signed."""
    return {
        "approval_id": request["approval_id"],
        "event": event,
        "run_id": request["run_id"],
        "step_id": request["step_id"],
        "at": "2026-11-20T14:02:00Z",
        "actor": {"kind": "human", "id": "approver@example.org"},
        "required_role": "release_manager",
        "action_hash": request["action_hash"],
        "request_hash": request_hash(request),
        **members,
    }


def approved_run(**members: Any) -> Json:
    """A run whose last step a person approved, not sealed; the approval is signed."""
    run = base(steps=[model_call(), publish()], **members)
    request = requested(run, run["steps"][1])
    return {**run, "approvals": [request, key("approver").signed("approval", decided(request))]}


def sealed(run: Json, by: str | None = "recorder", at: str = SEALED_AT, journal_head: str | None = None) -> Json:
    """The run sealed with a test key."""
    return seal(run, at, None if by is None else key(by), journal_head)


def hash_of(run: Json) -> str:
    """The record_hash that a record states."""
    return provenance_of(run)["record_hash"]


def without(thing: Json, *names: str) -> Json:
    """A copy without members."""
    return {name: value for name, value in thing.items() if name not in names}


def with_provenance(run: Json, **members: Any) -> Json:
    """A copy with other members in its provenance; those given as `...` are gone."""
    provenance = {**provenance_of(run), **members}
    return {**run, "provenance": {name: value for name, value in provenance.items() if value is not ...}}


def with_step(run: Json, index: int, **members: Any) -> Json:
    """A copy with other members in a step; those given as `...` are gone."""
    step = {name: value for name, value in {**run["steps"][index], **members}.items() if value is not ...}
    return {**run, "steps": [*run["steps"][:index], step, *run["steps"][index + 1 :]]}


def with_event(run: Json, index: int, **members: Any) -> Json:
    """A copy with other members in an approval event; those given as `...` are gone."""
    event = {name: value for name, value in {**run["approvals"][index], **members}.items() if value is not ...}
    return {**run, "approvals": [*run["approvals"][:index], event, *run["approvals"][index + 1 :]]}
