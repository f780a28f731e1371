use std::collections::HashMap;

use super::denials::Denials;
use super::event::{last, Event};
use super::person::{required_roles, RequiredRole};
use super::revocations::Revocations;
use crate::json::Object;
use crate::seal::request_hash;
use crate::semantics::{basis_of, is_decision, Instant, Members, Place};
use crate::verify::context::Context;

/// A step that rests on an approval, or says so.
pub(super) struct ApprovedStep<'a> {
    pub place: Place<'a>,
    pub id: Option<&'a str>,
    pub approval_id: Option<&'a str>,
    /// By a standing grant, not for this step alone.
    pub is_auto: bool,
    pub started_at: Option<Instant>,
    pub may_have_run: bool,
}

/// What the events under one approval_id say together, so that no step has to look at all of them. Events are places in
/// `Approvals::events`.
pub(super) struct Approval<'a> {
    pub approved: Vec<usize>,
    /// `approved` and `denied`, in the order of the document.
    pub decided: Vec<usize>,
    /// `cancelled` and `expired`.
    pub closed: Vec<usize>,
    /// When each request ends, by its request_hash; none is never.
    pub request_ends: HashMap<String, Option<Instant>>,
    /// When the last of the requests ends; none is never.
    pub last_request_end: Option<Instant>,
    /// Roles that were asked for.
    pub roles: Vec<RequiredRole<'a>>,
    pub revocations: Revocations<'a>,
}

/// The approvals of a record, indexed in one pass.
pub(super) struct Approvals<'a> {
    pub events: Vec<Event<'a>>,
    pub by_id: HashMap<&'a str, Approval<'a>>,
    /// Steps in the state `approved`, and those `auto_approved` on an approval.
    pub steps: Vec<ApprovedStep<'a>>,
    pub denials: Denials<'a>,
}

impl<'a> Approvals<'a> {
    pub fn gather(context: &Context<'a>) -> Self {
        let run = Place::whole(context.run);
        let numbered = run.parts("approvals").into_iter().enumerate();
        let events: Vec<_> = numbered.map(|(index, place)| Event::new(context, index, place)).collect();
        let mut groups: HashMap<&str, Vec<&Event<'a>>> = HashMap::new();
        for event in &events {
            if let Some(id) = event.id() {
                groups.entry(id).or_default().push(event);
            }
        }
        let by_id = groups.into_iter().map(|(id, group)| (id, Approval::new(context, id, &group))).collect();
        let steps = run.parts("steps").into_iter().filter_map(approved_step).collect();
        let denials = Denials::new(events.iter().filter(|event| event.is_signed && event.is(&["denied"])));
        Approvals { events, by_id, steps, denials }
    }

    /// Events `approved` and `denied` with a signature.
    pub fn signed_decisions(&self) -> impl Iterator<Item = &Event<'a>> {
        self.events.iter().filter(|event| event.is_signed && is_decision(event.object()))
    }

    pub fn approval(&self, id: Option<&str>) -> Option<&Approval<'a>> {
        self.by_id.get(id?)
    }
}

fn approved_step(place: Place<'_>) -> Option<ApprovedStep<'_>> {
    let basis = basis_of(&place)?;
    let approval_id = basis.text("approval_id");
    let is_auto = basis.is("state", &["auto_approved"]) && approval_id.is_some();
    if !is_auto && !basis.is("state", &["approved"]) {
        return None;
    }
    let (id, started_at, may_have_run) = (place.text("id"), place.instant("started_at"), may_have_run(place.object));
    Some(ApprovedStep { place, id, approval_id, is_auto, started_at, may_have_run })
}

/// Whether a step isn't known not to have run.
pub(in crate::verify) fn may_have_run(step: &Object) -> bool {
    !step.is("status", &["denied", "cancelled", "skipped", "pending"])
}

impl<'a> Approval<'a> {
    fn new(context: &Context<'a>, id: &str, group: &[&Event<'a>]) -> Self {
        let of =
            |events: &[&str]| -> Vec<&Event<'a>> { group.iter().copied().filter(|event| event.is(events)).collect() };
        let places = |events: &[&Event<'a>]| events.iter().map(|event| event.index).collect();
        let (requested, approved, decided) = (of(&["requested"]), of(&["approved"]), of(&["approved", "denied"]));
        // Hashing the requests is only worth it where something refers to one.
        let are_named = decided.iter().any(|event| event.object().is_given("request_hash"));
        let hashed = requested.iter().filter(|_| are_named);
        Approval {
            approved: places(&approved),
            decided: places(&decided),
            closed: places(&of(&["cancelled", "expired"])),
            request_ends: hashed.map(|request| (request_hash(request.object()), request.end)).collect(),
            last_request_end: last(requested.iter().map(|request| request.end)),
            roles: required_roles(&requested, &of(&["escalated"])),
            revocations: Revocations::new(context, id, &approved, &of(&["revoked"])),
        }
    }
}
