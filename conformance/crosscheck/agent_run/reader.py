"""The strict reader: which bytes are a record (spec/bytes.md, AR-BYTES-001 to AR-BYTES-008).

One pass over the text; the first fault ends it. Nothing is left to the json module, which hides or mixes up several of
these faults.
"""

from __future__ import annotations

import re
from typing import Any

LIMIT = 2**53 - 1
MAX_DEPTH = 128

_SPACE = re.compile(r"[ \t\r\n]*")
_PLAIN = re.compile(r'[^"\\\x00-\x1f\ud800-\udfff]*')
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?")
_NUMBER_GOES_ON = re.compile(r"[A-Za-z0-9_.+-]")
_LITERAL = re.compile(r"(?:true|false|null)(?![A-Za-z0-9_])")
_HEX = re.compile(r"[0-9a-fA-F]{4}")
_CUT_ESCAPE = re.compile(r"(?:\\(?:u[0-9a-fA-F]{0,3})?)?\Z")

_ESCAPES = {'"': '"', "\\": "\\", "/": "/", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}
_LITERALS = {"true": True, "false": False, "null": None}


class Refused(Exception):
    """What is wrong with the bytes of a record.

    `code` is one of the json.* codes, `offset` counts characters (bytes for json.utf8), `path` is the JSON Pointer of
    the place as far as it is known.
    """

    def __init__(self, code: str, offset: int, path: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.offset = offset
        self.path = path


def read(raw: bytes) -> Any:
    """The value that a record's bytes stand for; raises Refused. Whole numbers come as int, others as float."""
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Refused("json.utf8", error.start)
    if text.startswith("\ufeff"):
        raise Refused("json.bom", 0)
    return _Reader(text).read()


def verdict_on(raw: bytes) -> str:
    """`accept`, or the code of what is wrong with the bytes."""
    try:
        read(raw)
    except Refused as refusal:
        return refusal.code
    return "accept"


def pointer(*keys: object) -> str:
    """The JSON Pointer (RFC 6901) of these member names and indexes."""
    return "".join("/" + str(key).replace("~", "~0").replace("/", "~1") for key in keys)


class _Reader:
    """Reads one text; `keys` are the names and indexes of what is open, None where a name isn't known yet."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.keys: list[object] = []

    def read(self) -> Any:
        self.space()
        if self.at == len(self.text):
            self.fail("json.empty", 0)
        value = self.value()
        self.space()
        if self.at < len(self.text):
            self.fail("json.trailing")
        return value

    def value(self) -> Any:
        c = self.peek()
        if c == "{":
            return self.members()
        if c == "[":
            return self.items()
        if c == '"':
            return self.string()
        if c == "-" or "0" <= c <= "9":
            return self.number()
        literal = _LITERAL.match(self.text, self.at)
        if literal is None:
            self.fail("json.syntax")
        self.at = literal.end()
        return _LITERALS[literal.group()]

    def members(self) -> dict[str, Any]:
        self.open()
        found: dict[str, Any] = {}
        self.keys.append(None)
        if self.peek() != "}":
            while True:
                name = self.name(found)
                found[name] = self.value()
                if self.closes("}"):
                    break
                self.keys[-1] = None
        self.at += 1
        self.keys.pop()
        return found

    def items(self) -> list[Any]:
        self.open()
        found: list[Any] = []
        self.keys.append(0)
        if self.peek() != "]":
            while True:
                found.append(self.value())
                if self.closes("]"):
                    break
                self.keys[-1] = len(found)
        self.at += 1
        self.keys.pop()
        return found

    def open(self) -> None:
        if len(self.keys) == MAX_DEPTH:
            self.fail("json.depth")
        self.at += 1
        self.space()

    def closes(self, bracket: str) -> bool:
        """After a value: whether the bracket follows; otherwise a comma must, which is passed over."""
        self.space()
        c = self.peek()
        if c == bracket:
            return True
        if c != ",":
            self.fail("json.syntax")
        self.at += 1
        self.space()
        return False

    def name(self, taken: dict[str, Any]) -> str:
        start = self.at
        if self.peek() != '"':
            self.fail("json.syntax")
        name = self.string()
        self.keys[-1] = name
        if name in taken:
            self.fail("json.duplicate_name", start)
        self.space()
        if self.peek() != ":":
            self.fail("json.syntax")
        self.at += 1
        self.space()
        return name

    def string(self) -> str:
        parts: list[str] = []
        self.at += 1
        while True:
            plain = _PLAIN.match(self.text, self.at)
            assert plain is not None
            parts.append(plain.group())
            self.at = plain.end()
            c = self.peek()
            if c == '"':
                self.at += 1
                return "".join(parts)
            if c != "\\":
                self.fail("json.syntax")
            parts.append(self.escape())

    def escape(self) -> str:
        kind = self.text[self.at + 1 : self.at + 2]
        if kind != "u":
            if kind not in _ESCAPES:
                self.fail("json.syntax")
            self.at += 2
            return _ESCAPES[kind]
        unit = self.hex4(self.at + 2)
        rest = self.at + 6
        if 0xD800 <= unit <= 0xDBFF and not _CUT_ESCAPE.match(self.text, rest):
            low = self.hex4(rest + 2) if self.text.startswith("\\u", rest) else 0
            if not 0xDC00 <= low <= 0xDFFF:
                self.fail("json.lone_surrogate")
            self.at += 12
            return chr(0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00))
        if 0xDC00 <= unit <= 0xDFFF:
            self.fail("json.lone_surrogate")
        self.at += 6
        return chr(unit)

    def hex4(self, start: int) -> int:
        digits = _HEX.match(self.text, start)
        if digits is None:
            self.fail("json.syntax")
        return int(digits.group(), 16)

    def number(self) -> int | float:
        token = _NUMBER.match(self.text, self.at)
        if token is None or _NUMBER_GOES_ON.match(self.text, token.end()):
            self.fail("json.syntax")
        value = float(token.group())
        if abs(value) > LIMIT:
            self.fail("json.number_range")
        self.at = token.end()
        return int(value) if value.is_integer() else value

    def peek(self) -> str:
        """The next character, empty at the end."""
        return self.text[self.at : self.at + 1]

    def space(self) -> None:
        gap = _SPACE.match(self.text, self.at)
        assert gap is not None
        self.at = gap.end()

    def fail(self, code: str, offset: int | None = None) -> Any:
        known = [key for key in self.keys if key is not None]
        raise Refused(code, self.at if offset is None else offset, pointer(*known))
