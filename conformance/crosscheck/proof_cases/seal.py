"""vectors/seal: named hashes, states, batches, proofs and envelopes."""

from __future__ import annotations

from typing import Any

from agent_run.hashing import action_hash, document_hash, record_hash, request_hash, seal_hash, signed_bytes
from agent_run.seal import (
    Json,
    batch_holds,
    dsse,
    erased,
    is_sealed,
    make_batch,
    protect,
    prove_step,
    reseal,
    seal,
    state_of,
    step_proof_fault,
    steps_root,
)

from .keys import digest_of, key, nonce, salt, statement
from .records import (
    SEALED_AT,
    approved_run,
    base,
    model_call,
    publish,
    read_file,
    sealed,
    with_provenance,
    with_step,
    without,
)

_RUN = base()
_SEALED = sealed(_RUN)
_PRIVATE = protect("run", base(input_preview="Read my notes", error="none"), salt("run"))
_STEP = protect("step", read_file(output_preview="Dear Bob"), salt("step"))
_EFFECT = protect("side_effect", {"kind": "read", "target": "/home/ann", "basis": "observed"}, salt("effect"))
_APPROVED = approved_run()


def _row(name: str, requirement: str, **members: Any) -> Json:
    return {"name": name, "requirement": requirement, **members}


def _hash_rows() -> list[Json]:
    runs = [
        ("not sealed", _RUN),
        ("sealed", _SEALED),
        ("sealed, without steps", {**_SEALED, "steps": []}),
        ("sealed, with an eval", {**_SEALED, "eval": {"pass": True, "score": 1}}),
        ("signed_by is covered", with_provenance(_SEALED, signed_by=key("stranger").did)),
        ("unknown members are covered", {**_SEALED, "mood": "fine"}),
        ("whole", sealed(_PRIVATE)),
        ("erased", erased("run", sealed(_PRIVATE))),
        (
            "approvals in public form",
            {
                **_RUN,
                "approvals": [
                    protect(
                        "approval",
                        {"approval_id": "ap-1", "event": "requested", "at": "2026-11-20T14:01:00Z", "reason": "x"},
                        salt("request"),
                    )
                ],
            },
        ),
        ("metadata of provenance is covered", with_provenance(_RUN, metadata={"a": [1, 1.5, "\u20ac", None]})),
        ("eval of null", {**_SEALED, "eval": {"pass": False, "score": 0}, "metadata": {}}),
    ]
    return [
        _row(
            name,
            "AR-SEAL-005",
            run=run,
            expect={"record_hash": record_hash(run), "document_hash": document_hash(run), "sealed": is_sealed(run)},
        )
        for name, run in runs
    ]


def _sealed_rows() -> list[Json]:
    marks = {
        "record_hash": digest_of("r"),
        "sealed_at": SEALED_AT,
        "journal_head": digest_of("j"),
        "signature": "x",
        "signed_by": key("recorder").did,
        "steps_root": digest_of("s"),
        "nonce": nonce("n"),
    }
    rows = [
        (mark, {"spec_version": "1.0", "provenance": {"run_hash": "x", mark: value}}) for mark, value in marks.items()
    ]
    rows += [
        ("signature without spec_version", {"provenance": {"signature": "x"}}),
        ("record_hash without spec_version", {"provenance": {"record_hash": digest_of("r")}}),
        (
            "null is unknown",
            {"spec_version": "1.0", "provenance": {"record_hash": None, "sealed_at": None, "signature": None}},
        ),
    ]
    return [_row(name, "AR-SEAL-009", run=run, expect=is_sealed(run)) for name, run in rows]


def _seal_rows() -> list[Json]:
    rows = [
        ("signed", _RUN, None),
        ("with a journal", _RUN, digest_of("journal")),
        ("without steps", base(steps=[]), None),
        ("interrupted", base(status="interrupted", ended_at=None, outcome="abandoned"), None),
        ("with private members", base(steps=[{**_STEP, "side_effects": [_EFFECT]}]), None),
    ]
    return [
        _row(
            name,
            "AR-SEAL-011",
            run=run,
            at=SEALED_AT,
            seed_hex=key("recorder").seed.hex(),
            **({} if head is None else {"journal_head": head}),
            expect=seal(run, SEALED_AT, key("recorder"), head)["provenance"],
        )
        for name, run, head in rows
    ]


