"""Seeded changes of JSON values and of texts: what strangers might hand in."""

from __future__ import annotations

import random
from typing import Any

_SCALARS: tuple[Any, ...] = (
    None,
    True,
    False,
    0,
    1,
    -1,
    1.5,
    2**53 - 1,
    "",
    "x",
    "approved",
    "s-1",
    "1.0",
    "\u202e\x1b[31m",
    "9999-12-31T23:59:59.999999999Z",
    "0000-02-30T00:00:00Z",
    "sha256:" + "0" * 64,
    "did:key:z6Mk" + "1" * 44,
)


def changed(value: Any, dice: random.Random, times: int) -> Any:
    """A copy of a JSON value with some places changed."""
    for _ in range(times):
        value = _changed(value, dice)
    return value


def _changed(value: Any, dice: random.Random) -> Any:
    """A copy with one place changed: below the value, or the value itself."""
    if isinstance(value, dict) and value and dice.random() < 0.9:
        name = dice.choice(list(value))
        copy = dict(value)
        change = dice.random()
        if change < 0.1:
            del copy[name]
        elif change < 0.2:
            copy[dice.choice(list(value))] = copy[name]
        else:
            copy[name] = _changed(value[name], dice)
        return copy
    if isinstance(value, list) and value and dice.random() < 0.9:
        at = dice.randrange(len(value))
        change = dice.random()
        if change < 0.1:
            return value[:at] + value[at + 1 :]
        if change < 0.2:
            return [*value, value[at]]
        if change < 0.3:
            return value[at:] + value[:at]
        return [*value[:at], _changed(value[at], dice), *value[at + 1 :]]
    if dice.random() < 0.2:
        return [value, value] if dice.random() < 0.5 else {"id": value, "type": value, "at": value}
    return dice.choice(_SCALARS)


def changed_text(text: str, dice: random.Random, times: int) -> str:
    """A text with some bytes changed, lines exchanged, doubled or cut."""
    for _ in range(times):
        lines = text.split("\n")
        at, other = dice.randrange(len(lines)), dice.randrange(len(lines))
        change = dice.random()
        if change < 0.2:
            lines[at], lines[other] = lines[other], lines[at]
        elif change < 0.3:
            lines.insert(at, lines[other])
        elif change < 0.4:
            del lines[at:]
        elif lines[at]:
            place = dice.randrange(len(lines[at]))
            lines[at] = lines[at][:place] + dice.choice('{}[]",:0a\\e\u00e9') + lines[at][place + 1 :]
        text = "\n".join(lines)
    return text
