//! Rules that look at all steps, or at all events that name one.
use std::collections::{HashMap, HashSet};

use super::gather::{may_have_run, Approvals};
use super::judge::Judgement;
use crate::schema::Fault;
use crate::semantics::{basis_of, Members, Place};
use crate::verify::context::Context;

/// The second step or event of an approval that approves two steps (AR-APPR-028).
pub(super) fn replayed(approvals: &Approvals<'_>) -> Option<Fault> {
    let mut used = HashSet::new();
    for step in approvals.steps.iter().filter(|step| !step.is_auto) {
        if step.approval_id.is_some_and(|id| !used.insert(id)) {
            return Some(Fault::new("approvals.replayed", step.place.path.as_str()));
        }
    }
    let mut named = HashMap::new();
    for event in approvals.events.iter().filter(|event| event.is(&["approved"]) && !event.is_copied) {
        if let (Some(id), Some(step)) = (event.id(), event.object().text("step_id")) {
            if *named.entry(id).or_insert(step) != step {
                return Some(Fault::new("approvals.replayed", event.place.path.as_str()));
            }
        }
    }
    None
}

/// The first step that ran although a signed decision denies it, and no later one allows it (AR-APPR-038).
pub(super) fn denied_ran(context: &Context<'_>, approvals: &Approvals<'_>, judged: &[Judgement]) -> Option<Fault> {
    let path_of = |judgement: &Judgement| approvals.steps[judgement.step].place.path.as_str();
    let judged: HashMap<_, _> = judged.iter().map(|each| (path_of(each), each)).collect();
    let is_denied = |step: &Place<'_>| {
        let is_marked = basis_of(step).is_some_and(|basis| basis.is("state", &["denied"]));
        let judgement = judged.get(step.path.as_str()).filter(|each| each.is_founded);
        // What rests on a decision was judged with it.
        let is_cleared = judgement.is_some_and(|each| !each.is("approvals.denied_ran"));
        approvals.denials.has(step.text("id")) && may_have_run(step.object) && !is_marked && !is_cleared
    };
    let step = Place::whole(context.run).parts("steps").into_iter().find(is_denied)?;
    Some(Fault::new("approvals.denied_ran", step.at("approval")))
}
