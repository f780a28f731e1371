"""Sending records and journals to a server, here one that does as it is told."""

import asyncio
import json
import os
import pickle
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Dict, Iterator, List

import pytest

from agent_run import Recorder, SendError, Server, canonicalize, read_journal, send
from agent_run.command import main
from agent_run.digest_text import digest
from tests.recorded import SIGNER
from tests.stub_server import Answer, Asked, Stub

KEY = "k-secret-0123456789"


@pytest.fixture
def stub() -> Iterator[Stub]:
    server = Stub()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(autouse=True)
def alone(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("AGENT_RUN_SERVER_URL", "AGENT_RUN_KEY"):
        monkeypatch.delenv(name, raising=False)
    # A proxy that is nowhere: what is on this machine is asked without.
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    monkeypatch.setattr("agent_run.client._FIRST_WAIT", 0.0)


def problem(status: int, code: str, **more: Any) -> Answer:
    return status, {}, {"type": "x", "title": "It is so", "status": status, "code": code, **more}


def recorded(tmp_path: Path, **options: Any) -> Recorder:
    with Recorder("a", directory=tmp_path, signer=SIGNER, **options) as run:
        run.message("user", "Hello ✓")
    return run


def test_a_record_is_sent_as_it_is(tmp_path: Path, stub: Stub) -> None:
    run = recorded(tmp_path)
    assert run.record_path is not None
    receipt = send(run.record_path, stub.url + "/there/", KEY)
    assert receipt.get("etag") == digest(canonicalize(run.record))
    assert stub.asked[0].path == "/there/api/v1/runs"
    assert stub.asked[0].body == run.record_path.read_bytes()
    assert stub.asked[0].headers["authorization"] == f"Bearer {KEY}"
    assert stub.asked[0].headers["content-type"] == "application/json"


def test_what_may_succeed_later_is_tried_again(tmp_path: Path, stub: Stub) -> None:
    run = recorded(tmp_path)
    assert run.record_path is not None
    stub.answers = [(0, {}, b""), problem(503, "server.busy"), (429, {"Retry-After": "0"}, b"slow down")]
    send(run.record_path, stub.url)
    assert len(stub.asked) == 4
    assert len({(each.body, each.headers["idempotency-key"]) for each in stub.asked}) == 1
    assert "authorization" not in stub.asked[0].headers


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (
            problem(422, "record.invalid", errors=[{"code": "x.y", "pointer": "/a", "message": "wrong"}]),
            "record.invalid",
        ),
        (problem(409, "run.exists"), "run.exists"),
        ((400, {}, b"<html>"), "client.status"),
        ((307, {"Location": "http://127.0.0.1:9/"}, b""), "client.redirected"),
        ((200, {}, b"[]"), "client.answer"),
        ((201, {}, {"etag": "sha256:" + "0" * 64}), "client.digest"),
        ((503, {"Retry-After": "86400"}, b""), "client.status"),
        (problem(422, "record." + "x" * 9999), "client.status"),
        (problem(422, "client.unreachable"), "client.status"),
    ],
)
def test_what_will_not_succeed_is_not_tried_again(tmp_path: Path, stub: Stub, answer: Answer, code: str) -> None:
    run = recorded(tmp_path)
    assert run.record_path is not None
    stub.answers = [answer]
    with pytest.raises(SendError) as caught:
        send(run.record_path, stub.url)
    assert (caught.value.code, len(stub.asked)) == (code, 1)
    copy = pickle.loads(pickle.dumps(caught.value))
    assert (str(copy), copy.status) == (str(caught.value), answer[0])


def test_what_a_server_says_does_no_harm(tmp_path: Path, stub: Stub) -> None:
    run = recorded(tmp_path)
    assert run.record_path is not None
    stub.answers = [problem(422, "record.invalid", detail=f"\x1b[31m{KEY}\n" + "x" * 9999)]
    with pytest.raises(SendError) as caught:
        send(run.record_path, stub.url, KEY)
    text = str(caught.value)
    assert KEY not in text and "\x1b" not in text and "\n" not in text and len(text) < 500


def test_a_journal_is_sent_in_parts(tmp_path: Path, stub: Stub, monkeypatch: pytest.MonkeyPatch) -> None:
    run = Recorder("a", directory=tmp_path, id="a/b?c")
    for number in range(5):
        run.message("user", f"message {number}")
    assert run.journal_path is not None
    data = run.journal_path.read_bytes()
    run.end()
    torn = tmp_path / "torn"
    torn.write_bytes(data + b'{"seq":')
    monkeypatch.setattr("agent_run.sending._MOST_OCTETS", 3000)
    ack = send(torn, stub.url)
    assert ack.get("head") == read_journal(data).lines[-1].digest
    assert {each.path for each in stub.asked} == {"/api/v1/runs/a%2Fb%3Fc/events"}
    assert len(stub.asked) > 1 and b"".join(each.body for each in stub.asked) == data


