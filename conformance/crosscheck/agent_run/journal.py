"""The live journal: reading, folding, comparing with the record (spec/journal.md)."""

from __future__ import annotations

import hashlib
from typing import Any, NamedTuple, Optional

from .didkey import key_of
from .fold import blank_run, double_end, fold
from .hashing import INSIDE, PRIVATE, SALT, public_form, typed_hash
from .outcome import Fault, Outcome, absent, failed, passed, unknown
from .reader import Refused, pointer, read
from .schema import check_schema
from .seal import Json, is_sealed, is_signed, provenance_of, steps_root

ORIGIN = "sha256:" + "0" * 64

SCHEMA_OF = {
    "step.started": "step",
    "step.ended": "step",
    "approval": "approval",
    "policy_decision": "policy-decision",
    "artifact": "artifact",
    "evidence": "evidence",
    "head": "journal-head",
}
KIND_OF = {
    "run.started": "run",
    "run.updated": "run",
    "run.sealed": "run",
    "step.started": "step",
    "step.ended": "step",
    "approval": "approval",
    "policy_decision": "policy_decision",
    "artifact": "artifact",
}
UPDATABLE = set(
    "session_id turn_id task_id job_id related links tags agent_name agent_version agent_role runtime runtime_version"
    " model provider model_config prompt_version status outcome ended_at duration_ms error error_type input_preview"
    " output_preview input_refs output_refs intent tools_available inventory permissions sandbox policies scope"
    " git_branch git_commit setup checkpoints recovery cost private_hash metadata".split()
)
UPDATABLE_PROVENANCE = {"config_hash", "model_version", "prompt_digest", "inventory_hash", "runtime", "metadata"}
LATER = ("steps", "approvals", "policy_decisions", "artifacts", "evidence", "eval")
SEALS = ("steps_count", "steps_root", "journal_head", "sealed_at", "record_hash", "signature")


class Line(NamedTuple):
    """A chained line."""

    number: int
    value: Json
    digest: str
    end: int
    """Number of bytes of the file up to the end of this line."""


class Journal(NamedTuple):
    """What was read of a journal."""

    chained: list[Line]
    privates: list[tuple[int, Json]]
    fault: Optional[Fault]
    torn: bool


class JournalResult(NamedTuple):
    """The check `journal`, and the seq that the last good head speaks for."""

    outcome: Outcome
    checkpoint: Optional[int] = None


def read_journal(raw: bytes) -> Journal:
    """Reads up to the first line at fault (AR-JRNL-001)."""
    *lines, rest = raw.split(b"\n")
    chained: list[Line] = []
    privates: list[tuple[int, Json]] = []
    end = 0
    for number, octets in enumerate(lines):
        end += len(octets) + 1
        try:
            value = read(octets)
        except Refused:
            return Journal(chained, privates, ("journal.line", f"/{number}"), bool(rest))
        if not check_schema(value, "private-line"):
            privates.append((number, value))
        elif check_schema(value, "journal-line") or not _is_data_right(value["type"], value["data"]):
            return Journal(chained, privates, ("journal.line", f"/{number}"), bool(rest))
        else:
            chained.append(Line(number, value, "sha256:" + hashlib.sha256(octets).hexdigest(), end))
    return Journal(chained, privates, None, bool(rest))


def _is_data_right(kind: str, data: Json) -> bool:
    if kind in SCHEMA_OF and check_schema(data, SCHEMA_OF[kind]):
        return False
    if kind in KIND_OF and not _is_public(KIND_OF[kind], data):
        return False
    if kind == "run.updated":
        return _is_patch(data)
    return kind != "run.sealed" or not any(member in data for member in ("steps", "eval"))


def _is_public(kind: str, thing: Json) -> bool:
    hides = isinstance(thing.get("private_hash"), str)
    if hides and any(member in thing for member in (SALT, *PRIVATE[kind])):
        return False
    for member, inner in INSIDE.get(kind, {}).items():
        items = thing.get(member)
        if isinstance(items, list) and not all(_is_public(inner, item) for item in items if isinstance(item, dict)):
            return False
    return True


def _is_patch(patch: Json) -> bool:
    provenance = patch.get("provenance", {})
    if not set(patch) <= UPDATABLE | {"provenance"} or not isinstance(provenance, dict):
        return False
    if not set(provenance) <= UPDATABLE_PROVENANCE:
        return False
    if any(patch.get(member, 0) is None for member in ("status", "cost")):
        return False
    given = {name: value for name, value in patch.items() if value is not None and name != "provenance"}
    stated = {name: value for name, value in provenance.items() if value is not None}
    return not check_schema({**blank_run(), **given, "provenance": {"run_hash": "-", **stated}})


# --- the rules about lines --------------------------------------------------------------------------------------------


def journal_fault(journal: Journal) -> Optional[Fault]:
    """The first thing wrong with the lines, rule by rule; the fold is not looked at."""
    if journal.fault is not None:
        return journal.fault
    for rule in (_seq, _chain, _start, _head_key, _head_signature, _head_mismatch, _private, _after_seal, _discarded):
        fault = rule(journal)
        if fault is not None:
            return fault
    return None


