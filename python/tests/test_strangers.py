"""Python values that are no JSON, or only look like it, and arguments that are clumsy."""

import pickle
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timezone
from decimal import Decimal
from enum import Enum
from pathlib import Path
from typing import Any, Dict, Iterator, List
from uuid import UUID

import pytest

from agent_run import (
    CanonicalError,
    ReadError,
    Recorder,
    RecorderError,
    SealError,
    Signer,
    canonicalize,
    current_run,
    erase,
    erase_journal,
    protect,
    read,
    read_journal,
    seal,
    validate,
    verify,
    verify_bundle,
)
from agent_run.recorder import RecorderFault
from tests.recorded import SIGNER, ended, steps_of

RUN: Dict[str, Any] = {
    "spec_version": "1.0",
    "id": "r",
    "agent_id": "a",
    "status": "completed",
    "started_at": "2026-01-01T00:00:00Z",
    "ended_at": "2026-01-01T00:00:01Z",
    "steps": [],
    "cost": {"input_tokens": 1, "output_tokens": 1},
    "provenance": {"run_hash": "x"},
}


class Failing(Mapping[str, object]):
    def __getitem__(self, name: str) -> object:
        raise RuntimeError("a payload")

    def __iter__(self) -> Iterator[str]:
        raise RuntimeError("a payload")

    def __len__(self) -> int:
        return 1


class Twice(Mapping[str, object]):
    def __getitem__(self, name: str) -> object:
        return name

    def __iter__(self) -> Iterator[str]:
        return iter(["a", "a"])

    def __len__(self) -> int:
        return 2


class Colour(Enum):
    RED = 1


circle: List[object] = []
circle.append(circle)
deep: List[object] = []
for _ in range(10_000):
    deep = [deep]

STRANGE = [
    *(True, 1.0, float("nan"), float("inf"), 10**400, Decimal(1), b"x", (1,), {1}, None, "\ud800", {"\ud800": 1}),
    *(Failing(), Twice(), Colour.RED, circle, deep, {1: 2}, {None: 1}, object(), 1j, int, bytearray(b"x")),
]


@pytest.mark.parametrize("value", STRANGE, ids=lambda value: type(value).__name__)
def test_no_value_breaks_what_judges(value: Any) -> None:
    for run in (value, {**RUN, "metadata": value}, {**RUN, "cost": {"input_tokens": value, "output_tokens": 1}}):
        assert "a payload" not in str(validate(run).findings)
        assert verify(run)["level"] in ("none", "recorded")
    for beside in ("related", "statements", "evals", "proofs"):
        given: Dict[str, Any] = {beside: [value]}
        assert verify(RUN, **given)["level"] == "recorded"
    try:
        read(canonicalize(value))
    except CanonicalError as refused:
        assert "a payload" not in str(refused)
    except ValueError as other:
        assert type(other).__name__ == "ReadError"


@pytest.mark.parametrize("value", STRANGE, ids=lambda value: type(value).__name__)
def test_no_value_breaks_a_record(value: Any, tmp_path: Path) -> None:
    given: Dict[str, Any] = {"id": value, "model": value, "tags": value, "provenance": {"parents": value}}
    with Recorder("a", signer=SIGNER, directory=tmp_path, tools=[{"name": "t"}, value], input=value, **given) as run:
        run.tool_call("t", {"x": value}, lambda x: x, side_effects=[value, "write"], tool_call_id=value)
        run.model_call(lambda: value, model=value)
        run.message(value, value)
        run.note("error", error=value)
        run.artifact(value, metadata=value)
        run.evidence(value)
        run.update(metadata=value)
        run.end(outcome=value, output=value)
    record = dict(run.record or {})
    verdict = verify(record, journal=run.journal_path.read_bytes() if run.journal_path else None)
    assert (verdict["ok"], verdict["level"]) == (True, "sealed")
    assert [finding for finding in validate(record).findings if finding["severity"] == "error"] == []
    call = steps_of(record)[0]
    assert (call["tool_name"], "write" in [effect["kind"] for effect in call["side_effects"]]) == ("t", True)
    assert "a payload" not in str(record) + str(run.faults)


def test_a_single_one_is_no_list() -> None:
    for beside in ("related", "statements", "evals", "proofs"):
        for single in (RUN, "{}", b"{}"):
            with pytest.raises(TypeError, match=f"{beside} is a single one"):
                verify(RUN, **{beside: single})  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="related is a single one"):
        verify_bundle(b"", related=b"{}")
    with pytest.raises(TypeError, match="list of JSON Pointers"):
        erase(RUN, "/steps/0")
    with pytest.raises(TypeError, match="list of them"):
        erase_journal(b"", "sha256:" + "0" * 64)


