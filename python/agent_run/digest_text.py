"""The spelling of a SHA-256 in a record: ``sha256:`` and 64 lower-case hexadecimal digits."""

import re
from hashlib import sha256
from typing import Optional

_DIGEST = re.compile(r"sha256:[0-9a-f]{64}")


def digest(data: bytes) -> str:
    """The SHA-256 of some bytes, as records spell it."""
    return digest_text(sha256(data).digest())


def digest_text(hashed: bytes) -> str:
    """The 32 bytes of a digest, as records spell them."""
    return "sha256:" + hashed.hex()


def digest_bytes(text: object) -> Optional[bytes]:
    """The 32 bytes of a digest in that spelling; ``None`` for anything else."""
    if not isinstance(text, str) or _DIGEST.fullmatch(text) is None:
        return None
    return bytes.fromhex(text[len("sha256:") :])
