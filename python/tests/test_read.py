"""The strict reader."""

import json
import random
from typing import Any, Dict, List, Union

import pytest

from agent_run import ReadError, read
from tests.repository import names, vectors

FILES = ("utf8", "bom", "empty", "syntax", "duplicate-name", "lone-surrogate", "number-range", "depth", "trailing")
VECTORS = [vector for file in FILES for vector in vectors(f"read/{file}")]


@pytest.mark.parametrize("vector", VECTORS, ids=names(VECTORS))
def test_vector(vector: Dict[str, Any]) -> None:
    data = bytes.fromhex(vector["input_hex"]) if "input_hex" in vector else vector["input_text"].encode("utf-8")
    assert verdict(data) == vector["expect"]
    if "input_text" in vector:
        assert verdict(vector["input_text"]) == vector["expect"]


def verdict(data: Union[bytes, str]) -> str:
    try:
        read(data)
    except ReadError as error:
        return error.code
    return "accept"


def test_numbers_that_are_whole_are_ints() -> None:
    assert (
        repr(read("[0, -0, -0.0, 1.0, 1e2, 0.5, 9007199254740991, 1e-400]"))
        == "[0, 0, 0, 1, 100, 0.5, 9007199254740991, 0]"
    )


def test_members_keep_their_order_and_their_types() -> None:
    value = read(b'{"b": true, "a": 1, "c": null, "d": [false, "\\u00e9\\ud83d\\ude00"]}')
    assert json.dumps(value) == '{"b": true, "a": 1, "c": null, "d": [false, "\\u00e9\\ud83d\\ude00"]}'


@pytest.mark.parametrize(
    ("data", "code", "offset", "path"),
    [
        ('{"é": 1, "é": 2}', "json.duplicate_name", 10, "/é"),
        ('{"a": [1, {"b": 1e400}]}', "json.number_range", 16, "/a/1/b"),
        ('{"a/b": [truth]}', "json.syntax", 9, "/a~1b/0"),
        ("[1] [2]", "json.trailing", 4, ""),
        ("\ufeff1", "json.bom", 0, ""),
    ],
)
def test_a_fault_has_a_place(data: str, code: str, offset: int, path: str) -> None:
    with pytest.raises(ReadError) as caught:
        read(data)
    assert (caught.value.code, caught.value.offset, caught.value.path) == (code, offset, path)


def test_a_message_quotes_nothing() -> None:
    with pytest.raises(ReadError) as caught:
        read('{"secret": "hunter2", "secret": "hunter3"}')
    assert "hunter" not in str(caught.value)


def test_half_a_surrogate_pair_in_a_text_is_refused() -> None:
    assert verdict('"\ud800"') == "json.lone_surrogate"
    assert verdict('"\udc00\ud800"') == "json.lone_surrogate"


def test_depth_costs_no_stack() -> None:
    assert verdict("[" * 200_000) == "json.depth"
    assert read("[" * 3 + "]" * 3, max_depth=3) == [[[]]]
    assert verdict("[" * 128 + "]" * 128) == "accept"


def test_what_json_accepts_and_was_written_by_it_is_read_alike() -> None:
    source = random.Random(7)
    for _ in range(500):
        value = any_value(source, 4)
        for ensure_ascii in (True, False):
            assert read(json.dumps(value, ensure_ascii=ensure_ascii)) == value


def test_a_damaged_text_is_never_read_as_something_else() -> None:
    source = random.Random(8)
    for _ in range(2000):
        text = json.dumps(any_value(source, 3))
        at = source.randrange(len(text) + 1)
        damaged = (
            text[:at]
            + source.choice(['"', "{", "]", ",", "\\", "0", "e", "\x00", ""])
            + text[at + source.randrange(2) :]
        )
        try:
            expected = json.loads(damaged, parse_constant=refuse)
        except ValueError:
            assert verdict(damaged) != "accept"
        else:
            if verdict(damaged) == "accept":
                assert read(damaged) == expected


def refuse(name: str) -> None:
    raise ValueError(name)


def any_value(source: random.Random, depth: int) -> Any:
    kind = source.randrange(8 if depth > 0 else 6)
    if kind == 6:
        items: List[Any] = [any_value(source, depth - 1) for _ in range(source.randrange(4))]
        return items
    if kind == 7:
        return {any_text(source): any_value(source, depth - 1) for _ in range(source.randrange(4))}
    return (None, True, source.randrange(-(2**53) + 1, 2**53), source.uniform(-1e6, 1e6) + 0.5, any_text(source), 0)[
        kind
    ]


def any_text(source: random.Random) -> str:
    alphabet = 'ab"\\/\n\t\x7fé€\u2028😀\uffff'
    return "".join(source.choice(alphabet) for _ in range(source.randrange(6)))
