use super::hash;
use crate::json::{Object, Value};

/// Members that an object of a kind with a `private_hash` keeps apart (AR-PRIV-002): what `private_hash` covers beside
/// `salt`, and what erasing removes. Kinds are `run step side_effect approval policy_decision artifact`; others have none.
pub fn private_members(kind: &str) -> &'static [&'static str] {
    match kind {
        "run" => &["intent", "input_preview", "output_preview", "input_refs", "output_refs", "error", "metadata"],
        "step" => &["input_preview", "output_preview", "input_refs", "output_refs", "error", "metadata"],
        "side_effect" => &["operation", "target", "before_digest", "after_digest", "metadata"],
        "approval" => &["reason", "presentation_digest", "metadata"],
        "policy_decision" => &["reasons", "subject_hash", "metadata"],
        "artifact" => &["name", "content", "metadata"],
        _ => &[],
    }
}

/// Members of an object of a kind that are lists of objects with a `private_hash` of their own, and the kinds of those, in
/// the order in which a verifier looks at them.
pub fn nested_lists(kind: &str) -> &'static [(&'static str, &'static str)] {
    match kind {
        "run" => &[
            ("steps", "step"),
            ("approvals", "approval"),
            ("policy_decisions", "policy_decision"),
            ("artifacts", "artifact"),
        ],
        "step" => &[("side_effects", "side_effect")],
        _ => &[],
    }
}

/// An object as hashes and seals see it: without `salt` and its private members if it has a `private_hash`, and likewise
/// what is inside it (AR-BYTES-012). A whole object and an erased one have the same public form.
pub fn public_form(kind: &str, object: &Object) -> Object {
    let is_erasable = matches!(object.get("private_hash"), Some(Value::String(_)));
    let hidden = if is_erasable { private_members(kind) } else { &[] };
    let nested = nested_lists(kind);
    object
        .iter()
        .filter(|(name, _)| !(hidden.contains(name) || is_erasable && *name == "salt"))
        .map(|(name, value)| {
            let list = nested.iter().find(|(member, _)| *member == name);
            (name, list.map_or_else(|| value.clone(), |(_, item_kind)| public_list(item_kind, value)))
        })
        .collect()
}

fn public_list(kind: &str, list: &Value) -> Value {
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
pub fn private_hash(kind: &str, object: &Object) -> String {
    let private = private_members(kind);
    let covered: Object = object.iter().filter(|(name, _)| *name == "salt" || private.contains(name)).collect();
    hash("private", &Value::Object(covered))
}