def _batch_rows() -> list[Json]:
    records = [
        reseal(with_provenance(sealed(base(id=f"run_{n}"), None), signed_by=key("recorder").did)) for n in range(5)
    ]
    batch, proofs = make_batch(records, key("recorder"), SEALED_AT)
    single, single_proofs = make_batch(records[:1], key("recorder"), SEALED_AT)
    stranger, strange = make_batch(records, key("stranger"), SEALED_AT)
    other_root = key("recorder").signed(
        "statement", {**without(batch, "signed_by", "signature"), "body": {**batch["body"], "root": digest_of("x")}}
    )
    other_about = key("recorder").signed(
        "statement", {**without(batch, "signed_by", "signature"), "about": digest_of("x")}
    )
    own = key("recorder").did
    rows = [
        *((f"record {n} of 5", proofs[n], batch, own) for n in range(5)),
        ("one record", single_proofs[0], single, own),
        ("other index", {**proofs[2], "index": 3}, batch, own),
        ("index at the count", {**proofs[2], "index": 5}, batch, own),
        ("other record", {**proofs[2], "record_hash": proofs[1]["record_hash"]}, batch, own),
        ("node too few", {**proofs[2], "path": proofs[2]["path"][1:]}, batch, own),
        ("node too many", {**proofs[2], "path": [*proofs[2]["path"], digest_of("x")]}, batch, own),
        ("other statement", proofs[2], single, own),
        ("other key", strange[2], stranger, own),
        (
            "statement changed",
            {**proofs[2], "statement": proofs[2]["statement"]},
            {**batch, "at": "2026-11-20T14:05:01Z"},
            own,
        ),
        ("root and about differ", {**proofs[2], "statement": _name(other_about)}, other_about, own),
        ("other root in the body", {**proofs[2], "statement": _name(other_root)}, other_root, own),
    ]
    return [
        _row(name, "AR-SEAL-017", proof=proof, statement=said, signed_by=by, expect=batch_holds(proof, [said], by))
        for name, proof, said, by in rows
    ]


def _name(said: Json) -> str:
    return seal_hash("statement", said)


def _proof_rows() -> list[Json]:
    run = sealed(
        base(
            steps=[
                model_call(),
                {**_STEP, "side_effects": [_EFFECT]},
                publish(approval={"state": "not_required", "policy_id": "p"}),
            ]
        )
    )
    proofs = [prove_step(run, index) for index in range(3)]
    one = proofs[1]

    def lacking(*members: str) -> Json:
        """A proof from a record that was signed without members that a sealed record has."""
        bare = {name: value for name, value in one["record"].items() if name not in members}
        provenance = {name: value for name, value in bare["provenance"].items() if name not in members}
        return {**one, "record": reseal({**bare, "provenance": provenance}, key("recorder"))}

    rows = [
        *((f"step {index} of 3", proof) for index, proof in enumerate(proofs)),
        (
            "erased step",
            {**one, "step": {**erased("step", one["step"]), "side_effects": [erased("side_effect", _EFFECT)]}},
        ),
        ("step of an unsigned record", prove_step(sealed(_RUN, None), 0)),
        ("other step", {**one, "step": proofs[0]["step"]}),
        ("step changed", {**one, "step": {**one["step"], "status": "failed"}}),
        ("preview forged", {**one, "step": {**one["step"], "output_preview": "Dear Eve"}}),
        ("effect forged", {**one, "step": {**one["step"], "side_effects": [{**_EFFECT, "target": "/home/eve"}]}}),
        ("other index", {**one, "index": 2}),
        ("index at the count", {**one, "index": 3}),
        ("node too few", {**one, "path": one["path"][:-1]}),
        ("record changed", {**one, "record": {**one["record"], "outcome": "partial"}}),
        ("other root", {**one, "record": with_provenance(one["record"], steps_root=digest_of("x"))}),
        *((f"no {member}", lacking(member)) for member in ("spec_version", "nonce", "sealed_at")),
        ("other record_hash", {**one, "record": with_provenance(one["record"], record_hash=digest_of("x"))}),
    ]
    return [_row(name, "AR-SEAL-018", proof=proof, expect=step_proof_fault(proof) is None) for name, proof in rows]


