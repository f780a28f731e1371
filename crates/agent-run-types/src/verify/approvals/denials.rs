use std::collections::{HashMap, HashSet};

use super::event::{last, Event};
use crate::semantics::{precedes, Instant, Members};

/// The signed denials of a run, by the steps that they name (AR-APPR-038).
pub(super) struct Denials<'a> {
    by_step: HashMap<&'a str, Denied<'a>>,
}

struct Denied<'a> {
    ids: HashSet<Option<&'a str>>,
    /// When the step was denied last; none if that is not known.
    last: Option<Instant>,
}

impl<'a> Denials<'a> {
    pub fn new<'e>(denied: impl Iterator<Item = &'e Event<'a>>) -> Self
    where
        'a: 'e,
    {
        let mut by_step: HashMap<&str, Denied<'_>> = HashMap::new();
        for event in denied.filter(|event| !event.is_copied) {
            let Some(step) = event.object().text("step_id") else {
                continue;
            };
            match by_step.get_mut(step) {
                Some(known) => {
                    known.ids.insert(event.id());
                    known.last = last([known.last, event.at].into_iter());
                }
                None => {
                    by_step.insert(step, Denied { ids: HashSet::from([event.id()]), last: event.at });
                }
            }
        }
        Denials { by_step }
    }

    /// Whether a step was denied at all.
    pub fn has(&self, step: Option<&str>) -> bool {
        step.is_some_and(|step| self.by_step.contains_key(step))
    }

    /// Whether a step was denied, and not approved later under another approval_id.
    pub fn hold_against(&self, step: Option<&str>, approval: Option<&str>, approved_at: Option<Instant>) -> bool {
        let denied = step.and_then(|step| self.by_step.get(step));
        denied.is_some_and(|denied| denied.ids.contains(&approval) || !precedes(denied.last, approved_at))
    }
}
