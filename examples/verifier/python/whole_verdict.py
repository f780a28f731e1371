"""What a written verdict has beyond what verifiers have to agree on: counts, and words for people (schemas/verdict.json).

The cross-check says how each check comes out. The words are those of spec/errors.md; nothing of a record is quoted but
hashes and numbers.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import Any, Optional

from agent_run.hashing import document_hash, record_hash, run_hash
from agent_run.journal import chained_lines
from agent_run.lineage import Edge
from agent_run.outcome import Outcome
from agent_run.seal import erasables, is_sealed, provenance_of, state_of, steps_root
from agent_run.semantics import RULES
from agent_run.verdict import LEVELS, Given, shortfalls

Json = dict[str, Any]

ERRORS = Path(__file__).resolve().parents[3] / "spec" / "errors.md"
DETAILS = {
    "pass": "compared, and right",
    "absent": "nothing to compare",
    "skipped": "an earlier failure makes it pointless",
}
SEALED = ("steps", "record", "signature")

_ROW = re.compile(r"^\| <a id=[^>]*></a>`([^`]+)` \| \w+ \| (?:\[([A-Z0-9-]+)\][^|]*|[^|]*) \| ([^|]*) \|", re.MULTILINE)


@lru_cache(maxsize=None)
def _codes() -> dict[str, tuple[str, str]]:
    """For each code the sentence behind it, and what it means."""
    rows = _ROW.findall(ERRORS.read_text(encoding="utf-8"))
    return {code: (sentence or "the schema", means.replace("`", "")) for code, sentence, means in rows}


def _said_of(code: str) -> tuple[str, str]:
    return _codes().get(code, ("the schema", "something else than the schema says"))


def whole_verdict(vector: Json, run: Optional[Json], given: Given) -> Json:
    """The whole verdict to what the cross-check says. `run` is None for what has not the form of a record."""
    compared = {} if run is None else _compared(run, given)
    values = {} if run is None else _values(run)
    checks = [_check(row, compared.get(row["check"], 2), values) for row in vector["checks"]]
    edges = {"edges": [_edge(edge, run) for edge in vector["edges"]]} if run and "edges" in vector else {}
    return {**vector, "asked": given.level, "checks": checks, "missing": _missing(vector, run), **edges}


def _check(row: Json, compared: int, values: dict[str, tuple[str, str]]) -> Json:
    counted = {"pass": compared, "fail": 1}.get(row["result"], 0)
    if "code" not in row:
        return {**row, "compared": counted, "detail": DETAILS[row["result"]]}
    sentence, means = _said_of(row["code"])
    said = {**row, "compared": counted, "detail": means}
    if row["result"] != "fail":
        return said
    expected, found = values.get(row["code"], (f"what {sentence} asks for", means))
    return {**said, "expected": expected, "found": found}


def _values(run: Json) -> dict[str, tuple[str, str]]:
    """What was expected and found where two values were compared that may be shown."""
    stated = provenance_of(run)
    right = {
        "run_hash.mismatch": ("run_hash", run_hash(run)),
        "record.mismatch": ("record_hash", record_hash(run)),
        "steps.count": ("steps_count", len(run["steps"])),
        "steps.root": ("steps_root", steps_root(run["steps"])),
    }
    return {code: (str(value), str(stated.get(member))) for code, (member, value) in right.items()}


def _compared(run: Json, given: Given) -> dict[str, int]:
    """How many things each check compares that passes."""
    provenance = provenance_of(run)
    states = [(each.kind, state_of(each.kind, each.thing)) for each in erasables(run)]
    of_steps = [kind in ("step", "side_effect") for kind, state in states if state is not None]
    names = {provenance.get("record_hash"), record_hash(run), document_hash(run)} - {None}
    evals = [each for each in given.evals if {each.get("record_hash"), each.get("document_hash")} & names]
    edges = [*(provenance.get("parents") or []), *(step for step in run["steps"] if step.get("child_run_id"))]
    erased = [state for _, state in states if state == "erased"]
    tombstones = [each for each in given.statements if each.get("kind") == "tombstone"]
    events = [each for each in run.get("approvals", []) if each["event"] in ("approved", "denied")]
    return {
        "schema": 2,
        "semantics": len(RULES),
        "run_hash": 1,
        "steps": sum(member in provenance for member in ("steps_count", "steps_root")) + sum(of_steps),
        "record": is_sealed(run) + len(of_steps) - sum(of_steps),
        "signature": 1,
        "signer": 1,
        "approvals": sum(each.get("signature") is not None for each in events),
        "lineage": len(edges),
        "journal": len(chained_lines(given.journal)),
        "evals": len(evals) + isinstance(run.get("eval"), dict),
        "erasures": len(erased) + len(tombstones),
    }


def _edge(edge: Json, run: Json) -> Json:
    """An edge with the runs that it links: an entry of `parents`, or a step that names a child."""
    *_, place, index = edge["path"].split("/")
    if place == "parents":
        claim = provenance_of(run)["parents"][int(index)]
        ends = {"parent_run_id": claim["run_id"], "child_run_id": run["id"]}
    else:
        claim = run["steps"][int(index)]
        ends = {"parent_run_id": run["id"], "child_run_id": claim["child_run_id"]}
    delegation = claim.get("delegation_id")
    return {**edge, **ends, **({} if delegation is None else {"delegation_id": delegation})}


def _missing(vector: Json, run: Optional[Json]) -> list[Json]:
    """What keeps the record from the levels above its own, lowest level first."""
    found = []
    for row in vector["checks"]:
        is_form = row["check"] in ("schema", "semantics")
        is_needed = is_form or row["check"] in SEALED or row["result"] == "fail"
        level = "recorded" if is_form else "sealed"
        if is_needed and row["result"] != "pass" and LEVELS.index(level) > LEVELS.index(vector["level"]):
            found.append((level, "level.failed" if row["result"] == "fail" else "level.not_sealed"))
    if run is not None and vector["level"] != "accountable":
        checks = {row["check"]: Outcome(row["result"], row.get("code"), row.get("path")) for row in vector["checks"]}
        edges = [Edge(edge["path"], edge["state"], edge.get("code")) for edge in vector.get("edges", [])]
        found += [("accountable", code) for code in sorted(shortfalls(run, checks, edges))]
    rank = {level: number for number, level in enumerate(LEVELS)}
    return [
        {"level": level, "code": code, "reason": _said_of(code)[1]}
        for level, code in sorted(found, key=lambda each: rank[each[0]])
    ]
