"""The semantic rules: the cases of the conformance suite."""

from typing import Any, Dict

import pytest

from agent_run.schema import is_valid
from agent_run.semantics import RULES, check_semantics, instant
from agent_run.standard import standard
from tests.repository import semantics_cases

CASES = semantics_cases()


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_finds_what_the_suite_says(case: Dict[str, Any]) -> None:
    for record in case["valid"]:
        assert is_valid(record, "agent-run")
        assert check_semantics(record) == []
    for each in case["invalid"]:
        found = sorted((finding["code"], finding["path"]) for finding in check_semantics(each["record"]))
        assert found == sorted((finding["code"], finding["path"]) for finding in each["expect"])


def test_each_rule_is_one_of_the_standard_and_has_cases() -> None:
    codes = standard()["codes"]
    for rule in RULES:
        assert codes[rule.code]["severity"] == rule.severity
    assert {rule.code for rule in RULES} == {case["code"] for case in CASES}


def test_a_record_without_version_only_gets_warnings() -> None:
    old = {"id": "x", "parent_run_id": "x", "status": "completed"}
    assert [(finding["code"], finding["severity"]) for finding in check_semantics(old)] == [
        ("run.self_reference", "warning")
    ]
    assert {finding["severity"] for finding in check_semantics({**old, "spec_version": "1.0"})} == {"error"}


def test_a_chain_of_steps_may_be_long() -> None:
    steps = [{"id": f"s-{at}", "type": "message", "caused_by": [f"s-{at + 1}"]} for at in range(5_000)]
    found = check_semantics({"spec_version": "1.0", "status": "running", "steps": steps})
    assert ("reference.unresolved", "/steps/4999/caused_by/0") in [(each["code"], each["path"]) for each in found]
    steps[-1]["caused_by"] = ["s-0"]
    cycle = check_semantics({"spec_version": "1.0", "status": "running", "steps": steps})
    assert "/steps/4999/caused_by/0" in [each["path"] for each in cycle if each["code"] == "reference.cycle"]


@pytest.mark.parametrize(
    ("text", "exists"),
    [
        ("2026-11-20T10:00:00Z", True),
        ("2024-02-29T00:00:00.123456789+23:59", True),
        ("0000-02-29T00:00:00Z", True),
        ("1900-02-29T00:00:00Z", False),
        ("2026-02-30T00:00:00Z", False),
        ("2026-11-20T24:00:00Z", False),
        ("2026-11-20T23:59:60Z", False),
        ("2026-11-20T10:00:00", False),
        ("2026-11-20T10:00:00Z\n", False),
    ],
)
def test_times_that_exist(text: str, exists: bool) -> None:
    assert (instant(text) is not None) is exists


def test_times_are_exact() -> None:
    same = {instant("2026-11-20T10:00:00.1Z"), instant("2026-11-20T11:00:00.100000000+01:00")}
    assert len(same) == 1
    before, after = instant("1999-12-31T23:59:59.999999999Z"), instant("2000-01-01T00:00:00Z")
    assert before is not None and after is not None and after - before == 1
    first, last = instant("0000-01-01T00:00:00Z"), instant("9999-12-31T23:59:59Z")
    assert first == 0 and last == (3_652_425 * 86_400 - 1) * 10**9
