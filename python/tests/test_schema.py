"""Validation: findings with code, place and words."""

from typing import Any, Dict, List, Tuple

import pytest

from agent_run.schema import Validation, is_valid, plain, schema_names, shown, validate
from tests.test_verify import record


def found(report: Validation) -> List[Tuple[str, str]]:
    return [(finding["code"], finding["path"]) for finding in report.findings]


def test_a_small_record_is_valid() -> None:
    report = validate(record())
    assert report.ok and report.findings == () and report.checked == "value"
    assert validate('{"id": "x"}').checked == "bytes"


FAULTS: List[Tuple[Dict[str, Any], str, str, str]] = [
    ({"status": "done"}, "schema.enum", "/status", '"done" is not one of'),
    ({"status": None}, "schema.type", "/status", "found null, expected one of"),
    ({"id": ""}, "schema.min_length", "/id", "found an empty string, expected at least 1 character"),
    ({"started_at": "today"}, "schema.pattern", "/started_at", "expected a time like"),
    ({"spec_version": "2.0"}, "schema.pattern", "/spec_version", "version 2.0 is newer"),
    ({"duration_ms": -1}, "schema.minimum", "/duration_ms", "found -1, expected at least 0"),
    ({"steps": {}}, "schema.type", "/steps", "found an object, expected an array"),
    ({"provenance": {}}, "schema.required", "/provenance", "required member run_hash is missing"),
    (
        {"cost": {"input_tokens": 1.5, "output_tokens": 1}},
        "schema.type",
        "/cost/input_tokens",
        "a whole number or null",
    ),
    ({"cost": {"input_tokens": True, "output_tokens": 1}}, "schema.type", "/cost/input_tokens", "found a boolean"),
    ({"started_at": "2026-11-20T10:00:00Z\n"}, "schema.pattern", "/started_at", "expected a time"),
]


@pytest.mark.parametrize(("members", "code", "path", "words"), FAULTS)
def test_says_what_is_wrong_and_where(members: Dict[str, Any], code: str, path: str, words: str) -> None:
    report = validate({**record(), **members})
    assert not report.ok
    assert found(report) == [(code, path)]
    assert words in report.findings[0]["message"]
    assert report.findings[0]["requirement"].startswith("AR-")


def test_whole_numbers_have_two_spellings() -> None:
    assert validate({**record(), "cost": {"input_tokens": 3.0, "output_tokens": 1}}).ok


def test_faults_come_in_the_order_of_the_document() -> None:
    first = record(steps=[{"type": 2}], status=1)
    paths = [path for _, path in found(validate({"outcome": 3, **first, "id": ""}))]
    assert paths == ["/outcome", "/id", "/status", *["/steps/0"] * (len(paths) - 4), "/steps/0/type"]
    assert [path for _, path in found(validate("{}"))] == [""] * 7


def test_the_strict_reading_warns_about_unknown_members() -> None:
    report = validate({**record(), "agentVersion": "1"}, strict=True)
    assert report.ok and found(report) == [("schema.unknown_member", "/agentVersion")]
    assert report.findings[0]["suggestion"] == "agent_version"
    assert validate({**record(), "agentVersion": "1"}).findings == ()


def test_the_bytes_are_read_strictly() -> None:
    report = validate(b'{"id": 1, "id": 2}')
    assert found(report) == [("json.duplicate_name", "/id")]
    assert report.value is None and report.findings[0]["requirement"] == "AR-BYTES-004"


def test_semantic_rules_follow_a_right_schema() -> None:
    assert found(validate({**record(), "parent_run_id": "run-1"})) == [("run.self_reference", "/parent_run_id")]
    assert validate({**record(), "parent_run_id": "run-1"}, semantics=False).ok


def test_of_many_findings_errors_are_kept_first() -> None:
    steps = [{"id": "s", "type": "message", "status": "succeeded", "started_at": None, "ended_at": None}] * 5
    report = validate(record(steps=steps, nobody=1), strict=True, limit=2)
    assert not report.ok and len(report.findings) == 2 and report.omitted > 0
    assert all(finding["severity"] == "error" for finding in report.findings)
    assert validate(record(id=1), limit=0) == Validation(False, record(id=1), (), 1, "value")


def test_other_objects_have_schemas_too() -> None:
    assert {"agent-run", "statement", "trust", "verdict", "journal-line"} <= set(schema_names())
    assert validate({"kind": "batch", "about": "x", "at": "2026-11-20T10:00:00Z"}, "statement").ok
    assert not is_valid({"kind": "batch"}, "statement")


def test_misuse_is_refused() -> None:
    with pytest.raises(ValueError, match="no schema"):
        validate({}, "agentrun")
    with pytest.raises(ValueError, match="limit"):
        validate({}, limit=-1)


def test_a_plain_value_is_a_copy_of_what_json_has() -> None:
    given = {"a": (1, 2.0, -0.0), "b": {"c": None}}
    copy = plain(given)
    assert copy == {"a": [1, 2, 0], "b": {"c": None}} and copy["b"] is not given["b"]
    assert [type(each) for each in copy["a"]] == [int, int, int]
    for bad in ("\ud800", {"\ud800": 1}, 2**53, float("inf"), b"x", {1: 1}, {1, 2}):
        assert found(validate([bad]))[0][0] in ("json.lone_surrogate", "json.number_range", "json.value")


def test_what_is_shown_can_move_no_cursor() -> None:
    assert shown("a\x1b[31m\u202eb\nc") == "a\\u001b[31m\\u202eb\\u000ac"
    assert shown("") == "nothing"
    assert shown("\U0001f600" * 200) == "\U0001f600" * 99 + "…"
    assert len(shown("\x00" * 300)) <= 200
