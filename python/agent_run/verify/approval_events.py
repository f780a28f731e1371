"""Approval events of a record, and what can be wrong with them before any step is judged."""

from __future__ import annotations

from functools import cached_property
from typing import Any, Callable, Iterable, Iterator, NamedTuple

from ..hashes import action_hash, request_hash
from ..semantics import Thing, group_by, is_before, is_decision
from ..signatures import verify_object
from ..trust import TRUSTED
from .outcome import Fault
from .verification import Verification


def is_signed(event: Thing) -> bool:
    """Whether an event claims to be signed."""
    return event.known("signature")


def is_signed_decision(event: Thing) -> bool:
    """Whether it claims to be, and decides."""
    return is_signed(event) and is_decision(event)


class Asked(NamedTuple):
    """The requests under an approval_id."""

    by_hash: dict[str, list[Thing]]
    #: The last time at which one of them ends, ``None`` if one never does or there is none.
    ends: int | None


class Events:
    """The approval events of a record, found by what they are about."""

    def __init__(self, v: Verification) -> None:
        """:param v: the record"""
        self.v = v
        self.all = v.thing.parts("approvals")
        self.place = {event.path: at for at, event in enumerate(self.all)}
        self._groups = {name: group_by(group, "event") for name, group in group_by(self.all, "approval_id").items()}
        self._asked: dict[str, Asked] = {}
        self._persons: dict[str, bool] = {}
        self._takings: dict[str, Takings] = {}

    def under(self, name: Any, *kinds: str) -> list[Thing]:
        """The events of some kinds under an approval_id, kind by kind."""
        groups = self._groups.get(name, {}) if isinstance(name, str) else {}
        return [event for kind in kinds for event in groups.get(kind, ())]

    def has_any(self, name: Any) -> bool:
        """Whether there is any event under an approval_id."""
        return isinstance(name, str) and name in self._groups

    def is_copied(self, event: Thing) -> bool:
        """Whether it is a grant that was given in another run."""
        return event.has("grant") and event.known("run_id") and event.get("run_id") != self.v.run["id"]

    def is_for_session(self, event: Thing) -> bool:
        """Whether a grant is for the session of the run (AR-APPR-039)."""
        grant, session = event.part("grant"), self.v.run.get("session_id")
        return not grant.is_one("scope", "session") or (session is not None and grant.get("session_id") == session)

    def asked(self, name: str) -> Asked:
        """The requests under an approval_id."""
        known = self._asked.get(name)
        if known is None:
            requests = self.under(name, "requested")
            by_hash: dict[str, list[Thing]] = {}
            for request in requests:
                by_hash.setdefault(request_hash(request.value), []).append(request)
            known = self._asked[name] = Asked(by_hash, _end_of(requests))
        return known

    def answered(self, event: Thing) -> list[Thing]:
        """The requests that a decision names by their hash."""
        stated = event.text("request_hash")
        return [] if stated is None else self.asked(event.text("approval_id") or "").by_hash.get(stated, [])

    @cached_property
    def denials(self) -> dict[str, list[Thing]]:
        """The signed denials of this run, by the step that they name."""
        denied = [each for each in self.all if is_signed_decision(each) and each.is_one("event", "denied")]
        return group_by([each for each in denied if not self.is_copied(each)], "step_id")

    def is_persons(self, event: Thing) -> bool:
        """Whether an approved event is a person's (AR-APPR-035)."""
        known = self._persons.get(event.path)
        if known is None:
            known = self._persons[event.path] = self._is_persons(event)
        return known

    def _is_persons(self, event: Thing) -> bool:
        keys, key, signer = self.v.keys, event.get("signed_by"), self.v.provenance.get("signed_by")
        identity = keys.identity(key)
        is_own = key == signer or (identity is not None and identity == keys.identity(signer))
        if not is_signed(event) or not keys.has_role(key, "approver") or is_own:
            return False
        if event.part("actor").is_one("kind", "agent") or keys.barred(key, self.v.run) is not None:
            return False
        return keys.state(key, self.v.seen) == TRUSTED and self._may_decide(event, keys.entries[key])

    def _may_decide(self, event: Thing, entry: Thing) -> bool:
        """Whether the entry of a key lets it decide as everybody who was asked for."""
        if not entry.has("approves"):
            return True
        name = event.get("approval_id")
        escalated = [each for each in self.under(name, "escalated") if not is_before(event.get("at"), each.get("at"))]
        roles = {each.get("required_role") for each in (event, *self.under(name, "requested"), *escalated)} - {None}
        return roles.issubset(entry.items("approves"))

    def revoked_at(self, decision: Thing) -> int | None:
        """When a decision was taken back first, in nanoseconds (AR-APPR-031)."""
        name = decision.text("approval_id") or ""
        if name not in self._takings:
            self._takings[name] = Takings(self, name)
        return self._takings[name].first(decision)


