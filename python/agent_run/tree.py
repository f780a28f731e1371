"""Merkle trees of RFC 6962, section 2.1: the step tree and the tree of a batch (AR-SEAL-007, AR-SEAL-017)."""

from hashlib import sha256
from typing import Iterable, List, Sequence


def leaf_hash(data: bytes) -> bytes:
    """Hash of a leaf: SHA-256(0x00 ‖ data), 32 bytes."""
    return sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Hash of an inner node: SHA-256(0x01 ‖ left ‖ right), 32 bytes."""
    return sha256(b"\x01" + left + right).digest()


class Tree:
    """A tree that grows leaf by leaf and keeps O(log n) hashes."""

    def __init__(self) -> None:
        self._peaks: List[bytes] = []
        self.size = 0

    def append(self, leaf: bytes) -> None:
        """Adds the hash of a leaf."""
        n = self.size
        while n & 1:
            leaf = node_hash(self._peaks.pop(), leaf)
            n >>= 1
        self._peaks.append(leaf)
        self.size += 1

    def root(self) -> bytes:
        """Root over the leaves so far; that of none is the SHA-256 of nothing."""
        if not self._peaks:
            return sha256(b"").digest()
        root = self._peaks[-1]
        for peak in reversed(self._peaks[:-1]):
            root = node_hash(peak, root)
        return root


def root(leaves: Iterable[bytes]) -> bytes:
    """Root over the hashes of leaves, 32 bytes."""
    tree = Tree()
    for leaf in leaves:
        tree.append(leaf)
    return tree.root()


def prove_inclusion(leaves: Sequence[bytes], index: int) -> List[bytes]:
    """Audit path of leaf ``index``, from the leaf upwards (RFC 6962 section 2.1.1).

    :raises IndexError: if there is no such leaf
    """
    if not 0 <= index < len(leaves):
        raise IndexError(f"leaf {index} does not exist: the tree has {len(leaves)} leaves")
    if len(leaves) == 1:
        return []
    k = 1 << ((len(leaves) - 1).bit_length() - 1)
    if index < k:
        return [*prove_inclusion(leaves[:k], index), root(leaves[k:])]
    return [*prove_inclusion(leaves[k:], index - k), root(leaves[:k])]


def verify_inclusion(leaf: bytes, index: int, count: int, path: Sequence[bytes], root_hash: bytes) -> bool:
    """Whether a path leads from the leaf at ``index`` of ``count`` to this root (RFC 9162 section 2.1.3.2)."""
    if not 0 <= index < count or any(len(each) != 32 for each in (leaf, *path)):
        return False
    fn, sn, hashed = index, count - 1, leaf
    for sibling in path:
        if sn == 0:
            return False
        if fn & 1 or fn == sn:
            hashed = node_hash(sibling, hashed)
            while not fn & 1 and fn != 0:
                fn >>= 1
                sn >>= 1
        else:
            hashed = node_hash(hashed, sibling)
        fn >>= 1
        sn >>= 1
    return sn == 0 and hashed == root_hash


def verify_consistency(
    first_count: int, second_count: int, path: Sequence[bytes], first_root: bytes, second_root: bytes
) -> bool:
    """Whether a path proves that the first tree is a beginning of the second (RFC 9162 section 2.1.4.2).

    From an empty tree nothing can be proved: false.
    """
    if not 1 <= first_count <= second_count or any(len(each) != 32 for each in path):
        return False
    if first_count == second_count:
        return not path and first_root == second_root
    proof = list(path)
    if first_count & (first_count - 1) == 0:
        proof.insert(0, first_root)
    if not proof:
        return False
    fn, sn = first_count - 1, second_count - 1
    while fn & 1:
        fn >>= 1
        sn >>= 1
    first = second = proof[0]
    for sibling in proof[1:]:
        if sn == 0:
            return False
        if fn & 1 or fn == sn:
            first = node_hash(sibling, first)
            second = node_hash(sibling, second)
            while not fn & 1 and fn != 0:
                fn >>= 1
                sn >>= 1
        else:
            second = node_hash(second, sibling)
        fn >>= 1
        sn >>= 1
    return sn == 0 and first == first_root and second == second_root
