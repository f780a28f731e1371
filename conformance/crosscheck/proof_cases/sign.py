"""vectors/sign: keys, signatures and their spellings."""

from __future__ import annotations

import base64
import hashlib
from typing import Any

from agent_run import ed25519
from agent_run.didkey import did_of, key_of, signature_of, spell_signature
from agent_run.hashing import signed_bytes
from agent_run.seal import Json, is_signed

from .keys import key, statement

_SIGNER = key("recorder")
_KEY, _MESSAGE = _SIGNER.key, b"agent-run"
_RIGHT = ed25519.sign(_SIGNER.seed, _MESSAGE)
_BASE_POINT = (4 * pow(5, ed25519.P - 2, ed25519.P) % ed25519.P).to_bytes(32, "little")
_SCALAR = int.from_bytes(hashlib.sha512(_SIGNER.seed).digest()[:32], "little") & (2**254 - 8) | 2**254


def _number(value: int) -> bytes:
    return value.to_bytes(32, "little")


def _response(commitment: bytes, nonce: int = 0) -> bytes:
    """S for an R of our choice, so that the equation holds if R is nonce times the base point."""
    return commitment + _number((nonce + _challenge(commitment, _KEY, _MESSAGE) * _SCALAR) % ed25519.L)


def _fitting_message(key: bytes, commitment: bytes) -> bytes:
    """A message for which the key, of order 8 at most, drops out of the equation: any key that is let through is right."""
    number = 0
    while _challenge(commitment, key, b"%d" % number) % 8:
        number += 1
    return b"%d" % number


def _challenge(commitment: bytes, key: bytes, message: bytes) -> int:
    return int.from_bytes(hashlib.sha512(commitment + key + message).digest(), "little") % ed25519.L


def _flip(octets: bytes, place: int, bit: int = 1) -> bytes:
    return octets[:place] + bytes([octets[place] ^ bit]) + octets[place + 1 :]


def _not_a_point() -> bytes:
    """The first y that no point has."""
    y = 2
    while ed25519.decode(_number(y)) is not None:
        y += 1
    return _number(y)


def _verify_rows() -> list[tuple[str, str, bytes, bytes, bytes]]:
    three, s = "AR-SEAL-003", int.from_bytes(_RIGHT[32:], "little")
    rows = [
        ("right", three, _KEY, _MESSAGE, _RIGHT),
        ("right, empty message", three, _KEY, b"", ed25519.sign(_SIGNER.seed, b"")),
        ("other message", three, _KEY, _MESSAGE + b".", _RIGHT),
        ("other key", three, key("stranger").key, _MESSAGE, _RIGHT),
        ("bit of R", three, _KEY, _MESSAGE, _flip(_RIGHT, 0)),
        ("sign bit of R", three, _KEY, _MESSAGE, _flip(_RIGHT, 31, 128)),
        ("bit of S", three, _KEY, _MESSAGE, _flip(_RIGHT, 32)),
        ("sign bit of A", three, _flip(_KEY, 31, 128), _MESSAGE, _RIGHT),
        ("S + L", three, _KEY, _MESSAGE, _RIGHT[:32] + _number(s + ed25519.L)),
        ("S + 2L", three, _KEY, _MESSAGE, _RIGHT[:32] + _number(s + 2 * ed25519.L)),
        ("S is L, R the neutral point", three, _KEY, _MESSAGE, _number(1) + _number(ed25519.L)),
        ("L - S", three, _KEY, _MESSAGE, _RIGHT[:32] + _number(ed25519.L - s)),
        ("all zero", three, _number(0), _MESSAGE, bytes(64)),
        ("key of 31 bytes", three, _KEY[:31], _MESSAGE, _RIGHT),
        ("key of 33 bytes", three, _KEY + b"\0", _MESSAGE, _RIGHT),
        ("signature of 63 bytes", three, _KEY, _MESSAGE, _RIGHT[:63]),
        ("signature of 65 bytes", three, _KEY, _MESSAGE, _RIGHT + b"\0"),
        ("signature of no bytes", three, _KEY, _MESSAGE, b""),
        ("key that is no point", three, _not_a_point(), _MESSAGE, _RIGHT),
        ("R that is no point", three, _KEY, _MESSAGE, _response(_not_a_point())),
        ("key that is no point, y = p - 2", three, _number(ed25519.P - 2), _MESSAGE, _RIGHT),
        ("right, nonce 1: R is the base point", three, _KEY, _MESSAGE, _response(_BASE_POINT, 1)),
    ]
    for number, small in enumerate(ed25519.small_order_encodings()):
        rows.append((f"small-order key {number}", three, small, _MESSAGE, _BASE_POINT + _number(1)))
        rows.append((f"small-order R {number}", three, _KEY, _MESSAGE, _response(small)))
        fitting = _fitting_message(small, _BASE_POINT)
        rows.append((f"small-order key {number}, the equation holds", three, small, fitting, _BASE_POINT + _number(1)))
    for more in range(19):
        if more in (0, 1):
            continue
        # y + p of a small y that is no point of small order: only the spelling is wrong.
        encoded = _number(ed25519.P + more)
        rows.append((f"non-canonical key, y = p + {more}", three, encoded, _MESSAGE, _RIGHT))
    rows.append(("non-canonical R, y = p + 3", three, _KEY, _MESSAGE, _response(_number(ed25519.P + 3))))
    return rows


