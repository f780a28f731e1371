"""Patterns in a trust file (spec/trust.md)."""

from __future__ import annotations


def fits(pattern: str, text: str) -> bool:
    """
    Whether a pattern fits a whole text. ``*`` stands for any characters, also for none; nothing else in it is special.
    Takes time linear in the text for each star.
    """
    first, *rest = pattern.split("*")
    if not rest:
        return pattern == text
    last = rest.pop()
    if len(text) < len(first) + len(last) or not text.startswith(first) or not text.endswith(last):
        return False
    at, end = len(first), len(text) - len(last)
    for part in rest:
        # The first place leaves the most to the parts that follow.
        found = text.find(part, at, end)
        if found < 0:
            return False
        at = found + len(part)
    return True
