"""Erasable objects: private members, public form, hash and state (spec/privacy.md, AR-BYTES-012, AR-SEAL-008)."""

from typing import Callable, Dict, Iterator, List, Literal, Mapping, NamedTuple, Optional, Tuple

from .canonical import canonicalize
from .digest_text import digest
from .members import objects_in
from .pae import media_type, pae

PrivateKind = Literal["run", "step", "side_effect", "approval", "policy_decision", "artifact"]
"""Objects of a record that can have a ``private_hash`` of their own."""

PrivateState = Literal["whole", "erased", "broken"]
"""Whether an object's private members are all there, all gone, or neither."""

PRIVATE_MEMBERS: Mapping[PrivateKind, Tuple[str, ...]] = {
    "run": ("intent", "input_preview", "output_preview", "input_refs", "output_refs", "error", "metadata"),
    "step": ("input_preview", "output_preview", "input_refs", "output_refs", "error", "metadata"),
    "side_effect": ("operation", "target", "before_digest", "after_digest", "metadata"),
    "approval": ("reason", "presentation_digest", "metadata"),
    "policy_decision": ("reasons", "subject_hash", "metadata"),
    "artifact": ("name", "content", "metadata"),
}
"""What ``private_hash`` covers beside ``salt``, and what erasing removes. Everything else is public (AR-PRIV-002)."""

_LISTS: Tuple[Tuple[str, PrivateKind], ...] = (
    ("approvals", "approval"),
    ("policy_decisions", "policy_decision"),
    ("artifacts", "artifact"),
)
NESTED: Mapping[PrivateKind, Tuple[Tuple[str, PrivateKind], ...]] = {
    "run": (("steps", "step"), *_LISTS),
    "step": (("side_effects", "side_effect"),),
}
"""Members that are lists of objects with a ``private_hash`` of their own, and the kinds of those."""


def public_form(kind: PrivateKind, value: Mapping[str, object]) -> Dict[str, object]:
    """An object as hashes and seals see it, as a new ``dict``.

    One with a ``private_hash`` is taken without ``salt`` and its private members, and so are the objects inside it.
    """
    form = dict(value)
    if isinstance(value.get("private_hash"), str):
        for name in ("salt", *PRIVATE_MEMBERS[kind]):
            form.pop(name, None)
    for member, item_kind in NESTED.get(kind, ()):
        items = form.get(member)
        if isinstance(items, (list, tuple)):
            form[member] = [public_form(item_kind, item) if isinstance(item, Mapping) else item for item in items]
    return form


def private_hash(kind: PrivateKind, value: Mapping[str, object]) -> str:
    """``private_hash`` of an object: the hash over its ``salt`` and those of its private members that are present."""
    names = ("salt", *PRIVATE_MEMBERS[kind])
    covered = {name: member for name, member in value.items() if name in names}
    return digest(pae(media_type("private"), canonicalize(covered)))


def private_members_of(kind: PrivateKind, value: Mapping[str, object]) -> List[str]:
    """The private members that an object of that kind has."""
    return [name for name in PRIVATE_MEMBERS[kind] if name in value]


def private_state(kind: PrivateKind, value: Mapping[str, object]) -> Optional[PrivateState]:
    """The state of one object; ``None`` for one without ``private_hash``, whose members are all public (AR-SEAL-008)."""
    if "private_hash" not in value:
        return None
    stated = value["private_hash"]
    if "salt" not in value and isinstance(stated, str):
        return "broken" if private_members_of(kind, value) else "erased"
    if not isinstance(value.get("salt"), str):
        return "broken"
    return "whole" if private_hash(kind, value) == stated else "broken"


class Place(NamedTuple):
    """An object of a record that can have private members. ``path`` is a JSON Pointer, empty for the run."""

    path: str
    kind: PrivateKind
    value: Mapping[str, object]


def places(run: Mapping[str, object]) -> Iterator[Place]:
    """Every such object, in document order: run, steps with their side effects, approvals, decisions, artifacts."""
    yield Place("", "run", run)
    for index, step in objects_in(run, "steps"):
        yield from places_of_step(step, f"/steps/{index}")
    for member, kind in _LISTS:
        for index, item in objects_in(run, member):
            yield Place(f"/{member}/{index}", kind, item)


def places_of_step(step: Mapping[str, object], path: str) -> Iterator[Place]:
    """A step and its side effects."""
    yield Place(path, "step", step)
    for index, effect in objects_in(step, "side_effects"):
        yield Place(f"{path}/side_effects/{index}", "side_effect", effect)


def map_places(run: Mapping[str, object], change: Callable[[Place], Mapping[str, object]]) -> Dict[str, object]:
    """A copy of a record in which each such object is replaced, the inner ones first."""
    return _map("run", run, "", change)


def _map(
    kind: PrivateKind, value: Mapping[str, object], path: str, change: Callable[[Place], Mapping[str, object]]
) -> Dict[str, object]:
    form = dict(value)
    for member, item_kind in NESTED.get(kind, ()):
        items = form.get(member)
        if isinstance(items, (list, tuple)):
            form[member] = [
                _map(item_kind, item, f"{path}/{member}/{index}", change) if isinstance(item, Mapping) else item
                for index, item in enumerate(items)
            ]
    return dict(change(Place(path, kind, form)))
