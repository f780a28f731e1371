use std::fmt;

use crate::json::Object;
use crate::schema::Fault;

/// A chained line of a journal.
#[derive(Clone, Debug)]
pub(crate) struct Line {
    /// Number of the line in the file, from 0, private lines counted.
    pub number: usize,
    /// Offset of its first byte in the file.
    pub octet: usize,
    pub seq: Option<f64>,
    pub prev: String,
    /// Its `type`.
    pub kind: String,
    pub data: Object,
    /// Digest of its bytes, without the line feed.
    pub digest: String,
}

impl Line {
    /// The JSON Pointer of a place in the line, the line being an item of the file.
    pub fn at(&self, place: &str) -> String {
        format!("/{}{place}", self.number)
    }

    pub fn is(&self, kind: &str) -> bool {
        self.kind == kind
    }
}

/// An unchained line: salt and private members of an object that the chain knows by its `private_hash`.
#[derive(Clone, Debug)]
pub(crate) struct PrivateLine {
    pub number: usize,
    /// Offset of its first byte in the file.
    pub octet: usize,
    /// The `private_hash`.
    pub hash: String,
    /// All its other members.
    pub members: Object,
}

/// What is wrong with a journal: a code of spec/errors.md, and a JSON Pointer that begins with the number of the line, or
/// names the place in the record where the code is `journal.fold` or `journal.head`.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct JournalFault {
    /// Such as `journal.chain`.
    pub code: &'static str,
    /// Such as `/3/prev`.
    pub path: String,
}

impl fmt::Display for JournalFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let means = &crate::schema::code_of(self.code).means;
        write!(f, "{} at {}: {means}", self.code, if self.path.is_empty() { "the beginning" } else { &self.path })
    }
}

impl std::error::Error for JournalFault {}

impl From<Fault> for JournalFault {
    fn from(fault: Fault) -> Self {
        JournalFault { code: fault.code, path: fault.path }
    }
}
