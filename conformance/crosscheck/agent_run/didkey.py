"""The names of keys and the spelling of signatures (AR-SEAL-001, AR-SEAL-002)."""

from __future__ import annotations

import base64
import re
from typing import Any, Optional

_ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
_ED25519 = b"\xed\x01"
_SIGNATURE = re.compile(r"[A-Za-z0-9+/]{85}[AQgw]==")


def did_of(key: bytes) -> str:
    """The did:key of an Ed25519 public key."""
    return "did:key:z" + _base58(_ED25519 + key)


def key_of(did: Any) -> Optional[bytes]:
    """The 32 bytes of the key that a did:key names; None if it is not the one canonical did:key of such a key."""
    if not isinstance(did, str) or not did.startswith("did:key:z6Mk") or len(did) != 56:
        return None
    number = 0
    for digit in did[9:]:
        if digit not in _ALPHABET:
            return None
        number = number * 58 + _ALPHABET.index(digit)
    if number >= 2 ** (8 * 34):
        return None
    octets = number.to_bytes(34, "big")
    return octets[2:] if octets[:2] == _ED25519 and did_of(octets[2:]) == did else None


def spell_signature(signature: bytes) -> str:
    """64 bytes as 88 characters."""
    return base64.b64encode(signature).decode("ascii")


def signature_of(text: Any) -> Optional[bytes]:
    """The 64 bytes of a signature; None if it is not spelled in its one way."""
    if not isinstance(text, str) or not _SIGNATURE.fullmatch(text):
        return None
    return base64.b64decode(text)


def _base58(octets: bytes) -> str:
    zeros = len(octets) - len(octets.lstrip(b"\0"))
    number = int.from_bytes(octets, "big")
    digits = ""
    while number:
        number, digit = divmod(number, 58)
        digits = _ALPHABET[digit] + digits
    return "1" * zeros + digits
