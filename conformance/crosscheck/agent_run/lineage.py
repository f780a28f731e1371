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


def _settle(judged: Sequence[tuple[Kin, Judgement]]) -> Judgement:
    """One judgement of those about the records that may be meant."""
    if not judged:
        return "unresolved", None
    fitting = [(kin, judgement) for kin, judgement in judged if judgement[0] != "conflict"]
    if not fitting:
        return _worst(judgement for _, judgement in judged)
    sealed = [judgement for kin, judgement in fitting if kin.sealed]
    settled = _worst(sealed or [judgement for _, judgement in fitting])
    # Where some contradict the record, the others don't prove it.
    return settled if len(fitting) == len(judged) else _worst([settled, ("unresolved", None)])


def _meant(pinned: list[Kin], run_id: str, family: Family) -> list[Kin]:
    """The records that an edge is judged by."""
    only = family.only(run_id)
    return pinned or ([] if only is None else [only])


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
    pinned = family.pinned_parents(own, entry)
    parents = _meant(pinned, entry["run_id"], family)
    if "delegation_id" not in entry and "handoff_leaf" not in entry and "record_hash" in entry:
        if not parents:
            return "unresolved", None
        return ("chained", None) if pinned else _conflict("parent_hash")
    judged = _settle([(parent, _judge_delegation(parent, own, entry, family)) for parent in parents])
    if not pinned and judged[0] != "conflict" and _has_rival(own, entry, family):
        return _conflict("delegation_reused")
    return judged


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


def _has_rival(own: Kin, entry: Json, family: Family) -> bool:
    """Whether the record of another run claims the delegation of an entry."""
    claim = (entry["run_id"], entry.get("delegation_id"))
    others = [kin for kin in family.members if kin.id != own.id]
    return claim[1] is not None and any(
        (each["run_id"], each.get("delegation_id")) == claim for kin in others for each in kin.parents
    )


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
            edges.append(Edge(path, *_judge_lone_result(own, step, family)))
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
    stated = own.confirmations(delegation_id, child_id, family.statements)
    if len(set(stated)) > 1:
        return _conflict("child_hash")
    children = _meant(family.pinned_children(own, child_id, stated, step), child_id, family)
    return _settle([(child, _judge_child(own, step, child, family)) for child in children])


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
    return judged


def _judge_lone_result(own: Kin, step: Json, family: Family) -> Judgement:
    stated = [] if step.get("child_record_hash") is None else [step["child_record_hash"]]
    if family.pinned_children(own, step["child_run_id"], stated, None):
        return "parent_only", None
    if family.only(step["child_run_id"]) is None:
        return "unresolved", None
    return _conflict("child_hash") if stated else ("parent_only", None)


# --- circles ----------------------------------------------------------------------------------------------------------


Claims = Callable[[Kin], list[tuple[str, list[Kin]]]]


def _circles_up(own: Kin, start: str, family: Family) -> bool:
    def claims(kin: Kin) -> list[tuple[str, list[Kin]]]:
        return [(entry["run_id"], family.pinned_parents(kin, entry)) for entry in kin.parents]

    below = set(_ways(own, _handoffs_of(family))) - {own.id}
    return _leads_to(start, _ways(own, claims), {own.id, *below})


def _circles_down(own: Kin, start: str, family: Family) -> bool:
    return _leads_to(start, _ways(own, _handoffs_of(family)), {own.id})


def _handoffs_of(family: Family) -> Claims:
    def claims(kin: Kin) -> list[tuple[str, list[Kin]]]:
        found = []
        for _, step in kin.handoffs:
            child_id = step.get("child_run_id")
            if child_id is not None:
                stated = kin.confirmations(step.get("delegation_id"), child_id, family.statements)
                found.append((child_id, family.pinned_children(kin, child_id, stated, step)))
        return found

    return claims


def _ways(own: Kin, claims: Claims) -> dict[str, set[str]]:
    """Which run is named by which, by claims of the record and of records that such claims pin."""
    ways: dict[str, set[str]] = {}
    waiting, seen = [own], {own.name}
    while waiting:
        kin = waiting.pop()
        for run_id, pinned in claims(kin):
            ways.setdefault(kin.id, set()).add(run_id)
            ways.setdefault(run_id, set())
            for each in pinned:
                if run_id != own.id and each.name not in seen:
                    seen.add(each.name)
                    waiting.append(each)
    return ways


def _leads_to(start: str, ways: dict[str, set[str]], targets: set[str]) -> bool:
    """Whether one comes from a run, itself included, to one of the targets or twice to one run."""

    def reach(run_ids: Iterable[str]) -> set[str]:
        found: set[str] = set()
        waiting = list(run_ids)
        while waiting:
            run_id = waiting.pop()
            if run_id not in found:
                found.add(run_id)
                waiting.extend(ways.get(run_id, ()))
        return found

    reached = reach([start])
    return bool(reached & targets) or any(run_id in reach(ways.get(run_id, ())) for run_id in reached)


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
    known = min(len(chain), LONGEST)
    if (is_whole and len(lineage) > known) or len(lineage) < known:
        return "/provenance/lineage"
    return None


def _parent_of(kin: Kin, family: Family) -> Optional[Kin]:
    if len(kin.parents) > 1:
        return None
    if not kin.parents:
        return family.only(kin.run.get("parent_run_id"))
    pinned = family.pinned_parents(kin, kin.parents[0])
    found = _meant(pinned, kin.parents[0]["run_id"], family)
    return found[0] if len(found) == 1 else None
