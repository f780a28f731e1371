use crate::hash::{nested_lists, private_hash, private_members, ErasableKind};
use crate::json::{Object, Value};

/// Whether the private members of an object with `private_hash` are all there, all gone, or neither (AR-SEAL-008).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PrivateState {
    /// `salt` and private members that give the `private_hash`.
    Whole,
    /// Neither `salt` nor any private member.
    Erased,
    /// Anything else. A record with such an object does not verify.
    Broken,
}

impl PrivateState {
    /// `whole`, `erased` or `broken`.
    pub fn as_str(self) -> &'static str {
        match self {
            PrivateState::Whole => "whole",
            PrivateState::Erased => "erased",
            PrivateState::Broken => "broken",
        }
    }
}

/// State of an object of a kind; none for one without `private_hash`, whose members are all public.
pub fn private_state(kind: ErasableKind, object: &Object) -> Option<PrivateState> {
    let stated = object.get("private_hash")?;
    Some(match (stated, object.get("salt")) {
        (Value::String(_), None) if has_private(kind, object) => PrivateState::Broken,
        (Value::String(_), None) => PrivateState::Erased,
        (Value::String(stated), Some(Value::String(_))) if *stated == private_hash(kind, object) => PrivateState::Whole,
        _ => PrivateState::Broken,
    })
}

/// Whether an object has private members.
pub(super) fn has_private(kind: ErasableKind, object: &Object) -> bool {
    private_members(kind).iter().any(|member| object.contains(member))
}

/// An object of a record that can have a `private_hash`.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct PrivateObject<'a> {
    /// What it is.
    pub kind: ErasableKind,
    /// Where it stands: a JSON Pointer, `""` for the run itself.
    pub path: String,
    /// The object.
    pub object: &'a Object,
}

impl PrivateObject<'_> {
    /// Its state; none if it has no `private_hash`.
    pub fn state(&self) -> Option<PrivateState> {
        private_state(self.kind, self.object)
    }
}

/// An object of a kind and all inside it that can have a `private_hash`, in the order in which a verifier looks at them: the
/// run, its steps, each followed by its side effects, approvals, policy decisions, artifacts.
pub fn private_objects<'a>(kind: ErasableKind, object: &'a Object, path: &str) -> Vec<PrivateObject<'a>> {
    let mut found = vec![PrivateObject { kind, path: path.to_owned(), object }];
    for &(member, item_kind) in nested_lists(kind) {
        let items = object.get(member).and_then(Value::as_array).unwrap_or_default();
        for (at, item) in items.iter().enumerate() {
            if let Value::Object(item) = item {
                found.extend(private_objects(item_kind, item, &format!("{path}/{member}/{at}")));
            }
        }
    }
    found
}

/// Changes every object of a record that can have a `private_hash`, the inner ones first.
pub(super) fn change_each<E>(
    kind: ErasableKind,
    object: &mut Object,
    path: &str,
    change: &mut impl FnMut(ErasableKind, &mut Object, &str) -> Result<(), E>,
) -> Result<(), E> {
    for &(member, item_kind) in nested_lists(kind) {
        let Some(Value::Array(items)) = object.get_mut(member) else { continue };
        for (at, item) in items.iter_mut().enumerate() {
            if let Value::Object(item) = item {
                change_each(item_kind, item, &format!("{path}/{member}/{at}"), change)?;
            }
        }
    }
    change(kind, object, path)
}
