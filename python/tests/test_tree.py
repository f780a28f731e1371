"""Merkle trees."""

import json
from base64 import b64decode
from typing import Any, Callable, Dict, List, Tuple

import pytest

from agent_run.tree import leaf_hash, prove_inclusion, root, verify_consistency, verify_inclusion
from tests.repository import shared, unhex, vectors

OPERATIONS: Dict[str, Callable[[Dict[str, Any]], object]] = {
    "root": lambda v: root(leaf_hash(unhex(leaf)) for leaf in v["leaves_hex"]).hex(),
    "inclusion": lambda v: verify_inclusion(
        unhex(v["leaf_hash_hex"]), v["index"], v["count"], [unhex(each) for each in v["path_hex"]], unhex(v["root_hex"])
    ),
    "consistency": lambda v: verify_consistency(
        v["first_count"],
        v["second_count"],
        [unhex(each) for each in v["path_hex"]],
        unhex(v["first_root_hex"]),
        unhex(v["second_root_hex"]),
    ),
}
CASES: List[Tuple[str, Dict[str, Any]]] = [(name, vector) for name in OPERATIONS for vector in vectors(f"tree/{name}")]


@pytest.mark.parametrize(("operation", "vector"), CASES, ids=[f"{name}: {vector['name']}" for name, vector in CASES])
def test_vector(operation: str, vector: Dict[str, Any]) -> None:
    assert OPERATIONS[operation](vector) == vector["expect"]


def foreign(folder: str) -> List[Dict[str, Any]]:
    return [json.loads(path.read_text("utf-8")) for path in sorted((shared("merkle") / folder).rglob("*.json"))]


def test_foreign_inclusion() -> None:
    cases = foreign("inclusion")
    assert len(cases) == 98
    for case in cases:
        path = [b64decode(each) for each in case["proof"] or []]
        leaf, expected = b64decode(case["leafHash"] or ""), b64decode(case["root"] or "")
        held = verify_inclusion(leaf, case["leafIdx"], case["treeSize"], path, expected)
        assert held is not case["wantErr"], case["desc"]


def test_foreign_consistency() -> None:
    cases = foreign("consistency")
    assert len(cases) == 98
    for case in cases:
        path = [b64decode(each) for each in case["proof"] or []]
        first, second = b64decode(case["root1"] or ""), b64decode(case["root2"] or "")
        held = verify_consistency(case["size1"], case["size2"], path, first, second)
        assert held is not case["wantErr"], case["desc"]


@pytest.mark.parametrize("count", range(1, 18))
def test_every_leaf_is_proved(count: int) -> None:
    leaves = [leaf_hash(bytes([index])) for index in range(count)]
    whole = root(leaves)
    for index in range(count):
        path = prove_inclusion(leaves, index)
        assert verify_inclusion(leaves[index], index, count, path, whole)
        assert not verify_inclusion(leaves[index], (index + 1) % count, count, path, whole) or count == 1
    with pytest.raises(IndexError):
        prove_inclusion(leaves, count)
