use std::fmt;

use crate::schema::Finding;

/// Why something was not sealed, signed, protected or erased. What would have come of it would never verify.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum SealError {
    /// It is sealed or signed already.
    AlreadySealed,
    /// A record without `spec_version`: 0.1 knows no seals.
    Version,
    /// The run is not over.
    OpenStatus,
    /// The record has no nonce. It is chosen when the run starts.
    NoNonce,
    /// An embedded eval names the record by `document_hash`, which sealing changes.
    Eval,
    /// `signed_by` names another key than the one that is to sign.
    OtherKey,
    /// It is invalid; what is wrong with it, errors only.
    Invalid(Vec<Finding>),
    /// A decision that is signed lacks this member.
    Incomplete(&'static str),
    /// There is nothing that can be erased at this place.
    NotFound(String),
    /// The object at this place has no `private_hash`; erasing it would break the seal.
    Unprotected(String),
    /// The object at this place was changed; erasing it would hide that.
    Broken(String),
    /// A run is sealed by [`seal`](super::seal) and not signed by itself.
    Run,
    /// There is no signature to put into an envelope.
    Unsigned,
}

impl SealError {
    /// The code of spec/errors.md, such as `seal.open_status`.
    pub fn code(&self) -> &'static str {
        match self {
            SealError::AlreadySealed => "seal.already_sealed",
            SealError::Version => "seal.version",
            SealError::OpenStatus => "seal.open_status",
            SealError::NoNonce | SealError::Invalid(_) | SealError::Incomplete(_) | SealError::Run => "seal.invalid",
            SealError::Eval => "seal.eval",
            SealError::OtherKey => "seal.other_key",
            SealError::NotFound(_) => "erase.not_found",
            SealError::Unprotected(_) => "erase.unprotected",
            SealError::Broken(_) => "erase.broken",
            SealError::Unsigned => "dsse.unsigned",
        }
    }
}

impl fmt::Display for SealError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let at = |path: &str| if path.is_empty() { "the root".to_owned() } else { path.to_owned() };
        match self {
            SealError::AlreadySealed => formatter.write_str("found something sealed; expected what may change"),
            SealError::Version => {
                formatter.write_str("found no spec_version; expected \"1.0\", as a 0.1 record cannot be sealed")
            }
            SealError::OpenStatus => formatter.write_str("found a run that is not over; expected a terminal status"),
            SealError::NoNonce => formatter.write_str("found no nonce; expected one, of the record or in the options"),
            SealError::Eval => formatter.write_str(
                "found an eval that names the record by document_hash, which sealing changes; expected none, or one that comes \
                 after the seal",
            ),
            SealError::OtherKey => formatter.write_str("found another key in signed_by; expected that of the signer"),
            SealError::Invalid(findings) => match findings.first() {
                Some(first) => write!(formatter, "found what is invalid, at {}: {}", at(&first.path), first.message),
                None => formatter.write_str("found what is invalid"),
            },
            SealError::Incomplete(member) => {
                write!(formatter, "found a decision without {member}; expected it, as the decision is signed")
            }
            SealError::NotFound(path) => write!(formatter, "found nothing that can be erased at {}", at(path)),
            SealError::Unprotected(path) => {
                write!(formatter, "found no private_hash at {}; expected one, set before sealing", at(path))
            }
            SealError::Broken(path) => {
                write!(formatter, "found private members that private_hash does not match at {}", at(path))
            }
            SealError::Run => formatter.write_str("found a run; expected what is signed by itself, as a run is sealed"),
            SealError::Unsigned => formatter.write_str("found no signature; expected a signed object"),
        }
    }
}

impl std::error::Error for SealError {}
