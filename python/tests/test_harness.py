"""The harness: requests and answers, and what the test of agreement asks for."""

import io
import json
from typing import Any, Dict, List

from agent_run.harness import serve
from agent_run.journal import check
from agent_run.verify import verify
from tests.test_journal import run
from tests.test_verify import SEALED, SIGNER, TRUST

_SEED = "00" * 32
_AT = "2026-11-20T10:01:01Z"


def answers(*requests: Dict[str, Any]) -> List[Dict[str, Any]]:
    lines = b"".join(json.dumps({"id": at, **each}).encode() + b"\n" for at, each in enumerate(requests))
    out = io.BytesIO()
    serve(io.BytesIO(lines), out)
    return [json.loads(line) for line in out.getvalue().splitlines()]


def result(op: str, **members: Any) -> Any:
    (answer,) = answers({"op": op, "input": members})
    return answer["result"]


def test_describes_itself() -> None:
    described = answers({"op": "describe"})[0]["result"]
    assert described["harness"] == 1 and described["level"] == "accountable"
    assert {"read", "verify", "seal/seal", "tree/consistency", "agreement/journal"} <= set(described["ops"])


def test_answers_each_request_whatever_happens() -> None:
    first, second, third = answers(
        {"op": "nobody/knows", "input": {}},
        {"op": "hash/digest", "input": {}},
        {"op": "read", "input": {"input_text": "{}"}},
    )
    assert first == {"id": 0, "unsupported": True}
    assert second["id"] == 1 and second["error"].startswith("KeyError")
    assert third == {"id": 2, "result": "accept"}


def test_canonicalises_or_refuses() -> None:
    assert result("agreement/canonical", input_text='{"b":1.0,"a":[]}') == {"canonical_hex": b'{"a":[],"b":1}'.hex()}
    assert result("agreement/canonical", input_hex="ff") == {"refused": "json.utf8"}


def test_protects_seals_and_erases() -> None:
    whole: Dict[str, Any] = run()
    plain = {**whole, "steps": [{**step, "private_hash": None} for step in whole["steps"]]}
    for step in plain["steps"]:
        del step["private_hash"], step["salt"]
    protected = result("agreement/protect", run=plain)
    assert all(len(step["salt"]) == 64 for step in protected["steps"])
    sealed = result("agreement/seal", run=protected, seed_hex=_SEED, at=_AT)
    erased = result("agreement/erase", record=sealed, paths=["/steps/1"])
    assert erased["private_hashes"] == [sealed["steps"][1]["private_hash"]]
    assert "hello" in json.dumps(erased["record"]) and "good bye" not in json.dumps(erased["record"])
    assert len(result("agreement/erase", record=sealed)["private_hashes"]) == 3
    for record in (sealed, erased["record"]):
        assert verify(record, trust=TRUST)["ok"]


def test_signs_statements() -> None:
    statement = {"kind": "countersignature", "about": SEALED["provenance"]["record_hash"], "at": _AT}
    signed = result("agreement/sign", kind="statement", object=statement, seed_hex=_SEED)
    assert signed["signed_by"] == SIGNER.did
    assert result("sign/object", kind="statement", object=signed) is True


def test_writes_a_journal_and_its_record() -> None:
    made = result("agreement/journal", run=run(), seed_hex=_SEED, at=_AT, heads_every=1)
    assert check(made["journal_text"], made["record"]).ok
    assert verify(made["record"], journal=made["journal_text"], trust=TRUST)["ok"]
    types = [json.loads(line).get("type") for line in made["journal_text"].splitlines()]
    assert [type_ for type_ in types if type_] == [
        *("run.started", "step.ended", "head", "step.ended", "head"),
        *("run.updated", "head", "run.sealed"),
    ]
