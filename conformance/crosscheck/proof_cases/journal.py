"""vectors/journal: journals by themselves, and what they fold to."""

from __future__ import annotations

from typing import Optional

from agent_run.journal import fold_of, judge_journal, journal_fault, read_journal
from agent_run.seal import Json, protect

from .journals import Writer, ending, private_step, start, whole, with_steps
from .keys import digest_of, key, salt
from .records import model_call, read_file, without


def _started(step: Json) -> Json:
    return without(step, "status", "ended_at")


def _updated_private() -> Writer:
    """The run gets private members twice, each time with another private_hash."""
    first = protect("run", {"intent": "Read"}, salt("first"))
    second = protect("run", {"intent": "Read", "output_preview": "Done"}, salt("second"))
    writer = start()
    for thing in (first, second):
        line = {"private": thing["private_hash"], **without(thing, "private_hash")}
        writer.append("run.updated", {"private_hash": thing["private_hash"]}, private=line)
    return writer


def _costly(*costs: Optional[Json]) -> Writer:
    writer = start()
    for number, cost in enumerate(costs):
        writer.step(
            model_call(id=f"s-{number}", **({} if cost is None else {"cost": cost}))
            if cost is not None
            else without(model_call(id=f"s-{number}"), "cost")
        )
    return writer


def _fork() -> tuple[Writer, Writer]:
    left, right = (start().step(model_call()) for _ in range(2))
    return left.step(read_file()).head(), right.step(read_file(tool_name="write_file")).head()


_ONE, _OTHER = _fork()
_SEALED, _ = whole()
_OPEN = start().append("step.started", _started(model_call())).append("step.started", _started(read_file()))
_RESUMED = ending(with_steps((0,)))
_RESUMED.append("run.resumed", {"seq": _RESUMED.seq - 1, "head": _RESUMED.prev, "discarded": {"octets": 0}})

_FOLDS = [
    ("only the beginning", start()),
    ("two steps", with_steps(())),
    ("open steps", _OPEN),
    ("an open step that was paused", start().append("step.started", _started(model_call())).append("run.paused", {})),
    (
        "a step that was started twice and ended once",
        start()
        .append("step.started", _started(read_file()))
        .append("step.started", {**_started(read_file()), "tool_name": "list"})
        .step(read_file()),
    ),
    ("ended", ending(with_steps())),
    ("ended and resumed", _RESUMED),
    ("sealed", _SEALED),
    ("null removes a member", start(session_id="s").append("run.updated", {"session_id": None, "model": None})),
    ("null is a value of ended_at", start().append("run.updated", {"status": "interrupted", "ended_at": None})),
    (
        "provenance is changed one level down",
        start()
        .append("run.updated", {"provenance": {"runtime": "agent-run", "config_hash": "c"}})
        .append("run.updated", {"provenance": {"config_hash": None}}),
    ),
    (
        "objects are taken whole",
        start()
        .append("run.updated", {"cost": {"input_tokens": 1, "output_tokens": 2, "cost_usd": 3}})
        .append("run.updated", {"cost": {"input_tokens": 5, "output_tokens": None}}),
    ),
    (
        "lists",
        start()
        .append("approval", {"approval_id": "ap-1", "event": "requested", "at": "2026-11-20T14:01:00Z"})
        .append("evidence", {"kind": "test", "result": "pass"})
        .append("artifact", {"id": "a-1"})
        .append("policy_decision", {"id": "pd-1", "at": "2026-11-20T14:01:00Z", "verdict": "allow"}),
    ),
    ("private members of the run", _updated_private()),
    (
        "null takes away what the run kept private",
        _updated_private().append("run.updated", {"private_hash": None}),
    ),
    (
        "lower bound",
        _costly(
            {"input_tokens": 900, "output_tokens": 60, "cost_usd": 0.1},
            {"input_tokens": 1, "output_tokens": None, "cost_usd": 0.2},
        ),
    ),
    (
        "lower bound, added one after the other",
        _costly(*[{"input_tokens": 1, "output_tokens": 1, "cost_usd": 0.1}] * 10),
    ),
    ("lower bound, nothing known", _costly(None, {"input_tokens": None, "output_tokens": None})),
    (
        "lower bound, beyond what a record can hold",
        _costly({"input_tokens": 9007199254740991, "output_tokens": 1}, {"input_tokens": 1, "output_tokens": 1}),
    ),
    ("type that nobody knows", start().append("acme:mood", {"status": "failed"})),
]

