"""Standing permissions: "yes, and don't ask again" (spec/approval-and-policy.md, Grants)."""

from copy import deepcopy
from typing import Any, Dict, List, Mapping, Optional

from ..members import object_in
from ..schema import is_valid
from ..semantics import instant
from ..signatures import verify_object
from .call import Call
from .clock import text_of
from .state import State, protected
from .valid import keep_valid

# Events under the same id that take an approval's grant away.
_ENDING = frozenset(("denied", "revoked", "cancelled", "expired"))


def find_grant(state: State, call: Call) -> Optional[Mapping[str, object]]:
    """The approval whose grant covers a call: for this tool, server and definition, this session, now, and not taken back.

    It was given by somebody who is no agent; one of another run is signed. ``grant.rule`` is never evaluated.
    """
    with state.log.lock:
        return next((event for event in state.approvals if _covers(state, event, call)), None)


def _covers(state: State, event: Mapping[str, object], call: Call) -> bool:
    grant, now = object_in(event, "grant"), instant(text_of(state.clock.now().ms))
    given = instant(event.get("at"))
    if event.get("event") != "approved" or object_in(event, "actor").get("kind") == "agent":
        return False
    if grant.get("tool_name") != call.tool_name or grant.get("mcp_server") != call.mcp_server:
        return False
    if grant.get("tool_hash") not in (None, call.tool_hash) or given is None or now is None or given > now:
        return False
    session = state.run.get("session_id")
    is_here = isinstance(session, str) and grant.get("session_id") == session
    if grant.get("scope") != "always" and not (grant.get("scope") == "session" and is_here):
        return False
    for end in (grant.get("expires_at"), event.get("expires_at")):
        last = instant(end)
        if end is not None and (last is None or last <= now):
            return False
    return not is_taken_back(state, event.get("approval_id"))


def is_taken_back(state: State, approval_id: object) -> bool:
    """Whether an approval was denied, withdrawn or revoked."""
    return any(each.get("approval_id") == approval_id and each.get("event") in _ENDING for each in state.approvals)


def granted(call: Call, session: object, said: object) -> Optional[Dict[str, object]]:
    """The grant that a plain answer gives: for exactly the tool that was asked about."""
    if not isinstance(said, Mapping):
        return None
    tool: Dict[str, Any] = {"tool_name": call.tool_name, "mcp_server": call.mcp_server, "tool_hash": call.tool_hash}
    given = {name: value for name, value in tool.items() if value is not None}
    if said.get("scope") == "session" and isinstance(session, str):
        given["session_id"] = session
    # A grant for another tool than the one that was shown is nothing that the person was asked for.
    kept = {name: value for name, value in said.items() if name not in tool}
    return {**given, **kept}


def take_over(state: State, event: Mapping[str, object]) -> None:
    """Records the signed grant of another run. Anything else is a fault: it would count for nothing."""
    refusal = _refusal(state, event)
    if refusal is not None:
        state.faults.report("recorder.object_refused", f"an approval is not recorded: {refusal}")
        return
    # A copy: its giver may still hold what is in it.
    record_approval(state, deepcopy(dict(event)))


def _refusal(state: State, event: Mapping[str, object]) -> Optional[str]:
    if state.is_ended:
        return "the run is over"
    if not is_valid(event, "approval") or event.get("event") != "approved" or "grant" not in event:
        return "found no valid approved event with a grant, expected the grant of another run"
    if event.get("run_id") in (None, state.id):
        return "it names no other run; what is granted in this one comes as the answer to a request"
    if not verify_object("approval", event):
        return "its signature is missing or not right"
    same: List[Mapping[str, object]] = [
        each for each in state.approvals if each.get("approval_id") == event.get("approval_id")
    ]
    return "there is an approval of that id already" if same else None


def revoke(state: State, approval_id: str, members: Mapping[str, object]) -> None:
    """Takes an approval back: its grant covers nothing any more."""
    if state.is_ended or not any(each.get("approval_id") == approval_id for each in state.approvals):
        state.faults.report("recorder.object_refused", "there is no approval of that id to take back")
        return
    about = {"approval_id": approval_id, "event": "revoked", "run_id": state.id, "at": state.clock.now().text}
    record_approval(state, {**state.cleaner.members(members), **about, "basis": "observed"})


def record_approval(state: State, event: Mapping[str, object]) -> Dict[str, object]:
    """Records an event of an approval; a signed one as it is.

    :raises ValueError: if nothing of it can be recorded
    """
    if state.is_ended:
        raise ValueError("the run is over")
    whole: Optional[Dict[str, object]] = dict(event)
    if event.get("signature") is None:
        kept = keep_valid("approval", event, state.faults)
        whole = None if kept is None else protected("approval", kept)
    if whole is None:
        raise ValueError("an event of the approval cannot be recorded")
    with state.log.lock:
        state.approvals.append(whole)
        state.log.add("approval", whole)
    return whole
