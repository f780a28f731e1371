"""Asking a person about one call (spec/approval-and-policy.md)."""

import asyncio
import inspect
from copy import deepcopy
from typing import Any, Dict, Mapping, Optional

from ..hashes import action_hash, request_hash
from ..schema import is_valid
from ..semantics import instant
from ..signatures import verify_object
from .call import ApprovalRequest, Ask, Call
from .clock import text_of
from .errors import CallRefused, Failure
from .grants import granted, record_approval
from .state import State
from .step import Step

# How far the clock of an approver may be ahead, in milliseconds.
_SKEW = 60_000
_LATE = object()


def refused(
    step: Step, reason: str, message: str, explanation: Optional[str] = None, by: Optional[Mapping[str, object]] = None
) -> CallRefused:
    """The error of a call that may not run; its step ends with it."""
    # As a failure: it does not run, whatever status the caller gave it before.
    step.finish(failure=Failure("denied", message, "permission_denied"))
    return CallRefused(reason, message, step.id, explanation, by)


class Approval:
    """One request and what becomes of it. Anything but a fitting yes refuses."""

    def __init__(self, state: State, step: Step, call: Call, decision_id: object, expires_in: Optional[float]) -> None:
        self._state, self._step, self._call, self._expires_in = state, step, call, expires_in
        now = state.clock.now()
        self._action = action_hash({**call._asdict(), "nonce": state.nonce})
        self._shared: Dict[str, object] = {
            "approval_id": state.next_id("ap"),
            "run_id": state.id,
            "step_id": call.step_id,
            "action_hash": self._action,
            "basis": "observed",
            **({} if call.tool_call_id is None else {"tool_call_id": call.tool_call_id}),
            **({} if decision_id is None else {"decision_id": decision_id}),
        }
        self._last: Optional[int] = None
        if expires_in is not None:
            self._last = now.ms + int(expires_in * 1000)
            self._shared["expires_at"] = text_of(self._last)
        actor = {"kind": "agent", "id": state.run["agent_id"]}
        request = {**self._shared, "event": "requested", "at": now.text, "actor": actor}
        self._request = record_approval(state, request)
        self._shared["request_hash"] = request_hash(self._request)

    async def answered(self, ask: Optional[Ask], may_wait: bool) -> Dict[str, object]:
        """What the step's approval says, once somebody has said yes.

        :raises CallRefused: for anything else
        """
        if ask is None:
            raise self._withdrawn("nobody can be asked")
        shared = self._shared
        asked = ApprovalRequest(
            self._call,
            deepcopy(self._request),
            str(shared["request_hash"]),
            self._action,
            self._state.nonce,
            self._step.salt,
        )
        try:
            answer: object = ask(asked)
            if inspect.isawaitable(answer):
                answer = await self._awaited(answer, may_wait)
        except Exception as error:  # noqa: BLE001 - what fails is a no
            message = f"asking for an approval failed ({type(error).__name__})"
            self._state.faults.report("recorder.ask_failed", message, error)
            raise self._withdrawn("asking failed") from None
        except BaseException:
            # Ctrl-C at the question, or a task that is cancelled: nobody decided.
            self._withdrawn("asking was broken off")
            raise
        ended = self._state.clock.now()
        if answer is _LATE or (self._last is not None and ended.ms > self._last):
            record_approval(self._state, {**shared, "event": "expired", "at": ended.text})
            self._step.decide({"state": "expired", "approval_id": shared["approval_id"], "basis": "observed"})
            raise refused(self._step, "expired", "nobody decided in time")
        return self._taken(answer)

    async def _awaited(self, answer: Any, may_wait: bool) -> object:
        if not may_wait:
            close = getattr(answer, "close", None)
            if close is not None:
                close()
            raise TypeError("ask gave an awaitable; expected an answer, or a function that is async")
        if self._expires_in is None:
            return await answer
        pending = asyncio.ensure_future(answer)
        try:
            await asyncio.wait([pending], timeout=self._expires_in)
            return pending.result() if pending.done() else _LATE
        finally:
            pending.cancel()

    def _taken(self, answer: object) -> Dict[str, object]:
        if isinstance(answer, Mapping) and answer.get("signature") is not None:
            misfit = self._misfit(answer)
            if misfit is not None:
                self._state.faults.report("recorder.answer_refused", f"the signed answer does not count: {misfit}")
                raise self._withdrawn("the signed answer does not fit the request")
            # A copy: the approver may still hold what is in it.
            event = record_approval(self._state, deepcopy(dict(answer)))
        else:
            event = record_approval(self._state, self._plain(answer))
        approval: Dict[str, object] = {"state": event["event"], "approval_id": event["approval_id"]}
        if event["event"] == "denied":
            self._step.decide({**approval, "basis": "observed"})
            reason, actor = event.get("reason"), event.get("actor")
            raise refused(
                self._step,
                "denied",
                "the call was denied",
                reason if isinstance(reason, str) else None,
                deepcopy(actor) if isinstance(actor, Mapping) else None,
            )
        return approval

    def _plain(self, answer: object) -> Dict[str, object]:
        said = answer if isinstance(answer, Mapping) else {"decision": "approved" if answer is True else "denied"}
        if said.get("decision") not in ("approved", "denied"):
            raise self._withdrawn("no decision was made")
        plain = {name: said[name] for name in ("actor", "reason", "stops_run") if said.get(name) is not None}
        shared = dict(self._shared)
        grant = granted(self._call, self._state.run.get("session_id"), said.get("grant"))
        if grant is not None and said["decision"] == "approved":
            plain["grant"] = grant
            # A request ends soon; what was granted with its answer ends when the grant says so.
            shared.pop("expires_at", None)
        cleaned = self._state.cleaner.members({"actor": {"kind": "unknown"}, **plain})
        return {**cleaned, **shared, "event": said["decision"], "at": self._state.clock.now().text}

    def _misfit(self, event: Mapping[str, object]) -> Optional[str]:
        """What keeps a signed answer from counting: it has to be about exactly this request and this call."""
        if not is_valid(event, "approval") or event.get("event") not in ("approved", "denied"):
            return "it is no valid decision"
        for name in ("approval_id", "run_id", "step_id", "action_hash", "request_hash"):
            if event.get(name) != self._shared[name]:
                return f"its {name} is not that of the request"
        if "actor" not in event or "modified_action_hash" in event:
            return "it names no actor, or a changed call"
        if not verify_object("approval", event):
            return "its signature is not right"
        clock = self._state.clock
        at, asked = instant(event.get("at")), instant(self._request.get("at"))
        latest = instant(text_of(clock.now().ms + _SKEW))
        if at is None or asked is None or latest is None or not asked <= at <= latest:
            return "it was not made between the request and now"
        now = instant(text_of(clock.now().ms))
        for end in (self._request.get("expires_at"), event.get("expires_at")):
            last = instant(end)
            if end is not None and (last is None or now is None or last <= max(at, now)):
                return "it was made too late, or holds no more"
        # The step starts no earlier than the decision, by the times that stand in the record.
        clock.advance_to(clock.now().ms + max(0, (at - latest) // 1_000_000 + _SKEW + 1))
        return None

    def _withdrawn(self, reason: str) -> CallRefused:
        at = self._state.clock.now().text
        record_approval(self._state, {**self._shared, "event": "cancelled", "at": at, "reason": reason})
        self._step.decide({"state": "cancelled", "approval_id": self._shared["approval_id"], "basis": "observed"})
        return refused(self._step, "cancelled", f"the request for an approval was withdrawn: {reason}")
