"""Cases about parents and children."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Optional

from agent_run.hashing import step_leaf
from agent_run.seal import Json, make_batch, protect, reseal

from .case import case
from .keys import digest_of, entry, key, nonce, salt, statement, trust
from .records import hash_of, sealed, with_provenance, with_run_hash, without

TRUST = trust(entry("recorder", "recorder"))


def run(run_id: str, steps: Sequence[Json] = (), agent_id: str = "release-bot", **provenance: Any) -> Json:
    """A small run, not sealed."""
    small = {
        "spec_version": "1.0",
        "id": run_id,
        "agent_id": agent_id,
        "status": "completed",
        "started_at": "2026-11-20T14:00:00Z",
        "ended_at": "2026-11-20T14:04:00Z",
        "steps": list(steps),
        "cost": {"input_tokens": None, "output_tokens": None},
        "provenance": {"nonce": nonce(run_id), **provenance},
    }
    return with_run_hash(small)


def step(kind: str, step_id: str, second: int, **members: Any) -> Json:
    """A handoff or its result."""
    at = f"2026-11-20T14:01:{second:02d}Z"
    named = {"child_run_id": "child", "delegation_id": "dlg-1", **members}
    allowed = (
        {
            "side_effects": [{"kind": "none", "basis": "observed"}],
            "approval": {"state": "not_required", "policy_id": "p"},
        }
        if kind == "handoff"
        else {}
    )
    whole = {"id": step_id, "type": kind, "status": "succeeded", "started_at": at, "ended_at": at, **allowed, **named}
    return {name: value for name, value in whole.items() if value is not ...}


def handoff(step_id: str = "h-1", second: int = 1, **members: Any) -> Json:
    """A handoff to the child."""
    return step("handoff", step_id, second, **members)


def result(child: Optional[Json], step_id: str = "r-1", second: int = 30, **members: Any) -> Json:
    """What came of it."""
    stated = {} if child is None else {"child_record_hash": hash_of(child)}
    return step("handoff_result", step_id, second, **{**stated, **members})


def up(handed: Optional[Json] = None, **members: Any) -> list[Json]:
    """The child's `parents`."""
    leaf = {"handoff_leaf": step_leaf(handoff() if handed is None else handed)}
    whole = {"run_id": "parent", "delegation_id": "dlg-1", **leaf, **members}
    return [{name: value for name, value in whole.items() if value is not ...}]


def child(parents: Optional[list[Json]] = None, run_id: str = "child", **provenance: Any) -> Json:
    """The child, sealed."""
    return sealed(run(run_id, parents=up() if parents is None else parents, **provenance))


def parent(*steps: Json, **provenance: Any) -> Json:
    """The parent, sealed."""
    return sealed(run("parent", list(steps), **provenance))


def link(of: Json, to: Json, by: str = "recorder", **body: Any) -> Json:
    """A link statement of the parent."""
    said = {"delegation_id": "dlg-1", "child_run_id": "child", "child_record_hash": hash_of(to), **body}
    return statement(by, "link", hash_of(of), "2026-11-20T15:00:00Z", said)


