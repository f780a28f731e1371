"""The check `lineage`: do parents and children know of each other? (spec/lineage.md)"""

from __future__ import annotations

from typing import Any, Callable, Iterator, NamedTuple

from ..hashes import step_leaf_text
from ..schema import plural
from ..semantics import Thing
from .ancestors import Circles, ancestors_fault
from .kin import Family, Kin, is_handoff_to
from .outcome import Fault, Outcome, absent, failed, passed, unclear
from .verification import Edge, Verification

_CONFLICT, _CHILD_ONLY, _PARENT_ONLY, _UNRESOLVED = "conflict", "child_only", "parent_only", "unresolved"
_OPEN, _CHAINED, _MUTUAL = "open", "chained", "mutual"

# The states of an edge, from the worst to the best.
_STATES = (_CONFLICT, _CHILD_ONLY, _PARENT_ONLY, _UNRESOLVED, _OPEN, _CHAINED, _MUTUAL)
_RULES = (
    "lineage.leaf",
    "lineage.delegation_reused",
    "lineage.child_hash",
    "lineage.parent_hash",
    "lineage.cycle",
    "lineage.ancestors",
)


class _Opinion(NamedTuple):
    """How an edge was judged; a conflict has the code of the rule that is broken."""

    state: str
    code: str | None = None


def _conflict(rule: str) -> _Opinion:
    return _Opinion(_CONFLICT, f"lineage.{rule}")


def _worst(opinions: list[_Opinion]) -> _Opinion:
    return min(opinions, key=lambda each: (_STATES.index(each.state), _RULES.index(each.code) if each.code else -1))


def check_lineage(v: Verification) -> Outcome:
    """Looks at each link that the record claims, and at the ancestors that it names."""
    family = Family(v.run, v.related, v.evidence)
    circles = Circles(family)
    v.edges = [*_edges_up(family, circles), *_edges_down(family, circles)]
    faults = [Fault(each.code or "", each.path) for each in v.edges if each.state == _CONFLICT]
    place = ancestors_fault(family)
    if place is not None:
        faults.append(Fault("lineage.ancestors", place))
    for rule in _RULES:
        for fault in faults:
            if fault.code == rule:
                return failed(*fault)
    for each in v.edges:
        if each.state not in (_MUTUAL, _CHAINED):
            return unclear(f"lineage.{each.state}", each.path)
    if not v.edges:
        return absent("no parent and no child")
    return passed(f"{plural(len(v.edges), 'link')}, each as both records say", len(v.edges))


def _settle(meant: list[Kin], judge: Callable[[Kin], _Opinion]) -> _Opinion:
    """One opinion of those about each record that may be meant."""
    judged = [(each, judge(each)) for each in meant]
    if not judged:
        return _Opinion(_UNRESOLVED)
    fitting = [(each, opinion) for each, opinion in judged if opinion.state != _CONFLICT]
    if not fitting:
        return _worst([opinion for _, opinion in judged])
    sealed = [(each, opinion) for each, opinion in fitting if each.is_sealed]
    counting = [opinion for _, opinion in sealed or fitting]
    if len(fitting) < len(judged):
        # Where some contradict the record, the others don't prove it.
        counting.append(_Opinion(_UNRESOLVED))
    return _worst(counting)


def _edges_up(family: Family, circles: Circles) -> Iterator[Edge]:
    """The links to the parents that the record names."""
    for entry in family.own.parents:
        judged = _judge_entry(family, entry)
        if judged.state != _CONFLICT and entry.get("run_id") in circles.above:
            judged = _conflict("cycle")
        yield Edge(entry.path, entry.get("run_id"), family.own.id, entry.get("delegation_id"), *judged)


def _judge_entry(family: Family, entry: Thing) -> _Opinion:
    pinned = family.pinned_parents(family.own, entry)
    meant = pinned or family.only(entry.get("run_id"))
    if entry.has("record_hash") and not entry.has("delegation_id") and not entry.has("handoff_leaf"):
        if pinned:
            return _Opinion(_CHAINED)
        return _conflict("parent_hash") if meant else _Opinion(_UNRESOLVED)
    judged = _settle(meant, lambda parent: _judge_delegation(parent, family.own, entry, False))
    if not pinned and judged.state != _CONFLICT and family.has_rival(entry):
        return _conflict("delegation_reused")
    return judged


