"""How records spell keys and signatures (AR-SEAL-001, AR-SEAL-002)."""

import re
from base64 import b64decode, b64encode
from typing import Optional

_ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
_PREFIX = "did:key:z"
# Multicodec ed25519-pub as a varint.
_CODEC = b"\xed\x01"
_SIGNATURE = re.compile(r"[A-Za-z0-9+/]{85}[AQgw]==")


def did_key(key: bytes) -> str:
    """The did:key of an Ed25519 public key: ``did:key:z6Mk…``.

    :raises ValueError: unless the key has 32 bytes
    """
    if len(key) != 32:
        raise ValueError(f"an Ed25519 public key has 32 bytes, not {len(key)}")
    return _PREFIX + _encode_base58(_CODEC + key)


def key_of(did: object) -> Optional[bytes]:
    """The 32 bytes of the Ed25519 public key that a did:key names; ``None`` if it names none. One key has one spelling."""
    if not isinstance(did, str) or not did.startswith(_PREFIX):
        return None
    decoded = _decode_base58(did[len(_PREFIX) :])
    if decoded is None or len(decoded) != 34 or not decoded.startswith(_CODEC):
        return None
    return decoded[2:]


def signature_of(text: object) -> Optional[bytes]:
    """The 64 bytes of a signature as records spell it: base64, padded, trailing bits zero; ``None`` for anything else."""
    if not isinstance(text, str) or _SIGNATURE.fullmatch(text) is None:
        return None
    return b64decode(text)


def signature_text(signature: bytes) -> str:
    """A signature as records spell it: 88 characters of base64."""
    return b64encode(signature).decode("ascii")


def _encode_base58(data: bytes) -> str:
    number = int.from_bytes(data, "big")
    text = ""
    while number > 0:
        number, digit = divmod(number, 58)
        text = _ALPHABET[digit] + text
    return "1" * (len(data) - len(data.lstrip(b"\x00"))) + text


def _decode_base58(text: str) -> Optional[bytes]:
    # No key is longer, and the conversion is quadratic.
    if len(text) > 64:
        return None
    number = 0
    for character in text:
        digit = _ALPHABET.find(character)
        if digit < 0:
            return None
        number = number * 58 + digit
    zeros = len(text) - len(text.lstrip("1"))
    return b"\x00" * zeros + number.to_bytes((number.bit_length() + 7) // 8, "big")
