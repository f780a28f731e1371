"""Sending the journal while the run goes on, so that others can watch it."""

import threading
from typing import List, Sequence

from ..client import SendError, Server
from ..sending import send_lines
from .faults import Faults, RecorderError


class Feed:
    """Sends lines from a thread of its own; whoever records never waits for it.

    What it can't send is a fault, told once: the journal on the disk has all of it, and the end of the run sends it again.
    """

    def __init__(self, server: Server, run_id: str, faults: Faults) -> None:
        self._server, self._run_id, self._faults = server, run_id, faults
        self._lines: List[str] = []
        self._is_over = False
        self._changed = threading.Condition()
        # A process that is done doesn't wait for a server: what is missing there is on the disk.
        self._thread = threading.Thread(target=self._work, name="agent-run-live", daemon=True)
        self._thread.start()

    def put(self, lines: Sequence[str]) -> None:
        """Takes lines that were written."""
        with self._changed:
            if not self._is_over:
                self._lines.extend(lines)
                self._changed.notify()

    def close(self) -> None:
        """Waits until what came is sent, or could not be."""
        with self._changed:
            self._is_over = True
            self._changed.notify()
        self._thread.join()

    def _work(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._lines or self._is_over)
                lines, self._lines = self._lines, []
            if not lines:
                return
            try:
                send_lines(self._server, self._run_id, "".join(f"{line}\n" for line in lines).encode("utf-8"))
            except Exception as error:  # noqa: BLE001 - nobody is there who could catch it
                self._give_up(error)
                return

    def _give_up(self, error: Exception) -> None:
        with self._changed:
            self._is_over, self._lines = True, []
        why = str(error) if isinstance(error, SendError) else type(error).__name__
        try:
            self._faults.report("recorder.live_failed", f"the server does not get the journal any more: {why}", error)
        except RecorderError:
            # A strict recorder has no caller here to raise it to; it stands among the faults.
            pass
