use std::collections::{HashMap, HashSet};
use std::fmt;

use crate::json::{Object, Value};
use crate::schema::{validate_with, Fault, Finding, Severity, ValidateOptions};
use crate::semantics::{precedes, Instant, Members, Place};
use crate::sign::key_of;

/// A trust file that is good: the only source of trust (AR-TRUST-001, AR-TRUST-009).
///
/// ```
/// use agent_run_types::trust::Trust;
///
/// let file = br#"{"agent_run_trust": "1.0", "keys": [{"key": "did:key:z6Mk", "identity": "ci", "roles": ["runtime"]}]}"#;
/// let error = Trust::parse(file).unwrap_err();
/// assert_eq!((error.findings[0].code, error.findings[0].path.as_str()), ("schema.pattern", "/keys/0/key"));
/// ```
#[derive(Clone, Debug, Default)]
pub struct Trust {
    entries: HashMap<String, TrustedKey>,
    warnings: Vec<Finding>,
}

/// Why a trust file is not used: nothing of it counts (AR-TRUST-009).
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct TrustError {
    /// What is wrong with it: errors, at least one.
    pub findings: Vec<Finding>,
}

impl TrustError {
    fn new(mut findings: Vec<Finding>) -> TrustError {
        findings.retain(|finding| finding.severity == Severity::Error);
        TrustError { findings }
    }
}

/// The first error, and how many more there are.
impl fmt::Display for TrustError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("no trust file")?;
        if let Some(first) = self.findings.first() {
            write!(f, ": {first}")?;
        }
        match self.findings.len() {
            0 | 1 => Ok(()),
            count => write!(f, " (and {} more)", count - 1),
        }
    }
}

impl std::error::Error for TrustError {}

/// An entry of a trust file: a key, and what it is good for.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct TrustedKey {
    /// The did:key.
    pub key: String,
    /// Who holds it.
    pub identity: String,
    /// `runtime recorder approver evaluator server auditor witness`.
    pub roles: Vec<String>,
    /// Roles that an approver may decide for; none given: all.
    pub approves: Option<Vec<String>>,
    /// Patterns of the agents that it is for; none given: all.
    pub agents: Option<Vec<String>>,
    /// Patterns of the workspaces that it is for; none given: all.
    pub workspaces: Option<Vec<String>>,
    /// When it begins to count.
    pub valid_from: Option<Instant>,
    /// When it ceases to count.
    pub valid_until: Option<Instant>,
    /// Since when it doesn't count any more, and why.
    pub(crate) revoked: Option<Revocation>,
}

/// Since when a key doesn't count, and whether that is only for what came later.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Revocation {
    pub at: Option<Instant>,
    pub is_orderly: bool,
}

impl Revocation {
    /// What a `revoked`, or the body of a statement, says; a time of its own stands behind the one given instead.
    pub fn of(stated: &Object, otherwise: Option<Instant>) -> Revocation {
        let is_orderly = stated.is("reason", &["superseded", "retired"]);
        Revocation { at: stated.instant("at").or(otherwise), is_orderly }
    }
}

impl Trust {
    /// Reads a trust file: strict JSON, `schemas/trust.json`, real keys and times, each key once.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn parse(bytes: &[u8]) -> Result<Trust, TrustError> {
        let options = ValidateOptions { schema: "trust", strict: true, ..ValidateOptions::default() };
        let read = validate_with(bytes, &options);
        match read.value.as_ref().and_then(Value::as_object).filter(|_| read.is_valid()) {
            Some(file) => Trust::new(file, read.findings),
            None => Err(TrustError::new(read.findings)),
        }
    }

    fn new(file: &Object, warnings: Vec<Finding>) -> Result<Trust, TrustError> {
        let faults = faults_of(file);
        if !faults.is_empty() {
            let finding = |fault: Fault| Finding::of_rule(fault.code, Severity::Error, fault.path);
            return Err(TrustError::new(faults.into_iter().map(finding).collect()));
        }
        let entries = file.objects("keys").into_iter().map(TrustedKey::new);
        Ok(Trust { entries: entries.map(|entry| (entry.key.clone(), entry)).collect(), warnings })
    }

    /// Members that nobody knows: a misspelled restriction would trust more than was meant.
    pub fn warnings(&self) -> &[Finding] {
        &self.warnings
    }

    /// The entry of a key.
    pub fn entry(&self, key: &str) -> Option<&TrustedKey> {
        self.entries.get(key)
    }

    /// The entries, in no order.
    pub fn entries(&self) -> impl Iterator<Item = &TrustedKey> {
        self.entries.values()
    }
}

impl TrustedKey {
    fn new(entry: &Object) -> TrustedKey {
        let texts = |name: &str| entry.list(name).iter().filter_map(Value::as_str).map(str::to_owned).collect();
        let given = |name: &str| entry.has(name).then(|| texts(name));
        let text = |name: &str| entry.text(name).unwrap_or_default().to_owned();
        TrustedKey {
            key: text("key"),
            identity: text("identity"),
            roles: texts("roles"),
            approves: given("approves"),
            agents: given("agents"),
            workspaces: given("workspaces"),
            valid_from: entry.instant("valid_from"),
            valid_until: entry.instant("valid_until"),
            revoked: entry.child("revoked").map(|stated| Revocation::of(stated, None)),
        }
    }

    /// Whether it has one of some roles.
    pub fn has_role(&self, roles: &[&str]) -> bool {
        self.roles.iter().any(|role| roles.contains(&role.as_str()))
    }

    /// Whether an approver may decide where a role is required.
    pub(crate) fn may_approve(&self, role: Option<&str>) -> bool {
        match (&self.approves, role) {
            (Some(approves), Some(role)) => approves.iter().any(|each| each == role),
            _ => true,
        }
    }
}

/// What the schema can't say about a trust file, entry by entry.
fn faults_of(file: &Object) -> Vec<Fault> {
    let mut faults = Vec::new();
    let mut seen = HashSet::new();
    for entry in Place::whole(file).parts("keys") {
        let key = entry.text("key").unwrap_or_default();
        if key_of(key).is_none() {
            faults.push(Fault::new("trust.key", entry.at("key")));
        }
        if !seen.insert(key) {
            faults.push(Fault::new("trust.key_twice", entry.at("key")));
        }
        for name in ["valid_from", "valid_until"] {
            if entry.has(name) && entry.instant(name).is_none() {
                faults.push(Fault::new("trust.time", entry.at(name)));
            }
        }
        if let Some(revoked) = entry.part("revoked").filter(|revoked| revoked.instant("at").is_none()) {
            faults.push(Fault::new("trust.time", revoked.at("at")));
        }
        if precedes(entry.instant("valid_until"), entry.instant("valid_from")) {
            faults.push(Fault::new("trust.validity", entry.at("valid_until")));
        }
    }
    faults
}
