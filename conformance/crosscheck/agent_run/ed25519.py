"""Ed25519 (RFC 8032), with the one rule by which a signature is accepted (AR-SEAL-003).

Points are (X, Y, Z, T) in extended coordinates, x = X/Z, y = Y/Z, xy = T/Z. Nothing here takes constant time: the keys
are test keys.
"""

from __future__ import annotations

import hashlib
from typing import Optional

P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493

_D = -121665 * pow(121666, P - 2, P) % P
_ROOT_OF_MINUS_ONE = pow(2, (P - 1) // 4, P)

Point = tuple  # four numbers
_NEUTRAL: Point = (0, 1, 1, 0)


def public_key(seed: bytes) -> bytes:
    """The public key of a 32-byte seed."""
    return _encode(_times_base(_expand(seed)[0]))


def sign(seed: bytes, message: bytes) -> bytes:
    """The 64 bytes of a signature."""
    scalar, prefix = _expand(seed)
    key = _encode(_times_base(scalar))
    nonce = _number(hashlib.sha512(prefix + message).digest()) % L
    commitment = _encode(_times_base(nonce))
    k = _number(hashlib.sha512(commitment + key + message).digest()) % L
    return commitment + ((nonce + k * scalar) % L).to_bytes(32, "little")


def verify(key: bytes, message: bytes, signature: bytes) -> bool:
    """Whether the signature is right by AR-SEAL-003."""
    if len(key) != 32 or len(signature) != 64 or not _strict(key) or not _strict(signature[:32]):
        return False
    s = _number(signature[32:])
    point = _decode(key)
    if s >= L or point is None:
        return False
    k = _number(hashlib.sha512(signature[:32] + key + message).digest()) % L
    negative = (P - point[0], point[1], point[2], P - point[3])
    return _encode(_add(_times_base(s), _times(k, negative))) == signature[:32]


def decode(encoded: bytes) -> Optional[Point]:
    """The point that 32 bytes encode, None if they encode none."""
    return _decode(encoded)


def small_order_encodings() -> list[bytes]:
    """Every 32 bytes that stand for a point of small order, also those that are not canonical."""
    return [
        (y | sign_bit << 255).to_bytes(32, "little")
        for small in sorted(_SMALL)
        for y in (small, small + P)
        if y < 2**255
        for sign_bit in (0, 1)
    ]


def _expand(seed: bytes) -> tuple[int, bytes]:
    half = hashlib.sha512(seed).digest()
    return _number(half[:32]) & (2**254 - 8) | 2**254, half[32:]


def _number(octets: bytes) -> int:
    return int.from_bytes(octets, "little")


def _strict(encoded: bytes) -> bool:
    """Canonical, and not of small order whatever the sign bit says."""
    y = _number(encoded) & (2**255 - 1)
    return y < P and y not in _SMALL


def _decode(encoded: bytes) -> Optional[Point]:
    y = _number(encoded) & (2**255 - 1)
    x = _x_of(y % P, encoded[31] >> 7)
    return None if x is None else (x, y % P, 1, x * y % P)


def _x_of(y: int, sign_bit: int) -> Optional[int]:
    square = (y * y - 1) * pow(_D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if x * x % P != square:
        x = x * _ROOT_OF_MINUS_ONE % P
    if x * x % P != square:
        return None
    return P - x if x and x & 1 != sign_bit else x


def _encode(point: Point) -> bytes:
    inverse = pow(point[2], P - 2, P)
    x, y = point[0] * inverse % P, point[1] * inverse % P
    return (y | (x & 1) << 255).to_bytes(32, "little")


def _add(a: Point, b: Point) -> Point:
    m = (a[1] - a[0]) * (b[1] - b[0]) % P
    n = (a[1] + a[0]) * (b[1] + b[0]) % P
    t = 2 * a[3] * b[3] * _D % P
    z = 2 * a[2] * b[2] % P
    e, f, g, h = n - m, z - t, z + t, n + m
    return (e * f % P, g * h % P, f * g % P, e * h % P)


def _times(scalar: int, point: Point) -> Point:
    total = _NEUTRAL
    while scalar:
        if scalar & 1:
            total = _add(total, point)
        point = _add(point, point)
        scalar >>= 1
    return total


def _powers_of_base() -> list[Point]:
    y = 4 * pow(5, P - 2, P) % P
    x = _x_of(y, 0)
    assert x is not None
    powers = [(x, y, 1, x * y % P)]
    for _ in range(255):
        powers.append(_add(powers[-1], powers[-1]))
    return powers


_POWERS = _powers_of_base()


def _times_base(scalar: int) -> Point:
    total = _NEUTRAL
    for power in _POWERS:
        if scalar & 1:
            total = _add(total, power)
        scalar >>= 1
    return total


def _small_order() -> set[int]:
    """The y coordinates of the points of order 1, 2, 4 and 8, found as multiples by L of points of any order."""
    found: set[int] = set()
    y = 2
    while len(found) < 5:
        x = _x_of(y, 0)
        if x is not None:
            torsion = _times(L, (x, y, 1, x * y % P))
            for _ in range(8):
                found.add(_number(_encode(torsion)) & (2**255 - 1))
                torsion = _add(torsion, _times(L, (x, y, 1, x * y % P)))
        y += 1
    return found


_SMALL = _small_order()
