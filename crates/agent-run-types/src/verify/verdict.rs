use std::fmt;

use serde::Serialize;

use super::options::Level;
use super::outcome::{Check, CheckName, CheckResult};
use crate::schema::printable;

/// What holds for one record: what is proven, what is only claimed, and what is missing. Written with serde it is what
/// `schemas/verdict.json` describes (AR-VERD-007).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Verdict {
    /// Whether the level asked for is reached and no check failed (AR-VERD-006).
    pub ok: bool,
    /// The highest level that the record reaches.
    pub level: Level,
    /// Who answers for the seal: the identity that the trust file gives for the key, where the check `signer` passes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    /// Whether the signature is right, but nobody says whose key it is.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub self_asserted: bool,
    /// The level that was asked for.
    pub asked: Level,
    /// Whether the record is whole, or how far it goes.
    pub completeness: Completeness,
    /// Whose word the times of the record are.
    pub time: TimeBasis,
    /// The twelve checks in their order.
    pub checks: Vec<Check>,
    /// The first check that failed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub first_failure: Option<CheckName>,
    /// What keeps the record from the levels above its own, the lowest level first.
    pub missing: Vec<Shortfall>,
    /// The links to parents and children that were looked at.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub edges: Vec<LineageEdge>,
}

impl Verdict {
    /// A check by its name.
    pub fn check(&self, name: CheckName) -> &Check {
        &self.checks[name as usize]
    }

    /// The result of a check.
    pub fn result(&self, name: CheckName) -> CheckResult {
        self.check(name).result
    }
}

/// A few lines for people: the checks, the level, and what was expected and found where one failed.
impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, check) in self.checks.iter().enumerate() {
            let mark = match check.result {
                CheckResult::Pass => '✓',
                CheckResult::Fail => '✗',
                CheckResult::Unknown => '?',
                CheckResult::Absent | CheckResult::Skipped => '–',
            };
            let gap = if place == 0 { "" } else { "  " };
            write!(f, "{gap}{mark} {}", check.check.as_str())?;
        }
        write!(f, "\nlevel {}", self.level.as_str())?;
        match &self.by {
            Some(by) => write!(f, ", by {}", printable(by))?,
            None if self.self_asserted => f.write_str(", by a key that nobody vouches for")?,
            None => {}
        }
        match &self.time {
            TimeBasis::Asserted => f.write_str(" · time asserted")?,
            TimeBasis::Vouched { by, at } => write!(f, " · seen by {} at {}", printable(by), printable(at))?,
        }
        let Some(failed) = self.first_failure.map(|name| self.check(name)) else {
            return Ok(());
        };
        let [path, expected, found] = [&failed.path, &failed.expected, &failed.found]
            .map(|text| text.as_deref().filter(|text| !text.is_empty()).map_or("the record".to_owned(), printable));
        write!(f, "\n{} failed at {path}: expected {expected}, found {found}", failed.check.as_str())
    }
}

/// Whether a record is whole, or how far it goes (spec/verdict.md, Completeness).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(tag = "state", rename_all = "lowercase")]
pub enum Completeness {
    /// It is sealed, and the seal holds.
    Sealed,
    /// Its journal is as it was when a head was signed, up to a line.
    Checkpointed {
        /// The `seq` of that line.
        n: u64,
    },
    /// The run goes on, or nothing speaks for its end.
    Open,
    /// The run just ended.
    Interrupted,
    /// Anything else.
    Unsealed,
}

/// Whose word the times of a record are (spec/verdict.md, Time).
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(tag = "basis", rename_all = "lowercase")]
pub enum TimeBasis {
    /// Its producer's.
    Asserted,
    /// A trusted party of another identity has seen the sealed record.
    Vouched {
        /// That party.
        by: String,
        /// When it has seen it, RFC 3339.
        at: String,
    },
}

/// What keeps a record from a level.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
#[non_exhaustive]
pub struct Shortfall {
    /// The level.
    pub level: Level,
    /// Code of spec/errors.md.
    pub code: &'static str,
    /// JSON Pointer of the place.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
    /// The same in words.
    pub reason: String,
}

impl Shortfall {
    /// That somebody else answers for the seal than was asked for, or nobody.
    pub(super) fn stranger(by: Option<&str>, asked: Level) -> Shortfall {
        let reason = match by {
            None => "nobody of the trust file answers for the seal, and that was asked for",
            Some(_) => "somebody of the trust file answers for the seal, but nobody who was asked for",
        };
        Shortfall {
            level: asked.max(Level::Recorded),
            code: "level.signer",
            path: Some("/provenance/signed_by".to_owned()),
            reason: reason.to_owned(),
        }
    }
}

/// How far a link between two runs can be checked, from the worst to the best (spec/lineage.md, Edges).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum EdgeState {
    /// The two records contradict each other.
    Conflict,
    /// Only the child speaks of it.
    ChildOnly,
    /// Only the parent speaks of it.
    ParentOnly,
    /// The other record wasn't given.
    Unresolved,
    /// Nothing says with what record the child ended.
    Open,
    /// The finished run that triggered this one is the one that is named.
    Chained,
    /// Both say the same.
    Mutual,
}

/// A link between two runs, as the record claims it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
#[non_exhaustive]
pub struct LineageEdge {
    /// The parent.
    pub parent_run_id: String,
    /// The child.
    pub child_run_id: String,
    /// The delegation, where one is named.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub delegation_id: Option<String>,
    /// How far it can be checked.
    pub state: EdgeState,
    /// JSON Pointer of the entry or step that claims it.
    pub path: String,
    /// Of a conflict: the rule that is broken.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<&'static str>,
}
