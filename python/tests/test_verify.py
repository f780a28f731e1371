"""Verdicts: the cases of the conformance suite, and what a caller asks for."""

import json
from typing import Any, Dict, List, cast

import pytest

from agent_run import Signer, seal, sign_object
from agent_run.schema import validate
from agent_run.trust import TrustError
from agent_run.verify import CHECKS, verify, verify_bundle
from tests.repository import example, verify_cases

CASES = verify_cases()
_SECRET = "the launch code is 0000"


def verdict_of(case: Dict[str, Any]) -> Dict[str, Any]:
    given = case["input"]
    options = case.get("options", {})
    text = given["record_text"] if "record_text" in given else json.dumps(given["record"])
    beside = {name: given.get(name, []) for name in ("related", "statements", "evals", "proofs")}
    verdict = verify(
        text,
        trust=given.get("trust"),
        journal=given.get("journal_text"),
        level=options.get("level", "sealed"),
        now=options.get("now"),
        **beside,
    )
    return cast(Dict[str, Any], verdict)


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_gives_the_verdict_of_the_suite(case: Dict[str, Any]) -> None:
    verdict, expected = verdict_of(case), case["expect"]
    members = ("ok", "level", "by", "self_asserted", "completeness", "time", "first_failure")
    assert {name: verdict.get(name) for name in members} == {name: expected.get(name) for name in members}
    checks = [{"check": each["check"], "result": each["result"]} for each in verdict["checks"]]
    for each, made in zip(checks, verdict["checks"]):
        if each["result"] in ("fail", "unknown"):
            each.update(code=made["code"], path=made["path"])
    assert checks == expected["checks"]
    edges = [
        {name: edge[name] for name in ("path", "state", "code") if name in edge} for edge in verdict.get("edges", [])
    ]
    assert edges == expected.get("edges", [])
    if verdict["level"] == "sealed":
        assert {each["code"] for each in verdict["missing"]} == set(expected.get("missing", []))


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_a_verdict_keeps_its_own_rules(case: Dict[str, Any]) -> None:
    verdict = verdict_of(case)
    assert validate(verdict, "verdict", strict=True).findings == ()
    assert tuple(check["check"] for check in verdict["checks"]) == CHECKS
    for check in verdict["checks"]:
        assert check["compared"] >= 1 or check["result"] != "pass"
        assert {"expected", "found"} <= set(check) or check["result"] != "fail"
        assert max(len(check.get("expected", "")), len(check.get("found", ""))) <= 200


def record(**members: Any) -> Dict[str, Any]:
    """A small finished run."""
    return {
        "spec_version": "1.0",
        "id": "run-1",
        "agent_id": "agent",
        "status": "completed",
        "started_at": "2026-11-20T10:00:00Z",
        "ended_at": "2026-11-20T10:01:00Z",
        "steps": [],
        "cost": {"input_tokens": None, "output_tokens": None},
        "provenance": {"run_hash": "-"},
        **members,
    }


SIGNER = Signer.from_seed(bytes(32))
TRUST: Dict[str, Any] = {
    "agent_run_trust": "1.0",
    "keys": [{"key": SIGNER.did, "identity": "ci@example.org", "roles": ["recorder"]}],
}
SEALED: Dict[str, Any] = seal(record(), SIGNER, "2026-11-20T10:01:01Z")


def results(verdict: Any) -> Dict[str, str]:
    return {check["check"]: check["result"] for check in verdict["checks"]}


def test_seals_and_verifies() -> None:
    verdict = verify(SEALED, trust=TRUST)
    assert verdict["ok"] and verdict["level"] == "accountable" and verdict["by"] == "ci@example.org"
    assert results(verdict)["signature"] == "pass"


def test_a_seal_by_a_stranger_is_self_asserted() -> None:
    verdict = verify(SEALED)
    assert verdict["ok"] and verdict["self_asserted"] and "by" not in verdict


