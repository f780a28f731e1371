"""Canonical form of a JSON value by RFC 8785, the JSON Canonicalization Scheme (AR-BYTES-009)."""

from json.encoder import encode_basestring
from math import isfinite
from typing import Callable, List, Mapping, Union

MAX_DEPTH = 512

# The encoder that json itself uses for ensure_ascii=False: the escapes of ECMAScript and no others.
_quoted: Callable[[str], str] = encode_basestring


class CanonicalError(TypeError):
    """The value is not JSON, so it has no canonical form."""


def canonicalize(value: object) -> bytes:
    """The canonical form of a value, in UTF-8.

    Names are sorted by UTF-16 code units, numbers are printed as ECMAScript prints them, and nothing is added, dropped
    or renamed. Takes what :func:`agent_run.read` returns, and any finite ``float``; an ``int`` beyond 2^53 − 1 only where
    a double holds it exactly.

    :raises CanonicalError: for NaN and infinities, an int that no double holds, half a surrogate pair, a name that is
        no string, anything that is not JSON, and nesting deeper than 512 levels (a cycle ends there)
    """
    parts: List[str] = []
    try:
        _write(value, parts, 1)
        return "".join(parts).encode("utf-8")
    except CanonicalError:
        raise
    except UnicodeEncodeError:
        raise CanonicalError("only JSON has a canonical form; found half a surrogate pair") from None
    except RecursionError:
        # Whoever called this is deep in the stack already.
        raise CanonicalError("only JSON has a canonical form; found nesting deeper than the stack allows") from None
    except Exception as error:
        # A mapping of a stranger's class, whose members are computed and may raise anything.
        found = f"found an object that cannot be read ({type(error).__name__})"
        raise CanonicalError(f"only JSON has a canonical form; {found}") from None


def _write(value: object, parts: List[str], depth: int) -> None:
    if isinstance(value, str):
        parts.append(_quoted(value))
    elif value is None:
        parts.append("null")
    elif isinstance(value, bool):
        parts.append("true" if value else "false")
    elif isinstance(value, (int, float)):
        parts.append(_number(value))
    elif depth > MAX_DEPTH:
        raise CanonicalError(f"only JSON has a canonical form; found nesting deeper than {MAX_DEPTH} levels")
    elif isinstance(value, (dict, Mapping)):
        # What other mappings list twice counts once.
        value = value if type(value) is dict else dict(value)
        mark = "{"
        for name in _sorted_names(value):
            parts.append(mark)
            parts.append(_quoted(name))
            parts.append(":")
            _write(value[name], parts, depth + 1)
            mark = ","
        parts.append("{}" if mark == "{" else "}")
    elif isinstance(value, (list, tuple)):
        mark = "["
        for item in value:
            parts.append(mark)
            _write(item, parts, depth + 1)
            mark = ","
        parts.append("[]" if mark == "[" else "]")
    else:
        raise CanonicalError(f"only JSON has a canonical form; found a value of type {type(value).__name__}")


def _sorted_names(value: Mapping[object, object]) -> List[str]:
    names: List[str] = []
    for name in value:
        if not isinstance(name, str):
            raise CanonicalError("only JSON has a canonical form; found a member name that is no string")
        names.append(name)
    return sorted_by_units(names)


def sorted_by_units(texts: List[str]) -> List[str]:
    """Texts in the order of their UTF-16 code units, as RFC 8785 section 3.2.3 asks."""
    # Among texts without supplementary characters this is the order of code points, which is Python's.
    if all(text.isascii() for text in texts):
        return sorted(texts)
    return sorted(texts, key=lambda text: text.encode("utf-16-be", "surrogatepass"))


def _number(value: Union[int, float]) -> str:
    try:
        number = float(value)
    except OverflowError:
        number = float("inf")
    # A whole number that no double holds would be printed as another one.
    if not isfinite(number) or (isinstance(value, int) and int(number) != value):
        raise CanonicalError("only JSON has a canonical form; found a number that is not a finite double")
    return number_text(number)


def number_text(number: float) -> str:
    """A finite double as ECMAScript prints it (ECMA-262, Number::toString; RFC 8785 section 3.2.2.3)."""
    if number == 0:
        return "0"
    sign = "-" if number < 0 else ""
    # Both languages print the shortest digits that read back as the same double; they only place the point differently.
    mantissa, _, exponent = repr(abs(number)).partition("e")
    whole, _, fraction = mantissa.partition(".")
    digits = (whole + fraction).lstrip("0")
    point = len(whole) + int(exponent or "0") - (len(whole + fraction) - len(digits))
    digits = digits.rstrip("0")
    count = len(digits)
    if count <= point <= 21:
        return sign + digits + "0" * (point - count)
    if 0 < point <= 21:
        return sign + digits[:point] + "." + digits[point:]
    if -6 < point <= 0:
        return sign + "0." + "0" * -point + digits
    power = point - 1
    tail = "e" + ("+" if power > 0 else "-") + str(abs(power))
    return sign + digits[0] + ("." + digits[1:] if count > 1 else "") + tail
