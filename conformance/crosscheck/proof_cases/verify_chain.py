"""Cases about journals beside records: their lines, heads and private parts."""

from __future__ import annotations

import json

from agent_run.hashing import typed_hash
from agent_run.seal import erased

from .broken_journals import (
    LINES,
    RECORD,
    TEXT,
    bad,
    broken,
    changed_line,
    lines_of,
    number_of,
    unsealed,
    without_line,
)
from .case import case
from .journals import Writer, ending, private_step, start, whole, with_steps
from .keys import digest_of, key, salt
from .records import base, model_call, read_file, sealed, without

_SEALED_LINE, _PRIVATE, _UPDATED = number_of("run.sealed"), number_of("private"), number_of("run.updated")


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
_ERASED_RECORD = {**RECORD, "steps": [RECORD["steps"][0], erased("step", RECORD["steps"][1])]}

CHAIN = [
    case(
        "sealed", "AR-JRNL-011", "A sealed record beside its journal.", RECORD, journal_text=TEXT, level="accountable"
    ),
    case("not_given", "AR-JRNL-013", "Sealed with a journal, which isn't given.", RECORD),
    case(
        "torn",
        "AR-JRNL-001",
        "Half a line at the end is ignored.",
        RECORD,
        journal_text=TEXT + '{"seq":9,"prev":"sha',
    ),
    case(
        "private_erased",
        "AR-JRNL-008",
        "A private line was deleted, the record is erased likewise.",
        _ERASED_RECORD,
        journal_text=without_line(_PRIVATE),
    ),
    case(
        "private_erased_here_only",
        "AR-JRNL-008",
        "A private line was deleted, the record is whole: they agree in public form.",
        RECORD,
        journal_text=without_line(_PRIVATE),
    ),
    unsealed("open", "No head yet, the run goes on.", start().step(model_call()), live=True),
    unsealed("open_without_heads", "No head at all, and nobody goes on: interrupted.", start().step(model_call())),
    unsealed("checkpointed", "Two heads; the second speaks for all but itself.", with_steps(), live=True),
    unsealed("checkpointed_open_step", "A head while a step is open: it doesn't count.", _open_step(), live=True),
    unsealed("interrupted_open_step", "The same after a crash: the step is interrupted.", _open_step()),
    unsealed("cut_after_head", "Cut after the second head.", with_steps()),
    unsealed("cut_before_head", "Cut before the second head: only the first speaks.", with_steps((0,))),
    unsealed(
        "cut_in_line", "Cut inside the second head.", with_steps((0,)), torn='{"at":"2026-11-20T14:05:00Z","data":{"at"'
    ),
    unsealed("rollback", "Rolled back to the first head: a smaller n.", start().step(model_call()).head()),
    unsealed("paused", "A run that was paused.", with_steps((0,)).append("run.paused", {}), live=True),
    unsealed("resumed", "A run that was resumed after 17 bytes were cut off.", _resumed(), "AR-JRNL-010"),
    unsealed(
        "type_unknown",
        "A type that nobody knows is chained and adds nothing.",
        start().append("acme:mood", {"mood": "fine"}).step(model_call()),
    ),
    unsealed(
        "member_unknown",
        "A member that nobody knows is chained like others.",
        start().append("step.ended", model_call(), mood="fine"),
    ),
    unsealed("ended", "The run has ended and isn't sealed.", ending(with_steps())),
    broken("empty", "AR-JRNL-004", "An empty file.", ""),
    broken(
        "cut_beside_sealed",
        "AR-JRNL-011",
        "The last two steps are cut off; the sealed record says that it goes further.",
        lines_of(*LINES[:4]),
    ),
    broken(
        "seal_cut",
        "AR-JRNL-012",
        "Only run.sealed is cut off: the rest still gives the record.",
        without_line(_SEALED_LINE),
    ),
    broken(
        "seal_and_head_cut",
        "AR-JRNL-012",
        "run.sealed and the head before it are cut off.",
        lines_of(*LINES[: _SEALED_LINE - 1]),
    ),
    broken("line_not_json", "AR-JRNL-001", "A line that isn't JSON.", lines_of(LINES[0], "{", *LINES[1:])),
    broken("line_empty", "AR-JRNL-001", "An empty line.", lines_of(LINES[0], "", *LINES[1:])),
    broken(
        "line_duplicate_name",
        "AR-JRNL-001",
        "A line with two data.",
        changed_line(1, '"type":"step.ended"', '"data":{},"type":"step.ended"'),
    ),
    broken(
        "line_shape", "AR-JRNL-001", "A line that is neither chained nor private.", lines_of(*LINES, '{"note":"hello"}')
    ),
    bad(
        "line_data",
        "AR-JRNL-001",
        "A step.ended without an id.",
        start().append("step.ended", without(model_call(), "id")),
    ),
    bad(
        "line_not_public",
        "AR-JRNL-001",
        "Private members stand in a chained line.",
        start().append("step.ended", _STEP),
    ),
    bad(
        "line_patch_unlisted",
        "AR-JRNL-001",
        "run.updated changes what is fixed at the start.",
        start().append("run.updated", {"agent_id": "docs-bot"}),
    ),
    bad(
        "line_patch_null_status",
        "AR-JRNL-001",
        "run.updated removes the status.",
        start().append("run.updated", {"status": None}),
    ),
    bad(
        "line_patch_provenance",
        "AR-JRNL-001",
        "run.updated changes the nonce.",
        start().append("run.updated", {"provenance": {"nonce": "00" * 16}}),
    ),
    bad(
        "line_sealed_with_steps",
        "AR-JRNL-001",
        "run.sealed with steps.",
        ending(start()).append("run.sealed", sealed(base())),
    ),
    bad("seq_gap", "AR-JRNL-002", "A number is left out.", start().append("step.ended", model_call(), seq=2)),
    bad("seq_doubled", "AR-JRNL-002", "A number stands twice.", start().append("step.ended", model_call(), seq=0)),
    broken("line_dropped", "AR-JRNL-002", "A chained line is gone.", without_line(1)),
    broken(
        "lines_exchanged",
        "AR-JRNL-002",
        "Two lines have changed places.",
        lines_of(LINES[0], LINES[2], LINES[1], *LINES[3:]),
    ),
    broken(
        "line_changed",
        "AR-JRNL-003",
        "A step was changed; the line after it says so.",
        changed_line(1, '"output_tokens":60', '"output_tokens":61'),
    ),
    broken(
        "line_respelled",
        "AR-JRNL-003",
        "A blank was put in: the chain is over bytes.",
        changed_line(1, '"output_tokens":60', '"output_tokens": 60'),
    ),
    bad(
        "first_prev",
        "AR-JRNL-003",
        "The first line has a line before it.",
        Writer().append("run.started", start().started, prev=digest_of("line")),
    ),
    bad("start_missing", "AR-JRNL-004", "The first line is a step.", Writer().append("step.ended", model_call())),
    bad(
        "start_nonce_missing",
        "AR-JRNL-004",
        "A beginning without a nonce.",
        start(provenance={"signed_by": key("recorder").did}),
    ),
    bad("start_with_steps", "AR-JRNL-004", "A beginning that has steps already.", start(steps=[model_call()])),
    bad(
        "start_sealed",
        "AR-JRNL-004",
        "A beginning that has a record_hash already.",
        start(provenance={**start().started["provenance"], "record_hash": digest_of("x")}),
    ),
    bad(
        "start_key",
        "AR-JRNL-004",
        "A beginning whose signed_by is no key.",
        start(provenance={**start().started["provenance"], "signed_by": "me"}),
    ),
    bad("start_schema", "AR-JRNL-004", "A beginning with a trigger that isn't listed.", start(trigger="whim")),
    bad("start_twice", "AR-JRNL-004", "A second beginning.", _by_other_start()),
    bad("head_other_key", "AR-JRNL-005", "A head by another key.", _SIGNED_BY_STRANGER),
    bad(
        "head_without_key",
        "AR-JRNL-005",
        "A head, and the beginning names no key.",
        start(provenance=without(start().started["provenance"], "signed_by")).head(),
    ),
    bad("head_signature", "AR-JRNL-006", "A head that was changed after it was signed.", _WRONG_HEAD),
    bad("head_run_id", "AR-JRNL-007", "A head of another run.", start().head(run_id="run_2")),
    bad("head_nonce", "AR-JRNL-007", "A head with another nonce.", start().head(nonce="00" * 16)),
    bad(
        "head_seq", "AR-JRNL-007", "A head that speaks for a line further back.", start().step(model_call()).head(seq=0)
    ),
    bad(
        "head_digest",
        "AR-JRNL-007",
        "A head over another line.",
        start().step(model_call()).head(head=digest_of("line")),
    ),
    bad("head_count", "AR-JRNL-007", "A head that counts an open step.", _counting_open_step()),
    bad(
        "head_root",
        "AR-JRNL-007",
        "A head with another root.",
        start().step(model_call()).head(steps_root=digest_of("root")),
    ),
    broken(
        "private_unknown",
        "AR-JRNL-008",
        "A private line that the chain doesn't know.",
        TEXT + json.dumps({"private": typed_hash("private", _FORGED), **_FORGED}) + "\n",
    ),
    broken(
        "private_changed", "AR-JRNL-008", "A private line with another preview.", changed_line(_PRIVATE, '"{}"', '"[]"')
    ),
    broken(
        "private_added",
        "AR-JRNL-008",
        "A private line with a member more.",
        changed_line(_PRIVATE, '"output_preview"', '"note":1,"output_preview"'),
    ),
    broken("after_seal", "AR-JRNL-009", "A line after the seal.", _after_seal().text()),
    bad("resumed_seq", "AR-JRNL-010", "run.resumed names another line.", _resumed(seq=1)),
    bad("resumed_head", "AR-JRNL-010", "run.resumed names another digest.", _resumed(head=digest_of("line"))),
    bad("resumed_discarded", "AR-JRNL-010", "run.resumed doesn't say what was discarded.", _resumed(discarded=...)),
]
