//! The live journal: reading and checking its lines, the record that they give, and writing them (spec/journal.md).
mod check;
mod difference;
mod fold;
mod growing;
mod line;
mod read;
mod resume;
mod rules;
mod shape;
mod write;

pub use check::{check, JournalCheck};
pub use fold::fold;
pub use line::JournalFault;
pub use read::Journal;
pub use write::{JournalError, JournalWriter};
