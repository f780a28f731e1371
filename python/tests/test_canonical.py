"""The canonical form."""

import json
import math
import random
import struct
from enum import IntEnum
from typing import Any, Dict

import pytest

from agent_run import CanonicalError, canonicalize, read
from agent_run.canonical import number_text
from tests.repository import names, shared, vectors

VALUES = vectors("canonical/values")
NUMBERS = vectors("canonical/numbers")


@pytest.mark.parametrize("vector", VALUES, ids=names(VALUES))
def test_value(vector: Dict[str, Any]) -> None:
    assert canonicalize(read(vector["input_text"])) == vector["expect"].encode("utf-8")


@pytest.mark.parametrize("vector", NUMBERS, ids=names(NUMBERS))
def test_number(vector: Dict[str, Any]) -> None:
    (number,) = struct.unpack(">d", bytes.fromhex(vector["ieee754_hex"]))
    assert canonicalize(number).decode("ascii") == vector["expect"]


def test_reference_implementation() -> None:
    folder = shared("jcs")
    inputs = sorted((folder / "input").iterdir())
    assert len(inputs) == 6
    for path in inputs:
        # Its example of numbers goes beyond the record profile, which canonicalisation does not ask about.
        value = json.loads(path.read_text("utf-8"))
        assert canonicalize(value) == (folder / "output" / path.name).read_bytes()


@pytest.mark.parametrize(
    "value",
    [
        math.nan,
        math.inf,
        -math.inf,
        2**53 + 1,
        10**400,
        "\ud800",
        {"\udc00": 1},
        {1: "a"},
        {"a": {1, 2}},
        b"bytes",
        object(),
    ],
    ids=repr,
)
def test_what_is_not_json_is_refused(value: object) -> None:
    with pytest.raises(CanonicalError):
        canonicalize(value)


def test_a_cycle_ends() -> None:
    cycle: Dict[str, Any] = {}
    cycle["self"] = cycle
    with pytest.raises(CanonicalError, match="deeper"):
        canonicalize(cycle)


def test_booleans_are_no_numbers() -> None:
    class Two(IntEnum):
        TWO = 2

    assert canonicalize([True, 1, 1.0, False, 0, -0.0, Two.TWO]) == b"[true,1,1,false,0,0,2]"


def test_large_whole_numbers_are_printed_as_their_double() -> None:
    assert canonicalize([2**53, 10**21, 10**22]) == b"[9007199254740992,1e+21,1e+22]"


def test_names_are_sorted_by_code_units() -> None:
    assert canonicalize({"\uffff": 1, "😀": 2, "a": 3}) == '{"a":3,"😀":2,"\uffff":1}'.encode()


def test_printed_numbers_read_back() -> None:
    source = random.Random(3)
    for _ in range(20_000):
        (number,) = struct.unpack(">d", source.randbytes(8) if hasattr(source, "randbytes") else bytes(8))
        if math.isfinite(number):
            assert float(number_text(number)) == number
