"""Cases about journals beside records."""

from __future__ import annotations

import json

from agent_run.hashing import typed_hash
from agent_run.seal import Json, erased

from .case import case
from .journals import Writer, ending, private_step, start, whole, with_steps
from .keys import digest_of, key, salt
from .records import base, model_call, read_file, sealed, with_provenance, with_step, without

_WRITER, _RECORD = whole()
_TEXT = _WRITER.text()
_LINES = _WRITER.lines


def _lines(*lines: str) -> str:
    return "".join(line + "\n" for line in lines)


def _open(
    name: str, description: str, writer: Writer, requirement: str = "AR-JRNL-014", live: bool = False, torn: str = ""
):
    """A journal without a seal, beside the run that its lines give."""
    return case(name, requirement, description, writer.fold(live), journal_text=writer.text(torn), level="recorded")


def _broken(name: str, requirement: str, description: str, journal: str, record: Json = _RECORD):
    return case(name, requirement, description, record, journal_text=journal)


def _bad(name: str, requirement: str, description: str, writer: Writer, record: Json | None = None):
    """A journal without a seal and with a fault, beside the run that it should give."""
    run = without(with_steps(()).fold(), "steps")
    return case(
        name, requirement, description, record or {**run, "steps": []}, journal_text=writer.text(), level="recorded"
    )


def _without_line(number: int) -> str:
    return _lines(*(line for index, line in enumerate(_LINES) if index != number))


def _changed(number: int, old: str, new: str) -> str:
    if _LINES[number].count(old) != 1:
        raise ValueError(f"{old} stands {_LINES[number].count(old)} times")
    return _lines(*(line.replace(old, new) if index == number else line for index, line in enumerate(_LINES)))


def _number(kind: str, last: bool = False) -> int:
    """Number of the first or last line of a type; of private lines for `private`."""
    numbers = [
        n for n, line in enumerate(_LINES) if f'"type":"{kind}"' in line or (kind == "private" and '"private":' in line)
    ]
    return numbers[-1 if last else 0]


_SEALED_LINE, _PRIVATE, _UPDATED = _number("run.sealed"), _number("private"), _number("run.updated")


def _resumed(**changed: object) -> Writer:
    writer = with_steps((0,))
    data = {"seq": writer.seq - 1, "head": writer.prev, "discarded": {"octets": 17}, **changed}
    writer.append("run.resumed", {name: value for name, value in data.items() if value is not ...})
    return writer


def _open_step() -> Writer:
    """A head while a step is open."""
    writer = start().step(model_call())
    writer.append("step.started", without(read_file(), "ended_at", "status"))
    return writer.head()


def _counting_open_step() -> Writer:
    writer = start().step(model_call())
    writer.append("step.started", without(read_file(), "ended_at", "status"))
    return writer.head(steps_count=2)


def _by_other_start() -> Writer:
    writer = start()
    return writer.append("run.started", {**writer.started, "id": "run_2"})


def _after_seal() -> Writer:
    writer, _ = whole()
    return writer.append("evidence", {"kind": "test", "result": "pass"})


_SIGNED_BY_STRANGER = start().step(model_call()).head("stranger")
_WRONG_HEAD = start().step(model_call())
_WRONG_HEAD.append(
    "head",
    {
        **key("recorder").signed(
            "head",
            {
                "run_id": "run_1",
                "nonce": _WRONG_HEAD.started["provenance"]["nonce"],
                "seq": 1,
                "head": _WRONG_HEAD.prev,
                "steps_count": 1,
                "steps_root": digest_of("x"),
                "at": "2026-11-20T14:05:00Z",
            },
        ),
        "at": "2026-11-20T14:06:00Z",
    },
)
_FORGED = {"salt": salt("forged"), "output_preview": "forged"}
_STEP = private_step()
_ERASED_RECORD = {**_RECORD, "steps": [_RECORD["steps"][0], erased("step", _RECORD["steps"][1])]}

_DONE = read_file(side_effects=[{"kind": "read", "basis": "observed", "metadata": {"n": [1, 2]}}])
_EFFECT = ending(start().step(_DONE))


def _bad_private(name: str, metadata: Json):
    """A record whose metadata, private and without a private_hash, differ from those of the journal."""
    writer = ending(start(), metadata={"note": "one"})
    description = "A private member of the run differs: the path ends at it."
    record = {**writer.fold(), "metadata": metadata}
    return case(name, "AR-JRNL-011", description, record, journal_text=writer.text(), level="recorded")


