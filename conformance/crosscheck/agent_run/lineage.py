"""Lineage: whether parents and children know of each other (spec/lineage.md)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple, Optional

from .hashing import step_leaf
from .outcome import Outcome, absent, failed, passed, unknown
from .related import Family, Kin
from .seal import Json, provenance_of

STATES = ("conflict", "child_only", "parent_only", "unresolved", "open", "chained", "mutual")
RULES = ("leaf", "delegation_reused", "child_hash", "parent_hash", "cycle", "ancestors")
LONGEST = 32

Judgement = tuple[str, Optional[str]]


class Edge(NamedTuple):
    """A link between two runs, as the record claims it: place, state, and for a conflict its code."""

    path: str
    state: str
    code: Optional[str] = None


def check_lineage(
    run: Json, related: Sequence[Json], statements: Sequence[Json], proofs: Sequence[Json]
) -> tuple[list[Edge], Outcome]:
    """The edges of a record, and the check `lineage`."""
    own = Kin(run)
    family = Family(own, related, statements, proofs)
    edges = [*_edges_up(own, family), *_edges_down(own, family)]
    faults = [(edge.code, edge.path) for edge in edges if edge.code is not None]
    contradiction = _ancestors_fault(own, family)
    if contradiction is not None:
        faults.append(("lineage.ancestors", contradiction))
    if faults:
        # Sorting keeps the order of what is equal: rule by rule, and within a rule edge by edge.
        return edges, failed(*sorted(faults, key=lambda fault: RULES.index(fault[0].partition(".")[2]))[0])
    if not edges:
        return edges, absent()
    for edge in edges:
        if edge.state not in ("mutual", "chained"):
            return edges, unknown(f"lineage.{edge.state}", edge.path)
    return edges, passed()


def _conflict(rule: str) -> Judgement:
    return "conflict", f"lineage.{rule}"


def _worst(judgements: Iterable[Judgement]) -> Judgement:
    return min(judgements, key=lambda each: (STATES.index(each[0]), _rank(each[1])))


def _rank(code: Optional[str]) -> int:
    return len(RULES) if code is None else RULES.index(code.partition(".")[2])


# --- from the child's end ---------------------------------------------------------------------------------------------


def _edges_up(own: Kin, family: Family) -> list[Edge]:
    edges = []
    for index, entry in enumerate(own.parents):
        state, code = _judge_entry(own, entry, family)
        if state != "conflict" and _circles_up(own, entry["run_id"], family):
            state, code = _conflict("cycle")
        edges.append(Edge(f"/provenance/parents/{index}", state, code))
    return edges


def _judge_entry(own: Kin, entry: Json, family: Family) -> Judgement:
    parents = family.of(entry["run_id"])
    if "delegation_id" not in entry and "handoff_leaf" not in entry and "record_hash" in entry:
        if any(parent.hash == entry["record_hash"] for parent in parents):
            return "chained", None
        return _conflict("parent_hash") if entry["run_id"] in family.given_ids - {own.id} else ("unresolved", None)
    judged = [_judge_delegation(parent, own, entry, family) for parent in parents] or [("unresolved", None)]
    return _worst(_decide_between(own, entry, each, family) for each in judged)


def _judge_delegation(parent: Kin, child: Kin, entry: Json, family: Family, from_above: bool = False) -> Judgement:
    """A delegation whose both ends are given."""
    delegation_id, leaf = entry.get("delegation_id"), entry.get("handoff_leaf")
    if delegation_id is None or leaf is None:
        is_named = any(
            step.get("child_run_id") == child.id and delegation_id in (None, step.get("delegation_id"))
            for _, step in parent.handoffs
        )
        return ("parent_only" if is_named else "child_only"), None
    step = parent.with_leaf(leaf)
    if step is None:
        return _conflict("leaf") if parent.sealed or parent.handoffs_under(delegation_id) else ("child_only", None)
    if step["type"] != "handoff" or step.get("child_run_id") != child.id or step.get("delegation_id") != delegation_id:
        return _conflict("leaf")
    if len(parent.handoffs_under(delegation_id)) > 1 and not from_above:
        return _conflict("delegation_reused")
    if any(result.get("child_run_id") not in (None, child.id) for result in parent.results_under(delegation_id)):
        return _conflict("delegation_reused")
    confirmations = parent.confirmations(delegation_id, child.id, family.statements)
    if any(stated != child.hash for stated in confirmations):
        return _conflict("child_hash")
    if "record_hash" in entry and parent.sealed and entry["record_hash"] != parent.hash:
        return _conflict("parent_hash")
    return ("mutual" if confirmations and parent.sealed else "open"), None


def _decide_between(child: Kin, entry: Json, judged: Judgement, family: Family) -> Judgement:
    """What becomes of an edge if another child claims the same delegation."""
    state, delegation_id = judged[0], entry.get("delegation_id")
    if state in ("conflict", "mutual") or delegation_id is None:
        return judged
    for other in [family.own, *family.members]:
        if other.name == child.name or (state == "open" and other.id != child.id):
            continue
        if any(e["run_id"] == entry["run_id"] and e.get("delegation_id") == delegation_id for e in other.parents):
            return _conflict("delegation_reused")
    return judged


# --- from the parent's end --------------------------------------------------------------------------------------------


def _edges_down(own: Kin, family: Family) -> list[Edge]:
    edges = []
    handoffs = dict(own.handoffs)
    results = dict(own.results)
    for index, step in enumerate(own.run["steps"]):
        path = f"/steps/{index}"
        if step.get("child_run_id") is None:
            continue
        if path in handoffs:
            state, code = _judge_handoff(own, index, step, family)
            if state != "conflict" and _circles_down(own, step["child_run_id"], family):
                state, code = _conflict("cycle")
            edges.append(Edge(path, state, code))
        elif path in results and not _stands_for(own, step):
            edges.append(Edge(path, *_judge_lone_result(step, family)))
    return edges


def _stands_for(own: Kin, result: Json) -> bool:
    """Whether a handoff of the record stands for a result."""
    member = "child_run_id" if result.get("delegation_id") is None else "delegation_id"
    return any(step.get(member) == result.get(member) for _, step in own.handoffs)


def _judge_handoff(own: Kin, index: int, step: Json, family: Family) -> Judgement:
    delegation_id, child_id = step.get("delegation_id"), step["child_run_id"]
    earlier = [each for each in own.run["steps"][:index] if each["type"] == "handoff"]
    if delegation_id is not None and any(each.get("delegation_id") == delegation_id for each in earlier):
        return _conflict("delegation_reused")
    if len(set(own.confirmations(delegation_id, child_id, family.statements))) > 1:
        return _conflict("child_hash")
    return _worst([_judge_child(own, step, child, family) for child in family.of(child_id)] or [("unresolved", None)])


def _judge_child(own: Kin, step: Json, child: Kin, family: Family) -> Judgement:
    leaf, delegation_id = step_leaf(step), step.get("delegation_id")
    for entry in child.parents:
        is_ours = entry["run_id"] == own.id
        if is_ours and (entry.get("handoff_leaf") == leaf or delegation_id in (entry.get("delegation_id", 0),)):
            break
    else:
        return "parent_only", None
    judged = _judge_delegation(own, child, entry, family, from_above=True)
    if judged[0] not in ("conflict", "parent_only", "child_only") and entry.get("handoff_leaf") != leaf:
        return _conflict("leaf")
    return _decide_between(child, entry, judged, family)


def _judge_lone_result(step: Json, family: Family) -> Judgement:
    children = family.of(step["child_run_id"])
    stated = step.get("child_record_hash")
    return _worst(
        [_conflict("child_hash") if stated not in (None, child.hash) else ("parent_only", None) for child in children]
        or [("unresolved", None)]
    )


# --- circles ----------------------------------------------------------------------------------------------------------


def _circles_up(own: Kin, start: str, family: Family) -> bool:
    reached, circles = _walk(start, lambda kin: [entry["run_id"] for entry in kin.parents], own, family)
    below, _ = _walk(own.id, _children_of, own, family)
    return circles or own.id in reached or bool(reached & (below - {own.id}))


def _circles_down(own: Kin, start: str, family: Family) -> bool:
    reached, circles = _walk(start, _children_of, own, family)
    return circles or own.id in reached


def _children_of(kin: Kin) -> list[str]:
    return [step["child_run_id"] for _, step in kin.handoffs if step.get("child_run_id") is not None]


def _walk(start: str, following: Callable[[Kin], list[str]], own: Kin, family: Family) -> tuple[set[str], bool]:
    """The ids that can be reached from one, it included, and whether there is a circle among them."""

    def after(run_id: str) -> list[str]:
        kins = [own] if run_id == own.id else family.of(run_id)
        return [each for kin in kins for each in following(kin)]

    def reach(run_ids: list[str]) -> set[str]:
        found: set[str] = set()
        waiting = list(run_ids)
        while waiting:
            run_id = waiting.pop()
            if run_id not in found:
                found.add(run_id)
                waiting.extend(after(run_id))
        return found

    reached = reach([start])
    return reached, any(run_id in reach(after(run_id)) for run_id in reached)


# --- ancestors --------------------------------------------------------------------------------------------------------


def _ancestors_fault(own: Kin, family: Family) -> Optional[str]:
    """Where `parent_run_hash` or `lineage` contradicts the ancestors that are given."""
    provenance = provenance_of(own.run)
    chain: list[Kin] = []
    current = _parent_of(own, family)
    while current is not None and current not in chain:
        chain.append(current)
        current = _parent_of(current, family)
    hashes = [provenance_of(kin.run)["run_hash"] for kin in chain]
    if not chain:
        return None
    if provenance.get("parent_run_hash") not in (None, hashes[0]):
        return "/provenance/parent_run_hash"
    lineage = provenance.get("lineage")
    if lineage is None:
        return None
    for back, (stated, right) in enumerate(zip(reversed(lineage), hashes), start=1):
        if stated != right:
            return f"/provenance/lineage/{len(lineage) - back}"
    top = chain[-1]
    is_whole = not top.parents and top.run.get("parent_run_id") is None
    if (is_whole and len(lineage) > len(chain)) or len(lineage) < min(len(chain), LONGEST):
        return "/provenance/lineage"
    return None


def _parent_of(kin: Kin, family: Family) -> Optional[Kin]:
    if len(kin.parents) > 1:
        return None
    run_id = kin.parents[0]["run_id"] if kin.parents else kin.run.get("parent_run_id")
    return None if run_id is None else family.only(run_id)
