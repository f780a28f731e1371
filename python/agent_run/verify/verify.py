"""Saying what holds for a record: what is proven, what is only claimed, what is missing (spec/verdict.md)."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import TYPE_CHECKING, Any, Callable, Iterable, Mapping, Sequence, Union, cast

from ..journal import Journal, read_journal
from ..read import Octets
from ..schema import Given, Validation, is_valid, read_given, validate
from ..semantics import RULES, check_semantics, instant, is_going_on
from ..trust import Keys, read_trust
from .approvals_check import check_approvals
from .beside import check_erasures, check_evals
from .evidence import Evidence
from .journal_check import check_journal
from .levels import LEVELS, level_of, missing
from .lineage import check_lineage
from .outcome import CHECKS, Outcome, failed, passed, skipped
from .seal_checks import check_record, check_run_hash, check_signature, check_signer, check_steps
from .verification import Verification

if TYPE_CHECKING:
    from ..types import Verdict

#: Who has to answer for a seal: anybody of the trust file, or one of some identities of it.
SignedBy = Union[str, Sequence[str], None]

# In the order in which they are made: approvals ask what the journal proves.
_MADE: tuple[tuple[str, Callable[[Verification], Outcome]], ...] = (
    ("run_hash", check_run_hash),
    ("steps", check_steps),
    ("record", check_record),
    ("signature", check_signature),
    ("signer", check_signer),
    ("journal", check_journal),
    ("approvals", check_approvals),
    ("lineage", check_lineage),
    ("evals", check_evals),
    ("erasures", check_erasures),
)


def verify(
    data: Given,
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
) -> Verdict:
    """
    The verdict on a record. Offline; all it needs is given. Bad content never raises, it is a verdict.

    :param data: UTF-8 bytes or text as written, or a parsed value, of which the bytes cannot be checked
    :param trust: your trust file, the only source of trust (AR-TRUST-001): bytes, text or value
    :param journal: the journal of the run
    :param related: records of parents and children, for the check ``lineage``
    :param statements: statements about the record, its keys or its batch
    :param evals: evals that came later
    :param proofs: proofs that a batch statement covers the record
    :param level: what must be reached for ``ok``: ``none``, ``recorded``, ``sealed`` or ``accountable``
    :param signed_by: who must answer for the seal, for ``ok``: ``"trusted"`` for anybody of the trust file, or a list of
        its identities. Unless given, a seal by an unknown key will do: it shows that nothing was changed since
    :param now: the present time, RFC 3339; the clock's unless given
    :raises TrustError: for a trust file that isn't good
    :raises ValueError: for a level or a time that does not exist
    :raises TypeError: for a single object where a list of them is asked for
    """
    refuse_single(related=related, statements=statements, evals=evals, proofs=proofs)
    asked = Verifier(trust, Evidence(statements, evals, proofs), level, signed_by, now)
    return asked.verdict(data, journal, related)


def refuse_single(**lists: object) -> None:
    """Going through a text or a mapping would find nothing, and say so of the record."""
    for name, given in lists.items():
        if isinstance(given, (str, bytes, bytearray, memoryview, Mapping)):
            raise TypeError(f"{name} is a single one; expected a list, such as [{name}]")


class Verifier:
    """What is asked of one record or of many: keys and signatures of statements are looked at once."""

    def __init__(self, trust: Given, evidence: Evidence, level: str, signed_by: SignedBy, now: str | None) -> None:
        if not isinstance(level, str) or level not in LEVELS:
            raise ValueError(f"level is none of {', '.join(LEVELS)}")
        if signed_by is not None and (not signed_by or (isinstance(signed_by, str) and signed_by != "trusted")):
            raise ValueError('signed_by names nobody; expected "trusted" or a list of identities of the trust file')
        present = datetime.now(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ") if now is None else now
        at = instant(present)
        if at is None:
            # Nothing is before or after a time that doesn't exist: every key would count.
            raise ValueError("now is no time; expected RFC 3339, such as 2026-11-20T14:02:11Z")
        file = None if trust is None else cast("Mapping[str, Any]", read_trust(trust))
        self.keys = Keys(file, evidence.statements, at)
        self.evidence, self.level, self.signed_by = evidence, level, signed_by

    def verdict(self, data: Given, journal: Journal | Octets | str | None, related: Iterable[Given]) -> Verdict:
        """The verdict on one record."""
        report = validate(data, semantics=False)
        results = {name: skipped("the record has not the right form") for name in CHECKS}
        results["schema"] = _check_schema(report)
        v: Verification | None = None
        if report.ok:
            read = journal if journal is None or isinstance(journal, Journal) else read_journal(journal)
            runs = [read_given(each)[0] for each in related]
            others = [run for run in runs if is_valid(run, "agent-run")]
            v = Verification(report.value, self.keys, self.evidence, read, others)
            v.results = results
            results["semantics"] = _check_semantics(report.value)
            for name, make in _MADE:
                results[name] = make(v)
        return self._written(results, v)

    def _written(self, results: dict[str, Outcome], v: Verification | None) -> Verdict:
        level = level_of(results, v)
        failure = next((name for name in CHECKS if results[name].result == "fail"), None)
        by = None
        if v is not None and results["signer"].result == "pass":
            by = self.keys.identity(v.provenance.get("signed_by"))
        stranger = self._stranger(by)
        reaches = LEVELS.index(level) >= LEVELS.index(self.level)
        verdict: dict[str, Any] = {"ok": reaches and failure is None and not stranger, "level": level}
        if by is not None:
            verdict["by"] = by
        if results["signer"].code in ("signer.no_trust_file", "signer.untrusted_key"):
            verdict["self_asserted"] = True
        verdict["asked"] = self.level
        verdict["completeness"] = _completeness(results, v)
        verdict["time"] = {"basis": "asserted"}
        if v is not None and v.seen is not None:
            verdict["time"] = {"basis": "vouched", "by": v.seen.by, "at": v.seen.at}
        verdict["checks"] = [results[name].written(name) for name in CHECKS]
        if failure is not None:
            verdict["first_failure"] = failure
        verdict["missing"] = stranger + missing(results, v, level)
        if v is not None and v.edges:
            verdict["edges"] = [edge.written() for edge in v.edges]
        return cast("Verdict", verdict)

    def _stranger(self, by: str | None) -> list[dict[str, Any]]:
        """What is missing where somebody else answers for the seal than was asked for, or nobody."""
        if self.signed_by is None or (by is not None and (self.signed_by == "trusted" or by in self.signed_by)):
            return []
        reason = "nobody of the trust file answers for the seal, and that was asked for"
        if by is not None:
            reason = "somebody of the trust file answers for the seal, but nobody who was asked for"
        level = "recorded" if self.level == "none" else self.level
        return [{"level": level, "code": "level.signer", "path": "/provenance/signed_by", "reason": reason}]


def _check_schema(report: Validation) -> Outcome:
    if report.ok:
        is_read = report.checked == "bytes"
        what = "bytes and schema are in order" if is_read else "the schema is in order; the bytes were not given"
        return passed(what, 2 if is_read else 1)
    finding = next(each for each in report.findings if each["severity"] == "error")
    outcome = failed(finding["code"], finding["path"])
    message = finding["message"]
    if " is not one of " in message:
        found, _, allowed = message.partition(" is not one of ")
        return outcome.than(f"one of {allowed}", found)
    found, _, expected = message.partition(", expected ")
    return outcome.than(expected or "what the schema asks for", found[len("found ") :] if expected else found)


def _check_semantics(run: dict[str, Any]) -> Outcome:
    findings = check_semantics(run)
    error = next((each for each in findings if each["severity"] == "error"), None)
    if error is not None:
        return failed(error["code"], error["path"])
    detail = f"{len(RULES)} rules" + (f", warnings: {len(findings)}" if findings else "")
    return passed(detail, len(RULES))


def _completeness(results: dict[str, Outcome], v: Verification | None) -> dict[str, Any]:
    """Whether the record is whole, or how far it goes: the first row that fits counts."""
    if v is None:
        return {"state": "unsealed"}
    if v.is_sealed and results["record"].result == "pass":
        return {"state": "sealed"}
    has_journal = results["journal"].result == "pass"
    if has_journal and v.journal_check is not None and v.journal_check.checkpoint is not None:
        return {"state": "checkpointed", "n": v.journal_check.checkpoint}
    if has_journal or is_going_on(v.thing):
        return {"state": "open"}
    return {"state": "interrupted" if v.thing.is_one("status", "interrupted") else "unsealed"}
