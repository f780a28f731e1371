"""Seals: states of erasable objects, the step tree, signatures, batches (spec/seal.md)."""

from __future__ import annotations

import base64
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple, Optional

from . import ed25519, merkle
from .canonical import canonical
from .didkey import did_of, key_of, signature_of, spell_signature
from .hashing import INSIDE, PRIVATE, SALT, covered, private_hash, record_hash, seal_hash, signed_bytes, step_leaf_bytes

Json = dict[str, Any]

OPEN = ("pending", "running", "paused")


class Signer:
    """A key that signs. Only for tests: made from a seed that everybody can read."""

    def __init__(self, seed: bytes) -> None:
        self.seed = seed
        self.key = ed25519.public_key(seed)
        self.did = did_of(self.key)

    def sign(self, kind: str, thing: Json) -> str:
        """The signature of this kind over an object's covered part."""
        return spell_signature(ed25519.sign(self.seed, signed_bytes(kind, thing)))

    def signed(self, kind: str, thing: Json) -> Json:
        """The object with `signed_by` and `signature`."""
        named = {**thing, "signed_by": self.did}
        return {**named, "signature": self.sign(kind, named)}


def is_right(kind: str, thing: Json, signed_by: Any, signature: Any) -> bool:
    """Whether a signature of this kind over an object is right for a key (AR-SEAL-001 to AR-SEAL-004)."""
    key, octets = key_of(signed_by), signature_of(signature)
    return key is not None and octets is not None and ed25519.verify(key, signed_bytes(kind, thing), octets)


def is_signed(kind: str, thing: Json) -> bool:
    """Whether an approval, eval, statement or head is rightly signed by the key that it names."""
    return is_right(kind, thing, thing.get("signed_by"), thing.get("signature"))


def provenance_of(run: Json) -> Json:
    """The provenance, empty where there is none."""
    provenance = run.get("provenance")
    return provenance if isinstance(provenance, dict) else {}


def is_sealed(run: Json) -> bool:
    """Whether a record claims to be sealed."""
    provenance = provenance_of(run)
    marks = ["record_hash", "sealed_at", "journal_head"]
    if run.get("spec_version") is not None:
        marks.append("signature")
    return any(provenance.get(mark) is not None for mark in marks)


SEALED = ("record_hash", "sealed_at", "steps_count", "steps_root", "nonce")


def missing_from_seal(run: Json) -> Optional[str]:
    """Where the first member is missing that a sealed record has (AR-SEAL-009)."""
    if run.get("spec_version") is None:
        return "/spec_version"
    provenance = provenance_of(run)
    return next((f"/provenance/{member}" for member in SEALED if provenance.get(member) is None), None)


# --- erasable objects -------------------------------------------------------------------------------------------------


class Erasable(NamedTuple):
    """An object of a record that may have a `private_hash`."""

    kind: str
    thing: Json
    path: str


def erasables(run: Json) -> list[Erasable]:
    """The run, its steps, each followed by its side effects, then approvals, policy decisions and artifacts."""
    return [Erasable("run", run, ""), *_inside("run", run, "")]


def _inside(kind: str, thing: Json, path: str) -> Iterator[Erasable]:
    for member, inner in INSIDE.get(kind, {}).items():
        for index, item in enumerate(thing.get(member) or []):
            place = f"{path}/{member}/{index}"
            yield Erasable(inner, item, place)
            yield from _inside(inner, item, place)


def state_of(kind: str, thing: Json) -> Optional[str]:
    """`whole`, `erased`, or `broken` (AR-SEAL-008); None without `private_hash`."""
    stated = thing.get("private_hash")
    if not isinstance(stated, str):
        return None
    if SALT in thing:
        return "whole" if private_hash(kind, thing) == stated else "broken"
    return "broken" if any(member in thing for member in PRIVATE[kind]) else "erased"


# --- the step tree ----------------------------------------------------------------------------------------------------


def spell(octets: bytes) -> str:
    """A hash of a tree as it is written."""
    return "sha256:" + octets.hex()


def unspell(text: Any) -> bytes:
    """The bytes of a hash that is written; no bytes if it is not one."""
    return bytes.fromhex(text[len("sha256:") :]) if isinstance(text, str) and text.startswith("sha256:") else b""


def step_leaves(run: Json) -> list[bytes]:
    """The leaves of the step tree."""
    return [step_leaf_bytes(step) for step in run.get("steps", [])]


def steps_root(steps: Sequence[Json]) -> str:
    """Root of the step tree (AR-SEAL-007)."""
    return spell(merkle.root([step_leaf_bytes(step) for step in steps]))


# --- making -----------------------------------------------------------------------------------------------------------


def protect(kind: str, thing: Json, salt: str) -> Json:
    """The object with a salt and a `private_hash`."""
    salted = {**thing, SALT: salt}
    return {**salted, "private_hash": private_hash(kind, salted)}


