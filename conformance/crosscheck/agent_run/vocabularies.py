"""The open vocabularies, as spec/registry.md lists them."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

REGISTRY = Path(__file__).resolve().parents[3] / "spec" / "registry.md"

_PLACE = re.compile(r"`([a-z-]+)\.json#(/properties/[a-z_/]+)`")
_VALUE = re.compile(r"\| `([a-z0-9_.]+)` \|")


@lru_cache(maxsize=None)
def registered() -> dict[tuple[str, str], set[str]]:
    """The registered values for each place in the schemas: name of the file and pointer in it."""
    found: dict[tuple[str, str], set[str]] = {}
    for section in REGISTRY.read_text(encoding="utf-8").split("\n## ")[1:]:
        lines = section.splitlines()
        values = {match.group(1) for match in map(_VALUE.match, lines) if match}
        for line in lines:
            if line.startswith("Places: "):
                found.update({place: values for place in _PLACE.findall(line)})
    return found
