"""What an agent hands over, as what a record may hold: plain JSON of the record profile, short, without known secrets."""

import json
import re
from typing import Dict, Mapping, Optional, Tuple

from ..faults import MAX_NUMBER
from ..read import JsonValue
from .familiar import familiar
from .redact import redact, secret_kind

PREVIEW_LENGTH = 2000
"""Most code points of a preview (AR-PRIV-003)."""

# How much of a text is looked at to make a preview: what follows cannot matter.
_WINDOW = 16_384
_LONGEST = 65_536
_DEEPEST = 64
_MOST = 100_000
_SURROGATE = re.compile("[\ud800-\udfff]")


def cut(text: str, length: int) -> str:
    """A text of at most so many code points; the last one is then an ellipsis."""
    return text if len(text) <= length else text[: length - 1] + "…"


class Cleaner:
    """Makes copies that a record may hold.

    :param redacting: whether secrets of known shapes and names are replaced
    :param length: most code points of a preview; 0 for none
    """

    def __init__(self, redacting: bool, length: int) -> None:
        self._redacting = redacting
        self._length = max(0, min(length, PREVIEW_LENGTH))

    def text(self, value: str) -> str:
        """A text, well-formed and without known secrets."""
        return self._hide(value[:_LONGEST])

    def short(self, value: str) -> str:
        """A text that says in words what happened: cleaned, and at most 2,000 code points."""
        return cut(self._hide(_window(value)), PREVIEW_LENGTH)

    def preview(self, value: object) -> Optional[str]:
        """The beginning of a text, or of a value as JSON; ``None`` if previews are off or there is nothing to show."""
        if self._length == 0 or value is None:
            return None
        text = (
            value
            if isinstance(value, str)
            else json.dumps(self.value(value), ensure_ascii=False, separators=(",", ":"))
        )
        head = _window(text)
        cleaned = self._hide(head)
        is_cut = len(head) < len(text) and len(cleaned) <= self._length
        return cut(cleaned + "…" if is_cut else cleaned, self._length)

    def value(self, value: object) -> JsonValue:
        """A copy that is plain JSON: bounded, without cycles, numbers exact or as text, other objects by their type."""
        return _Copy(self, self._redacting).of(value, None, ())

    def members(self, members: Mapping[str, object]) -> Dict[str, JsonValue]:
        """Copies of some members; those that are ``None`` are left out, since absence says that better."""
        given = {name: member for name, member in members.items() if member is not None}
        cleaned = self.value(given)
        return cleaned if isinstance(cleaned, dict) else {}

    def _hide(self, text: str) -> str:
        well_formed = _SURROGATE.sub("\ufffd", text)
        return redact(well_formed) if self._redacting else well_formed


def _window(text: str) -> str:
    if len(text) <= _WINDOW:
        return text
    # A secret that the window cuts in two would lose its shape: the unfinished last word is dropped.
    end = _WINDOW
    while end > _WINDOW - 512 and not text[end - 1].isspace():
        end -= 1
    return text[:end]


class _Copy:
    """One copy: counts what it looked at."""

    def __init__(self, cleaner: Cleaner, redacting: bool) -> None:
        self._cleaner = cleaner
        self._redacting = redacting
        self._left = _MOST

    def of(self, value: object, secret: Optional[str], above: Tuple[int, ...]) -> JsonValue:
        """A copy. ``secret``: the kind of secret that a member of this name holds; ``above``: what it stands in."""
        self._left -= 1
        if self._left <= 0:
            return "…"
        if value is None or isinstance(value, bool):
            return value
        if isinstance(value, (str, int, float)):
            # A number that is called a token is most likely a count of them.
            if secret is not None and (value != "" if isinstance(value, str) else secret in ("password", "secret")):
                return f"[redacted:{secret}]"
            return self._cleaner.text(value) if isinstance(value, str) else _exact(value)
        if isinstance(value, (bytes, bytearray, memoryview)):
            return f"[{len(value)} bytes]"
        if len(above) >= _DEEPEST or id(value) in above:
            return "…"
        within = (*above, id(value))
        if isinstance(value, Mapping):
            return self._members(value, secret, within)
        if isinstance(value, (list, tuple, set, frozenset)):
            return [self.of(item, secret, within) for item in list(value)[: self._left + 1]]
        known = familiar(value)
        return f"[{type(value).__name__}]" if known is None else self.of(known, secret, within)

    def _members(self, value: Mapping[object, object], secret: Optional[str], within: Tuple[int, ...]) -> JsonValue:
        members: Dict[str, JsonValue] = {}
        for name, member in list(value.items())[: self._left + 1]:
            text = (
                name if isinstance(name, str) else str(_exact(name) if isinstance(name, (int, float)) else type(name))
            )
            kind = secret or (secret_kind(text) if self._redacting else None)
            members[self._cleaner.text(text)] = self.of(member, kind, within)
        return members


def _exact(value: float) -> JsonValue:
    """A number, as text where a record could not hold it."""
    return value if -MAX_NUMBER <= value <= MAX_NUMBER else str(value)
