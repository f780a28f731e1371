"""Parents, children and strangers, for the cases about lineage."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Optional

from agent_run.hashing import step_leaf
from agent_run.seal import Json, make_batch, protect, reseal

from .case import case
from .keys import entry, key, nonce, salt, statement, trust
from .records import hash_of, sealed, with_provenance, with_run_hash

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
UNSEALED_PARENT = run("parent", [handoff(), result(CHILD)])
PRIVATE = sealed(protect("run", {**UNSEALED_PARENT, "intent": "Read"}, salt("parent")))
TRIGGER = sealed(run("parent"))
CHAINED = [{"run_id": "parent", "record_hash": hash_of(TRIGGER)}]
BATCHED = reseal(
    with_provenance(sealed(run("parent", [handoff(), result(CHILD)]), None), signed_by=key("recorder").did)
)
BATCH, PROOFS = make_batch([BATCHED], key("recorder"), "2026-11-20T15:00:00Z")
GRAND = sealed(run("grand", agent_id="grand-bot"))
MIDDLE = sealed(run("parent", [], agent_id="middle-bot", parents=[{"run_id": "grand", "record_hash": hash_of(GRAND)}]))
MIDDLE_UP = [{"run_id": "parent", "record_hash": hash_of(MIDDLE)}]
HASHES = [each["provenance"]["run_hash"] for each in (GRAND, MIDDLE)]
ZEROS = "0" * 64
# Records that only bear a name.
NAMESAKE = sealed(run("parent", agent_id="other-bot"), "stranger")
ACCUSER = sealed(run("parent", [handoff(), result(OTHER)]), "stranger")
BACK = sealed(run("parent", parents=[{"run_id": "child"}]))
GRAND_BACK = sealed(run("grand", parents=[{"run_id": "parent"}]))
MIDDLE_BACK = sealed(run("parent", parents=[{"run_id": "grand", "record_hash": hash_of(GRAND_BACK)}]))


def after(record: Json) -> list[Json]:
    """The `parents` of a run that another triggered."""
    return [{"run_id": record["id"], "record_hash": hash_of(record)}]


def dynasty(length: int) -> list[Json]:
    """So many finished runs, each triggered by the one before it."""
    line: list[Json] = []
    for number in range(length):
        parents = after(line[-1]) if line else []
        of = {"parents": parents} if parents else {}
        line.append(sealed(run(f"ancestor-{number}", agent_id=f"bot-{number}", **of)))
    return line


DYNASTY = dynasty(40)
DYNASTY_HASHES = [each["provenance"]["run_hash"] for each in DYNASTY]


def lineage_case(name: str, requirement: str, description: str, record: Json, *related: Json, **beside: Any):
    """A case of the class lineage, with related records."""
    given = {"related": list(related)} if related else {}
    return case(name, requirement, description, record, trust=TRUST, level="accountable", **given, **beside)
