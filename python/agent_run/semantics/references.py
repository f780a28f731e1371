"""Rules about ids, what refers to them, and the inventory (spec/run.md, spec/step.md)."""

from __future__ import annotations

from collections import Counter
from typing import Container, Iterator

from .record import Record
from .rule import ERROR, WARNING, Rule
from .thing import Thing


def id_duplicate(record: Record) -> Iterator[str]:
    """Two things of one list have the same id."""
    for things in (record.steps, record.decisions, record.artifacts):
        seen: set[str | None] = set()
        for each in things:
            name = each.text("id")
            if name in seen:
                yield f"{each.path}/id"
            seen.add(name)


def reference_unresolved(record: Record) -> Iterator[str]:
    """An id is referred to that nothing in the run has."""
    for each in record.steps:
        for member in ("parent_step_id", "model_call_id", "retry_of", "fallback_from"):
            yield from _unresolved(each, member, record.steps_by_id)
        yield from _unresolved_in(each, "caused_by", record.steps_by_id)
        yield from _unresolved_in(each, "artifact_ids", record.artifacts_by_id)
        basis = each.part("approval")
        yield from _unresolved(basis, "approval_id", record.events_by_id)
        yield from _unresolved(basis, "decision_id", record.decisions_by_id)
        for effect in each.parts("side_effects"):
            yield from _unresolved(effect, "artifact_id", record.artifacts_by_id)
    for event in record.approvals:
        if not record.is_copied_grant(event):
            yield from _unresolved(event, "step_id", record.steps_by_id)
            yield from _unresolved(event, "decision_id", record.decisions_by_id)
    for things in (record.decisions, record.artifacts, record.run.parts("evidence")):
        for each in things:
            yield from _unresolved(each, "step_id", record.steps_by_id)


def _unresolved(thing: Thing, member: str, known: Container[str]) -> Iterator[str]:
    name = thing.text(member)
    if name is not None and name not in known:
        yield f"{thing.path}/{member}"


def _unresolved_in(thing: Thing, member: str, known: Container[str]) -> Iterator[str]:
    for at, name in enumerate(thing.items(member)):
        if isinstance(name, str) and name not in known:
            yield f"{thing.path}/{member}/{at}"


def reference_type(record: Record) -> Iterator[str]:
    """What is named as the model call isn't one."""
    for step in record.steps:
        call = record.steps_by_id.get(step.text("model_call_id") or "")
        if call is not None and step.known("model_call_id") and not call.is_one("type", "model_call"):
            yield f"{step.path}/model_call_id"


def _links(record: Record, step: Thing) -> list[tuple[Thing, str]]:
    """The steps that a step is in, tries again, replaces or is caused by, and where it says so."""
    members = ("parent_step_id", "retry_of", "fallback_from")
    named = [(step.get(member), member) for member in members]
    named += [(name, f"caused_by/{at}") for at, name in enumerate(step.items("caused_by"))]
    return [
        (record.steps_by_id[name], f"{step.path}/{path}")
        for name, path in named
        if isinstance(name, str) and name in record.steps_by_id
    ]


def reference_cycle(record: Record) -> Iterator[str]:
    """Each link that leads back into the way that led to it, links followed in the order of the document."""
    # Without recursion: a record may have a hundred thousand steps in one chain.
    opened: set[str] = set()
    done: set[str] = set()
    for root in record.steps:
        if root.path in done:
            continue
        opened.add(root.path)
        trail = [(root, iter(_links(record, root)))]
        while trail:
            step, links = trail[-1]
            target, path = next(links, (None, ""))
            if target is None:
                opened.discard(step.path)
                done.add(step.path)
                trail.pop()
            elif target.path in opened:
                yield path
            elif target.path not in done:
                opened.add(target.path)
                trail.append((target, iter(_links(record, target))))


def artifact_other_step(record: Record) -> Iterator[str]:
    """An artifact names a step whose list doesn't have it."""
    listed: dict[str, set[str]] = {
        name: {each for each in step.items("artifact_ids") if isinstance(each, str)}
        for name, step in record.steps_by_id.items()
    }
    for artifact in record.artifacts:
        names = listed.get(artifact.text("step_id") or "")
        if names and artifact.known("step_id") and artifact.text("id") not in names:
            yield f"{artifact.path}/step_id"


def duplicate_tool(record: Record) -> Iterator[str]:
    """The inventory lists a tool of one name and server twice."""
    seen = set()
    for tool in record.inventory.parts("tools"):
        key = (tool.text("name"), tool.text("mcp_server"))
        if key in seen:
            yield tool.path
        seen.add(key)


def other_tool_hash(record: Record) -> Iterator[str]:
    """The definition that a step names isn't that of just one tool of the inventory."""
    tools = record.inventory.parts("tools")
    counts = Counter((tool.text("name"), tool.text("mcp_server"), tool.text("schema_hash")) for tool in tools)
    for step in record.steps if tools else ():
        key = (step.text("tool_name"), step.text("mcp_server"), step.text("tool_hash"))
        if key[0] is not None and key[2] is not None and counts[key] != 1:
            yield f"{step.path}/tool_hash"


def server_missing(record: Record) -> Iterator[str]:
    """A step names an MCP server that the inventory doesn't list."""
    servers = {server.text("name") for server in record.inventory.parts("mcp_servers")}
    for step in record.steps if servers else ():
        if step.known("mcp_server") and step.text("mcp_server") not in servers:
            yield f"{step.path}/mcp_server"


REFERENCE_RULES = (
    Rule("id.duplicate", ERROR, id_duplicate),
    Rule("reference.unresolved", ERROR, reference_unresolved),
    Rule("reference.type", ERROR, reference_type),
    Rule("reference.cycle", ERROR, reference_cycle),
    Rule("artifact.other_step", ERROR, artifact_other_step),
    Rule("inventory.duplicate_tool", ERROR, duplicate_tool),
    Rule("inventory.tool_hash", ERROR, other_tool_hash),
    Rule("inventory.server_missing", WARNING, server_missing),
)
