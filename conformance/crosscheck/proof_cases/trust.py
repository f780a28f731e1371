"""vectors/trust: trust files, and patterns."""

from __future__ import annotations

import json
from typing import Any, Optional

from agent_run.reader import Refused, read
from agent_run.seal import Json
from agent_run.trust import fits, trust_fault

from .keys import entry, key, trust

_GOOD = entry("recorder", "recorder")


def _with(**members: Any) -> Json:
    return trust(entry("recorder", "recorder", **members))


_FILES = [
    (
        "right",
        _with(
            agents=["release-*"],
            workspaces=["acme"],
            valid_from="2026-01-01T00:00:00Z",
            valid_until="2027-01-01T00:00:00Z",
        ),
    ),
    ("no keys", trust()),
    ("two keys of one identity", trust(_GOOD, entry("second", "recorder", identity="recorder@example.org"))),
    ("valid for a moment", _with(valid_from="2026-01-01T00:00:00Z", valid_until="2026-01-01T01:00:00+01:00")),
    ("later minor version", {**trust(_GOOD), "agent_run_trust": "1.7"}),
    ("key stands twice", trust(_GOOD, entry("second", "server"), {**_GOOD, "roles": ["server"]})),
    ("key of another spelling", trust({**_GOOD, "key": key("recorder").did[:-1] + "0"})),
    ("role unlisted", trust(entry("recorder", "admin"))),
    ("no roles", trust(entry("recorder"))),
    ("identity missing", trust({name: value for name, value in _GOOD.items() if name != "identity"})),
    ("agents is a text", _with(agents="release-*")),
    ("valid_from on a day that doesn't exist", _with(valid_from="2026-02-30T00:00:00Z")),
    ("revoked at a time that doesn't exist", _with(revoked={"at": "2026-11-31T00:00:00Z", "reason": "retired"})),
    ("revoked for a reason that isn't listed", _with(revoked={"at": "2026-11-30T00:00:00Z", "reason": "bored"})),
    (
        "valid until before it is valid from",
        _with(valid_from="2027-01-01T00:00:00Z", valid_until="2026-01-01T00:00:00Z"),
    ),
    ("keys missing", {"agent_run_trust": "1.0"}),
    ("version missing", {"keys": []}),
    ("a list", []),
]

_TEXTS = [
    ("keys stand twice in the file", '{"agent_run_trust":"1.0","keys":[],"keys":[]}'),
    ("not JSON", '{"agent_run_trust":"1.0"'),
]

_PATTERNS = [
    ("release-bot", "release-bot"),
    ("release-bot", "release-bots"),
    ("release-*", "release-"),
    ("release-*", "release-bot"),
    ("*", ""),
    ("*", "a\nb"),
    ("*-bot", "release-bot"),
    ("a*b*c", "abc"),
    ("a*b*c", "a-b-b-c"),
    ("a*b*c", "acb"),
    ("a*a", "a"),
    ("**", "x"),
    ("A", "a"),
    ("a.c", "abc"),
    ("a?c", "abc"),
    ("[a]", "a"),
    ("a\\*", "a*"),
    ("a$", "a"),
    ("*\u00e9", "caf\u00e9"),
    ("*\u00e9", "cafe\u0301"),
    ("a*a*a*a*a*a*a*a*b", "a" * 40),
]


def _fault(text: str) -> Optional[Json]:
    try:
        fault = trust_fault(read(text.encode("utf-8")))
    except Refused as refusal:
        fault = refusal.code, refusal.path
    return None if fault is None else {"code": fault[0], "path": fault[1]}


def rows() -> dict[str, list[Json]]:
    """The files."""
    texts = [*((name, json.dumps(value)) for name, value in _FILES), *_TEXTS]
    return {
        "file": [
            {"name": name, "requirement": "AR-TRUST-009", "trust_text": text, "expect": _fault(text)}
            for name, text in texts
        ],
        "pattern": [
            {
                "name": f"{pattern!a} and {text[:12]!a}",
                "requirement": "AR-TRUST-004",
                "pattern": pattern,
                "text": text,
                "expect": fits(pattern, text),
            }
            for pattern, text in _PATTERNS
        ],
    }
