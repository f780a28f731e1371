"""The level that a record reaches, and what keeps it from those above (spec/levels.md)."""

from __future__ import annotations

from collections import Counter
from typing import Any, Iterator

from ..schema import shown
from ..semantics import Thing
from .approved_steps import may_have_run
from .outcome import CHECKS, Fault, Outcome, meaning
from .verification import Verification

#: The levels from the lowest.
LEVELS = ("none", "recorded", "sealed", "accountable")

# Of reasons with one code only so many are listed.
_LISTED = 20


def level_of(results: dict[str, Outcome], v: Verification | None) -> str:
    """The highest level that a record reaches (AR-LEVEL-001 to AR-LEVEL-003)."""

    def all_pass(*names: str) -> bool:
        return all(results[name].result == "pass" for name in names)

    if v is None or not all_pass("schema", "semantics"):
        return "none"
    if not all_pass("steps", "record", "signature") or any(each.result == "fail" for each in results.values()):
        return "recorded"
    return "sealed" if next(_unaccountable(v), None) is not None else "accountable"


def missing(results: dict[str, Outcome], v: Verification | None, level: str) -> list[dict[str, Any]]:
    """What keeps a record from the levels above its own, lowest level first."""
    found: list[dict[str, Any]] = []
    for name in CHECKS:
        outcome = results[name]
        needed = "recorded" if name in ("schema", "semantics") else ""
        if not needed and (outcome.result == "fail" or name in ("steps", "record", "signature")):
            needed = "sealed"
        if outcome.result == "pass" or not needed or LEVELS.index(needed) <= LEVELS.index(level):
            continue
        has_failed = outcome.result == "fail"
        detail = outcome.written(name)["detail"]
        reason = f"{name} {'failed' if has_failed else f'is {outcome.result}'}: {detail}"
        fault = Fault("level.failed" if has_failed else "level.not_sealed", outcome.fault.path if outcome.fault else "")
        found.append(_shortfall(needed, fault, reason))
    if v is None or level == "accountable":
        return found
    counts: Counter[str] = Counter()
    for fault in _unaccountable(v):
        counts[fault.code] += 1
        if counts[fault.code] <= _LISTED:
            found.append(_shortfall("accountable", fault, meaning(fault.code)))
    for code, count in counts.items():
        if count > _LISTED:
            found.append(_shortfall("accountable", Fault(code, ""), f"the same of {count - _LISTED} more"))
    return found


def _shortfall(level: str, fault: Fault, reason: str) -> dict[str, Any]:
    shortfall = {"level": level, "code": fault.code}
    if fault.path:
        shortfall["path"] = fault.path
    return {**shortfall, "reason": shown(reason, 1000)}


def _unaccountable(v: Verification) -> Iterator[Fault]:
    """What keeps a sealed record from being accountable."""
    if v.thing.known("source"):
        yield Fault("level.converted", "/source")
    if v.result("signer") != "pass":
        yield Fault("level.signer", "/provenance/signed_by")
    approvals = v.results["approvals"]
    if approvals.result == "unknown" and approvals.fault is not None:
        yield Fault("level.approval_claimed", approvals.fault.path)
    for edge in v.edges:
        if edge.state in ("child_only", "unresolved", "conflict"):
            yield Fault("level.lineage", edge.path)
    tools = v.thing.part("inventory").parts("tools")
    offered = Counter((tool.text("name"), tool.text("mcp_server")) for tool in tools)
    grants = {event.get("approval_id") for event in v.thing.parts("approvals") if event.has("grant")} - {None}
    for step in v.thing.parts("steps"):
        yield from _step_gaps(step, offered, grants)


def _step_gaps(step: Thing, offered: Counter[tuple[str | None, str | None]], grants: set[Any]) -> Iterator[Fault]:
    """What is missing in one step."""
    if step.known("tool_name") and offered[step.text("tool_name"), step.text("mcp_server")] != 1:
        yield Fault("level.tool_unresolved", f"{step.path}/tool_name")
    effects = step.items("side_effects")
    if not step.is_one("type", "tool_call", "handoff") and not effects:
        return
    basis = step.part("approval")
    if not effects:
        yield Fault("level.effects_missing", step.path)
    if not basis.known("state") or (basis.is_one("state", "requested") and may_have_run(step)):
        yield Fault("level.approval_missing", step.path)
    is_based = basis.known("decision_id") or basis.known("policy_id") or basis.get("approval_id") in grants
    if basis.is_one("state", "auto_approved", "not_required") and not is_based:
        yield Fault("level.basis_missing", f"{step.path}/approval")
