//! What the lines of a journal have to be, rule by rule in the order of the check `journal`, and within a rule line by line.
use std::collections::HashMap;

use super::growing::GrowingTree;
use super::line::Line;
use super::read::Journal;
use super::shape::start_fault;
use crate::hash::{hash, step_leaf};
use crate::json::{Object, Value};
use crate::schema::Fault;
use crate::seal::{verify_object, SignedKind};
use crate::semantics::Members;

/// What stands before the first line (AR-JRNL-003).
pub(crate) const ORIGIN: &str = "sha256:0000000000000000000000000000000000000000000000000000000000000000";

const RULES: [fn(&Journal) -> Option<Fault>; 9] = [
    seq_fault,
    chain_fault,
    begin_fault,
    head_key_fault,
    head_signature_fault,
    head_fault,
    private_fault,
    after_seal_fault,
    discarded_fault,
];

impl Journal {
    pub(crate) fn line_fault(&self) -> Option<Fault> {
        self.unread_fault().or_else(|| RULES.iter().find_map(|rule| rule(self)))
    }

    /// The first fault by each of the rules.
    pub(super) fn line_faults(&self) -> impl Iterator<Item = Fault> + '_ {
        self.unread_fault().into_iter().chain(RULES.iter().filter_map(|rule| rule(self)))
    }

    fn unread_fault(&self) -> Option<Fault> {
        self.unread.map(|unread| Fault::new("journal.line", format!("/{}", unread.number)))
    }
}

fn seq_fault(journal: &Journal) -> Option<Fault> {
    let is_wrong = |(index, line): &(usize, &Line)| line.seq != Some(*index as f64);
    let (_, line) = journal.chained.iter().enumerate().find(is_wrong)?;
    Some(Fault::new("journal.seq", line.at("/seq")))
}

fn chain_fault(journal: &Journal) -> Option<Fault> {
    let before = std::iter::once(ORIGIN).chain(journal.chained.iter().map(|line| line.digest.as_str()));
    let (line, _) = journal.chained.iter().zip(before).find(|(line, before)| line.prev != *before)?;
    Some(Fault::new("journal.chain", line.at("/prev")))
}

fn begin_fault(journal: &Journal) -> Option<Fault> {
    let Some((start, others)) = journal.chained.split_first() else {
        return Some(Fault::new("journal.start", ""));
    };
    if !start.is("run.started") {
        return Some(Fault::new("journal.start", start.at("/type")));
    }
    if let Some(place) = start_fault(&start.data) {
        return Some(Fault::new("journal.start", start.at(&format!("/data{place}"))));
    }
    let second = others.iter().find(|line| line.is("run.started"))?;
    Some(Fault::new("journal.start", second.at("/type")))
}

/// A member of the provenance of run.started, with which a sound journal begins.
pub(super) fn of_start<'j>(journal: &'j Journal, name: &str) -> Option<&'j Value> {
    journal.chained.first()?.data.within("provenance", name)
}

fn head_key_fault(journal: &Journal) -> Option<Fault> {
    let key = of_start(journal, "signed_by");
    let (_, head) = journal.heads().find(|(_, head)| head.data.given("signed_by") != key)?;
    Some(Fault::new("journal.head_key", head.at("/data/signed_by")))
}

fn head_signature_fault(journal: &Journal) -> Option<Fault> {
    let (_, head) = journal.heads().find(|(_, head)| !verify_object(SignedKind::Head, &head.data))?;
    Some(Fault::new("journal.head_signature", head.at("/data/signature")))
}

fn head_fault(journal: &Journal) -> Option<Fault> {
    let run_id = journal.chained.first()?.data.given("id");
    let mut tree = GrowingTree::default();
    let mut before: Option<&Line> = None;
    for line in &journal.chained {
        if line.is("step.ended") {
            tree.append(step_leaf(&line.data));
        }
        if let Some(before) = before.filter(|_| line.is("head")) {
            let right: [(&str, Option<Value>); 6] = [
                ("run_id", run_id.cloned()),
                ("nonce", of_start(journal, "nonce").cloned()),
                ("seq", before.seq.map(Value::Number)),
                ("head", Some(before.digest.as_str().into())),
                ("steps_count", Some(Value::Number(tree.count() as f64))),
                ("steps_root", Some(tree.root().into())),
            ];
            if let Some((name, _)) = right.iter().find(|(name, value)| line.data.get(name) != value.as_ref()) {
                return Some(Fault::new("journal.head_mismatch", line.at(&format!("/data/{name}"))));
            }
        }
        before = Some(line);
    }
    None
}

fn private_fault(journal: &Journal) -> Option<Fault> {
    let known = known_private_hashes(&journal.chained);
    let is_foreign = |hashed: &Object, stated: &str| hash("private", &Value::Object(hashed.clone())) != stated;
    let line = journal
        .private
        .iter()
        .find(|line| !known.contains_key(line.hash.as_str()) || is_foreign(&line.members, &line.hash))?;
    Some(Fault::new("journal.private", format!("/{}", line.number)))
}

/// Every `private_hash` that stands anywhere in some lines, with where the first of them begins.
pub(super) fn known_private_hashes(lines: &[Line]) -> HashMap<&str, usize> {
    let mut known = HashMap::new();
    for line in lines {
        collect_private_hashes(&line.data, &mut |hash| {
            known.entry(hash).or_insert(line.octet);
        });
    }
    known
}

fn collect_private_hashes<'j>(object: &'j Object, add: &mut impl FnMut(&'j str)) {
    object.text("private_hash").into_iter().for_each(&mut *add);
    for (_, value) in object.iter() {
        collect_in_value(value, add);
    }
}

fn collect_in_value<'j>(value: &'j Value, add: &mut impl FnMut(&'j str)) {
    match value {
        Value::Object(object) => collect_private_hashes(object, add),
        Value::Array(items) => items.iter().for_each(|item| collect_in_value(item, add)),
        _ => {}
    }
}

fn after_seal_fault(journal: &Journal) -> Option<Fault> {
    let sealed = journal.chained.iter().position(|line| line.is("run.sealed"))?;
    let line = journal.chained.get(sealed + 1)?;
    Some(Fault::new("journal.after_seal", line.at("")))
}

fn discarded_fault(journal: &Journal) -> Option<Fault> {
    journal.chained.windows(2).filter(|pair| pair[1].is("run.resumed")).find_map(|pair| {
        let (before, line) = (&pair[0], &pair[1]);
        let octets = line.data.child("discarded").and_then(|discarded| discarded.get("octets"));
        let place = if line.data.number("seq") != before.seq {
            "/data/seq"
        } else if line.data.text("head") != Some(&before.digest) {
            "/data/head"
        } else if octets.and_then(Value::as_u64).is_none() {
            "/data/discarded"
        } else {
            return None;
        };
        Some(Fault::new("journal.discarded", line.at(place)))
    })
}
