"""The first fault of a text against the record profile: the exact half of the strict reader (AR-BYTES-003 to 008)."""

import json
import re
from typing import List, NamedTuple, NoReturn, Optional, Set, Union

MAX_NUMBER = 2**53 - 1
"""The largest magnitude of a number in a record (AR-BYTES-006)."""


class Fault(NamedTuple):
    """What is wrong with a text. ``offset`` is in characters, ``path`` the JSON Pointer as far as it is known."""

    code: str
    offset: int
    path: str
    message: str


def in_range(number: float) -> bool:
    """Whether a double may stand in a record (AR-BYTES-006). False for an infinity."""
    return -MAX_NUMBER <= number <= MAX_NUMBER


def find_fault(text: str, max_depth: int) -> Optional[Fault]:
    """The first fault of a text, or ``None``. Reads each character once and without recursion."""
    try:
        _Checker(text, max_depth).check()
    except _Stop as stop:
        return stop.fault
    return None


class _Stop(Exception):
    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.code)
        self.fault = fault


class _Frame:
    """An open object (``names`` holds those seen) or array (``key`` counts)."""

    def __init__(self, is_object: bool) -> None:
        self.names: Optional[Set[str]] = set() if is_object else None
        self.key: Union[str, int, None] = None if is_object else 0


_SPACE = re.compile(r"[ \t\n\r]*")
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?")
_LITERAL = re.compile(r"(?:true|false|null)(?![A-Za-z0-9_])")
_PLAIN = re.compile('[^"\\\\\x00-\x1f\ud800-\udfff]*')
_ESCAPE = re.compile(r'\\(?:["\\/bfnrt]|u([0-9a-fA-F]{4}))')
_LOW = re.compile(r"\\u[dD][c-fC-F][0-9a-fA-F]{2}")
# What a text may end with after the first half of an escaped pair: nothing, or the beginning of a further escape.
_CUT = re.compile(r"(?:\\(?:u[0-9a-fA-F]{0,3})?)?\Z")
# An escape that is not finished because the digits are none, not because the text ends.
_BAD_LOW = re.compile(r"\\u[0-9a-fA-F]{0,3}(?![0-9a-fA-F])")


class _Checker:
    def __init__(self, text: str, max_depth: int) -> None:
        self.text = text
        self.max_depth = max_depth
        self.at = 0
        self.frames: List[_Frame] = []

    def check(self) -> None:
        self._space()
        if self.at == len(self.text):
            self._fail("json.empty", "found no JSON value, expected one", 0)
        while self._value() or self._next():
            pass
        self._space()
        if self.at < len(self.text):
            self._fail("json.trailing", "found something after the value, expected only white space")

    def _value(self) -> bool:
        """A scalar, or an array or object up to its first value; true if that value comes next."""
        c = self.text[self.at : self.at + 1]
        if c in ("{", "["):
            return self._open(c == "{")
        if c == '"':
            self._string()
        elif c == "-" or "0" <= c <= "9":
            self._number()
        else:
            literal = _LITERAL.match(self.text, self.at)
            if literal is None:
                self._unexpected("a value")
            self.at = literal.end()
        return False

    def _open(self, is_object: bool) -> bool:
        if len(self.frames) == self.max_depth:
            self._fail("json.depth", f"found nesting deeper than {self.max_depth} levels, expected at most that")
        self.at += 1
        self._space()
        self.frames.append(_Frame(is_object))
        if self.text.startswith("}" if is_object else "]", self.at):
            return False
        if is_object:
            self._name('a member name or "}"')
        return True

    def _next(self) -> bool:
        """After a value: closes what ends here and goes to the next value; false once the root has ended."""
        while self.frames:
            frame = self.frames[-1]
            self._space()
            close = "]" if frame.names is None else "}"
            c = self.text[self.at : self.at + 1]
            if c == close:
                self.at += 1
                self.frames.pop()
            elif c == ",":
                self.at += 1
                self._space()
                if isinstance(frame.key, int):
                    frame.key += 1
                else:
                    self._name("a member name")
                return True
            else:
                self._unexpected(f'"," or "{close}"')
        return False

    def _name(self, expected: str) -> None:
        frame = self.frames[-1]
        frame.key = None
        start = self.at
        if not self.text.startswith('"', start):
            self._unexpected(expected)
        self._string()
        name: str = json.loads(self.text[start : self.at])
        frame.key = name
        assert frame.names is not None
        if name in frame.names:
            self._fail("json.duplicate_name", "found a second member of this name, expected each name once", start)
        frame.names.add(name)
        self._space()
        if not self.text.startswith(":", self.at):
            self._unexpected('":"')
        self.at += 1
        self._space()

    def _string(self) -> None:
        """A string from its opening quote past its closing one."""
        self.at += 1
        while True:
            self.at = self._end(_PLAIN)
            c = self.text[self.at : self.at + 1]
            if c == '"':
                self.at += 1
                return
            if c == "\\":
                self._escape()
            elif c == "":
                self._unexpected("a closing quote")
            elif c < " ":
                self._fail("json.syntax", "found a control character in a string, expected it to be escaped")
            else:
                self._lone_surrogate()

    def _escape(self) -> None:
        escape = _ESCAPE.match(self.text, self.at)
        if escape is None:
            self._fail("json.syntax", "found an unknown or unfinished escape sequence")
        unit = int(escape.group(1) or "0", 16)
        end = escape.end()
        if 0xDC00 <= unit <= 0xDFFF:
            self._lone_surrogate()
        if 0xD800 <= unit <= 0xDBFF and _CUT.match(self.text, end) is None:
            low = _LOW.match(self.text, end)
            if low is None:
                if _BAD_LOW.match(self.text, end) is not None:
                    self._fail("json.syntax", "found an incomplete \\u escape, expected four hexadecimal digits")
                self._lone_surrogate()
            end = low.end()
        self.at = end

    def _lone_surrogate(self) -> NoReturn:
        self._fail("json.lone_surrogate", "found half of a surrogate pair, expected a whole character")

    def _number(self) -> None:
        start = self.at
        token = _NUMBER.match(self.text, start)
        end = start if token is None else token.end()
        rest = self.text[end : end + 1]
        if token is None or (rest != "" and (rest in "+-._" or (rest.isascii() and rest.isalnum()))):
            self._fail("json.syntax", "found a malformed number, expected one such as 12, -0.5 or 1e3", start)
        if not in_range(float(token.group())):
            self._fail(
                "json.number_range", f"found a number beyond the exact range, expected at most {MAX_NUMBER}", start
            )
        self.at = end

    def _space(self) -> None:
        self.at = self._end(_SPACE)

    def _end(self, pattern: "re.Pattern[str]") -> int:
        match = pattern.match(self.text, self.at)
        return self.at if match is None else match.end()

    def _unexpected(self, expected: str) -> NoReturn:
        found = "something else" if self.at < len(self.text) else "the end of the text"
        self._fail("json.syntax", f"found {found}, expected {expected}")

    def _fail(self, code: str, message: str, offset: Optional[int] = None) -> NoReturn:
        keys = [frame.key for frame in self.frames if frame.key is not None]
        path = "".join("/" + str(key).replace("~", "~0").replace("/", "~1") for key in keys)
        raise _Stop(Fault(code, self.at if offset is None else offset, path, message))
