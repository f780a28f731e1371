"""Rules about ids, what refers to them, and the inventory (spec/run.md, spec/step.md)."""

from __future__ import annotations

from collections import Counter
from typing import Any, Iterator, Mapping, NamedTuple

from ..schema.wording import nearest, quote
from .record import Record
from .rule import ERROR, WARNING, Case, Rule
from .thing import Thing

_MOST_SUGGESTIONS = 25
_MOST_CANDIDATES = 1000


def id_duplicate(record: Record) -> Iterator[Case]:
    """Two things of one list have the same id."""
    lists = ((record.steps, "step"), (record.decisions, "policy decision"), (record.artifacts, "artifact"))
    for things, what in lists:
        seen: set[str | None] = set()
        for each in things:
            name = each.text("id")
            if name is not None and name in seen:
                message = f"{quote(name)} is the id of an earlier {what}; expected an id of its own"
                yield Case(f"{each.path}/id", message)
            seen.add(name)


def reference_unresolved(record: Record) -> Iterator[Case]:
    """An id is referred to that nothing in the run has."""
    found = 0
    for path, name, target in _references(record):
        if name in target.among:
            continue
        found += 1
        message = f"{quote(name)} names no {target.what} of this run; expected the {target.id_name} of one"
        # Looking for what was meant takes time.
        is_quick = found <= _MOST_SUGGESTIONS and len(target.among) <= _MOST_CANDIDATES
        yield Case(path, message, None, nearest(name, target.among) if is_quick else None)


class _Target(NamedTuple):
    """What references name: the word for it, the member that is its id, and those of the run."""

    what: str
    id_name: str
    among: Mapping[str, Any]


def _references(record: Record) -> Iterator[tuple[str, str, _Target]]:
    """The references inside a run: where each stands, what it names, and among what."""
    steps = _Target("step", "id", record.steps_by_id)
    decisions = _Target("policy decision", "id", record.decisions_by_id)
    artifacts = _Target("artifact", "id", record.artifacts_by_id)
    approvals = _Target("approval", "approval_id", record.events_by_id)
    for each in record.steps:
        for member in ("parent_step_id", "model_call_id", "retry_of", "fallback_from"):
            yield from _named(each, member, steps)
        yield from _listed(each, "caused_by", steps)
        yield from _listed(each, "artifact_ids", artifacts)
        basis = each.part("approval")
        yield from _named(basis, "approval_id", approvals)
        yield from _named(basis, "decision_id", decisions)
        for effect in each.parts("side_effects"):
            yield from _named(effect, "artifact_id", artifacts)
    for event in record.approvals:
        if not record.is_copied_grant(event):
            yield from _named(event, "step_id", steps)
            yield from _named(event, "decision_id", decisions)
    for things in (record.decisions, record.artifacts, record.run.parts("evidence")):
        for each in things:
            yield from _named(each, "step_id", steps)


def _named(thing: Thing, member: str, target: _Target) -> Iterator[tuple[str, str, _Target]]:
    name = thing.text(member)
    if name is not None:
        yield f"{thing.path}/{member}", name, target


def _listed(thing: Thing, member: str, target: _Target) -> Iterator[tuple[str, str, _Target]]:
    for at, name in enumerate(thing.items(member)):
        if isinstance(name, str):
            yield f"{thing.path}/{member}/{at}", name, target


def reference_type(record: Record) -> Iterator[Case]:
    """What is named as the model call isn't one."""
    for step in record.steps:
        call = record.steps_by_id.get(step.text("model_call_id") or "")
        if call is not None and step.known("model_call_id") and not call.is_one("type", "model_call"):
            message = f"the step named is of type {quote(str(call.get('type')))}; expected model_call"
            yield Case(f"{step.path}/model_call_id", message)


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


def reference_cycle(record: Record) -> Iterator[Case]:
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
                found = "the step names itself; expected another step"
                if target.path != step.path:
                    found = "the references lead back to the step they come from; expected no cycle"
                yield Case(path, found)
            elif target.path not in done:
                opened.add(target.path)
                trail.append((target, iter(_links(record, target))))


def artifact_other_step(record: Record) -> Iterator[Case]:
    """An artifact names a step whose list doesn't have it."""
    listed: dict[str, set[str]] = {
        name: {each for each in step.items("artifact_ids") if isinstance(each, str)}
        for name, step in record.steps_by_id.items()
    }
    for artifact in record.artifacts:
        step_id = artifact.text("step_id")
        names = listed.get(step_id or "")
        if names and step_id is not None and artifact.text("id") not in names:
            message = f"{quote(step_id)} does not list this artifact; expected it in its artifact_ids"
            yield Case(f"{artifact.path}/step_id", message)


def duplicate_tool(record: Record) -> Iterator[Case]:
    """The inventory lists a tool of one name and server twice."""
    seen = set()
    for tool in record.inventory.parts("tools"):
        key = (tool.text("name"), tool.text("mcp_server"))
        if key in seen:
            yield Case(tool.path, f"{quote(key[0] or '')} of this server is listed before; expected it once")
        seen.add(key)


def other_tool_hash(record: Record) -> Iterator[Case]:
    """The definition that a step names isn't that of just one tool of the inventory."""
    tools = record.inventory.parts("tools")
    counts = Counter((tool.text("name"), tool.text("mcp_server"), tool.text("schema_hash")) for tool in tools)
    for step in record.steps if tools else ():
        key = (step.text("tool_name"), step.text("mcp_server"), step.text("tool_hash"))
        if key[0] is not None and key[2] is not None and counts[key] != 1:
            found = (
                f"tool_hash is the schema_hash of {counts[key]} inventory tools named {quote(key[0])} of this server"
            )
            yield Case(f"{step.path}/tool_hash", f"{found}; expected exactly one")


def server_missing(record: Record) -> Iterator[Case]:
    """A step names an MCP server that the inventory doesn't list."""
    servers = {server.text("name") for server in record.inventory.parts("mcp_servers")}
    for step in record.steps if servers else ():
        name = step.text("mcp_server")
        if name is not None and name not in servers:
            message = f"{quote(name)} is not in the inventory; expected the name of one of its MCP servers"
            yield Case(f"{step.path}/mcp_server", message)


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
