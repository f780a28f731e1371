"""Cases about trust and vouched times."""

from __future__ import annotations

from agent_run.seal import Json

from .case import case
from .keys import entry, key, nonce, statement, trust
from .records import base, hash_of, sealed, with_run_hash, without

_SEALED = sealed(base())
_OWN = hash_of(_SEALED)
_SERVER = entry("server", "server")


def _with(*entries: Json, **recorder: object) -> Json:
    """A trust file with this entry of the recorder, and others."""
    return trust(entry("recorder", "recorder", **recorder), *entries)


def _revoked(at: str, reason: str) -> Json:
    return {"revoked": {"at": at, "reason": reason}}


def _seen(by: str = "server", at: str = "2026-11-20T14:10:00Z", about: str = _OWN) -> Json:
    return statement(by, "countersignature", about, at, {})


def _revocation(by: str, reason: str = "compromised", at: str = "2026-11-20T14:00:00Z") -> Json:
    return statement(by, "revocation", key("recorder").did, "2026-11-21T00:00:00Z", {"at": at, "reason": reason})


_EVAL = key("evaluator").signed(
    "eval", {"pass": True, "score": 90, "evaluator": "evaluator@example.org", "record_hash": _OWN}
)
_EARLY, _LATE = "2026-11-20T14:08:00Z", "2026-11-20T14:20:00Z"
_STRANGERS = sealed(base(), "stranger")

