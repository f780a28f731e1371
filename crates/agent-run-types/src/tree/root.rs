use crate::hash::sha256;

/// Hash of a leaf: SHA-256 over a zero byte and its data (RFC 6962, section 2.1).
pub fn leaf_hash(data: &[u8]) -> [u8; 32] {
    sha256(&[&[0], data].concat())
}

/// Hash of an inner node: SHA-256 over a one byte, the left hash and the right hash (RFC 6962, section 2.1).
pub fn node_hash(left: &[u8; 32], right: &[u8; 32]) -> [u8; 32] {
    sha256(&[&[1], left.as_slice(), right].concat())
}

/// Root over the hashes of leaves (RFC 6962, section 2.1). That of no leaves is the SHA-256 of nothing.
pub fn root(leaves: &[[u8; 32]]) -> [u8; 32] {
    match leaves {
        [] => sha256(&[]),
        [leaf] => *leaf,
        _ => {
            let (left, right) = leaves.split_at(split(leaves.len()));
            node_hash(&root(left), &root(right))
        }
    }
}

/// The largest power of two below a count of at least 2.
pub(super) fn split(count: usize) -> usize {
    1 << (count - 1).ilog2()
}
