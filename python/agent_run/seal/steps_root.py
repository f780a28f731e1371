"""The step tree of a record (AR-SEAL-007)."""

from typing import Iterable, Mapping, NamedTuple

from ..digest_text import digest_text
from ..hashes import step_leaf
from ..tree import Tree


class StepsRoot(NamedTuple):
    """``steps_count`` (here ``size``) and ``steps_root`` of a record."""

    size: int
    root: str


def steps_root(steps: Iterable[Mapping[str, object]]) -> StepsRoot:
    """Size and root of the tree over the canonical public forms of the steps, in their order.

    :raises CanonicalError: if a step is not JSON
    """
    tree = Tree()
    for step in steps:
        tree.append(step_leaf(step))
    return StepsRoot(tree.size, digest_text(tree.root()))
