"""What findings say of a value: what was found and what was expected, and never what a payload says."""

from __future__ import annotations

import json
import re
import unicodedata
from difflib import get_close_matches
from typing import Any, Iterable

from ..canonical import number_text
from .node import Node

_VERSION = r"^1\.(0|[1-9][0-9]*)$"

_PATTERNS = {
    r"^[a-z][a-z0-9_]*(:[a-z0-9][a-z0-9_.-]*)?$": "a lower-case name like rate_limited, or vendor:name",
    r"^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)?(:[a-z0-9][a-z0-9_.-]*)?$": (
        "a lower-case name like step.ended, or vendor:name"
    ),
    r"^sha256:[0-9a-f]{64}$": '"sha256:" and 64 lower-case hexadecimal digits',
    r"^[0-9a-f]{16}$": "16 lower-case hexadecimal digits",
    r"^[0-9a-f]{32}$": "32 lower-case hexadecimal digits",
    r"^[0-9a-f]{64}$": "64 lower-case hexadecimal digits",
    r"^[0-9a-f]{32,128}$": "32 to 128 lower-case hexadecimal digits",
    r"^did:key:z6Mk[1-9A-HJ-NP-Za-km-z]{44}$": "an Ed25519 key written did:key:z6Mk…",
    r"^[A-Za-z0-9+/]{85}[AQgw]==$": "an Ed25519 signature in 88 characters of padded base64",
    _VERSION: "a version like 1.0",
}

_TYPES = {
    "null": "null",
    "boolean": "a boolean",
    "string": "a string",
    "number": "a number",
    "integer": "a whole number",
    "array": "an array",
    "object": "an object",
}

# Text that does no harm in a terminal and is too short and too plain to be a payload.
_PLAIN = re.compile(r"[A-Za-z0-9_ .:+-]{1,32}")

#: Longest text in which a typing mistake is looked for, in characters.
_LONGEST_WORD = 64
#: Most characters of an identifier in a message.
_LONGEST_QUOTE = 40


def plural(count: int, noun: str) -> str:
    """ "1 item", "3 items"."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def describe(value: Any) -> str:
    """What a value is, without its content."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "a boolean"
    if isinstance(value, str):
        return f"a string of {plural(len(value), 'character')}" if value else "an empty string"
    if isinstance(value, list):
        return f"an array of {plural(len(value), 'item')}" if value else "an empty array"
    if isinstance(value, dict):
        return "an object"
    return "a number" if isinstance(value, int) or value.is_integer() else "a number with a fraction"


def _expected(node: Node, keyword: str) -> str:
    """What a schema asks for by one keyword."""
    if keyword == "pattern":
        pattern = node.pattern or ""
        is_time = pattern.startswith("^[0-9]{4}-")
        return "a time like 2026-11-20T14:02:11.480Z" if is_time else _PATTERNS.get(pattern, "another form")
    return {
        "type": " or ".join(_TYPES[name] for name in node.types),
        "minLength": f"at least {plural(node.min_length or 0, 'character')}",
        "minItems": f"at least {plural(node.min_items or 0, 'item')}",
        "maxItems": f"at most {plural(node.max_items or 0, 'item')}",
        "minimum": f"at least {node.minimum}",
        "maximum": f"at most {node.maximum}",
    }[keyword]


def allowed_values(node: Node, keyword: str) -> list[str]:
    """The texts of a closed vocabulary, if that is what a value is not of."""
    values = node.const if keyword == "const" else node.enum
    return [value for value in values or () if isinstance(value, str)] if keyword in ("type", "enum", "const") else []


def message_of(keyword: str, member: str, value: Any, node: Node) -> str:
    """What was found and what was expected, in a sentence without a full stop."""
    if keyword == "required":
        return f"required member {member} is missing"
    values = allowed_values(node, keyword)
    if values:
        admitted = node.const if keyword == "const" else node.enum
        words = ", ".join("null" if value is None else str(value) for value in admitted or ())
        if isinstance(value, str) and _PLAIN.fullmatch(value):
            return f'"{value}" is not one of {words}'
        return f"found {describe(value)}, expected one of {words}"
    if keyword in ("enum", "const"):
        return f"found {describe(value)}, expected another value"
    if keyword == "pattern" and node.pattern == _VERSION and re.fullmatch(r"[0-9]{1,6}(\.[0-9]{1,6}){0,2}", value):
        if int(value.split(".")[0]) > 1:
            return f"version {value} is newer than this validator, which reads 1.x"
        return f'found "{value}", expected a version like 1.0'
    # References to content stand in private members; other numbers with a limit are public.
    is_number = keyword in ("minimum", "maximum") and node.file != "content-ref"
    found = number_text(float(value)) if is_number else describe(value)
    return f"found {found}, expected {_expected(node, keyword)}"


def nearest(word: Any, candidates: Iterable[str]) -> str | None:
    """The candidate that was probably meant: with other capitals or separators, or nearly right."""
    if not isinstance(word, str) or len(word) > _LONGEST_WORD:
        return None
    snake = re.sub(r"([a-z0-9])([A-Z])", r"\1_\2", word)
    snake = re.sub(r"[-. ]", "_", snake).lower()
    found = get_close_matches(snake, sorted(candidates), n=1, cutoff=0.8)
    return found[0] if found else None


def shown(text: str, longest: int = 200) -> str:
    """
    A text as a verdict or a terminal shows it: characters that move a cursor or turn text around are escaped, and it is
    never empty and never longer than asked for (AR-VERD-005).
    """
    kept: list[str] = []
    length = 0
    for character in text:
        escaped = _escape(character)
        # Lengths are those of UTF-16, in which the whole standard counts what it shows.
        length += len(escaped.encode("utf-16-le", "surrogatepass")) // 2
        if length > longest:
            return _cut(kept, longest)
        kept.append(escaped)
    return "".join(kept) or "nothing"


def quote(text: str) -> str:
    """
    An identifier for a message: a JSON string of at most 40 characters, in which everything that could move a terminal's
    cursor or turn its text around is escaped. Never for previews and other private members.
    """
    kept = text if len(text) <= _LONGEST_QUOTE else text[: _LONGEST_QUOTE - 1] + "…"
    return "".join(_escape(character) for character in json.dumps(kept, ensure_ascii=False))


def _cut(kept: list[str], longest: int) -> str:
    """What fits with an ellipsis behind it."""
    while kept and len("".join(kept).encode("utf-16-le", "surrogatepass")) // 2 >= longest:
        kept.pop()
    return "".join(kept) + "…"


def _escape(character: str) -> str:
    category = unicodedata.category(character)
    if not category.startswith("C") and category not in ("Zl", "Zp"):
        return character
    octets = character.encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{octets[i]:02x}{octets[i + 1]:02x}" for i in range(0, len(octets), 2))
