use super::sealed::known;
use super::valid::refuse_invalid;
use super::{signed_bytes, SealError, SignedKind};
use crate::json::{Object, Value};
use crate::sign::{key_of, signature_of, signature_text, verify, SigningKey};

/// What a signed decision has, in the order in which it is missed (AR-APPR-021).
const DECISION_MEMBERS: [&str; 8] =
    ["approval_id", "run_id", "step_id", "action_hash", "request_hash", "actor", "at", "signed_by"];

/// How the signature of an object came out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SignatureState {
    /// It is right for the key named.
    Pass,
    /// It is wrong, spelled in another way, or names no key.
    Fail,
    /// Neither `signed_by` nor `signature`.
    Absent,
    /// `signed_by` and no `signature`: it was taken away, or stands in a batch.
    Stripped,
}

/// Whether an approval, eval, statement or head has a right `signature` by its `signed_by` (AR-SEAL-004); a `run` has both in
/// its provenance. Only the signature: whose key it is, and what it may sign, is for others to check.
pub fn verify_object(kind: SignedKind, object: &Object) -> bool {
    signature_state(kind, object) == SignatureState::Pass
}

/// The same with what there is if there is no right signature.
pub fn signature_state(kind: SignedKind, object: &Object) -> SignatureState {
    let holder = holder_of(kind, object);
    let member = |name| holder.and_then(|holder| known(holder, name));
    match (member("signed_by"), member("signature")) {
        (None, None) => SignatureState::Absent,
        (Some(_), None) => SignatureState::Stripped,
        (Some(Value::String(did)), Some(Value::String(text))) => {
            let is_right = key_of(did)
                .zip(signature_of(text))
                .is_some_and(|(key, signature)| verify(&key, &signed_bytes(kind, object), &signature));
            if is_right {
                SignatureState::Pass
            } else {
                SignatureState::Fail
            }
        }
        _ => SignatureState::Fail,
    }
}

/// Where `signed_by` and `signature` stand.
pub(super) fn holder_of(kind: SignedKind, object: &Object) -> Option<&Object> {
    if kind == SignedKind::Run {
        object.get("provenance").and_then(Value::as_object)
    } else {
        Some(object)
    }
}

/// Signs an `approval`, `eval`, `statement` or `head`: the object with `signed_by` and `signature` (AR-SEAL-004). A run is
/// sealed by [`seal`](super::seal). To keep a part of an approval erasable, protect it first.
///
/// # Errors
/// [`SealError::AlreadySealed`] if it has a signature, [`SealError::OtherKey`] if it names another key,
/// [`SealError::Invalid`] and, of a decision, [`SealError::Incomplete`] for what would never verify, [`SealError::Run`] for a
/// run.
pub fn sign_object(kind: SignedKind, mut object: Object, key: &SigningKey) -> Result<Object, SealError> {
    if kind == SignedKind::Run {
        return Err(SealError::Run);
    }
    if known(&object, "signature").is_some() {
        return Err(SealError::AlreadySealed);
    }
    let did = key.did();
    if known(&object, "signed_by").is_some_and(|named| named.as_str() != Some(&did)) {
        return Err(SealError::OtherKey);
    }
    object.insert("signed_by", did);
    let signature = key.sign(&signed_bytes(kind, &object));
    object.remove("signature");
    object.insert("signature", signature_text(&signature));
    refuse_invalid(kind, &object)?;
    let is_decision = kind == SignedKind::Approval
        && matches!(object.get("event").and_then(Value::as_str), Some("approved" | "denied"));
    match DECISION_MEMBERS.into_iter().find(|member| is_decision && known(&object, member).is_none()) {
        Some(member) => Err(SealError::Incomplete(member)),
        None => Ok(object),
    }
}
