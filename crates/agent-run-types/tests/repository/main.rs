//! What the repository around the crate holds: vectors, records, and the vectors of others beside it. A packaged crate has
//! none of these; its tests say so and pass.
#![cfg(feature = "verify")]

mod files;
mod foreign;
mod mutations;
mod round_trip;
mod vectors;
mod verdicts;
