"""Which records claim to be sealed, and what such a record has (AR-SEAL-009, AR-SEAL-010)."""

from typing import Mapping, NamedTuple, Optional

from ..members import is_given, object_in

OPEN_STATUSES = frozenset(("pending", "running", "paused"))
"""Statuses of a run that is not over; a record with one of them cannot be sealed."""


def is_sealed(run: Mapping[str, object]) -> bool:
    """Whether a record claims to be sealed. What follows from the claim is the verifier's to check."""
    provenance = object_in(run, "provenance")
    if any(is_given(provenance, member) for member in ("record_hash", "sealed_at", "journal_head")):
        return True
    # A signature in a 0.1 record is of a scheme that nobody defined.
    return is_given(run, "spec_version") and is_given(provenance, "signature")


class Missing(NamedTuple):
    """A member that a sealed record has to have. ``path`` is a JSON Pointer."""

    member: str
    path: str


def missing_from_seal(run: Mapping[str, object]) -> Optional[Missing]:
    """The first member that a sealed record has to have and this one lacks."""
    if not is_given(run, "spec_version"):
        return Missing("spec_version", "/spec_version")
    provenance = object_in(run, "provenance")
    for member in ("record_hash", "sealed_at", "steps_count", "steps_root", "nonce"):
        if not is_given(provenance, member):
            return Missing(member, f"/provenance/{member}")
    return None