CHILD = child()
PARENT = parent(handoff(), result(CHILD))
OPEN_PARENT = parent(handoff())
OTHER = sealed({**run("child", parents=up()), "outcome": "partial"})
STRANGER = child(run_id="stranger")
_UNSEALED_PARENT = run("parent", [handoff(), result(CHILD)])
_PRIVATE = sealed(protect("run", {**_UNSEALED_PARENT, "intent": "Read"}, salt("parent")))
_TRIGGER = sealed(run("parent"))
_CHAINED = [{"run_id": "parent", "record_hash": hash_of(_TRIGGER)}]
_BATCHED = reseal(
    with_provenance(sealed(run("parent", [handoff(), result(CHILD)]), None), signed_by=key("recorder").did)
)
_BATCH, _PROOFS = make_batch([_BATCHED], key("recorder"), "2026-11-20T15:00:00Z")
_GRAND = sealed(run("grand", agent_id="grand-bot"))
_MIDDLE = sealed(
    run("parent", [], agent_id="middle-bot", parents=[{"run_id": "grand", "record_hash": hash_of(_GRAND)}])
)
_MIDDLE_UP = [{"run_id": "parent", "record_hash": hash_of(_MIDDLE)}]
_HASHES = [each["provenance"]["run_hash"] for each in (_GRAND, _MIDDLE)]
_ZEROS = "0" * 64
# Records that only bear a name.
_NAMESAKE = sealed(run("parent", agent_id="other-bot"), "stranger")
_ACCUSER = sealed(run("parent", [handoff(), result(OTHER)]), "stranger")
_BACK = sealed(run("parent", parents=[{"run_id": "child"}]))
_GRAND_BACK = sealed(run("grand", parents=[{"run_id": "parent"}]))
_MIDDLE_BACK = sealed(run("parent", parents=[{"run_id": "grand", "record_hash": hash_of(_GRAND_BACK)}]))


def _after(record: Json) -> list[Json]:
    """The `parents` of a run that another triggered."""
    return [{"run_id": record["id"], "record_hash": hash_of(record)}]


def _dynasty(length: int) -> list[Json]:
    """So many finished runs, each triggered by the one before it."""
    line: list[Json] = []
    for number in range(length):
        parents = _after(line[-1]) if line else []
        of = {"parents": parents} if parents else {}
        line.append(sealed(run(f"ancestor-{number}", agent_id=f"bot-{number}", **of)))
    return line


_DYNASTY = _dynasty(40)
_DYNASTY_HASHES = [each["provenance"]["run_hash"] for each in _DYNASTY]


def _case(name: str, requirement: str, description: str, record: Json, *related: Json, **beside: Any):
    given = {"related": list(related)} if related else {}
    return case(name, requirement, description, record, trust=TRUST, level="accountable", **given, **beside)


