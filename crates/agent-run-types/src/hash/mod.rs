//! Digests of bytes, hashes of values by kind, and the public form of objects (spec/bytes.md, Digests).

mod digest;
mod kind;
mod named;
mod private;
mod run_hash;

pub(crate) use digest::hex;
pub use digest::{digest, digest_bytes, digest_text, sha256};
pub use kind::{hash, media_type, pae};
pub use named::{arguments_hash, step_leaf, text_arguments_hash, tool_hash};
pub use private::{nested_lists, private_hash, private_members, public_form, ErasableKind};
pub use run_hash::{legacy_run_hash, run_hash};
