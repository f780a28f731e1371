"""How a recorder records, whatever the run."""

import time
from pathlib import Path
from typing import Callable, NamedTuple, Optional, Union, get_args

from ..client import Server
from ..ed25519 import Signer
from .call import Ask, Policy
from .clean import PREVIEW_LENGTH
from .faults import RecorderFault
from .journal_file import Fsync

LONGEST = 10 * 365 * 24 * 60 * 60
"""Most seconds until a request for an approval expires: ten years."""


class Options(NamedTuple):
    """The options of a recorder, as :class:`Recorder` explains them."""

    signer: Optional[Signer] = None
    directory: Union[str, Path, None] = ".agent-run"
    fsync: Fsync = "every_head"
    policy: Optional[Policy] = None
    ask: Optional[Ask] = None
    approval_expires_in: Optional[float] = None
    head_every: int = 16
    redact: bool = True
    preview_length: int = PREVIEW_LENGTH
    strict: bool = False
    on_fault: Optional[Callable[[RecorderFault], None]] = None
    clock: Callable[[], float] = time.time
    server: Optional[Server] = None
    live: bool = False

    def check(self) -> None:
        """
        :raises ValueError: for what does not exist
        """
        if self.fsync not in get_args(Fsync):
            raise ValueError(f"fsync: expected one of {', '.join(get_args(Fsync))}")
        if self.server is not None:
            self.server.check()
        elif self.live:
            raise ValueError("live: expected a server to send the journal to")
        wait = self.approval_expires_in
        if wait is not None and not 0 < wait <= LONGEST:
            raise ValueError(f"approval_expires_in: expected seconds, above 0 and at most {LONGEST}; None for no end")
