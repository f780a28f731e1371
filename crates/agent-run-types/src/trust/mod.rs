//! Trust files: whose keys are whose, and for what (spec/trust.md).
mod file;
mod keys;
mod pattern;

pub(crate) use keys::{Bar, KeyState, Keys, Vouched};

pub use file::{Trust, TrustError, TrustedKey};
pub use pattern::fits;
