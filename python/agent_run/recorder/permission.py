"""Whether a tool call may run: the policy is asked, then a standing grant, then a person, as far as each is needed."""

import inspect
from copy import deepcopy
from typing import Any, Dict, Mapping, Optional

from ..canonical import canonicalize
from ..members import object_in
from ..read import JsonValue, read
from .approval import Approval, refused
from .call import Ask, Call, Policy
from .errors import CallRefused, Failure
from .grants import find_grant, is_taken_back
from .state import State, protected
from .step import Step
from .valid import keep_valid

_ENFORCED = {
    "allow": "executed",
    "warn": "executed",
    "block": "blocked",
    "require_approval": "asked",
    "review": "asked",
}


def is_async(function: object) -> bool:
    """Whether calling something gives a coroutine, as far as that can be seen before."""
    call = getattr(type(function), "__call__", None)  # noqa: B004 - it is looked at, not asked for
    return inspect.iscoroutinefunction(function) or inspect.iscoroutinefunction(call)


class Permissions:
    """Asks about calls, and records what was asked and answered."""

    def __init__(self, state: State, policy: Optional[Policy], ask: Optional[Ask], expires_in: Optional[float]) -> None:
        self._state = state
        self._policy = policy
        self._ask = ask
        self._expires_in = expires_in
        self.may_wait = is_async(policy) or is_async(ask)
        """Whether somebody who is asked has to be waited for."""

    @property
    def are_needed(self) -> bool:
        """Whether anybody is asked about calls."""
        return self._policy is not None or self._ask is not None

    async def seek(
        self, step: Step, tool_name: str, arguments: object, members: Mapping[str, object], may_wait: bool
    ) -> JsonValue:
        """Asks everybody who has to be asked.

        :param may_wait: whether awaitables may be awaited; without it nothing is waited for
        :returns: the copy of the arguments that was allowed: what runs is that
        :raises CallRefused: anything but a fitting yes
        """
        try:
            allowed: JsonValue = read(canonicalize(arguments))
            hashed = step.hash_arguments(allowed)
        except Exception:
            hashed = None
        if hashed is None:
            message = "the arguments are no JSON of the record profile; nobody can allow them"
            raise refused(step, "cancelled", message)
        self._check_run(step)
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
        approval: Optional[Mapping[str, object]] = None
        try:
            approval = await self._permit(step, call, may_wait)
            if approval is not None:
                step.decide(approval)
        except CallRefused:
            raise
        except Exception as error:
            # First of all the step: a strict recorder raises the fault.
            refusal = refused(step, "cancelled", "whether the call may run cannot be found out")
            self._state.faults.report("recorder.permission_failed", f"asking failed ({type(error).__name__})", error)
            raise refusal from None
        except BaseException:
            # Ctrl-C, or a task that is cancelled: nobody decided, and it does not run.
            if not step.is_final:
                step.finish(failure=Failure("cancelled", "asking was broken off", "cancelled"))
            raise
        self._check_run(step)
        # The last look before the call runs: it is the call that was allowed, and it still is.
        if step.hash_arguments(allowed) != hashed:
            raise refused(step, "changed", "the arguments are no longer those that were allowed")
        if approval is not None and is_taken_back(self._state, approval.get("approval_id", "")):
            step.decide({**approval, "state": "cancelled"})
            raise refused(step, "cancelled", "what allowed the call was taken back")
        return allowed

    def _check_run(self, step: Step) -> None:
        """
        :raises CallRefused: once the run is over: what is decided then would stand nowhere
        """
        if self._state.is_ended:
            raise refused(step, "cancelled", "the run is over; nobody can allow the call any more")

    async def _permit(self, step: Step, call: Call, may_wait: bool) -> Optional[Mapping[str, object]]:
        said = await self._asked_policy(call, may_wait)
        if said is None and self._policy is not None:
            # It had nothing to say, and nobody else was to be asked.
            return None
        enforced = "asked" if said is None else _ENFORCED[str(said["verdict"])]
        grant = find_grant(self._state, call) if enforced == "asked" else None
        basis: Dict[str, object] = {"basis": "observed"}
        decision_id: object = None
        if said is not None:
            decision = self._decided(call, said, enforced if grant is None else "executed")
            decision_id = basis["decision_id"] = decision["id"]
            policy_id = object_in(decision, "policy").get("id")
            if policy_id is not None:
                basis["policy_id"] = policy_id
            if enforced == "blocked":
                step.decide({"state": "denied", **basis})
                raise refused(step, "blocked", "the policy blocked the call", _reasons(decision))
        if grant is not None:
            return {"state": "auto_approved", "approval_id": grant["approval_id"], **basis}
        if enforced == "executed":
            return {"state": "not_required", **basis}
        approval = Approval(self._state, step, call, decision_id, self._expires_in)
        return {**await approval.answered(self._ask, may_wait), **basis}

    async def _asked_policy(self, call: Call, may_wait: bool) -> Optional[Dict[str, object]]:
        """What the policy said; a block if it failed."""
        try:
            given: Any = self._policy(call._replace(arguments=deepcopy(call.arguments))) if self._policy else None
            if inspect.isawaitable(given) and may_wait:
                given = await given
            if given is None:
                return None
            said = {"verdict": given} if isinstance(given, str) else dict(given)
            if said.get("verdict") not in _ENFORCED:
                raise ValueError("the policy gave no verdict that there is")
            return said
        except Exception as error:  # noqa: BLE001 - what fails is a no
            self._state.faults.report("recorder.policy_failed", f"the policy failed ({type(error).__name__})", error)
            reasons = ["the policy failed"]
            return {"verdict": "block", "matched": "error", "decider": {"kind": "policy"}, "reasons": reasons}

    def _decided(self, call: Call, said: Mapping[str, object], enforcement: str) -> Dict[str, object]:
        decision: Dict[str, object] = {
            **self._state.cleaner.members(said),
            "id": self._state.next_id("pd"),
            "at": self._state.clock.now().text,
            "step_id": call.step_id,
            "boundary": "tool_call",
            "enforcement": enforcement,
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


def _text(value: object) -> Optional[str]:
    return value if isinstance(value, str) else None


def _reasons(decision: Mapping[str, object]) -> Optional[str]:
    reasons = decision.get("reasons")
    return "; ".join(str(reason) for reason in reasons) if isinstance(reasons, list) and reasons else None
