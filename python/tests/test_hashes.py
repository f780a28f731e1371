"""Digests and hashes by kind."""

from typing import Any, Callable, Dict, List, Tuple

import pytest

from agent_run import hashes
from agent_run.digest_text import digest_bytes
from agent_run.public_form import private_hash, public_form
from agent_run.read import read
from tests.repository import unhex, vectors

OPERATIONS: Dict[str, Callable[[Dict[str, Any]], object]] = {
    "digest": lambda v: hashes.digest(unhex(v["input_hex"])),
    "pae": lambda v: hashes.pae(v["type"], unhex(v["body_hex"])).hex(),
    "hash": lambda v: hashes.hash_value(v["kind"], read(v["input_text"])),
    "tool-hash": lambda v: hashes.tool_hash(v["tool"]),
    "run-hash": lambda v: hashes.run_hash(v["run"]),
    "step-leaf": lambda v: hashes.step_leaf_text(v["step"]),
    "public-form": lambda v: public_form(v["kind"], v["object"]),
    "private-hash": lambda v: private_hash(v["kind"], v["object"]),
}
CASES: List[Tuple[str, Dict[str, Any]]] = [(name, vector) for name in OPERATIONS for vector in vectors(f"hash/{name}")]


@pytest.mark.parametrize(("operation", "vector"), CASES, ids=[f"{name}: {vector['name']}" for name, vector in CASES])
def test_vector(operation: str, vector: Dict[str, Any]) -> None:
    assert OPERATIONS[operation](vector) == vector["expect"]


def test_public_form_leaves_the_object_alone() -> None:
    step = {"id": "s", "private_hash": "sha256:0", "error": "e", "side_effects": [{"private_hash": "x", "target": "t"}]}
    assert public_form("step", step) == {"id": "s", "private_hash": "sha256:0", "side_effects": [{"private_hash": "x"}]}
    assert step["side_effects"] == [{"private_hash": "x", "target": "t"}]


@pytest.mark.parametrize(
    "text", ["sha256:" + "A" * 64, "sha256:" + "a" * 63, "a" * 64, "sha256:" + "a" * 64 + "\n", None, 7]
)
def test_other_spellings_are_no_digest(text: object) -> None:
    assert digest_bytes(text) is None


def test_a_digest_is_read_back() -> None:
    assert digest_bytes(hashes.digest(b"abc")) == unhex(
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    )


def test_arguments_are_hashed_with_the_salt_of_the_step() -> None:
    assert hashes.arguments_hash({"a": 1}, None) != hashes.arguments_hash({"a": 1}, "00")
    assert hashes.text_arguments_hash("{}", None) != hashes.arguments_hash({}, None)
