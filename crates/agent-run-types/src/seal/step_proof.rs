use std::fmt;

use super::batch::path_of;
use super::sealed::known;
use super::{check_batch_proof, missing_from_seal, private_objects, record_hash, signature_state};
use super::{PrivateState, SignatureState, SignedKind, OPEN_STATUSES};
use crate::hash::{digest_bytes, step_leaf, ErasableKind};
use crate::json::{Object, Value};
use crate::sign::key_of;
use crate::tree::verify_inclusion;

/// Why a step proof does not hold: a code of spec/errors.md and the JSON Pointer of the place in the proof.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct StepProofFault {
    /// Such as `record.mismatch`.
    pub code: &'static str,
    /// Such as `/record/provenance/record_hash`.
    pub path: String,
}

impl fmt::Display for StepProofFault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} at {}", self.code, self.path)
    }
}

impl std::error::Error for StepProofFault {}

fn fault<T>(code: &'static str, path: impl Into<String>) -> Result<T, StepProofFault> {
    Err(StepProofFault { code, path: path.into() })
}

/// Checks the proof that a step, as shown, is one of a sealed record (AR-SEAL-018): the record's hash and signature, the path
/// from the step to `steps_root`, and that nothing stands in it that no hash covers.
///
/// `batch` is the batch statement and the record's proof in it, for a record that was sealed in a batch.
///
/// Returns [`SignatureState::Pass`] or, if nobody answers for the record but who gave the proof,
/// [`SignatureState::Absent`]. Whose key it is, is the caller's to decide.
///
/// # Errors
/// The first thing that is wrong.
pub fn check_step_proof(proof: &Object, batch: Option<(&Object, &Object)>) -> Result<SignatureState, StepProofFault> {
    let Some(record) = proof.get("record").and_then(Value::as_object) else {
        return fault("schema.type", "/record");
    };
    let Some(step) = proof.get("step").and_then(Value::as_object) else {
        return fault("schema.type", "/step");
    };
    if let Some(member) = ["steps", "eval"].into_iter().find(|member| record.contains(member)) {
        return fault("proof.uncovered", format!("/record/{member}"));
    }
    let places =
        [private_objects(ErasableKind::Run, record, "/record"), private_objects(ErasableKind::Step, step, "/step")]
            .concat();
    if let Some(place) = places.into_iter().find(|place| place.state() == Some(PrivateState::Broken)) {
        return fault("private.state", format!("{}/private_hash", place.path));
    }
    check_record(record)?;
    let signature = check_signature(record, batch)?;
    if leads(proof, record, step) != Some(true) {
        return fault("proof.path", "/path");
    }
    Ok(signature)
}

fn check_record(record: &Object) -> Result<(), StepProofFault> {
    if let Some(place) = missing_from_seal(record) {
        return fault("record.incomplete", format!("/record{place}"));
    }
    if record.get("status").and_then(Value::as_str).is_some_and(|status| OPEN_STATUSES.contains(&status)) {
        return fault("record.open_status", "/record/status");
    }
    if stated(record, "record_hash").and_then(Value::as_str) != Some(&record_hash(record)) {
        return fault("record.mismatch", "/record/provenance/record_hash");
    }
    Ok(())
}

fn check_signature(record: &Object, batch: Option<(&Object, &Object)>) -> Result<SignatureState, StepProofFault> {
    let key = stated(record, "signed_by").and_then(Value::as_str);
    if stated(record, "signature").is_some() && key.and_then(key_of).is_none() {
        return fault("signature.key", "/record/provenance/signed_by");
    }
    match signature_state(SignedKind::Run, record) {
        SignatureState::Fail => fault("signature.invalid", "/record/provenance/signature"),
        SignatureState::Stripped => {
            let is_in_batch = batch.zip(key).is_some_and(|((statement, proof), key)| {
                proof.get("record_hash") == stated(record, "record_hash") && check_batch_proof(proof, statement, key)
            });
            if is_in_batch {
                Ok(SignatureState::Pass)
            } else {
                fault("signature.stripped", "/record/provenance/signature")
            }
        }
        state => Ok(state),
    }
}

fn leads(proof: &Object, record: &Object, step: &Object) -> Option<bool> {
    let index = proof.get("index")?.as_u64()?;
    let count = stated(record, "steps_count")?.as_u64()?;
    let root = digest_bytes(stated(record, "steps_root")?.as_str()?)?;
    Some(verify_inclusion(&step_leaf(step), index, count, &path_of(proof)?, &root))
}

/// A member of the provenance that is not `null`.
fn stated<'a>(record: &'a Object, member: &str) -> Option<&'a Value> {
    record.get("provenance").and_then(Value::as_object).and_then(|provenance| known(provenance, member))
}
