"""Keys and random-looking values of the vectors. Everything comes from a name, so that everybody makes the same."""

from __future__ import annotations

import hashlib
from functools import lru_cache

from agent_run.seal import Json, Signer


@lru_cache(maxsize=None)
def key(name: str) -> Signer:
    """The test key of this name."""
    return Signer(octets("key", name))


def octets(use: str, name: str) -> bytes:
    """32 bytes."""
    return hashlib.sha256(f"agent-run vectors, {use}: {name}".encode("utf-8")).digest()


def salt(name: str) -> str:
    """A salt."""
    return octets("salt", name).hex()


def nonce(name: str) -> str:
    """A nonce."""
    return octets("nonce", name).hex()[:32]


def digest_of(name: str) -> str:
    """Some digest."""
    return "sha256:" + octets("digest", name).hex()


def entry(name: str, *roles: str, **more: object) -> Json:
    """Entry of a trust file."""
    return {"key": key(name).did, "identity": more.pop("identity", f"{name}@example.org"), "roles": list(roles), **more}


def trust(*entries: Json) -> Json:
    """A trust file."""
    return {"agent_run_trust": "1.0", "keys": list(entries)}


def statement(by: str, kind: str, about: str, at: str, body: Json | None = None) -> Json:
    """A signed statement."""
    unsigned = {"kind": kind, "about": about, "at": at, **({} if body is None else {"body": body})}
    return key(by).signed("statement", unsigned)