def _keys() -> list[tuple[str, str]]:
    did = _SIGNER.did
    x25519 = did_of(_KEY)
    alphabet = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
    next_digit = alphabet[(alphabet.index(did[-1]) + 1) % 58]
    return [
        ("right", did),
        ("another key", did[:-1] + next_digit),
        ("key of zeros", did_of(bytes(32))),
        ("key of ones", did_of(b"\xff" * 32)),
        ("fragment", f"{did}#{did[8:]}"),
        ("query", did + "?versionId=1"),
        ("path", did + "/"),
        ("white space before", " " + did),
        ("line feed after", did + "\n"),
        ("upper-case scheme", "DID" + did[3:]),
        ("upper-case method", "did:KEY" + did[7:]),
        ("a leading 1", "did:key:z1" + did[9:]),
        ("letter that base58 lacks", did[:20] + "0" + did[21:]),
        ("letter beyond ASCII", did[:20] + "\u00e9" + did[21:]),
        ("a digit too few", did[:-1]),
        ("a digit too many", did + "1"),
        ("base16 of the same bytes", "did:key:f" + (b"\xed\x01" + _KEY).hex()),
        (
            "base64url of the same bytes",
            "did:key:u" + base64.urlsafe_b64encode(b"\xed\x01" + _KEY).decode().rstrip("="),
        ),
        ("other kind of key", _multibase(b"\xec\x01" + _KEY)),
        ("codec as one byte", _multibase(b"\xed" + _KEY)),
        ("key of 31 bytes", _multibase(b"\xed\x01" + _KEY[:31])),
        ("key of 33 bytes", _multibase(b"\xed\x01" + _KEY + b"\0")),
        ("did:web", "did:web:example.org"),
        ("only the key", x25519[8:]),
        ("empty", ""),
    ]


def _multibase(octets: bytes) -> str:
    alphabet = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
    number, digits = int.from_bytes(octets, "big"), ""
    while number:
        number, digit = divmod(number, 58)
        digits = alphabet[digit] + digits
    return "did:key:z" + digits


def _texts() -> list[tuple[str, str]]:
    right = spell_signature(_RIGHT)
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    mixed = spell_signature(b"\xff\xef\xbe" * 21 + b"\xff")
    return [
        ("right", right),
        ("right, with + and /", mixed),
        ("base64url", mixed.replace("+", "-").replace("/", "_")),
        ("unpadded", right.rstrip("=")),
        ("half padded", right[:-1]),
        ("trailing bits", right[:85] + alphabet[alphabet.index(right[85]) + 1] + "=="),
        ("line break", right[:76] + "\r\n" + right[76:]),
        ("white space before", " " + right),
        ("line feed after", right + "\n"),
        ("percent-encoded padding", right[:-2] + "%3D%3D"),
        ("hexadecimal", _RIGHT.hex()),
        ("63 bytes", spell_signature(_RIGHT[:63])),
        ("65 bytes", spell_signature(_RIGHT + b"\0")),
        ("padding inside", right[:42] + "==" + right[44:]),
        ("letter beyond ASCII", "\u00e9" + right[1:]),
        ("empty", ""),
    ]


# What these rows are about is which members the signature covers; the others are about how it is made.
_COVERED = {
    "statement with a member more",
    "statement with a member less",
    "eval with another score",
    "head of another line",
    "approval",
    "approval, its private members beside",
    "approval, public without private_hash",
}


