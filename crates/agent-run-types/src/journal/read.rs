use super::line::{JournalFault, Line, PrivateLine};
use super::shape::is_right_data;
use crate::hash::digest;
use crate::json::{read, Object, Value};
use crate::schema::is_valid;
use crate::semantics::Members;

/// What was read of a journal, up to the first line at fault.
#[derive(Clone, Debug)]
pub struct Journal {
    pub(super) chained: Vec<Line>,
    pub(super) private: Vec<PrivateLine>,
    /// The line that is none, and where it begins.
    pub(super) unread: Option<Unread>,
    /// Number of bytes, and of those up to the last line feed.
    pub(super) octets: usize,
    pub(super) whole: usize,
}

/// A line that is none; nothing behind it was read.
#[derive(Clone, Copy, Debug)]
pub(super) struct Unread {
    pub number: usize,
    pub octet: usize,
}

impl Journal {
    /// Reads the lines of a journal (AR-JRNL-001). Whatever they are, it doesn't panic.
    pub fn read(bytes: &[u8]) -> Journal {
        let whole = bytes.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
        let mut journal =
            Journal { chained: Vec::new(), private: Vec::new(), unread: None, octets: bytes.len(), whole };
        let mut octet = 0;
        for (number, line) in bytes[..whole].split_inclusive(|byte| *byte == b'\n').enumerate() {
            if !journal.add(number, octet, &line[..line.len() - 1]) {
                journal.unread = Some(Unread { number, octet });
                break;
            }
            octet += line.len();
        }
        journal
    }

    /// Takes a line, and says whether it is one.
    fn add(&mut self, number: usize, octet: usize, octets: &[u8]) -> bool {
        let Ok(value) = read(octets) else {
            return false;
        };
        let (is_private, is_chained) = (is_valid("private-line", &value), is_valid("journal-line", &value));
        let Value::Object(mut object) = value else {
            return false;
        };
        if is_private {
            let hash = object.text("private").unwrap_or_default().to_owned();
            object.remove("private");
            self.private.push(PrivateLine { number, octet, hash, members: object });
            return true;
        }
        let kind = object.text("type").unwrap_or_default().to_owned();
        let is_right = object.get("data").is_some_and(|data| is_right_data(&kind, data));
        let prev = object.text("prev").unwrap_or_default().to_owned();
        let seq = object.number("seq");
        match object.remove("data") {
            Some(Value::Object(data)) if is_chained && is_right => {
                self.chained.push(Line { number, octet, seq, prev, kind, data, digest: digest(octets) });
                true
            }
            _ => false,
        }
    }

    /// Whether bytes follow the last line feed: a line that was being written when the writer stopped.
    pub fn is_torn(&self) -> bool {
        self.whole < self.octets
    }

    /// The first thing that is wrong with the lines; the fold is not looked at.
    ///
    /// # Errors
    /// That thing.
    pub fn check_lines(&self) -> Result<(), JournalFault> {
        self.line_fault().map_or(Ok(()), |fault| Err(fault.into()))
    }

    /// The data of the chained lines of a type.
    pub(crate) fn of<'j>(&'j self, kind: &'static str) -> impl Iterator<Item = &'j Object> + 'j {
        self.chained.iter().filter(move |line| line.is(kind)).map(|line| &line.data)
    }

    /// The heads, each with its place among the chained lines.
    pub(crate) fn heads(&self) -> impl DoubleEndedIterator<Item = (usize, &Line)> + '_ {
        self.chained.iter().enumerate().filter(|(_, line)| line.is("head"))
    }

    pub(crate) fn lines(&self) -> &[Line] {
        &self.chained
    }

    /// The data of run.sealed, which is the last chained line of a sound journal that has one.
    pub(crate) fn sealed(&self) -> Option<&Object> {
        self.chained.last().filter(|line| line.is("run.sealed")).map(|line| &line.data)
    }
}
