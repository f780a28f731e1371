"""Ed25519 by the one rule that all implementations share (AR-SEAL-003; RFC 8032 section 5.1.7).

Libraries differ on hundreds of known edge cases, so what they differ on is decided here, on the bytes, before
``cryptography`` is asked for the equation without cofactor.
"""

import os
import unicodedata
from typing import Optional, Union

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_private_key

from .keys import did_key

_P = 2**255 - 19
_L = 2**252 + 27742317777372353535851937790883648493
_Y = 2**255 - 1

# y coordinates of the eight points of small order: of order 1, 2 and 4, and the two of order 8. x, and with it the sign bit, is not looked at.
_ORDER_8 = 0x7A03AC9277FDC74EC6CC392CFA53202A0F67100D760B3CBA4FD84D3D706A17C7
_SMALL_ORDER = frozenset((1, _P - 1, 0, _ORDER_8, _P - _ORDER_8))


def is_strict_form(key: bytes, signature: bytes) -> bool:
    """Whether a key and a signature have an acceptable form. Says nothing about the signature itself.

    32 and 64 bytes, canonical A and R, neither of small order in any encoding, S < L.
    """
    return (
        len(key) == 32
        and len(signature) == 64
        and _is_acceptable_point(key)
        and _is_acceptable_point(signature[:32])
        and int.from_bytes(signature[32:], "little") < _L
    )


def _is_acceptable_point(encoded: bytes) -> bool:
    y = int.from_bytes(encoded, "little") & _Y
    return y < _P and y not in _SMALL_ORDER


def verify_bytes(key: bytes, message: bytes, signature: bytes) -> bool:
    """Whether a signature (64 bytes) over a message is right for a public key (32 bytes). Never raises for content."""
    if not is_strict_form(key, signature):
        return False
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


class Signer:
    """A private key that signs. ``did`` names its public half."""

    def __init__(self, key: Ed25519PrivateKey) -> None:
        self._key = key
        self.public_key = key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
        self.did = did_key(self.public_key)

    @classmethod
    def generate(cls) -> "Signer":
        """A new key, by the generator of the system."""
        return cls(Ed25519PrivateKey.generate())

    @classmethod
    def from_seed(cls, seed: bytes) -> "Signer":
        """The key of a seed, the 32 bytes that RFC 8032 calls the private key.

        :raises ValueError: for another number of bytes
        """
        if len(seed) != 32:
            raise ValueError(f"a seed has 32 bytes, not {len(seed)}")
        return cls(Ed25519PrivateKey.from_private_bytes(seed))

    @classmethod
    def load(cls, path: Union[str, "os.PathLike[str]"], passphrase: Optional[str] = None) -> "Signer":
        """The key of a file that only its owner may read: PKCS#8 PEM, encrypted or not, as ``agent-run keygen`` makes it.

        :raises ValueError: if others may read it, if it is encrypted and the passphrase is missing or wrong, or if it holds no
            Ed25519 key; nothing in it is quoted
        :raises OSError: if it cannot be read
        """
        with open(path, "rb") as file:
            if os.name != "nt" and os.fstat(file.fileno()).st_mode & 0o077:
                raise ValueError(
                    f"{path}: found a key that others may read, expected one for its owner only: chmod 600"
                )
            data = file.read(65_536)
        # agent-run encrypts with the normal form; other programs with the bytes as they were typed.
        typed = passphrase or ""
        for secret in (None,) if passphrase is None else (unicodedata.normalize("NFC", typed), typed):
            try:
                key = load_pem_private_key(data, None if secret is None else secret.encode("utf-8"))
            except TypeError:
                is_missing = passphrase is None
                problem = (
                    "it is encrypted, expected a passphrase" if is_missing else "it is not encrypted, expected none"
                )
                raise ValueError(f"{path}: {problem}") from None
            except (ValueError, UnsupportedAlgorithm):
                continue
            if isinstance(key, Ed25519PrivateKey):
                return cls(key)
        raise ValueError(
            f"{path}: found no Ed25519 key that can be read, expected PKCS#8 PEM and its passphrase"
        ) from None

    def sign(self, message: bytes) -> bytes:
        """The signature over a message, 64 bytes."""
        return self._key.sign(message)

    def __repr__(self) -> str:
        return f"Signer({self.did})"
