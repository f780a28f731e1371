"""Times of records, exact to the nanosecond (spec/bytes.md, Times)."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

_FORM = re.compile(
    r"([0-9]{4})-([0-9]{2})-([0-9]{2})T([0-9]{2}):([0-9]{2}):([0-9]{2})(?:\.([0-9]{1,9}))?"
    r"(?:Z|([+-])([01][0-9]|2[0-3]):([0-5][0-9]))"
)
_DAYS_BEFORE = (0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334)
_DAYS_IN = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)

#: Nanoseconds in a millisecond.
MILLISECOND = 1_000_000


def instant(value: Any) -> int | None:
    """
    The point in time that a text names, in nanoseconds since the beginning of the year 0; ``None`` for another form and
    for a time that doesn't exist. ``datetime`` knows neither nanoseconds nor the year 0.
    """
    return _instant(value) if isinstance(value, str) else None


# The times of a record are looked at by many rules.
@lru_cache(maxsize=4096)
def _instant(text: str) -> int | None:
    match = _FORM.fullmatch(text)
    if match is None:
        return None
    year, month, day, hour, minute, second = (int(match.group(i)) for i in range(1, 7))
    is_leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    if not 1 <= month <= 12 or hour > 23 or minute > 59 or second > 59:
        return None
    if not 1 <= day <= _DAYS_IN[month - 1] + (is_leap and month == 2):
        return None
    # The leap days of the years before this one; the year 0 is one.
    leaps = (year + 3) // 4 - (year + 99) // 100 + (year + 399) // 400
    days = year * 365 + leaps + _DAYS_BEFORE[month - 1] + (is_leap and month > 2) + day - 1
    seconds = ((days * 24 + hour) * 60 + minute) * 60 + second
    if match.group(8) is not None:
        offset = int(match.group(9)) * 3600 + int(match.group(10)) * 60
        seconds += -offset if match.group(8) == "+" else offset
    return seconds * 1_000_000_000 + int((match.group(7) or "").ljust(9, "0"))


def is_before(one: Any, other: Any) -> bool:
    """Whether both are times that exist and the first is the earlier one."""
    a, b = instant(one), instant(other)
    return a is not None and b is not None and a < b
