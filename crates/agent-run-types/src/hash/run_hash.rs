use super::named::pick;
use super::{hash, hex, sha256};
use crate::canonical::{canonicalize, compare_units};
use crate::json::{Object, Value};

/// Fingerprint of a configuration, 64 hexadecimal digits without `sha256:` (AR-BYTES-011): the hash of kind `run-inputs` over
/// `{agent_id, model, tools, config_hash, trigger}`, where `tools` are the sorted distinct `tools_available`. Equal set-ups
/// have equal fingerprints: it is no identity.
pub fn run_hash(run: &Object) -> String {
    let mut tools = tool_names(run);
    tools.dedup();
    let mut inputs = pick(run, &["agent_id", "model", "trigger"]);
    inputs.insert("tools", list_of(&tools));
    inputs.insert("config_hash", config_hash(run).cloned());
    hash("run-inputs", &Value::Object(inputs)).split_off("sha256:".len())
}

/// The fingerprint by the formula of 0.1, which proves nothing and is only recognised: five parts joined by `|`.
pub fn legacy_run_hash(run: &Object) -> String {
    let text = |value: Option<&Value>| value.and_then(Value::as_str).unwrap_or_default().to_owned();
    let parts = [
        text(run.get("agent_id")),
        text(run.get("model")),
        canonicalize(&list_of(&tool_names(run))),
        text(config_hash(run)),
        text(run.get("trigger")),
    ];
    hex(&sha256(parts.join("|").as_bytes()))
}

fn config_hash(run: &Object) -> Option<&Value> {
    run.get("provenance")?.get("config_hash")
}

/// The texts of `tools_available`, sorted, doubled ones kept.
fn tool_names(run: &Object) -> Vec<&str> {
    let list = run.get("tools_available").and_then(Value::as_array).unwrap_or_default();
    let mut names: Vec<_> = list.iter().filter_map(Value::as_str).collect();
    names.sort_by(|one, other| compare_units(one, other));
    names
}

fn list_of(names: &[&str]) -> Value {
    Value::Array(names.iter().map(|name| Value::from(*name)).collect())
}
