use std::collections::HashSet;

use super::private::{change_each, has_private};
use super::sealed::known;
use super::steps::steps_of;
use super::{is_sealed, SealError};
use crate::hash::{hex, private_hash, ErasableKind};
use crate::json::{Object, Value};

/// A copy of a record in which every object with private members, or with a salt, has `salt` and `private_hash`, so that they
/// can be erased later without breaking a seal (AR-SEAL-008). A salt that is there is kept.
///
/// Left as they are: objects that have a `private_hash`; signed approval events, whose signature covers what they say; the
/// events that a signed decision under the same `approval_id` may name by `request_hash`; and handoff steps with their side
/// effects, whose leaf the child may name.
///
/// `random` fills bytes from a secure source. Whoever can guess a salt can guess what was erased.
///
/// # Errors
/// [`SealError::AlreadySealed`].
pub fn protect(run: &Object, mut random: impl FnMut(&mut [u8])) -> Result<Object, SealError> {
    if is_sealed(run) {
        return Err(SealError::AlreadySealed);
    }
    let decided = decided_ids(run);
    let handoffs = handoff_paths(run);
    let mut protected = run.clone();
    change_each(ErasableKind::Run, &mut protected, "", &mut |kind, object, path| {
        let is_fixed = match kind {
            ErasableKind::Approval => known(object, "signature").is_some() || decided.contains(&id_of(object)),
            ErasableKind::Step => handoffs.contains(path),
            ErasableKind::SideEffect => {
                path.split_once("/side_effects/").is_some_and(|(step, _)| handoffs.contains(step))
            }
            _ => false,
        };
        let has_something = object.contains("salt") || has_private(kind, object);
        if has_something && !is_fixed && !object.contains("private_hash") {
            protect_object(kind, object, &mut random);
        }
        Ok(())
    })?;
    Ok(protected)
}

fn protect_object(kind: ErasableKind, object: &mut Object, random: &mut impl FnMut(&mut [u8])) {
    if known(object, "salt").is_none() {
        let mut salt = [0; 32];
        random(&mut salt);
        object.insert("salt", hex(&salt));
    }
    let hash = private_hash(kind, object);
    object.insert("private_hash", hash);
}

/// The approvals that a signed event is about.
fn decided_ids(run: &Object) -> HashSet<Option<String>> {
    let events = run.get("approvals").and_then(Value::as_array).unwrap_or_default();
    let signed = events.iter().filter_map(Value::as_object).filter(|event| known(event, "signature").is_some());
    signed.map(id_of).collect()
}

fn id_of(event: &Object) -> Option<String> {
    event.get("approval_id").and_then(Value::as_str).map(str::to_owned)
}

fn handoff_paths(run: &Object) -> HashSet<String> {
    let is_handoff = |step: &Value| step.get("type").and_then(Value::as_str) == Some("handoff");
    let steps = steps_of(run).iter().enumerate();
    steps.filter(|(_, step)| is_handoff(step)).map(|(at, _)| format!("/steps/{at}")).collect()
}
