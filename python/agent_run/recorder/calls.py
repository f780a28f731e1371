"""Recording of calls: of tools, of models, and of whatever else is a step."""

import inspect
from contextlib import contextmanager
from typing import Any, Callable, Dict, Iterator, List, Mapping, Optional, Sequence, TypeVar, Union, cast

from ..members import without
from .answer import is_stream, read_answer
from .call import at_once
from .errors import failure_of
from .faults import Faults, RecorderFault
from .objects import record_artifact, record_evidence
from .permission import Permissions, is_async
from .present import STEP, Present
from .state import State
from .step import Effect, Step
from .streams import followed, is_generator

T = TypeVar("T")
Read = Callable[[Any], Mapping[str, Any]]


class Calls:
    """What a :class:`Recorder` records while its run goes on."""

    _state: State
    _faults: Faults
    _permissions: Permissions

    @property
    def id(self) -> str:
        """The identifier of the run."""
        return self._state.id

    @property
    def faults(self) -> List[RecorderFault]:
        """What could not be recorded: the first thousand."""
        return list(self._faults.kept)

    @property
    def current_step(self) -> Optional[Step]:
        """The call that is being executed around here: for a tool that says what it did, ``run.current_step.effect(…)``."""
        step = STEP.get()
        return step if step is not None and step.belongs_to(self._state) else None

    def tool_call(
        self,
        tool_name: str,
        arguments: Optional[Mapping[str, Any]],
        execute: Callable[..., T],
        *,
        side_effects: Sequence[Effect] = (),
        show: Optional[Callable[[T], object]] = None,
        **members: Any,
    ) -> T:
        """Records one call of a tool: asks where there is anybody to ask, runs it, and records how it ended.

        If ``execute``, the policy or whoever is asked is ``async``, the result is to be awaited. What a generator yields is
        recorded until it ends.

        :param arguments: are given to ``execute`` by name
        :param execute: the tool. What it raises is raised on unchanged; a coroutine is recorded until it is done
        :param side_effects: what the call promises to do: kinds, such as ``"write"``, or their members
        :param show: what of the result the preview shows; the result itself unless given
        :param members: members of the step, such as ``tool_call_id``, ``model_call_id`` or ``mcp_server``
        :raises CallRefused: if policy or person kept the call from running
        """
        given = dict(arguments or {})
        offered = self._state.tool_hash_of(tool_name, members.get("mcp_server"))
        # A grant is for one definition: where there is an inventory, it says which one this is, not the caller.
        if members.setdefault("tool_hash", offered) != offered and self._state.tool_hashes:
            del members["tool_hash"]
            message = "step: tool_hash is not that of the tool in the inventory and is left out"
            self._faults.report("recorder.member_refused", message)
        members.setdefault("input", given or None)
        said = {**members, "tool_name": tool_name, "side_effects": side_effects}
        step = Step(self._state, "tool_call", said)

        def read(result: T) -> Mapping[str, Any]:
            return {"output": result if show is None else show(result)}

        def run(allowed: Mapping[str, Any]) -> T:
            step.start()
            return self._run(step, "tool_failed", lambda: execute(**allowed), read)

        if not self._permissions.are_needed:
            if step.hash_arguments(given) is None:
                message = "step: the arguments are no JSON, so they have no arguments_hash"
                self._faults.report("recorder.member_refused", message)
            return run(given)
        may_wait = self._permissions.may_wait

        async def permitted() -> Mapping[str, Any]:
            return cast(Mapping[str, Any], await self._permissions.seek(step, tool_name, given, members, may_wait))

        async def later() -> Any:
            result: Any = run(await permitted())
            return await result if inspect.isawaitable(result) else result

        return cast(T, later()) if may_wait or is_async(execute) else run(at_once(permitted()))

    def model_call(
        self,
        send: Callable[[], T],
        *,
        model: Optional[str] = None,
        input: object = None,
        read: Callable[[T], Mapping[str, Any]] = read_answer,
        **members: Any,
    ) -> T:
        """Records one request to a model: how long it took, what it used, how it ended.

        For an answer that comes in pieces use :meth:`step`.

        :param send: sends it. What it raises is raised on unchanged; a coroutine is recorded until it is done
        :param read: reads the answer, where :func:`read_answer` does not know its shape: members of the step, such as
            ``cost``, ``model`` and ``output``
        """
        step = Step(self._state, "model_call", {"role": "assistant", **members, "model": model, "input": input})
        step.start()

        def answered(answer: T) -> Mapping[str, Any]:
            said = {} if is_stream(answer) else read(answer)
            return {name: value for name, value in said.items() if name not in members}

        return self._run(step, "provider_error", send, answered)

    @contextmanager
    def step(self, kind: str, **members: Any) -> Iterator[Step]:
        """Records whatever happens in a ``with`` block as one step: a stream, a question to the user, a compaction.

        :param kind: a type of step, such as ``model_call``, ``input_request`` or ``compaction``
        """
        step = Step(self._state, kind, members)
        step.start()
        try:
            yield step
        except BaseException as error:
            step.finish(failure=failure_of(error, "internal"))
            raise
        if not step.is_final:
            step.finish()

    def note(self, kind: str, **members: Any) -> str:
        """Records a step that is over as soon as it has begun: words, a change of configuration, an error. Returns its id."""
        step = Step(self._state, kind, members)
        step.start()
        step.finish()
        return step.id

    def message(self, role: str, text: str, **members: Any) -> str:
        """Records words of a ``user``, the ``assistant`` or the ``system``. Returns the id of the step."""
        words = {"output": text} if role == "assistant" else {"input": text}
        return self.note("message", role=role, **words, **members)

    def artifact(self, name: str, content: Union[bytes, str, None] = None, **members: Any) -> Optional[str]:
        """Records something that came out of the run; of its content only digest and size are kept. Returns its id."""
        return record_artifact(self._state, name, content, members)

    def evidence(self, kind: str, **members: Any) -> None:
        """Records a test, an eval, a trace or a check that speaks about the result."""
        record_evidence(self._state, {**members, "kind": kind})

    def _run(self, step: Step, otherwise: str, execute: Callable[[], T], read: Callable[[T], Mapping[str, Any]]) -> T:
        try:
            with Present(STEP, step):
                result = execute()
        except BaseException as error:
            step.finish(failure=failure_of(error, otherwise))
            raise
        if is_generator(result):
            return cast(T, self._followed(step, otherwise, result, cast(Read, read)))
        if inspect.isawaitable(result):
            return cast(T, self._awaited(step, otherwise, result, cast(Read, read)))
        self._settle(step, result, read)
        return result

    async def _awaited(self, step: Step, otherwise: str, pending: Any, read: Read) -> Any:
        try:
            with Present(STEP, step):
                result = await pending
        except BaseException as error:
            step.finish(failure=failure_of(error, otherwise))
            raise
        if is_generator(result):
            return self._followed(step, otherwise, result, read)
        self._settle(step, result, read)
        return result

    def _followed(self, step: Step, otherwise: str, pieces: Any, read: Read) -> Any:
        def done(result: object, error: Optional[BaseException]) -> None:
            if isinstance(error, GeneratorExit):
                # Whoever reads has had enough: nothing went wrong.
                step.finish("cancelled", output=result)
            elif error is not None:
                step.finish(failure=failure_of(error, otherwise))
            else:
                self._settle(step, result, read)

        return followed(pieces, lambda: Present(STEP, step), done)

    def _settle(self, step: Step, result: T, read: Callable[[T], Mapping[str, Any]]) -> None:
        said: Dict[str, Any] = {}
        with self._faults.guard("recorder.step_failed", "what came back cannot be read"):
            named = {name: value for name, value in read(result).items() if isinstance(name, str)}
            # What is no member of a step must not be taken for something else.
            said = {**without(named, "self", "failure")}
        step.finish(**said)