class Takings:
    """What takes back decisions under an approval_id: events, and statements by the one who decided."""

    def __init__(self, events: Events, name: str) -> None:
        """:param name: the approval_id"""
        self._events = events
        self._keys = events.v.keys
        self._by_event = _first(event.instant("at") for event in events.under(name, "revoked"))
        # By the run that they are about, and by key or identity of the one who signed.
        self._by_key: dict[tuple[str, str], int | None] = {}
        self._by_identity: dict[tuple[str, str], int | None] = {}
        for statement in events.v.evidence.about(name, "revocation"):
            if events.v.evidence.is_signed(statement):
                self._add(Thing(statement))

    def _add(self, statement: Thing) -> None:
        body, signer = statement.part("body"), statement.text("signed_by") or ""
        run, at = body.text("run_id"), body.instant("at")
        if run is None:
            return
        when = statement.instant("at") if at is None else at
        self._by_key[run, signer] = _first((self._by_key.get((run, signer)), when))
        identity = self._keys.identity(signer)
        if identity is not None and self._keys.state(signer, None) == TRUSTED:
            self._by_identity[run, identity] = _first((self._by_identity.get((run, identity)), when))

    def first(self, decision: Thing) -> int | None:
        """The earliest that takes a decision back."""
        giver = decision.text("signed_by")
        found = [self._by_event]
        for run in (self._events.v.run["id"], decision.text("run_id") if self._events.is_copied(decision) else None):
            if giver is None or run is None:
                continue
            identity = self._keys.identity(giver)
            found.append(self._by_key.get((run, giver)))
            found.append(None if identity is None else self._by_identity.get((run, identity)))
        return _first(found)


def _first(times: Iterable[int | None]) -> int | None:
    """The earliest of some times, those left out that aren't known."""
    return min((at for at in times if at is not None), default=None)


def _end_of(requests: list[Thing]) -> int | None:
    """The last time at which some requests end, ``None`` if one never does."""
    ends = [request.instant("expires_at") for request in requests]
    known = [end for end in ends if end is not None]
    return max(known) if known and len(known) == len(ends) else None


def event_fault(events: Events) -> Fault | None:
    """The first thing that is wrong with the events, in the order of the table of the check."""
    return next((fault for rule in _RULES for fault in rule(events)), None)


def _no_nonce(events: Events) -> Iterator[Fault]:
    if events.v.provenance.get("nonce") is None and any(is_signed_decision(event) for event in events.all):
        yield Fault("approvals.no_nonce", "/provenance/nonce")


_COMPLETE = ("approval_id", "run_id", "step_id", "action_hash", "request_hash", "actor", "at", "signed_by")


def _incomplete(events: Events) -> Iterator[Fault]:
    for event in filter(is_signed_decision, events.all):
        for member in _COMPLETE:
            if not event.known(member):
                yield Fault("approvals.incomplete", f"{event.path}/{member}")


def _stripped(events: Events) -> Iterator[Fault]:
    for event in events.all:
        if event.known("signed_by") and not is_signed(event):
            yield Fault("approvals.stripped", f"{event.path}/signature")


def _wrongly_signed(events: Events) -> Iterator[Fault]:
    for event in filter(is_signed, events.all):
        if not verify_object("approval", event.value):
            yield Fault("approvals.signature", f"{event.path}/signature")


