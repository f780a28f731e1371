//! The check approvals: were the decisions made for these calls, by people who may make them?
//! (spec/approval-and-policy.md, Decisions that a third party can check)
mod denials;
mod event;
mod events;
mod gather;
mod grants;
mod judge;
mod person;
mod revocations;
mod steps;

pub(super) use gather::may_have_run;

use super::context::Context;
use super::journal::Order;
use super::outcome::Outcome;
use crate::schema::Fault;
use gather::Approvals;
use judge::Judgement;

/// Takes time in proportion to the record, but for sorting grants.
pub(super) fn check_approvals(context: &Context<'_>, order: &Order) -> Outcome {
    let approvals = Approvals::gather(context);
    if let Some(fault) = events::first_fault(context, &approvals) {
        return Outcome::fail(fault);
    }
    let judgements = judge::judge_steps(context, &approvals, order);
    if let Some(fault) = later_fault(context, &approvals, &judgements) {
        return Outcome::fail(fault);
    }
    let signed = approvals.events.iter().find(|event| event.is_signed);
    if approvals.steps.is_empty() && signed.is_none() {
        return Outcome::absent();
    }
    let path_of = |judgement: &Judgement, place: &str| format!("{}{place}", approvals.steps[judgement.step].place.path);
    if let Some(claimed) = judgements.iter().find(|each| !each.is_persons) {
        return Outcome::unknown("approvals.claimed", path_of(claimed, "/approval"));
    }
    if let Some(timeless) = judgements.iter().find(|each| each.is_time_unknown) {
        return Outcome::unknown("approvals.time_unknown", path_of(timeless, "/started_at"));
    }
    let decisions = approvals.signed_decisions().count();
    match signed.filter(|_| decisions == 0) {
        Some(event) => Outcome::unknown("approvals.claimed", event.place.path.as_str()),
        None => Outcome::compared(decisions, format!("{decisions} signed decisions hold")),
    }
}

/// The first failure of the rows of the table that come after those about events.
fn later_fault(context: &Context<'_>, approvals: &Approvals<'_>, judgements: &[Judgement]) -> Option<Fault> {
    let of =
        |code: &str| judgements.iter().filter_map(|each| each.fault.as_ref()).find(|fault| fault.code == code).cloned();
    of("approvals.after_expiry")
        .or_else(|| steps::replayed(approvals))
        .or_else(|| of("approvals.other_step"))
        .or_else(|| steps::denied_ran(context, approvals, judgements))
        .or_else(|| events::other_action(context, approvals))
        .or_else(|| of("approvals.revoked"))
        .or_else(|| of("approvals.order"))
        .or_else(|| of("approvals.grant_tool"))
        .or_else(|| of("approvals.grant_session"))
        .or_else(|| of("approvals.grant_expired"))
}
