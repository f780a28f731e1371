"""How a check comes out (spec/verdict.md, Results)."""

from __future__ import annotations

from typing import Any, NamedTuple

from ..schema import shown
from ..standard import standard

#: The checks in their order (AR-VERD-001).
CHECKS = (
    "schema",
    "semantics",
    "run_hash",
    "steps",
    "record",
    "signature",
    "signer",
    "approvals",
    "lineage",
    "journal",
    "evals",
    "erasures",
)

_LONGEST_DETAIL = 1000


class Fault(NamedTuple):
    """What is wrong or missing: a code of spec/errors.md and a JSON Pointer."""

    code: str
    path: str


class Outcome(NamedTuple):
    """How a check comes out, before it is given its name."""

    result: str
    #: For people; a failure or an unknown without one says what its code means.
    detail: str = ""
    compared: int = 0
    fault: Fault | None = None
    #: Where two values were compared.
    expected: str = ""
    found: str = ""

    @property
    def code(self) -> str | None:
        """Code of what is wrong or missing."""
        return None if self.fault is None else self.fault.code

    def than(self, expected: str, found: str) -> Outcome:
        """The same with what was expected and found."""
        return self._replace(expected=expected, found=found)

    def written(self, name: str) -> dict[str, Any]:
        """
        The check as a verdict has it. Nothing of the record is quoted but hashes, ids, numbers, times and keys
        (AR-VERD-005).
        """
        check: dict[str, Any] = {"check": name, "result": self.result}
        means = meaning(self.fault.code) if self.fault is not None else ""
        check["detail"] = shown(self.detail or means, _LONGEST_DETAIL)
        check["compared"] = self.compared
        if self.fault is not None:
            check["code"], check["path"] = self.fault
            if self.result == "fail":
                check["expected"] = shown(self.expected or f"what {_sentence(self.fault.code)} asks for")
                check["found"] = shown(self.found or means)
        return check


def meaning(code: str) -> str:
    """What a code means, in a few words."""
    told = standard()["codes"].get(code)
    return "something else than the schema asks for" if told is None else told["means"]


def _sentence(code: str) -> str:
    told = standard()["codes"].get(code)
    return (told["requirement"] if told is not None else None) or "the schema"


def passed(detail: str, compared: int) -> Outcome:
    """Compared, and right."""
    return Outcome("pass", detail, compared)


def failed(code: str, path: str) -> Outcome:
    """Compared, and wrong."""
    return Outcome("fail", "", 1, Fault(code, path))


def unclear(code: str, path: str) -> Outcome:
    """There is something, and what is needed to compare it is missing."""
    return Outcome("unknown", "", 0, Fault(code, path))


def absent(detail: str) -> Outcome:
    """The record has nothing to compare."""
    return Outcome("absent", detail)


def skipped(detail: str) -> Outcome:
    """An earlier failure makes it pointless."""
    return Outcome("skipped", detail)
