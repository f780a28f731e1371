"""Requests come in on standard input, answers go out on standard output, one JSON object a line."""

from __future__ import annotations

import json
import sys
from typing import Any, BinaryIO

from ..read import MAX_DEPTH, read
from ..version import VERSION
from .given import Input
from .operations import OPERATIONS


def serve(requests: BinaryIO, answers: BinaryIO) -> None:
    """Answers until the requests end."""
    for line in requests:
        # What stands in an input may be nested as deep as a record.
        asked: Any = read(line, MAX_DEPTH + 8)
        text = json.dumps(_answer(asked), separators=(",", ":"))
        answers.write(text.encode("ascii") + b"\n")
        answers.flush()


def _answer(asked: dict[str, Any]) -> dict[str, Any]:
    answer = {"id": asked["id"]}
    if asked["op"] == "describe":
        return {**answer, "result": _describe()}
    operation = OPERATIONS.get(asked["op"])
    if operation is None:
        return {**answer, "unsupported": True}
    try:
        return {**answer, "result": operation(Input(asked["input"]))}
    except Exception as broken:  # Whatever the code under test raises is its answer.
        print(f"{asked['op']}: {type(broken).__name__}: {broken}", file=sys.stderr)
        return {**answer, "error": f"{type(broken).__name__}: {broken}"}


def _describe() -> dict[str, Any]:
    described = {"harness": 1, "name": "agent_run (Python)", "version": VERSION, "level": "accountable"}
    return {**described, "ops": sorted(OPERATIONS)}
