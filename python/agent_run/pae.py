"""The bytes that are hashed and signed: DSSE's pre-authentication encoding (AR-BYTES-010)."""


def media_type(kind: str) -> str:
    """The type of what is hashed by a kind: ``application/vnd.agent-run.<kind>.v1+json``."""
    return f"application/vnd.agent-run.{kind}.v1+json"


def pae(payload_type: str, body: bytes) -> bytes:
    """``DSSEv1``, and type and body with their lengths in bytes as decimal ASCII."""
    name = payload_type.encode("utf-8")
    return b"DSSEv1 %d %s %d %s" % (len(name), name, len(body), body)
