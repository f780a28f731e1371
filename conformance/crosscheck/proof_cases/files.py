"""The files of the vectors: path below conformance/vectors, and text."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from agent_run.seal import Json
from agent_run.verdict import Given, verify

from . import journal, seal, sign, tree, trust
from .case import Case
from .verify import CLASSES

LISTS = ("related", "statements", "evals", "proofs")


def answer(given: Json, options: Json) -> Json:
    """The verdict vector of an input."""
    text = given["record_text"] if "record_text" in given else json.dumps(given["record"])
    journal = given.get("journal_text")
    return verify(
        text.encode("utf-8"),
        Given(
            now=options["now"],
            level=options["level"],
            trust=given.get("trust"),
            journal=None if journal is None else journal.encode("utf-8"),
            **{name: given.get(name, ()) for name in LISTS},
        ),
    )


def _verify_case(kind: str, case: Case) -> Json:
    record = {"record_text" if isinstance(case.record, str) else "record": case.record}
    given, options = {**record, **case.beside}, {"level": case.level, "now": case.now}
    return {
        "name": case.name,
        "requirement": case.requirement,
        "class": kind,
        "description": case.description,
        "input": given,
        "options": options,
        "expect": answer(given, options),
    }


def _text(value: Any) -> str:
    return json.dumps(value, indent=2, ensure_ascii=True) + "\n"


def files() -> Iterator[tuple[str, str]]:
    """Every file to write."""
    modules = {"sign": sign, "tree": tree, "seal": seal, "journal": journal, "trust": trust}
    for folder, module in modules.items():
        each = {}
        for name, rows in module.rows().items():
            each[f"{name}.json"] = len(rows)
            yield f"{folder}/{name}.json", _text(rows)
        yield f"{folder}/manifest.json", _text({"files": each, "total": sum(each.values())})
    classes = {}
    for kind, cases in CLASSES.items():
        names = [case.name for case in cases]
        if len(set(names)) != len(names):
            raise SystemExit(f"two cases of {kind} have one name")
        classes[kind] = len(names)
        for case in cases:
            yield f"verify/{kind}/{case.name}.json", _text(_verify_case(kind, case))
    yield "verify/manifest.json", _text({"classes": classes, "total": sum(classes.values())})
