//! The check journal, and the order that the lines of a bound journal prove (spec/journal.md).
use std::collections::HashMap;

use super::context::Context;
use super::outcome::Outcome;
use crate::journal::{Journal, JournalFault};
use crate::schema::Fault;
use crate::semantics::Members;

/// What a journal that holds says beyond that.
#[derive(Default)]
pub(super) struct JournalWord {
    /// The `seq` that its last head speaks for.
    pub checkpoint: Option<u64>,
    pub order: Order,
}

/// Is the record what was written down while the run went on?
pub(super) fn check_journal(context: &Context<'_>, journal: Option<&[u8]>) -> (Outcome, JournalWord) {
    const HEAD: &str = "/provenance/journal_head";
    let without = |outcome: Outcome| (outcome, JournalWord::default());
    let is_named = context.provenance.is_given("journal_head");
    let Some(bytes) = journal else {
        return without(if is_named { Outcome::unknown("journal.not_given", HEAD) } else { Outcome::absent() });
    };
    let journal = Journal::read(bytes);
    let checked = journal.check(Some(context.run));
    if let Some(JournalFault { code, path }) = checked.fault {
        return without(Outcome::fail(Fault { code, path }));
    }
    let key = journal.heads().next().and_then(|(_, head)| (&head.data).text("signed_by"));
    let is_bound = is_named || key.is_some() && key == context.signer();
    if context.is_sealed && !is_bound {
        return without(Outcome::unknown("journal.unbound", HEAD));
    }
    let order = Order::new(context, &journal);
    let outcome = Outcome::compared(journal.lines().len(), format!("{} chained lines", journal.lines().len()));
    (outcome, JournalWord { checkpoint: checked.checkpoint, order })
}

/// The order in which decisions and steps stand in the lines of a journal that is bound to the record, as far as these prove
/// one (AR-APPR-032).
#[derive(Default)]
pub(super) struct Order {
    /// The line of each approval; the fold appends approvals in the order of their lines.
    decided: Vec<usize>,
    started: HashMap<String, usize>,
    ended: HashMap<String, usize>,
}

impl Order {
    fn new(context: &Context<'_>, journal: &Journal) -> Order {
        let mut order = Order::default();
        let proven = proven_lines(context, journal);
        for (place, line) in journal.lines()[..proven].iter().enumerate() {
            let id = (&line.data).text("id").unwrap_or_default();
            match line.kind.as_str() {
                "approval" => order.decided.push(place),
                "step.started" => {
                    order.started.entry(id.to_owned()).or_insert(place);
                }
                "step.ended" => {
                    order.ended.entry(id.to_owned()).or_insert(place);
                }
                _ => {}
            }
        }
        order
    }

    /// Whether the decision at a place of `approvals` was in time for a step; none if the lines leave that open.
    pub fn is_in_time(&self, decision: usize, step: &str) -> Option<bool> {
        let decided = *self.decided.get(decision)?;
        if self.ended.get(step).is_some_and(|ended| *ended < decided) {
            return Some(false);
        }
        self.started.get(step).filter(|started| decided < **started).map(|_| true)
    }
}

/// How many chained lines speak: all with a journal_head, without one those before the last head that counts.
fn proven_lines(context: &Context<'_>, journal: &Journal) -> usize {
    if context.is_sealed && context.provenance.is_given("journal_head") {
        return journal.lines().len();
    }
    let Some((place, head)) = journal.heads().next_back() else {
        return 0;
    };
    let key = (&head.data).text("signed_by");
    if context.is_sealed || context.keys.counts_now(key, context.run, &["runtime", "recorder"]) {
        place
    } else {
        0
    }
}
