"""Cases about signatures."""

from __future__ import annotations

import hashlib

from agent_run import ed25519
from agent_run.didkey import did_of, signature_of, spell_signature
from agent_run.hashing import signed_bytes
from agent_run.seal import Json, reseal

from .case import case
from .keys import key
from .records import base, sealed, with_provenance, without

_SEALED = sealed(base())
_TWO = base(id="run_2")


def forged(key_octets: bytes, signature: bytes) -> Json:
    """The record under a key that is none, with a signature that a careless verifier accepts."""
    named = reseal(with_provenance(_SEALED, signed_by=did_of(key_octets), signature=...))
    return with_provenance(named, signature=spell_signature(signature))


def resigned(signature: bytes) -> Json:
    """The record with another signature."""
    return with_provenance(_SEALED, signature=spell_signature(signature))


_BASE_POINT = (4 * pow(5, ed25519.P - 2, ed25519.P) % ed25519.P).to_bytes(32, "little")
_NEUTRAL = (1).to_bytes(32, "little")
_ONE = (1).to_bytes(32, "little")
_RIGHT = signature_of(_SEALED["provenance"]["signature"])
_SPELLED = _SEALED["provenance"]["signature"]


def plus_order() -> bytes:
    """The right signature with S + L in the place of S."""
    s = int.from_bytes(_RIGHT[32:], "little") + ed25519.L
    return _RIGHT[:32] + s.to_bytes(32, "little")


def neutral_commitment() -> bytes:
    """A signature whose R is the neutral point: right by the equation, refused by the rule."""
    scalar = int.from_bytes(hashlib.sha512(key("recorder").seed).digest()[:32], "little") & (2**254 - 8) | 2**254
    message = signed_bytes("run", _SEALED)
    k = int.from_bytes(hashlib.sha512(_NEUTRAL + key("recorder").key + message).digest(), "little") % ed25519.L
    return _NEUTRAL + (k * scalar % ed25519.L).to_bytes(32, "little")


def another_spelling() -> str:
    """The same 64 bytes, with a trailing bit that isn't zero."""
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    return _SPELLED[:85] + alphabet[alphabet.index(_SPELLED[85]) + 1] + "=="


SIGNATURE = [
    case("stripped", "AR-SEAL-012", "signed_by is left, signature is gone.", with_provenance(_SEALED, signature=...)),
    case("stripped_null", "AR-SEAL-012", "A signature of null is none.", with_provenance(_SEALED, signature=None)),
    case(
        "both_stripped",
        "AR-SEAL-011",
        "signed_by is gone as well: it was covered.",
        with_provenance(_SEALED, signature=..., signed_by=...),
    ),
    case(
        "signed_by_missing",
        "AR-SEAL-013",
        "A signature, and nothing says by which key.",
        with_provenance(sealed(base(), None), signature=_SPELLED),
    ),
    case(
        "signed_by_no_key",
        "AR-SEAL-013",
        "signed_by is a web address.",
        with_provenance(
            reseal(with_provenance(_SEALED, signed_by="https://example.org/key", signature=...)), signature=_SPELLED
        ),
    ),
    case(
        "signed_by_spelled_otherwise",
        "AR-SEAL-001",
        "The did:key with its fragment.",
        with_provenance(
            reseal(
                with_provenance(_SEALED, signed_by=key("recorder").did + "#" + key("recorder").did[8:], signature=...)
            ),
            signature=_SPELLED,
        ),
    ),
    case(
        "bit_flipped",
        "AR-SEAL-014",
        "One bit of S is wrong.",
        resigned(_RIGHT[:40] + bytes([_RIGHT[40] ^ 1]) + _RIGHT[41:]),
    ),
    case(
        "other_record",
        "AR-SEAL-014",
        "The signature of another record.",
        resigned(signature_of(sealed(_TWO)["provenance"]["signature"])),
    ),
    case(
        "other_kind",
        "AR-SEAL-004",
        "The key has signed the covered part, as a statement.",
        with_provenance(
            _SEALED,
            signature=key("recorder").sign(
                "statement",
                {**without(_SEALED, "steps"), "provenance": without(_SEALED["provenance"], "record_hash", "signature")},
            ),
        ),
    ),
    case(
        "other_key",
        "AR-SEAL-014",
        "Signed with another key than signed_by names.",
        with_provenance(_SEALED, signature=key("stranger").sign("run", _SEALED)),
    ),
    case(
        "spelling_trailing_bits",
        "AR-SEAL-002",
        "The right bytes, with a trailing bit that isn't zero.",
        with_provenance(_SEALED, signature=another_spelling()),
    ),
    case(
        "spelling_unpadded",
        "AR-SEAL-002",
        "The right bytes without padding.",
        with_provenance(_SEALED, signature=_SPELLED.rstrip("=")),
    ),
    case(
        "spelling_line_break",
        "AR-SEAL-002",
        "The right bytes with a line break.",
        with_provenance(_SEALED, signature=_SPELLED[:76] + "\n" + _SPELLED[76:]),
    ),
    case("s_plus_order", "AR-SEAL-003", "S + L in the place of S.", resigned(plus_order())),
    case(
        "small_order_commitment",
        "AR-SEAL-003",
        "R is the neutral point; the equation holds.",
        resigned(neutral_commitment()),
    ),
    case(
        "small_order_key",
        "AR-SEAL-003",
        "The key is the neutral point: one signature fits every record.",
        forged(_NEUTRAL, _BASE_POINT + _ONE),
    ),
    case(
        "non_canonical_key",
        "AR-SEAL-003",
        "The key is the neutral point, spelled as y + p.",
        forged((1 + ed25519.P).to_bytes(32, "little"), _BASE_POINT + _ONE),
    ),
    case(
        "scheme_0_1",
        "AR-SEAL-015",
        "0.1 never said what a signature is over.",
        without(with_provenance(base(), signed_by="somebody", signature="abc"), "spec_version"),
        level="recorded",
    ),
    case(
        "signed_by_0_1",
        "AR-SEAL-015",
        "signed_by alone says nothing in 0.1.",
        without(with_provenance(base(), signed_by="somebody"), "spec_version"),
        level="recorded",
    ),
    case(
        "unsealed_but_signed",
        "AR-SEAL-009",
        "A signature alone makes a record sealed.",
        with_provenance(
            base(),
            signed_by=key("recorder").did,
            signature=key("recorder").sign("run", with_provenance(base(), signed_by=key("recorder").did)),
        ),
    ),
]
