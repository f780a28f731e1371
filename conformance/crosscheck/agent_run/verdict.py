"""The verdict: twelve checks, completeness, time and level (spec/verdict.md, spec/levels.md)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple, Optional

from .approvals import check_approvals
from .approved_steps import STILL
from .didkey import key_of
from .hashing import document_hash, is_run_hash, legacy_run_hash, record_hash, run_hash
from .journal import JournalResult, check_journal
from .lineage import Edge, check_lineage
from .merkle import root
from .outcome import Outcome, absent, failed, passed, skipped, unknown
from .proven_order import proven_lines
from .reader import Refused, read
from .schema import check_schema
from .seal import (
    OPEN,
    Json,
    batch_holds,
    erasables,
    is_right,
    is_sealed,
    is_signed,
    missing_from_seal,
    provenance_of,
    spell,
    state_of,
    step_leaves,
)
from .semantics import check_semantics
from .trust import Keys, Vouched

CHECKS = (
    "schema",
    "semantics",
    "run_hash",
    "steps",
    "record",
    "signature",
    "signer",
    "approvals",
    "lineage",
    "journal",
    "evals",
    "erasures",
)
LEVELS = ("none", "recorded", "sealed", "accountable")


class Given(NamedTuple):
    """What a verifier is given beside the bytes of a record."""

    now: str
    level: str = "sealed"
    trust: Optional[Json] = None
    journal: Optional[bytes] = None
    related: Sequence[Json] = ()
    statements: Sequence[Json] = ()
    evals: Sequence[Json] = ()
    proofs: Sequence[Json] = ()


def verify(raw: bytes, given: Given) -> Json:
    """The verdict vector of a record."""
    checks = {name: skipped() for name in CHECKS}
    run, checks["schema"] = _check_schema(raw)
    given = _of_right_form(given)
    if run is None:
        return _vector(checks, given, "none", {"state": "unsealed"}, None, None)
    keys = Keys(given.trust, given.statements, given.now)
    provenance = provenance_of(run)
    vouched = keys.vouched(run, record_hash(run), given.statements) if is_sealed(run) else None
    journal = check_journal(run, given.journal)
    edges, lineage = check_lineage(run, given.related, given.statements, given.proofs)
    checks["semantics"] = _check_semantics(run)
    checks["run_hash"] = _check_run_hash(run)
    checks["steps"] = _check_steps(run)
    checks["record"] = _check_record(run)
    checks["signature"] = _check_signature(run, given)
    checks["signer"] = _check_signer(run, checks["signature"], keys, vouched)
    checks["approvals"] = check_approvals(run, keys, vouched, given.statements, proven_lines(run, given.journal, keys))
    checks["lineage"] = lineage
    checks["journal"] = journal.outcome
    checks["evals"] = _check_evals(run, given, keys)
    checks["erasures"] = _check_erasures(run, given, keys)
    level = _level(run, checks, edges)
    completeness = _completeness(run, checks, journal)
    vector = _vector(checks, given, level, completeness, vouched, keys.entry(provenance.get("signed_by")))
    if level == "sealed":
        vector["missing"] = sorted(shortfalls(run, checks, edges))
    if edges:
        rows = [{part: value for part, value in edge._asdict().items() if value is not None} for edge in edges]
        vector["edges"] = rows
    return vector


def _of_right_form(given: Given) -> Given:
    """Without statements, evals and proofs that have not the right form (AR-SEAL-019): they say nothing."""

    def valid(things: Sequence[Json], schema: str) -> list[Json]:
        return [thing for thing in things if not check_schema(thing, schema)]

    return given._replace(
        statements=valid(given.statements, "statement"),
        evals=valid(given.evals, "eval"),
        proofs=valid(given.proofs, "batch-proof"),
    )


def _vector(
    checks: dict[str, Outcome],
    given: Given,
    level: str,
    completeness: Json,
    vouched: Optional[Vouched],
    signer: Optional[Json],
) -> Json:
    failures = [name for name in CHECKS if checks[name].result == "fail"]
    is_signed_rightly = checks["signature"].result == "pass"
    is_nobodys = checks["signer"].code in ("signer.no_trust_file", "signer.untrusted_key")
    rows = [
        {"check": name, **{part: value for part, value in checks[name]._asdict().items() if value is not None}}
        for name in CHECKS
    ]
    return {
        "ok": not failures and LEVELS.index(level) >= LEVELS.index(given.level),
        "level": level,
        **({"by": signer["identity"]} if checks["signer"].result == "pass" and signer is not None else {}),
        **({"self_asserted": True} if is_signed_rightly and is_nobodys else {}),
        "completeness": completeness,
        "time": {"basis": "asserted"} if vouched is None else {"basis": "vouched", "by": vouched.by, "at": vouched.at},
        "checks": rows,
        **({"first_failure": failures[0]} if failures else {}),
    }


def _check_schema(raw: bytes) -> tuple[Optional[Json], Outcome]:
    try:
        value = read(raw)
    except Refused as refusal:
        return None, failed(refusal.code, refusal.path)
    problems = check_schema(value)
    return (None, failed(*problems[0])) if problems else (value, passed())


def _check_semantics(run: Json) -> Outcome:
    errors = [(code, path) for code, severity, path in check_semantics(run) if severity == "error"]
    return failed(*errors[0]) if errors else passed()


def _check_run_hash(run: Json) -> Outcome:
    provenance, path = provenance_of(run), "/provenance/run_hash"
    stated = provenance["run_hash"]
    if not is_run_hash(stated):
        return unknown("run_hash.form", path)
    if stated == run_hash(run):
        return passed()
    is_old = run.get("spec_version") is None and provenance.get("record_hash") is None
    return (
        unknown("run_hash.legacy", path)
        if is_old and stated == legacy_run_hash(run)
        else failed("run_hash.mismatch", path)
    )


def _check_steps(run: Json) -> Outcome:
    provenance = provenance_of(run)
    compared = 0
    if "steps_count" in provenance:
        compared += 1
        if provenance["steps_count"] != len(run["steps"]):
            return failed("steps.count", "/provenance/steps_count")
    if "steps_root" in provenance:
        compared += 1
        if provenance["steps_root"] != spell(root(step_leaves(run))):
            return failed("steps.root", "/provenance/steps_root")
    return _check_states(run, ("step", "side_effect")) or (passed() if compared else absent())


def _check_states(run: Json, kinds: Sequence[str]) -> Optional[Outcome]:
    """AR-SEAL-008 for objects of these kinds; None if there is none with `private_hash`."""
    states = [(state_of(each.kind, each.thing), each.path) for each in erasables(run) if each.kind in kinds]
    for state, path in states:
        if state == "broken":
            return failed("private.state", path)
    return passed() if any(state is not None for state, _ in states) else None


def _check_record(run: Json) -> Outcome:
    provenance = provenance_of(run)
    states = _check_states(run, ("run", "approval", "policy_decision", "artifact"))
    if not is_sealed(run) or (states is not None and states.result == "fail"):
        return states or absent()
    missing = missing_from_seal(run)
    if missing is not None:
        return failed("record.incomplete", missing)
    if run["status"] in OPEN:
        return failed("record.open_status", "/status")
    if provenance["record_hash"] != record_hash(run):
        return failed("record.mismatch", "/provenance/record_hash")
    return passed()


def _check_signature(run: Json, given: Given) -> Outcome:
    provenance, path = provenance_of(run), "/provenance/signature"
    signed_by, signature = provenance.get("signed_by"), provenance.get("signature")
    if run.get("spec_version") is None:
        return absent() if signature is None else unknown("signature.scheme", path)
    if signed_by is None and signature is None:
        return absent()
    stated = provenance.get("record_hash")
    if signature is None:
        # A batch covers a record as it is, not as it says it was.
        named = [proof for proof in given.proofs if proof["record_hash"] == stated == record_hash(run)]
        is_covered = any(batch_holds(proof, given.statements, signed_by) for proof in named)
        return passed() if is_covered else failed("signature.stripped", path)
    if key_of(signed_by) is None:
        return failed("signature.key", "/provenance/signed_by")
    return passed() if is_right("run", run, signed_by, signature) else failed("signature.invalid", path)


def _check_signer(run: Json, signature: Outcome, keys: Keys, vouched: Optional[Vouched]) -> Outcome:
    signed_by, path = provenance_of(run).get("signed_by"), "/provenance/signed_by"
    if signature.result != "pass":
        return skipped() if signature.result == "fail" else absent()
    if not keys.given:
        return unknown("signer.no_trust_file", path)
    entry = keys.entry(signed_by)
    if entry is None:
        return unknown("signer.untrusted_key", path)
    if not any(role in entry["roles"] for role in ("runtime", "recorder")):
        return failed("signer.role", path)
    barred = keys.may(entry, run)
    if barred is not None:
        return failed(f"signer.{barred}", f"/{barred}_id")
    state = keys.state(signed_by, vouched)
    if state == "revoked":
        return failed("signer.revoked", path)
    return passed() if state == "trusted" else unknown("signer.time_unproven", path)


def _check_evals(run: Json, given: Given, keys: Keys) -> Outcome:
    rights = {"record_hash": record_hash(run) if is_sealed(run) else None, "document_hash": document_hash(run)}
    embedded = [("/eval", run["eval"])] if isinstance(run.get("eval"), dict) else []
    besides = [("", each) for each in given.evals if _is_about(each, run, rights)]
    if not embedded and not besides:
        return absent()
    # What is wrong with an eval inside the record fails; anybody can put one beside it.
    for evals, outcome in ((embedded, failed), (besides, unknown)):
        for fault in (_signature_fault, _subject_fault):
            for path, each in evals:
                found = fault(each, rights)
                if found is not None:
                    return outcome(found[0], f"{path}/{found[1]}")
    for path, each in [*embedded, *besides]:
        if each.get("signature") is None:
            return unknown("evals.unsigned", path)
    for path, each in [*embedded, *besides]:
        if not keys.counts_now(each.get("signed_by"), ("evaluator",), run):
            return unknown("evals.untrusted_key", f"{path}/signed_by")
    return passed()


def _is_about(each: Json, run: Json, rights: Json) -> bool:
    """Whether an eval of the bundle names this record: as it is, or by what the record says of itself."""
    stated = provenance_of(run).get("record_hash")
    hash_of_record, hash_of_document = each.get("record_hash"), each.get("document_hash")
    return (hash_of_record is not None and hash_of_record in (stated, rights["record_hash"])) or (
        hash_of_document is not None and hash_of_document == rights["document_hash"]
    )


def _signature_fault(each: Json, _: Json) -> Optional[tuple[str, str]]:
    is_claimed = each.get("signature") is not None or each.get("signed_by") is not None
    return ("evals.signature", "signature") if is_claimed and not is_signed("eval", each) else None


def _subject_fault(each: Json, rights: Json) -> Optional[tuple[str, str]]:
    named = [member for member in ("record_hash", "document_hash") if each.get(member) is not None]
    for member in named:
        if each[member] != rights[member]:
            return "evals.other_record", member
    if named or each.get("signature") is None:
        return None
    return "evals.other_record", "document_hash" if rights["record_hash"] is None else "record_hash"


def _check_erasures(run: Json, given: Given, keys: Keys) -> Outcome:
    own = record_hash(run) if is_sealed(run) else None
    gone = [
        (each.thing["private_hash"], each.path)
        for each in erasables(run)
        if state_of(each.kind, each.thing) == "erased"
    ]
    tombstones = [
        each
        for each in given.statements
        if each["kind"] == "tombstone"
        and each["about"] == own
        and keys.counts_now(each.get("signed_by"), ("recorder", "server"), run)
        and is_signed("statement", each)
    ]
    if not gone and not tombstones:
        return absent()
    attested: set[Any] = set()
    for each in tombstones:
        listed = (each.get("body") or {}).get("private_hashes")
        attested.update(item for item in (listed if isinstance(listed, list) else []) if isinstance(item, str))
    for stated, path in gone:
        if stated not in attested:
            return unknown("erasures.unattested", path)
    return passed()


def _completeness(run: Json, checks: dict[str, Outcome], journal: JournalResult) -> Json:
    if is_sealed(run) and checks["record"].result == "pass":
        return {"state": "sealed"}
    if checks["journal"].result == "pass":
        return {"state": "open"} if journal.checkpoint is None else {"state": "checkpointed", "n": journal.checkpoint}
    if run["status"] in OPEN:
        return {"state": "open"}
    return {"state": "interrupted" if run["status"] == "interrupted" else "unsealed"}


# --- levels -----------------------------------------------------------------------------------------------------------


def _level(run: Json, checks: dict[str, Outcome], edges: Sequence[Edge]) -> str:
    def all_pass(*names: str) -> bool:
        return all(checks[name].result == "pass" for name in names)

    if not all_pass("schema", "semantics"):
        return "none"
    if not all_pass("steps", "record", "signature") or any(each.result == "fail" for each in checks.values()):
        return "recorded"
    return "sealed" if shortfalls(run, checks, edges) else "accountable"


def shortfalls(run: Json, checks: dict[str, Outcome], edges: Sequence[Edge]) -> set[str]:
    """What keeps a sealed record from being accountable (AR-LEVEL-003)."""
    found = set()
    if run.get("source") is not None:
        found.add("level.converted")
    if checks["signer"].result != "pass":
        found.add("level.signer")
    if any(edge.state in ("child_only", "unresolved", "conflict") for edge in edges):
        found.add("level.lineage")
    if checks["approvals"].result == "unknown":
        found.add("level.approval_claimed")
    granted = {event["approval_id"] for event in run.get("approvals", []) if "grant" in event}
    tools = [(tool["name"], tool.get("mcp_server")) for tool in (run.get("inventory") or {}).get("tools", [])]
    for step in run["steps"]:
        if step.get("tool_name") is not None and tools.count((step["tool_name"], step.get("mcp_server"))) != 1:
            found.add("level.tool_unresolved")
        approval, effects = step.get("approval") or {}, step.get("side_effects") or []
        state = approval.get("state")
        if step["type"] not in ("tool_call", "handoff") and not effects:
            continue
        if not effects:
            found.add("level.effects_missing")
        if state is None or (state == "requested" and step.get("status") not in STILL):
            found.add("level.approval_missing")
        if state in ("auto_approved", "not_required"):
            is_named = approval.get("decision_id") is not None or approval.get("policy_id") is not None
            if not is_named and approval.get("approval_id") not in granted:
                found.add("level.basis_missing")
    return found