def erased(kind: str, thing: Json) -> Json:
    """The object without its salt and private members."""
    return {name: value for name, value in thing.items() if name != SALT and name not in PRIVATE[kind]}


def seal(run: Json, at: str, signer: Optional[Signer] = None, journal_head: Optional[str] = None) -> Json:
    """A sealed copy of a finished run that has a nonce."""
    provenance = {
        **provenance_of(run),
        "steps_count": len(run["steps"]),
        "steps_root": steps_root(run["steps"]),
        **({} if journal_head is None else {"journal_head": journal_head}),
        "sealed_at": at,
    }
    return reseal({**run, "provenance": provenance}, signer)


def reseal(run: Json, signer: Optional[Signer] = None) -> Json:
    """The run with `record_hash` and, with a signer, `signed_by` and `signature` made anew; nothing else changes."""
    provenance = dict(provenance_of(run))
    if signer is not None:
        provenance["signed_by"] = signer.did
    named = {**run, "provenance": provenance}
    provenance["record_hash"] = record_hash(named)
    if signer is not None:
        provenance["signature"] = signer.sign("run", named)
    return named


# --- batches ----------------------------------------------------------------------------------------------------------


def batch_leaf(hash_of_record: str) -> bytes:
    """Leaf of a batch: its data are the 71 characters of a record_hash."""
    return merkle.leaf_hash(hash_of_record.encode("ascii"))


def make_batch(records: Sequence[Json], signer: Signer, at: str) -> tuple[Json, list[Json]]:
    """A batch statement over records, and a proof for each."""
    hashes = [provenance_of(record)["record_hash"] for record in records]
    leaves = [batch_leaf(each) for each in hashes]
    root = spell(merkle.root(leaves))
    body = {"root": root, "count": len(leaves)}
    statement = signer.signed("statement", {"kind": "batch", "about": root, "at": at, "body": body})
    proofs = [
        {
            "statement": seal_hash("statement", statement),
            "record_hash": each,
            "index": index,
            "path": [spell(node) for node in merkle.inclusion(index, leaves)],
        }
        for index, each in enumerate(hashes)
    ]
    return statement, proofs


def batch_holds(proof: Json, statements: Sequence[Json], signed_by: Any) -> bool:
    """Whether a proof leads to the root of a batch statement by this key (AR-SEAL-017)."""
    named = [each for each in statements if seal_hash("statement", each) == proof.get("statement")]
    return any(_leads_to(proof, statement, signed_by) for statement in named)


def _leads_to(proof: Json, statement: Json, signed_by: Any) -> bool:
    body = statement.get("body")
    if statement.get("kind") != "batch" or not isinstance(body, dict) or statement.get("signed_by") != signed_by:
        return False
    count = body.get("count")
    if not isinstance(count, int) or isinstance(count, bool) or statement.get("about") != body.get("root"):
        return False
    path = [unspell(node) for node in proof["path"]]
    leads = merkle.included(batch_leaf(proof["record_hash"]), proof["index"], count, path, unspell(body["root"]))
    return leads and is_signed("statement", statement)


# --- proofs and envelopes ---------------------------------------------------------------------------------------------


def prove_step(run: Json, index: int) -> Json:
    """A StepProof."""
    provenance = provenance_of(run)
    seals = {name: provenance[name] for name in ("record_hash", "signature") if name in provenance}
    record = covered("run", run)
    leaves = step_leaves(run)
    return {
        "agent_run_proof": "1.0",
        "record": {**record, "provenance": {**record["provenance"], **seals}},
        "step": run["steps"][index],
        "index": index,
        "path": [spell(node) for node in merkle.inclusion(index, leaves)],
    }


def step_proof_fault(proof: Json) -> Optional[str]:
    """What keeps a step proof from holding (AR-SEAL-018); None if nothing does."""
    record, step = proof["record"], proof["step"]
    provenance = provenance_of(record)
    if missing_from_seal(record) is not None:
        return "record.incomplete"
    if record_hash(record) != provenance["record_hash"]:
        return "record.mismatch"
    if state_of("step", step) == "broken" or any(
        state_of(each.kind, each.thing) == "broken" for each in _inside("step", step, "")
    ):
        return "private.state"
    path = [unspell(node) for node in proof["path"]]
    count, root = provenance.get("steps_count", 0), unspell(provenance.get("steps_root"))
    return None if merkle.included(step_leaf_bytes(step), proof["index"], count, path, root) else "steps.root"


def dsse(kind: str, thing: Json, signed_by: str, signature: str) -> Json:
    """The DSSE envelope that a seal is."""
    return {
        "payload": base64.b64encode(canonical(covered(kind, thing))).decode("ascii"),
        "payloadType": f"application/vnd.agent-run.{kind}.v1+json",
        "signatures": [{"keyid": signed_by, "sig": signature}],
    }
