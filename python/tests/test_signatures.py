"""Keys, signatures, and the rule for Ed25519."""

import json
import os
from pathlib import Path
from typing import Any, Callable, Dict, List, Optional, Tuple

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, Encoding, NoEncryption, PrivateFormat

from agent_run import SealError, Signer, sign_object, verify_object
from agent_run.signatures import did_key, key_of, signature_of, signature_state, signature_text, verify_bytes
from tests.repository import shared, unhex, vectors


def hexed(data: Optional[bytes]) -> Optional[str]:
    return None if data is None else data.hex()


def signed(vector: Dict[str, Any]) -> Dict[str, str]:
    signer = Signer.from_seed(unhex(vector["seed_hex"]))
    signature = signer.sign(unhex(vector["message_hex"]))
    return {"public_key_hex": signer.public_key.hex(), "did": signer.did, "signature_hex": signature.hex()}


OPERATIONS: Dict[str, Callable[[Dict[str, Any]], object]] = {
    "verify": lambda v: verify_bytes(unhex(v["key_hex"]), unhex(v["message_hex"]), unhex(v["signature_hex"])),
    "did-key": lambda v: hexed(key_of(v["did"])),
    "signature-text": lambda v: hexed(signature_of(v["text"])),
    "object": lambda v: verify_object(v["kind"], v["object"]),
    "sign": signed,
}
CASES: List[Tuple[str, Dict[str, Any]]] = [(name, vector) for name in OPERATIONS for vector in vectors(f"sign/{name}")]


@pytest.mark.parametrize(("operation", "vector"), CASES, ids=[f"{name}: {vector['name']}" for name, vector in CASES])
def test_vector(operation: str, vector: Dict[str, Any]) -> None:
    assert OPERATIONS[operation](vector) == vector["expect"]


def test_cctv() -> None:
    cases = json.loads(shared("cctv-ed25519vectors.json").read_text("utf-8"))
    assert len(cases) == 914
    accepted = [
        case for case in cases if verify_bytes(unhex(case["key"]), case["msg"].encode("utf-8"), unhex(case["sig"]))
    ]
    assert len(accepted) == 43


def test_wycheproof() -> None:
    groups = json.loads(shared("wycheproof-ed25519_test.json").read_text("utf-8"))["testGroups"]
    count = 0
    for group in groups:
        for case in group["tests"]:
            count += 1
            good = verify_bytes(unhex(group["publicKey"]["pk"]), unhex(case["msg"]), unhex(case["sig"]))
            assert good is (case["result"] == "valid"), case["tcId"]
    assert count == 151


def test_keys_and_signatures_are_read_back() -> None:
    signer = Signer.generate()
    assert key_of(signer.did) == signer.public_key
    assert len(signer.did) == 56
    signature = signer.sign(b"message")
    assert signature_of(signature_text(signature)) == signature
    assert verify_bytes(signer.public_key, b"message", signature)
    assert not verify_bytes(signer.public_key, b"Message", signature)


def test_lengths_are_checked() -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        did_key(b"short")
    with pytest.raises(ValueError, match="32 bytes"):
        Signer.from_seed(b"short")
    assert not verify_bytes(b"", b"", b"")
    assert key_of(None) is None
    assert signature_of(None) is None


def test_a_signed_object() -> None:
    signer = Signer.from_seed(bytes(32))
    statement = {"kind": "link", "about": "run_1", "at": "2026-11-20T14:10:00Z", "body": {"x": 1}}
    done = sign_object("statement", statement, signer)
    assert verify_object("statement", done)
    assert signature_state("statement", statement) == "absent"
    assert signature_state("statement", {**statement, "signed_by": signer.did}) == "stripped"
    assert signature_state("statement", {**done, "body": {"x": 2}}) == "fail"
    assert signature_state("eval", done) == "fail"
    with pytest.raises(SealError) as caught:
        sign_object("statement", done, signer)
    assert caught.value.code == "seal.already_sealed"
    with pytest.raises(SealError) as caught:
        sign_object("statement", {**statement, "signed_by": Signer.generate().did}, signer)
    assert caught.value.code == "seal.other_key"


def test_a_signer_shows_no_key() -> None:
    signer = Signer.from_seed(b"\x07" * 32)
    assert repr(signer) == f"Signer({signer.did})"


def key_file(path: Path, passphrase: Optional[bytes], key: Any = None) -> Path:
    encryption = NoEncryption() if passphrase is None else BestAvailableEncryption(passphrase)
    made = key or Ed25519PrivateKey.from_private_bytes(b"\x07" * 32)
    path.touch(mode=0o600)
    path.write_bytes(made.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, encryption))
    return path


def test_a_key_is_read_from_its_file(tmp_path: Path) -> None:
    did = Signer.from_seed(b"\x07" * 32).did
    assert Signer.load(key_file(tmp_path / "open", None)).did == did
    assert Signer.load(key_file(tmp_path / "closed", b"sesame"), "sesame").did == did
    # Typed in two ways: one composed character, and a letter with an accent behind it.
    accented = key_file(tmp_path / "accented", "caf\u00e9".encode())
    assert Signer.load(accented, "cafe\u0301").did == did
    assert Signer.load(key_file(tmp_path / "bytes", "cafe\u0301".encode()), "cafe\u0301").did == did


def test_a_key_that_cannot_be_used(tmp_path: Path) -> None:
    closed, opened = key_file(tmp_path / "closed", b"sesame"), key_file(tmp_path / "open", None)
    other = key_file(tmp_path / "other", None, X25519PrivateKey.generate())
    junk = tmp_path / "junk"
    junk.touch(mode=0o600)
    junk.write_bytes(b"\xff secret")
    cases = [
        (closed, None, "expected a passphrase"),
        (closed, "open", "no Ed25519 key"),
        (opened, "x", "expected none"),
    ]
    for path, passphrase, message in [*cases, (other, None, "no Ed25519 key"), (junk, None, "no Ed25519 key")]:
        with pytest.raises(ValueError, match=message) as caught:
            Signer.load(path, passphrase)
        assert "secret" not in str(caught.value)
    with pytest.raises(FileNotFoundError):
        Signer.load(tmp_path / "nothing")
    if os.name != "nt":
        opened.chmod(0o640)
        with pytest.raises(ValueError, match="chmod 600"):
            Signer.load(opened)
