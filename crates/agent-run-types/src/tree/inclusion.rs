use super::root::split;
use super::{node_hash, root};

/// The path that proves the leaf at an index in the tree over all the leaves, from the leaf upwards (RFC 6962, section
/// 2.1.1); none if there is no such leaf.
pub fn prove_inclusion(leaves: &[[u8; 32]], index: usize) -> Option<Vec<[u8; 32]>> {
    if index >= leaves.len() {
        return None;
    }
    if leaves.len() == 1 {
        return Some(Vec::new());
    }
    let at = split(leaves.len());
    let (left, right) = leaves.split_at(at);
    let (mut path, sibling) = if index < at {
        (prove_inclusion(left, index)?, root(right))
    } else {
        (prove_inclusion(right, index - at)?, root(left))
    };
    path.push(sibling);
    Some(path)
}

/// Whether a path proves that a leaf stands at an index in the tree of `count` leaves with this root (RFC 9162, section
/// 2.1.3.2).
pub fn verify_inclusion(leaf: &[u8; 32], index: u64, count: u64, path: &[[u8; 32]], root: &[u8; 32]) -> bool {
    if index >= count {
        return false;
    }
    let mut place = Place { at: index, last: count - 1 };
    let mut found = *leaf;
    for sibling in path {
        if place.last == 0 {
            return false;
        }
        found = if place.is_right() { node_hash(sibling, &found) } else { node_hash(&found, sibling) };
        place.rise();
    }
    place.last == 0 && found == *root
}

/// A node on the way to the root, by its index and the last index of its level.
pub(super) struct Place {
    pub(super) at: u64,
    pub(super) last: u64,
}

impl Place {
    /// Whether its sibling stands to the left of it.
    pub(super) fn is_right(&self) -> bool {
        self.at % 2 == 1 || self.at == self.last
    }

    /// Goes to the parent. Above the last node of an incomplete level that is the next one which has a sibling.
    pub(super) fn rise(&mut self) {
        if self.at == self.last {
            while self.at % 2 == 0 && self.at != 0 {
                self.halve();
            }
        }
        self.halve();
    }

    pub(super) fn halve(&mut self) {
        self.at >>= 1;
        self.last >>= 1;
    }
}
