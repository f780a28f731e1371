// The examples of the page need the feature.
#![cfg_attr(feature = "verify", doc = include_str!("../README.md"))]
#![cfg_attr(
    not(feature = "verify"),
    doc = "Types of [`AgentRun`] records that lose nothing of what they read: absent, `null` and given are three things, see \
           [`Nullable`], and unknown members are kept. The feature `verify` adds what checks, seals and journals them."
)]
#![cfg_attr(docsrs, feature(doc_cfg))]
#![forbid(unsafe_code)]
#![warn(missing_docs)]

#[rustfmt::skip]
mod generated;
mod nullable;
mod number;
mod presence;
mod vocabulary;

pub use generated::*;
pub use nullable::Nullable;
pub use vocabulary::UnknownValue;

#[cfg(feature = "verify")]
pub mod canonical;
#[cfg(feature = "verify")]
pub mod hash;
#[cfg(feature = "verify")]
pub mod journal;
#[cfg(feature = "verify")]
pub mod json;
#[cfg(feature = "verify")]
pub mod schema;
#[cfg(feature = "verify")]
pub mod seal;
#[cfg(feature = "verify")]
pub mod semantics;
#[cfg(feature = "verify")]
pub mod sign;
#[cfg(feature = "verify")]
pub mod tree;
#[cfg(feature = "verify")]
pub mod trust;
#[cfg(feature = "verify")]
pub mod verify;

#[cfg(feature = "verify")]
pub use schema::validate;
#[cfg(feature = "verify")]
pub use verify::verify;
