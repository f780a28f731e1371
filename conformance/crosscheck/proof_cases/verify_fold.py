"""Cases about journals that give another record than the one beside them."""

from __future__ import annotations

from agent_run.seal import Json

from .broken_journals import (
    RECORD,
    TEXT,
    bad,
    broken,
)
from .case import case
from .journals import ending, start, with_steps
from .keys import digest_of
from .records import base, model_call, read_file, sealed, with_provenance, with_step, without

_DONE = read_file(side_effects=[{"kind": "read", "basis": "observed", "metadata": {"n": [1, 2]}}])
_EFFECT = ending(start().step(_DONE))


def _bad_private(name: str, metadata: Json):
    """A record whose metadata, private and without a private_hash, differ from those of the journal."""
    writer = ending(start(), metadata={"note": "one"})
    description = "A private member of the run differs: the path ends at it."
    record = {**writer.fold(), "metadata": metadata}
    return case(name, "AR-JRNL-011", description, record, journal_text=writer.text(), level="recorded")


FOLD = [
    broken(
        "fold_outcome",
        "AR-JRNL-011",
        "The record says another outcome, and is sealed so.",
        TEXT,
        sealed({**RECORD, "outcome": "partial"}),
    ),
    broken(
        "fold_step",
        "AR-JRNL-011",
        "The record has another step, and is sealed so.",
        TEXT,
        sealed(with_step(RECORD, 0, cost={"input_tokens": 900, "output_tokens": 61})),
    ),
    broken(
        "fold_step_dropped",
        "AR-JRNL-011",
        "The record lacks a step, and is sealed so.",
        TEXT,
        sealed({**RECORD, "steps": RECORD["steps"][1:]}),
    ),
    broken(
        "fold_step_added",
        "AR-JRNL-011",
        "The record has a step more, and is sealed so.",
        TEXT,
        sealed({**RECORD, "steps": [*RECORD["steps"], model_call(id="s-9")]}),
    ),
    bad("fold_ended_twice", "AR-JRNL-011", "A step that ends twice.", start().step(model_call()).step(model_call())),
    broken(
        "fold_resealed",
        "AR-JRNL-011",
        "Sealed anew at another time.",
        TEXT,
        sealed(RECORD, at="2026-11-20T14:06:00Z"),
    ),
    broken("fold_other_run", "AR-JRNL-011", "The journal of another run.", TEXT, sealed(base(id="run_2"))),
    broken(
        "head_of_record",
        "AR-JRNL-011",
        "The record names another end of the journal, and is sealed so.",
        TEXT,
        sealed(with_provenance(RECORD, journal_head=digest_of("line"))),
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

FOLD.append(
    broken(
        "head_of_both",
        "AR-JRNL-012",
        "Record and run.sealed agree on an end that isn't the journal's.",
        _OTHER_HEAD.text(),
        _OTHER_RECORD,
    )
)