def test_what_is_neither_is_not_sent(tmp_path: Path, stub: Stub) -> None:
    path = tmp_path / "x"
    for data in (b"", b"\xff", b"[]", b"{", b'{"seq":1}\n', b"{}\n{}\n"):
        path.write_bytes(data)
        with pytest.raises(ValueError, match="found"):
            send(path, stub.url)
    for url in ("", "x", "ftp://x", "http://", "http://u:p@x", "http://x?y", "http://x y", "http://x:99999"):
        with pytest.raises(ValueError, match="url"):
            send(path, url)
    for key in ("", "a b", 'a"', "ä", "x" * 513):
        with pytest.raises(ValueError, match="key") as caught:
            Server(stub.url, key).check()
        assert key == "" or key not in str(caught.value)
    with pytest.raises(ValueError, match="AGENT_RUN_SERVER_URL"):
        send(path)
    assert stub.asked == []


def test_a_recorder_sends_what_it_recorded(tmp_path: Path, stub: Stub) -> None:
    run = recorded(tmp_path, server=Server(stub.url, KEY))
    assert len(stub.asked) == 1 and run.faults == []
    assert sorted(path.suffix for path in tmp_path.iterdir()) == [".journal", ".json"]


def test_what_cannot_be_sent_waits(
    tmp_path: Path, stub: Stub, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    stub.answers = [problem(503, "server.busy")] * 2
    run = recorded(tmp_path, server=Server(stub.url, KEY, attempts=2))
    assert [fault.code for fault in run.faults] == ["recorder.transport_failed"]
    assert KEY not in str(run.faults)
    assert len(list(tmp_path.glob("*.unsent"))) == 1
    monkeypatch.setenv("AGENT_RUN_KEY", KEY)
    assert main(["send", "--server", stub.url, str(tmp_path)]) == 0
    assert capsys.readouterr().out == f"{run.record_path}: stored\n"
    assert list(tmp_path.glob("*.unsent")) == []
    assert main(["send", "--server", stub.url, str(tmp_path)]) == 0
    assert len(stub.asked) == 3


def test_what_a_server_will_never_take_does_not_wait(
    tmp_path: Path, stub: Stub, capsys: pytest.CaptureFixture[str]
) -> None:
    stub.answers = [problem(422, "record.invalid")] * 2
    run = recorded(tmp_path, server=Server(stub.url))
    assert [path.suffix for path in sorted(tmp_path.iterdir())] == [".journal", ".json", ".refused"]
    assert "record.invalid" in next(tmp_path.glob("*.refused")).read_text()
    assert main(["send", "--json", "--server", stub.url, str(run.record_path)]) == 1
    assert json.loads(capsys.readouterr().out)["problem"]["code"] == "record.invalid"


def test_what_is_wrong_with_the_key_is_not_wrong_with_the_record(
    tmp_path: Path, stub: Stub, capsys: pytest.CaptureFixture[str]
) -> None:
    stub.answers = [problem(401, "key.refused")] * 2
    recorded(tmp_path, server=Server(stub.url))
    assert [path.suffix for path in sorted(tmp_path.iterdir())] == [".journal", ".json", ".unsent"]
    assert main(["send", "--server", stub.url, str(tmp_path)]) == 2
    assert "key.refused" in capsys.readouterr().err
    assert len(list(tmp_path.glob("*.unsent"))) == 1


def test_an_agent_that_is_async_does_not_wait_for_the_server(tmp_path: Path, stub: Stub) -> None:
    held = threading.Event()
    waiting = stub.answer
    stub.answer = lambda asked: (held.wait(), waiting(asked))[1]  # type: ignore[method-assign]

    async def main() -> None:
        async with Recorder("a", directory=tmp_path, server=Server(stub.url)) as run:
            run.end()
            # The server has not answered, and cannot before this goes on.
            held.set()
        assert run.faults == []

    asyncio.run(main())
    assert len(stub.asked) == 1


@pytest.mark.parametrize(
    "arguments",
    [["x.json"], ["--server", "nowhere", "x.json"], ["--server", "http://127.0.0.1:9", "--server-key", "no", "x.json"]],
)
def test_the_command_says_what_it_lacks(
    arguments: List[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "x.json").write_text("{}")
    assert main(["send", *arguments]) == 2
    assert capsys.readouterr().out == ""


def bodies(stub: Stub, ending: str) -> List[bytes]:
    return [each.body for each in stub.asked if each.path.endswith(ending)]


def test_a_journal_is_sent_while_the_run_goes_on(tmp_path: Path, stub: Stub) -> None:
    seen = threading.Event()
    plain = stub.answer

    def answer(asked: Asked) -> Answer:
        told = plain(asked)
        if b'"step.ended"' in asked.body:
            seen.set()
        return told

    stub.answer = answer  # type: ignore[method-assign]
    with Recorder("a", directory=tmp_path, signer=SIGNER, server=Server(stub.url), live=True) as run:
        run.message("user", "Hello")
        # It waits for the server, and the run goes on.
        seen.wait()
        run.message("assistant", "Hello \u2028")
    assert run.faults == [] and run.journal_path is not None and run.record_path is not None
    assert b"".join(bodies(stub, "/events")) == run.journal_path.read_bytes()
    assert bodies(stub, "/runs") == [run.record_path.read_bytes()]


def test_a_journal_that_cannot_be_sent_is_a_fault_and_no_more(tmp_path: Path, stub: Stub) -> None:
    stub.answers = [problem(404, "path.unknown")]
    told = threading.Event()
    live = Server(stub.url)
    with Recorder("a", directory=tmp_path, server=live, live=True, on_fault=lambda fault: told.set()) as run:
        told.wait()
        run.message("user", "Hello")
    assert [fault.code for fault in run.faults] == ["recorder.live_failed"]
    assert len(bodies(stub, "/events")) == 1 and len(bodies(stub, "/runs")) == 1


def test_a_run_that_the_server_knows_by_its_first_lines(tmp_path: Path, stub: Stub) -> None:
    path = tmp_path / "r-1.journal"
    run = Recorder("a", directory=tmp_path / "before", id="r-1")
    run.message("user", "Hello")
    assert run.journal_path is not None
    path.write_bytes(run.journal_path.read_bytes())
    stub.answers = [problem(409, "run.exists")]
    record = Recorder.reopen(path, server=Server(stub.url)).end()
    assert record["id"] == "r-1"
    assert bodies(stub, "/events") == [path.read_bytes()]
    assert list(tmp_path.glob("*.refused")) == []
    # Live again: the server gets all of it, and skips what it has.
    path.with_name("r-1.json").unlink()
    path.write_bytes(run.journal_path.read_bytes())
    stub.asked = []
    Recorder.reopen(path, server=Server(stub.url), live=True).end()
    assert b"".join(bodies(stub, "/events")) == path.read_bytes()
    run.end()


def test_live_needs_a_server() -> None:
    with pytest.raises(ValueError, match="live"):
        Recorder("a", directory=None, live=True)


def test_a_key_stands_in_no_text() -> None:
    assert KEY not in repr(Server("http://127.0.0.1", KEY)) and KEY not in str(Server("http://127.0.0.1", KEY))


def test_a_code_that_gives_back_the_key(tmp_path: Path, stub: Stub) -> None:
    run = recorded(tmp_path)
    assert run.record_path is not None
    stub.answers = [problem(422, "key.is_secret.here")]
    with pytest.raises(SendError) as caught:
        send(run.record_path, stub.url, "is_secret")
    assert "is_secret" not in str(caught.value)


@pytest.mark.parametrize("ack", [{}, {"seq": 0, "head": "sha256:" + "0" * 64}, {"seq": True}, {"seq": "9"}])
def test_a_journal_that_the_server_does_not_have_is_not_stored(tmp_path: Path, stub: Stub, ack: Dict[str, Any]) -> None:
    run = recorded(tmp_path)
    assert run.journal_path is not None
    stub.answers = [(200, {}, ack)]
    with pytest.raises(SendError) as caught:
        send(run.journal_path, stub.url)
    assert caught.value.code == "client.digest"


def test_a_journal_of_another_run_does_not_stand_for_a_record(
    tmp_path: Path, stub: Stub, capsys: pytest.CaptureFixture[str]
) -> None:
    with Recorder("a", directory=tmp_path, id="r-1"):
        pass
    (tmp_path / "r-1.json").unlink()
    with Recorder("b", directory=tmp_path, id="r-1") as run:
        pass
    assert run.record_path == tmp_path / "r-1.json" and run.journal_path != tmp_path / "r-1.journal"
    stub.answers = [problem(409, "run.exists")]
    assert main(["send", "--server", stub.url, str(run.record_path)]) == 1
    assert "run.exists" in capsys.readouterr().out
    assert bodies(stub, "/events") == []


@pytest.mark.skipif(os.name == "nt", reason="no such modes here")
def test_what_a_server_says_is_readable_by_its_owner_only(tmp_path: Path, stub: Stub) -> None:
    stub.answers = [problem(422, "record.invalid")]
    run = recorded(tmp_path, server=Server(stub.url))
    refused = next(tmp_path.glob("*.refused"))
    assert refused.stat().st_mode & 0o777 == 0o600
    assert main(["send", "--server", stub.url, str(run.record_path)]) == 0
    assert not refused.exists()


def test_a_mark_that_marks_nothing(tmp_path: Path, stub: Stub) -> None:
    (tmp_path / ".unsent").touch()
    assert main(["send", "--server", stub.url, str(tmp_path)]) == 0


def test_a_server_that_answers_drop_by_drop_is_not_waited_for(tmp_path: Path) -> None:
    run = recorded(tmp_path)
    assert run.record_path is not None
    over = threading.Event()

    class Slow(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            self.send_response(201)
            self.send_header("Content-Length", "1000000")
            self.end_headers()
            try:
                while not over.wait(0.02):
                    self.wfile.write(b" ")
            except OSError:
                pass

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Slow)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        with pytest.raises(SendError) as caught:
            Server(f"http://127.0.0.1:{server.server_address[1]}", attempts=1, timeout=0.3).post(
                "/runs", run.record_path.read_bytes(), "application/json"
            )
    finally:
        over.set()
        server.shutdown()
        thread.join()
        server.server_close()
    assert caught.value.code == "client.timeout"
