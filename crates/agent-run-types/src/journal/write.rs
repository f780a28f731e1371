use std::fmt;

use super::growing::GrowingTree;
use super::rules::ORIGIN;
use super::shape::{is_right_data, kind_of, start_fault};
use crate::canonical::canonicalize_object;
use crate::hash::{digest, hash, nested_lists, private_members, public_form, step_leaf, ErasableKind};
use crate::json::{read, Object, Value};
use crate::schema::is_valid;
use crate::seal::{sign_object, SignedKind};
use crate::semantics::Members;
use crate::sign::SigningKey;

/// Why a line was not written. What is there stays as it was.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum JournalError {
    /// A journal begins with run.started, once; JSON Pointer into its data of what keeps it from beginning a run.
    Start(String),
    /// Heads, resumptions and the seal have functions of their own.
    Type,
    /// The run is sealed: its journal has ended.
    Sealed,
    /// A head is signed by the key that run.started names.
    Key,
    /// It would be no line of a journal: the data are not what the type asks for, or the time is none.
    Line,
    /// A `private_hash` is not the hash of the private members beside it.
    Private,
}

impl fmt::Display for JournalError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            JournalError::Start(place) => {
                let place = if place.is_empty() { "the type" } else { place };
                write!(f, "a journal begins with run.started and what a run can begin with; look at {place}")
            }
            JournalError::Type => f.write_str("head, run.resumed and run.sealed are written by functions of their own"),
            JournalError::Sealed => f.write_str("the journal is sealed; nothing can follow"),
            JournalError::Key => f.write_str("a head is signed by the key that run.started names in signed_by"),
            JournalError::Line => f.write_str("this cannot be a line of a journal; expected data that fit the type"),
            JournalError::Private => f.write_str("found a private_hash that is not the hash of the private members"),
        }
    }
}

impl std::error::Error for JournalError {}

/// Writes the lines of a journal (spec/journal.md). It knows no file and no clock: what it returns are texts without line
/// feed, to be written at once and in order, each followed by one.
///
/// ```
/// use agent_run_types::journal::JournalWriter;
/// use agent_run_types::json::read;
///
/// let started = read(br#"{"id": "run-1", "spec_version": "1.0", "agent_id": "docs-bot", "started_at": null,
///     "provenance": {"nonce": "0123456789abcdef0123456789abcdef"}}"#).unwrap();
/// let mut writer = JournalWriter::new();
/// let lines = writer.append("run.started", "2026-11-20T14:00:00Z", started.as_object().unwrap()).unwrap();
/// assert_eq!((lines.len(), writer.seq()), (1, 1));
/// ```
#[derive(Debug)]
pub struct JournalWriter {
    pub(super) seq: u64,
    pub(super) head: String,
    pub(super) tree: GrowingTree,
    /// `id`, `nonce` and `signed_by` of run.started.
    pub(super) start: [Value; 3],
    pub(super) is_sealed: bool,
}

impl Default for JournalWriter {
    fn default() -> Self {
        Self::new()
    }
}

impl JournalWriter {
    /// Begins a journal.
    pub fn new() -> Self {
        let start = [Value::Null, Value::Null, Value::Null];
        JournalWriter { seq: 0, head: ORIGIN.to_owned(), tree: GrowingTree::default(), start, is_sealed: false }
    }

    /// Number of the next chained line.
    pub fn seq(&self) -> u64 {
        self.seq
    }

    /// Digest of the last chained line: the `journal_head` of a record that is sealed now.
    pub fn head(&self) -> &str {
        &self.head
    }

    /// Adds an event. `data` is the whole object: salt and private members go to private lines by themselves. `at` is the
    /// time of the event, RFC 3339.
    ///
    /// # Errors
    /// See [`JournalError`].
    pub fn append(&mut self, line_type: &str, at: &str, data: &Object) -> Result<Vec<String>, JournalError> {
        if matches!(line_type, "head" | "run.resumed" | "run.sealed") {
            return Err(JournalError::Type);
        }
        self.add(line_type, at, data)
    }

    /// Adds a signed head over everything so far (AR-JRNL-005 to AR-JRNL-007).
    ///
    /// # Errors
    /// [`JournalError::Key`] for another key than that of run.started, [`JournalError::Line`] for a time that is none.
    pub fn sign_head(&mut self, at: &str, key: &SigningKey) -> Result<Vec<String>, JournalError> {
        let [run_id, nonce, signed_by] = &self.start;
        let did = key.did();
        if self.seq == 0 || signed_by.as_str() != Some(&did) {
            return Err(JournalError::Key);
        }
        let members: [(&str, Value); 8] = [
            ("run_id", run_id.clone()),
            ("nonce", nonce.clone()),
            ("seq", Value::Number((self.seq - 1) as f64)),
            ("head", self.head.as_str().into()),
            ("steps_count", Value::Number(self.tree.count() as f64)),
            ("steps_root", self.tree.root().into()),
            ("at", at.into()),
            ("signed_by", did.into()),
        ];
        let head = sign_object(SignedKind::Head, members.into_iter().collect(), key).map_err(|_| JournalError::Key)?;
        self.add("head", at, &head)
    }

