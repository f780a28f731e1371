"""Faults of the recorder itself: kept and told, and not in the way of the agent."""

import logging
import threading
from contextlib import contextmanager
from typing import Any, Callable, Iterator, List, NamedTuple, Optional, Set, Tuple

MOST = 1000
_LOGGER = logging.getLogger("agent_run")


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
        self._logged: Set[RecorderFault] = set()

    def report(self, code: str, message: str, cause: Optional[BaseException] = None) -> None:
        """Notes a fault. The message never quotes what was to be recorded.

        :raises RecorderError: where the recorder is strict
        """
        fault = RecorderFault(code, message)
        with self._lock:
            self.count += 1
            if len(self.kept) < MOST:
                self.kept.append(fault)
        if self._on_fault is None:
            self._log(fault)
        else:
            try:
                self._on_fault(fault)
            except Exception:  # noqa: BLE001 - whoever listens must not break what is recorded
                pass
        if self._strict:
            raise RecorderError(fault) from cause

    def _log(self, fault: RecorderFault) -> None:
        """Where nobody listens, each fault is logged once, so that it isn't noticed only when a record is missed."""
        with self._lock:
            is_new = fault not in self._logged and len(self._logged) < MOST
            if is_new:
                self._logged.add(fault)
        if is_new:
            _LOGGER.warning("%s: %s", fault.code, fault.message)

    @contextmanager
    def guard(self, code: str, message: str) -> Iterator[None]:
        """Runs something of the recorder's own, whose failure is a fault and nothing more."""
        try:
            yield
        except RecorderError:
            raise
        except Exception as error:  # noqa: BLE001 - the agent's own call goes on, whatever it was
            self.report(code, f"{message} ({name_of(error)})", error)


def name_of(error: BaseException) -> str:
    """What an exception of the recorder's own is, without what it says: that may be somebody's content."""
    reason = error.strerror if isinstance(error, OSError) else None
    return f"{type(error).__name__}: {reason}" if isinstance(reason, str) else type(error).__name__


class RecorderError(Exception):
    """A fault of a strict recorder, or a journal that cannot be gone on with."""

    def __init__(self, fault: RecorderFault) -> None:
        super().__init__(f"{fault.code}: {fault.message}")
        self.fault = fault
        #: That of the fault, such as ``recorder.sealed``.
        self.code = fault.code

    def __reduce__(self) -> Tuple[Any, ...]:
        return type(self), (self.fault,)
