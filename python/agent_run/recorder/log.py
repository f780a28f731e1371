"""The journal of one run: chained lines, and the file they go to as they come."""

from typing import Callable, List, Mapping, Optional

from ..ed25519 import Signer
from ..journal import Journal, JournalWriter
from .clock import Clock
from .faults import Faults
from .feed import Feed
from .journal_file import JournalFile
from .turn import Turn


class Log:
    """Takes the events of a run, from any thread of one process. What it cannot take or write is a fault, never an exception."""

    def __init__(
        self,
        clock: Clock,
        faults: Faults,
        signer: Optional[Signer],
        file: Optional[JournalFile],
        journal: Optional[Journal] = None,
    ) -> None:
        """:param journal: what stands in the file already, cut to its sound part"""
        self._clock = clock
        self._faults = faults
        self._signer = signer
        self._file = file
        self._writer = JournalWriter(signer, journal)
        self._is_complete = file is not None
        self.lock = Turn()
        #: Gets the lines, too.
        self.feed: Optional[Feed] = None

    @property
    def ended_steps(self) -> int:
        """Number of steps that ended."""
        return self._writer.steps[0]

    @property
    def head(self) -> Optional[str]:
        """Digest of the last chained line, for the seal; ``None`` unless the whole journal stands in a file."""
        return self._writer.head if self._is_complete and self._file and not self._file.is_behind else None

    def add(self, kind: str, data: Mapping[str, object]) -> None:
        """Adds an event, at once. ``data`` is the whole object, private members and salt included."""
        with self.lock:
            self._take(lambda: self._writer.append(kind, self._clock.now().text, data))

    def resume(self) -> None:
        """Says that the run goes on after a pause."""
        with self.lock:
            self._take(lambda: self._writer.resume(self._clock.now().text))

    def add_head(self) -> None:
        """Adds a signed head; without a key it is only the time to wait for the disk."""
        with self.lock:
            lines: List[str] = []
            if not self._is_ours():
                return
            if self._signer is not None:
                with self._faults.guard("recorder.sign_failed", "the head of the journal cannot be signed"):
                    lines = self._writer.sign_head(self._clock.now().text)
            self._write(lines, is_head=True)

    def seal(self, record: Mapping[str, object]) -> None:
        """Adds the sealed record, last of all."""
        with self.lock:
            self._take(lambda: self._writer.seal(self._clock.now().text, record))

    def close(self) -> None:
        """Writes what is left and closes the file."""
        with self.lock, self._faults.guard("recorder.write_failed", "the journal cannot be closed"):
            if self._file is not None and self._is_ours():
                self._file.close()

    def _is_ours(self) -> bool:
        """Whether this process began the run: two that write one journal would tear its chain."""
        if self.lock.is_elsewhere:
            message = "the run was begun by another process; what happens in this one is not recorded"
            self._faults.report("journal_file.locked", message)
        return not self.lock.is_elsewhere

    def _take(self, lines: Callable[[], List[str]]) -> None:
        if not self._is_ours():
            return
        taken = False
        with self._faults.guard("recorder.line_refused", "the journal does not take this event"):
            composed = lines()
            taken = True
            self._write(composed)
        self._is_complete = self._is_complete and taken

    def _write(self, lines: List[str], is_head: bool = False) -> None:
        with self._faults.guard("recorder.write_failed", "the journal cannot be written"):
            if self._file is not None:
                self._file.append(lines, is_head)
        if self.feed is not None and lines:
            self.feed.put(lines)
