"""The recorder of a run."""

import inspect
import time
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from types import TracebackType
from typing import Any, Callable, Iterator, List, Mapping, Optional, Sequence, Type, TypeVar, Union, cast, get_args

from ..ed25519 import Signer
from ..types import AgentRun
from .answer import is_stream, read_answer
from .clean import PREVIEW_LENGTH, Cleaner
from .clock import Clock
from .end_run import end_run
from .errors import failure_of
from .faults import Faults, RecorderError, RecorderFault
from .files import open_journal, place_of, write_record
from .journal_file import Fsync
from .log import Log
from .objects import record_artifact, record_evidence
from .permission import LONGEST, Ask, Permissions, Policy
from .run_members import begin, tool_hashes, updated
from .state import State
from .step import Effect, Step

T = TypeVar("T")

_CURRENT: ContextVar[Optional[Step]] = ContextVar("agent_run.current_step", default=None)


class Recorder:
    """Records one run as it happens: journal and record stand in a folder, readable by their owner only.

    >>> with Recorder("release-bot", directory=None) as run:
    ...     answer = run.tool_call("add", {"a": 1, "b": 2}, lambda a, b: a + b)
    >>> answer
    3

    It stays out of the way: what your function raises is raised on unchanged; what you say that the standard does not allow
    costs that member, not the record; its own faults stand in :attr:`faults` and are counted in the record.
    Secrets of known shapes and names are replaced and long texts cut, which is a net and no proof.

    :param agent_id: who works
    :param signer: signs heads and record; without one the record is not sealed
    :param directory: folder of journal and record; ``None`` writes neither
    :param fsync: when what was written must have reached the disk
    :param policy: decides about each tool call before it runs
    :param ask: asks a person, where the policy says so; without a policy about every tool call
    :param approval_expires_in: seconds after which a request counts no more
    :param tools: the tools offered to the model, each with ``name``, ``description`` and ``input_schema``
    :param head_every: number of steps after which a head is signed
    :param redact: whether secrets of known shapes and names are replaced
    :param preview_length: most code points of a preview; 0 for none
    :param strict: raise the recorder's own faults
    :param on_fault: is told of each of them
    :param clock: seconds since 1970
    :param members: what is known of the run, such as ``model``, ``trigger`` or ``session_id``; ``input`` becomes its preview
    :raises ValueError: for an ``fsync`` or ``approval_expires_in`` that does not exist

    A process that is forked during the run records nothing of it, since two writers would tear the journal.
    """

    def __init__(
        self,
        agent_id: str,
        *,
        signer: Optional[Signer] = None,
        directory: Union[str, Path, None] = ".agent-run",
        fsync: Fsync = "every_head",
        policy: Optional[Policy] = None,
        ask: Optional[Ask] = None,
        approval_expires_in: Optional[float] = None,
        tools: Sequence[Mapping[str, object]] = (),
        head_every: int = 16,
        redact: bool = True,
        preview_length: int = PREVIEW_LENGTH,
        strict: bool = False,
        on_fault: Optional[Callable[[RecorderFault], None]] = None,
        clock: Callable[[], float] = time.time,
        **members: Any,
    ) -> None:
        if fsync not in get_args(Fsync):
            raise ValueError(f"fsync is none of {', '.join(get_args(Fsync))}")
        if approval_expires_in is not None and not 0 < approval_expires_in <= LONGEST:
            raise ValueError(
                f"approval_expires_in is a number of seconds, above 0 and at most {LONGEST}; None for no end"
            )
        self._faults = Faults(strict, on_fault)
        self._signer = signer
        cleaner, ticking = Cleaner(redact, preview_length), Clock(clock)
        started = ticking.now()
        did = None if signer is None else signer.did
        try:
            run = begin(agent_id, members, tools, did, started, cleaner, self._faults)
        except RecorderError:
            raise
        except Exception as error:
            # What was said of the run cannot even be read: it is recorded without.
            self._faults.report(
                "recorder.start_failed", f"what was given of the run cannot be recorded ({type(error).__name__})", error
            )
            run = begin(str(agent_id), {}, (), did, started, cleaner, self._faults)
        self._place = None if directory is None else place_of(directory, str(run["id"]), self._faults)
        file = None if self._place is None else open_journal(self._place, fsync, self._faults)
        self.journal_path: Optional[Path] = None if file is None else file.path
        """Where the journal stands."""
        self.record_path: Optional[Path] = None
        """Where the record stands, once it is written."""
        self.record: Optional[AgentRun] = None
        """The record, once the run has ended."""
        self._state = State(
            run, started, ticking, self._faults, cleaner, Log(ticking, self._faults, signer, file), head_every
        )
        self._state.tool_hashes = tool_hashes(run)
        self._state.log.add("run.started", run)
        self._permissions = Permissions(self._state, policy, ask, approval_expires_in)

    @property
    def id(self) -> str:
        """The identifier of the run."""
        return self._state.id

    @property
    def faults(self) -> List[RecorderFault]:
        """What could not be recorded: the first thousand."""
        return list(self._faults.kept)

    def __enter__(self) -> "Recorder":
        return self

    def __exit__(
        self, kind: Optional[Type[BaseException]], error: Optional[BaseException], trace: Optional[TracebackType]
    ) -> None:
        if self.record is None:
            self.end(error=error)

    @property
    def current_step(self) -> Optional[Step]:
        """The call that is being executed around here: for a tool that says what it did, ``run.current_step.effect(…)``."""
        step = _CURRENT.get()
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

        :param arguments: are given to ``execute`` by name
        :param execute: the tool. What it raises is raised on unchanged; a coroutine is recorded until it is done
        :param side_effects: what the call promises to do: kinds, such as ``"write"``, or their members
        :param show: what of the result the preview shows; the result itself unless given
        :param members: members of the step, such as ``tool_call_id``, ``model_call_id`` or ``mcp_server``
        :raises CallRefused: if policy or person kept the call from running
        """
        given = dict(arguments or {})
        members.setdefault("tool_hash", self._state.tool_hash_of(tool_name, members.get("mcp_server")))
        members.setdefault("input", given or None)
        step = Step(
            self._state,
            "tool_call",
            {**members, "tool_name": tool_name, "side_effects": side_effects},
        )
        if self._permissions.are_needed and not self._state.is_ended:
            allowed = self._permissions.seek(step, tool_name, given, members)
            given = dict(allowed) if isinstance(allowed, dict) else {}
        elif step.hash_arguments(given) is None:
            self._faults.report(
                "recorder.member_refused", "step: the arguments are no JSON, so they have no arguments_hash"
            )
        step.start()
        shown = show if show is not None else _itself
        return self._run(step, "tool_failed", lambda: execute(**given), lambda result: {"output": shown(result)})

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
        """Records whatever happens in a ``with`` block as one step: a stream, a question to the user, a handoff.

        :param kind: a type of step, such as ``model_call``, ``input_request``, ``handoff`` or ``compaction``
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

    def update(self, **members: Any) -> None:
        """Gives members of the run new values, such as ``model`` or ``git_commit``."""
        with self._faults.guard("recorder.update_failed", "a change of the run cannot be recorded"):
            if self._state.is_ended:
                self._faults.report("recorder.too_late", "a change after the end of the run is not recorded")
                return
            updated(self._state, members)

    def pause(self) -> None:
        """Says that the run stops, to go on later."""
        with self._state.log.lock:
            if self._is_in("running"):
                self._state.log.add("run.paused", {})
                self._state.run = {**self._state.run, "status": "paused"}

    def resume(self) -> None:
        """Says that the run goes on after a pause."""
        with self._state.log.lock:
            if self._is_in("paused"):
                self._state.log.resume()
                self._state.run = {**self._state.run, "status": "running"}

    def head(self) -> None:
        """Signs how far the journal has come, before work is handed to somebody else for example."""
        if not self._state.is_ended:
            self._state.log.add_head()

    def end(
        self,
        status: Optional[str] = None,
        *,
        outcome: Optional[str] = None,
        output: object = None,
        error: Union[BaseException, str, None] = None,
        **members: Any,
    ) -> AgentRun:
        """Ends the run: open steps become ``interrupted``, the record is put together and, with a signer, sealed.

        :param status: how it ended; ``completed`` unless said otherwise or there is an ``error``
        :param outcome: what came of it: ``success``, ``failed``, ``partial``, ``abandoned`` …
        :returns: the record; the same one if the run had ended already
        """
        said = {**members, "outcome": outcome, "output": output, "error": error}
        with self._state.log.lock:
            if self.record is not None:
                return self.record
            record = end_run(self._state, self._signer, status, said)
            self.record = cast(AgentRun, record)
            self._state.log.close()
            if self._place is not None and not self._state.log.lock.is_elsewhere:
                self.record_path = write_record(self._place, record, self._faults)
            return self.record

    def _run(self, step: Step, otherwise: str, execute: Callable[[], T], read: Callable[[T], Mapping[str, Any]]) -> T:
        token = _CURRENT.set(step)
        try:
            result = execute()
        except BaseException as error:
            step.finish(failure=failure_of(error, otherwise))
            raise
        finally:
            _CURRENT.reset(token)
        if inspect.isawaitable(result):
            return cast(T, self._awaited(step, otherwise, result, cast(Callable[[Any], Mapping[str, Any]], read)))
        self._settle(step, result, read)
        return result

    async def _awaited(self, step: Step, otherwise: str, pending: Any, read: Callable[[Any], Mapping[str, Any]]) -> Any:
        token = _CURRENT.set(step)
        try:
            result = await pending
        except BaseException as error:
            step.finish(failure=failure_of(error, otherwise))
            raise
        finally:
            _CURRENT.reset(token)
        self._settle(step, result, read)
        return result

    def _settle(self, step: Step, result: T, read: Callable[[T], Mapping[str, Any]]) -> None:
        said: Mapping[str, Any] = {}
        with self._faults.guard("recorder.answer_unread", "what came back cannot be read"):
            said = read(result)
        step.finish(**dict(said))

    def _is_in(self, status: str) -> bool:
        if self._state.run["status"] == status and not self._state.is_ended:
            return True
        self._faults.report("recorder.too_late", f"the run is not {status}; that it pauses or goes on is not recorded")
        return False


def _itself(value: T) -> T:
    return value
