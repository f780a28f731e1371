"""The recorder of a run."""

import asyncio
import threading
import time
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Any, Callable, Iterator, List, Mapping, Optional, Sequence, Type, Union, cast

from ..client import Server
from ..ed25519 import Signer
from ..types import AgentRun
from .call import Ask, Policy
from .calls import Calls
from .clean import PREVIEW_LENGTH, Cleaner
from .clock import Clock
from .delegation import Delegation, delegate, handoff_result, result_of
from .delivery import deliver
from .end_run import end_run
from .faults import Faults, RecorderError, RecorderFault
from .feed import Feed
from .files import open_journal, place_of, write_record
from .grants import revoke, take_over
from .journal_file import Fsync, JournalFile
from .log import Log
from .options import Options
from .permission import Permissions
from .present import RUN, Present
from .reopen import place_of_journal, reopen
from .run_members import begin, tool_hashes, updated
from .state import State


class Recorder(Calls):
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
    :param server: gets the record when the run has ended; what it does not get now, ``python -m agent_run send`` sends later
    :param live: the server also gets each line of the journal, as the run goes on
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
        server: Optional[Server] = None,
        live: bool = False,
        **members: Any,
    ) -> None:
        options = Options(
            signer=signer,
            directory=directory,
            fsync=fsync,
            policy=policy,
            ask=ask,
            approval_expires_in=approval_expires_in,
            head_every=head_every,
            redact=redact,
            preview_length=preview_length,
            strict=strict,
            on_fault=on_fault,
            clock=clock,
            server=server,
            live=live,
        )
        options.check()
        faults = Faults(strict, on_fault)
        cleaner, ticking = Cleaner(redact, preview_length), Clock(clock)
        started = ticking.now()
        did = None if signer is None else signer.did
        try:
            run = begin(agent_id, members, tools, did, started, cleaner, faults)
        except RecorderError:
            raise
        except Exception as error:
            # What was said of the run cannot even be read: it is recorded without.
            message = f"what was given of the run cannot be recorded ({type(error).__name__})"
            faults.report("recorder.start_failed", message, error)
            run = begin(str(agent_id), {}, (), did, started, cleaner, faults)
        place = None if directory is None else place_of(directory, str(run["id"]), faults)
        file = None if place is None else open_journal(place, fsync, faults)
        state = State(run, started, ticking, faults, cleaner, Log(ticking, faults, signer, file), head_every)
        state.tool_hashes = tool_hashes(run)
        if live and server is not None:
            state.log.feed = Feed(server, state.id, faults)
        state.log.add("run.started", run)
        self._assemble(state, options, place, file)

    @classmethod
    def reopen(cls, path: Union[str, Path], **options: Any) -> "Recorder":
        """Goes on with the journal of a run whose process died, was killed or let go of it.

        The run can go on, or be ended: ``Recorder.reopen(path).end("interrupted")``. What was under way is ``interrupted``.
        Only a torn last line is cut off; a journal with any other fault was not left by a crash and is not touched.

        :param path: the journal
        :param options: the options of the recorder, such as ``signer``; what is known of the run stands in the journal
        :raises RecorderError: if it can't be gone on with: ``recorder.journal_unusable``, ``recorder.journal_damaged``,
            ``recorder.sealed``, ``recorder.finished``, ``recorder.other_key``
        :raises OSError: if it can't be read or written, or another process writes it (``FileExistsError``)
        """
        chosen = Options(**options)
        chosen.check()
        faults = Faults(chosen.strict, chosen.on_fault)
        state, file = reopen(Path(path), chosen, faults)
        if chosen.live and chosen.server is not None:
            state.log.feed = Feed(chosen.server, state.id, faults)
            state.log.feed.put(file.content().decode("utf-8").rstrip("\n").split("\n"))
        run = cls.__new__(cls)
        run._assemble(state, chosen._replace(directory=file.path.parent), place_of_journal(file.path), file)
        return run

    def _assemble(self, state: State, options: Options, place: Optional[Path], file: Optional[JournalFile]) -> None:
        self._state, self._faults, self._options, self._place = state, state.faults, options, place
        self._permissions = Permissions(state, options.policy, options.ask, options.approval_expires_in)
        self._present: List[Present[Recorder]] = []
        self._to_send: Optional[Server] = None
        self._sending: Optional[threading.Thread] = None
        self._came_back: Optional[Callable[[AgentRun], None]] = None
        self.journal_path: Optional[Path] = None if file is None else file.path
        """Where the journal stands."""
        self.record_path: Optional[Path] = None
        """Where the record stands, once it is written."""
        self.record: Optional[AgentRun] = None
        """The record, once the run has ended."""

    def __enter__(self) -> "Recorder":
        present = Present(RUN, self)
        present.__enter__()
        self._present.append(present)
        return self

    def __exit__(
        self, kind: Optional[Type[BaseException]], error: Optional[BaseException], trace: Optional[TracebackType]
    ) -> None:
        self._leave(error)
        self._hand_over()

    async def __aenter__(self) -> "Recorder":
        return self.__enter__()

    async def __aexit__(
        self, kind: Optional[Type[BaseException]], error: Optional[BaseException], trace: Optional[TracebackType]
    ) -> None:
        self._leave(error)
        self._hand_over()
        if self._sending is not None:
            await asyncio.get_running_loop().run_in_executor(None, self._sending.join)

    def _leave(self, error: Optional[BaseException]) -> None:
        if self._present:
            self._present.pop().__exit__()
        if self.record is None:
            # A program that ends because it is done has not failed.
            done = isinstance(error, SystemExit) and not error.code
            self._end(None, {"error": None if done else error})

    def update(self, **members: Any) -> None:
        """Gives members of the run new values, such as ``model`` or ``git_commit``."""
        with self._faults.guard("recorder.event_failed", "a change of the run cannot be recorded"):
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

    def approval(self, event: Mapping[str, Any]) -> None:
        """Takes over a grant that was given in another run: its ``approved`` event, signed by the approver, as it is."""
        with self._faults.guard("recorder.object_refused", "an approval cannot be recorded"):
            take_over(self._state, event)

    def revoke(self, approval_id: str, **members: Any) -> None:
        """Takes an approval back: its grant covers nothing any more.

        :param members: ``actor`` and ``reason`` of whoever took it back
        """
        with self._faults.guard("recorder.object_refused", "an approval cannot be taken back"):
            revoke(self._state, approval_id, members)

    @contextmanager
    def handoff(
        self, agent_id: str, *, input: object = None, start: Optional[Mapping[str, Any]] = None, **members: Any
    ) -> "Iterator[Recorder]":
        """Hands work to a run of its own in this process: both records name each other.

        >>> with Recorder("lead", directory=None) as run:
        ...     with run.handoff("reviewer", input="Review it") as child:
        ...         record = child.end(output="Looks good")
        >>> [step["type"] for step in run.record["steps"]]
        ['handoff', 'handoff_result']

        :param agent_id: the agent that does the work
        :param input: what it is asked
        :param start: what else its :class:`Recorder` is given; options and folder are those of this one
        :param members: members of the handoff step, such as ``tool_call_id``
        """
        with self.child(agent_id, input=input, start=start, **members) as child:
            yield child

    def child(
        self, agent_id: str, *, input: object = None, start: Optional[Mapping[str, Any]] = None, **members: Any
    ) -> "Recorder":
        """The recorder of a run that work is handed to, as :meth:`handoff`, for where no ``with`` block fits. When it ends,
        the result stands here."""
        given = {**self._options._asdict(), "input": input, **(start or {})}
        delegation = self.delegate(agent_id, input=given["input"], **members)
        recorder = Recorder(agent_id, **given, delegation=delegation)
        if delegation is not None:
            handed = delegation
            recorder._came_back = lambda record: self.handoff_result(handed, **result_of(record))
        return recorder

    def delegate(self, agent_id: str, *, run_id: Optional[str] = None, **members: Any) -> Optional[Delegation]:
        """Hands work to a run elsewhere: what it gives goes there as JSON, for ``Recorder(…, delegation=…)``.

        :param run_id: the identifier of that run; a fresh one unless given
        :param members: members of the handoff step, such as ``input`` and ``tool_call_id``
        :returns: ``None`` if it cannot be recorded
        """
        with self._faults.guard("recorder.step_failed", "the handoff cannot be recorded"):
            return delegate(self._state, agent_id, run_id, members)
        return None

    def handoff_result(self, delegation: Delegation, **members: Any) -> None:
        """Records what came back from a run that work was given to by :meth:`delegate`.

        :param members: members of the step: ``status``, ``output``, ``error`` and ``child_record_hash``, the ``record_hash``
            of the child's sealed record
        """
        with self._faults.guard("recorder.step_failed", "the result of a handoff cannot be recorded"):
            handoff_result(self._state, delegation, members)

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
        record = self._end(status, {**members, "outcome": outcome, "output": output, "error": error})
        self._hand_over()
        return record

    def _end(self, status: Optional[str], said: Mapping[str, Any]) -> AgentRun:
        with self._state.log.lock:
            if self.record is not None:
                return self.record
            record = end_run(self._state, self._options.signer, status, said)
            self.record = cast(AgentRun, record)
            self._state.log.close()
            if not self._state.log.lock.is_elsewhere:
                if self._place is not None:
                    self.record_path = write_record(self._place, record, self._faults)
                self._to_send = self._options.server
            return self.record

    def _hand_over(self) -> None:
        """Tells who gave the work, and sends the record; once, and not while the lock is held: a server may take its time."""
        with self._state.log.lock:
            came_back, self._came_back = self._came_back, None
            server, self._to_send = self._to_send, None
        if self.record is None:
            return
        try:
            if came_back is not None:
                came_back(self.record)
        finally:
            # What the run above raises does not keep the record from its server.
            if server is not None:
                self._deliver(server, self.record)

    def _deliver(self, server: Server, record: AgentRun) -> None:
        work = partial(self._send, server, record)
        try:
            asyncio.get_running_loop()
        except RuntimeError:
            work()
        else:
            # Other tasks go on meanwhile, and the process does not end before.
            self._sending = threading.Thread(target=work, name="agent-run-send")
            self._sending.start()

    def _send(self, server: Server, record: AgentRun) -> None:
        if self._state.log.feed is not None:
            self._state.log.feed.close()
        deliver(server, record, self.record_path, self.journal_path, self._faults)

    def _is_in(self, status: str) -> bool:
        if self._state.run["status"] == status and not self._state.is_ended:
            return True
        self._faults.report("recorder.too_late", f"the run is not {status}; that it pauses or goes on is not recorded")
        return False
