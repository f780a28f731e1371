"""Sending what was recorded to a server (spec/http.md)."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any, Iterator, cast
from urllib.parse import quote

from .canonical import canonicalize
from .client import SendError, Server
from .digest_text import digest
from .journal import read_journal
from .read import ReadError, read
from .seal import document_hash

if TYPE_CHECKING:
    from .types import JournalAck, RunReceipt

_MOST_OCTETS = 4 * 1024 * 1024


def send(path: str | os.PathLike[str], url: str | None = None, key: str | None = None) -> RunReceipt | JournalAck:
    """
    Sends a record, or the journal of a run, to a server. What can't be sent now is tried again a few times; sending the same
    twice stores it once, so it may be repeated at any time.

    :param path: a file with a record, or a journal
    :param url: where the server is; ``AGENT_RUN_SERVER_URL`` unless given
    :param key: its key; ``AGENT_RUN_KEY`` unless given, where the url comes from the environment, too
    :returns: what the server has now
    :raises SendError: if the server doesn't take it
    :raises ValueError: if there is no url, or the file holds neither record nor journal
    :raises OSError: if the file cannot be read
    """
    server = Server.from_environment() if url is None else Server(url, key)
    if server is None:
        raise ValueError("url: expected the address of a server, or the variable AGENT_RUN_SERVER_URL")
    server = server._replace(key=key or server.key)
    server.check()
    return send_to(server, Path(path).read_bytes())


def send_to(server: Server, data: bytes) -> RunReceipt | JournalAck:
    """
    Sends the bytes of a record or of a journal.
    :raises SendError: if the server doesn't take it
    :raises ValueError: if they are neither
    """
    try:
        value: Any = read(data)
    except ReadError as fault:
        if fault.code != "json.trailing":
            raise ValueError(f"found no record: {fault.code} at byte {fault.offset}") from None
        value = None
    if isinstance(value, dict) and "seq" not in value:
        return _send_record(server, data, value)
    return _send_journal(server, data)


def _send_record(server: Server, data: bytes, record: dict[str, Any]) -> RunReceipt:
    sent = digest(canonicalize(record))
    status, answer = server.post("/runs", data, "application/json")
    # A server that had it already may hold it with another eval: then only the hashes of the documents are equal.
    is_same = answer.get("etag") == sent or (status == 200 and answer.get("document_hash") == document_hash(record))
    if not is_same:
        raise SendError("client.digest", "the server acknowledged another record than was sent", status)
    return cast("RunReceipt", answer)


def _send_journal(server: Server, data: bytes) -> JournalAck:
    journal = read_journal(data)
    if not journal.lines:
        raise ValueError("found neither a record nor a journal, expected one of them")
    run_id = journal.lines[0].data.get("id")
    if journal.faults or not isinstance(run_id, str):
        code = journal.faults[0].code if journal.faults else "journal.start"
        raise ValueError(f"found a journal with a fault ({code}), expected one that is as it was written")
    ack = send_lines(server, run_id, data[: journal.sound_octets])
    last = journal.lines[-1]
    seq = ack.get("seq")
    # A server that has more of it already names a later head; one that has less does not have it.
    is_stored = isinstance(seq, int) and not isinstance(seq, bool) and seq >= last.seq
    if not is_stored or (seq == last.seq and ack.get("head") != last.digest):
        raise SendError("client.digest", "the server acknowledged another head than that of the journal")
    return ack


def send_lines(server: Server, run_id: str, data: bytes) -> JournalAck:
    """
    Sends whole lines of the journal of a run, at least one. Those that the server has already are no matter.
    :raises SendError: if the server doesn't take them
    """
    answer: Any = None
    for part in _parts(data):
        _, answer = server.post(f"/runs/{quote(run_id, safe='')}/events", part, "application/x-ndjson")
    return cast("JournalAck", answer)


def _parts(data: bytes) -> Iterator[bytes]:
    """Whole lines, at most some megabytes at a time. The chain tells the server which of them are new."""
    start = 0
    while start < len(data):
        end = len(data)
        if end - start > _MOST_OCTETS:
            last = data.rfind(b"\n", start, start + _MOST_OCTETS)
            end = (last if last >= 0 else data.index(b"\n", start)) + 1
        yield data[start:end]
        start = end
