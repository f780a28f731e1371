use std::fmt;
use std::str::FromStr;

use serde::Serialize;

use crate::json::Value;
use crate::semantics::Instant;
use crate::trust::Trust;
use crate::UnknownValue;

/// How much a verdict may rest on (spec/levels.md). A higher level is greater.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// Not even a record. Asked for, it means that only a check that fails is not ok.
    None,
    /// It is a record, and its parts agree.
    Recorded,
    /// It was not changed since it was sealed.
    #[default]
    Sealed,
    /// Somebody who is trusted answers for it.
    Accountable,
}

impl Level {
    /// The name as it is written.
    pub fn as_str(self) -> &'static str {
        match self {
            Level::None => "none",
            Level::Recorded => "recorded",
            Level::Sealed => "sealed",
            Level::Accountable => "accountable",
        }
    }
}

impl FromStr for Level {
    type Err = UnknownValue;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let levels = [Level::None, Level::Recorded, Level::Sealed, Level::Accountable];
        let allowed = &["none", "recorded", "sealed", "accountable"];
        levels.into_iter().find(|level| level.as_str() == text).ok_or(UnknownValue { allowed })
    }
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Who has to answer for a seal: the identity that the trust file gives for the key, see `by` of a
/// [`Verdict`](super::Verdict).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SignedBy<'a> {
    /// Anybody of the trust file.
    Trusted,
    /// One of these identities of it.
    OneOf(&'a [&'a str]),
}

impl SignedBy<'_> {
    /// Whether somebody who answers for a seal, or nobody, is who was asked for.
    pub(super) fn admits(self, by: Option<&str>) -> bool {
        by.is_some_and(|by| match self {
            SignedBy::Trusted => true,
            SignedBy::OneOf(identities) => identities.contains(&by),
        })
    }
}

/// What a verifier is given beside a record. All of it is looked at, none of it is believed without a comparison.
/// `VerifyOptions::default()` asks for the level `sealed` and is given nothing.
#[derive(Clone, Copy, Debug, Default)]
pub struct VerifyOptions<'a> {
    /// Whose keys are whose: the caller's trust file, the only source of trust (AR-TRUST-001).
    pub trust: Option<&'a Trust>,
    /// Bytes of the journal of the run.
    pub journal: Option<&'a [u8]>,
    /// Records of parents and children.
    pub related: &'a [Value],
    /// Statements about the record, its keys or its batch.
    pub statements: &'a [Value],
    /// Evals that came later.
    pub evals: &'a [Value],
    /// Proofs that a batch statement covers the record.
    pub proofs: &'a [Value],
    /// Level that has to be reached for `ok`, so that a stripped seal is never green (AR-VERD-006).
    pub level: Level,
    /// Who has to answer for the seal, for `ok`; none given: anybody at all. A seal by a key that nobody knows shows that
    /// nothing was changed since, and not who made it.
    pub signed_by: Option<SignedBy<'a>>,
    /// The present time; the clock's if none is given.
    pub now: Option<Instant>,
}
