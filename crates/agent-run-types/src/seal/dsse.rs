use super::sealed::known;
use super::signature::holder_of;
use super::{covered_part, SealError, SignedKind};
use crate::canonical::canonicalize_object;
use crate::hash::media_type;
use crate::json::{Object, Value};
use crate::sign::base64;

/// The seal of an object as a DSSE envelope: the same signature, over the canonical part that it covers, so that any DSSE
/// library verifies it (AR-SEAL-004). Private members, the steps of a run and its eval are not in it.
///
/// # Errors
/// [`SealError::Unsigned`].
pub fn dsse(kind: SignedKind, object: &Object) -> Result<Object, SealError> {
    let member = |name| holder_of(kind, object).and_then(|holder| known(holder, name));
    let (Some(key), Some(signature)) = (member("signed_by"), member("signature")) else {
        return Err(SealError::Unsigned);
    };
    let signature: Object = [("keyid", key), ("sig", signature)].into_iter().collect();
    let payload = base64(canonicalize_object(&covered_part(kind, object)).as_bytes());
    let members = [
        ("payload", Value::String(payload)),
        ("payloadType", Value::String(media_type(kind.as_str()))),
        ("signatures", Value::Array(vec![Value::Object(signature)])),
    ];
    Ok(members.into_iter().collect())
}
