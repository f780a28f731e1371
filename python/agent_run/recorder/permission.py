"""Whether a tool call may run: the policy is asked, then a person, as far as each is needed (spec/approval-and-policy.md)."""

from copy import deepcopy
from typing import Any, Callable, Dict, Mapping, NamedTuple, Optional, Union

from ..canonical import canonicalize
from ..hashes import action_hash, request_hash
from ..members import object_in
from ..read import JsonValue, read
from ..schema import is_valid
from ..semantics import instant
from ..signatures import verify_object
from .clock import text_of
from .errors import CallRefused
from .state import State, protected
from .step import Step
from .valid import keep_valid


class Call(NamedTuple):
    """A tool call that somebody is asked about. ``arguments`` is a copy: changing it changes nothing."""

    tool_name: str
    arguments: JsonValue
    run_id: str
    step_id: str
    mcp_server: Optional[str]
    tool_call_id: Optional[str]
    tool_hash: Optional[str]
    arguments_hash: str


class ApprovalRequest(NamedTuple):
    """What an approver needs to decide, and to sign, wherever the key is.

    ``event`` is the ``requested`` event as recorded. Nonce, salt and arguments let the approver's side compute
    ``action_hash`` itself.
    """

    call: Call
    event: Mapping[str, object]
    request_hash: str
    action_hash: str
    nonce: str
    salt: str


Policy = Callable[[Call], Union[str, Mapping[str, Any], None]]
"""Decides by rule: a verdict such as ``"allow"``, ``"block"`` or ``"require_approval"``, the members of a PolicyDecision with
a ``verdict``, or ``None`` for nothing to say. What it raises blocks the call."""

Ask = Callable[[ApprovalRequest], Union[bool, Mapping[str, Any]]]
"""Asks a person: ``True``, ``False``, a mapping with ``decision`` (``approved`` or ``denied``), ``actor`` and ``reason``, or an
ApprovalEvent that the approver signed. What it raises withdraws the request."""

_ENFORCED = {
    "allow": "executed",
    "warn": "executed",
    "block": "blocked",
    "require_approval": "asked",
    "review": "asked",
}
LONGEST = 10 * 365 * 24 * 60 * 60
"""Most seconds until a request for an approval expires: ten years."""

# How far the clock of an approver may be ahead, in milliseconds.
_SKEW = 60_000


