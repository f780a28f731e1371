"""What the tests of the recorder ask of every record."""

from typing import Any, Dict, List, Mapping

from agent_run import Recorder, Signer, read, read_journal, validate
from agent_run.journal import check

SIGNER = Signer.from_seed(b"\x09" * 32)


def steps_of(record: Mapping[str, Any]) -> List[Dict[str, Any]]:
    steps: List[Dict[str, Any]] = record["steps"]
    return steps


def ended(run: Recorder) -> Dict[str, Any]:
    """The record, after it was looked at from all sides."""
    assert run.record is not None
    record: Dict[str, Any] = dict(run.record)
    assert validate(record).findings == ()
    if run.journal_path is not None:
        journal = read_journal(run.journal_path.read_bytes())
        assert check(journal, record).ok
        assert run.record_path is not None
        assert read(run.record_path.read_bytes()) == record
    return record
