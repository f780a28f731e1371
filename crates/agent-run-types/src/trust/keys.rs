use std::collections::HashMap;

use super::file::{Revocation, Trust, TrustedKey};
use super::pattern::fits;
use crate::json::Object;
use crate::seal::{verify_object, SignedKind};
use crate::semantics::{precedes, Instant, Members};

/// What a key is worth (spec/trust.md, The state of a key).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum KeyState {
    Untrusted,
    Revoked,
    TimeUnproven,
    Trusted,
}

/// What a key isn't for (AR-TRUST-010).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Bar {
    Agent,
    Workspace,
}

/// Who saw the sealed record, and when.
#[derive(Clone, Debug)]
pub(crate) struct Vouched {
    pub by: String,
    pub at: String,
    instant: Instant,
}

/// The keys of a trust file at a time, as the statements that came along leave them.
pub(crate) struct Keys<'a> {
    trust: Option<&'a Trust>,
    revocations: HashMap<&'a str, Vec<Revocation>>,
    now: Instant,
}

impl<'a> Keys<'a> {
    pub fn new(trust: Option<&'a Trust>, statements: &[&'a Object], now: Instant) -> Self {
        let of_entry = |entry: &'a TrustedKey| Some((entry.key.as_str(), vec![entry.revoked?]));
        let revocations = trust.into_iter().flat_map(Trust::entries).filter_map(of_entry).collect();
        let mut keys = Keys { trust, revocations, now };
        // What one statement says of a key doesn't decide whether another one counts.
        let counting: Vec<_> = statements.iter().copied().filter(|statement| keys.takes_back(statement)).collect();
        let nothing = Object::new();
        for statement in counting {
            let stated = Revocation::of(statement.child("body").unwrap_or(&nothing), statement.instant("at"));
            keys.revocations.entry(statement.text("about").unwrap_or_default()).or_default().push(stated);
        }
        keys
    }

    pub fn is_given(&self) -> bool {
        self.trust.is_some()
    }

    pub fn entry(&self, key: Option<&str>) -> Option<&'a TrustedKey> {
        self.trust?.entry(key?)
    }

    /// Who holds a key.
    pub fn identity(&self, key: Option<&str>) -> Option<&'a str> {
        self.entry(key).map(|entry| entry.identity.as_str())
    }

    pub fn has_role(&self, key: Option<&str>, roles: &[&str]) -> bool {
        self.entry(key).is_some_and(|entry| entry.has_role(roles))
    }

    /// Whether a statement is a revocation of a known key that counts: rightly signed by the key itself or by a trusted key
    /// of the same identity.
    fn takes_back(&self, statement: &Object) -> bool {
        let (about, signer) = (statement.text("about"), statement.text("signed_by"));
        if !statement.is("kind", &["revocation"]) || self.entry(about).is_none() {
            return false;
        }
        let is_colleague =
            self.identity(signer) == self.identity(about) && self.state(signer, None) == KeyState::Trusted;
        (signer == about || is_colleague) && verify_object(SignedKind::Statement, statement)
    }

    /// The state of a key at the vouched time, or else now (AR-TRUST-006, AR-TRUST-007).
    pub fn state(&self, key: Option<&str>, vouched: Option<&Vouched>) -> KeyState {
        let Some(entry) = self.entry(key) else {
            return KeyState::Untrusted;
        };
        let at = vouched.map_or(self.now, |vouched| vouched.instant);
        let mut is_unproven = precedes(Some(at), entry.valid_from) || precedes(entry.valid_until, Some(at));
        for revocation in self.revocations.get(entry.key.as_str()).into_iter().flatten() {
            // A time that doesn't exist is as if it had always been so.
            let is_earlier = precedes(Some(at), revocation.at);
            if revocation.is_orderly {
                is_unproven |= !is_earlier;
            } else if vouched.is_none() || !is_earlier {
                return KeyState::Revoked;
            }
        }
        if is_unproven {
            KeyState::TimeUnproven
        } else {
            KeyState::Trusted
        }
    }

    /// What in a run a key isn't for; none if it may be used.
    pub fn bar(&self, key: Option<&str>, run: &Object) -> Option<Bar> {
        let entry = self.entry(key)?;
        let is_for = |patterns: &Option<Vec<String>>, name: &str| match (patterns, run.text(name)) {
            (None, _) => true,
            (Some(patterns), Some(text)) => patterns.iter().any(|pattern| fits(pattern, text)),
            (Some(_), None) => false,
        };
        if !is_for(&entry.agents, "agent_id") {
            return Some(Bar::Agent);
        }
        (!is_for(&entry.workspaces, "workspace_id")).then_some(Bar::Workspace)
    }

    /// Whether a key is trusted now, with one of some roles, for a record.
    pub fn counts_now(&self, key: Option<&str>, run: &Object, roles: &[&str]) -> bool {
        self.has_role(key, roles) && self.bar(key, run).is_none() && self.state(key, None) == KeyState::Trusted
    }

    /// The earliest time that somebody trusted, and other than the signer, vouches for (AR-TRUST-008).
    pub fn vouched_for(&self, run: &Object, record_hash: &str, statements: &[&Object]) -> Option<Vouched> {
        let signer = run.child("provenance").and_then(|provenance| provenance.text("signed_by"));
        let vouched = |statement: &&Object| {
            let key = statement.text("signed_by");
            let is_about = statement.is("kind", &["countersignature"]) && statement.is("about", &[record_hash]);
            if !is_about || !self.counts_now(key, run, &["server", "auditor", "witness"]) {
                return None;
            }
            if key == signer || self.identity(key) == self.identity(signer) {
                return None;
            }
            let at = statement.text("at")?;
            let instant = Instant::parse(at)?;
            let by = self.identity(key)?.to_owned();
            verify_object(SignedKind::Statement, statement).then(|| Vouched { by, at: at.to_owned(), instant })
        };
        statements.iter().filter_map(vouched).min_by(|one, other| {
            let by_name = |one: &str, other: &str| crate::canonical::compare_units(one, other);
            let in_time = one.instant.cmp(&other.instant);
            in_time.then_with(|| by_name(&one.by, &other.by)).then_with(|| by_name(&one.at, &other.at))
        })
    }
}
