//! The semantic rules: what a schema can't say about a record (spec/errors.md).
mod approvals;
mod check;
mod cost;
mod instant;
mod members;
mod privacy;
mod record;
mod references;
mod rule;
mod run;
mod steps;

pub(crate) use approvals::is_decision;
pub(crate) use members::{precedes, Members, Place};
pub(crate) use record::basis_of;

pub use check::{check, rule_count};
pub use instant::Instant;
