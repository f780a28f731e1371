"""Canonical form: RFC 8785, the JSON Canonicalization Scheme (AR-BYTES-009)."""

from __future__ import annotations

import json
import math
from typing import Any


def canonical(value: Any) -> bytes:
    """The canonical form of a JSON value in UTF-8. ValueError or TypeError if it is none."""
    return canonical_text(value).encode("utf-8")


def canonical_text(value: Any) -> str:
    """The same as text."""
    if value is None:
        return "null"
    if value is True:
        return "true"
    if value is False:
        return "false"
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, (int, float)):
        return es_number(float(value))
    if isinstance(value, (list, tuple)):
        return "[" + ",".join(map(canonical_text, value)) + "]"
    if not isinstance(value, dict) or not all(isinstance(name, str) for name in value):
        raise TypeError("not a JSON value")
    return "{" + ",".join(canonical_text(name) + ":" + canonical_text(value[name]) for name in sort_names(value)) + "}"


def sort_names(names: Any) -> list[str]:
    """Texts in the order of their UTF-16 code units."""
    return sorted(names, key=lambda name: name.encode("utf-16-be"))


def es_number(value: float) -> str:
    """A finite double as Number::toString of ECMAScript prints it."""
    if not math.isfinite(value):
        raise ValueError("not a finite number")
    if value == 0:
        return "0"
    mantissa, _, exponent = repr(abs(value)).partition("e")
    whole, _, fraction = mantissa.partition(".")
    digits = (whole + fraction).lstrip("0")
    point = len(whole) + int(exponent or 0) - (len(whole + fraction) - len(digits))
    digits = digits.rstrip("0")
    count = len(digits)
    if count <= point <= 21:
        text = digits + "0" * (point - count)
    elif 0 < point <= 21:
        text = digits[:point] + "." + digits[point:]
    elif -6 < point <= 0:
        text = "0." + "0" * -point + digits
    else:
        tail = "." + digits[1:] if count > 1 else ""
        text = f"{digits[0]}{tail}e{'+' if point > 0 else '-'}{abs(point - 1)}"
    return "-" + text if value < 0 else text