    /// Says that the run goes on, after a pause. After a crash that is what [`JournalWriter::reopen`] says.
    ///
    /// # Errors
    /// [`JournalError::Start`] for a journal without a beginning.
    pub fn resume(&mut self, at: &str) -> Result<Vec<String>, JournalError> {
        self.resume_after(0, at)
    }

    /// Says that the run goes on, and how many bytes were cut off.
    pub(super) fn resume_after(&mut self, octets: usize, at: &str) -> Result<Vec<String>, JournalError> {
        let before = self.seq.checked_sub(1).ok_or_else(|| JournalError::Start(String::new()))?;
        let discarded: Object = [("octets", octets as f64)].into_iter().collect();
        let members: [(&str, Value); 3] = [
            ("seq", Value::Number(before as f64)),
            ("head", self.head.as_str().into()),
            ("discarded", discarded.into()),
        ];
        self.add("run.resumed", at, &members.into_iter().collect())
    }

    /// Adds the sealed record: the last line. Its `journal_head` is [`JournalWriter::head`] before the call.
    ///
    /// # Errors
    /// See [`JournalError`].
    pub fn seal(&mut self, at: &str, record: &Object) -> Result<Vec<String>, JournalError> {
        self.add("run.sealed", at, &public_form(ErasableKind::Run, record).without(&["steps", "eval"]))
    }

    fn add(&mut self, line_type: &str, at: &str, data: &Object) -> Result<Vec<String>, JournalError> {
        if self.is_sealed {
            return Err(JournalError::Sealed);
        }
        let kind = kind_of(line_type);
        let private = kind.map_or(Ok(Vec::new()), |kind| private_lines(kind, data))?;
        let form = kind.map_or_else(|| data.clone(), |kind| public_form(kind, data));
        match (self.seq, line_type) {
            (0, "run.started") => start_fault(&form).map_or(Ok(()), |place| Err(JournalError::Start(place)))?,
            (0, _) | (_, "run.started") => return Err(JournalError::Start(String::new())),
            _ => {}
        }
        let members: [(&str, Value); 5] = [
            ("seq", Value::Number(self.seq as f64)),
            ("prev", self.head.as_str().into()),
            ("at", at.into()),
            ("type", line_type.into()),
            ("data", form.clone().into()),
        ];
        let text = encode(members.into_iter().collect(), |line| {
            is_valid("journal-line", line) && line.get("data").is_some_and(|data| is_right_data(line_type, data))
        })?;
        let is_private = |line: &Value| is_valid("private-line", line);
        let private = private.into_iter().map(|line| encode(line, is_private)).collect::<Result<Vec<_>, _>>()?;
        if line_type == "step.ended" {
            self.tree.append(step_leaf(&form));
        }
        if self.seq == 0 {
            self.start = start_of(&form);
        }
        self.head = digest(text.as_bytes());
        self.seq += 1;
        self.is_sealed = line_type == "run.sealed";
        Ok(std::iter::once(text).chain(private).collect())
    }
}

/// What a head repeats of run.started: `id`, `nonce` and `signed_by`.
pub(super) fn start_of(data: &Object) -> [Value; 3] {
    let of_provenance = |name: &str| Value::from(data.within("provenance", name).cloned());
    [data.given("id").cloned().into(), of_provenance("nonce"), of_provenance("signed_by")]
}

/// The text of a line, which has to be read as the same line.
fn encode(line: Object, is_right: impl Fn(&Value) -> bool) -> Result<String, JournalError> {
    let text = canonicalize_object(&line);
    match read(text.as_bytes()) {
        Ok(read) if is_right(&read) => Ok(text),
        _ => Err(JournalError::Line),
    }
}

/// The private lines of an object, those of what is inside it last.
fn private_lines(kind: ErasableKind, object: &Object) -> Result<Vec<Object>, JournalError> {
    let mut lines: Vec<Object> = own_private_line(kind, object)?.into_iter().collect();
    for &(list, inner) in nested_lists(kind) {
        for item in object.objects(list) {
            lines.extend(private_lines(inner, item)?);
        }
    }
    Ok(lines)
}

fn own_private_line(kind: ErasableKind, object: &Object) -> Result<Option<Object>, JournalError> {
    let belongs = |(name, _): &(&str, &Value)| *name == "salt" || private_members(kind).contains(name);
    let members: Object = object.iter().filter(belongs).collect();
    let Some(stated) = object.text("private_hash").filter(|_| !members.is_empty()) else {
        return Ok(None);
    };
    if hash("private", &Value::Object(members.clone())) != stated {
        return Err(JournalError::Private);
    }
    let mut line: Object = [("private", stated)].into_iter().collect();
    for (name, value) in members {
        line.insert(name, value);
    }
    Ok(Some(line))
}
