"""Rules about ids, what refers to them, and the inventory (spec/run.md, spec/step.md)."""

from __future__ import annotations

from collections import Counter
from typing import Any, Iterator

from .context import Context, Paths, Thing, named
from .rule import error, warning

LINKS = ("parent_step_id", "retry_of", "fallback_from")


def duplicate(context: Context) -> Paths:
    """AR-RUN-010"""
    for things in (context.steps, context.decisions, context.artifacts):
        seen = set()
        for thing in things:
            name = thing.text("id")
            if name is not None and name in seen:
                yield f"{thing.path}/id"
            seen.add(name)


def unresolved(context: Context) -> Paths:
    """AR-RUN-011. What a copied grant names belongs to the run that gave it."""
    own_events = [event for event in context.approvals if not context.is_copied_grant(event)]
    by_id: dict[str, Any] = {
        "step": context.steps_by_id,
        "artifact": context.artifacts_by_id,
        "approval": context.events_by_id,
        "decision": context.decisions_by_id,
    }
    for kind, path, name in references(context, own_events):
        if isinstance(name, str) and name not in by_id[kind]:
            yield path


def references(context: Context, events: list[Thing]) -> Iterator[tuple[str, str, Any]]:
    """Every reference inside the run: to what, from where, by which id."""

    def one(kind: str, thing: Thing, *members: str) -> Iterator[tuple[str, str, Any]]:
        for member in members:
            yield kind, f"{thing.path}/{member}", thing.value.get(member)

    def many(kind: str, thing: Thing, member: str) -> Iterator[tuple[str, str, Any]]:
        for index, name in enumerate(thing.items(member)):
            yield kind, f"{thing.path}/{member}/{index}", name

    for step in context.steps:
        yield from one("step", step, "parent_step_id", "model_call_id", "retry_of", "fallback_from")
        yield from many("step", step, "caused_by")
        yield from many("artifact", step, "artifact_ids")
        approval = step.thing("approval")
        if approval:
            yield from one("approval", approval, "approval_id")
            yield from one("decision", approval, "decision_id")
        for effect in step.things("side_effects"):
            yield from one("artifact", effect, "artifact_id")
    for event in events:
        yield from one("step", event, "step_id")
        yield from one("decision", event, "decision_id")
    for thing in [*context.decisions, *context.artifacts, *context.run.things("evidence")]:
        yield from one("step", thing, "step_id")


def wrong_type(context: Context) -> Paths:
    """AR-STEP-006"""
    for step in context.steps:
        call = named(context.steps_by_id, step.text("model_call_id"))
        if call and call.text("type") not in (None, "model_call"):
            yield f"{step.path}/model_call_id"


def cycle(context: Context) -> Paths:
    """AR-STEP-005. Reported is each link that closes a circle, the links followed in the order of the document."""
    done: set[str] = set()
    for root in context.steps:
        if root.path in done:
            continue
        trail = [(root, links(context, root))]
        open_paths = {root.path}
        while trail:
            step, rest = trail[-1]
            link = next(rest, None)
            if link is None:
                trail.pop()
                open_paths.discard(step.path)
                done.add(step.path)
                continue
            path, target = link
            if target.path in open_paths:
                yield path
            elif target.path not in done:
                open_paths.add(target.path)
                trail.append((target, links(context, target)))


def links(context: Context, step: Thing) -> Iterator[tuple[str, Thing]]:
    """The steps that a step contains itself in, tries again, replaces or is caused by."""
    names = [(member, step.value.get(member)) for member in LINKS]
    names += [(f"caused_by/{index}", name) for index, name in enumerate(step.items("caused_by"))]
    for member, name in names:
        target = named(context.steps_by_id, name if isinstance(name, str) else None)
        if target:
            yield f"{step.path}/{member}", target


def artifact_other_step(context: Context) -> Paths:
    """AR-RUN-017"""
    for artifact in context.artifacts:
        step = named(context.steps_by_id, artifact.text("step_id"))
        listed = step.items("artifact_ids") if step else []
        if listed and artifact.text("id") not in listed:
            yield f"{artifact.path}/step_id"


def duplicate_tool(context: Context) -> Paths:
    """AR-RUN-013"""
    seen = set()
    for tool in context.inventory().things("tools"):
        key = (tool.text("name"), tool.text("mcp_server"))
        if key[0] is not None and key in seen:
            yield tool.path
        seen.add(key)


def tool_hash(context: Context) -> Paths:
    """AR-RUN-014"""
    tools = context.inventory().things("tools")
    counts = Counter((tool.text("name"), tool.text("mcp_server"), tool.text("schema_hash")) for tool in tools)
    for step in context.steps:
        key = (step.text("tool_name"), step.text("mcp_server"), step.text("tool_hash"))
        if tools and key[0] is not None and key[2] is not None and counts[key] != 1:
            yield f"{step.path}/tool_hash"


def server_missing(context: Context) -> Paths:
    """AR-RUN-019"""
    servers = {server.text("name") for server in context.inventory().things("mcp_servers")}
    for step in context.steps:
        name = step.text("mcp_server")
        if servers and name is not None and name not in servers:
            yield f"{step.path}/mcp_server"


REFERENCES = [
    error("id.duplicate", duplicate),
    error("reference.unresolved", unresolved),
    error("reference.type", wrong_type),
    error("reference.cycle", cycle),
    error("artifact.other_step", artifact_other_step),
]
INVENTORY = [
    error("inventory.duplicate_tool", duplicate_tool),
    error("inventory.tool_hash", tool_hash),
    warning("inventory.server_missing", server_missing),
]
