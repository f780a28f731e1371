"""Cases about the canonical bytes of a record and its digests."""

from __future__ import annotations

import json

from agent_run.canonical import canonical_text
from agent_run.hashing import legacy_run_hash
from agent_run.seal import reseal

from .case import case
from .keys import digest_of, key
from .records import base, model_call, sealed, with_provenance, with_step, without

_SEALED = sealed(base())
_LEGACY = without(base(), "spec_version")
_HOSTILE = base(
    metadata={"__proto__": {"admin": True}, "toJSON": "x", "constructor": 1, "10": "ten", "9": "nine", "1e1": [], "": 0}
)
_TEXTS = base(metadata={"text": "caf\u00e9", "count": 100, "half": 0.5, "zero": 0})


def _replace(text: str, old: str, new: str) -> str:
    if text.count(old) != 1:
        raise ValueError(f"{old} stands {text.count(old)} times")
    return text.replace(old, new)


CANONICAL = [
    case(
        "hostile_names",
        "AR-BYTES-009",
        "Members called __proto__ and toJSON, and names like numbers, are members like others.",
        json.dumps(sealed(_HOSTILE)),
    ),
    case(
        "proto_changed",
        "AR-BYTES-009",
        "What stands under __proto__ is covered.",
        _replace(json.dumps(sealed(_HOSTILE)), '{"admin": true}', '{"admin": false}'),
    ),
    case(
        "to_json_changed",
        "AR-BYTES-009",
        "What stands under toJSON is covered.",
        _replace(json.dumps(sealed(_HOSTILE)), '"toJSON": "x"', '"toJSON": "y"'),
    ),
    case(
        "integer_name_changed",
        "AR-BYTES-009",
        "A member whose name looks like an index is covered.",
        _replace(json.dumps(sealed(_HOSTILE)), '"10": "ten"', '"10": "two"'),
    ),
    case(
        "members_reordered",
        "AR-BYTES-009",
        "The order of members isn't covered.",
        canonical_text(dict(reversed(list(_SEALED.items())))),
    ),
    case(
        "spelled_otherwise",
        "AR-BYTES-009",
        "Escapes, white space, 1e2 for 100, 0.50 for 0.5 and -0 for 0 are the same value.",
        _replace(
            _replace(
                _replace(
                    _replace(json.dumps(sealed(_TEXTS), indent=1), "caf\\u00e9", "\\u0063af\u00e9"),
                    '"count": 100',
                    '"count": 1e2',
                ),
                '"half": 0.5',
                '"half": 0.50',
            ),
            '"zero": 0',
            '"zero": -0',
        ),
    ),
    case(
        "normalised",
        "AR-BYTES-009",
        "Another normal form of Unicode is another text.",
        _replace(json.dumps(sealed(_TEXTS)), "caf\\u00e9", "cafe\\u0301"),
    ),
]

_INCOMPLETE = {
    "record_hash_missing": with_provenance(_SEALED, record_hash=...),
    **{
        f"{member}_missing": reseal(with_provenance(_SEALED, **{member: ...}), key("recorder"))
        for member in ("sealed_at", "steps_count", "steps_root", "nonce")
    },
}