LINEAGE = [
    # from the child's end
    _case("mutual", "AR-LIN-002", "Handoff and result of the parent name the child.", CHILD, PARENT),
    _case(
        "mutual_by_link",
        "AR-LIN-004",
        "The parent was sealed before; a signed link names the child.",
        CHILD,
        OPEN_PARENT,
        statements=[link(OPEN_PARENT, CHILD)],
    ),
    _case(
        "mutual_parent_in_batch",
        "AR-LIN-002",
        "The parent is sealed by a batch.",
        CHILD,
        _BATCHED,
        statements=[_BATCH],
        proofs=_PROOFS,
    ),
    _case(
        "link_by_stranger",
        "AR-LIN-004",
        "A link by another key than the parent's says nothing.",
        CHILD,
        OPEN_PARENT,
        statements=[link(OPEN_PARENT, CHILD, "stranger")],
    ),
    _case(
        "link_changed",
        "AR-LIN-004",
        "A link that was changed says nothing.",
        CHILD,
        OPEN_PARENT,
        statements=[{**link(OPEN_PARENT, CHILD), "at": "2026-11-20T15:00:01Z"}],
    ),
    _case(
        "link_to_another",
        "AR-LIN-004",
        "A link that names another record of the child.",
        CHILD,
        OPEN_PARENT,
        statements=[link(OPEN_PARENT, OTHER)],
    ),
    _case("open", "AR-LIN-004", "Nothing says with what record the child ended.", CHILD, OPEN_PARENT),
    _case(
        "open_parent_unsealed", "AR-LIN-004", "A parent without a seal can confirm nothing.", CHILD, _UNSEALED_PARENT
    ),
    _case("unresolved", "AR-LIN-001", "The parent isn't given.", CHILD),
    _case(
        "parent_broken",
        "AR-LIN-002",
        "A parent whose seal doesn't hold is as if it weren't given.",
        CHILD,
        {**PARENT, "outcome": "partial"},
    ),
    _case(
        "parent_stripped",
        "AR-LIN-002",
        "Nor is one whose signature was stripped.",
        CHILD,
        with_provenance(PARENT, signature=...),
    ),
    _case(
        "parent_without_nonce",
        "AR-LIN-002",
        "Nor is one whose seal has no nonce, though record_hash and signature are right.",
        CHILD,
        reseal(with_provenance(PARENT, nonce=...), key("recorder")),
    ),
    _case(
        "parent_without_sealed_at",
        "AR-LIN-002",
        "Nor is one that doesn't say when it was sealed.",
        CHILD,
        reseal(with_provenance(PARENT, sealed_at=...), key("recorder")),
    ),
    _case(
        "parent_without_spec_version",
        "AR-LIN-002",
        "Nor is one that doesn't say by which version; nobody signed it.",
        CHILD,
        reseal(without(with_provenance(PARENT, signed_by=..., signature=...), "spec_version")),
    ),
    _case(
        "parent_running",
        "AR-LIN-002",
        "A sealed parent that says that it goes on: its own verdict is for that.",
        CHILD,
        sealed({**without(run("parent", [handoff(), result(CHILD)]), "ended_at"), "status": "running"}),
    ),
    _case(
        "parent_private_broken",
        "AR-LIN-002",
        "A private member of the parent was changed, which no hash of the seal covers.",
        CHILD,
        {**_PRIVATE, "intent": "Write"},
    ),
    _case("child_only", "AR-LIN-002", "The parent, not sealed, says nothing of the child.", CHILD, run("parent")),
    _case(
        "child_only_no_leaf",
        "AR-LIN-001",
        "The child names no handoff, and the parent no child.",
        child(up(handoff_leaf=...)),
        _TRIGGER,
    ),
    _case(
        "parent_only_no_leaf",
        "AR-LIN-001",
        "The parent names the child; the child names no handoff.",
        child(up(handoff_leaf=...)),
        PARENT,
    ),
    _case("leaf_unknown", "AR-LIN-002", "No step of the sealed parent has the leaf.", CHILD, _TRIGGER),
    _case(
        "leaf_of_another_step",
        "AR-LIN-002",
        "The leaf is that of the result.",
        child(up(result(None))),
        parent(handoff(), result(None)),
    ),
    _case(
        "leaf_names_another_child",
        "AR-LIN-002",
        "A stranger copied delegation_id and leaf from the child.",
        STRANGER,
        PARENT,
    ),
    _case(
        "leaf_names_another_delegation",
        "AR-LIN-002",
        "The delegation_id isn't that of the handoff.",
        child(up(delegation_id="dlg-2")),
        OPEN_PARENT,
    ),
    _case(
        "delegation_in_two_handoffs",
        "AR-LIN-003",
        "Two handoffs of the parent share the delegation.",
        CHILD,
        parent(handoff(), handoff("h-2", 2)),
    ),
    _case(
        "delegation_result_for_another",
        "AR-LIN-003",
        "The result of the delegation names another child.",
        CHILD,
        parent(handoff(), result(CHILD, child_run_id="other")),
    ),
    _case(
        "delegation_of_two_unresolved",
        "AR-LIN-003",
        "Another child claims the same delegation, and the parent isn't there to decide.",
        CHILD,
        STRANGER,
    ),
    _case(
        "delegation_copied_but_open",
        "AR-LIN-003",
        "A stranger copied the delegation; the parent's handoff names this child.",
        CHILD,
        OPEN_PARENT,
        STRANGER,
    ),
    _case(
        "delegation_of_two_records",
        "AR-LIN-003",
        "Two records of one child, and the parent confirms none: open, but no contradiction.",
        CHILD,
        OPEN_PARENT,
        OTHER,
    ),
    _case(
        "delegation_of_two_but_mutual",
        "AR-LIN-003",
        "Two records of one child, and the parent confirms this one.",
        CHILD,
        PARENT,
        OTHER,
    ),
    _case("child_hash", "AR-LIN-004", "The parent saw another record of the child.", OTHER, PARENT),
    _case(
        "child_unsealed",
        "AR-LIN-004",
        "The parent names a record_hash, and the child isn't sealed.",
        run("child", parents=up()),
        PARENT,
    ),
    _case(
        "entry_record_hash",
        "AR-LIN-005",
        "The entry also names another record_hash of the parent.",
        child(up(record_hash=digest_of("parent"))),
        OPEN_PARENT,
    ),
    _case(
        "mutual_beside_namesake",
        "AR-LIN-002",
        "A stranger's record has the parent's id, and no step with the leaf.",
        CHILD,
        _NAMESAKE,
        PARENT,
    ),
    _case(
        "mutual_beside_unsigned_namesake",
        "AR-LIN-002",
        "So has a record that nobody signed.",
        CHILD,
        sealed(run("parent", agent_id="other-bot"), None),
        PARENT,
    ),
    _case(
        "open_beside_namesake",
        "AR-LIN-002",
        "The parent isn't sealed, and a sealed record has its id.",
        CHILD,
        _NAMESAKE,
        _UNSEALED_PARENT,
    ),
    _case(
        "unresolved_beside_accuser",
        "AR-LIN-004",
        "A stranger's record copies the handoff and names another hash: one says so, the other so.",
        CHILD,
        _ACCUSER,
        PARENT,
    ),
    _case(
        "all_accuse",
        "AR-LIN-004",
        "Two records of the parent's id have the handoff, and each names another hash.",
        CHILD,
        _ACCUSER,
        parent(handoff(), result(None, child_record_hash=digest_of("child"))),
    ),
    _case(
        "unresolved_among_several",
        "AR-LIN-001",
        "Two records have the parent's id, and the child pins none.",
        child(up(handoff_leaf=...)),
        _TRIGGER,
        PARENT,
    ),
    _case(
        "pinned_by_record_hash",
        "AR-LIN-005",
        "Two records have the handoff; the entry names one of them by its record_hash.",
        child(up(record_hash=hash_of(OPEN_PARENT))),
        PARENT,
        OPEN_PARENT,
    ),
    # triggered by a finished run
    _case("chained", "AR-LIN-005", "Triggered by a finished run, which recomputes.", child(_CHAINED), _TRIGGER),
    _case("chained_unresolved", "AR-LIN-005", "The finished run isn't given.", child(_CHAINED)),
    _case(
        "chained_other",
        "AR-LIN-005",
        "Another record of that id is given.",
        child(_CHAINED),
        sealed({**run("parent"), "outcome": "partial"}),
    ),
    _case(
        "chained_changed",
        "AR-LIN-005",
        "The finished run was changed: as if it weren't given.",
        child(_CHAINED),
        {**_TRIGGER, "outcome": "partial"},
    ),
    _case(
        "chained_invalid", "AR-LIN-005", "What is given is no record.", child(_CHAINED), {"id": "parent", "steps": 1}
    ),
    _case(
        "chained_beside_namesake",
        "AR-LIN-005",
        "A stranger's record has the id too, and names this run as its parent.",
        child(_CHAINED),
        sealed(run("parent", parents=[{"run_id": "child"}]), "stranger"),
        _TRIGGER,
    ),
    _case(
        "chained_among_others",
        "AR-LIN-005",
        "Two records have the id, and neither is the one named.",
        child(_CHAINED),
        _NAMESAKE,
        PARENT,
    ),
    # from the parent's end
    _case("parent_mutual", "AR-LIN-002", "The child names the handoff.", PARENT, CHILD),
    _case("parent_open", "AR-LIN-004", "The child has a record, and the parent doesn't name it.", OPEN_PARENT, CHILD),
    _case("parent_unresolved", "AR-LIN-001", "The child isn't given.", PARENT),
    _case("parent_only", "AR-LIN-001", "The child says nothing of the parent.", PARENT, sealed(run("child"))),
    _case("parent_child_hash", "AR-LIN-004", "Another record of the child is given.", PARENT, OTHER),
    _case("parent_two_records", "AR-LIN-004", "Two records of the child; the parent states one.", PARENT, OTHER, CHILD),
    _case(
        "parent_open_two_records",
        "AR-LIN-003",
        "Two records of the child claim the handoff, and the parent states none.",
        OPEN_PARENT,
        OTHER,
        CHILD,
    ),
    _case(
        "parent_open_beside_namesake",
        "AR-LIN-002",
        "A record of the child's id doesn't claim the handoff; another does.",
        OPEN_PARENT,
        sealed(run("child"), "stranger"),
        CHILD,
    ),
    _case(
        "result_alone_two_others",
        "AR-LIN-001",
        "A result without a handoff states neither of two records.",
        parent(result(None, child_record_hash=digest_of("child"))),
        OTHER,
        CHILD,
    ),
    _case(
        "result_alone_two_records",
        "AR-LIN-001",
        "A result without a handoff states one of two records.",
        parent(result(CHILD)),
        OTHER,
        CHILD,
    ),
    _case(
        "parent_two_results",
        "AR-LIN-004",
        "Two results state two hashes.",
        parent(handoff(), result(CHILD), result(OTHER, "r-2", 31)),
    ),
    _case("parent_leaf", "AR-LIN-002", "The child names another leaf.", OPEN_PARENT, child(up(result(None)))),
    _case(
        "parent_delegation_reused",
        "AR-LIN-003",
        "Two handoffs share a delegation.",
        parent(handoff(), handoff("h-2", 2, child_run_id="other")),
    ),
    _case(
        "parent_handoff_doubled", "AR-LIN-003", "The same handoff stands twice.", parent(handoff(), handoff()), CHILD
    ),
    _case(
        "parent_retried",
        "AR-LIN-003",
        "A child that is tried again has a fresh delegation.",
        parent(handoff(), handoff("h-2", 2, delegation_id="dlg-2", child_run_id="second"), result(CHILD)),
        CHILD,
    ),
    _case("result_alone", "AR-LIN-001", "A result without a handoff.", parent(result(CHILD)), CHILD),
    _case("result_alone_unresolved", "AR-LIN-001", "The same, and the child isn't given.", parent(result(CHILD))),
    _case(
        "result_alone_child_hash",
        "AR-LIN-004",
        "The same, with another record of the child.",
        parent(result(CHILD)),
        OTHER,
    ),
    # circles and ancestors
    _case(
        "cycle",
        "AR-LIN-006",
        "The parent names the child as its own parent.",
        child(_after(_BACK)),
        _BACK,
    ),
    _case(
        "cycle_above",
        "AR-LIN-006",
        "Parent and grandparent name each other.",
        child(_after(_MIDDLE_BACK)),
        _MIDDLE_BACK,
        _GRAND_BACK,
    ),
    _case(
        "cycle_not_pinned",
        "AR-LIN-006",
        "The child names its parent by its id only; a record of that id names the child.",
        child([{"run_id": "parent"}]),
        _BACK,
    ),
    _case(
        "cycle_of_namesake_above",
        "AR-LIN-006",
        "A stranger's record of the parent's id names the child as its parent.",
        CHILD,
        PARENT,
        sealed(run("parent", parents=[{"run_id": "child"}]), "stranger"),
    ),
    _case(
        "cycle_of_namesake_below",
        "AR-LIN-006",
        "A stranger's record of the child's id hands back to the parent.",
        PARENT,
        CHILD,
        sealed(run("child", [handoff(child_run_id="parent", delegation_id="dlg-9")]), "stranger"),
    ),
    _case(
        "cycle_above_and_below",
        "AR-LIN-006",
        "The parent descends from a run that this one hands work to.",
        sealed(run("self", [handoff(child_run_id="grand")], parents=_after(_MIDDLE_BACK))),
        _MIDDLE_BACK,
    ),
    _case(
        "cycle_below",
        "AR-LIN-006",
        "The child hands work back to its parent.",
        OPEN_PARENT,
        sealed(run("child", [handoff(child_run_id="parent", delegation_id="dlg-9")], parents=up())),
    ),
    _case(
        "cycle_both_ways",
        "AR-LIN-006",
        "A run is both parent and child.",
        sealed(run("both", [handoff(child_run_id="twin")], parents=[{"run_id": "twin"}])),
    ),
    _case(
        "cycle_not_by_result",
        "AR-LIN-006",
        "A result without a handoff isn't followed, even if the run names itself in it.",
        parent(result(None, child_run_id="parent"), handoff(child_run_id="parent", delegation_id="dlg-2")),
    ),
    _case(
        "itself", "AR-LIN-006", "A run names itself as its parent.", sealed(run("self", parents=[{"run_id": "self"}]))
    ),
    _case(
        "ancestors",
        "AR-LIN-007",
        "parent_run_hash and lineage agree with the ancestors.",
        child(_MIDDLE_UP, parent_run_hash=_HASHES[1], lineage=_HASHES),
        _MIDDLE,
        _GRAND,
    ),
    _case(
        "ancestors_not_given",
        "AR-LIN-007",
        "Of the ancestors only the parent is given.",
        child(_MIDDLE_UP, parent_run_hash=_HASHES[1], lineage=[_ZEROS, _HASHES[1]]),
        _MIDDLE,
    ),
    _case(
        "parent_run_hash",
        "AR-LIN-007",
        "parent_run_hash is another.",
        child(_MIDDLE_UP, parent_run_hash=_ZEROS),
        _MIDDLE,
        _GRAND,
    ),
    _case(
        "lineage_other",
        "AR-LIN-007",
        "The grandparent is another.",
        child(_MIDDLE_UP, lineage=[_ZEROS, _HASHES[1]]),
        _MIDDLE,
        _GRAND,
    ),
    _case(
        "lineage_too_long",
        "AR-LIN-007",
        "An ancestor too many.",
        child(_MIDDLE_UP, lineage=[_ZEROS, *_HASHES]),
        _MIDDLE,
        _GRAND,
    ),
    _case(
        "lineage_too_short",
        "AR-LIN-007",
        "The grandparent is left out.",
        child(_MIDDLE_UP, lineage=_HASHES[1:]),
        _MIDDLE,
        _GRAND,
    ),
    _case(
        "lineage_of_32",
        "AR-LIN-007",
        "Of forty ancestors lineage names the last 32.",
        child(_after(_DYNASTY[-1]), lineage=_DYNASTY_HASHES[-32:]),
        *_DYNASTY,
    ),
    _case(
        "lineage_of_33",
        "AR-LIN-007",
        "Of forty ancestors lineage names the last 33, one more than it may.",
        child(_after(_DYNASTY[-1]), lineage=_DYNASTY_HASHES[-33:]),
        *_DYNASTY,
    ),
    _case(
        "ancestors_beside_namesake",
        "AR-LIN-007",
        "A stranger's record has the parent's id and another run_hash.",
        child(_MIDDLE_UP, parent_run_hash=_HASHES[1], lineage=_HASHES),
        _NAMESAKE,
        _MIDDLE,
        _GRAND,
    ),
    _case(
        "parent_run_id_among_several",
        "AR-LIN-007",
        "parent_run_id pins nothing: of two records of that id none is compared.",
        sealed({**run("child", parent_run_hash=_ZEROS), "parent_run_id": "parent"}),
        _MIDDLE,
        _NAMESAKE,
    ),
    _case(
        "parent_run_id_only",
        "AR-LIN-007",
        "parent_run_id is no edge; its parent_run_hash is compared all the same.",
        sealed({**run("child", parent_run_hash=_ZEROS), "parent_run_id": "parent"}),
        _MIDDLE,
    ),
    _case("copy_of_itself", "AR-LIN-001", "A copy of the record itself is no relative.", CHILD, CHILD, PARENT),
    _case(
        "unsealed_beside_sealed",
        "AR-LIN-002",
        "Beside the sealed parent stands an unsealed copy that lacks its end.",
        CHILD,
        PARENT,
        run("parent", [handoff()]),
    ),
    _case("related_invalid", "AR-LIN-001", "What isn't a record doesn't count.", CHILD, {"id": "parent", "steps": 1}),
]
