use crate::hash::digest_text;
use crate::tree::{node_hash, root};

/// A tree of RFC 6962 that grows leaf by leaf: the roots of its complete parts, the largest first. Its root takes
/// logarithmic time, however often it is asked for.
#[derive(Clone, Debug, Default)]
pub(crate) struct GrowingTree {
    parts: Vec<(u64, [u8; 32])>,
}

impl GrowingTree {
    pub fn append(&mut self, leaf: [u8; 32]) {
        let mut part = (1, leaf);
        while let Some(&(count, left)) = self.parts.last().filter(|(count, _)| *count == part.0) {
            self.parts.pop();
            part = (2 * count, node_hash(&left, &part.1));
        }
        self.parts.push(part);
    }

    pub fn count(&self) -> u64 {
        self.parts.iter().map(|(count, _)| count).sum()
    }

    /// The root, spelled as `steps_root` is.
    pub fn root(&self) -> String {
        let parts = self.parts.iter().rev().map(|(_, hash)| *hash);
        digest_text(&parts.reduce(|right, left| node_hash(&left, &right)).unwrap_or_else(|| root(&[])))
    }
}

#[cfg(test)]
mod tests {
    use super::GrowingTree;
    use crate::hash::digest_text;
    use crate::tree::{leaf_hash, root};

    #[test]
    fn has_the_root_of_all_its_leaves() {
        let mut tree = GrowingTree::default();
        let mut leaves = Vec::new();
        for number in 0..70_u8 {
            assert_eq!((tree.count(), tree.root()), (leaves.len() as u64, digest_text(&root(&leaves))));
            leaves.push(leaf_hash(&[number]));
            tree.append(leaf_hash(&[number]));
        }
    }
}
