"""Signatures of runs, approvals, evals, statements and journal heads (AR-SEAL-004, AR-SEAL-006)."""

from typing import Dict, Literal, Mapping, Optional

from .covered import SignedKind, signed_bytes
from .ed25519 import Signer, verify_bytes
from .errors import SealError
from .keys import did_key, key_of, signature_of, signature_text
from .members import is_given, object_in

__all__ = [
    "SignatureState",
    "SignedKind",
    "Signer",
    "did_key",
    "holder_of",
    "key_of",
    "sign_object",
    "signature_of",
    "signature_state",
    "signature_text",
    "verify_bytes",
    "verify_object",
]

SignatureState = Literal["pass", "fail", "absent", "stripped"]
"""Right, wrong, not there, or not there although ``signed_by`` names the key that made it."""


def holder_of(kind: SignedKind, value: Mapping[str, object]) -> Mapping[str, object]:
    """Where a signature and the name of its key stand: a run keeps them in ``provenance``, all others in themselves."""
    return object_in(value, "provenance") if kind == "run" else value


def signature_state(kind: SignedKind, value: Mapping[str, object], signed: Optional[bytes] = None) -> SignatureState:
    """What the signature of an object is worth. Whether its key may sign for it is for others to say.

    :param signed: the signed bytes, for a caller who has them
    """
    holder = holder_of(kind, value)
    if not is_given(holder, "signature"):
        return "stripped" if is_given(holder, "signed_by") else "absent"
    key = key_of(holder.get("signed_by"))
    signature = signature_of(holder["signature"])
    if key is None or signature is None:
        return "fail"
    return "pass" if verify_bytes(key, signed or signed_bytes(kind, value), signature) else "fail"


def verify_object(kind: SignedKind, value: Mapping[str, object]) -> bool:
    """Whether the ``signature`` of an object by its ``signed_by`` is there and right."""
    return signature_state(kind, value) == "pass"


def sign_object(
    kind: Literal["approval", "eval", "statement", "head"], value: Mapping[str, object], signer: Signer
) -> Dict[str, object]:
    """A copy with ``signed_by`` and ``signature``. A run is sealed by :func:`agent_run.seal.seal` instead.

    :raises SealError: ``seal.already_sealed`` if it is signed, ``seal.other_key`` if ``signed_by`` names another key
    """
    if is_given(value, "signature"):
        raise SealError("seal.already_sealed", f"found a signed {kind}; expected one that is not")
    if value.get("signed_by") not in (None, signer.did):
        raise SealError("seal.other_key", f"found another key in signed_by of the {kind}; expected that of the signer")
    signed: Dict[str, object] = {**value, "signed_by": signer.did}
    signed["signature"] = signature_text(signer.sign(signed_bytes(kind, signed)))
    return signed
