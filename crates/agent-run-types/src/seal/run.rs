use super::sealed::known;
use super::steps::steps_of;
use super::valid::refuse_invalid;
use super::{is_sealed, signed_bytes, steps_root, SealError, SignedKind, OPEN_STATUSES};
use crate::hash::{digest, run_hash};
use crate::json::{Object, Value};
use crate::sign::{signature_text, SigningKey};

/// How [`seal`] seals.
#[derive(Debug, Default)]
pub struct SealOptions<'a> {
    /// When: RFC 3339, by the sealer's clock.
    pub at: &'a str,
    /// Who signs; without a key the record is sealed by its hash only.
    pub key: Option<&'a SigningKey>,
    /// The did:key of a batch statement that signs this record later, where there is no `key`.
    pub signed_by: Option<&'a str>,
    /// For a record without one: 32 to 128 random hexadecimal digits.
    pub nonce: Option<&'a str>,
    /// Digest of the journal's last line before the seal, where the run has a journal.
    pub journal_head: Option<&'a str>,
}

/// Seals a finished run: a copy with `run_hash`, `nonce`, `steps_count`, `steps_root`, `sealed_at`, `record_hash` and, with a
/// key, `signed_by` and `signature` (AR-SEAL-004 to AR-SEAL-010).
///
/// The record has to be valid: what is sealed cannot be mended afterwards.
///
/// # Errors
/// [`SealError::AlreadySealed`], [`SealError::Version`], [`SealError::OpenStatus`], [`SealError::Eval`],
/// [`SealError::OtherKey`], [`SealError::NoNonce`], [`SealError::Invalid`].
pub fn seal(run: &Object, options: &SealOptions) -> Result<Object, SealError> {
    refuse(run)?;
    let did = key_of(run, options)?;
    let mut sealed = run.clone();
    let mut provenance = run.get("provenance").and_then(Value::as_object).cloned().unwrap_or_default();
    provenance.remove("signed_by");
    provenance.remove("signature");
    provenance.remove("record_hash");
    if known(&provenance, "nonce").is_none() {
        provenance.insert("nonce", options.nonce.ok_or(SealError::NoNonce)?);
    }
    let steps = steps_root(steps_of(run));
    provenance.insert("run_hash", run_hash(run));
    provenance.insert("steps_count", steps.count as f64);
    provenance.insert("steps_root", steps.root);
    if let Some(head) = options.journal_head {
        provenance.insert("journal_head", head);
    }
    provenance.insert("sealed_at", options.at);
    if let Some(did) = did {
        provenance.insert("signed_by", did);
    }
    sealed.insert("provenance", provenance.clone());
    refuse_invalid(SignedKind::Run, &sealed)?;
    let bytes = signed_bytes(SignedKind::Run, &sealed);
    provenance.insert("record_hash", digest(&bytes));
    if let Some(key) = options.key {
        provenance.insert("signature", signature_text(&key.sign(&bytes)));
    }
    sealed.insert("provenance", provenance);
    Ok(sealed)
}

fn refuse(run: &Object) -> Result<(), SealError> {
    if is_sealed(run) {
        return Err(SealError::AlreadySealed);
    }
    if known(run, "spec_version").is_none() {
        return Err(SealError::Version);
    }
    if run.get("status").and_then(Value::as_str).is_some_and(|status| OPEN_STATUSES.contains(&status)) {
        return Err(SealError::OpenStatus);
    }
    if run.get("eval").and_then(|eval| eval.get("document_hash")).is_some_and(|hash| !hash.is_null()) {
        return Err(SealError::Eval);
    }
    Ok(())
}

fn key_of(run: &Object, options: &SealOptions) -> Result<Option<String>, SealError> {
    let did = options.key.map(SigningKey::did).or_else(|| options.signed_by.map(str::to_owned));
    let named = run.get("provenance").and_then(|provenance| provenance.get("signed_by")).filter(|key| !key.is_null());
    let is_other = |key: &Value| key.as_str() != did.as_deref();
    let is_contradicted = options.key.is_some() && options.signed_by.is_some_and(|other| Some(other) != did.as_deref());
    if is_contradicted || named.is_some_and(is_other) {
        return Err(SealError::OtherKey);
    }
    Ok(did)
}
