"""The checks of what was sealed: run_hash, steps, record, signature, signer (spec/seal.md, spec/trust.md)."""

from __future__ import annotations

import re
from hashlib import sha256
from typing import Any, Collection

from ..canonical import canonicalize, sorted_by_units
from ..covered import signed_bytes
from ..hashes import run_hash
from ..keys import key_of
from ..public_form import places, private_state
from ..schema import plural
from ..seal import missing_from_seal, steps_root
from ..semantics import Thing, is_going_on
from ..signatures import signature_state
from ..trust import REVOKED, TIME_UNPROVEN
from .evidence import Evidence
from .outcome import Outcome, absent, failed, passed, skipped, unclear
from .verification import Verification

_RUN_HASH = re.compile(r"[0-9a-f]{64}")


def check_run_hash(v: Verification) -> Outcome:
    """Whether the fingerprint is that of this configuration (spec/bytes.md, run_hash)."""
    path, stated, right = "/provenance/run_hash", str(v.provenance["run_hash"]), run_hash(v.run)
    if _RUN_HASH.fullmatch(stated) is None:
        return unclear("run_hash.form", path)
    if stated == right:
        return passed("recomputed", 1)
    is_old = not v.thing.known("spec_version") and v.provenance.get("record_hash") is None
    if is_old and stated == _legacy_run_hash(v.thing):
        return unclear("run_hash.legacy", path)
    return failed("run_hash.mismatch", path).than(right, stated)


def _legacy_run_hash(run: Thing) -> str:
    """The fingerprint by the formula of 0.1, which is only recognised."""
    tools = sorted_by_units([tool if isinstance(tool, str) else "" for tool in run.items("tools_available")])
    listed = canonicalize(tools).decode("utf-8")
    config = run.part("provenance").text("config_hash")
    parts = (run.text("agent_id"), run.text("model"), listed, config, run.text("trigger"))
    return sha256("|".join(part or "" for part in parts).encode("utf-8")).hexdigest()


def _states(run: dict[str, Any], kinds: Collection[str]) -> tuple[int, str | None]:
    """How many objects of some kinds can be erased, and the place of the first that is broken."""
    compared = 0
    for each in places(run):
        if each.kind not in kinds:
            continue
        state = private_state(each.kind, each.value)
        compared += state is not None
        if state == "broken":
            return compared, each.path
    return compared, None


def check_steps(v: Verification) -> Outcome:
    """Whether these are the steps that were sealed, all of them, in this order."""
    compared = 0
    stated_count, stated_root = v.provenance.get("steps_count"), v.provenance.get("steps_root")
    if stated_count is None and stated_root is None:
        detail = "no steps_root"
    else:
        count, right = steps_root(v.run["steps"])
        detail = f"{plural(count, 'leaf').replace('leafs', 'leaves')} → root {right}"
        if stated_count is not None:
            compared += 1
            if stated_count != count:
                return failed("steps.count", "/provenance/steps_count").than(str(count), str(stated_count))
        if stated_root is not None:
            compared += 1
            if stated_root != right:
                return failed("steps.root", "/provenance/steps_root").than(right, stated_root)
    states, broken = _states(v.run, ("step", "side_effect"))
    if broken is not None:
        return failed("private.state", broken)
    if compared + states == 0:
        return absent("no steps_root, and no step can be erased")
    return passed(detail, compared + states)


def check_record(v: Verification) -> Outcome:
    """Whether the rest is what was sealed."""
    states, broken = _states(v.run, ("run", "approval", "policy_decision", "artifact"))
    if broken is not None:
        return failed("private.state", broken)
    if not v.is_sealed:
        whole = "not sealed; what can be erased is whole or erased"
        return passed(whole, states) if states > 0 else absent("the record is not sealed")
    missing = missing_from_seal(v.run)
    if missing is not None:
        return failed("record.incomplete", missing.path)
    if is_going_on(v.thing):
        return failed("record.open_status", "/status")
    stated = v.provenance["record_hash"]
    if stated != v.record_hash:
        return failed("record.mismatch", "/provenance/record_hash").than(v.record_hash, stated)
    return passed(v.record_hash, states + 1)


def check_signature(v: Verification) -> Outcome:
    """Whether the key that the record names signed it."""
    path = "/provenance/signature"
    is_signed, key = v.provenance.get("signature") is not None, v.provenance.get("signed_by")
    if not v.thing.known("spec_version"):
        return unclear("signature.scheme", path) if is_signed else absent("the record is not signed")
    if not is_signed and key is None:
        return absent("the record is not signed")
    if is_signed and key_of(key) is None:
        return failed("signature.key", "/provenance/signed_by")
    if is_right(v.run, v.signed_bytes, v.record_hash, v.evidence):
        return passed(f"Ed25519, {key}" if is_signed else f"in a batch of {key}", 1)
    if not is_signed:
        return failed("signature.stripped", path)
    return failed("signature.invalid", path).than(f"a signature by {key} over {v.record_hash}", "another one")


def is_right(run: dict[str, Any], signed: bytes, record_hash: str, evidence: Evidence) -> bool:
    """Whether nothing is wrong with the signature of a record: there is none, it is right, or a batch covers it."""
    state = signature_state("run", run, signed)
    if state != "stripped":
        return state != "fail"
    provenance = run["provenance"]
    # A batch covers the record as it is, and not as it says it was.
    return provenance.get("record_hash") == record_hash and evidence.covers(record_hash, provenance["signed_by"])


def is_intact(run: dict[str, Any], evidence: Evidence) -> bool:
    """Whether the seal of another record holds: it is all there, and what it says of the record is right."""
    if missing_from_seal(run) is not None:
        return False
    provenance, signed = run["provenance"], signed_bytes("run", run)
    computed = "sha256:" + sha256(signed).hexdigest()
    stated = (provenance["record_hash"], provenance["steps_count"], provenance["steps_root"])
    return stated == (computed, *steps_root(run["steps"])) and is_right(run, signed, computed, evidence)


def check_signer(v: Verification) -> Outcome:
    """Whether that key may sign for this agent (spec/trust.md)."""
    path, key = "/provenance/signed_by", v.provenance.get("signed_by")
    if v.result("signature") == "fail":
        return skipped("the signature is wrong")
    if v.result("signature") != "pass":
        return absent("nothing is signed")
    if not v.keys.is_given:
        return unclear("signer.no_trust_file", path)
    identity = v.keys.identity(key)
    if identity is None:
        return unclear("signer.untrusted_key", path)
    if not v.keys.has_role(key, "runtime", "recorder"):
        return failed("signer.role", path)
    barred = v.keys.barred(key, v.run)
    if barred is not None:
        return failed(f"signer.{barred}", f"/{barred}_id")
    state = v.keys.state(key, v.seen)
    if state == REVOKED:
        return failed("signer.revoked", path)
    if state == TIME_UNPROVEN:
        return unclear("signer.time_unproven", path)
    return passed(identity, 1)
