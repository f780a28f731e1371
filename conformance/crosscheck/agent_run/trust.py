"""Trust: whose key it is, what it may do, and whether it counts (spec/trust.md)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, NamedTuple, Optional

from .didkey import key_of
from .instants import instant
from .schema import check_schema
from .seal import Json, is_signed, provenance_of

REASONS = ("compromised", "superseded", "retired")
VOUCHING = ("server", "auditor", "witness")


class Vouched(NamedTuple):
    """Who saw the sealed record, and when."""

    by: str
    at: str


def fits(pattern: str, text: str) -> bool:
    """Whether a pattern fits a whole text; `*` stands for any characters."""
    return re.fullmatch(".*".join(map(re.escape, pattern.split("*"))), text, re.DOTALL) is not None


def trust_fault(trust: Any) -> Optional[tuple[str, str]]:
    """The first thing that is wrong with a trust file, code and path (AR-TRUST-009)."""
    problems = check_schema(trust, "trust")
    if problems:
        return problems[0]
    seen = set()
    for index, entry in enumerate(trust["keys"]):
        path = f"/keys/{index}"
        if key_of(entry["key"]) is None:
            return "trust.key", f"{path}/key"
        if entry["key"] in seen:
            return "trust.key_twice", f"{path}/key"
        seen.add(entry["key"])
        times = [("valid_from", entry), ("valid_until", entry)]
        for member, holder in times:
            if member in holder and instant(holder[member]) is None:
                return "trust.time", f"{path}/{member}"
        if "revoked" in entry and instant(entry["revoked"]["at"]) is None:
            return "trust.time", f"{path}/revoked/at"
        if "valid_from" in entry and "valid_until" in entry:
            if _time(entry["valid_until"]) < _time(entry["valid_from"]):
                return "trust.validity", f"{path}/valid_until"
    return None


class Keys:
    """The keys of a trust file at a time, as the statements that came along leave them."""

    def __init__(self, trust: Optional[Json], statements: Sequence[Json], now: str) -> None:
        self.given = trust is not None
        self.entries = {entry["key"]: entry for entry in (trust or {"keys": []})["keys"]}
        self.now = _time(now)
        self.revocations: dict[str, list[Json]] = {}
        for did, entry in self.entries.items():
            if "revoked" in entry:
                self.revocations.setdefault(did, []).append(entry["revoked"])
        for did, revocation in self._stated(statements):
            self.revocations.setdefault(did, []).append(revocation)

    def _stated(self, statements: Sequence[Json]) -> list[tuple[str, Json]]:
        """The revocations that count: signed by the key itself or by a trusted key of the same identity."""
        from_file = {did: list(each) for did, each in self.revocations.items()}
        counted = []
        for statement in statements:
            about, signer, body = statement.get("about"), statement.get("signed_by"), statement.get("body")
            if statement.get("kind") != "revocation" or about not in self.entries:
                continue
            body = body if isinstance(body, dict) else {}
            entry = self.entries.get(signer)
            by_identity = (
                entry is not None
                and entry["identity"] == self.entries[about]["identity"]
                and self._state(signer, None, from_file) == "trusted"
            )
            if (signer == about or by_identity) and is_signed("statement", statement):
                at = body.get("at")
                is_possible = isinstance(at, str) and instant(at) is not None
                counted.append((about, {"at": at if is_possible else statement["at"], "reason": body.get("reason")}))
        return counted

    def entry(self, did: Any) -> Optional[Json]:
        """The entry of a key."""
        return self.entries.get(did) if isinstance(did, str) else None

    def state(self, did: Any, vouched: Optional[Vouched]) -> str:
        """`untrusted`, `revoked`, `time_unproven` or `trusted` (AR-TRUST-006, AR-TRUST-007)."""
        return self._state(did, vouched, self.revocations)

    def _state(self, did: Any, vouched: Optional[Vouched], revocations: dict[str, list[Json]]) -> str:
        entry = self.entry(did)
        if entry is None:
            return "untrusted"
        at = self.now if vouched is None else _time(vouched.at)
        unproven = "valid_from" in entry and at < _time(entry["valid_from"])
        unproven = unproven or ("valid_until" in entry and at > _time(entry["valid_until"]))
        for revocation in revocations.get(did, []):
            since = _time(revocation["at"])
            if revocation.get("reason") in ("superseded", "retired"):
                unproven = unproven or at >= since
            elif vouched is None or at >= since:
                return "revoked"
        return "time_unproven" if unproven else "trusted"

    def counts_now(self, did: Any, roles: Sequence[str], run: Json) -> bool:
        """Whether a key counts now, with one of these roles, for this record (AR-TRUST-007, AR-TRUST-010)."""
        entry = self.entry(did)
        if entry is None or not any(role in entry["roles"] for role in roles):
            return False
        return self.may(entry, run) is None and self.state(did, None) == "trusted"

    def vouched(self, run: Json, hash_of_record: str, statements: Sequence[Json]) -> Optional[Vouched]:
        """The earliest time that somebody trusted, and other than the signer, vouches for (AR-TRUST-008)."""
        signed_by = provenance_of(run).get("signed_by")
        own = self.entry(signed_by)
        seen: list[tuple[int, bytes, bytes, Vouched]] = []
        for statement in statements:
            if statement.get("kind") != "countersignature" or statement.get("about") != hash_of_record:
                continue
            entry = self.entry(statement.get("signed_by"))
            if entry is None or entry["key"] == signed_by or (own is not None and entry["identity"] == own["identity"]):
                continue
            if not self.counts_now(entry["key"], VOUCHING, run):
                continue
            at = instant(statement["at"])
            if at is None or not is_signed("statement", statement):
                continue
            vouched = Vouched(entry["identity"], statement["at"])
            seen.append((at, _units(vouched.by), _units(vouched.at), vouched))
        return min(seen)[-1] if seen else None

    def may(self, entry: Json, run: Json) -> Optional[str]:
        """`agent` or `workspace` if the entry is not for that of the run (AR-TRUST-010); None if it is."""
        if "agents" in entry and not any(fits(pattern, run["agent_id"]) for pattern in entry["agents"]):
            return "agent"
        workspace = run.get("workspace_id")
        if "workspaces" in entry and not (
            isinstance(workspace, str) and any(fits(pattern, workspace) for pattern in entry["workspaces"])
        ):
            return "workspace"
        return None


def _units(text: str) -> bytes:
    """Sorts like the UTF-16 code units of a text."""
    return text.encode("utf-16-be", "surrogatepass")


def _time(text: str) -> int:
    at = instant(text)
    if at is None:
        raise ValueError(f"no time: {text}")
    return at
