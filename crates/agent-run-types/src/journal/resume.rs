use super::growing::GrowingTree;
use super::line::Line;
use super::read::Journal;
use super::rules::known_private_hashes;
use super::write::{start_of, JournalError, JournalWriter};
use crate::hash::step_leaf;

impl Journal {
    /// How many bytes of the file are as its writer wrote them: those before the first line at fault, or else before a torn
    /// one. To go on with a journal, cut the file there.
    pub fn sound_octets(&self) -> usize {
        let at_fault = self.line_faults().filter_map(|fault| self.octet_of(&fault.path)).min();
        let mut end = at_fault.unwrap_or(self.whole);
        // A private line that stands before the chained one that knows it goes with it.
        let known = known_private_hashes(&self.chained);
        for line in self.private.iter().rev() {
            if line.octet < end && known.get(line.hash.as_str()).is_some_and(|chained| *chained >= end) {
                end = line.octet;
            }
        }
        end
    }

    /// Where the line begins that a JSON Pointer leads into; the pointer of a file without chained lines is empty.
    fn octet_of(&self, path: &str) -> Option<usize> {
        let Some(number) = path.split('/').nth(1) else {
            return Some(0);
        };
        let number: usize = number.parse().ok()?;
        let of_chained =
            self.chained.binary_search_by_key(&number, |line| line.number).map(|at| self.chained[at].octet);
        let of_private =
            self.private.binary_search_by_key(&number, |line| line.number).map(|at| self.private[at].octet);
        let of_unread = self.unread.filter(|unread| unread.number == number).map(|unread| unread.octet);
        of_chained.or(of_private).ok().or(of_unread)
    }

    fn sound_lines(&self, octets: usize) -> &[Line] {
        &self.chained[..self.chained.partition_point(|line| line.octet < octets)]
    }
}

impl JournalWriter {
    /// Goes on with a journal whose writer stopped, after its sound part (spec/journal.md, Crash and resumption). Gives the
    /// writer and its first line, `run.resumed`, which says how much was cut off (AR-JRNL-010): cut the file to
    /// [`Journal::sound_octets`] and write the line there.
    ///
    /// The death of a process leaves a torn line at most. Of a journal with any other fault, see [`Journal::check_lines`],
    /// somebody changed the file or the disk failed: look at it before you go on.
    ///
    /// ```
    /// use agent_run_types::journal::{check, Journal, JournalWriter};
    /// use agent_run_types::json::Object;
    /// # use agent_run_types::json::read;
    /// # let started = read(br#"{"id": "run-1", "spec_version": "1.0", "agent_id": "docs-bot", "started_at": null,
    /// #     "provenance": {"nonce": "0123456789abcdef0123456789abcdef"}}"#).unwrap();
    /// # let mut first = JournalWriter::new();
    /// # let lines = first.append("run.started", "2026-11-20T14:00:00Z", started.as_object().unwrap()).unwrap();
    /// # let mut file = format!("{}\n{{\"seq\":1,\"pr", lines[0]).into_bytes();
    /// // `file` is what a crash left: a line that was being written is torn.
    /// let journal = Journal::read(&file);
    /// journal.check_lines()?;
    /// let (mut writer, mut lines) = JournalWriter::reopen(&journal, "2026-11-20T14:05:00Z")?;
    /// lines.extend(writer.append("run.paused", "2026-11-20T14:05:01Z", &Object::new())?);
    /// file.truncate(journal.sound_octets());
    /// file.extend(lines.iter().flat_map(|line| [line.as_bytes(), b"\n"].concat()));
    /// assert_eq!(check(&file).fault, None);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// [`JournalError::Start`] without a sound beginning, [`JournalError::Sealed`], [`JournalError::Line`] for a time that is
    /// none.
    pub fn reopen(journal: &Journal, at: &str) -> Result<(JournalWriter, Vec<String>), JournalError> {
        let octets = journal.sound_octets();
        let lines = journal.sound_lines(octets);
        let (Some(first), Some(last)) = (lines.first(), lines.last()) else {
            return Err(JournalError::Start(String::new()));
        };
        if last.is("run.sealed") {
            return Err(JournalError::Sealed);
        }
        let mut tree = GrowingTree::default();
        lines.iter().filter(|line| line.is("step.ended")).for_each(|step| tree.append(step_leaf(&step.data)));
        let (seq, head) = (lines.len() as u64, last.digest.clone());
        let mut writer = JournalWriter { seq, head, tree, start: start_of(&first.data), is_sealed: false };
        let line = writer.resume_after(journal.octets - octets, at)?;
        Ok((writer, line))
    }
}
