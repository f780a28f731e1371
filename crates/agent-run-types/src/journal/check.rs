use std::collections::HashSet;

use super::difference::difference_of_objects;
use super::line::JournalFault;
use super::read::Journal;
use super::rules::of_start;
use super::shape::SEAL_MEMBERS;
use crate::hash::{public_form, ErasableKind};
use crate::json::Object;
use crate::schema::Fault;
use crate::seal::OPEN_STATUSES;
use crate::semantics::Members;

/// How a journal comes out.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct JournalCheck {
    /// What is wrong with it.
    pub fault: Option<JournalFault>,
    /// Whether bytes follow the last line feed: what a crash left, and no fault.
    pub torn: bool,
    /// The lines up to this `seq` are as they were when the last head was signed.
    pub checkpoint: Option<u64>,
}

/// Checks a journal by itself: its lines, and that they give what run.sealed says.
///
/// ```
/// let checked = agent_run_types::journal::check(b"{}\n");
/// assert_eq!(checked.fault.unwrap().code, "journal.line");
/// ```
pub fn check(bytes: &[u8]) -> JournalCheck {
    Journal::read(bytes).check(None)
}

impl Journal {
    /// Checks the journal by itself, or beside a record that the schemas accept.
    pub fn check(&self, record: Option<&Object>) -> JournalCheck {
        let fault =
            self.line_fault().or_else(|| self.fold_fault(record)).or_else(|| self.end_fault(record)).map(Into::into);
        let last = self.heads().next_back().filter(|_| fault.is_none());
        let checkpoint = last.and_then(|(_, head)| head.data.get("seq")?.as_u64());
        JournalCheck { fault, torn: self.is_torn(), checkpoint }
    }

    /// Compares the fold with run.sealed and with the record (AR-JRNL-011).
    fn fold_fault(&self, record: Option<&Object>) -> Option<Fault> {
        let mut seen = HashSet::new();
        if let Some(index) = self.of("step.ended").position(|step| !seen.insert(step.text("id"))) {
            return Some(Fault::new("journal.fold", format!("/steps/{index}")));
        }
        let is_live = record.is_some_and(|run| run.is("status", &OPEN_STATUSES));
        let fold = public_form(ErasableKind::Run, &self.folded(is_live));
        let differs = |fold: &Object, other: &Object| {
            difference_of_objects(fold, other, Some(ErasableKind::Run)).map(|place| Fault::new("journal.fold", place))
        };
        let sealed = self.sealed();
        let fault = sealed.and_then(|sealed| differs(&fold.without(&["steps"]), sealed));
        if fault.is_some() {
            return fault;
        }
        let run = record?;
        let mut compared = public_form(ErasableKind::Run, run).without(&["eval"]);
        if sealed.is_none() {
            let provenance = run.child("provenance").cloned().unwrap_or_default();
            compared.insert("provenance", self.without_seal(&provenance));
        }
        differs(&fold, &compared)
    }

    /// A provenance without the members of a seal.
    fn without_seal(&self, provenance: &Object) -> Object {
        let bare = provenance.without(&SEAL_MEMBERS);
        let named = of_start(self, "signed_by");
        if named.is_none() || named == (&bare).given("signed_by") {
            return bare.without(&["signed_by"]);
        }
        bare
    }

    /// Compares journal_head with the end of the journal (AR-JRNL-012).
    fn end_fault(&self, record: Option<&Object>) -> Option<Fault> {
        let sealed = self.sealed();
        let stated = record.or(sealed)?.within("provenance", "journal_head")?;
        let end = self.chained.iter().rev().nth(usize::from(sealed.is_some()));
        let is_right = end.is_some_and(|end| stated.as_str() == Some(&end.digest));
        (!is_right).then(|| Fault::new("journal.head", "/provenance/journal_head"))
    }
}
