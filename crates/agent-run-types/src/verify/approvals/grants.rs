use std::collections::HashMap;

use super::event::Event;
use super::gather::{Approval, Approvals, ApprovedStep};
use crate::json::Object;
use crate::schema::Fault;
use crate::semantics::{precedes, Instant, Members};
use crate::verify::context::Context;

/// The grants of one approval that count, by what they allow, so that no step has to look through all of them.
pub(super) struct Grants<'g, 'a> {
    first: Grant<'g, 'a>,
    by_use: HashMap<Use<'a>, Spans>,
}

/// A standing permission, the event that gave it, and since when it doesn't hold any more.
struct Grant<'g, 'a> {
    event: &'g Event<'a>,
    grant: &'a Object,
    revoked_at: Option<Instant>,
    /// Until when it may be used, revoked or not; none is for ever.
    end: Option<Instant>,
}

/// Tool, server and definition.
type Use<'a> = [Option<&'a str>; 3];

fn use_of(object: &Object) -> Use<'_> {
    ["tool_name", "mcp_server", "tool_hash"].map(|name| object.text(name))
}

impl<'g, 'a> Grants<'g, 'a> {
    /// None where no event gives a grant.
    pub fn new(
        context: &Context<'a>,
        approvals: &'g Approvals<'a>,
        approval: &Approval<'a>,
        counting: &[usize],
    ) -> Option<Self> {
        let grant_of = |place: &usize| {
            let event = &approvals.events[*place];
            let grant = event.object().child("grant")?;
            let end = grant.instant("expires_at").into_iter().chain(event.end).min();
            Some(Grant { event, grant, revoked_at: approval.revocations.of(context, event), end })
        };
        let all: Vec<_> = counting.iter().filter_map(grant_of).collect();
        let mut groups: HashMap<Use<'a>, Vec<&Grant<'_, 'a>>> = HashMap::new();
        for grant in all.iter().filter(|grant| is_for_session(grant.grant, context.run)) {
            groups.entry(use_of(grant.grant)).or_default().push(grant);
        }
        let by_use = groups.into_iter().map(|(use_, group)| (use_, Spans::new(&group))).collect();
        Some(Grants { by_use, first: all.into_iter().next()? })
    }

    /// Those that are for the tool, server and definition of a step, and for the session of the run.
    fn fitting<'s>(&'s self, step: &ApprovedStep<'a>) -> impl Iterator<Item = &'s Spans> {
        let [tool, server, definition] = use_of(step.place.object);
        [[tool, server, definition], [tool, server, None]].into_iter().filter_map(|each| self.by_use.get(&each))
    }

    /// Whether one of those held when the step began.
    pub fn hold(&self, step: &ApprovedStep<'a>) -> bool {
        self.fitting(step).any(|spans| spans.hold(step.started_at))
    }

    /// When the last of those was given.
    pub fn last_given(&self, step: &ApprovedStep<'a>) -> Option<Instant> {
        self.fitting(step).filter_map(|spans| spans.last_given).max()
    }

    /// Why the first grant doesn't carry a step, where none does.
    pub fn fault(&self, context: &Context<'_>, step: &ApprovedStep<'_>) -> Fault {
        let Grant { event, grant, revoked_at, .. } = &self.first;
        let (start, path) = (step.started_at, &step.place.path);
        let [tool, server, definition] = use_of(step.place.object);
        let is_for_call = use_of(grant) == [tool, server, definition.filter(|_| grant.is_given("tool_hash"))];
        if precedes(*revoked_at, start) {
            Fault::new("approvals.revoked", format!("{path}/approval"))
        } else if precedes(start, event.at) {
            Fault::new("approvals.order", format!("{path}/started_at"))
        } else if !is_for_call {
            other_tool(step)
        } else if !is_for_session(grant, context.run) {
            Fault::new("approvals.grant_session", format!("{path}/approval/approval_id"))
        } else {
            Fault::new("approvals.grant_expired", format!("{path}/approval/approval_id"))
        }
    }
}

/// That an approval grants no call of the tool, server and definition of a step (AR-APPR-033).
pub(super) fn other_tool(step: &ApprovedStep<'_>) -> Fault {
    Fault::new("approvals.grant_tool", format!("{}/approval/approval_id", step.place.path))
}

/// Whether a grant is for the session of the run, or for good (AR-APPR-039).
fn is_for_session(grant: &Object, run: &Object) -> bool {
    let session = run.text("session_id");
    !grant.is("scope", &["session"]) || session.is_some() && grant.text("session_id") == session
}

/// When grants for one use hold.
struct Spans {
    /// Since when each holds, in this order; none is since ever.
    starts: Vec<Option<Instant>>,
    /// Until when the grants up to each of them hold; none is for ever. One look at the last one given in time is enough.
    ends: Vec<Option<Instant>>,
    last_given: Option<Instant>,
}

impl Spans {
    fn new(grants: &[&Grant<'_, '_>]) -> Spans {
        let span = |grant: &&Grant<'_, '_>| (grant.event.at, grant.revoked_at.into_iter().chain(grant.end).min());
        let mut spans: Vec<_> = grants.iter().map(span).collect();
        spans.sort_unstable();
        let (starts, mut ends): (Vec<_>, Vec<_>) = spans.into_iter().unzip();
        for index in 1..ends.len() {
            ends[index] = ends[index - 1].zip(ends[index]).map(|(before, end)| before.max(end));
        }
        Spans { last_given: starts.last().copied().flatten(), starts, ends }
    }

    /// Whether one of them holds at a time; always, if the step has not begun.
    fn hold(&self, at: Option<Instant>) -> bool {
        if at.is_none() {
            return true;
        }
        let given = self.starts.partition_point(|start| !precedes(at, *start));
        given > 0 && !precedes(self.ends[given - 1], at)
    }
}
