"""What strangers might hand in: changed records, journals and evidence. None of it raises, and all of it gets an answer."""

import json
import random
from typing import Any, Dict

import pytest

from agent_run.journal import check, fold, read_journal
from agent_run.schema import validate
from agent_run.semantics import check_semantics
from agent_run.trust import TrustError
from agent_run.verify import read_bundle, verify
from tests.mutation import changed, changed_text
from tests.repository import vectors, verify_cases

CASES = [case for case in verify_cases() if "record" in case["input"]]
JOURNALS = [vector["journal_text"] for vector in vectors("journal/check")]


@pytest.mark.parametrize("seed", range(20))
def test_changed_records_get_a_verdict(seed: int) -> None:
    dice = random.Random(seed)
    for case in dice.sample(CASES, 25):
        given = case["input"]
        times = dice.choice((1, 1, 2, 5))
        record = changed(given["record"], dice, times)
        report = validate(record, strict=True)
        if isinstance(record, dict):
            check_semantics(record)
        beside: Dict[str, Any] = {
            name: [changed(each, dice, dice.choice((0, 1))) for each in given.get(name, ())]
            for name in ("related", "statements", "evals", "proofs")
        }
        journal = changed_text(given.get("journal_text") or dice.choice(JOURNALS), dice, dice.choice((0, 1)))
        verdict = verify(record, trust=given.get("trust"), journal=journal, **beside)
        assert validate(verdict, "verdict", strict=True).findings == ()
        assert report.ok or verdict["level"] == "none"
        try:
            verify(record, trust=changed(given.get("trust") or {}, dice, times))
        except TrustError as refused:
            assert "." in refused.code


@pytest.mark.parametrize("seed", range(20))
def test_changed_journals_get_an_answer(seed: int) -> None:
    dice = random.Random(seed)
    for journal in dice.sample(JOURNALS, 20):
        text = changed_text(journal, dice, dice.choice((1, 2, 4)))
        read = read_journal(text)
        checked, folded = check(read), fold(read)
        assert checked.ok is (checked.fault is None)
        assert checked.fault is None or checked.fault.expected != ""
        assert 0 <= read.sound_octets <= len(text.encode("utf-8", "surrogatepass"))
        sound = read_journal(text.encode("utf-8", "surrogatepass")[: read.sound_octets])
        assert [fault.code for fault in sound.faults if fault.code != "journal.private"] in ([], ["journal.start"])
        assert folded is None or json.dumps(folded)
        assert read_bundle(text).statements == []