def test_files_are_bytes_or_text(tmp_path: Path) -> None:
    for take in (read, read_journal, verify_bundle):
        with pytest.raises(
            TypeError, match="found a value of type PosixPath|WindowsPath, expected the bytes or the text"
        ):
            take(tmp_path)  # type: ignore[arg-type]
    assert read(bytearray(b"1")) == read(memoryview(b"1")) == 1


def test_what_was_sealed_is_nobody_elses() -> None:
    notes = {"a": [1]}
    run = protect({**RUN, "metadata": notes, "provenance": {"run_hash": "x", "nonce": "0" * 32}})
    sealed = seal(run, Signer.generate(), "2026-01-01T00:00:02Z")
    notes["a"].append(2)
    assert verify(sealed)["level"] == "sealed"


def test_the_place_of_a_fault_is_said() -> None:
    finding = validate('{\n "é🙂": x}').findings[0]
    assert (finding["code"], finding["path"]) == ("json.syntax", "/é🙂")
    assert finding["position"] == {"offset": 10, "line": 2, "column": 9}
    cut = validate(b"{\n\xc3\xa9\xff").findings[0]
    assert cut["position"] == {"offset": 3, "line": 2, "column": 2}


def test_settings_that_do_not_exist_are_refused() -> None:
    for settings in ({"fsync": "sometimes"}, *({"approval_expires_in": each} for each in (0, -1, 1e300, float("nan")))):
        with pytest.raises(ValueError, match="fsync|approval_expires_in"):
            Recorder("a", directory=None, **settings)  # type: ignore[arg-type]


def test_a_step_of_an_unknown_type_is_recorded_as_another(tmp_path: Path) -> None:
    with Recorder("a", signer=SIGNER, directory=tmp_path) as run:
        run.note("thinking", output="x")
    assert [(step["type"], step["output_preview"]) for step in steps_of(ended(run))] == [("other", "x")]
    assert [fault.code for fault in run.faults] == ["recorder.member_refused"]


def test_a_clock_that_is_none(tmp_path: Path) -> None:
    for number, clock in enumerate((lambda: float("nan"), lambda: float("inf"), lambda: 1e18, lambda: -5.0)):
        with Recorder("a", id=f"r{number}", signer=SIGNER, directory=tmp_path, clock=clock) as run:
            run.message("user", "x")
        ended(run)


def test_many_beginnings_of_a_key_take_no_time() -> None:
    from agent_run.recorder.redact import redact

    text = "-----BEGIN PRIVATE KEY-----\nMIIE" * 2000
    assert redact(text) == "[redacted:private_key]" * 2000


@dataclass
class Login:
    user: str
    password: str
    again: object = None


class Answer:
    """As the models of pydantic."""

    def __init__(self, broken: bool = False) -> None:
        self.broken = broken

    def model_dump(self) -> Dict[str, Any]:
        return {"id": "r-1", "api_key": 1 / 0 if self.broken else "k-123"}


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (datetime(2026, 1, 2, 3, 4, tzinfo=timezone.utc), "2026-01-02T03:04:00+00:00"),
        (Path("a") / "b", "a/b"),
        (Decimal("1.50"), "1.50"),
        (UUID(int=7), str(UUID(int=7))),
        (ValueError("token=abcdefgh12345678"), "ValueError: token=[redacted:token]"),
        (Login("u", "hunter22"), '{"user":"u","password":"[redacted:password]","again":null}'),
        (Answer(), '{"id":"r-1","api_key":"[redacted:api_key]"}'),
        (Answer(broken=True), "[Answer]"),
        (Login, "[type]"),
    ],
    ids=lambda value: type(value).__name__,
)
def test_familiar_values_are_shown_as_what_they_say(value: object, shown: str) -> None:
    with Recorder("a", directory=None) as run:
        run.tool_call("t", {}, lambda: value)
    assert steps_of(ended(run))[0]["output_preview"].strip('"') == shown


def test_familiar_values_that_never_end() -> None:
    login = Login("u", "p")
    login.again = [login]
    with Recorder("a", directory=None) as run:
        run.tool_call("t", {}, lambda: login)
    assert steps_of(ended(run))[0]["output_preview"].endswith('"again":["…"]}')


def test_a_run_may_be_entered_again() -> None:
    run = Recorder("a", directory=None)
    with run:
        with run:
            pass
        run.message("user", "too late")
    assert current_run() is None and {fault.code for fault in run.faults} == {"recorder.too_late"}


@pytest.mark.parametrize(
    "error",
    [
        ReadError("json.syntax", 3, "/a", "found this, expected that"),
        SealError("seal.already_sealed", "it is", "/a"),
        RecorderError(RecorderFault("recorder.sealed", "it is")),
    ],
    ids=lambda error: type(error).__name__,
)
def test_errors_survive_a_worker_process(error: Exception) -> None:
    copy = pickle.loads(pickle.dumps(error))
    assert (str(copy), vars(copy)) == (str(error), vars(error))
