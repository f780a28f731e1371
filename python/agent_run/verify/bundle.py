"""Bundles: records and what was said about them later, one a line (AR-SEAL-019)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Iterable, NamedTuple

from ..journal import Journal
from ..read import Octets, ReadError, octets_of, read
from ..schema import Given, schema_findings
from .evidence import Evidence
from .verify import SignedBy, Verifier, refuse_single

if TYPE_CHECKING:
    from ..types import Verdict


class LineFault(NamedTuple):
    """A line that is nothing a bundle can hold; it was left out."""

    #: Number of the line, from 1.
    line: int
    code: str
    path: str
    message: str


class Bundle(NamedTuple):
    """A bundle as read."""

    #: The lines of the records as written: what a verifier wants to see.
    records: list[bytes]
    statements: list[Any]
    evals: list[Any]
    proofs: list[Any]
    faults: list[LineFault]


class BundleVerdicts(NamedTuple):
    """What came of a bundle."""

    #: One for each record, in their order.
    verdicts: list[Verdict]
    faults: list[LineFault]


def read_bundle(data: Octets | str) -> Bundle:
    """
    Reads a bundle. A line that is broken, of no known sort or, being no record, invalid is a fault and left out; it never
    hides the others. Empty lines are passed over. Never raises for content.
    """
    octets = octets_of(data)
    bundle = Bundle([], [], [], [], [])
    lists = {"statement": bundle.statements, "eval": bundle.evals, "batch-proof": bundle.proofs}
    for number, line in enumerate(octets.split(b"\n"), start=1):
        if line in (b"", b"\r"):
            continue
        try:
            value = read(line)
        except ReadError as fault:
            bundle.faults.append(LineFault(number, fault.code, fault.path, fault.message))
            continue
        sort = sort_of(value)
        if sort == "agent-run":
            bundle.records.append(line)
            continue
        if sort is None:
            found = "found a line of no known sort, expected a record, statement, eval or batch proof"
            bundle.faults.append(LineFault(number, "bundle.line", "", found))
            continue
        finding = next(schema_findings(value, sort), None)
        if finding is None:
            lists[sort].append(value)
        else:
            bundle.faults.append(LineFault(number, finding["code"], finding["path"], finding["message"]))
    return bundle


def sort_of(value: Any) -> str | None:
    """Name of the schema of what a line of a bundle is, by its members; ``None`` for anything else."""
    if not isinstance(value, dict):
        return None
    sorts = (
        (("steps",), "agent-run"),
        (("index", "path"), "batch-proof"),
        (("kind", "about"), "statement"),
        (("pass", "score"), "eval"),
    )
    return next((sort for members, sort in sorts if all(member in value for member in members)), None)


def verify_bundle(
    data: Octets | str,
    *,
    trust: Given = None,
    journal: Journal | Octets | str | None = None,
    related: Iterable[Given] = (),
    statements: Iterable[Given] = (),
    evals: Iterable[Given] = (),
    proofs: Iterable[Given] = (),
    level: str = "sealed",
    signed_by: SignedBy = None,
    now: str | None = None,
) -> BundleVerdicts:
    """
    Verifies the records of a bundle, each with the statements, evals and batch proofs that stand in it, beside those given.
    Parameters and errors are those of :func:`verify`.
    """
    refuse_single(related=related, statements=statements, evals=evals, proofs=proofs)
    bundle = read_bundle(data)
    evidence = Evidence([*statements, *bundle.statements], [*evals, *bundle.evals], [*proofs, *bundle.proofs])
    verifier = Verifier(trust, evidence, level, signed_by, now)
    others = list(related)
    return BundleVerdicts([verifier.verdict(record, journal, others) for record in bundle.records], bundle.faults)
