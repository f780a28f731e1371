"""Cases about erasable objects and erasures."""

from __future__ import annotations

from agent_run.seal import Json, erased, protect

from .case import case
from .keys import entry, key, salt, statement, trust
from .records import base, decided, hash_of, model_call, publish, read_file, requested, sealed, with_step, without

_EFFECT = protect("side_effect", {"kind": "read", "target": "/home/ann/notes.txt", "basis": "observed"}, salt("effect"))
_STEP = protect(
    "step", read_file(input_preview="open notes", output_preview="Dear Bob", side_effects=[_EFFECT]), salt("step")
)
_DECISION = protect(
    "policy_decision",
    {"id": "pd-1", "at": "2026-11-20T14:00:03Z", "step_id": "s-1", "verdict": "allow", "reasons": ["no secret found"]},
    salt("decision"),
)
_ARTIFACT = protect("artifact", {"id": "a-1", "name": "notes.txt", "step_id": "s-1"}, salt("artifact"))
_WHOLE = sealed(
    protect(
        "run",
        base(
            steps=[model_call(), _STEP],
            policy_decisions=[_DECISION],
            artifacts=[_ARTIFACT],
            input_preview="Read my notes",
            intent="Read notes",
        ),
        salt("run"),
    )
)
_OWN = hash_of(_WHOLE)
_SMALL = sealed(base(steps=[_STEP]))
_OWN_SMALL = hash_of(_SMALL)


def _tombstone(*hashes: str, by: str = "recorder", about: str = _OWN_SMALL) -> Json:
    body = {"private_hashes": list(hashes), "reason": "request of the person named"}
    return statement(by, "tombstone", about, "2026-11-21T09:00:00Z", body)


_ERASED = {**_SMALL, "steps": [erased("step", _STEP)]}
_HASH = _STEP["private_hash"]
_SEEN = statement("witness", "countersignature", _OWN_SMALL, "2026-11-20T14:10:00Z", {})
_WITNESS = entry("witness", "witness")
_LOST_SERVER = entry("server", "server", revoked={"at": "2026-11-20T20:00:00Z", "reason": "compromised"})
_NEW_SERVER = entry("server", "server", valid_from="2026-11-20T20:00:00Z")


def _request_of(run: Json) -> Json:
    return protect("approval", requested(run, run["steps"][1], reason="publish for Ann"), salt("request"))


def _approved() -> Json:
    """A run with a private request and a private decision."""
    run = base(steps=[model_call(), publish()])
    request = _request_of(run)
    decision = protect("approval", decided(request, reason="Ann asked for it"), salt("decided"))
    return sealed({**run, "approvals": [request, key("approver").signed("approval", decision)]})


_APPROVED = _approved()


def _in(member: str, thing: Json) -> Json:
    return {**_WHOLE, member: [thing]}


def _effect(thing: Json) -> Json:
    return with_step(_SMALL, 0, side_effects=[thing])


_REQ = "AR-SEAL-008"

