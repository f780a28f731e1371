"""Journals: what they give, what is wrong with them, and writing them."""

import json
from typing import Any, Dict, List

import pytest

from agent_run import Signer, protect, seal
from agent_run.journal import JournalWriter, check, erase_journal, fold, read_journal
from agent_run.public_form import public_form
from agent_run.verify import verify
from tests.repository import names, vectors
from tests.test_verify import SIGNER, TRUST, record, results

CHECKS = vectors("journal/check")
FOLDS = vectors("journal/fold")
_AT = "2026-11-20T10:00:30Z"


@pytest.mark.parametrize("vector", CHECKS, ids=names(CHECKS))
def test_checks(vector: Dict[str, Any]) -> None:
    for data in (vector["journal_text"], vector["journal_text"].encode("utf-8", "surrogatepass")):
        checked = check(data)
        made: Dict[str, Any] = {"result": "pass" if checked.ok else "fail", "torn": checked.torn}
        if checked.fault is not None:
            made.update(code=checked.fault.code, path=checked.fault.path)
        if checked.checkpoint is not None:
            made["checkpoint"] = checked.checkpoint
        assert made == vector["expect"]


@pytest.mark.parametrize("vector", FOLDS, ids=names(FOLDS))
def test_folds(vector: Dict[str, Any]) -> None:
    assert fold(vector["journal_text"], vector["live"]) == vector["expect"]


def step(name: str, **members: Any) -> Dict[str, Any]:
    times = {"started_at": "2026-11-20T10:00:10Z", "ended_at": "2026-11-20T10:00:20Z"}
    return {"id": name, "type": "message", "role": "assistant", "status": "succeeded", **times, **members}


def run() -> Dict[str, Any]:
    steps = [step("s-1", output_preview="hello"), step("s-2", output_preview="good bye")]
    provenance = {"run_hash": "-", "nonce": "0" * 32}
    return protect(record(steps=steps, output_preview="done", provenance=provenance))


def started(of: Dict[str, Any]) -> Dict[str, Any]:
    later = ("steps", "status", "ended_at", "cost", "output_preview", "salt", "private_hash")
    begun = {name: member for name, member in of.items() if name not in later}
    return {**begun, "provenance": {**of["provenance"], "signed_by": SIGNER.did}}


def written(of: Dict[str, Any], writer: JournalWriter) -> List[str]:
    """The lines of a run up to its seal."""
    lines = writer.append("run.started", _AT, started(of))
    for each in of["steps"]:
        lines += writer.append("step.ended", _AT, each)
    members = ("status", "ended_at", "cost", "output_preview", "salt", "private_hash")
    lines += writer.append("run.updated", _AT, {name: of[name] for name in members})
    return lines + writer.sign_head(_AT)


def text_of(lines: List[str]) -> str:
    return "".join(line + "\n" for line in lines)


def test_what_is_written_folds_to_the_record_and_verifies() -> None:
    whole, writer = run(), JournalWriter(SIGNER)
    lines = written(whole, writer)
    sealed = seal(whole, SIGNER, "2026-11-20T10:01:01Z", writer.head)
    lines += writer.seal("2026-11-20T10:01:01Z", sealed)
    journal = text_of(lines)
    assert check(journal).ok and check(journal, sealed).ok and check(journal).checkpoint == 3
    assert fold(journal) == sealed
    assert (writer.seq, writer.steps[0]) == (6, 2)
    verdict = verify(sealed, journal=journal, trust=TRUST)
    assert verdict["ok"] and results(verdict)["journal"] == "pass"
    assert sum(1 for line in lines if line.startswith('{"private":')) == 3
    assert not any("hello" in line for line in lines if not line.startswith('{"private":'))


def test_a_cut_journal_is_checkpointed_and_goes_on() -> None:
    whole, writer = run(), JournalWriter(SIGNER)
    lines = written(whole, writer)[:-1]
    cut = text_of(lines) + '{"seq": 9'
    journal = read_journal(cut)
    assert journal.torn == 9 and journal.sound_lines == 4
    again = JournalWriter(SIGNER, journal)
    text = cut[: journal.sound_octets] + text_of(again.resume(_AT) + again.append("step.ended", _AT, step("s-3")))
    assert check(text).ok
    folded = fold(text)
    assert folded is not None and [each["id"] for each in folded["steps"]] == ["s-1", "s-2", "s-3"]
    assert folded["status"] == "interrupted"
    assert json.loads(text.splitlines()[-2])["data"]["discarded"] == {"octets": 9}


