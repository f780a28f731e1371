"""Digests: typed hashes, the public form, private hashes, leaves and the fingerprint of a configuration (spec/bytes.md,
spec/seal.md). `covered` gives the part of an object that its hash and signature are taken of.
"""

from __future__ import annotations

import hashlib
import re
from typing import Any

from .canonical import canonical, sort_names

Json = dict[str, Any]

SALT = "salt"
PRIVATE: dict[str, tuple[str, ...]] = {
    "run": ("intent", "input_preview", "output_preview", "input_refs", "output_refs", "error", "metadata"),
    "step": ("input_preview", "output_preview", "input_refs", "output_refs", "error", "metadata"),
    "side_effect": ("operation", "target", "before_digest", "after_digest", "metadata"),
    "approval": ("reason", "presentation_digest", "metadata"),
    "policy_decision": ("reasons", "subject_hash", "metadata"),
    "artifact": ("name", "content", "metadata"),
}
# Members that hold objects with a private_hash of their own.
INSIDE: dict[str, dict[str, str]] = {
    "run": {"steps": "step", "approvals": "approval", "policy_decisions": "policy_decision", "artifacts": "artifact"},
    "step": {"side_effects": "side_effect"},
}


def pae(media_type: str, body: bytes) -> bytes:
    """Pre-authentication encoding of DSSE (AR-BYTES-010)."""
    name = media_type.encode("utf-8")
    return b"DSSEv1 %d %s %d %s" % (len(name), name, len(body), body)


def digest(raw: bytes) -> str:
    """`sha256:` and the hexadecimal SHA-256 of bytes."""
    return "sha256:" + hashlib.sha256(raw).hexdigest()


def typed_bytes(kind: str, value: Any) -> bytes:
    """The bytes that a hash of this kind, and a signature of this kind, are taken of."""
    return pae(f"application/vnd.agent-run.{kind}.v1+json", canonical(value))


def typed_hash(kind: str, value: Any) -> str:
    """Hash of a JSON value by kind (AR-BYTES-010)."""
    return digest(typed_bytes(kind, value))


def public_form(kind: str, thing: Json) -> Json:
    """The object as hashes and seals see it (AR-BYTES-012). Of a kind without private members, the object itself.

    A `private_hash` that is no text hides nothing: the schemas refuse it, and covering more is the safer side.
    """
    hidden = hidden_members(kind, thing)
    form = {name: value for name, value in thing.items() if name not in hidden}
    for name, inner in INSIDE.get(kind, {}).items():
        if isinstance(form.get(name), list):
            form[name] = [public_form(inner, item) if isinstance(item, dict) else item for item in form[name]]
    return form


def hidden_members(kind: str, thing: Json) -> tuple[str, ...]:
    """Names that the public form of this object leaves out."""
    return (SALT, *PRIVATE[kind]) if kind in PRIVATE and isinstance(thing.get("private_hash"), str) else ()


def private_hash(kind: str, thing: Json) -> str:
    """`private_hash` of an object, over its salt and its private members (AR-PRIV-002)."""
    covers = (SALT, *PRIVATE[kind])
    return typed_hash("private", {name: value for name, value in thing.items() if name in covers})


def step_leaf_bytes(step: Json) -> bytes:
    """Leaf hash of a step in the step tree, 32 bytes (AR-BYTES-012)."""
    return hashlib.sha256(b"\x00" + canonical(public_form("step", step))).digest()


def step_leaf(step: Json) -> str:
    """The same as `handoff_leaf` spells it."""
    return "sha256:" + step_leaf_bytes(step).hex()


def tool_hash(tool: Json) -> str:
    """`schema_hash` of a tool as it was offered."""
    return typed_hash("tool", {name: tool.get(name) for name in ("name", "description", "input_schema")})


def run_hash(run: Json) -> str:
    """Fingerprint of a configuration, bare hexadecimal (AR-BYTES-011)."""
    inputs = {
        "agent_id": run.get("agent_id"),
        "model": run.get("model"),
        "tools": sort_names(set(run.get("tools_available") or [])),
        "config_hash": _config_hash(run),
        "trigger": run.get("trigger"),
    }
    return typed_hash("run-inputs", inputs)[len("sha256:") :]


def legacy_run_hash(run: Json) -> str:
    """The fingerprint by the formula of 0.1 (spec/bytes.md, run_hash): only recognised, never made."""
    tools = canonical(sort_names(run.get("tools_available") or [])).decode("utf-8")
    parts = (run.get("agent_id"), run.get("model"), tools, _config_hash(run), run.get("trigger"))
    return hashlib.sha256("|".join(part or "" for part in parts).encode("utf-8")).hexdigest()


def is_run_hash(text: Any) -> bool:
    """Whether a run_hash has the form of one: 64 lower-case hexadecimal digits."""
    return isinstance(text, str) and re.fullmatch("[0-9a-f]{64}", text) is not None


def _config_hash(run: Json) -> Any:
    provenance = run.get("provenance")
    return provenance.get("config_hash") if isinstance(provenance, dict) else None


def covered(kind: str, thing: Json) -> Json:
    """What a hash and signature of this kind are taken of: AR-SEAL-005 for a run, AR-SEAL-006 for the others."""
    form = public_form(kind, thing)
    if kind != "run":
        return _without(form, "signature")
    form = _without(form, "steps", "eval")
    if isinstance(form.get("provenance"), dict):
        form["provenance"] = _without(form["provenance"], "record_hash", "signature")
    return form


def signed_bytes(kind: str, thing: Json) -> bytes:
    """The bytes that the signature of this object is over (AR-SEAL-004)."""
    return typed_bytes(kind, covered(kind, thing))


def seal_hash(kind: str, thing: Json) -> str:
    """Hash of the covered part: record_hash of a run, request_hash of a request, `statement` of a batch proof."""
    return digest(signed_bytes(kind, thing))


def record_hash(run: Json) -> str:
    """`provenance.record_hash` as it has to be (AR-SEAL-011)."""
    return seal_hash("run", run)


def request_hash(event: Json) -> str:
    """`request_hash` of a decision, of the event `requested` that it answers."""
    return seal_hash("approval", event)


def document_hash(run: Json) -> str:
    """Name of an unsealed record: its public form without `eval`."""
    return typed_hash("document", _without(public_form("run", run), "eval"))


def action_hash(run: Json, step: Json) -> str:
    """`action_hash` of the call that a step records."""
    provenance = run.get("provenance")
    nonce = provenance.get("nonce") if isinstance(provenance, dict) else None
    action = {name: step.get(name) for name in ("tool_name", "mcp_server", "tool_hash", "arguments_hash")}
    return typed_hash("action", {"run_id": run.get("id"), "nonce": nonce, "step_id": step.get("id"), **action})


def arguments_hash(arguments: Any, salt: str | None) -> str:
    """`arguments_hash` of arguments that are a JSON value."""
    return typed_hash("arguments", {"arguments": arguments, SALT: salt})


def _without(thing: Json, *names: str) -> Json:
    return {name: value for name, value in thing.items() if name not in names}
