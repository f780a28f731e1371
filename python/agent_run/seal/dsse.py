"""A seal as a DSSE envelope (AR-SEAL-004)."""

from base64 import b64encode
from typing import List, Mapping, TypedDict

from ..covered import SignedKind, payload
from ..errors import SealError
from ..pae import media_type
from ..signatures import holder_of


class DsseSignature(TypedDict):
    """A signature of an envelope."""

    keyid: str
    """The did:key. Not signed: the key that counts stands in the payload."""
    sig: str
    """Base64 of 64 bytes."""


class DsseEnvelope(TypedDict):
    """A DSSE envelope (github.com/secure-systems-lab/dsse)."""

    payload: str
    """Base64 of the canonical form of what the signature covers."""
    payloadType: str
    signatures: List[DsseSignature]


def dsse(kind: SignedKind, value: Mapping[str, object]) -> DsseEnvelope:
    """The seal of an object as an envelope. It is the same signature, so any DSSE library verifies it.

    :raises SealError: ``dsse.unsigned`` if the object has no signature
    """
    holder = holder_of(kind, value)
    key, signature = holder.get("signed_by"), holder.get("signature")
    if not isinstance(key, str) or not isinstance(signature, str):
        raise SealError("dsse.unsigned", f"found a {kind} without signature; expected a signed one")
    return {
        "payload": b64encode(payload(kind, value)).decode("ascii"),
        "payloadType": media_type(kind),
        "signatures": [{"keyid": key, "sig": signature}],
    }
