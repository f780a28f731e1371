use std::collections::{HashMap, HashSet};

use super::event::Event;
use crate::json::Object;
use crate::semantics::{Instant, Members};
use crate::trust::KeyState;
use crate::verify::context::Context;

/// What takes the decisions under one approval_id back (AR-APPR-031): an event `revoked` all of them; a statement those of the
/// key that signed it, or of its identity if that key counts now. A statement names the run as well: another run's approval
/// may have the same id.
pub(super) struct Revocations<'a> {
    by_event: Option<Instant>,
    /// The earliest, by whose they are and the run that they name.
    stated: HashMap<(Giver<'a>, &'a str), Instant>,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Giver<'a> {
    Key(&'a str),
    Identity(&'a str),
}

impl<'a> Revocations<'a> {
    pub fn new(context: &Context<'a>, id: &str, approved: &[&Event<'a>], revoked: &[&Event<'a>]) -> Self {
        let keys = context.keys;
        let givers: HashSet<_> = approved.iter().filter_map(|event| event.object().text("signed_by")).collect();
        let identities: HashSet<_> = givers.iter().filter_map(|key| keys.identity(Some(key))).collect();
        let colleague = |statement: &Object| {
            let signer = statement.text("signed_by");
            let identity = keys.identity(signer).filter(|identity| identities.contains(identity));
            identity.filter(|_| keys.state(signer, None) == KeyState::Trusted)
        };
        let is_givers = |statement: &Object| statement.text("signed_by").is_some_and(|key| givers.contains(key));
        let counts = |statement: &Object| is_givers(statement) || colleague(statement).is_some();
        let mut stated: HashMap<(Giver<'a>, &'a str), Instant> = HashMap::new();
        for statement in context.evidence.about(id, "revocation", counts) {
            let body = statement.child("body");
            let at = body.and_then(|body| body.instant("at")).or(statement.instant("at"));
            let (Some(run), Some(at)) = (body.and_then(|body| body.text("run_id")), at) else {
                continue;
            };
            let own = statement.text("signed_by").map(Giver::Key);
            for giver in own.into_iter().chain(colleague(statement).map(Giver::Identity)) {
                stated.entry((giver, run)).and_modify(|known| *known = at.min(*known)).or_insert(at);
            }
        }
        Revocations { by_event: revoked.iter().filter_map(|event| event.at).min(), stated }
    }

    /// When a decision was taken back first, as far as this is known.
    pub fn of(&self, context: &Context<'a>, decision: &Event<'a>) -> Option<Instant> {
        let key = decision.object().text("signed_by");
        let identity = context.keys.identity(key).map(Giver::Identity);
        let own = context.run.text("id");
        let others = decision.object().text("run_id").filter(|_| decision.is_copied);
        let runs = own.into_iter().chain(others);
        let stated = runs.flat_map(|run| {
            let givers = key.map(Giver::Key).into_iter().chain(identity);
            givers.filter_map(move |giver| self.stated.get(&(giver, run)).copied())
        });
        self.by_event.into_iter().chain(stated).min()
    }
}