_CHECKS = [
    ("sealed", _SEALED.text()),
    ("torn", _SEALED.text('{"seq"')),
    ("torn, and a whole line but for its end", start().text(_SEALED.lines[1])),
    ("two heads", with_steps().text()),
    ("cut after the first head", start().step(model_call()).head().text()),
    ("cut before the first head", start().step(model_call()).text()),
    ("fork, one arm", _ONE.text()),
    ("fork, the other arm", _OTHER.text()),
    ("fork, spliced", "".join(f"{line}\n" for line in [*_ONE.lines[:3], *_OTHER.lines[3:]])),
    ("rollback, written on", start().step(model_call()).head().step(read_file()).text()),
    (
        "private lines deleted",
        "".join(f"{line}\n" for line in _SEALED.lines if not line.startswith('{"output_preview"')),
    ),
    ("private line twice", with_steps(()).raw(with_steps(()).lines[-1]).text()),
    ("private line of nobody", start().private({"private": digest_of("p"), "salt": salt("p")}).text()),
    ("carriage returns", "".join(f"{line}\r\n" for line in start().lines)),
    ("white space before a line", " " + start().text()),
    ("byte order mark", "\ufeff" + start().text()),
    ("nothing", ""),
    ("only a torn line", start().text()[:-1]),
    ("only a private line", Writer().private({"private": digest_of("p"), "salt": salt("p")}).text()),
    ("empty line at the end", start().text() + "\n"),
    (
        "head first",
        Writer()
        .append(
            "head",
            key("recorder").signed(
                "head",
                {
                    "run_id": "run_1",
                    "nonce": "0" * 32,
                    "seq": 0,
                    "head": digest_of("h"),
                    "steps_count": 0,
                    "steps_root": digest_of("r"),
                    "at": "2026-11-20T14:05:00Z",
                },
            ),
        )
        .text(),
    ),
    ("two heads in a row", start().head().head().text()),
    ("step that ends twice", start().step(model_call()).step(model_call()).text()),
    (
        "salt of a private line in upper case",
        start().step(private_step()).text().replace(salt("journal step"), salt("journal step").upper()),
    ),
    (
        "run.sealed that isn't the fold",
        ending(start()).append("run.sealed", {**without(start().fold(), "steps"), "status": "failed"}).text(),
    ),
    ("seq as 1.0", start().step(model_call()).text().replace('"seq":1,', '"seq":1.0,')),
    ("empty patch", start().append("run.updated", {}).text()),
    (
        "seal members at the start",
        start(provenance={**start().started["provenance"], "sealed_at": "2026-11-20T14:05:00Z"}).text(),
    ),
    ("nonce that is a number", start(provenance={**start().started["provenance"], "nonce": 7}).text()),
    ("nonce of null", start(provenance={**start().started["provenance"], "nonce": None}).text()),
    ("nonce of another form", start(provenance={**start().started["provenance"], "nonce": "7"}).text()),
    ("provenance that is a text", start(provenance="7").text()),
    ("spec_version missing", start(spec_version=...).text()),
    ("started_at of null", start(started_at=None).text()),
    ("started_at missing", start(started_at=...).text()),
]


def rows() -> dict[str, list[Json]]:
    """The files."""
    folds = []
    for name, writer in _FOLDS:
        journal = read_journal(writer.text().encode("utf-8"))
        if journal_fault(journal) is not None:
            raise SystemExit(f"journal/fold: {name}: {journal_fault(journal)}")
        for live in (False, True):
            folds.append(
                {
                    "name": f"{name}, {'live' if live else 'closed'}",
                    "requirement": "AR-JRNL-011",
                    "journal_text": writer.text(),
                    "live": live,
                    "expect": fold_of(journal, live),
                }
            )
    checks = []
    for name, text in _CHECKS:
        journal = read_journal(text.encode("utf-8"))
        judged = judge_journal(journal, None)
        found = {part: value for part, value in judged.outcome._asdict().items() if value is not None}
        checkpoint = {} if judged.checkpoint is None else {"checkpoint": judged.checkpoint}
        checks.append(
            {
                "name": name,
                "requirement": "AR-JRNL-014",
                "journal_text": text,
                "expect": {**found, **checkpoint, "torn": journal.torn},
            }
        )
    return {"fold": folds, "check": checks}
