"""What came with a record, found by what it is about."""

from __future__ import annotations

from typing import Any, Iterable

from ..covered import signed_bytes
from ..digest_text import digest
from ..schema import Given, is_valid, read_given
from ..seal import check_batch_proof
from ..signatures import verify_object


class Evidence:
    """
    Statements, evals and batch proofs. What hasn't the right form says nothing, and is left out (AR-SEAL-019). A signature
    is looked at once, however many records it is about.
    """

    def __init__(
        self, statements: Iterable[Given] = (), evals: Iterable[Given] = (), proofs: Iterable[Given] = ()
    ) -> None:
        """Each as a value, or as text or bytes of one."""
        self.statements = _sound(statements, "statement")
        self.evals = _sound(evals, "eval")
        self._proofs = _group(_sound(proofs, "batch-proof"), "record_hash")
        self._about = _group(self.statements, "about")
        self._evals_of = {name: _group(self.evals, name) for name in ("record_hash", "document_hash")}
        self._named: dict[str, list[dict[str, Any]]] | None = None
        self._signed: dict[int, bool] = {}

    def about(self, subject: Any, kind: str) -> list[dict[str, Any]]:
        """Statements of a kind about a subject: a hash, a key or an approval."""
        return [each for each in self._about.get(subject, ()) if each["kind"] == kind]

    def is_signed(self, statement: dict[str, Any]) -> bool:
        """Whether a statement is rightly signed by the key that it names."""
        known = self._signed.get(id(statement))
        if known is None:
            known = self._signed[id(statement)] = verify_object("statement", statement)
        return known

    def evals_of(self, record_hashes: Iterable[Any], document_hash: str) -> list[dict[str, Any]]:
        """Evals that name one of some record_hashes or the document_hash, in the order in which they came."""
        named = [(self._evals_of["record_hash"], each) for each in record_hashes if isinstance(each, str)]
        named.append((self._evals_of["document_hash"], document_hash))
        found = {id(each) for groups, name in named for each in groups.get(name, ())}
        return [each for each in self.evals if id(each) in found]

    def covers(self, record_hash: str, signed_by: Any) -> bool:
        """Whether a batch of a key covers a record (AR-SEAL-017)."""
        for proof in self._proofs.get(record_hash, ()):
            if self._named is None:
                self._named = {}
                for each in self.statements:
                    if each["kind"] == "batch":
                        self._named.setdefault(digest(signed_bytes("statement", each)), []).append(each)
            for statement in self._named.get(proof["statement"], ()):
                if check_batch_proof(proof, statement, record_hash, signed_by):
                    return True
        return False


def _sound(given: Iterable[Given], schema: str) -> list[dict[str, Any]]:
    values = [read_given(each)[0] for each in given]
    return [value for value in values if value is not None and is_valid(value, schema)]


def _group(values: list[dict[str, Any]], member: str) -> dict[Any, list[dict[str, Any]]]:
    groups: dict[Any, list[dict[str, Any]]] = {}
    for each in values:
        if member in each:
            groups.setdefault(each[member], []).append(each)
    return groups
