//! Merkle trees of RFC 6962 over the hashes of leaves, and proofs in them.

mod consistency;
mod inclusion;
mod root;

pub use consistency::verify_consistency;
pub use inclusion::{prove_inclusion, verify_inclusion};
pub use root::{leaf_hash, node_hash, root};
