use super::line::{JournalFault, Line, PrivateLine};
use super::shape::is_right_data;
use crate::hash::digest;
use crate::json::{read, Object, Value};
use crate::schema::{is_valid, Fault};
use crate::semantics::Members;

/// What was read of a journal, up to the first line at fault.
#[derive(Clone, Debug)]
pub struct Journal {
    pub(super) chained: Vec<Line>,
    pub(super) private: Vec<PrivateLine>,
    pub(super) fault: Option<Fault>,
    is_torn: bool,
}

impl Journal {
    /// Reads the lines of a journal (AR-JRNL-001). Whatever they are, it doesn't panic.
    pub fn read(bytes: &[u8]) -> Journal {
        let mut journal = Journal { chained: Vec::new(), private: Vec::new(), fault: None, is_torn: false };
        for (number, octets) in bytes.split_inclusive(|byte| *byte == b'\n').enumerate() {
            let Some(octets) = octets.strip_suffix(b"\n") else {
                journal.is_torn = true;
                break;
            };
            if !journal.add(number, octets) {
                journal.fault = Some(Fault::new("journal.line", format!("/{number}")));
                journal.is_torn = !bytes.ends_with(b"\n");
                break;
            }
        }
        journal
    }

    /// Takes a line, and says whether it is one.
    fn add(&mut self, number: usize, octets: &[u8]) -> bool {
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
            self.private.push(PrivateLine { number, hash, members: object });
            return true;
        }
        let kind = object.text("type").unwrap_or_default().to_owned();
        let is_right = object.get("data").is_some_and(|data| is_right_data(&kind, data));
        let prev = object.text("prev").unwrap_or_default().to_owned();
        let seq = object.number("seq");
        match object.remove("data") {
            Some(Value::Object(data)) if is_chained && is_right => {
                self.chained.push(Line { number, seq, prev, kind, data, digest: digest(octets) });
                true
            }
            _ => false,
        }
    }

    /// Whether bytes follow the last line feed: a line that was being written when the writer stopped.
    pub fn is_torn(&self) -> bool {
        self.is_torn
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