CHAIN = [
    case(
        "sealed", "AR-JRNL-011", "A sealed record beside its journal.", _RECORD, journal_text=_TEXT, level="accountable"
    ),
    case("not_given", "AR-JRNL-013", "Sealed with a journal, which isn't given.", _RECORD),
    case(
        "torn",
        "AR-JRNL-001",
        "Half a line at the end is ignored.",
        _RECORD,
        journal_text=_TEXT + '{"seq":9,"prev":"sha',
    ),
    case(
        "private_erased",
        "AR-JRNL-008",
        "A private line was deleted, the record is erased likewise.",
        _ERASED_RECORD,
        journal_text=_without_line(_PRIVATE),
    ),
    case(
        "private_erased_here_only",
        "AR-JRNL-008",
        "A private line was deleted, the record is whole: they agree in public form.",
        _RECORD,
        journal_text=_without_line(_PRIVATE),
    ),
    _open("open", "No head yet, the run goes on.", start().step(model_call()), live=True),
    _open("open_without_heads", "No head at all, and nobody goes on: interrupted.", start().step(model_call())),
    _open("checkpointed", "Two heads; the second speaks for all but itself.", with_steps(), live=True),
    _open("checkpointed_open_step", "A head while a step is open: it doesn't count.", _open_step(), live=True),
    _open("interrupted_open_step", "The same after a crash: the step is interrupted.", _open_step()),
    _open("cut_after_head", "Cut after the second head.", with_steps()),
    _open("cut_before_head", "Cut before the second head: only the first speaks.", with_steps((0,))),
    _open(
        "cut_in_line", "Cut inside the second head.", with_steps((0,)), torn='{"at":"2026-11-20T14:05:00Z","data":{"at"'
    ),
    _open("rollback", "Rolled back to the first head: a smaller n.", start().step(model_call()).head()),
    _open("paused", "A run that was paused.", with_steps((0,)).append("run.paused", {}), live=True),
    _open("resumed", "A run that was resumed after 17 bytes were cut off.", _resumed(), "AR-JRNL-010"),
    _open(
        "type_unknown",
        "A type that nobody knows is chained and adds nothing.",
        start().append("acme:mood", {"mood": "fine"}).step(model_call()),
    ),
    _open(
        "member_unknown",
        "A member that nobody knows is chained like others.",
        start().append("step.ended", model_call(), mood="fine"),
    ),
    _open("ended", "The run has ended and isn't sealed.", ending(with_steps())),
    _broken("empty", "AR-JRNL-004", "An empty file.", ""),
    _broken(
        "cut_beside_sealed",
        "AR-JRNL-011",
        "The last two steps are cut off; the sealed record says that it goes further.",
        _lines(*_LINES[:4]),
    ),
    _broken(
        "seal_cut",
        "AR-JRNL-012",
        "Only run.sealed is cut off: the rest still gives the record.",
        _without_line(_SEALED_LINE),
    ),
    _broken(
        "seal_and_head_cut",
        "AR-JRNL-012",
        "run.sealed and the head before it are cut off.",
        _lines(*_LINES[: _SEALED_LINE - 1]),
    ),
    _broken("line_not_json", "AR-JRNL-001", "A line that isn't JSON.", _lines(_LINES[0], "{", *_LINES[1:])),
    _broken("line_empty", "AR-JRNL-001", "An empty line.", _lines(_LINES[0], "", *_LINES[1:])),
    _broken(
        "line_duplicate_name",
        "AR-JRNL-001",
        "A line with two data.",
        _changed(1, '"type":"step.ended"', '"data":{},"type":"step.ended"'),
    ),
    _broken(
        "line_shape", "AR-JRNL-001", "A line that is neither chained nor private.", _lines(*_LINES, '{"note":"hello"}')
    ),
    _bad(
        "line_data",
        "AR-JRNL-001",
        "A step.ended without an id.",
        start().append("step.ended", without(model_call(), "id")),
    ),
    _bad(
        "line_not_public",
        "AR-JRNL-001",
        "Private members stand in a chained line.",
        start().append("step.ended", _STEP),
    ),
    _bad(
        "line_patch_unlisted",
        "AR-JRNL-001",
        "run.updated changes what is fixed at the start.",
        start().append("run.updated", {"agent_id": "docs-bot"}),
    ),
    _bad(
        "line_patch_null_status",
        "AR-JRNL-001",
        "run.updated removes the status.",
        start().append("run.updated", {"status": None}),
    ),
    _bad(
        "line_patch_provenance",
        "AR-JRNL-001",
        "run.updated changes the nonce.",
        start().append("run.updated", {"provenance": {"nonce": "00" * 16}}),
    ),
    _bad(
        "line_sealed_with_steps",
        "AR-JRNL-001",
        "run.sealed with steps.",
        ending(start()).append("run.sealed", sealed(base())),
    ),
    _bad("seq_gap", "AR-JRNL-002", "A number is left out.", start().append("step.ended", model_call(), seq=2)),
    _bad("seq_doubled", "AR-JRNL-002", "A number stands twice.", start().append("step.ended", model_call(), seq=0)),
    _broken("line_dropped", "AR-JRNL-002", "A chained line is gone.", _without_line(1)),
    _broken(
        "lines_exchanged",
        "AR-JRNL-002",
        "Two lines have changed places.",
        _lines(_LINES[0], _LINES[2], _LINES[1], *_LINES[3:]),
    ),
    _broken(
        "line_changed",
        "AR-JRNL-003",
        "A step was changed; the line after it says so.",
        _changed(1, '"output_tokens":60', '"output_tokens":61'),
    ),
    _broken(
        "line_respelled",
        "AR-JRNL-003",
        "A blank was put in: the chain is over bytes.",
        _changed(1, '"output_tokens":60', '"output_tokens": 60'),
    ),
    _bad(
        "first_prev",
        "AR-JRNL-003",
        "The first line has a line before it.",
        Writer().append("run.started", start().started, prev=digest_of("line")),
    ),
    _bad("start_missing", "AR-JRNL-004", "The first line is a step.", Writer().append("step.ended", model_call())),
    _bad(
        "start_nonce_missing",
        "AR-JRNL-004",
        "A beginning without a nonce.",
        start(provenance={"signed_by": key("recorder").did}),
    ),
    _bad("start_with_steps", "AR-JRNL-004", "A beginning that has steps already.", start(steps=[model_call()])),
    _bad(
        "start_sealed",
        "AR-JRNL-004",
        "A beginning that has a record_hash already.",
        start(provenance={**start().started["provenance"], "record_hash": digest_of("x")}),
    ),
    _bad(
        "start_key",
        "AR-JRNL-004",
        "A beginning whose signed_by is no key.",
        start(provenance={**start().started["provenance"], "signed_by": "me"}),
    ),
    _bad("start_schema", "AR-JRNL-004", "A beginning with a trigger that isn't listed.", start(trigger="whim")),
    _bad("start_twice", "AR-JRNL-004", "A second beginning.", _by_other_start()),
    _bad("head_other_key", "AR-JRNL-005", "A head by another key.", _SIGNED_BY_STRANGER),
    _bad(
        "head_without_key",
        "AR-JRNL-005",
        "A head, and the beginning names no key.",
        start(provenance=without(start().started["provenance"], "signed_by")).head(),
    ),
    _bad("head_signature", "AR-JRNL-006", "A head that was changed after it was signed.", _WRONG_HEAD),
    _bad("head_run_id", "AR-JRNL-007", "A head of another run.", start().head(run_id="run_2")),
    _bad("head_nonce", "AR-JRNL-007", "A head with another nonce.", start().head(nonce="00" * 16)),
    _bad(
        "head_seq", "AR-JRNL-007", "A head that speaks for a line further back.", start().step(model_call()).head(seq=0)
    ),
    _bad(
        "head_digest",
        "AR-JRNL-007",
        "A head over another line.",
        start().step(model_call()).head(head=digest_of("line")),
    ),
    _bad("head_count", "AR-JRNL-007", "A head that counts an open step.", _counting_open_step()),
    _bad(
        "head_root",
        "AR-JRNL-007",
        "A head with another root.",
        start().step(model_call()).head(steps_root=digest_of("root")),
    ),
    _broken(
        "private_unknown",
        "AR-JRNL-008",
        "A private line that the chain doesn't know.",
        _TEXT + json.dumps({"private": typed_hash("private", _FORGED), **_FORGED}) + "\n",
    ),
    _broken(
        "private_changed", "AR-JRNL-008", "A private line with another preview.", _changed(_PRIVATE, '"{}"', '"[]"')
    ),
    _broken(
        "private_added",
        "AR-JRNL-008",
        "A private line with a member more.",
        _changed(_PRIVATE, '"output_preview"', '"note":1,"output_preview"'),
    ),
    _broken("after_seal", "AR-JRNL-009", "A line after the seal.", _after_seal().text()),
    _bad("resumed_seq", "AR-JRNL-010", "run.resumed names another line.", _resumed(seq=1)),
    _bad("resumed_head", "AR-JRNL-010", "run.resumed names another digest.", _resumed(head=digest_of("line"))),
    _bad("resumed_discarded", "AR-JRNL-010", "run.resumed doesn't say what was discarded.", _resumed(discarded=...)),
    _broken(
        "fold_outcome",
        "AR-JRNL-011",
        "The record says another outcome, and is sealed so.",
        _TEXT,
        sealed({**_RECORD, "outcome": "partial"}),
    ),
    _broken(
        "fold_step",
        "AR-JRNL-011",
        "The record has another step, and is sealed so.",
        _TEXT,
        sealed(with_step(_RECORD, 0, cost={"input_tokens": 900, "output_tokens": 61})),
    ),
    _broken(
        "fold_step_dropped",
        "AR-JRNL-011",
        "The record lacks a step, and is sealed so.",
        _TEXT,
        sealed({**_RECORD, "steps": _RECORD["steps"][1:]}),
    ),
    _broken(
        "fold_step_added",
        "AR-JRNL-011",
        "The record has a step more, and is sealed so.",
        _TEXT,
        sealed({**_RECORD, "steps": [*_RECORD["steps"], model_call(id="s-9")]}),
    ),
    _bad("fold_ended_twice", "AR-JRNL-011", "A step that ends twice.", start().step(model_call()).step(model_call())),
    _broken(
        "fold_resealed",
        "AR-JRNL-011",
        "Sealed anew at another time.",
        _TEXT,
        sealed(_RECORD, at="2026-11-20T14:06:00Z"),
    ),
    _broken("fold_other_run", "AR-JRNL-011", "The journal of another run.", _TEXT, sealed(base(id="run_2"))),
    _broken(
        "head_of_record",
        "AR-JRNL-011",
        "The record names another end of the journal, and is sealed so.",
        _TEXT,
        sealed(with_provenance(_RECORD, journal_head=digest_of("line"))),
    ),
    case(
        "bound_by_head",
        "AR-JRNL-015",
        "No journal_head; the key that signed the record signed a head of the journal.",
        sealed(ending(with_steps((0,))).fold()),
        journal_text=ending(with_steps((0,))).text(),
    ),
    case(
        "unbound",
        "AR-JRNL-015",
        "No journal_head, and no head: anybody can have written this journal.",
        sealed(ending(with_steps(())).fold()),
        journal_text=ending(with_steps(())).text(),
    ),
    case(
        "unbound_without_signer",
        "AR-JRNL-015",
        "The journal has a head, and the record names no key.",
        sealed(ending(with_steps((0,))).fold(), None),
        journal_text=ending(with_steps((0,))).text(),
    ),
    case(
        "unbound_broken",
        "AR-JRNL-003",
        "A journal that nothing ties to the record and that is broken fails.",
        sealed(ending(with_steps(())).fold()),
        journal_text=ending(with_steps(())).text().replace('"seq":1', '"seq":1.0'),
    ),
    case(
        "unbound_without_record_hash",
        "AR-JRNL-015",
        "The record claims a seal, which lacks a member: the journal doesn't say how far it goes.",
        with_provenance(sealed(ending(with_steps(())).fold()), sealed_at=...),
        journal_text=ending(with_steps(())).text(),
    ),
    _bad_private("fold_private_member", {"note": "another", "pin": 4711}),
    _bad_private("fold_private_member_added", {"note": "one", "more": 1}),
    case(
        "fold_private_of_side_effect",
        "AR-JRNL-011",
        "A private member of a side effect differs: the path ends at it.",
        with_step(_EFFECT.fold(), 0, side_effects=[{**_DONE["side_effects"][0], "metadata": {"n": [1, 3]}}]),
        journal_text=_EFFECT.text(),
        level="recorded",
    ),
]

_OTHER_HEAD = ending(with_steps((0,)))
_OTHER_RECORD = sealed(_OTHER_HEAD.fold(), journal_head=digest_of("line"))
_OTHER_HEAD.append("run.sealed", without(_OTHER_RECORD, "steps"))

CHAIN.append(
    _broken(
        "head_of_both",
        "AR-JRNL-012",
        "Record and run.sealed agree on an end that isn't the journal's.",
        _OTHER_HEAD.text(),
        _OTHER_RECORD,
    )
)