class Permissions:
    """Asks about calls, and records what was asked and answered."""

    def __init__(self, state: State, policy: Optional[Policy], ask: Optional[Ask], expires_in: Optional[float]) -> None:
        self._state = state
        self._policy = policy
        self._ask = ask
        self._expires_in = expires_in

    @property
    def are_needed(self) -> bool:
        """Whether anybody is asked about calls."""
        return self._policy is not None or self._ask is not None

    def seek(self, step: Step, tool_name: str, arguments: object, members: Mapping[str, object]) -> JsonValue:
        """Asks everybody who has to be asked.

        :returns: the copy of the arguments that was allowed: what runs is that
        :raises CallRefused: anything but a fitting yes
        """
        try:
            allowed: JsonValue = read(canonicalize(arguments))
            hashed = step.hash_arguments(allowed)
        except Exception:
            hashed = None
        if hashed is None:
            raise self._refused(
                step, "cancelled", "the arguments are no JSON of the record profile; nobody can allow them"
            )
        step.announce()
        call = Call(
            tool_name,
            deepcopy(allowed),
            self._state.id,
            step.id,
            _text(members.get("mcp_server")),
            _text(members.get("tool_call_id")),
            _text(members.get("tool_hash")),
            hashed,
        )
        try:
            approval = self._permit(step, call)
            if approval is not None:
                step.decide(approval)
        except CallRefused:
            raise
        except Exception as error:
            self._state.faults.report("recorder.permission_failed", f"asking failed ({type(error).__name__})", error)
            raise self._refused(step, "cancelled", "whether the call may run cannot be found out") from None
        # The last look before the call runs: it is the call that was allowed.
        if step.hash_arguments(allowed) != hashed:
            raise self._refused(step, "changed", "the arguments are no longer those that were allowed")
        return allowed

    def _permit(self, step: Step, call: Call) -> Optional[Mapping[str, object]]:
        decision = self._decided(call) if self._policy is not None else None
        basis: Dict[str, object] = {"basis": "observed"}
        if decision is not None:
            basis["decision_id"] = decision["id"]
            policy_id = object_in(decision, "policy").get("id")
            if policy_id is not None:
                basis["policy_id"] = policy_id
            if decision.get("enforcement") == "blocked":
                step.decide({"state": "denied", **basis})
                raise self._refused(step, "blocked", "the policy blocked the call", _reasons(decision))
            if decision.get("enforcement") == "executed":
                return {"state": "not_required", **basis}
        elif self._policy is not None:
            # It had nothing to say, and nobody else was to be asked.
            return None
        return {**self._asked(step, call, decision), **basis}

    def _decided(self, call: Call) -> Optional[Dict[str, object]]:
        said: Dict[str, object]
        try:
            given = self._policy(call._replace(arguments=deepcopy(call.arguments))) if self._policy else None
            if given is None:
                return None
            said = {"verdict": given} if isinstance(given, str) else dict(given)
            if said.get("verdict") not in _ENFORCED:
                raise ValueError("the policy gave no verdict that there is")
        except Exception as error:  # noqa: BLE001 - what fails is a no
            self._state.faults.report("recorder.policy_failed", f"the policy failed ({type(error).__name__})", error)
            said = {
                "verdict": "block",
                "matched": "error",
                "decider": {"kind": "policy"},
                "reasons": ["the policy failed"],
            }
        decision: Dict[str, object] = {
            **self._state.cleaner.members(said),
            "id": self._state.next_id("pd"),
            "at": self._state.clock.now().text,
            "step_id": call.step_id,
            "boundary": "tool_call",
            "enforcement": _ENFORCED[str(said["verdict"])],
            "basis": "observed",
        }
        kept = keep_valid("policy-decision", decision, self._state.faults)
        if kept is None:
            raise ValueError("the decision of the policy cannot be recorded")
        whole = protected("policy_decision", kept)
        with self._state.log.lock:
            self._state.policy_decisions.append(whole)
            self._state.log.add("policy_decision", whole)
        return whole

    def _asked(self, step: Step, call: Call, decision: Optional[Mapping[str, object]]) -> Dict[str, object]:
        """Asks a person for one call, records the request and the answer."""
        state = self._state
        now = state.clock.now()
        action = action_hash({**call._asdict(), "nonce": state.nonce})
        shared: Dict[str, object] = {
            "approval_id": state.next_id("ap"),
            "run_id": state.id,
            "step_id": call.step_id,
            "action_hash": action,
            "basis": "observed",
        }
        if call.tool_call_id is not None:
            shared["tool_call_id"] = call.tool_call_id
        if decision is not None:
            shared["decision_id"] = decision["id"]
        if self._expires_in is not None:
            shared["expires_at"] = text_of(now.ms + int(self._expires_in * 1000))
        actor = {"kind": "agent", "id": state.run["agent_id"]}
        request = self._record({**shared, "event": "requested", "at": now.text, "actor": actor})
        shared["request_hash"] = request_hash(request)
        if self._ask is None:
            raise self._withdrawn(step, shared, "nobody can be asked")
        asked = ApprovalRequest(call, deepcopy(request), str(shared["request_hash"]), action, state.nonce, step.salt)
        try:
            answer = self._ask(asked)
        except Exception as error:  # noqa: BLE001 - what fails is a no
            state.faults.report("recorder.ask_failed", f"asking for an approval failed ({type(error).__name__})", error)
            raise self._withdrawn(step, shared, "asking failed") from None
        ended = state.clock.now()
        if self._expires_in is not None and ended.ms > now.ms + int(self._expires_in * 1000):
            self._record({**shared, "event": "expired", "at": ended.text})
            step.decide({"state": "expired", "approval_id": shared["approval_id"], "basis": "observed"})
            raise self._refused(step, "expired", "nobody decided in time")
        return self._taken(step, shared, request, answer)

    def _taken(
        self, step: Step, shared: Mapping[str, object], request: Mapping[str, object], answer: object
    ) -> Dict[str, object]:
        if isinstance(answer, Mapping) and answer.get("signature") is not None:
            misfit = self._misfit(shared, request, answer)
            if misfit is not None:
                self._state.faults.report("recorder.answer_refused", f"the signed answer does not count: {misfit}")
                raise self._withdrawn(step, shared, "the signed answer does not fit the request")
            event = self._record(answer)
        else:
            said = answer if isinstance(answer, Mapping) else {"decision": "approved" if answer is True else "denied"}
            if said.get("decision") not in ("approved", "denied"):
                raise self._withdrawn(step, shared, "no decision was made")
            plain = {name: said[name] for name in ("actor", "reason", "stops_run") if said.get(name) is not None}
            cleaned = self._state.cleaner.members({"actor": {"kind": "unknown"}, **plain})
            at = self._state.clock.now().text
            event = self._record({**cleaned, **shared, "event": said["decision"], "at": at})
        approval: Dict[str, object] = {"state": event["event"], "approval_id": event["approval_id"]}
        if event["event"] == "denied":
            step.decide({**approval, "basis": "observed"})
            raise self._refused(step, "denied", "the call was denied", _text(event.get("reason")))
        return approval

    def _misfit(
        self, shared: Mapping[str, object], request: Mapping[str, object], event: Mapping[str, object]
    ) -> Optional[str]:
        """What keeps a signed answer from counting: it has to be about exactly this request and this call."""
        if not is_valid(event, "approval") or event.get("event") not in ("approved", "denied"):
            return "it is no valid decision"
        for name in ("approval_id", "run_id", "step_id", "action_hash", "request_hash"):
            if event.get(name) != shared[name]:
                return f"its {name} is not that of the request"
        if "actor" not in event or "modified_action_hash" in event:
            return "it names no actor, or a changed call"
        if not verify_object("approval", event):
            return "its signature is not right"
        at, asked = instant(event.get("at")), instant(request.get("at"))
        latest = instant(text_of(self._state.clock.now().ms + _SKEW))
        if at is None or asked is None or latest is None or not asked <= at <= latest:
            return "it was not made between the request and now"
        # The step starts no earlier than the decision, by the times that stand in the record.
        self._state.clock.advance_to(self._state.clock.now().ms + max(0, (at - latest) // 1_000_000 + _SKEW + 1))
        return None

    def _record(self, event: Mapping[str, object]) -> Dict[str, object]:
        """Records an event of an approval; a signed one as it is."""
        if event.get("signature") is not None:
            # A copy: the approver may still hold what is in it.
            whole = deepcopy(dict(event))
        else:
            kept = keep_valid("approval", event, self._state.faults)
            if kept is None:
                raise ValueError("an event of the approval cannot be recorded")
            whole = protected("approval", kept)
        with self._state.log.lock:
            self._state.approvals.append(whole)
            self._state.log.add("approval", whole)
        return whole

    def _withdrawn(self, step: Step, shared: Mapping[str, object], reason: str) -> CallRefused:
        self._record({**shared, "event": "cancelled", "at": self._state.clock.now().text, "reason": reason})
        step.decide({"state": "cancelled", "approval_id": shared["approval_id"], "basis": "observed"})
        return self._refused(step, "cancelled", f"the request for an approval was withdrawn: {reason}")

    def _refused(self, step: Step, reason: str, message: str, explanation: Optional[str] = None) -> CallRefused:
        step.finish("denied", error=message, error_type="permission_denied")
        return CallRefused(reason, message, step.id, explanation)


def _text(value: object) -> Optional[str]:
    return value if isinstance(value, str) else None


def _reasons(decision: Mapping[str, object]) -> Optional[str]:
    reasons = decision.get("reasons")
    return "; ".join(str(reason) for reason in reasons) if isinstance(reasons, list) and reasons else None
