use super::hash;
use crate::json::{Object, Value};
use crate::vocabulary::closed_vocabulary;

closed_vocabulary! {
    /// The objects that can have a `private_hash` of their own, so that a part of them can be erased (spec/privacy.md). In
    /// all others `private_hash` and `salt` are members like any other.
    ErasableKind {
        Run = "run",
        Step = "step",
        SideEffect = "side_effect",
        Approval = "approval",
        PolicyDecision = "policy_decision",
        Artifact = "artifact",
    }
}

/// Members that an object of a kind with a `private_hash` keeps apart (AR-PRIV-002): what `private_hash` covers beside
/// `salt`, and what erasing removes.
pub fn private_members(kind: ErasableKind) -> &'static [&'static str] {
    match kind {
        ErasableKind::Run => {
            &["intent", "input_preview", "output_preview", "input_refs", "output_refs", "error", "metadata"]
        }
        ErasableKind::Step => &["input_preview", "output_preview", "input_refs", "output_refs", "error", "metadata"],
        ErasableKind::SideEffect => &["operation", "target", "before_digest", "after_digest", "metadata"],
        ErasableKind::Approval => &["reason", "presentation_digest", "metadata"],
        ErasableKind::PolicyDecision => &["reasons", "subject_hash", "metadata"],
        ErasableKind::Artifact => &["name", "content", "metadata"],
    }
}

/// Members of an object of a kind that are lists of objects with a `private_hash` of their own, and the kinds of those, in
/// the order in which a verifier looks at them.
pub fn nested_lists(kind: ErasableKind) -> &'static [(&'static str, ErasableKind)] {
    match kind {
        ErasableKind::Run => &[
            ("steps", ErasableKind::Step),
            ("approvals", ErasableKind::Approval),
            ("policy_decisions", ErasableKind::PolicyDecision),
            ("artifacts", ErasableKind::Artifact),
        ],
        ErasableKind::Step => &[("side_effects", ErasableKind::SideEffect)],
        _ => &[],
    }
}

/// An object as hashes and seals see it: without `salt` and its private members if it has a `private_hash`, and likewise
/// what is inside it (AR-BYTES-012). A whole object and an erased one have the same public form.
pub fn public_form(kind: ErasableKind, object: &Object) -> Object {
    let is_erasable = matches!(object.get("private_hash"), Some(Value::String(_)));
    let hidden = if is_erasable { private_members(kind) } else { &[] };
    let nested = nested_lists(kind);
    object
        .iter()
        .filter(|(name, _)| !(hidden.contains(name) || is_erasable && *name == "salt"))
        .map(|(name, value)| {
            let list = nested.iter().find(|(member, _)| *member == name);
            (name, list.map_or_else(|| value.clone(), |&(_, item_kind)| public_list(item_kind, value)))
        })
        .collect()
}

fn public_list(kind: ErasableKind, list: &Value) -> Value {
    let public = |item: &Value| match item {
        Value::Object(object) => Value::Object(public_form(kind, object)),
        other => other.clone(),
    };
    match list {
        Value::Array(items) => Value::Array(items.iter().map(public).collect()),
        other => other.clone(),
    }
}

/// `private_hash` of an object: the hash of kind `private` over its `salt` and those of its private members that are
/// present (AR-PRIV-002).
pub fn private_hash(kind: ErasableKind, object: &Object) -> String {
    let private = private_members(kind);
    let covered: Object = object.iter().filter(|(name, _)| *name == "salt" || private.contains(name)).collect();
    hash("private", &Value::Object(covered))
}