PRIVACY = [
    case("whole", _REQ, "Run, step, side effect, policy decision and artifact are whole.", _WHOLE),
    case(
        "step_preview_changed",
        _REQ,
        "A preview that the private_hash doesn't give.",
        with_step(_SMALL, 0, output_preview="Dear Eve"),
    ),
    case("step_preview_dropped", _REQ, "One of two previews is gone.", with_step(_SMALL, 0, output_preview=...)),
    case("step_salt_changed", _REQ, "Another salt.", with_step(_SMALL, 0, salt=salt("other"))),
    case("step_salt_missing", _REQ, "The salt is gone, the previews are there.", with_step(_SMALL, 0, salt=...)),
    case(
        "step_salt_alone",
        _REQ,
        "The previews are gone, the salt is there.",
        with_step(_SMALL, 0, input_preview=..., output_preview=...),
    ),
    case(
        "step_preview_forged",
        _REQ,
        "A preview was put on an erased step.",
        {**_SMALL, "steps": [{**_ERASED["steps"][0], "output_preview": "Dear Eve"}]},
    ),
    case(
        "step_private_hash_changed",
        "AR-SEAL-007",
        "Another text with another salt and the private_hash to match.",
        {
            **_SMALL,
            "steps": [
                protect("step", {**without(_STEP, "private_hash", "salt"), "output_preview": "Dear Eve"}, salt("new"))
            ],
        },
    ),
    case(
        "step_private_hash_dropped",
        "AR-SEAL-007",
        "Without private_hash the members would be public.",
        with_step(_SMALL, 0, private_hash=..., salt=...),
    ),
    case(
        "effect_changed",
        _REQ,
        "Another target than the private_hash gives.",
        _effect({**_EFFECT, "target": "/home/eve/notes.txt"}),
    ),
    case(
        "effect_target_forged",
        _REQ,
        "A target was put on an erased side effect.",
        _effect({**erased("side_effect", _EFFECT), "target": "/tmp/x"}),
    ),
    case("run_preview_changed", _REQ, "Another preview of the run.", {**_WHOLE, "input_preview": "Read her notes"}),
    case(
        "decision_changed",
        _REQ,
        "Other reasons of a policy decision.",
        _in("policy_decisions", {**_DECISION, "reasons": ["a secret found"]}),
    ),
    case(
        "artifact_changed", _REQ, "Another name of an artifact.", _in("artifacts", {**_ARTIFACT, "name": "other.txt"})
    ),
    case(
        "approval_changed",
        _REQ,
        "Another reason of a decision.",
        {
            **_APPROVED,
            "approvals": [_APPROVED["approvals"][0], {**_APPROVED["approvals"][1], "reason": "Eve asked for it"}],
        },
    ),
    case(
        "unsealed_step_changed",
        _REQ,
        "A record without a seal is looked at as well.",
        base(steps=[{**_STEP, "output_preview": "Dear Eve"}]),
        level="recorded",
    ),
    case("unsealed_whole", _REQ, "Whole, in a record without a seal.", base(steps=[_STEP]), level="recorded"),
    case(
        "unsealed_run_changed",
        _REQ,
        "The run of a record without a seal.",
        {**protect("run", base(intent="Read"), salt("run")), "intent": "Write"},
        level="recorded",
    ),
    case(
        "step_erased",
        "AR-PRIV-010",
        "An erased step, and nobody says who erased it. Every digest still holds.",
        _ERASED,
    ),
    case(
        "step_erased_attested",
        "AR-PRIV-010",
        "A tombstone by the recorder lists it.",
        _ERASED,
        statements=[_tombstone(_HASH)],
    ),
    case(
        "effect_erased_attested",
        "AR-PRIV-010",
        "Only the side effect is erased; a tombstone by the server.",
        _effect(erased("side_effect", _EFFECT)),
        statements=[_tombstone(_EFFECT["private_hash"], by="server")],
    ),
    case(
        "run_erased_attested",
        "AR-PRIV-010",
        "The members of the run itself are erased; its signature is still right.",
        erased("run", _WHOLE),
        statements=[_tombstone(_WHOLE["private_hash"], about=_OWN)],
    ),
    case(
        "approval_erased_attested",
        "AR-PRIV-010",
        "Request and decision are erased; the approver's signature and request_hash are still right.",
        {**_APPROVED, "approvals": [erased("approval", event) for event in _APPROVED["approvals"]]},
        statements=[_tombstone(*(event["private_hash"] for event in _APPROVED["approvals"]), about=hash_of(_APPROVED))],
    ),
    case(
        "all_erased_one_unattested",
        "AR-PRIV-010",
        "Everything is erased; the tombstones of two keys list all but the artifact.",
        {
            **erased("run", _WHOLE),
            "steps": [_WHOLE["steps"][0], {**erased("step", _STEP), "side_effects": [erased("side_effect", _EFFECT)]}],
            "policy_decisions": [erased("policy_decision", _DECISION)],
            "artifacts": [erased("artifact", _ARTIFACT)],
        },
        statements=[
            _tombstone(_WHOLE["private_hash"], _HASH, about=_OWN),
            _tombstone(_EFFECT["private_hash"], _DECISION["private_hash"], by="server", about=_OWN),
        ],
    ),
    case(
        "tombstone_of_another",
        "AR-PRIV-010",
        "The tombstone is about another record.",
        _ERASED,
        statements=[_tombstone(_HASH, about=_OWN)],
    ),
    case(
        "tombstone_by_stranger",
        "AR-PRIV-010",
        "The tombstone is by a stranger.",
        _ERASED,
        statements=[_tombstone(_HASH, by="stranger")],
    ),
    case(
        "tombstone_by_other_role",
        "AR-PRIV-010",
        "The tombstone is by an evaluator.",
        _ERASED,
        statements=[_tombstone(_HASH, by="evaluator")],
    ),
    case(
        "tombstone_by_runtime",
        "AR-PRIV-010",
        "A runtime may seal and not attest an erasure.",
        _ERASED,
        trust=trust(entry("recorder", "runtime")),
        statements=[_tombstone(_HASH)],
    ),
    case(
        "tombstone_signature_wrong",
        "AR-PRIV-011",
        "A tombstone to which a private_hash was added doesn't count.",
        _ERASED,
        statements=[{**_tombstone(), "body": {"private_hashes": [_HASH], "reason": ""}}],
    ),
    case(
        "tombstone_unsigned",
        "AR-PRIV-011",
        "A tombstone without a signature doesn't count.",
        _ERASED,
        statements=[without(_tombstone(_HASH), "signature")],
    ),
    case(
        "tombstone_wrong_beside_right",
        "AR-PRIV-011",
        "A wrongly signed tombstone beside one that counts changes nothing.",
        _ERASED,
        statements=[without(_tombstone(_HASH), "signature"), _tombstone(_HASH)],
    ),
    case(
        "tombstone_of_stranger_for_nothing",
        "AR-PRIV-011",
        "Nothing is erased, and a stranger says that something is.",
        _SMALL,
        statements=[_tombstone(_HASH, by="stranger")],
    ),
    case(
        "tombstone_other_agents",
        "AR-TRUST-010",
        "A tombstone by a server that is trusted for other agents.",
        _ERASED,
        trust=trust(entry("recorder", "recorder"), entry("server", "server", agents=["docs-*"])),
        statements=[_tombstone(_HASH, by="server")],
    ),
    case(
        "tombstone_key_lost_since",
        "AR-TRUST-007",
        "The server's key was lost after a witness had seen the record: the tombstone may have come later still.",
        _ERASED,
        trust=trust(entry("recorder", "recorder"), _LOST_SERVER, _WITNESS),
        statements=[_tombstone(_HASH, by="server"), _SEEN],
    ),
    case(
        "tombstone_key_new",
        "AR-TRUST-007",
        "A tombstone by a key that counts now, and not yet when the record was seen.",
        _ERASED,
        trust=trust(entry("recorder", "recorder"), _NEW_SERVER, _WITNESS),
        statements=[_tombstone(_HASH, by="server"), _SEEN],
    ),
    case(
        "tombstone_for_nothing",
        "AR-PRIV-010",
        "A tombstone for what isn't erased.",
        _SMALL,
        statements=[_tombstone(_HASH)],
    ),
    case(
        "unsealed_erased",
        "AR-PRIV-010",
        "An erased step in a record without a seal.",
        base(steps=[erased("step", _STEP)]),
        level="recorded",
    ),
]
