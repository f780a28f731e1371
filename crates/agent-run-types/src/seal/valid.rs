use super::{private_objects, PrivateState, SealError, SignedKind};
use crate::json::{Object, Value};
use crate::schema::{validate_value, Finding, Severity, ValidateOptions};

/// Refuses an object that its schema or, for a record, a semantic rule does not accept, or in which something is neither
/// whole nor erased.
pub(super) fn refuse_invalid(kind: SignedKind, object: &Object) -> Result<(), SealError> {
    let schema = match kind {
        SignedKind::Run => "agent-run",
        SignedKind::Head => "journal-head",
        other => other.as_str(),
    };
    let options = ValidateOptions { schema, ..ValidateOptions::default() };
    let mut findings = validate_value(&Value::Object(object.clone()), &options).findings;
    findings.retain(|finding| finding.severity == Severity::Error);
    let places = kind.erasable().into_iter().flat_map(|kind| private_objects(kind, object, ""));
    let broken = places.filter(|place| place.state() == Some(PrivateState::Broken)).map(|place| {
        let message = "private_hash does not match; expected the hash of salt and private members, or neither of them";
        Finding::new("private.state", Severity::Error, format!("{}/private_hash", place.path), message.to_owned())
    });
    findings.extend(broken);
    if findings.is_empty() {
        Ok(())
    } else {
        Err(SealError::Invalid(findings))
    }
}
