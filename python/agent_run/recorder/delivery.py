"""Sending the record of a run when it has ended. What isn't sent now stays on the disk, and says that it waits."""

import json
from pathlib import Path
from typing import Any, Iterator, Mapping, Optional, Union, cast

from ..client import SendError, Server
from ..journal import check, read_journal
from ..read import read
from ..sending import send_to
from ..types import JournalAck, RunReceipt
from .faults import Faults
from .journal_file import write_whole

_UNSENT, _REFUSED = ".unsent", ".refused"


def deliver(
    server: Server, record: Mapping[str, object], path: Optional[Path], journal: Optional[Path], faults: Faults
) -> None:
    """Sends a record. While it waits, an empty file ``<record>.unsent`` stands beside it; what the server will never take
    has ``<record>.refused`` instead, which says why."""
    with faults.guard("recorder.transport_failed", "the record cannot be sent"):
        if path is None:
            text = json.dumps(record, ensure_ascii=False)
            _sent(server, text.encode("utf-8"), None, "it is in memory only", faults)
            return
        path.with_name(path.name + _UNSENT).touch(mode=0o600)
        later = f'"python -m agent_run send {path.parent}" sends it later'
        refusal = _sent(server, path.read_bytes(), journal, later, faults)
        if refusal is None or refusal.is_refusal:
            settle(path, refusal)


def settle(path: Path, refusal: Optional[SendError]) -> None:
    """Notes what became of a record that was to be sent: it is stored, or the server will never take it."""
    mark = path.with_name(path.name + _REFUSED)
    for each in (path.with_name(path.name + _UNSENT), mark):
        each.unlink(missing_ok=True)
    if refusal is not None:
        write_whole(mark, f"{refusal}\n")


def send_run(server: Server, record: bytes, journal: Optional[Path]) -> Union[RunReceipt, JournalAck]:
    """Sends a record; where the server has the run already by the first lines of its journal, the rest of them.

    :raises SendError: if it takes neither
    """
    try:
        return send_to(server, record)
    except SendError as error:
        if error.code != "run.exists" or journal is None or not journal.is_file():
            raise
        try:
            lines = journal.read_bytes()
            # It may be that of another run with the same id, which the server has.
            if check(read_journal(lines), cast("Any", read(record))).ok:
                return send_to(server, lines)
        except (SendError, ValueError, OSError):
            pass
        raise error from None


def _sent(server: Server, data: bytes, journal: Optional[Path], later: str, faults: Faults) -> Optional[SendError]:
    try:
        send_run(server, data, journal)
    except SendError as error:
        do = "sending it again is no use" if error.is_refusal else later
        faults.report("recorder.transport_failed", f"the server does not have the record: {error}; {do}", error)
        return error
    return None


def waiting_in(folder: Path) -> Iterator[Path]:
    """The records of a folder that wait to be sent, in the order of their names."""
    for mark in sorted(folder.glob(f"*{_UNSENT}")):
        name = mark.name[: -len(_UNSENT)]
        if name and mark.with_name(name).is_file():
            yield mark.with_name(name)
