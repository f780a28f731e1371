"""One step of a run while it goes on."""

from secrets import token_hex
from typing import Any, Dict, List, Mapping, Optional, Union

from ..canonical import canonicalize
from ..hashes import arguments_hash, text_arguments_hash
from ..read import JsonValue, ReadError, read
from ..schema import is_valid
from ..semantics import NEEDED
from .clock import Instant
from .errors import Failure, text_of_error
from .state import State, protected
from .valid import keep_valid

Effect = Union[str, Mapping[str, object]]
"""A side effect: its kind, such as ``"write"``, or its members."""

# Members that nobody but the recorder says.
_OWN = frozenset(
    ("id", "type", "seq", "started_at", "ended_at", "duration_ms", "arguments_hash", "salt", "private_hash")
)
# What stands for the member that such a step is about, where nobody said it.
_UNKNOWN = {
    "tool_call": ("tool_name", "unknown"),
    "tool_result": ("tool_name", "unknown"),
    "handoff": ("agent_id", "unknown"),
    "handoff_result": ("agent_id", "unknown"),
    # Whose words they are is not to be invented.
    "message": ("type", "other"),
    "error": ("error_type", "internal"),
}
_FINAL = frozenset(("succeeded", "failed", "denied", "cancelled", "timeout", "skipped", "interrupted", "unknown"))


def is_type(kind: object) -> bool:
    """Whether there are steps of that type."""
    return is_valid({"id": "-", "type": kind, "status": "running", "started_at": None}, "step")


