use crate::json::{Object, Value};

/// Statuses of a run that is not over; a record with one of them cannot be sealed (AR-SEAL-010).
pub const OPEN_STATUSES: [&str; 3] = ["pending", "running", "paused"];

/// What a sealed record has, in the order in which it is looked for (AR-SEAL-009).
const SEAL_MEMBERS: [&str; 6] = [
    "/spec_version",
    "/provenance/record_hash",
    "/provenance/sealed_at",
    "/provenance/steps_count",
    "/provenance/steps_root",
    "/provenance/nonce",
];

/// Whether a record claims to be sealed: its provenance has a known `record_hash`, `sealed_at` or `journal_head`, or it has a
/// `spec_version` and a known `signature`. What follows from the claim is for a verifier to check.
pub fn is_sealed(run: &Object) -> bool {
    let provenance = run.get("provenance").and_then(Value::as_object);
    let is_known = |member| provenance.is_some_and(|provenance| known(provenance, member).is_some());
    is_known("record_hash")
        || is_known("sealed_at")
        || is_known("journal_head")
        || known(run, "spec_version").is_some() && is_known("signature")
}

/// JSON Pointer of the first member that a sealed record has and this one lacks (AR-SEAL-009).
pub fn missing_from_seal(run: &Object) -> Option<&'static str> {
    let provenance = run.get("provenance").and_then(Value::as_object);
    SEAL_MEMBERS.into_iter().find(|place| {
        let found = match place.strip_prefix("/provenance/") {
            Some(member) => provenance.and_then(|provenance| known(provenance, member)),
            None => known(run, &place[1..]),
        };
        found.is_none()
    })
}

/// A member that is there and not `null`.
pub(super) fn known<'a>(object: &'a Object, member: &str) -> Option<&'a Value> {
    object.get(member).filter(|value| !value.is_null())
}
