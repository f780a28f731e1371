"""What the tests read of the repository around this folder, and beside it."""

import json
from pathlib import Path
from typing import Any, Dict, List

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]
"""The checkout of agent-run that this folder stands in, if it does."""

_VECTORS = REPOSITORY / "conformance" / "vectors"
_SHARED = REPOSITORY.parent / "shared" / "vectors"


def vectors(name: str) -> List[Dict[str, Any]]:
    """The vectors of an operation, such as ``hash/digest``; the tests of a module are skipped where there are none."""
    path = _VECTORS / f"{name}.json"
    if not path.exists():
        pytest.skip("the vectors are in the repository only", allow_module_level=True)
    found: List[Dict[str, Any]] = json.loads(path.read_text("utf-8"))
    assert found, f"{path} is empty"
    return found


def shared(name: str) -> Path:
    """Foreign vectors beside the repository; a test that asks for them is skipped where they are not."""
    path = _SHARED / name
    if not path.exists():
        pytest.skip("there are no foreign vectors in ../shared/vectors")
    return path


def names(found: List[Dict[str, Any]]) -> List[str]:
    """The names of vectors, as ids of tests."""
    return [str(vector["name"]) for vector in found]


def unhex(text: str) -> bytes:
    """Bytes that a vector gives in hexadecimal."""
    return bytes.fromhex(text)


def verify_cases() -> List[Dict[str, Any]]:
    """The cases of the operation ``verify``, each with its class and name as ``id``."""
    return _cases("conformance/vectors/verify/*/*.json")


def semantics_cases() -> List[Dict[str, Any]]:
    """The cases of the semantic rules, one a rule, each with its file as ``id``."""
    return _cases("conformance/cases/semantics/*.json")


def _cases(pattern: str) -> List[Dict[str, Any]]:
    paths = sorted(REPOSITORY.glob(pattern))
    if not paths:
        pytest.skip("the cases are in the repository only", allow_module_level=True)
    return [{**json.loads(path.read_text("utf-8")), "id": f"{path.parent.name}/{path.stem}"} for path in paths]


def example(path: str) -> bytes:
    """A file of the examples of the repository; a test that asks for one is skipped where there are none."""
    if not (REPOSITORY / "examples").exists():
        pytest.skip("the examples are in the repository only")
    return (REPOSITORY / "examples" / path).read_bytes()