class Step:
    """A step that was begun. None of its methods raises, unless the recorder is strict."""

    def __init__(self, state: State, kind: str, members: Mapping[str, object]) -> None:
        self._state = state
        if not is_type(kind):
            state.faults.report("recorder.member_refused", "step: type is none that there is; it is recorded as other")
            kind = "other"
        self._kind = kind
        self.id = state.next_id("s")
        self.salt = token_hex(32)
        self._is_salted = False
        self._own: Dict[str, object] = {}
        self._said: Dict[str, object] = {}
        self._effects: List[Dict[str, object]] = []
        self._artifact_ids: List[str] = []
        self._started: Optional[Instant] = None
        self._is_final = False
        if not state.is_ended:
            state.begun[self.id] = kind
            state.open[self.id] = self
        self.add(**members)

    def add(self, *, input: object = None, output: object = None, **members: Any) -> None:
        """Says more about the step: members of the standard's step. ``input`` and ``output`` become previews, cut and clean."""
        if self._is_over("a member"):
            return
        with self._state.faults.guard("recorder.step_failed", "what was said of a step cannot be recorded"):
            cleaner = self._state.cleaner
            effects = members.pop("side_effects", None)
            taken = {name: value for name, value in members.items() if name not in (*_OWN, "error")}
            for name, value in taken.items():
                # One by one: what cannot be read costs no other member.
                with self._state.faults.guard("recorder.member_refused", f"step: {name} cannot be read"):
                    self._said.update(cleaner.members({name: value}))
            for name, value in (("input_preview", input), ("output_preview", output), ("error", members.get("error"))):
                with self._state.faults.guard("recorder.member_refused", f"step: {name} cannot be read"):
                    shown = self._shown(name, value)
                    if shown is not None:
                        self._said[name] = shown
            for effect in [effects] if isinstance(effects, (str, Mapping)) else effects or ():
                with self._state.faults.guard("recorder.member_refused", "step: a side effect cannot be read"):
                    self._add_effect(effect, "declared")

    def _shown(self, name: str, value: object) -> Optional[str]:
        if name != "error" or value is None:
            return self._state.cleaner.preview(value)
        text = text_of_error(value) if isinstance(value, BaseException) else value
        return self._state.cleaner.short(text if isinstance(text, str) else type(value).__name__)

    def effect(self, kind: str, target: Optional[str] = None, **members: Any) -> None:
        """Adds a side effect that was seen to happen."""
        if self._is_over("an effect"):
            return
        with self._state.faults.guard("recorder.step_failed", "a side effect cannot be recorded"):
            self._add_effect({"kind": kind, **({} if target is None else {"target": target}), **members}, "observed")

    def artifact(self, name: str, content: Union[bytes, str, None] = None, **members: Any) -> Optional[str]:
        """Adds an artifact of this step; of its content only digest and size are kept. Returns its id."""
        if self._is_over("an artifact"):
            return None
        from .objects import record_artifact

        made = record_artifact(self._state, name, content, {**members, "step_id": self.id})
        if made is not None:
            self._artifact_ids.append(made)
        return made

    def evidence(self, kind: str, **members: Any) -> None:
        """Adds evidence that this step produced: a test, a check."""
        from .objects import record_evidence

        if not self._is_over("evidence"):
            record_evidence(self._state, {**members, "kind": kind, "step_id": self.id})

    def first_token(self) -> None:
        """Notes that the first token of a model's answer has come."""
        if self._started is not None and not self._is_final:
            self._said["first_token_ms"] = self._state.clock.now().ms - self._started.ms

    def hash_arguments(self, arguments: object) -> Optional[str]:
        """``arguments_hash`` of the call with the step's salt; ``None`` for what no hash could tell from all others."""
        self._is_salted = False
        self._own.pop("arguments_hash", None)
        try:
            hashed = _hash(arguments, self.salt)
        except Exception:
            # What a stranger's object raises when it is looked at is no matter of the call.
            return None
        self._own["arguments_hash"] = hashed
        self._is_salted = True
        return hashed

    def decide(self, approval: Mapping[str, object]) -> None:
        """Says what its permission rests on. The recorder's own: a caller has ``approval=`` of the call."""
        self._own["approval"] = dict(approval)

    def announce(self) -> None:
        """Shows it in the journal before it starts: what approvals and decisions name must be there."""
        self._show("pending")

    def start(self) -> None:
        """Notes the beginning of its execution."""
        with self._state.log.lock:
            self._started = self._state.clock.now()
            self._own["seq"] = self._state.seq
            self._state.seq += 1
            self._show("running")

    def finish(self, status: str = "succeeded", failure: Optional[Failure] = None, **members: Any) -> None:
        """Makes it final. A status that a caller said before stays, if it is one that a step ends with."""
        with self._state.log.lock:
            self._finish(status, failure, members)

    def _finish(self, status: str, failure: Optional[Failure], members: Mapping[str, Any]) -> None:
        if self._is_over("how a step ended"):
            return
        if failure is not None:
            self.add(error=failure.error, error_type=failure.error_type)
            status = failure.status
        self.add(**members)
        self._is_final = True
        self._state.open.pop(self.id, None)
        said = self._said.pop("status", None)
        with self._state.faults.guard("recorder.step_failed", "the step cannot be recorded"):
            step = self._composed(said if failure is None and said in _FINAL else status, self._state.clock.now())
            if step is not None:
                self._state.steps.append(step)
                self._state.log.add("step.ended", step)
                if self._state.head_every > 0 and len(self._state.steps) % self._state.head_every == 0:
                    self._state.log.add_head()

    @property
    def is_final(self) -> bool:
        """Whether it has ended."""
        return self._is_final

    def belongs_to(self, state: State) -> bool:
        """Whether it is a step of that run."""
        return self._state is state

    def _is_over(self, what: str) -> bool:
        if not self._is_final and not self._state.is_ended:
            return False
        self._state.faults.report("recorder.too_late", f"the step is over, or its run is: {what} is not recorded")
        return True

    def _add_effect(self, effect: Effect, basis: str) -> None:
        given = {"kind": effect} if isinstance(effect, str) else dict(effect)
        cleaned = keep_valid("side-effect", self._state.cleaner.members({"basis": basis, **given}), self._state.faults)
        if cleaned is not None:
            self._effects.append(cleaned)

    def _show(self, status: str) -> None:
        with self._state.faults.guard("recorder.step_failed", "the step cannot be recorded"):
            step = self._composed(status, None)
            if step is not None and not self._state.is_ended:
                self._state.log.add("step.started", step)

    def _composed(self, status: object, ended: Optional[Instant]) -> Optional[Dict[str, object]]:
        started = self._started
        step: Dict[str, object] = {
            "id": self.id,
            "type": self._kind,
            "status": status,
            "started_at": None if started is None else started.text,
        }
        if ended is not None:
            step["ended_at"] = ended.text
            if started is not None:
                step["duration_ms"] = ended.ms - started.ms
        step.update({name: value for name, value in self._said.items() if name != "status"})
        step.update(self._own)
        effects = self._every_effect(status in ("denied", "skipped"))
        if effects:
            step["side_effects"] = effects
        if self._artifact_ids:
            step["artifact_ids"] = list(self._artifact_ids)
        kept = keep_valid("step", step, self._state.faults)
        if kept is None:
            return None
        # What is refused is refused once, not at its beginning and at its end.
        self._said = {name: value for name, value in self._said.items() if name in kept}
        needed = NEEDED.get(self._kind, ())
        if ended is not None and needed and not any(name in kept for name in needed):
            # A step without it would cost the whole record (AR-STEP-007).
            name, value = _UNKNOWN[self._kind]
            self._state.faults.report("recorder.member_refused", f"step: {self._kind} without {' or '.join(needed)}")
            kept[name] = value
        return protected("step", self._with_links(kept), self.salt if self._is_salted else None)

    def _every_effect(self, did_not_run: bool) -> List[Dict[str, object]]:
        """Effects of a step that did not run are only declared; ``none`` stands alone (AR-STEP-008, AR-STEP-009)."""
        real = [effect for effect in self._effects if effect.get("kind") != "none"]
        kept = real or self._effects[:1]
        basis = {"basis": "declared"} if did_not_run else {}
        return [protected("side_effect", {**effect, **basis}) for effect in kept]

    def _with_links(self, step: Dict[str, object]) -> Dict[str, object]:
        """The step without references that lead nowhere (AR-RUN-011, AR-STEP-006) or are another step's (AR-STEP-011, AR-COST-008)."""
        begun, refuse = self._state.begun, self._state.faults.report
        for name in ("model_call_id", "parent_step_id", "retry_of", "fallback_from"):
            known = begun.get(str(step.get(name)))
            if name in step and (known is None or (name == "model_call_id" and known != "model_call")):
                refuse("recorder.member_refused", f"step: {name} names no such step of this run and is left out")
                del step[name]
        for name in ("tool_call_id", "response_id"):
            if name not in step:
                continue
            claim = (name, step[name])
            # A call that is tried again keeps its id.
            if self._state.claims.get(claim, self.id) in (self.id, step.get("retry_of")):
                self._state.claims[claim] = self.id
            else:
                refuse("recorder.member_refused", f"step: another step has this {name}, which is left out")
                del step[name]
        causes = step.get("caused_by")
        if isinstance(causes, list) and not all(cause in begun for cause in causes):
            refuse("recorder.member_refused", "step: caused_by names no such step of this run and is left out")
            del step["caused_by"]
        return step


def _hash(arguments: object, salt: str) -> str:
    """The hash of arguments that are JSON, or a text of it, of the record profile; else that of their text."""
    text: Union[str, bytes] = arguments if isinstance(arguments, str) else canonicalize(arguments)
    try:
        value: JsonValue = read(text)
    except ReadError:
        return text_arguments_hash(text if isinstance(text, str) else text.decode("utf-8"), salt)
    return arguments_hash(value, salt)
