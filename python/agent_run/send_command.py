"""What ``python -m agent_run send`` does."""

from __future__ import annotations

import argparse
import json
import os
from pathlib import Path
from typing import Any, Iterator, Sequence, cast

from .client import SendError, Server
from .errors import CannotDo
from .recorder.delivery import send_run, settle, waiting_in
from .schema import shown

EXIT = """exit code
  0  all of them are stored
  1  the server refused some
  2  the job could not be done: no server, no answer, no right to, or a file that cannot be read

A folder stands for the records in it that a recorder could not send. The same again changes nothing."""


def add_options(parser: argparse.ArgumentParser) -> None:
    """Adds the options. A key is never an argument: those can be read by everybody on the machine."""
    parser.add_argument("--server", metavar="URL", help="the server (else AGENT_RUN_SERVER_URL)")
    key = "file whose first line is the key for it (else AGENT_RUN_KEY)"
    parser.add_argument("--server-key", metavar="FILE", help=key)


def send_all(options: argparse.Namespace) -> bool:
    """
    Sends what the options name; whether all of it is stored.
    :raises CannotDo: if the job cannot be done
    """
    server, is_right = _server(options), True
    for path in _paths(options.files):
        answer: dict[str, Any]
        try:
            # A run that the server knows by its first lines is completed by its journal.
            journal = None if path.suffix == ".journal" else path.with_suffix(".journal")
            answer = {"receipt": send_run(server, _bytes_of(path), journal)}
            _note(path, None)
        except ValueError as refused:
            raise CannotDo(f"{path}: {refused}") from None
        except SendError as error:
            if not error.is_refusal:
                raise CannotDo(f"{path}: {error}") from None
            _note(path, error)
            is_right = False
            answer = {"problem": {"code": error.code, "title": error.message}}
        if options.json:
            print(json.dumps(cast("Any", {"file": str(path), **answer}), ensure_ascii=True, separators=(",", ":")))
        elif "problem" in answer:
            print(f"{shown(str(path))}: {answer['problem']['title']} [{answer['problem']['code']}]")
        else:
            print(f"{shown(str(path))}: stored")
    return is_right


def _note(path: Path, refusal: SendError | None) -> None:
    try:
        settle(path, refusal)
    except OSError as error:
        answer = "stored" if refusal is None else f"refused ({refusal.code})"
        why = error.strerror or "cannot be written"
        raise CannotDo(f"{path}: {answer}, which cannot be noted beside it: {why}") from None


def _server(options: argparse.Namespace) -> Server:
    url = options.server or os.environ.get("AGENT_RUN_SERVER_URL")
    if not url:
        raise CannotDo("which server? give --server, or set AGENT_RUN_SERVER_URL")
    key = os.environ.get("AGENT_RUN_KEY")
    if options.server_key is not None:
        key = _bytes_of(Path(options.server_key)).decode("utf-8", "replace").partition("\n")[0].strip()
        if key == "":
            raise CannotDo(f"{options.server_key}: found an empty first line, expected the key")
    server = Server(url, key or None)
    try:
        server.check()
    except ValueError as refused:
        raise CannotDo(str(refused)) from None
    return server


def _paths(names: Sequence[str]) -> Iterator[Path]:
    for name in names:
        path = Path(name)
        yield from waiting_in(path) if path.is_dir() else (path,)


def _bytes_of(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise CannotDo(f"{path}: {error.strerror or 'cannot be read'}") from None