def _seq(journal: Journal) -> Optional[Fault]:
    expected = 0
    for line in journal.chained:
        if line.value["seq"] != expected:
            return "journal.seq", f"/{line.number}/seq"
        expected += 1
    return None


def _chain(journal: Journal) -> Optional[Fault]:
    expected = ORIGIN
    for line in journal.chained:
        if line.value["prev"] != expected:
            return "journal.chain", f"/{line.number}/prev"
        expected = line.digest
    return None


def _start(journal: Journal) -> Optional[Fault]:
    if not journal.chained:
        return "journal.start", ""
    first = journal.chained[0]
    if first.value["type"] != "run.started":
        return "journal.start", f"/{first.number}/type"
    place = _start_fault(first.value["data"])
    if place is not None:
        return "journal.start", f"/{first.number}/data{place}"
    for line in journal.chained[1:]:
        if line.value["type"] == "run.started":
            return "journal.start", f"/{line.number}/type"
    return None


def _start_fault(data: Json) -> Optional[str]:
    """Where the data of run.started can't begin a run."""
    for member in ("id", "spec_version", "agent_id", "started_at", "provenance"):
        if member not in data:
            return f"/{member}"
    provenance = data["provenance"]
    if not isinstance(provenance, dict) or not isinstance(provenance.get("nonce"), str):
        return "/provenance/nonce"
    for member in LATER:
        if member in data:
            return f"/{member}"
    for member in SEALS:
        if member in provenance:
            return f"/provenance/{member}"
    if "signed_by" in provenance and key_of(provenance["signed_by"]) is None:
        return "/provenance/signed_by"
    blank = {"status": "running", "cost": {"input_tokens": None, "output_tokens": None}, "steps": []}
    whole = {**blank, **data, "provenance": {"run_hash": "-", **provenance}}
    return "" if check_schema(whole) else None


def _heads(journal: Journal) -> list[tuple[int, Line]]:
    return [(index, line) for index, line in enumerate(journal.chained) if line.value["type"] == "head"]


def _head_key(journal: Journal) -> Optional[Fault]:
    key = provenance_of(journal.chained[0].value["data"]).get("signed_by")
    for _, line in _heads(journal):
        if line.value["data"]["signed_by"] != key:
            return "journal.head_key", f"/{line.number}/data/signed_by"
    return None


def _head_signature(journal: Journal) -> Optional[Fault]:
    for _, line in _heads(journal):
        if not is_signed("head", line.value["data"]):
            return "journal.head_signature", f"/{line.number}/data/signature"
    return None


def _head_mismatch(journal: Journal) -> Optional[Fault]:
    started = journal.chained[0].value["data"]
    for index, line in _heads(journal):
        before = journal.chained[index - 1]
        steps = _ended(journal.chained[:index])
        right = {
            "run_id": started["id"],
            "nonce": started["provenance"]["nonce"],
            "seq": before.value["seq"],
            "head": before.digest,
            "steps_count": len(steps),
            "steps_root": steps_root(steps),
        }
        for member, value in right.items():
            if line.value["data"][member] != value:
                return "journal.head_mismatch", f"/{line.number}/data/{member}"
    return None


def _ended(lines: list[Line]) -> list[Json]:
    return [line.value["data"] for line in lines if line.value["type"] == "step.ended"]


def _private(journal: Journal) -> Optional[Fault]:
    known: set[str] = set()
    for line in journal.chained:
        _collect_private_hashes(line.value["data"], known)
    for number, value in journal.privates:
        members = {name: member for name, member in value.items() if name != "private"}
        if value["private"] not in known or typed_hash("private", members) != value["private"]:
            return "journal.private", f"/{number}"
    return None


def _collect_private_hashes(value: Any, known: set[str]) -> None:
    if isinstance(value, dict):
        if isinstance(value.get("private_hash"), str):
            known.add(value["private_hash"])
        value = list(value.values())
    if isinstance(value, list):
        for inner in value:
            _collect_private_hashes(inner, known)


def _after_seal(journal: Journal) -> Optional[Fault]:
    sealed = False
    for line in journal.chained:
        if sealed:
            return "journal.after_seal", f"/{line.number}"
        sealed = line.value["type"] == "run.sealed"
    return None


def _discarded(journal: Journal) -> Optional[Fault]:
    for before, line in zip(journal.chained, journal.chained[1:]):
        if line.value["type"] != "run.resumed":
            continue
        data, path = line.value["data"], f"/{line.number}/data"
        if not _is_same(data.get("seq"), before.value["seq"]):
            return "journal.discarded", f"{path}/seq"
        if data.get("head") != before.digest:
            return "journal.discarded", f"{path}/head"
        octets = data["discarded"].get("octets") if isinstance(data.get("discarded"), dict) else None
        if isinstance(octets, bool) or not isinstance(octets, int) or octets < 0:
            return "journal.discarded", f"{path}/discarded"
    return None


