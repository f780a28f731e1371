"""The strict reader: one JSON text of the record profile (spec/bytes.md, AR-BYTES-001 to AR-BYTES-008)."""

import json
import re
from typing import Any, Dict, List, Optional, Tuple, Union

from .faults import Fault, find_fault, in_range

JsonValue = Union[None, bool, int, float, str, List["JsonValue"], Dict[str, "JsonValue"]]
"""What a JSON text says, in plain Python. Members keep their order."""

JsonObject = Dict[str, JsonValue]
"""An object of a JSON text."""

Octets = Union[bytes, bytearray, memoryview]
"""Bytes of a file."""

MAX_DEPTH = 128

_ESCAPED_SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")


class ReadError(ValueError):
    """The bytes are not one JSON text of the record profile.

    ``code`` is ``json.utf8``, ``json.bom``, ``json.empty``, ``json.syntax``, ``json.duplicate_name``,
    ``json.lone_surrogate``, ``json.number_range``, ``json.depth`` or ``json.trailing``; ``offset`` the place in bytes;
    ``path`` the JSON Pointer as far as it is known.
    """

    def __init__(self, code: str, offset: int, path: str, message: str) -> None:
        super().__init__(f"{code} at byte {offset}: {message}")
        self.code = code
        self.offset = offset
        self.path = path
        self.message = message

    def __reduce__(self) -> Tuple[Any, ...]:
        return type(self), (self.code, self.offset, self.path, self.message)


def read(data: Union[Octets, str], max_depth: int = MAX_DEPTH) -> JsonValue:
    """Read one JSON text strictly.

    Refuses what ``json.loads`` lets pass or hides: bytes that are not UTF-8, a byte order mark, two members of one name,
    half a surrogate pair, a number beyond ±(2^53 − 1) however it is spelled, NaN, deep nesting. A number whose double is
    whole becomes an ``int`` (``-0`` and ``1.0`` too), any other a ``float``.

    :param data: UTF-8 bytes, or text that was decoded already; not the name of a file
    :raises ReadError: with the first fault
    :raises TypeError: for anything but bytes and text
    """
    text = data if isinstance(data, str) else _decoded(octets_of(data))
    if text.startswith("\ufeff"):
        raise ReadError("json.bom", 0, "", "found a byte order mark, expected the text to begin at once")
    try:
        value: JsonValue = _DECODER.decode(text)
        clean = not _is_doubtful(text) and _is_within(value, max_depth)
    except (ValueError, RecursionError):
        clean = False
    if clean:
        return value
    fault = find_fault(text, max_depth)
    if fault is not None:
        raise _error(text, fault)
    decoded: JsonValue = _DECODER.decode(text)
    return decoded


def octets_of(data: Union[Octets, str]) -> bytes:
    """The bytes of a file that was given as bytes or as text.

    :raises TypeError: for anything else
    """
    if isinstance(data, str):
        return data.encode("utf-8", "surrogatepass")
    if isinstance(data, (bytes, bytearray, memoryview)):
        return bytes(data)
    raise TypeError(f"found a value of type {type(data).__name__}, expected the bytes or the text of a file")


def _decoded(data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        message = f"found bytes that are not UTF-8 at byte {error.start}, expected UTF-8"
        raise ReadError("json.utf8", error.start, "", message) from None


def _error(text: str, fault: Fault) -> ReadError:
    offset = len(text[: fault.offset].encode("utf-8", "surrogatepass"))
    return ReadError(fault.code, offset, fault.path, fault.message)


def _is_doubtful(text: str) -> bool:
    """Whether a string may hold half a surrogate pair, which the decoder does not mind."""
    if _ESCAPED_SURROGATE.search(text) is not None:
        return True
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return True
    return False


def _is_within(value: JsonValue, max_depth: int) -> bool:
    """Whether a value is nested no deeper than that. Level by level, so that depth costs no stack."""
    level: List[JsonValue] = [value]
    for _ in range(max_depth + 1):
        deeper: List[JsonValue] = []
        for item in level:
            if isinstance(item, dict):
                deeper.extend(item.values())
            elif isinstance(item, list):
                deeper.extend(item)
        if not deeper and not any(isinstance(item, (dict, list)) for item in level):
            return True
        level = deeper
    return False


def _object(pairs: List[Tuple[str, JsonValue]]) -> JsonObject:
    members = dict(pairs)
    if len(members) != len(pairs):
        raise ValueError("two members of one name")
    return members


def _number(token: str) -> Union[int, float]:
    number = float(token)
    if not in_range(number):
        raise ValueError("a number beyond the exact range")
    return int(number) if number.is_integer() else number


def _constant(name: str) -> Optional[float]:
    raise ValueError(f"{name} is not JSON")


_DECODER = json.JSONDecoder(object_pairs_hook=_object, parse_float=_number, parse_int=_number, parse_constant=_constant)
