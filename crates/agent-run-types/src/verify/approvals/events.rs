//! Rules about the events themselves, in the order in which they are looked at (AR-APPR-020 to AR-APPR-030).
use std::collections::HashMap;

use super::event::Event;
use super::gather::{Approval, Approvals};
use crate::json::Object;
use crate::schema::Fault;
use crate::seal::{action_hash, verify_object, SignedKind};
use crate::semantics::{is_decision, precedes, Instant, Members};
use crate::verify::context::Context;

/// What a signed decision has, in the order in which it is missed (AR-APPR-021).
const MEMBERS: [&str; 8] =
    ["approval_id", "run_id", "step_id", "action_hash", "request_hash", "actor", "at", "signed_by"];

pub(super) fn first_fault(context: &Context<'_>, approvals: &Approvals<'_>) -> Option<Fault> {
    no_nonce(context, approvals)
        .or_else(|| incomplete(approvals))
        .or_else(|| {
            let is_stripped = |event: &Event<'_>| event.object().is_given("signed_by") && !event.is_signed;
            find(approvals, "approvals.stripped", "/signature", is_stripped)
        })
        .or_else(|| {
            let is_wrong = |event: &Event<'_>| event.is_signed && !verify_object(SignedKind::Approval, event.object());
            find(approvals, "approvals.signature", "/signature", is_wrong)
        })
        .or_else(|| {
            let is_other = |event: &Event<'_>| {
                let run = event.object().text("run_id");
                event.is_signed && !event.is_copied && run.is_some() && run != context.run.text("id")
            };
            find(approvals, "approvals.other_run", "/run_id", is_other)
        })
        .or_else(|| {
            let is_wrong = |event: &Event<'_>| {
                let is_signed_decision = event.is_signed && is_decision(event.object());
                is_signed_decision && !event.is_copied && answered(approvals, event).is_none()
            };
            find(approvals, "approvals.request", "/request_hash", is_wrong)
        })
        .or_else(|| contradiction(approvals))
        .or_else(|| find(approvals, "approvals.after_expiry", "/at", |event| is_late(approvals, event)))
}

/// The first event of some sort, as a fault at a place in it.
fn find(
    approvals: &Approvals<'_>,
    code: &'static str,
    place: &str,
    is_wrong: impl Fn(&Event<'_>) -> bool,
) -> Option<Fault> {
    let event = approvals.events.iter().find(|event| is_wrong(event))?;
    Some(Fault::new(code, format!("{}{place}", event.place.path)))
}

fn no_nonce(context: &Context<'_>, approvals: &Approvals<'_>) -> Option<Fault> {
    let is_replayable = !context.provenance.is_given("nonce") && approvals.signed_decisions().next().is_some();
    is_replayable.then(|| Fault::new("approvals.no_nonce", "/provenance/nonce"))
}

fn incomplete(approvals: &Approvals<'_>) -> Option<Fault> {
    approvals.signed_decisions().find_map(|event| {
        let missing = MEMBERS.into_iter().find(|name| !event.object().is_given(name))?;
        Some(Fault::new("approvals.incomplete", event.place.at(missing)))
    })
}

/// When the request ends that a decision names by its hash, if there is one.
fn answered(approvals: &Approvals<'_>, event: &Event<'_>) -> Option<Option<Instant>> {
    let approval = approvals.approval(event.id())?;
    approval.request_ends.get(event.object().text("request_hash")?).copied()
}

/// The first event that decides otherwise than the first decision under its id, or approves what was closed before.
fn contradiction(approvals: &Approvals<'_>) -> Option<Fault> {
    let first_of = |approval: &Approval<'_>| {
        let event = |place: &usize| &approvals.events[*place];
        let decision = |place: &usize| event(place).object().text("event");
        let first = decision(approval.decided.first()?);
        let opposed = approval.decided.iter().find(|place| decision(place) != first);
        let closed = Closed::new(approval.closed.iter().map(event));
        let reopened = approval.approved.iter().find(|place| closed.is_before(event(place)));
        opposed.into_iter().chain(reopened).min().copied()
    };
    let place = approvals.by_id.values().filter_map(first_of).min()?;
    Some(Fault::new("approvals.contradiction", approvals.events[place].place.path.as_str()))
}

/// The earliest events that closed a request. Of two events at one time the one that stands later is the later; so it is
/// where a time isn't known.
struct Closed {
    timed: Option<(Instant, usize)>,
    timeless: Option<usize>,
    first: Option<usize>,
}

impl Closed {
    fn new<'e, 'a: 'e>(events: impl Iterator<Item = &'e Event<'a>> + Clone) -> Closed {
        Closed {
            timed: events.clone().filter_map(|event| Some((event.at?, event.index))).min(),
            timeless: events.clone().filter(|event| event.at.is_none()).map(|event| event.index).min(),
            first: events.map(|event| event.index).min(),
        }
    }

    fn is_before(&self, event: &Event<'_>) -> bool {
        let stands_before = |place: Option<usize>| place.is_some_and(|place| place < event.index);
        match event.at {
            Some(at) => self.timed.is_some_and(|closed| closed < (at, event.index)) || stands_before(self.timeless),
            None => stands_before(self.first),
        }
    }
}

/// Whether a decision came after the end of its request, or its own. The request of a copied grant is not here.
fn is_late(approvals: &Approvals<'_>, event: &Event<'_>) -> bool {
    if !is_decision(event.object()) {
        return false;
    }
    let last = || approvals.approval(event.id()).and_then(|approval| approval.last_request_end);
    let request_end = answered(approvals, event).unwrap_or_else(last);
    precedes(event.end, event.at) || !event.is_copied && precedes(request_end, event.at)
}

/// The first signed decision that approved another call than that of the step it names (AR-APPR-030).
pub(super) fn other_action(context: &Context<'_>, approvals: &Approvals<'_>) -> Option<Fault> {
    let mut steps: HashMap<&str, &Object> = HashMap::new();
    for step in context.run.objects("steps") {
        if let Some(id) = step.text("id") {
            steps.entry(id).or_insert(step);
        }
    }
    let approved = approvals.signed_decisions().filter(|event| event.is(&["approved"]) && !event.is_copied);
    let (run, nonce) = (context.run.get("id")?, context.provenance.get("nonce"));
    approved.into_iter().find_map(|event| {
        let step = steps.get(event.object().text("step_id")?)?;
        let is_modified = event.object().has("modified_action_hash");
        let member = if is_modified { "modified_action_hash" } else { "action_hash" };
        let is_right = event.object().text(member) == Some(&action_hash(run, nonce, step));
        (!is_right).then(|| Fault::new("approvals.action", event.place.at(member)))
    })
}
