"""Faults of the recorder itself: kept and told, and not in the way of the agent."""

import threading
from contextlib import contextmanager
from typing import Callable, Iterator, List, NamedTuple, Optional

MOST = 1000


class RecorderFault(NamedTuple):
    """Something that could not be recorded. ``code`` is stable, such as ``recorder.write_failed``."""

    code: str
    message: str


class Faults:
    """Collects faults, or raises them where the recorder is strict."""

    def __init__(self, strict: bool, on_fault: Optional[Callable[[RecorderFault], None]]) -> None:
        self._strict = strict
        self._on_fault = on_fault
        self._lock = threading.Lock()
        self.count = 0
        self.kept: List[RecorderFault] = []

    def report(self, code: str, message: str, cause: Optional[BaseException] = None) -> None:
        """Notes a fault. The message never quotes what was to be recorded.

        :raises RecorderError: where the recorder is strict
        """
        fault = RecorderFault(code, message)
        with self._lock:
            self.count += 1
            if len(self.kept) < MOST:
                self.kept.append(fault)
        if self._on_fault is not None:
            try:
                self._on_fault(fault)
            except Exception:  # noqa: BLE001 - whoever listens must not break what is recorded
                pass
        if self._strict:
            raise RecorderError(fault) from cause

    @contextmanager
    def guard(self, code: str, message: str) -> Iterator[None]:
        """Runs something of the recorder's own, whose failure is a fault and nothing more."""
        try:
            yield
        except RecorderError:
            raise
        except Exception as error:  # noqa: BLE001 - the agent's own call goes on, whatever it was
            self.report(code, f"{message} ({type(error).__name__})", error)


class RecorderError(Exception):
    """A fault of a strict recorder."""

    def __init__(self, fault: RecorderFault) -> None:
        super().__init__(f"{fault.code}: {fault.message}")
        self.fault = fault