def _judge_delegation(parent: Kin, child: Kin, entry: Thing, is_from_above: bool) -> _Opinion:
    """Goes through the questions about a delegation of which both ends are given."""
    delegation, leaf = entry.text("delegation_id"), entry.text("handoff_leaf")
    if delegation is None or leaf is None:
        for step in parent.handoffs:
            if step.get("child_run_id") == child.id and delegation in (None, step.get("delegation_id")):
                return _Opinion(_PARENT_ONLY)
        return _Opinion(_CHILD_ONLY)
    step_with_leaf, handoffs = parent.by_leaf.get(leaf), parent.delegations.get(delegation, [])
    if step_with_leaf is None and not parent.is_sealed and not handoffs:
        return _Opinion(_CHILD_ONLY)
    if step_with_leaf is None or not is_handoff_to(step_with_leaf, child.id, delegation):
        return _conflict("leaf")
    if len(handoffs) > 1 and not is_from_above:
        # From above the second of them is the one at fault.
        return _conflict("delegation_reused")
    for result in parent.answers.get(delegation, []):
        if result.known("child_run_id") and result.get("child_run_id") != child.id:
            return _conflict("delegation_reused")
    stated = parent.confirmations(delegation, child.id)
    if any(hashed != child.hash for hashed in stated):
        return _conflict("child_hash")
    if entry.has("record_hash") and parent.is_sealed and entry.get("record_hash") != parent.hash:
        return _conflict("parent_hash")
    return _Opinion(_MUTUAL if parent.is_sealed and stated else _OPEN)


def _edges_down(family: Family, circles: Circles) -> Iterator[Edge]:
    """The links to the children that the record names: by handoffs, and by results that have none."""
    own = family.own
    used: set[Any] = set()
    children = {step.get("child_run_id") for step in own.handoffs}
    for step in own.steps:
        child, delegation = step.text("child_run_id"), step.get("delegation_id")
        if step.is_one("type", "handoff"):
            is_reused = delegation is not None and delegation in used
            used.add(delegation)
            if child is None:
                continue
            judged = _conflict("delegation_reused") if is_reused else _judge_handoff(family, step, child)
            if judged.state != _CONFLICT and child in circles.below:
                judged = _conflict("cycle")
        elif step.is_one("type", "handoff_result") and child is not None:
            # A handoff stands for a result under its delegation, or to its child if it names none.
            if delegation in own.delegations if delegation is not None else child in children:
                continue
            judged = _judge_result(family, step)
        else:
            continue
        yield Edge(step.path, own.id, child, delegation, *judged)


def _judge_handoff(family: Family, step: Thing, child: str) -> _Opinion:
    stated = family.own.confirmations(step.get("delegation_id"), child)
    if len(set(stated)) > 1:
        # Whatever the child is, one of them is wrong.
        return _conflict("child_hash")
    meant = family.pinned_children(family.own, child, stated, step) or family.only(child)
    return _settle(meant, lambda kin: _judge_child(family.own, step, kin))


def _judge_child(own: Kin, step: Thing, child: Kin) -> _Opinion:
    """Judges a handoff by the first entry of the child that is about it."""
    leaf = step_leaf_text(step.value)
    for entry in child.parents:
        is_about = entry.get("handoff_leaf") == leaf
        if not is_about and entry.has("delegation_id"):
            is_about = entry.get("delegation_id") == step.get("delegation_id")
        if entry.get("run_id") != own.id or not is_about:
            continue
        judged = _judge_delegation(own, child, entry, True)
        is_whole = entry.known("delegation_id") and entry.known("handoff_leaf")
        if judged.state != _CONFLICT and is_whole and entry.get("handoff_leaf") != leaf:
            return _conflict("leaf")
        return judged
    return _Opinion(_PARENT_ONLY)


def _judge_result(family: Family, step: Thing) -> _Opinion:
    child, hashed = step.get("child_run_id"), step.text("child_record_hash")
    if family.pinned_children(family.own, child, [] if hashed is None else [hashed], None):
        return _Opinion(_PARENT_ONLY)
    if not family.only(child):
        return _Opinion(_UNRESOLVED)
    return _Opinion(_PARENT_ONLY) if hashed is None else _conflict("child_hash")
