"""Sending the record of a run when it has ended. What isn't sent now stays on the disk, and says that it waits."""

import json
from pathlib import Path
from typing import Iterator, Mapping, Optional, Union

from ..client import SendError, Server
from ..sending import send_to
from ..types import JournalAck, RunReceipt
from .faults import Faults

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
    path.with_name(path.name + _UNSENT).unlink(missing_ok=True)
    if refusal is not None:
        path.with_name(path.name + _REFUSED).write_text(f"{refusal}\n", "utf-8")


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
            # The chain says whether it is this run: lines of another one are refused.
            return send_to(server, journal.read_bytes())
        except (SendError, ValueError):
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
        record = mark.with_name(mark.name[: -len(_UNSENT)])
        if record.is_file():
            yield record