def _objects() -> list[tuple[str, str, Json]]:
    said = statement("server", "countersignature", "sha256:" + "0" * 64, "2026-11-20T14:10:00Z", {})
    plain = {name: value for name, value in said.items() if name not in ("signed_by", "signature")}
    judged = key("evaluator").signed("eval", {"pass": True, "score": 50})
    no_secret = {"private_hash": "sha256:" + "0" * 64, "salt": "0" * 64}
    salted = key("evaluator").signed("eval", {"pass": True, "score": 50, **no_secret})
    hidden = {
        **key("approver").signed(
            "approval",
            {
                "approval_id": "ap-1",
                "event": "approved",
                "at": "2026-11-20T14:02:00Z",
                "private_hash": "sha256:" + "1" * 64,
            },
        )
    }
    head = key("recorder").signed(
        "head",
        {
            "run_id": "run_1",
            "nonce": "0" * 32,
            "seq": 0,
            "head": "sha256:" + "2" * 64,
            "steps_count": 0,
            "steps_root": "sha256:" + hashlib.sha256(b"").hexdigest(),
            "at": "2026-11-20T14:02:00Z",
        },
    )
    return [
        ("statement", "statement", said),
        ("statement, judged as an eval", "eval", said),
        ("statement, judged as a head", "head", said),
        (
            "statement signed as an approval",
            "statement",
            {
                **plain,
                "signed_by": key("server").did,
                "signature": key("server").sign("approval", {**plain, "signed_by": key("server").did}),
            },
        ),
        ("statement by another key", "statement", {**said, "signed_by": key("stranger").did}),
        ("statement with a member more", "statement", {**said, "note": ""}),
        ("statement with a member less", "statement", {name: value for name, value in said.items() if name != "body"}),
        ("statement, members reordered", "statement", dict(reversed(list(said.items())))),
        ("statement without signed_by", "statement", {**plain, "signature": said["signature"]}),
        ("statement without signature", "statement", {**plain, "signed_by": said["signed_by"]}),
        ("statement with unpadded signature", "statement", {**said, "signature": said["signature"].rstrip("=")}),
        ("eval", "eval", judged),
        ("eval with another score", "eval", {**judged, "score": 51}),
        ("eval, whose private_hash and salt are members like any other", "eval", salted),
        ("eval, its salt taken away", "eval", {name: value for name, value in salted.items() if name != "salt"}),
        ("eval with the score as 50.0", "eval", {**judged, "score": 50.0}),
        ("head", "head", head),
        ("head of another line", "head", {**head, "seq": 1}),
        ("approval", "approval", hidden),
        ("approval, its private members beside", "approval", {**hidden, "reason": "ok", "salt": "0" * 64}),
        (
            "approval, public without private_hash",
            "approval",
            {name: value for name, value in hidden.items() if name != "private_hash"},
        ),
        ("approval judged as a statement", "statement", hidden),
    ]


def rows() -> dict[str, list[Json]]:
    """The files."""
    signs = [
        (name, key(name).seed, message)
        for name, message in (("recorder", b""), ("approver", b"x"), ("server", bytes(range(256))))
    ]
    return {
        "sign": [
            _row(
                f"{name}, {len(message)} bytes",
                "AR-SEAL-003",
                seed_hex=seed.hex(),
                message_hex=message.hex(),
                expect={
                    "public_key_hex": ed25519.public_key(seed).hex(),
                    "did": did_of(ed25519.public_key(seed)),
                    "signature_hex": ed25519.sign(seed, message).hex(),
                },
            )
            for name, seed, message in signs
        ],
        "verify": [
            _row(
                name,
                requirement,
                key_hex=k.hex(),
                message_hex=message.hex(),
                signature_hex=signature.hex(),
                expect=ed25519.verify(k, message, signature),
            )
            for name, requirement, k, message, signature in _verify_rows()
        ],
        "did-key": [_row(name, "AR-SEAL-001", did=did, expect=_hex(key_of(did))) for name, did in _keys()],
        "signature-text": [
            _row(name, "AR-SEAL-002", text=text, expect=_hex(signature_of(text))) for name, text in _texts()
        ],
        "object": [
            _row(
                name,
                "AR-SEAL-006" if name in _COVERED else "AR-SEAL-004",
                kind=kind,
                object=thing,
                signed_bytes_hex=signed_bytes(kind, thing).hex(),
                expect=is_signed(kind, thing),
            )
            for name, kind, thing in _objects()
        ],
    }


def _hex(octets: Any) -> Any:
    return None if octets is None else octets.hex()


def _row(name: str, requirement: str, **members: Any) -> Json:
    return {"name": name, "requirement": requirement, **members}
