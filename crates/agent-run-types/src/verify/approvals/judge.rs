use std::collections::{HashMap, HashSet};

use super::event::Event;
use super::gather::{Approval, Approvals, ApprovedStep};
use super::grants::{other_tool, Grants};
use super::person::is_persons;
use crate::schema::Fault;
use crate::semantics::{precedes, Instant, Members};
use crate::verify::context::Context;
use crate::verify::journal::Order;

/// What is to be said of a step and the decision it rests on.
pub(super) struct Judgement {
    /// Its place in `Approvals::steps`.
    pub step: usize,
    /// Whether there is an event that could carry it.
    pub is_founded: bool,
    pub is_persons: bool,
    pub fault: Option<Fault>,
    /// Whether only the time is missing at which the step began.
    pub is_time_unknown: bool,
}

impl Judgement {
    pub fn is(&self, code: &str) -> bool {
        self.fault.as_ref().is_some_and(|fault| fault.code == code)
    }
}

/// How a step is carried by the events that count.
enum Carried {
    Yes,
    /// By one of which it can't be judged when the step began.
    PerhapsInTime,
    No(Option<Fault>),
}

/// Judges every step by the decision it rests on; each decision by itself (What a step rests on).
pub(super) fn judge_steps<'a>(context: &Context<'a>, approvals: &Approvals<'a>, order: &Order) -> Vec<Judgement> {
    let mut used = HashSet::new();
    let mut grants = HashMap::new();
    let judge = |(number, step): (usize, &ApprovedStep<'a>)| {
        let of = |is_founded, is_persons, carried| {
            let is_time_unknown = matches!(carried, Carried::PerhapsInTime);
            let fault = if let Carried::No(fault) = carried { fault } else { None };
            Judgement { step: number, is_founded, is_persons, fault, is_time_unknown }
        };
        let Some(approval) = approvals.approval(step.approval_id) else {
            return of(false, false, Carried::Yes);
        };
        if step.is_auto {
            let (is_persons, index) = grants.entry(step.approval_id).or_insert_with(|| {
                let gives = |place: &usize| approvals.events[*place].object().is_given("grant");
                let given: Vec<_> = approval.approved.iter().copied().filter(gives).collect();
                let (counting, are_persons) = weigh(context, approvals, approval, given);
                (are_persons, Grants::new(context, approvals, approval, &counting))
            });
            return of(true, *is_persons, judge_granted(context, approvals, index.as_ref(), step));
        }
        // A second step on one approval fails as such, whatever else is wrong with it.
        if !used.insert(step.approval_id) {
            return of(true, false, Carried::Yes);
        }
        let own: Vec<_> =
            approval.approved.iter().copied().filter(|place| !approvals.events[*place].is_copied).collect();
        if own.is_empty() {
            let is_others = !approval.approved.is_empty();
            return of(is_others, false, Carried::No(is_others.then(|| other_step(step))));
        }
        let (counting, are_persons) = weigh(context, approvals, approval, own);
        of(true, are_persons, judge_approved(context, approvals, approval, &counting, step, order))
    };
    approvals.steps.iter().enumerate().map(judge).collect()
}

/// The events that a person signed; without any, those that are signed; without any, all. No other one helps or hides.
fn weigh<'a>(
    context: &Context<'a>,
    approvals: &Approvals<'a>,
    approval: &Approval<'a>,
    events: Vec<usize>,
) -> (Vec<usize>, bool) {
    let of_persons = |place: &usize| is_persons(context, &approval.roles, &approvals.events[*place]);
    let persons: Vec<_> = events.iter().copied().filter(of_persons).collect();
    if !persons.is_empty() {
        return (persons, true);
    }
    let signed: Vec<_> = events.iter().copied().filter(|place| approvals.events[*place].is_signed).collect();
    (if signed.is_empty() { events } else { signed }, false)
}

/// A step that ran at an unknown time; one that did not run needs none.
fn needs_time(step: &ApprovedStep<'_>) -> bool {
    step.started_at.is_none() && step.may_have_run
}

fn judge_approved<'a>(
    context: &Context<'a>,
    approvals: &Approvals<'a>,
    approval: &Approval<'a>,
    counting: &[usize],
    step: &ApprovedStep<'a>,
    order: &Order,
) -> Carried {
    let (mut first, mut is_time_unknown) = (None, false);
    for place in counting {
        let event = &approvals.events[*place];
        let revoked_at = approval.revocations.of(context, event);
        let in_time = order.is_in_time(event.index, step.id.unwrap_or_default());
        let asks_time = in_time.is_none() || event.end.is_some() || revoked_at.is_some();
        match decision_fault(approvals, step, event, revoked_at, in_time) {
            Some(fault) => first = first.or(Some(fault)),
            None if needs_time(step) && asks_time => is_time_unknown = true,
            None => return Carried::Yes,
        }
    }
    if is_time_unknown {
        Carried::PerhapsInTime
    } else {
        Carried::No(first)
    }
}

/// What is wrong with a decision that a step rests on, by the order of the rules.
fn decision_fault(
    approvals: &Approvals<'_>,
    step: &ApprovedStep<'_>,
    event: &Event<'_>,
    revoked_at: Option<Instant>,
    in_time: Option<bool>,
) -> Option<Fault> {
    let (start, path) = (step.started_at, &step.place.path);
    let named = event.object().text("step_id");
    let is_early = in_time.map_or_else(|| precedes(start, event.at), |in_time| !in_time);
    if precedes(event.end, start) {
        Some(Fault::new("approvals.after_expiry", format!("{path}/started_at")))
    } else if named.is_some() && named != step.id {
        Some(other_step(step))
    } else if step.may_have_run && approvals.denials.hold_against(step.id, step.approval_id, event.at) {
        Some(denied_ran(step))
    } else if precedes(revoked_at, start) {
        Some(Fault::new("approvals.revoked", format!("{path}/approval")))
    } else {
        is_early.then(|| Fault::new("approvals.order", format!("{path}/started_at")))
    }
}

fn judge_granted<'a>(
    context: &Context<'a>,
    approvals: &Approvals<'a>,
    grants: Option<&Grants<'_, 'a>>,
    step: &ApprovedStep<'a>,
) -> Carried {
    let Some(grants) = grants else {
        return Carried::No(Some(other_tool(step)));
    };
    // A denial is no matter of the single grant.
    let last_given = grants.last_given(step);
    if step.may_have_run && approvals.denials.hold_against(step.id, step.approval_id, last_given) {
        return Carried::No(Some(denied_ran(step)));
    }
    if !grants.hold(step) {
        return Carried::No(Some(grants.fault(context, step)));
    }
    if needs_time(step) {
        Carried::PerhapsInTime
    } else {
        Carried::Yes
    }
}

fn other_step(step: &ApprovedStep<'_>) -> Fault {
    Fault::new("approvals.other_step", format!("{}/approval/approval_id", step.place.path))
}

fn denied_ran(step: &ApprovedStep<'_>) -> Fault {
    Fault::new("approvals.denied_ran", format!("{}/approval", step.place.path))
}
