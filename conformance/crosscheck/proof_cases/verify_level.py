"""Cases about levels and completeness."""

from __future__ import annotations

from agent_run.seal import Json

from .case import case
from .keys import entry, trust
from .records import base, read_file, sealed, with_step, without

_SEALED = sealed(base())
_STRANGERS = sealed(base(), "stranger")

_UNKNOWN_TOOL = read_file(tool_name="list_files")
del _UNKNOWN_TOOL["tool_hash"]


def _one(name: str, description: str, run: Json, requirement: str = "AR-LEVEL-003", **more: object):
    return case(name, requirement, description, run, level="accountable", **more)


def _step(**members: object) -> Json:
    return sealed(with_step(base(), 1, **members))


LEVEL = [
    _one("accountable", "Everything that accountable asks for.", _SEALED),
    _one("self_asserted", "Nobody known answers for the record.", _STRANGERS),
    _one(
        "signer_time_unproven",
        "The signer's key doesn't count now.",
        _SEALED,
        trust=trust(entry("recorder", "recorder", valid_until="2026-11-20T23:59:59Z")),
    ),
    _one(
        "converted",
        "Converted from another format.",
        sealed(base(source={"format": "claude-code", "adapter": "agent-run", "adapter_version": "0.3.0"})),
    ),
    _one("effects_missing", "A tool call that says nothing of what it touched.", _step(side_effects=...)),
    _one("effects_empty", "An empty list of effects is absence.", _step(side_effects=[])),
    _one(
        "effects_none",
        "An effect of the kind none is an answer.",
        _step(side_effects=[{"kind": "none", "basis": "observed"}]),
    ),
    _one("approval_missing", "A tool call that says nothing of an approval.", _step(approval=...)),
    _one("basis_missing", "not_required, and no policy is named.", _step(approval={"state": "not_required"})),
    _one(
        "denied",
        "A denied call keeps nobody from being accountable.",
        _step(approval={"state": "cancelled"}, status="cancelled"),
    ),
    _one("tool_unresolved", "A tool that the inventory doesn't have.", sealed(base(steps=[_UNKNOWN_TOOL]))),
    _one(
        "inventory_missing", "No inventory at all.", sealed(without(with_step(base(), 1, tool_hash=...), "inventory"))
    ),
    _one(
        "message_with_effects",
        "A message with effects needs an approval state.",
        sealed(
            base(
                steps=[
                    {
                        "id": "s-1",
                        "type": "message",
                        "role": "assistant",
                        "started_at": "2026-11-20T14:00:03Z",
                        "ended_at": "2026-11-20T14:00:03Z",
                        "side_effects": [{"kind": "message", "basis": "observed"}],
                    }
                ]
            )
        ),
    ),
    _one(
        "message_without_effects",
        "A message without effects needs none.",
        sealed(
            base(
                steps=[
                    {
                        "id": "s-1",
                        "type": "message",
                        "role": "assistant",
                        "started_at": "2026-11-20T14:00:03Z",
                        "ended_at": "2026-11-20T14:00:03Z",
                    }
                ]
            )
        ),
    ),
    _one(
        "model_call_without_basis",
        "Only tool calls, handoffs and steps with side effects have to say what their approval rests on.",
        sealed(with_step(base(), 0, approval={"state": "not_required"})),
    ),
    _one("not_sealed", "Not even sealed.", base()),
    _one("only_sealed_failed", "Sealed, and changed.", {**_SEALED, "outcome": "partial"}, "AR-LEVEL-002"),
    case(
        "running",
        "AR-LEVEL-001",
        "A run that goes on: completeness open.",
        without(base(status="running"), "ended_at", "outcome"),
        level="recorded",
    ),
    case(
        "interrupted",
        "AR-LEVEL-001",
        "A run that just ended.",
        base(status="interrupted", ended_at=None, outcome="abandoned"),
        level="recorded",
    ),
    case(
        "interrupted_sealed",
        "AR-LEVEL-002",
        "A run that just ended can be sealed.",
        sealed(base(status="interrupted", ended_at=None, outcome="abandoned")),
    ),
    case("recorded_asked", "AR-VERD-006", "Only recorded is asked for, and more is there.", _SEALED, level="recorded"),
    case(
        "recorded_asked_but_changed",
        "AR-VERD-006",
        "Only recorded is asked for; a check that fails is never ok.",
        {**_SEALED, "outcome": "partial"},
        level="recorded",
    ),
]
