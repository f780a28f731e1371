"""Keys of a trust file: whose they are, what they may do, and whether they count at a time (spec/trust.md)."""

from __future__ import annotations

from typing import Any, Iterable, Mapping, NamedTuple

from ..semantics import Thing, instant
from ..signatures import verify_object
from .pattern import fits

#: The states of a key.
UNTRUSTED, REVOKED, TIME_UNPROVEN, TRUSTED = "untrusted", "revoked", "time_unproven", "trusted"


class Revocation(NamedTuple):
    """Since when a key doesn't count, and whether only for what came later."""

    at: int
    is_orderly: bool


class Vouched(NamedTuple):
    """Who saw the sealed record, and when."""

    by: str
    at: str


class Keys:
    """The keys of a trust file at a time, as the statements that came along leave them."""

    def __init__(self, trust: Mapping[str, Any] | None, statements: Iterable[dict[str, Any]], now: int) -> None:
        """
        :param trust: a good trust file, ``None`` for none
        :param statements: valid by their schema
        :param now: the present time, in nanoseconds
        """
        self.is_given = trust is not None
        self.now = now
        self.entries: dict[str, Thing] = {}
        self.revocations: dict[str, list[Revocation]] = {}
        for entry in Thing(dict(trust or {})).parts("keys"):
            key = str(entry.get("key"))
            self.entries[key] = entry
            if entry.holds("revoked"):
                revoked = entry.part("revoked")
                self.revocations[key] = [Revocation(revoked.instant("at") or 0, _is_orderly(revoked))]
        # What one statement says of a key doesn't decide whether another one counts.
        stated = [(each, self._takes_back(Thing(each))) for each in statements if each.get("kind") == "revocation"]
        for each, counts in stated:
            if counts:
                self.revocations.setdefault(str(each["about"]), []).append(_revocation(Thing(each)))

    def _takes_back(self, statement: Thing) -> bool:
        """Whether a revocation of a known key is by the key itself or by a trusted key of the same identity."""
        about, signer = statement.text("about") or "", statement.text("signed_by") or ""
        if about not in self.entries:
            return False
        is_same = self.identity(signer) == self.identity(about) and self.state(signer, None) == TRUSTED
        return (signer == about or is_same) and verify_object("statement", statement.value)

    def identity(self, key: Any) -> str | None:
        """Identity of the holder of a key, ``None`` for a key without entry."""
        entry = self.entries.get(key) if isinstance(key, str) else None
        return None if entry is None else entry.text("identity")

    def state(self, key: Any, seen: Vouched | None) -> str:
        """State of a key at the vouched time, or else now (AR-TRUST-006, AR-TRUST-007)."""
        entry = self.entries.get(key) if isinstance(key, str) else None
        if entry is None:
            return UNTRUSTED
        at = self.now if seen is None else instant(seen.at) or 0
        start, end = entry.instant("valid_from"), entry.instant("valid_until")
        is_unproven = (start is not None and at < start) or (end is not None and at > end)
        for each in self.revocations.get(key, ()):
            if each.is_orderly:
                is_unproven = is_unproven or at >= each.at
            elif seen is None or at >= each.at:
                return REVOKED
        return TIME_UNPROVEN if is_unproven else TRUSTED

    def barred(self, key: Any, run: Mapping[str, Any]) -> str | None:
        """What of a run a key isn't for, ``agent`` or ``workspace``; ``None`` if it may be used (AR-TRUST-010)."""
        entry = self.entries.get(key) if isinstance(key, str) else None
        for member, name in (("agents", "agent"), ("workspaces", "workspace")):
            text = run.get(f"{name}_id")
            if entry is None or not entry.has(member):
                continue
            if not isinstance(text, str) or not any(fits(pattern, text) for pattern in entry.items(member)):
                return name
        return None

    def has_role(self, key: Any, *roles: str) -> bool:
        """Whether a key has one of some roles."""
        entry = self.entries.get(key) if isinstance(key, str) else None
        return entry is not None and any(role in roles for role in entry.items("roles"))

    def counts_now(self, key: Any, run: Mapping[str, Any], *roles: str) -> bool:
        """Whether a key is trusted now, in one of some roles, for a record."""
        return self.has_role(key, *roles) and self.barred(key, run) is None and self.state(key, None) == TRUSTED

    def vouched_for(
        self, run: Mapping[str, Any], record_hash: str, statements: Iterable[dict[str, Any]]
    ) -> Vouched | None:
        """The earliest time that somebody trusted, and other than the signer, vouches for (AR-TRUST-008)."""
        signer = Thing(dict(run)).part("provenance").get("signed_by")
        found = []
        for statement in statements:
            if statement.get("kind") != "countersignature" or statement.get("about") != record_hash:
                continue
            key, at = statement.get("signed_by"), instant(statement.get("at"))
            if not self.counts_now(key, run, "server", "auditor", "witness") or at is None:
                continue
            identity = self.identity(key) or ""
            if key != signer and identity != self.identity(signer) and verify_object("statement", statement):
                found.append((at, _units(identity), _units(statement["at"]), Vouched(identity, statement["at"])))
        return min(found)[-1] if found else None


def _units(text: str) -> bytes:
    """What sorts texts by their UTF-16 code units."""
    return text.encode("utf-16-be", "surrogatepass")


def _is_orderly(revoked: Thing) -> bool:
    return revoked.is_one("reason", "superseded", "retired")


def _revocation(statement: Thing) -> Revocation:
    body = statement.part("body")
    at = body.instant("at")
    return Revocation(statement.instant("at") or 0 if at is None else at, _is_orderly(body))
