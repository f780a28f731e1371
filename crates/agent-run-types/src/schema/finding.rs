use std::fmt;

use serde::Serialize;

use super::printable::printable;
use super::standard::{code_of, sentence_of};
use crate::json::ReadFault;

/// How much a finding matters: an error makes a record invalid, a warning does not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The record is not valid.
    Error,
    /// The record is valid and could be better.
    Warning,
}

/// A place in a text: `offset` in UTF-16 code units from 0, `line` and `column` from 1, `column` in UTF-16 code units.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[non_exhaustive]
pub struct Position {
    /// UTF-16 code units before it.
    pub offset: usize,
    /// Number of the line.
    pub line: usize,
    /// Number of the UTF-16 code unit in its line.
    pub column: usize,
}

/// Something that a check has to say about a record: what `schemas/finding.json` describes.
///
/// Of a record's content a finding names public values only; never what stands in a private member.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
#[non_exhaustive]
pub struct Finding {
    /// Dotted, stable code of spec/errors.md, such as `schema.enum`.
    pub code: &'static str,
    /// How much it matters.
    pub severity: Severity,
    /// JSON Pointer (RFC 6901) of the place; empty is the whole record.
    pub path: String,
    /// What was found and what was expected.
    pub message: String,
    /// Id of the normative sentence behind it, such as `AR-RUN-004`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub requirement: Option<&'static str>,
    /// Values that would have been accepted, of a closed vocabulary.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub allowed: Vec<&'static str>,
    /// A value or a member that was probably meant.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub suggestion: Option<String>,
    /// Where the strict reader stopped.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub position: Option<Position>,
}

impl Finding {
    pub(crate) fn new(code: &'static str, severity: Severity, path: String, message: String) -> Finding {
        let requirement = sentence_of(code);
        Finding { code, severity, path, message, requirement, allowed: Vec::new(), suggestion: None, position: None }
    }

    /// What a semantic rule found; the message is what spec/errors.md says of the code.
    pub(crate) fn of_rule(code: &'static str, severity: Severity, path: String) -> Finding {
        Finding::new(code, severity, path, code_of(code).means.to_owned())
    }

    /// Where and why the strict reader stopped.
    pub(crate) fn of_bytes(fault: ReadFault, bytes: &[u8]) -> Finding {
        let message = code_of(fault.code.as_str()).means.to_owned();
        let position = Some(position_of(bytes, fault.offset));
        Finding { position, ..Finding::new(fault.code.as_str(), Severity::Error, fault.path, message) }
    }
}

/// One line for people: `error schema.enum at /status: "done" is not one of …`.
impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let severity = if self.severity == Severity::Error { "error" } else { "warning" };
        let place = if self.path.is_empty() { "the root".to_owned() } else { printable(&self.path) };
        write!(f, "{severity} {} at {place}: {}", self.code, printable(&self.message))?;
        match &self.suggestion {
            Some(meant) => write!(f, "; did you mean {}?", printable(meant)),
            None => Ok(()),
        }
    }
}

fn position_of(bytes: &[u8], offset: usize) -> Position {
    let before = String::from_utf8_lossy(&bytes[..offset.min(bytes.len())]);
    let line_start = before.rfind('\n').map_or(0, |at| at + 1);
    let units = |text: &str| text.chars().map(char::len_utf16).sum::<usize>();
    Position {
        offset: units(&before),
        line: before.matches('\n').count() + 1,
        column: units(&before[line_start..]) + 1,
    }
}

/// What is wrong, as a code and a JSON Pointer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Fault {
    pub code: &'static str,
    pub path: String,
}

impl Fault {
    pub fn new(code: &'static str, path: impl Into<String>) -> Fault {
        Fault { code, path: path.into() }
    }
}
