"""Artifacts and evidence of a run."""

from typing import Mapping, Optional, Union

from ..digest_text import digest
from .state import State, protected
from .valid import keep_valid


def record_artifact(
    state: State, name: str, content: Union[bytes, str, None], members: Mapping[str, object]
) -> Optional[str]:
    """Records an artifact; its id, or ``None`` if it cannot be recorded."""
    made: Optional[str] = None
    with state.log.lock, state.faults.guard("recorder.artifact_failed", "the artifact cannot be recorded"):
        given = dict(members)
        if content is not None:
            octets = content.encode("utf-8", "surrogatepass") if isinstance(content, str) else content
            given["content"] = {"digest": digest(octets), "size": len(octets)}
        artifact = {**state.cleaner.members({**given, "name": name}), "id": state.next_id("art")}
        kept = keep_valid("artifact", artifact, state.faults)
        if kept is not None and not state.is_ended:
            whole = protected("artifact", kept)
            state.artifacts.append(whole)
            state.log.add("artifact", whole)
            made = str(whole["id"])
    return made


def record_evidence(state: State, members: Mapping[str, object]) -> None:
    """Records evidence."""
    with state.log.lock, state.faults.guard("recorder.evidence_failed", "the evidence cannot be recorded"):
        kept = keep_valid("evidence", state.cleaner.members(members), state.faults)
        if kept is not None and not state.is_ended:
            state.evidence.append(kept)
            state.log.add("evidence", kept)
