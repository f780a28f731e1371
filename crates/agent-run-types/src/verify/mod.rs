//! What holds for a record: twelve checks, a level, and what is missing (spec/verdict.md).
mod approvals;
mod beside;
mod bundle;
mod context;
mod evidence;
mod journal;
mod levels;
mod lineage;
mod options;
mod outcome;
mod seal;
mod shown;
mod verdict;
mod verifier;

pub use bundle::{verify_bundle, BundleVerdicts};
pub use options::{Level, SignedBy, VerifyOptions};
pub use outcome::{Check, CheckName, CheckResult};
pub use verdict::{Completeness, EdgeState, LineageEdge, Shortfall, TimeBasis, Verdict};
pub use verifier::{verify, Verifier};