def _other_run(events: Events) -> Iterator[Fault]:
    for event in filter(is_signed, events.all):
        if event.known("run_id") and event.get("run_id") != events.v.run["id"] and not events.is_copied(event):
            yield Fault("approvals.other_run", f"{event.path}/run_id")


def _wrong_request(events: Events) -> Iterator[Fault]:
    for event in filter(is_signed_decision, events.all):
        if not events.is_copied(event) and not events.answered(event):
            yield Fault("approvals.request", f"{event.path}/request_hash")


def _contradiction(events: Events) -> Iterator[Fault]:
    first: dict[str, str | None] = {}
    closed: dict[str, _Closed] = {}
    for event in events.all:
        name = event.text("approval_id") or ""
        if not is_decision(event):
            continue
        if name not in closed:
            closings = events.under(name, "cancelled", "expired")
            closed[name] = _Closed([(each.instant("at"), events.place[each.path]) for each in closings])
        is_closed = event.is_one("event", "approved") and closed[name].is_before(
            event.instant("at"), events.place[event.path]
        )
        if first.setdefault(name, event.text("event")) != event.text("event") or is_closed:
            yield Fault("approvals.contradiction", event.path)


class _Closed:
    """When a request was closed: by time, and of two events at one time, or without one, by place."""

    def __init__(self, closings: list[tuple[int | None, int]]) -> None:
        self.timed = min(((at, place) for at, place in closings if at is not None), default=None)
        self.timeless = min((place for at, place in closings if at is None), default=None)
        self.first = min((place for _, place in closings), default=None)

    def is_before(self, at: int | None, place: int) -> bool:
        """Whether that was before an event at a time and a place."""
        if at is None:
            return self.first is not None and self.first < place
        by_time = self.timed is not None and self.timed < (at, place)
        return by_time or (self.timeless is not None and self.timeless < place)


def _late(events: Events) -> Iterator[Fault]:
    for event in filter(is_decision, events.all):
        at = event.instant("at")
        end, own = None, event.instant("expires_at")
        if not events.is_copied(event):
            answered = events.answered(event)
            end = _end_of(answered) if answered else events.asked(event.text("approval_id") or "").ends
        if at is not None and any(each is not None and each < at for each in (own, end)):
            yield Fault("approvals.after_expiry", f"{event.path}/at")


_RULES: tuple[Callable[[Events], Iterator[Fault]], ...] = (
    _no_nonce,
    _incomplete,
    _stripped,
    _wrongly_signed,
    _other_run,
    _wrong_request,
    _contradiction,
    _late,
)


def replayed(events: Events, steps: list[Thing]) -> Iterator[Fault]:
    """The second step or event of an approval that approves two steps (AR-APPR-028)."""
    used = set()
    for step in steps:
        basis = step.part("approval")
        name = basis.text("approval_id")
        if name is None or not basis.is_one("state", "approved"):
            continue
        if name in used:
            yield Fault("approvals.replayed", step.path)
        used.add(name)
    named: dict[str, Any] = {}
    for event in events.all:
        if not event.is_one("event", "approved") or not event.known("step_id") or events.is_copied(event):
            continue
        if named.setdefault(event.text("approval_id") or "", event.get("step_id")) != event.get("step_id"):
            yield Fault("approvals.replayed", event.path)


_CALL = ("tool_name", "mcp_server", "tool_hash", "arguments_hash")


def other_action(events: Events, steps: list[Thing]) -> Iterator[Fault]:
    """A signed decision that approved another call than that of the step it names (AR-APPR-030)."""
    by_id: dict[Any, Thing] = {}
    for step in steps:
        by_id.setdefault(step.get("id"), step)
    for event in filter(is_signed_decision, events.all):
        named = by_id.get(event.get("step_id"))
        if not event.is_one("event", "approved") or events.is_copied(event) or named is None:
            continue
        action = {member: named.get(member) for member in _CALL}
        action.update(run_id=events.v.run["id"], nonce=events.v.provenance.get("nonce"), step_id=named.get("id"))
        member = "modified_action_hash" if event.has("modified_action_hash") else "action_hash"
        if event.get(member) != action_hash(action):
            yield Fault("approvals.action", f"{event.path}/{member}")
