"""Members of objects that strangers wrote: looked at without trusting their types."""

from typing import Dict, Iterator, List, Mapping, Tuple


def is_given(value: Mapping[str, object], name: str) -> bool:
    """Whether a member is there and not ``null``."""
    return value.get(name) is not None


def object_in(value: Mapping[str, object], name: str) -> Mapping[str, object]:
    """The object that a member holds; an empty one where it holds none."""
    member = value.get(name)
    return member if isinstance(member, Mapping) else {}


def list_in(value: Mapping[str, object], name: str) -> List[object]:
    """The list that a member holds; an empty one where it holds none."""
    member = value.get(name)
    return list(member) if isinstance(member, (list, tuple)) else []


def objects_in(value: Mapping[str, object], name: str) -> Iterator[Tuple[int, Mapping[str, object]]]:
    """The objects of the list that a member holds, each with its index."""
    for index, item in enumerate(list_in(value, name)):
        if isinstance(item, Mapping):
            yield index, item


def without(value: Mapping[str, object], *names: str) -> Dict[str, object]:
    """A copy of an object that lacks some members."""
    return {name: member for name, member in value.items() if name not in names}
