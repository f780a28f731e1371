//! Validation against the schemas, which the crate brings along (schemas/PROFILE.md), and what comes of it.
mod collector;
mod finding;
mod node;
mod printable;
mod standard;
mod suggestion;
mod validate;
mod visit;
mod walk;
mod wording;

pub(crate) use finding::Fault;
pub(crate) use printable::{printable, spelled};
pub(crate) use standard::{code_of, sentence_of};
pub(crate) use visit::{visit, Visited};
pub(crate) use walk::is_valid;

pub use finding::{Finding, Position, Severity};
pub use validate::{schema_names, validate, validate_value, validate_with, ValidateOptions, Validation};
