"""Digests of bytes and hashes of JSON values by kind (spec/bytes.md, AR-BYTES-010 to AR-BYTES-012)."""

from hashlib import sha256
from typing import Mapping, Optional

from .canonical import canonicalize, sorted_by_units
from .covered import signed_bytes
from .digest_text import digest, digest_text
from .pae import media_type, pae
from .public_form import public_form

__all__ = [
    "action_hash",
    "arguments_hash",
    "digest",
    "document_hash",
    "hash_value",
    "pae",
    "record_hash",
    "request_hash",
    "run_hash",
    "step_leaf",
    "step_leaf_text",
    "text_arguments_hash",
    "tool_hash",
]


def hash_value(kind: str, value: object) -> str:
    """The hash of a JSON value by kind, ``sha256:`` and 64 lower-case hexadecimal digits (AR-BYTES-010).

    :raises CanonicalError: if the value is not JSON
    """
    return digest(pae(media_type(kind), canonicalize(value)))


def run_hash(run: Mapping[str, object]) -> str:
    """The fingerprint of a configuration, 64 hexadecimal digits (AR-BYTES-011). Equal set-ups have equal fingerprints."""
    provenance = run.get("provenance")
    tools = run.get("tools_available")
    inputs = {
        "agent_id": run.get("agent_id"),
        "model": run.get("model"),
        "tools": sorted_by_units(list({str(tool) for tool in tools})) if isinstance(tools, (list, tuple)) else [],
        "config_hash": provenance.get("config_hash") if isinstance(provenance, Mapping) else None,
        "trigger": run.get("trigger"),
    }
    return hash_value("run-inputs", inputs)[len("sha256:") :]


def tool_hash(tool: Mapping[str, object]) -> str:
    """``schema_hash`` of a tool, ``tool_hash`` of a step: over name, description and input_schema as offered."""
    return hash_value("tool", {name: tool.get(name) for name in ("name", "description", "input_schema")})


def arguments_hash(arguments: object, salt: Optional[str]) -> str:
    """``arguments_hash`` of a call whose arguments are JSON of the record profile; ``salt`` is the step's, or ``None``."""
    return hash_value("arguments", {"arguments": arguments, "salt": salt})


def text_arguments_hash(text: str, salt: Optional[str]) -> str:
    """``arguments_hash`` of a call whose arguments are not JSON of the record profile."""
    return hash_value("arguments", {"text": text, "salt": salt})


_ACTION = ("run_id", "nonce", "step_id", "tool_name", "mcp_server", "tool_hash", "arguments_hash")


def action_hash(action: Mapping[str, object]) -> str:
    """``action_hash`` of a call: over run_id, nonce, step_id, tool_name, mcp_server, tool_hash and arguments_hash.

    Absent members count as ``null``; others are not looked at (AR-APPR-030).
    """
    return hash_value("action", {name: action.get(name) for name in _ACTION})


def request_hash(event: Mapping[str, object]) -> str:
    """``request_hash``: over the event ``requested`` that a decision answers, in public form, without its signature."""
    return digest(signed_bytes("approval", event))


def step_leaf(step: Mapping[str, object]) -> bytes:
    """The leaf of a step in the step tree, 32 bytes (AR-BYTES-012)."""
    return sha256(b"\x00" + canonicalize(public_form("step", step))).digest()


def step_leaf_text(step: Mapping[str, object]) -> str:
    """The same as ``handoff_leaf`` spells it: ``sha256:`` and 64 hexadecimal digits."""
    return digest_text(step_leaf(step))


def record_hash(run: Mapping[str, object]) -> str:
    """The identity of a sealed record: the SHA-256 of the bytes that are signed (AR-SEAL-005, AR-SEAL-011)."""
    return digest(signed_bytes("run", run))


def document_hash(run: Mapping[str, object]) -> str:
    """What names a record that is not sealed: over its public form without ``eval``."""
    form = public_form("run", run)
    form.pop("eval", None)
    return hash_value("document", form)
