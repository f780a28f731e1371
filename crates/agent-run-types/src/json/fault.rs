use std::fmt;

/// What can be wrong with the bytes of a record (spec/errors.md, Bytes).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ReadCode {
    /// The bytes are not UTF-8 (AR-BYTES-001).
    Utf8,
    /// They begin with a byte order mark (AR-BYTES-002).
    Bom,
    /// There is nothing, or only white space (AR-BYTES-003).
    Empty,
    /// They are no JSON; a cut file ends here (AR-BYTES-003).
    Syntax,
    /// One object has two members of the same name (AR-BYTES-004).
    DuplicateName,
    /// A string holds half of a surrogate pair (AR-BYTES-005).
    LoneSurrogate,
    /// A number is beyond ±(2^53 − 1), however it is spelled (AR-BYTES-006).
    NumberRange,
    /// Objects and arrays are nested deeper than 128 levels (AR-BYTES-007).
    Depth,
    /// Something follows the value (AR-BYTES-008).
    Trailing,
}

impl ReadCode {
    /// The code as findings spell it, such as `json.utf8`.
    pub fn as_str(self) -> &'static str {
        match self {
            ReadCode::Utf8 => "json.utf8",
            ReadCode::Bom => "json.bom",
            ReadCode::Empty => "json.empty",
            ReadCode::Syntax => "json.syntax",
            ReadCode::DuplicateName => "json.duplicate_name",
            ReadCode::LoneSurrogate => "json.lone_surrogate",
            ReadCode::NumberRange => "json.number_range",
            ReadCode::Depth => "json.depth",
            ReadCode::Trailing => "json.trailing",
        }
    }

    fn message(self) -> &'static str {
        match self {
            ReadCode::Utf8 => "found bytes that are not UTF-8; expected UTF-8",
            ReadCode::Bom => "found a byte order mark; expected the text to begin at once",
            ReadCode::Empty => "found nothing; expected a JSON value",
            ReadCode::Syntax => "found what is no JSON; expected RFC 8259",
            ReadCode::DuplicateName => "found a second member of that name; expected one",
            ReadCode::LoneSurrogate => "found half of a surrogate pair; expected both halves",
            ReadCode::NumberRange => "found a number beyond ±(2^53 − 1); expected one within",
            ReadCode::Depth => "found more than 128 levels of objects and arrays; expected at most 128",
            ReadCode::Trailing => "found more after the value; expected white space only",
        }
    }
}

/// The first thing that is wrong with the bytes of a record, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ReadFault {
    /// What is wrong.
    pub code: ReadCode,
    /// Where in the bytes, from 0.
    pub offset: usize,
    /// JSON Pointer of the value that was being read.
    pub path: String,
}

impl fmt::Display for ReadFault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} at byte {}: {}", self.code.as_str(), self.offset, self.code.message())
    }
}

impl std::error::Error for ReadFault {}
