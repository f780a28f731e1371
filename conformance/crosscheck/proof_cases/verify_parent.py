"""Cases about lineage: runs that a finished one triggered, and the end of the parent."""

from __future__ import annotations

from .families import (
    CHAINED,
    CHILD,
    NAMESAKE,
    OPEN_PARENT,
    OTHER,
    PARENT,
    TRIGGER,
    child,
    handoff,
    lineage_case,
    parent,
    result,
    run,
    up,
)
from .keys import digest_of
from .records import sealed

TRIGGERED = [
    lineage_case("chained", "AR-LIN-005", "Triggered by a finished run, which recomputes.", child(CHAINED), TRIGGER),
    lineage_case("chained_unresolved", "AR-LIN-005", "The finished run isn't given.", child(CHAINED)),
    lineage_case(
        "chained_other",
        "AR-LIN-005",
        "Another record of that id is given.",
        child(CHAINED),
        sealed({**run("parent"), "outcome": "partial"}),
    ),
    lineage_case(
        "chained_changed",
        "AR-LIN-005",
        "The finished run was changed: as if it weren't given.",
        child(CHAINED),
        {**TRIGGER, "outcome": "partial"},
    ),
    lineage_case(
        "chained_invalid", "AR-LIN-005", "What is given is no record.", child(CHAINED), {"id": "parent", "steps": 1}
    ),
    lineage_case(
        "chained_beside_namesake",
        "AR-LIN-005",
        "A stranger's record has the id too, and names this run as its parent.",
        child(CHAINED),
        sealed(run("parent", parents=[{"run_id": "child"}]), "stranger"),
        TRIGGER,
    ),
    lineage_case(
        "chained_among_others",
        "AR-LIN-005",
        "Two records have the id, and neither is the one named.",
        child(CHAINED),
        NAMESAKE,
        PARENT,
    ),
]

PARENT_CASES = [
    lineage_case("parent_mutual", "AR-LIN-002", "The child names the handoff.", PARENT, CHILD),
    lineage_case(
        "parent_open", "AR-LIN-004", "The child has a record, and the parent doesn't name it.", OPEN_PARENT, CHILD
    ),
    lineage_case("parent_unresolved", "AR-LIN-001", "The child isn't given.", PARENT),
    lineage_case("parent_only", "AR-LIN-001", "The child says nothing of the parent.", PARENT, sealed(run("child"))),
    lineage_case("parent_child_hash", "AR-LIN-004", "Another record of the child is given.", PARENT, OTHER),
    lineage_case(
        "parent_two_records", "AR-LIN-004", "Two records of the child; the parent states one.", PARENT, OTHER, CHILD
    ),
    lineage_case(
        "parent_open_two_records",
        "AR-LIN-003",
        "Two records of the child claim the handoff, and the parent states none.",
        OPEN_PARENT,
        OTHER,
        CHILD,
    ),
    lineage_case(
        "parent_open_beside_namesake",
        "AR-LIN-002",
        "A record of the child's id doesn't claim the handoff; another does.",
        OPEN_PARENT,
        sealed(run("child"), "stranger"),
        CHILD,
    ),
    lineage_case(
        "result_alone_two_others",
        "AR-LIN-001",
        "A result without a handoff states neither of two records.",
        parent(result(None, child_record_hash=digest_of("child"))),
        OTHER,
        CHILD,
    ),
    lineage_case(
        "result_alone_two_records",
        "AR-LIN-001",
        "A result without a handoff states one of two records.",
        parent(result(CHILD)),
        OTHER,
        CHILD,
    ),
    lineage_case(
        "parent_two_results",
        "AR-LIN-004",
        "Two results state two hashes.",
        parent(handoff(), result(CHILD), result(OTHER, "r-2", 31)),
    ),
    lineage_case("parent_leaf", "AR-LIN-002", "The child names another leaf.", OPEN_PARENT, child(up(result(None)))),
    lineage_case(
        "parent_delegation_reused",
        "AR-LIN-003",
        "Two handoffs share a delegation.",
        parent(handoff(), handoff("h-2", 2, child_run_id="other")),
    ),
    lineage_case(
        "parent_handoff_doubled", "AR-LIN-003", "The same handoff stands twice.", parent(handoff(), handoff()), CHILD
    ),
    lineage_case(
        "parent_retried",
        "AR-LIN-003",
        "A child that is tried again has a fresh delegation.",
        parent(handoff(), handoff("h-2", 2, delegation_id="dlg-2", child_run_id="second"), result(CHILD)),
        CHILD,
    ),
    lineage_case("result_alone", "AR-LIN-001", "A result without a handoff.", parent(result(CHILD)), CHILD),
    lineage_case(
        "result_alone_unresolved", "AR-LIN-001", "The same, and the child isn't given.", parent(result(CHILD))
    ),
    lineage_case(
        "result_alone_child_hash",
        "AR-LIN-004",
        "The same, with another record of the child.",
        parent(result(CHILD)),
        OTHER,
    ),
]
