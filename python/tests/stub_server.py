"""A server for tests that answers as it is told."""

import json
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Dict, List, NamedTuple, Tuple

from agent_run import canonicalize, document_hash, read, read_journal
from agent_run.digest_text import digest

Answer = Tuple[int, Dict[str, str], Any]


class Asked(NamedTuple):
    path: str
    headers: Dict[str, str]
    body: bytes


class Stub(ThreadingHTTPServer):
    """Answers as it is told, and then as a server does."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.answers: List[Answer] = []
        self.asked: List[Asked] = []
        self.url = f"http://127.0.0.1:{self.server_address[1]}"

    def answer(self, asked: Asked) -> Answer:
        self.asked.append(asked)
        if self.answers:
            return self.answers.pop(0)
        if asked.path.endswith("/events"):
            last = read_journal(asked.body).lines[-1]
            return 200, {}, {"run_id": "r", "seq": last.seq, "head": last.digest, "status": "running"}
        record: Any = read(asked.body)
        return 201, {}, {"etag": digest(canonicalize(record)), "document_hash": document_hash(record)}


class _Handler(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        assert isinstance(self.server, Stub)
        body = self.rfile.read(int(self.headers["Content-Length"]))
        headers = {name.lower(): value for name, value in self.headers.items()}
        status, more, value = self.server.answer(Asked(self.path, headers, body))
        if status == 0:
            self.close_connection = True
            return
        data = value if isinstance(value, bytes) else json.dumps(value).encode()
        self.send_response(status)
        for name, text in {"Content-Length": str(len(data)), **more}.items():
            self.send_header(name, text)
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_: Any) -> None:
        pass