TRUST_CASES = [
    case("no_trust_file", "AR-TRUST-001", "Nobody is trusted where nobody says whom.", _SEALED, trust=None),
    case("unknown_key", "AR-TRUST-002", "Sealed anew by an unknown key: self-asserted.", _STRANGERS),
    case("empty_trust_file", "AR-TRUST-002", "A trust file without keys.", _SEALED, trust=trust()),
    case("runtime", "AR-TRUST-003", "A runtime may seal too.", _SEALED, trust=trust(entry("recorder", "runtime"))),
    case("role_missing", "AR-TRUST-003", "A key that may only evaluate.", sealed(base(), "evaluator")),
    case(
        "other_agent",
        "AR-TRUST-004",
        "A trusted key, used for another agent.",
        sealed(with_run_hash(base(agent_id="docs-bot", provenance={"nonce": nonce("run_1")}))),
    ),
    case(
        "agent_upper_case",
        "AR-TRUST-004",
        "A pattern tells upper and lower case apart.",
        _SEALED,
        trust=_with(agents=["Release-*"]),
    ),
    case(
        "agent_part", "AR-TRUST-004", "A pattern has to fit the whole text.", _SEALED, trust=_with(agents=["release"])
    ),
    case(
        "agent_dot",
        "AR-TRUST-004",
        "Nothing but * is special in a pattern.",
        _SEALED,
        trust=_with(agents=["release.bot", "rel?ase-bot", "[r]elease-bot"]),
    ),
    case(
        "agent_star_inside",
        "AR-TRUST-004",
        "A star in the middle, and one for no characters.",
        _SEALED,
        trust=_with(agents=["rel*-bot*"]),
    ),
    case("agents_none", "AR-TRUST-004", "An empty list fits no agent.", _SEALED, trust=_with(agents=[])),
    case(
        "other_workspace",
        "AR-TRUST-005",
        "Another workspace than the key may sign for.",
        sealed(base(workspace_id="umbrella")),
    ),
    case(
        "workspace_missing",
        "AR-TRUST-005",
        "The key may sign for one workspace, and the record names none.",
        sealed(without(base(), "workspace_id")),
    ),
    case(
        "compromised",
        "AR-TRUST-006",
        "Revoked as compromised, and nobody vouches.",
        _SEALED,
        trust=_with(**_revoked(_LATE, "compromised")),
    ),
    case(
        "compromised_seen_before",
        "AR-TRUST-006",
        "Seen before the key was compromised.",
        _SEALED,
        trust=_with(_SERVER, **_revoked(_LATE, "compromised")),
        statements=[_seen()],
    ),
    case(
        "compromised_seen_after",
        "AR-TRUST-006",
        "Seen after the key was compromised.",
        _SEALED,
        trust=_with(_SERVER, **_revoked(_EARLY, "compromised")),
        statements=[_seen()],
    ),
    case(
        "compromised_seen_then",
        "AR-TRUST-006",
        "Seen at the very time of the revocation.",
        _SEALED,
        trust=_with(_SERVER, **_revoked("2026-11-20T14:10:00Z", "compromised")),
        statements=[_seen()],
    ),
    case(
        "compromised_later_than_now",
        "AR-TRUST-006",
        "A revocation dated ahead: compromised counts at once.",
        _SEALED,
        trust=_with(**_revoked("2027-01-01T00:00:00Z", "compromised")),
    ),
    case(
        "superseded",
        "AR-TRUST-007",
        "Superseded by now, and nobody vouches.",
        _SEALED,
        trust=_with(**_revoked(_LATE, "superseded")),
    ),
    case(
        "superseded_seen_before",
        "AR-TRUST-007",
        "Seen before the key was superseded.",
        _SEALED,
        trust=_with(_SERVER, **_revoked(_LATE, "superseded")),
        statements=[_seen()],
    ),
    case(
        "retired_later_than_now",
        "AR-TRUST-007",
        "Retired from next year on.",
        _SEALED,
        trust=_with(**_revoked("2027-01-01T00:00:00Z", "retired")),
    ),
    case(
        "expired_back_dated",
        "AR-TRUST-007",
        "An expired key with a sealed_at from when it was valid: the record's own times decide nothing.",
        _SEALED,
        trust=_with(valid_until="2026-11-20T23:59:59Z"),
    ),
    case(
        "expired_seen_before",
        "AR-TRUST-007",
        "Expired by now, and seen while it was valid.",
        _SEALED,
        trust=_with(_SERVER, valid_until="2026-11-20T23:59:59Z"),
        statements=[_seen()],
    ),
    case(
        "expires_now",
        "AR-TRUST-007",
        "Both ends of the validity are included.",
        _SEALED,
        trust=_with(valid_from="2026-11-21T12:00:00Z", valid_until="2026-11-21T13:00:00+01:00"),
    ),
    case(
        "expired_a_moment_ago",
        "AR-TRUST-007",
        "Valid until a nanosecond before now.",
        _SEALED,
        trust=_with(valid_until="2026-11-21T11:59:59.999999999Z"),
    ),
    case(
        "not_yet_valid",
        "AR-TRUST-007",
        "Valid from tomorrow on.",
        _SEALED,
        trust=_with(valid_from="2026-11-22T00:00:00Z"),
    ),
    case("vouched", "AR-TRUST-008", "A server has seen the sealed record.", _SEALED, statements=[_seen()]),
    case(
        "vouched_by_earliest",
        "AR-TRUST-008",
        "Of two the earlier counts.",
        _SEALED,
        trust=_with(_SERVER, entry("witness", "witness")),
        statements=[_seen(), _seen("witness", "2026-11-20T16:09:00+02:00")],
    ),
    case(
        "vouched_by_auditor",
        "AR-TRUST-008",
        "An auditor may vouch too.",
        _SEALED,
        trust=_with(entry("auditor", "auditor")),
        statements=[_seen("auditor")],
    ),
    case(
        "vouched_by_itself",
        "AR-TRUST-008",
        "The signer can't vouch for its own time.",
        _SEALED,
        trust=trust(entry("recorder", "recorder", "server")),
        statements=[_seen("recorder")],
    ),
    case(
        "vouched_by_own_identity",
        "AR-TRUST-008",
        "Nor can another key of the same identity.",
        _SEALED,
        trust=_with(entry("server", "server", identity="recorder@example.org")),
        statements=[_seen()],
    ),
    case(
        "vouched_by_other_role",
        "AR-TRUST-008",
        "An evaluator doesn't vouch for times.",
        _SEALED,
        statements=[_seen("evaluator")],
    ),
    case(
        "vouched_for_other_agents",
        "AR-TRUST-010",
        "A server that is trusted for other agents vouches for nothing here.",
        _SEALED,
        trust=_with(entry("server", "server", agents=["docs-*"])),
        statements=[_seen()],
    ),
    case(
        "vouched_in_other_workspace",
        "AR-TRUST-010",
        "Nor does one for another workspace.",
        _SEALED,
        trust=_with(entry("server", "server", workspaces=["other"])),
        statements=[_seen()],
    ),
    case(
        "vouched_twice_at_once",
        "AR-TRUST-008",
        "Of equal times the identity counts that is first by UTF-16 code units, whatever the order.",
        _SEALED,
        trust=_with(
            entry("server", "server", identity="\ufffdserver@example.org"),
            entry("witness", "witness", identity="\U00010000witness@example.org"),
        ),
        statements=[_seen(), _seen("witness", "2026-11-20T16:10:00+02:00")],
    ),
    case(
        "eval_key_lost_since",
        "AR-TRUST-007",
        "The evaluator's key was lost after the record was seen: the eval may have come later still.",
        _SEALED,
        trust=_with(entry("evaluator", "evaluator", **_revoked("2026-11-20T20:00:00Z", "compromised")), _SERVER),
        statements=[_seen()],
        evals=[_EVAL],
    ),
    case(
        "eval_key_new",
        "AR-TRUST-007",
        "An eval by a key that counts now, and not yet when the record was seen.",
        _SEALED,
        trust=_with(entry("evaluator", "evaluator", valid_from="2026-11-20T20:00:00Z"), _SERVER),
        statements=[_seen()],
        evals=[_EVAL],
    ),
    case(
        "eval_key_for_other_agents",
        "AR-TRUST-010",
        "An evaluator that is trusted for other agents.",
        _SEALED,
        trust=_with(entry("evaluator", "evaluator", agents=["docs-*"])),
        evals=[_EVAL],
    ),
    case(
        "by_unproven",
        "AR-TRUST-007",
        "The trust file knows the signer's key, and it doesn't count: nobody answers for the record.",
        _SEALED,
        trust=_with(valid_until="2026-11-20T15:00:00Z"),
    ),
    case("vouched_by_stranger", "AR-TRUST-008", "Nor does a stranger.", _SEALED, statements=[_seen("stranger")]),
    case(
        "vouched_by_expired",
        "AR-TRUST-008",
        "The key that vouches isn't valid any more.",
        _SEALED,
        trust=_with(entry("server", "server", valid_until="2026-11-20T23:00:00Z")),
        statements=[_seen()],
    ),
    case(
        "vouched_by_compromised",
        "AR-TRUST-008",
        "The key that vouches is revoked.",
        _SEALED,
        trust=_with(entry("server", "server", **_revoked(_LATE, "compromised"))),
        statements=[_seen()],
    ),
    case(
        "vouched_signature_wrong",
        "AR-TRUST-008",
        "A countersignature whose date was changed.",
        _SEALED,
        statements=[{**_seen(), "at": "2026-11-20T14:06:00Z"}],
    ),
    case(
        "vouched_for_another",
        "AR-TRUST-008",
        "A countersignature of another record.",
        _SEALED,
        statements=[_seen(about=hash_of(sealed(base(id="run_2"))))],
    ),
    case(
        "vouched_but_changed",
        "AR-TRUST-008",
        "The record was changed after the server saw it: what is here, it hasn't seen.",
        {**_SEALED, "outcome": "partial"},
        statements=[_seen()],
    ),
    case(
        "revoked_by_itself",
        "AR-TRUST-006",
        "The key revokes itself in a statement.",
        _SEALED,
        statements=[_revocation("recorder")],
    ),
    case(
        "revoked_by_own_identity",
        "AR-TRUST-006",
        "A trusted key of the same identity revokes it.",
        _SEALED,
        trust=_with(entry("second", "recorder", identity="recorder@example.org")),
        statements=[_revocation("second")],
    ),
    case(
        "revoked_by_other_identity",
        "AR-TRUST-006",
        "A trusted key of another identity can't revoke it.",
        _SEALED,
        statements=[_revocation("server")],
    ),
    case(
        "revoked_by_stranger",
        "AR-TRUST-006",
        "A stranger can't revoke it.",
        _SEALED,
        statements=[_revocation("stranger")],
    ),
    case(
        "revoked_signature_wrong",
        "AR-TRUST-006",
        "A revocation whose reason was changed counts for nothing.",
        _SEALED,
        statements=[
            {**_revocation("recorder", "retired"), "body": {"at": "2026-11-20T14:00:00Z", "reason": "compromised"}}
        ],
    ),
    case(
        "revoked_reason_unknown",
        "AR-TRUST-006",
        "A reason that nobody knows counts as compromised.",
        _SEALED,
        statements=[_revocation("recorder", "bored")],
    ),
    case(
        "revoked_without_time",
        "AR-TRUST-006",
        "A revocation whose body names no time counts from its own.",
        _SEALED,
        statements=[
            statement("recorder", "revocation", key("recorder").did, "2026-11-20T14:30:00Z", {"reason": "retired"})
        ],
    ),
    case(
        "retired_by_itself",
        "AR-TRUST-007",
        "The key retires itself in a statement.",
        _SEALED,
        statements=[_revocation("recorder", "retired")],
    ),
    case(
        "rotation",
        "AR-TRUST-002",
        "A rotation statement gives no trust to the new key.",
        _STRANGERS,
        statements=[
            statement(
                "recorder", "rotation", key("recorder").did, "2026-11-20T12:00:00Z", {"new_key": key("stranger").did}
            )
        ],
    ),
]
