"""Turns of a recorder: what belongs together in record and journal is written by one thread, and as a whole."""

import os
import signal
import threading
from types import FrameType
from typing import Any, Dict, List, Optional, Tuple

_SIGNALS = (signal.SIGINT, signal.SIGTERM)


class Turn:
    """A lock for ``with``, which may be taken again by the thread that has it.

    Ctrl-C and other signals that a program handles in Python wait until the turn is over: an exception between two lines
    would leave the journal with one that the record lacks. In a process that was forked later, the turn is nobody's.
    """

    def __init__(self) -> None:
        self._process = os.getpid()
        self._lock = threading.RLock()
        self._depth = 0
        self._handlers: Dict[int, Any] = {}
        self._came: List[Tuple[int, Optional[FrameType]]] = []
        #: Whether this is another process than that in which the run began.
        self.is_elsewhere = False

    def __enter__(self) -> None:
        if self._process != os.getpid():
            # The thread that may have had the lock does not exist here.
            self._process, self._lock, self._depth, self.is_elsewhere = os.getpid(), threading.RLock(), 0, True
        self._lock.acquire()
        self._depth += 1
        if self._depth == 1 and threading.current_thread() is threading.main_thread():
            self._hold()

    def __exit__(self, *_: object) -> None:
        self._depth -= 1
        handlers, came = ({}, []) if self._depth > 0 else (self._handlers, self._came)
        if self._depth == 0:
            self._handlers, self._came = {}, []
        for each, handler in handlers.items():
            signal.signal(each, handler)
        self._lock.release()
        for each, frame in came:
            handlers[each](each, frame)

    def _hold(self) -> None:
        for each in _SIGNALS:
            handler = signal.getsignal(each)
            if callable(handler):
                try:
                    signal.signal(each, lambda number, frame: self._came.append((number, frame)))
                except ValueError:
                    # Not the interpreter that gets signals.
                    return
                self._handlers[each] = handler
