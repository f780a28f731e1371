"""Merkle trees of RFC 6962, section 2.1 (AR-SEAL-007, AR-SEAL-017). Leaves are given as their hashes."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Optional


def leaf_hash(data: bytes) -> bytes:
    """Hash of a leaf's data."""
    return hashlib.sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Hash of an inner node."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def root(leaves: Sequence[bytes]) -> bytes:
    """Root of the tree; that of no leaves is the hash of nothing."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    k = _split(len(leaves))
    return node_hash(root(leaves[:k]), root(leaves[k:]))


def inclusion(index: int, leaves: Sequence[bytes]) -> list[bytes]:
    """Proof that the leaf at an index is in the tree: PATH of section 2.1.1."""
    if len(leaves) == 1:
        return []
    k = _split(len(leaves))
    if index < k:
        return [*inclusion(index, leaves[:k]), root(leaves[k:])]
    return [*inclusion(index - k, leaves[k:]), root(leaves[:k])]


def consistency(earlier: int, leaves: Sequence[bytes]) -> list[bytes]:
    """Proof that the tree of the first leaves is a beginning of this one: PROOF of section 2.1.2."""
    return _consistency(earlier, leaves, True) if 0 < earlier < len(leaves) else []


def _consistency(earlier: int, leaves: Sequence[bytes], known: bool) -> list[bytes]:
    if earlier == len(leaves):
        return [] if known else [root(leaves)]
    k = _split(len(leaves))
    if earlier <= k:
        return [*_consistency(earlier, leaves[:k], known), root(leaves[k:])]
    return [*_consistency(earlier - k, leaves[k:], False), root(leaves[:k])]


def included(leaf: bytes, index: int, count: int, path: Sequence[bytes], expected: bytes) -> bool:
    """Whether a path leads from a leaf to a root."""
    if not 0 <= index < count or not _are_hashes([leaf, expected, *path]):
        return False
    found = _climb(leaf, index, count, list(path))
    return found is not None and found == expected


def _climb(leaf: bytes, index: int, count: int, path: list[bytes]) -> Optional[bytes]:
    """The root that a path leads to; it is taken apart from its upper end, as the proof is defined."""
    if count == 1:
        return leaf if not path else None
    if not path:
        return None
    k, sibling = _split(count), path[-1]
    if index < k:
        below = _climb(leaf, index, k, path[:-1])
        return None if below is None else node_hash(below, sibling)
    below = _climb(leaf, index - k, count - k, path[:-1])
    return None if below is None else node_hash(sibling, below)


def consistent(earlier: int, later: int, first: bytes, second: bytes, path: Sequence[bytes]) -> bool:
    """Whether a path shows that the tree with the first root is a beginning of that with the second. RFC 6962 has no
    such path from a tree without leaves.
    """
    if not 0 < earlier <= later:
        return False
    if earlier == later:
        return first == second and not path
    if not _are_hashes([first, second, *path]):
        return False
    roots = _roots(earlier, later, list(path), first, True)
    return roots == (first, second)


def _roots(earlier: int, later: int, path: list[bytes], first: bytes, known: bool) -> Optional[tuple[bytes, bytes]]:
    """The two roots that a path leads to."""
    if earlier == later:
        if known:
            return None if path else (first, first)
        return (path[0], path[0]) if len(path) == 1 else None
    if not path:
        return None
    k, sibling = _split(later), path[-1]
    if earlier <= k:
        below = _roots(earlier, k, path[:-1], first, known)
        return None if below is None else (below[0], node_hash(below[1], sibling))
    below = _roots(earlier - k, later - k, path[:-1], first, False)
    return None if below is None else (node_hash(sibling, below[0]), node_hash(sibling, below[1]))


def _split(count: int) -> int:
    """The largest power of two below a count."""
    return 1 << (count - 1).bit_length() - 1


def _are_hashes(hashes: Sequence[bytes]) -> bool:
    return all(len(each) == 32 for each in hashes)
