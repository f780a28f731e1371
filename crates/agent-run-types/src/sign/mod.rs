//! Ed25519 by the one rule that all implementations share, and how keys and signatures are spelled (spec/seal.md).

mod base64;
mod did_key;
mod ed25519;

pub(crate) use base64::encode as base64;
pub use base64::{signature_of, signature_text};
pub use did_key::{did_key, key_of};
pub use ed25519::{verify, SigningKey};
