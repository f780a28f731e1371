use std::collections::HashMap;

use super::event::Event;
use crate::semantics::{precedes, Instant, Members};
use crate::trust::KeyState;
use crate::verify::context::Context;

/// A role that an approval asks for. Decisions before `since` do not need it; without it all do.
pub(super) struct RequiredRole<'a> {
    role: &'a str,
    since: Option<Instant>,
}

/// The roles that requests ask for, and those that others ask for once the question was handed on; the earliest first.
pub(super) fn required_roles<'a>(requested: &[&Event<'a>], escalated: &[&Event<'a>]) -> Vec<RequiredRole<'a>> {
    let mut roles: HashMap<&str, Option<Instant>> = HashMap::new();
    let asked = requested.iter().map(|event| (event, None)).chain(escalated.iter().map(|event| (event, event.at)));
    for (event, since) in asked {
        if let Some(role) = event.object().text("required_role") {
            // No time is before all times.
            roles.entry(role).and_modify(|known| *known = since.min(*known)).or_insert(since);
        }
    }
    let mut roles: Vec<_> = roles.into_iter().map(|(role, since)| RequiredRole { role, since }).collect();
    roles.sort_by_key(|required| required.since);
    roles
}

/// Whether a person is known to have signed an `approved` event (AR-APPR-035). The signatures were looked at before.
pub(super) fn is_persons(context: &Context<'_>, roles: &[RequiredRole<'_>], event: &Event<'_>) -> bool {
    let (keys, key, signer) = (context.keys, event.object().text("signed_by"), context.signer());
    let Some(entry) = keys.entry(key).filter(|entry| event.is_signed && entry.has_role(&["approver"])) else {
        return false;
    };
    let is_agents = event.object().child("actor").is_some_and(|actor| actor.is("kind", &["agent"]));
    if is_agents || key == signer || keys.identity(signer) == Some(entry.identity.as_str()) {
        return false;
    }
    // The request says which role is needed; a decision can't ask for less.
    let mut needed = roles.iter().take_while(|required| !precedes(event.at, required.since));
    let may_decide = entry.may_approve(event.object().text("required_role"))
        && (entry.approves.is_none() || needed.all(|required| entry.may_approve(Some(required.role))));
    may_decide && keys.bar(key, context.run).is_none() && keys.state(key, context.vouched.as_ref()) == KeyState::Trusted
}
