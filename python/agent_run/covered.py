"""What a seal covers: everything but a closed list (spec/seal.md, AR-SEAL-005, AR-SEAL-006)."""

from typing import Dict, Literal, Mapping

from .canonical import canonicalize
from .members import object_in, without
from .pae import media_type, pae
from .public_form import public_form

SignedKind = Literal["run", "approval", "eval", "statement", "head"]
"""What can carry a signature of its own."""


def covered_part(kind: SignedKind, value: Mapping[str, object]) -> Dict[str, object]:
    """The part of an object that its signature covers.

    Of a run: its public form without ``steps`` and ``eval``, its provenance without ``record_hash`` and ``signature``.
    Of the others: the public form without their own ``signature``.
    """
    if kind == "run":
        form = public_form("run", without(value, "steps", "eval"))
        form["provenance"] = without(object_in(form, "provenance"), "record_hash", "signature")
        return form
    form = public_form("approval", value) if kind == "approval" else dict(value)
    form.pop("signature", None)
    return form


def payload(kind: SignedKind, value: Mapping[str, object]) -> bytes:
    """The canonical form of the covered part, which is the payload of a DSSE envelope.

    :raises CanonicalError: if the object is not JSON
    """
    return canonicalize(covered_part(kind, value))


def signed_bytes(kind: SignedKind, value: Mapping[str, object]) -> bytes:
    """The bytes that are signed, and whose SHA-256 is the hash of that kind (AR-SEAL-004)."""
    return pae(media_type(kind), payload(kind, value))
