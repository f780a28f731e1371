"""Validation of a record: its bytes, its schema, and the semantic rules."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Mapping, NamedTuple, Sequence, Union, cast

from ..read import ReadError, octets_of, read
from .check import accepts, pointer
from .given import NotJson, plain
from .node import node_of
from .report import schema_findings

if TYPE_CHECKING:
    from ..types import Finding, TextPosition

#: What a record can be given as: UTF-8 bytes or text as written, or a value that was parsed already.
Given = Union[bytes, bytearray, memoryview, str, Mapping[str, Any], None, bool, int, float, Sequence[Any]]


class Validation(NamedTuple):
    """What came of a validation."""

    #: Whether there was no error. There may be warnings.
    ok: bool
    #: The record as plain ``dict``, ``list`` and scalars; ``None`` if it could not be read.
    value: Any
    #: At most ``limit``, errors before warnings where not all have room: those of the schema in the order of the
    #: document, then those of the semantic rules.
    findings: tuple[Finding, ...]
    #: Number of findings beyond the limit.
    omitted: int
    #: ``bytes``: the input as written. ``value``: it had been parsed, which hides some faults, such as a repeated name.
    checked: str


def validate(
    data: Given,
    schema: str = "agent-run",
    *,
    strict: bool = False,
    semantics: bool = True,
    limit: int = 100,
) -> Validation:
    """
    Validates a record: its bytes, its schema and the semantic rules, in this order; what fails ends the validation.
    Never raises for content. (AR-BYTES-001 to AR-BYTES-008, AR-RUN-001 and all that build on it)

    :param data: bytes or text as written, or a parsed value. Prefer the bytes: parsing hides faults
    :param schema: a name of :func:`agent_run.schema.schema_names`
    :param strict: also warn about members that no schema names (AR-VER-005)
    :param semantics: whether to check the semantic rules of an agent run that its schema accepts
    :param limit: most findings to keep
    :raises ValueError: for a schema or a limit that does not exist
    """
    node = node_of(schema)
    if isinstance(limit, bool) or not isinstance(limit, int) or limit < 0:
        raise ValueError("limit is a number of findings, 0 or more")
    checked = "bytes" if isinstance(data, (bytes, bytearray, memoryview, str)) else "value"
    value, found = read_given(data)
    if found is not None:
        return Validation(False, None, (found,)[:limit], max(0, 1 - limit), checked)
    findings: list[Finding] = []
    is_right = accepts(value, node)
    if strict or not is_right:
        findings = list(schema_findings(value, schema, strict))
    if is_right and semantics and schema == "agent-run":
        # The rules read records with the schemas at hand.
        from ..semantics import check_semantics

        findings += check_semantics(value)
    kept = _bounded(findings, limit)
    is_ok = not any(finding["severity"] == "error" for finding in findings)
    return Validation(is_ok, value, tuple(kept), len(findings) - len(kept), checked)


def read_given(data: Given) -> tuple[Any, Finding | None]:
    """The value of what was given, and the finding that says why there is none."""
    try:
        if isinstance(data, (bytes, bytearray, memoryview)):
            return read(bytes(data)), None
        return (read(data) if isinstance(data, str) else plain(data)), None
    except ReadError as fault:
        refusal = _refusal(fault.code, fault.path, fault.message)
        return None, cast("Finding", {**refusal, "position": _position(octets_of(cast("bytes | str", data)), fault)})
    except NotJson as fault:
        return None, _refusal(fault.code, pointer(fault.keys), str(fault))


def _refusal(code: str, path: str, message: str) -> Finding:
    finding = {"code": code, "severity": "error", "path": path, "message": message}
    return cast("Finding", {**finding, "requirement": _SENTENCES.get(code, "AR-BYTES-003")})


def _position(octets: bytes, fault: ReadError) -> TextPosition:
    """Where the reader stopped. What is before that is UTF-8, but for half a surrogate pair in a text."""
    before = octets[: fault.offset].decode("utf-8", "surrogatepass")
    line = before[before.rfind("\n") + 1 :]
    return {"offset": _units(before), "line": before.count("\n") + 1, "column": _units(line) + 1}


def _units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


_SENTENCES = {
    "json.utf8": "AR-BYTES-001",
    "json.bom": "AR-BYTES-002",
    "json.duplicate_name": "AR-BYTES-004",
    "json.lone_surrogate": "AR-BYTES-005",
    "json.number_range": "AR-BYTES-006",
    "json.depth": "AR-BYTES-007",
    "json.trailing": "AR-BYTES-008",
}


def _bounded(findings: list[Finding], limit: int) -> list[Finding]:
    """As many as the limit, in their order; errors push out warnings."""
    if len(findings) <= limit:
        return findings
    places = sorted(range(len(findings)), key=lambda at: findings[at]["severity"] != "error")[:limit]
    return [findings[at] for at in sorted(places)]
