use crate::json::Object;
use crate::semantics::{Instant, Members, Place};
use crate::verify::context::Context;

/// An event in `approvals`.
pub(super) struct Event<'a> {
    pub place: Place<'a>,
    /// Where it stands in `approvals`.
    pub index: usize,
    pub is_signed: bool,
    /// A grant of another run, copied here as it was signed: its step, its request and its nonce are that run's.
    pub is_copied: bool,
    pub at: Option<Instant>,
    /// Until when a decision may be used; none is for ever.
    pub end: Option<Instant>,
}

impl<'a> Event<'a> {
    /// The event at an index of `approvals`.
    pub fn new(context: &Context<'a>, index: usize, place: Place<'a>) -> Self {
        let object = place.object;
        let is_others = object.is_given("run_id") && object.text("run_id") != context.run.text("id");
        Event {
            place,
            index,
            is_signed: object.is_given("signature"),
            is_copied: object.is_given("grant") && is_others,
            at: object.instant("at"),
            end: object.instant("expires_at"),
        }
    }

    pub fn object(&self) -> &'a Object {
        self.place.object
    }

    pub fn id(&self) -> Option<&'a str> {
        self.object().text("approval_id")
    }

    pub fn is(&self, events: &[&str]) -> bool {
        self.object().is("event", events)
    }
}

/// The latest of some times; one that is not known, or never comes, is later than all others.
pub(super) fn last(times: impl Iterator<Item = Option<Instant>>) -> Option<Instant> {
    let times: Option<Vec<Instant>> = times.collect();
    times?.into_iter().max()
}
