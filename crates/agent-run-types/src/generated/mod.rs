// Generated from schemas/ and spec/registry.md by "npm run gen". Do not edit.

mod closed;
mod objects;
mod open;

pub use closed::*;
pub use objects::*;
pub use open::*;
