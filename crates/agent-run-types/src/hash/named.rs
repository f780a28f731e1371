use super::{hash, public_form, ErasableKind};
use crate::canonical::canonicalize_object;
use crate::json::{Object, Value};
use crate::tree::leaf_hash;

/// Leaf of a step in the step tree: SHA-256 over a zero byte and the canonical form of its public form (AR-BYTES-012).
/// [`digest_text`](super::digest_text) spells it as `handoff_leaf` does.
pub fn step_leaf(step: &Object) -> [u8; 32] {
    leaf_hash(canonicalize_object(&public_form(ErasableKind::Step, step)).as_bytes())
}

/// `schema_hash` of a tool: the hash of kind `tool` over `{name, description, input_schema}` as offered to the model, absent
/// ones as `null`.
pub fn tool_hash(tool: &Object) -> String {
    hash("tool", &Value::Object(pick(tool, &["name", "description", "input_schema"])))
}

/// `arguments_hash` of a call: the hash of kind `arguments` over `{arguments, salt}`. `salt` is the step's, `null` without one.
pub fn arguments_hash(arguments: &Value, salt: Option<&str>) -> String {
    let input: Object = [("arguments", arguments.clone()), ("salt", salt.into())].into_iter().collect();
    hash("arguments", &Value::Object(input))
}

/// `arguments_hash` where the arguments are not JSON of the record profile: over `{text, salt}`.
pub fn text_arguments_hash(text: &str, salt: Option<&str>) -> String {
    let input: Object = [("text", Value::from(text)), ("salt", salt.into())].into_iter().collect();
    hash("arguments", &Value::Object(input))
}

/// Members of an object, `null` for those that it has not.
pub(crate) fn pick(object: &Object, names: &[&'static str]) -> Object {
    names.iter().map(|name| (*name, object.get(name).cloned())).collect()
}
