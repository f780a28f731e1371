"""vectors/tree: roots and proofs of RFC 6962 trees."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from agent_run import merkle
from agent_run.seal import Json

_LEAVES = [bytes([n]) * n for n in range(20)]
_HASHES = [merkle.leaf_hash(leaf) for leaf in _LEAVES]
_COUNTS = (1, 2, 3, 4, 5, 7, 8, 9, 13)


def _hexes(hashes: Sequence[bytes]) -> list[str]:
    return [each.hex() for each in hashes]


def _flip(octets: bytes) -> bytes:
    return bytes([octets[0] ^ 1]) + octets[1:]


def _inclusion(name: str, leaf: bytes, index: int, count: int, path: Sequence[bytes], root: bytes) -> Json:
    given = {
        "leaf_hash_hex": leaf.hex(),
        "index": index,
        "count": count,
        "path_hex": _hexes(path),
        "root_hex": root.hex(),
    }
    return {
        "name": name,
        "requirement": "AR-SEAL-007",
        **given,
        "expect": merkle.included(leaf, index, count, path, root),
    }


def _inclusions() -> list[Json]:
    rows = []
    for count in _COUNTS:
        leaves = _HASHES[:count]
        for index in sorted({0, count // 2, count - 1}):
            rows.append(
                _inclusion(
                    f"leaf {index} of {count}",
                    leaves[index],
                    index,
                    count,
                    merkle.inclusion(index, leaves),
                    merkle.root(leaves),
                )
            )
    leaves = _HASHES[:7]
    leaf, path, root = leaves[4], merkle.inclusion(4, leaves), merkle.root(leaves)
    rows += [
        _inclusion("other index", leaf, 3, 7, path, root),
        _inclusion("index at the count", leaf, 7, 7, path, root),
        _inclusion("index beyond the count", leaf, 12, 7, path, root),
        _inclusion("smaller count", leaf, 4, 5, path, root),
        _inclusion("count of which the path has the same length", leaf, 4, 8, path, root),
        _inclusion("count of nothing", leaf, 0, 0, [], merkle.root([])),
        _inclusion("node too few", leaf, 4, 7, path[:-1], root),
        _inclusion("node too many", leaf, 4, 7, [*path, root], root),
        _inclusion("node too many at the start", leaf, 4, 7, [leaf, *path], root),
        _inclusion("nodes exchanged", leaf, 4, 7, [path[1], path[0], *path[2:]], root),
        _inclusion("bit of a node", leaf, 4, 7, [path[0], _flip(path[1]), *path[2:]], root),
        _inclusion("bit of the leaf", _flip(leaf), 4, 7, path, root),
        _inclusion("bit of the root", leaf, 4, 7, path, _flip(root)),
        _inclusion("empty path", leaf, 4, 7, [], root),
        _inclusion("root as leaf", root, 0, 1, [], root),
        _inclusion("node as leaf", merkle.node_hash(leaves[0], leaves[1]), 0, 4, path[1:], root),
        _inclusion("root as one of two leaves", root, 0, 2, [], root),
        _inclusion(
            "node as leaf, with the rest of its path",
            merkle.node_hash(leaves[0], leaves[1]),
            0,
            4,
            [merkle.node_hash(leaves[2], leaves[3])],
            merkle.root(leaves[:4]),
        ),
        _inclusion("node of 31 bytes", leaf, 4, 7, [path[0][:31], *path[1:]], root),
        _inclusion("leaf as data", _LEAVES[4], 4, 7, path, root),
    ]
    return rows


def _consistency(name: str, earlier: int, later: int, first: bytes, second: bytes, path: Sequence[bytes]) -> Json:
    given = {
        "first_count": earlier,
        "second_count": later,
        "first_root_hex": first.hex(),
        "second_root_hex": second.hex(),
    }
    expect = merkle.consistent(earlier, later, first, second, path)
    return {"name": name, "requirement": "AR-SEAL-007", **given, "path_hex": _hexes(path), "expect": expect}


def _consistencies() -> list[Json]:
    rows = []
    for earlier, later in (
        (1, 1),
        (1, 2),
        (1, 8),
        (2, 3),
        (3, 7),
        (4, 7),
        (4, 8),
        (6, 8),
        (7, 8),
        (5, 13),
        (8, 13),
        (13, 20),
    ):
        first, second = merkle.root(_HASHES[:earlier]), merkle.root(_HASHES[:later])
        rows.append(
            _consistency(
                f"{earlier} of {later}", earlier, later, first, second, merkle.consistency(earlier, _HASHES[:later])
            )
        )
    first, second = merkle.root(_HASHES[:6]), merkle.root(_HASHES[:8])
    path = merkle.consistency(6, _HASHES[:8])
    empty = merkle.root([])
    rows += [
        _consistency("from nothing", 0, 8, empty, second, []),
        _consistency("nothing to nothing", 0, 0, empty, empty, []),
        _consistency("backwards", 8, 6, second, first, path),
        _consistency("roots exchanged", 6, 8, second, first, path),
        _consistency("other first root", 6, 8, _flip(first), second, path),
        _consistency("other second root", 6, 8, first, _flip(second), path),
        _consistency("other first count", 5, 8, first, second, path),
        _consistency("other second count", 6, 9, first, second, path),
        _consistency("node too few", 6, 8, first, second, path[:-1]),
        _consistency("node too many", 6, 8, first, second, [*path, second]),
        _consistency("nodes exchanged", 6, 8, first, second, [path[1], path[0], *path[2:]]),
        _consistency("bit of a node", 6, 8, first, second, [_flip(path[0]), *path[1:]]),
        _consistency("empty path", 6, 8, first, second, []),
        _consistency("same count, other root", 8, 8, first, second, []),
        _consistency("same count, a node", 8, 8, second, second, [first]),
        _consistency("first leaf changed", 6, 8, merkle.root([_flip(_HASHES[0]), *_HASHES[1:6]]), second, path),
    ]
    return rows


def rows() -> dict[str, list[Json]]:
    """The files."""

    def root(name: str, leaves: Sequence[bytes]) -> dict[str, Any]:
        hashes = [merkle.leaf_hash(leaf) for leaf in leaves]
        return {
            "name": name,
            "requirement": "AR-SEAL-007",
            "leaves_hex": _hexes(leaves),
            "expect": merkle.root(hashes).hex(),
        }

    return {
        "root": [
            root("no leaves", []),
            *(root(f"{count} leaves", _LEAVES[:count]) for count in (*_COUNTS, 16, 17)),
            root("one empty leaf", [b""]),
            root("two equal leaves", [b"a", b"a"]),
            root("exchanged", [_LEAVES[1], _LEAVES[0], _LEAVES[2]]),
            root("leaf that looks like a node", [b"\x01" + _HASHES[0] + _HASHES[1]]),
        ],
        "inclusion": _inclusions(),
        "consistency": _consistencies(),
    }