def test_a_caller_can_say_who_has_to_answer() -> None:
    assert verify(SEALED, trust=TRUST, signed_by="trusted")["ok"]
    assert verify(SEALED, trust=TRUST, signed_by=["ci@example.org"])["ok"]
    for refused in (verify(SEALED, signed_by="trusted"), verify(SEALED, trust=TRUST, signed_by=["other@example.org"])):
        assert not refused["ok"]
        assert refused["missing"][0]["code"] == "level.signer"


def test_a_changed_record_says_what_was_expected_and_found() -> None:
    verdict = verify({**SEALED, "outcome": "success"})
    assert not verdict["ok"] and verdict["first_failure"] == "record"
    check = next(check for check in verdict["checks"] if check["check"] == "record")
    assert check["code"] == "record.mismatch" and check["found"] != check["expected"]
    assert check["found"].startswith("sha256:")


def test_nothing_private_is_quoted() -> None:
    private = record(
        output_preview=_SECRET, metadata={"note": _SECRET}, salt="0" * 64, private_hash="sha256:" + "0" * 64
    )
    assert _SECRET not in json.dumps(verify(private))
    assert _SECRET not in json.dumps(verify({**private, "output_preview": [_SECRET], "intent": _SECRET}))


@pytest.mark.parametrize(
    "data", [b"", b"\xff", "{", "[]", "null", "[" * 200, '{"id":1}', None, 3, [], {"steps": []}, {"x": float("nan")}]
)
def test_bad_content_is_a_verdict(data: Any) -> None:
    verdict = verify(data)
    assert not verdict["ok"] and verdict["level"] == "none" and verdict["first_failure"] == "schema"
    assert [each for each in results(verdict).values()] == ["fail"] + ["skipped"] * 11


def test_values_that_are_no_json_are_refused() -> None:
    circle: List[Any] = []
    circle.append(circle)
    deep: Any = None
    for _ in range(2000):
        deep = [deep]
    for value, code in ((circle, "json.value"), (deep, "json.depth"), ({1: 2}, "json.value"), (object(), "json.value")):
        check = verify({**record(), "metadata": value})["checks"][0]
        assert (check["code"], check["result"]) == (code, "fail")


def test_misuse_is_refused() -> None:
    with pytest.raises(ValueError, match="level is none of"):
        verify(SEALED, level="perfect")
    with pytest.raises(ValueError, match="now is no time"):
        verify(SEALED, now="2026-02-30T00:00:00Z")
    with pytest.raises(ValueError, match="signed_by"):
        verify(SEALED, signed_by="somebody")
    with pytest.raises(TrustError, match="trust.key"):
        verify(SEALED, trust={**TRUST, "keys": [{**TRUST["keys"][0], "key": "did:key:z6Mk" + "1" * 44}]})


def test_a_bundle_gives_each_record_what_stands_beside_it() -> None:
    evaluation = {"pass": True, "score": 90, "run_id": "run-1", "record_hash": SEALED["provenance"]["record_hash"]}
    evaluator = Signer.from_seed(bytes([1] * 32))
    entry = {"key": evaluator.did, "identity": "judge@example.org", "roles": ["evaluator"]}
    signed = sign_object("eval", evaluation, evaluator)
    lines = [SEALED, signed, {"nobody": "knows"}, {**SEALED, "id": "run-2"}]
    text = "\n".join(json.dumps(line) for line in lines) + "\n\n"
    found = verify_bundle(text, trust={**TRUST, "keys": [*TRUST["keys"], entry]})
    assert [verdict["ok"] for verdict in found.verdicts] == [True, False]
    assert results(found.verdicts[0])["evals"] == "pass"
    assert [(fault.line, fault.code) for fault in found.faults] == [(3, "bundle.line")]


def test_the_examples_are_accountable() -> None:
    trust, journal = example("proof/trust.json"), example("proof/journal.jsonl")
    verdict = verify(example("records/sealed.json"), trust=trust, journal=journal, level="accountable")
    assert verdict["ok"] and results(verdict)["journal"] == "pass"
    assert all(each["ok"] for each in verify_bundle(example("proof/bundle.jsonl"), trust=trust).verdicts)