DIGEST = [
    case("sealed", "AR-SEAL-011", "A record sealed by a trusted key.", _SEALED),
    case(
        "sealed_unsigned",
        "AR-SEAL-011",
        "A seal without a signature: record passes, the level is recorded.",
        sealed(base(), None),
    ),
    case(
        "run_hash_wrong",
        "AR-BYTES-011",
        "The fingerprint of another configuration.",
        sealed(with_provenance(base(), run_hash="0" * 64)),
    ),
    case(
        "run_hash_form",
        "AR-BYTES-011",
        "A fingerprint in upper case can't be compared.",
        sealed(with_provenance(base(), run_hash="A" * 64)),
    ),
    case(
        "run_hash_legacy",
        "AR-BYTES-011",
        "The formula of 0.1 in a record without spec_version.",
        with_provenance(_LEGACY, run_hash=legacy_run_hash(_LEGACY)),
        level="recorded",
    ),
    case(
        "run_hash_legacy_in_1_0",
        "AR-BYTES-011",
        "The formula of 0.1 in a record with spec_version.",
        sealed(with_provenance(base(), run_hash=legacy_run_hash(base()))),
    ),
    case(
        "run_hash_neither",
        "AR-BYTES-011",
        "Without spec_version, and neither formula gives this.",
        with_provenance(_LEGACY, run_hash="0" * 64),
        level="recorded",
    ),
    case(
        "run_hash_legacy_beside_record_hash",
        "AR-BYTES-011",
        "The formula of 0.1 isn't tried where there is a record_hash.",
        with_provenance(_LEGACY, run_hash=legacy_run_hash(_LEGACY), record_hash=digest_of("some record")),
    ),
    *(
        case(name, "AR-SEAL-009", "A sealed record lacks a member; the rest is sealed rightly.", record)
        for name, record in _INCOMPLETE.items()
    ),
    case(
        "spec_version_missing", "AR-SEAL-009", "A sealed record lacks spec_version.", without(_SEALED, "spec_version")
    ),
    case(
        "open_status",
        "AR-SEAL-010",
        "Sealed while it was running.",
        sealed(without(base(status="running"), "ended_at", "outcome")),
    ),
    case("member_changed", "AR-SEAL-011", "Another outcome than was sealed.", {**_SEALED, "outcome": "partial"}),
    case("member_dropped", "AR-SEAL-011", "A member was dropped.", without(_SEALED, "outcome")),
    case("member_added", "AR-SEAL-011", "A member that nobody knows was added.", {**_SEALED, "mood": "fine"}),
    case("sealed_at_changed", "AR-SEAL-011", "Back-dated.", with_provenance(_SEALED, sealed_at="2026-11-19T14:05:00Z")),
    case(
        "record_hash_changed",
        "AR-SEAL-011",
        "Another record_hash.",
        with_provenance(_SEALED, record_hash=digest_of("another")),
    ),
    case(
        "seal_removed",
        "AR-VERD-003",
        "Everything of the seal is gone: nothing fails, and the level asked for isn't reached.",
        with_provenance(
            _SEALED,
            **{m: ... for m in ("steps_count", "steps_root", "sealed_at", "record_hash", "signed_by", "signature")},
        ),
    ),
    case(
        "only_sealed_at_left",
        "AR-SEAL-009",
        "Of the seal only sealed_at is left.",
        with_provenance(base(), sealed_at="2026-11-20T14:05:00Z"),
    ),
    case(
        "only_journal_head_left",
        "AR-SEAL-009",
        "Of the seal only journal_head is left.",
        with_provenance(base(), journal_head=digest_of("head")),
    ),
]

_UNSEALED_TREE = with_provenance(base(), steps_count=2, steps_root=_SEALED["provenance"]["steps_root"])
_THREE = sealed(
    base(
        steps=[
            *base()["steps"],
            model_call(
                id="s-9",
                started_at="2026-11-20T14:00:05Z",
                ended_at="2026-11-20T14:00:06Z",
                cost={"input_tokens": 0, "output_tokens": 0},
            ),
        ]
    )
)


def _with_steps(run: dict, *order: int) -> dict:
    return {**run, "steps": [run["steps"][index] for index in order]}


TREE = [
    case(
        "no_steps",
        "AR-LEVEL-002",
        "A record without steps: count 0 and the root of the empty tree are compared.",
        sealed(base(steps=[])),
    ),
    case(
        "unsealed_root",
        "AR-SEAL-007",
        "The tree of a record without a seal is compared too.",
        _UNSEALED_TREE,
        level="recorded",
    ),
    case(
        "unsealed_root_wrong",
        "AR-SEAL-007",
        "A wrong root in a record without a seal.",
        with_provenance(_UNSEALED_TREE, steps_root=digest_of("root")),
        level="recorded",
    ),
    case(
        "count_wrong",
        "AR-SEAL-007",
        "A count that was sealed wrong.",
        reseal(with_provenance(_SEALED, steps_count=3), key("recorder")),
    ),
    case("step_dropped", "AR-SEAL-007", "The last step is gone.", _with_steps(_THREE, 0, 1)),
    case("step_doubled", "AR-SEAL-007", "A step stands twice.", _with_steps(_THREE, 0, 1, 2, 2)),
    case("steps_reordered", "AR-SEAL-007", "Two steps have changed places.", _with_steps(_THREE, 0, 2, 1)),
    case("step_moved", "AR-SEAL-007", "The first step stands last.", _with_steps(_THREE, 1, 2, 0)),
    case("step_replaced", "AR-SEAL-007", "A step stands in the place of another.", _with_steps(_THREE, 0, 0, 2)),
    case(
        "step_changed", "AR-SEAL-007", "Another tool than was recorded.", with_step(_THREE, 1, tool_name="write_file")
    ),
    case("step_member_added", "AR-SEAL-007", "A member was added to a step.", with_step(_THREE, 1, mood="fine")),
]