# --- beside the record ------------------------------------------------------------------------------------------------


def check_journal(run: Json, raw: Optional[bytes]) -> JournalResult:
    """The check `journal`."""
    provenance = provenance_of(run)
    stated = provenance.get("journal_head")
    if raw is None:
        return JournalResult(absent() if stated is None else unknown("journal.not_given", "/provenance/journal_head"))
    journal = read_journal(raw)
    result = judge_journal(journal, run)
    if result.outcome.result == "pass" and is_sealed(run) and not _is_bound(journal, run):
        return JournalResult(unknown("journal.unbound", "/provenance/journal_head"))
    return result


def _is_bound(journal: Journal, run: Json) -> bool:
    """Whether a journal that holds is that of a sealed record (AR-JRNL-015)."""
    provenance = provenance_of(run)
    if provenance.get("journal_head") is not None:
        return True
    return any(line.value["data"]["signed_by"] == provenance.get("signed_by") for _, line in _heads(journal))


def chained_lines(raw: Optional[bytes]) -> list[tuple[str, Json]]:
    """Types and data of the chained lines of a journal, as far as it can be read; none without a journal."""
    return [] if raw is None else [(line.value["type"], line.value["data"]) for line in read_journal(raw).chained]


def judge_journal(journal: Journal, run: Optional[Json]) -> JournalResult:
    """A journal alone, or beside a record."""
    fault = journal_fault(journal) or _fold_fault(journal, run) or _journal_head_fault(journal, run)
    if fault is not None:
        return JournalResult(failed(*fault))
    heads = _heads(journal)
    return JournalResult(passed(), heads[-1][1].value["data"]["seq"] if heads else None)


def fold_of(journal: Journal, live: bool) -> Json:
    """The run that the lines give."""
    return fold([(line.value["type"], line.value["data"]) for line in journal.chained], journal.privates, live)


def _fold_fault(journal: Journal, run: Optional[Json]) -> Optional[Fault]:
    doubled = double_end(_ended(journal.chained))
    if doubled is not None:
        return "journal.fold", f"/steps/{doubled}"
    folded = fold_of(journal, run is not None and run["status"] in ("pending", "running", "paused"))
    folded = public_form("run", folded)
    sealed = _sealed(journal)
    place = None
    if sealed is not None:
        place = first_difference({name: value for name, value in folded.items() if name != "steps"}, sealed, "run")
    if place is None and run is not None:
        record = {name: value for name, value in public_form("run", run).items() if name != "eval"}
        if sealed is None:
            record["provenance"] = _without_seal(provenance_of(run), journal.chained[0].value["data"])
        place = first_difference(folded, record, "run")
    return None if place is None else ("journal.fold", place)


def _without_seal(provenance: Json, started: Json) -> Json:
    key = provenance_of(started).get("signed_by")
    left_out = set(SEALS)
    if key is None or provenance.get("signed_by") == key:
        left_out.add("signed_by")
    return {name: value for name, value in provenance.items() if name not in left_out}


def _journal_head_fault(journal: Journal, run: Optional[Json]) -> Optional[Fault]:
    sealed = _sealed(journal)
    stated = provenance_of(run if run is not None else sealed or {}).get("journal_head")
    end = journal.chained[-1] if sealed is None else (journal.chained[-2:-1] or [None])[0]
    if stated is not None and (end is None or stated != end.digest):
        return "journal.head", "/provenance/journal_head"
    return None


def _sealed(journal: Journal) -> Optional[Json]:
    """The data of run.sealed, which is the last chained line where there is one."""
    last = journal.chained[-1].value
    return last["data"] if last["type"] == "run.sealed" else None


def first_difference(a: Any, b: Any, kind: Optional[str] = None) -> Optional[str]:
    """The pointer of the first place at which two JSON values differ; None if they are equal.

    `kind` is that of the objects, if they can have private members: these differ as a whole.
    """
    if isinstance(a, dict) and isinstance(b, dict):
        for name in sorted({*a, *b}, key=lambda each: each.encode("utf-16-be")):
            if name not in a or name not in b:
                return pointer(name)
            inner = first_difference(a[name], b[name], INSIDE.get(kind or "", {}).get(name))
            if inner is not None:
                return pointer(name) + ("" if name in (SALT, *PRIVATE.get(kind or "", ())) else inner)
        return None
    if isinstance(a, list) and isinstance(b, list):
        for index in range(max(len(a), len(b))):
            if index >= len(a) or index >= len(b):
                return f"/{index}"
            inner = first_difference(a[index], b[index], kind)
            if inner is not None:
                return f"/{index}{inner}"
        return None
    return None if _is_same(a, b) else ""


def _is_same(a: Any, b: Any) -> bool:
    return a == b and isinstance(a, bool) == isinstance(b, bool) and (a is None) == (b is None)
