"""Reading a trust file (AR-TRUST-009)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Mapping, NamedTuple, cast

from ..keys import key_of
from ..schema import Given, read_given, schema_findings
from ..semantics import Thing, is_before

if TYPE_CHECKING:
    from ..types import Trust


class TrustFault(NamedTuple):
    """What is wrong with a trust file first."""

    #: A code of spec/errors.md: ``trust.key``, ``schema.required``, ``json.syntax`` …
    code: str
    #: JSON Pointer.
    path: str
    message: str


class TrustError(ValueError):
    """A trust file isn't good. Nothing can be judged by it: a fault in it could trust more than was meant."""

    def __init__(self, fault: TrustFault) -> None:
        """:param fault: what is wrong with it"""
        super().__init__(f"trust file: {fault.message} at {fault.path or 'the top'} ({fault.code})")
        self.code, self.path = fault.code, fault.path
        self._fault = fault

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self._fault,)


def trust_fault(data: Given) -> TrustFault | None:
    """The first thing that is wrong with a trust file, ``None`` if it is good. Never raises for content."""
    value, refused = read_given(data)
    if refused is None:
        refused = next(schema_findings(value, "trust"), None)
    if refused is not None:
        return TrustFault(refused["code"], refused["path"], refused["message"])
    return _fault(Thing(value))


def read_trust(data: Given) -> Trust:
    """
    The trust file that bytes, a text or a value hold.
    :raises TrustError: if it isn't good
    """
    fault = trust_fault(data)
    if fault is not None:
        raise TrustError(fault)
    value: Mapping[str, Any] = read_given(data)[0]
    return cast("Trust", value)


def _fault(trust: Thing) -> TrustFault | None:
    seen: set[str] = set()
    for entry in trust.parts("keys"):
        key = entry.text("key") or ""
        if key_of(key) is None:
            return TrustFault("trust.key", f"{entry.path}/key", "found no Ed25519 key, expected did:key:z6Mk…")
        if key in seen:
            return TrustFault("trust.key_twice", f"{entry.path}/key", "found a key again, expected each key once")
        seen.add(key)
        fault = _time_fault(entry)
        if fault is not None:
            return fault
    return None


def _time_fault(entry: Thing) -> TrustFault | None:
    revoked = entry.part("revoked")
    places = [(entry, "valid_from"), (entry, "valid_until"), *([(revoked, "at")] if entry.holds("revoked") else [])]
    for holder, member in places:
        if holder.has(member) and holder.instant(member) is None:
            return TrustFault("trust.time", f"{holder.path}/{member}", "found a time that does not exist, expected one")
    if is_before(entry.get("valid_until"), entry.get("valid_from")):
        found = "found an end before the beginning, expected a later one"
        return TrustFault("trust.validity", f"{entry.path}/valid_until", found)
    return None
