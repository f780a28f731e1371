use std::collections::HashMap;

use super::private::change_each;
use super::{private_state, PrivateState, SealError};
use crate::hash::{private_members, ErasableKind};
use crate::json::{Object, Value};

/// What [`erase`] gives.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Erasure {
    /// The record without what was erased.
    pub record: Object,
    /// `private_hash` of every object chosen, in the order of the document: what a tombstone names.
    pub private_hashes: Vec<String>,
}

/// Removes `salt` and all private members of some objects, named by their JSON Pointers (`""` is the run, `/steps/3`,
/// `/steps/3/side_effects/0`, `/approvals/1`), and nothing else. Seals and signatures stay right (AR-SEAL-016). An object that
/// is erased already stays so.
///
/// # Errors
/// [`SealError::NotFound`], [`SealError::Unprotected`], [`SealError::Broken`] with the place.
pub fn erase(record: &Object, places: &[&str]) -> Result<Erasure, SealError> {
    let mut left: Vec<&str> = places.to_vec();
    let erasure = erase_chosen(record, |path, _| {
        let count = left.len();
        left.retain(|place| *place != path);
        left.len() < count
    })?;
    match left.first() {
        Some(place) => Err(SealError::NotFound((*place).to_owned())),
        None => Ok(erasure),
    }
}

/// Erases every object that has a `private_hash`.
///
/// # Errors
/// [`SealError::Broken`] with the place.
pub fn erase_all(record: &Object) -> Result<Erasure, SealError> {
    erase_chosen(record, |_, object| object.contains("private_hash"))
}

fn erase_chosen(record: &Object, mut is_chosen: impl FnMut(&str, &Object) -> bool) -> Result<Erasure, SealError> {
    let mut erased = record.clone();
    let mut hashes: HashMap<String, String> = HashMap::new();
    let mut order = Vec::new();
    change_each(ErasableKind::Run, &mut erased, "", &mut |kind, object, path| {
        if !is_chosen(path, object) {
            return Ok(());
        }
        match private_state(kind, object) {
            None => return Err(SealError::Unprotected(path.to_owned())),
            Some(PrivateState::Broken) => return Err(SealError::Broken(path.to_owned())),
            Some(PrivateState::Whole | PrivateState::Erased) => {}
        }
        object.remove("salt");
        for member in private_members(kind) {
            object.remove(member);
        }
        let stated = object.get("private_hash").and_then(Value::as_str).unwrap_or_default();
        hashes.insert(path.to_owned(), stated.to_owned());
        order.push(path.to_owned());
        Ok(())
    })?;
    // The walk meets what is inside first; in the document the outer object comes first.
    let in_document = super::private_objects(ErasableKind::Run, record, "");
    let private_hashes = in_document.iter().filter_map(|place| hashes.remove(&place.path)).collect();
    Ok(Erasure { record: erased, private_hashes })
}
