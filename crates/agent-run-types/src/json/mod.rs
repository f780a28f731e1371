//! JSON values as they stand in a record, and the strict reader of the record profile (spec/bytes.md).

mod convert;
mod fault;
mod object;
mod pointer;
mod read;
mod text;
mod typed;
mod value;

pub use fault::{ReadCode, ReadFault};
pub use object::Object;
pub use pointer::pointer;
pub use read::read;
pub use value::Value;
