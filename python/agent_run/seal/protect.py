"""Making a record erasable, and erasing (spec/privacy.md, AR-SEAL-008, AR-SEAL-016)."""

from secrets import token_hex
from typing import Callable, Dict, Iterable, List, Mapping, NamedTuple, Optional, Set

from ..errors import SealError
from ..members import is_given, objects_in
from ..public_form import (
    PRIVATE_MEMBERS,
    Place,
    PrivateKind,
    map_places,
    places,
    private_hash,
    private_members_of,
    private_state,
)
from .sealed import is_sealed

Salts = Callable[[], str]
"""Where salts come from: 64 lower-case hexadecimal digits of 32 random bytes."""


def _salt() -> str:
    return token_hex(32)


def protect_object(kind: PrivateKind, value: Mapping[str, object], salts: Salts = _salt) -> Dict[str, object]:
    """A copy of an object with ``salt`` and ``private_hash``, so that its private members can be erased later.

    A salt that is there is kept: a step's was chosen before the request and is part of its ``arguments_hash``. An object
    that has a ``private_hash`` already is returned as it is.
    """
    if "private_hash" in value:
        return dict(value)
    salted = {**value, "salt": value["salt"] if is_given(value, "salt") else salts()}
    return {**salted, "private_hash": private_hash(kind, salted)}


def protect(run: Mapping[str, object], salts: Salts = _salt) -> Dict[str, object]:
    """A copy of a record in which every object with private members, or with a salt, has a ``private_hash``.

    Left as they are: objects that have one; signed approval events, whose signature covers what they say; the events that
    a signed decision under the same approval_id may name by ``request_hash``; handoff steps with their side effects,
    whose leaf the child may name.

    :raises SealError: ``seal.already_sealed``
    """
    if is_sealed(run):
        raise SealError("seal.already_sealed", "found a sealed record; expected one that may change")
    approvals = [event for _, event in objects_in(run, "approvals")]
    decided = [event.get("approval_id") for event in approvals if is_given(event, "signature")]
    handoffs = {f"/steps/{index}" for index, step in objects_in(run, "steps") if step.get("type") == "handoff"}

    def form(place: Place) -> Mapping[str, object]:
        if not private_members_of(place.kind, place.value) and "salt" not in place.value:
            return place.value
        if _is_fixed(place, decided, handoffs):
            return place.value
        return protect_object(place.kind, place.value, salts)

    return map_places(run, form)


def _is_fixed(place: Place, decided: List[object], handoffs: Set[str]) -> bool:
    if place.kind == "approval":
        return is_given(place.value, "signature") or place.value.get("approval_id") in decided
    return place.path.partition("/side_effects/")[0] in handoffs


class Erasure(NamedTuple):
    """The record without what was erased, and the ``private_hash`` of every object chosen: what a tombstone names."""

    record: Dict[str, object]
    private_hashes: List[str]


def erase(record: Mapping[str, object], paths: Optional[Iterable[str]] = None) -> Erasure:
    """Removes ``salt`` and all private members of some objects, and nothing else.

    ``record_hash``, ``steps_root`` and all signatures stay as they are and stay right. What is erased already stays so.

    :param paths: JSON Pointers of objects, such as ``""`` (the run), ``/steps/3`` or ``/approvals/1``; without it,
        everything that has something private
    :raises SealError: ``erase.not_found`` where a pointer names no object that can be erased, ``erase.unprotected`` for
        private members without ``private_hash``, ``erase.broken`` for an object whose ``private_hash`` does not match:
        erasing it would hide that it was changed
    :raises TypeError: for a single pointer instead of a list of them
    """
    if isinstance(paths, str):
        raise TypeError("paths is a text; expected a list of JSON Pointers")
    known = {place.path: place for place in places(record)}
    chosen = set(known) if paths is None else set(paths)
    for path in sorted(chosen - set(known)):
        raise SealError("erase.not_found", "found no object that can be erased at a place to erase", path)
    if paths is None:
        chosen = {path for path, place in known.items() if _has_private(place)}
    for path, place in known.items():
        if path in chosen:
            _refuse_unsound(place)

    def form(place: Place) -> Mapping[str, object]:
        if place.path not in chosen:
            return place.value
        gone = ("salt", *PRIVATE_MEMBERS[place.kind])
        return {name: member for name, member in place.value.items() if name not in gone}

    hashes = [str(place.value["private_hash"]) for path, place in known.items() if path in chosen]
    return Erasure(map_places(record, form), hashes)


def _has_private(place: Place) -> bool:
    return "private_hash" in place.value or bool(private_members_of(place.kind, place.value))


def _refuse_unsound(place: Place) -> None:
    state = private_state(place.kind, place.value)
    if state is None:
        raise SealError("erase.unprotected", "found no private_hash; expected one, set before sealing", place.path)
    if state == "broken":
        raise SealError("erase.broken", "found private members that private_hash does not match", place.path)
