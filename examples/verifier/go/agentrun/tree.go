package agentrun

import (
	"bytes"
	"crypto/sha256"
	"math/bits"
)

// LeafHash is the hash of a leaf's data in a tree of RFC 6962.
func LeafHash(data []byte) []byte {
	sum := sha256.Sum256(append([]byte{0}, data...))
	return sum[:]
}

func nodeHash(left, right []byte) []byte {
	sum := sha256.Sum256(bytes.Join([][]byte{{1}, left, right}, nil))
	return sum[:]
}

// Root of a tree whose leaves are given as their hashes (RFC 6962, section 2.1).
func Root(leaves [][]byte) []byte {
	switch len(leaves) {
	case 0:
		sum := sha256.Sum256(nil)
		return sum[:]
	case 1:
		return leaves[0]
	}
	k := split(len(leaves))
	return nodeHash(Root(leaves[:k]), Root(leaves[k:]))
}

// split is the largest power of two below a count of at least 2.
func split(count int) int { return 1 << (bits.Len(uint(count-1)) - 1) }

// Included says whether a path leads from a leaf to a root (RFC 9162, section 2.1.3.2, which is the algorithm that RFC
// 6962 leaves out).
func Included(leaf []byte, index, count int, path [][]byte, root []byte) bool {
	if index < 0 || index >= count || !areHashes(path) || !areHashes([][]byte{leaf, root}) {
		return false
	}
	at, last, found := index, count-1, leaf
	for _, node := range path {
		if last == 0 {
			return false
		}
		if at&1 == 1 || at == last {
			found = nodeHash(node, found)
			for at&1 == 0 && at != 0 {
				at, last = at>>1, last>>1
			}
		} else {
			found = nodeHash(found, node)
		}
		at, last = at>>1, last>>1
	}
	return last == 0 && bytes.Equal(found, root)
}

// Consistent says whether a path shows that one tree is the beginning of another (RFC 9162, section 2.1.4.2).
func Consistent(first, second int, firstRoot, secondRoot []byte, path [][]byte) bool {
	if first < 1 || first > second || !areHashes(path) || !areHashes([][]byte{firstRoot, secondRoot}) {
		return false
	}
	if first == second {
		return len(path) == 0 && bytes.Equal(firstRoot, secondRoot)
	}
	if first&(first-1) == 0 {
		path = append([][]byte{firstRoot}, path...)
	}
	if len(path) == 0 {
		return false
	}
	at, last := first-1, second-1
	for at&1 == 1 {
		at, last = at>>1, last>>1
	}
	one, other := path[0], path[0]
	for _, node := range path[1:] {
		if last == 0 {
			return false
		}
		if at&1 == 1 || at == last {
			one, other = nodeHash(node, one), nodeHash(node, other)
			for at&1 == 0 && at != 0 {
				at, last = at>>1, last>>1
			}
		} else {
			other = nodeHash(other, node)
		}
		at, last = at>>1, last>>1
	}
	return last == 0 && bytes.Equal(one, firstRoot) && bytes.Equal(other, secondRoot)
}

func areHashes(hashes [][]byte) bool {
	for _, each := range hashes {
		if len(each) != sha256.Size {
			return false
		}
	}
	return true
}
