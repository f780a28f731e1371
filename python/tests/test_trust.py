"""Trust files and their patterns."""

from typing import Any, Dict

import pytest

from agent_run.trust import TrustError, fits, read_trust, trust_fault
from tests.repository import names, vectors

FILES = vectors("trust/file")
PATTERNS = vectors("trust/pattern")


@pytest.mark.parametrize("vector", FILES, ids=names(FILES))
def test_files(vector: Dict[str, Any]) -> None:
    fault = trust_fault(vector["trust_text"])
    assert (None if fault is None else {"code": fault.code, "path": fault.path}) == vector["expect"]
    if fault is None:
        assert read_trust(vector["trust_text"])["agent_run_trust"].startswith("1.")
    else:
        with pytest.raises(TrustError) as raised:
            read_trust(vector["trust_text"].encode("utf-8", "surrogatepass"))
        assert (raised.value.code, raised.value.path) == (fault.code, fault.path)


@pytest.mark.parametrize("vector", PATTERNS, ids=names(PATTERNS))
def test_patterns(vector: Dict[str, Any]) -> None:
    assert fits(vector["pattern"], vector["text"]) is vector["expect"]


def test_a_hostile_pattern_takes_no_time() -> None:
    assert not fits("a*" * 5_000 + "b", "a" * 20_000)