def test_a_changed_private_line_is_found_and_not_folded_in() -> None:
    journal = text_of(written(run(), JournalWriter(SIGNER))).replace("hello", "hullo")
    checked = check(journal)
    assert checked.fault is not None and (checked.fault.code, checked.fault.path) == ("journal.private", "/2")
    folded = fold(journal)
    assert folded is not None and "hullo" not in json.dumps(folded)


def test_private_lines_can_be_erased() -> None:
    whole: Dict[str, Any] = run()
    journal = text_of(written(whole, JournalWriter(SIGNER))).encode()
    erased = erase_journal(journal, [whole["steps"][0]["private_hash"]])
    assert b"hello" not in erased.data and b"good bye" in erased.data
    assert erased.private_hashes == [whole["steps"][0]["private_hash"]]
    assert check(erased.data).ok and check(erased.data).checkpoint == check(journal).checkpoint
    assert public_form("run", fold(erased.data) or {}) == public_form("run", fold(journal) or {})
    with pytest.raises(ValueError, match="without faults"):
        erase_journal(b"{}\n", [])


def test_erasing_reaches_what_a_step_was_when_it_started() -> None:
    writer, whole = JournalWriter(SIGNER), run()
    lines = writer.append("run.started", _AT, started(whole))
    first: Dict[str, Any] = protect(
        record(steps=[step("s-1", input_preview="first words", status="running", ended_at=None)])
    )
    lines += writer.append("step.started", _AT, first["steps"][0])
    lines += writer.append("step.ended", _AT, whole["steps"][0])
    erased = erase_journal(text_of(lines).encode(), [whole["steps"][0]["private_hash"]])
    assert b"first words" not in erased.data and len(erased.private_hashes) == 2


BAD_LINES: List[Any] = [
    ("step.ended", {"id": "s-1"}, "no step"),
    ("step.ended", {**step("s-1"), "metadata": {1: 2}}, "names that are strings"),
    ("step.ended", {**step("s-1"), "metadata": {"a": "\ud800"}}, "surrogate"),
    ("step.ended", {**step("s-1"), "private_hash": "sha256:" + "0" * 64, "salt": "0" * 64}, "not the hash"),
    ("run.updated", {"id": "other"}, "may not change"),
    ("run.updated", {"status": None}, "cannot be without"),
    ("run.updated", {"status": "done"}, "cannot have"),
    ("run.started", {}, "started already"),
    ("head", {}, "method of its own"),
]


@pytest.mark.parametrize(("type_", "data", "words"), BAD_LINES)
def test_what_cannot_be_a_line_is_refused_and_not_written(type_: str, data: Any, words: str) -> None:
    writer = JournalWriter(SIGNER)
    writer.append("run.started", _AT, started(run()))
    before = (writer.seq, writer.head, writer.steps)
    with pytest.raises(ValueError, match=words):
        writer.append(type_, _AT, data)
    assert (writer.seq, writer.head, writer.steps) == before


def test_a_journal_begins_and_ends_once() -> None:
    with pytest.raises(ValueError, match="begins with run.started"):
        JournalWriter().append("step.ended", _AT, step("s-1"))
    with pytest.raises(ValueError, match="/spec_version"):
        JournalWriter().append("run.started", _AT, {"id": "x"})
    with pytest.raises(ValueError, match="no sound beginning"):
        JournalWriter(journal=read_journal(""))
    other = JournalWriter(Signer.from_seed(bytes([2] * 32)))
    other.append("run.started", _AT, started(run()))
    with pytest.raises(ValueError, match="key that run.started names"):
        other.sign_head(_AT)
    whole, writer = run(), JournalWriter(SIGNER)
    lines = written(whole, writer)
    lines += writer.seal(_AT, seal(whole, SIGNER, _AT, writer.head))
    with pytest.raises(ValueError, match="sealed"):
        writer.append("step.ended", _AT, step("s-3"))
    with pytest.raises(ValueError, match="sealed"):
        JournalWriter(journal=read_journal(text_of(lines)))