def _state_rows() -> list[Json]:
    things = {"run": _PRIVATE, "step": _STEP, "side_effect": _EFFECT}
    rows = []
    for kind, whole in things.items():
        member = {"run": "input_preview", "step": "output_preview", "side_effect": "target"}[kind]
        rows += [
            (f"{kind}, whole", kind, whole),
            (f"{kind}, erased", kind, erased(kind, whole)),
            (f"{kind}, member changed", kind, {**whole, member: "forged"}),
            (f"{kind}, member gone", kind, without(whole, member)),
            (f"{kind}, salt gone", kind, without(whole, "salt")),
            (f"{kind}, forged on an erased one", kind, {**erased(kind, whole), member: "forged"}),
            (f"{kind}, private_hash gone", kind, without(whole, "private_hash")),
        ]
    rows += [
        ("salt only", "step", protect("step", model_call(), salt("bare"))),
        ("member of null", "step", {**erased("step", _STEP), "error": None}),
        ("not private", "step", {**erased("step", _STEP), "error_type": "timeout"}),
    ]
    return [
        _row(name, "AR-SEAL-008", kind=kind, object=thing, expect=state_of(kind, thing)) for name, kind, thing in rows
    ]


def rows() -> dict[str, list[Json]]:
    """The files."""
    request, decision = _APPROVED["approvals"]
    said = statement("server", "countersignature", digest_of("r"), SEALED_AT, {})
    signed_things = [
        ("run", _SEALED, _SEALED["provenance"]),
        ("approval", decision, decision),
        ("eval", key("evaluator").signed("eval", {"pass": True, "score": 90}), None),
        ("statement", said, said),
    ]
    actions = [
        ("all members", _APPROVED, _APPROVED["steps"][1]),
        (
            "absent members are null",
            _APPROVED,
            {"id": "s-2", "type": "tool_call", "tool_name": "publish", "started_at": None},
        ),
        (
            "null members are null",
            _APPROVED,
            {"id": "s-2", "type": "tool_call", "tool_name": "publish", "mcp_server": None, "started_at": None},
        ),
        ("a server", _APPROVED, with_step(_APPROVED, 1, mcp_server="npm")["steps"][1]),
        ("another nonce", with_provenance(_APPROVED, nonce=nonce("x")), _APPROVED["steps"][1]),
        ("no nonce", with_provenance(_APPROVED, nonce=...), _APPROVED["steps"][1]),
        ("another run", {**_APPROVED, "id": "run_2"}, _APPROVED["steps"][1]),
        ("another step", _APPROVED, {**_APPROVED["steps"][1], "id": "s-3"}),
    ]
    return {
        "record-hash": _hash_rows(),
        "sealed": _sealed_rows(),
        "seal": _seal_rows(),
        "steps-root": [
            _row(name, "AR-SEAL-007", steps=steps, expect={"count": len(steps), "root": steps_root(steps)})
            for name, steps in (
                ("no steps", []),
                ("one step", [model_call()]),
                ("two steps", [model_call(), read_file()]),
                ("two steps, exchanged", [read_file(), model_call()]),
                ("a whole step", [model_call(), _STEP]),
                ("the same, erased", [model_call(), erased("step", _STEP)]),
                ("a whole side effect", [read_file(side_effects=[_EFFECT])]),
                ("the same, erased", [read_file(side_effects=[erased("side_effect", _EFFECT)])]),
            )
        ],
        "action-hash": [
            _row(
                name,
                "AR-APPR-030",
                run_id=run["id"],
                nonce=run["provenance"].get("nonce"),
                step=step,
                expect=action_hash(run, step),
            )
            for name, run, step in actions
        ],
        "request-hash": [
            _row(name, "AR-APPR-025", event=event, expect=request_hash(event))
            for name, event in (
                ("request", request),
                ("signed request, its signature left out", key("server").signed("approval", request)),
                ("whole", protect("approval", {**request, "reason": "x"}, salt("q"))),
                ("the same, erased", erased("approval", protect("approval", {**request, "reason": "x"}, salt("q")))),
                ("with a reason that can't be erased", {**request, "reason": "x"}),
            )
        ],
        "private-state": _state_rows(),
        "batch": _batch_rows(),
        "step-proof": _proof_rows(),
        "dsse": [
            _row(
                kind,
                "AR-SEAL-004",
                kind=kind,
                object=thing,
                pae_hex=signed_bytes(kind, thing).hex(),
                expect=dsse(kind, thing, (holder or thing)["signed_by"], (holder or thing)["signature"]),
            )
            for kind, thing, holder in signed_things
        ],
    }
