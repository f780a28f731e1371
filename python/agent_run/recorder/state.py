"""What a recorder knows of its run, shared by everything that records it."""

from __future__ import annotations

import itertools
from secrets import token_hex
from typing import TYPE_CHECKING, Dict, List, Mapping, Optional, Set, Tuple

from ..public_form import PrivateKind, private_members_of
from ..seal import protect_object
from .clean import Cleaner
from .clock import Clock, Instant
from .faults import Faults
from .log import Log

if TYPE_CHECKING:
    from .step import Step


class State:
    """The run so far. Lists hold what the journal holds, whole, in the same order."""

    def __init__(
        self,
        run: Dict[str, object],
        started: Instant,
        clock: Clock,
        faults: Faults,
        cleaner: Cleaner,
        log: Log,
        head_every: int,
    ) -> None:
        self.run = run
        self.started = started
        self.clock = clock
        self.faults = faults
        self.cleaner = cleaner
        self.log = log
        self.head_every = head_every
        self.steps: List[Dict[str, object]] = []
        self.approvals: List[Dict[str, object]] = []
        self.policy_decisions: List[Dict[str, object]] = []
        self.artifacts: List[Dict[str, object]] = []
        self.evidence: List[Dict[str, object]] = []
        #: Types of the steps that began, by id.
        self.begun: Dict[str, str] = {}
        #: Steps that have not ended, by id.
        self.open: Dict[str, Step] = {}
        #: The step that has a ``tool_call_id`` or ``response_id``, which no other step may have.
        self.claims: Dict[Tuple[str, object], str] = {}
        #: ``schema_hash`` by name and server of a tool.
        self.tool_hashes: Dict[Tuple[object, object], str] = {}
        self.seq = 0
        self.is_ended = False
        #: Identifiers that a journal which is gone on with has already.
        self.taken: Set[str] = set()
        self._counts = {prefix: itertools.count(1) for prefix in ("s", "pd", "ap", "art")}

    def next_id(self, prefix: str) -> str:
        """An identifier that is new in this run: ``s-1``, ``s-2`` …"""
        return next(made for number in self._counts[prefix] if (made := f"{prefix}-{number}") not in self.taken)

    def tool_hash_of(self, name: object, server: object) -> Optional[str]:
        """``schema_hash`` of a tool as it was offered, if it was."""
        is_name = isinstance(name, str) and (server is None or isinstance(server, str))
        return self.tool_hashes.get((name, server)) if is_name else None

    @property
    def id(self) -> str:
        """The identifier of the run."""
        return str(self.run["id"])

    @property
    def nonce(self) -> str:
        """The nonce of the run, chosen at its start."""
        provenance = self.run["provenance"]
        return str(provenance["nonce"]) if isinstance(provenance, Mapping) else ""


def protected(kind: PrivateKind, value: Mapping[str, object], salt: Optional[str] = None) -> Dict[str, object]:
    """An object with ``salt`` and ``private_hash``, if it has something private or the salt was used already (AR-PRIV-002)."""
    if salt is None and not private_members_of(kind, value):
        return dict(value)
    return protect_object(kind, {**value, "salt": salt or token_hex(32)})
