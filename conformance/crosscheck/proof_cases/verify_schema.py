"""Cases about the form of a record."""

from __future__ import annotations

import json

from .case import case
from .keys import salt
from .records import base, model_call, read_file, sealed, with_provenance, with_run_hash, with_step, without

_SEALED = sealed(base())
_TEXT = json.dumps(_SEALED)
_LEGACY = without(base(), "spec_version")
_NO_DAY = "2026-11-31T14:00:00Z"


def _replace(text: str, old: str, new: str) -> str:
    if text.count(old) != 1:
        raise ValueError(f"{old} stands {text.count(old)} times")
    return text.replace(old, new)


SCHEMA = [
    case("valid_unsealed", "AR-LEVEL-001", "A valid record without a seal is recorded.", base(), level="recorded"),
    case(
        "valid_unsealed_not_enough",
        "AR-VERD-006",
        "The level asked for is sealed; without a seal it isn't reached.",
        base(),
    ),
    case(
        "valid_0_1",
        "AR-LEVEL-001",
        "A record without spec_version is recorded too.",
        with_run_hash(_LEGACY),
        level="recorded",
    ),
    case(
        "duplicate_name",
        "AR-BYTES-004",
        "A second status hides behind the first.",
        _replace(_TEXT, '"status": "completed", "outcome"', '"status": "completed", "status": "failed", "outcome"'),
    ),
    case(
        "duplicate_name_escaped",
        "AR-BYTES-004",
        "A second status, its name spelled with an escape.",
        _replace(
            _TEXT, '"status": "completed", "outcome"', '"status": "completed", "stat\\u0075s": "failed", "outcome"'
        ),
    ),
    case(
        "lone_surrogate",
        "AR-BYTES-005",
        "An agent_id with half a character.",
        _replace(_TEXT, '"agent_id": "release-bot"', '"agent_id": "release-\\ud800bot"'),
    ),
    case(
        "number_infinite",
        "AR-BYTES-006",
        "A token count of 1e400.",
        _replace(_TEXT, '}], "cost": {"input_tokens": 900', '}], "cost": {"input_tokens": 1e400'),
    ),
    case(
        "number_beyond_2_53",
        "AR-BYTES-006",
        "A token count of 2^53 + 1, which no double holds.",
        _replace(_TEXT, '}], "cost": {"input_tokens": 900', '}], "cost": {"input_tokens": 9007199254740993'),
    ),
    case(
        "depth", "AR-BYTES-007", "129 levels.", _TEXT[:-1] + ', "metadata": ' + '{"a":' * 127 + "{}" + "}" * 127 + "}"
    ),
    case("trailing", "AR-BYTES-008", "A second value after the record.", _TEXT + " {}"),
    case("truncated", "AR-BYTES-003", "The last brace is gone.", _TEXT[:-1]),
    case("byte_order_mark", "AR-BYTES-002", "A byte order mark before the record.", "\ufeff" + _TEXT),
    case("not_an_object", "AR-RUN-001", "A list instead of a record.", "[]"),
    case(
        "status_unlisted",
        "AR-RUN-004",
        "A status that the closed vocabulary doesn't have.",
        {**_SEALED, "status": "done"},
    ),
    case("steps_missing", "AR-RUN-002", "No steps at all, not even an empty list.", without(_SEALED, "steps")),
    case(
        "private_hash_null",
        "AR-STEP-001",
        "A private_hash of null would neither hide nor cover.",
        with_step(_SEALED, 1, private_hash=None),
    ),
    case(
        "semantic_error",
        "AR-RUN-008",
        "A run that ends before it starts, rightly sealed.",
        sealed(base(ended_at="2026-11-20T13:59:59Z")),
    ),
    case(
        "semantic_warning",
        "AR-RUN-020",
        "A warning is no failure: an unregistered word for an error.",
        sealed(base(error_type="gremlins")),
    ),
    case(
        "semantic_error_0_1",
        "AR-VER-001",
        "A run without spec_version that ends before it starts: 0.1 had no such rule, so it is a warning.",
        with_run_hash({**_LEGACY, "ended_at": "2026-11-20T13:59:59Z"}),
        level="recorded",
    ),
    case(
        "approval_event_unlisted",
        "AR-APPR-001",
        "An event that approvals don't have.",
        base(approvals=[{"approval_id": "ap-1", "event": "waved_through", "at": "2026-11-20T14:02:00Z"}]),
        level="recorded",
    ),
    case(
        "decision_without_verdict",
        "AR-APPR-002",
        "A policy decision that doesn't say what was decided.",
        base(policy_decisions=[{"id": "d-1", "boundary": "tool_call", "at": "2026-11-20T14:02:00Z"}]),
        level="recorded",
    ),
    case(
        "cost_of_step_negative",
        "AR-COST-001",
        "A step that gives tokens back.",
        with_step(base(), 0, cost={"input_tokens": -1, "output_tokens": 60}),
        level="recorded",
    ),
    case(
        "eval_score_beyond_100",
        "AR-EVAL-001",
        "A score above the highest.",
        base(eval={"pass": True, "score": 101}),
        level="recorded",
    ),
    case(
        "nothing_else_judged",
        "AR-VERD-004",
        "No form of a record, a fingerprint of another configuration and a seal that is wrong: only the first is said.",
        {**with_provenance(_SEALED, run_hash="0" * 64), "status": "done"},
    ),
    case(
        "first_of_two_failures",
        "AR-VERD-005",
        "It ends before it starts, and the fingerprint is wrong: the first in the order of the checks is named.",
        with_provenance(base(ended_at="2026-11-20T13:59:59Z"), run_hash="0" * 64),
        level="recorded",
    ),
    case(
        "first_error_as_it_stands",
        "AR-VERD-005",
        "Two members are wrong: the first one as the record is written is named.",
        json.dumps({"status": "done", **without(base(agent_id=7), "status")}),
        level="recorded",
    ),
    case(
        "first_error_missing_member",
        "AR-VERD-005",
        "A member is wrong and another one missing: what is missing comes first.",
        json.dumps({"status": "done", **without(base(), "status", "cost")}),
        level="recorded",
    ),
    case(
        "first_error_by_rule",
        "AR-VERD-005",
        "The run breaks a later rule than its second step: the order of the rules decides.",
        base(salt=salt("run"), steps=[model_call(), read_file(id="s-0")]),
        level="recorded",
    ),
    case(
        "first_error_of_times",
        "AR-VERD-005",
        "Two times are impossible: the first one as the record is written is named.",
        json.dumps({**without(base(steps=[model_call(started_at=_NO_DAY)]), "started_at"), "started_at": _NO_DAY}),
        level="recorded",
    ),
    case(
        "first_error_of_references",
        "AR-VERD-005",
        "A side effect of the first step names an artifact that isn't there, and the second step a step.",
        base(
            steps=[
                model_call(side_effects=[{"kind": "write", "basis": "observed", "artifact_id": "a-9"}]),
                read_file(parent_step_id="s-9"),
            ]
        ),
        level="recorded",
    ),
    case(
        "first_error_of_private_members",
        "AR-VERD-005",
        "A side effect of the first step has a salt alone, and so has the second step.",
        base(
            steps=[
                model_call(side_effects=[{"kind": "write", "basis": "observed", "salt": salt("effect")}]),
                read_file(salt=salt("step")),
            ]
        ),
        level="recorded",
    ),
]
