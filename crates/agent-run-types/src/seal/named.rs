use super::{seal_hash, SignedKind};
use crate::hash::{hash, public_form, ErasableKind};
use crate::json::{Object, Value};

/// Identity of a sealed record: the hash of kind `run` over its covered part (AR-SEAL-011).
pub fn record_hash(run: &Object) -> String {
    seal_hash(SignedKind::Run, run)
}

/// Name of a record that is not sealed: the hash of kind `document` over its public form without `eval`.
pub fn document_hash(run: &Object) -> String {
    hash("document", &Value::Object(public_form(ErasableKind::Run, run).without(&["eval"])))
}

/// What a decision is about, one call in one run: the hash of kind `action` over `{run_id, nonce, step_id, tool_name,
/// mcp_server, tool_hash, arguments_hash}` of a step, absent ones as `null` (AR-APPR-030).
pub fn action_hash(run_id: &Value, nonce: Option<&Value>, step: &Object) -> String {
    let of_step = |name: &'static str, member| (name, Value::from(step.get(member).cloned()));
    let action: Object = [
        ("run_id", run_id.clone()),
        ("nonce", nonce.cloned().into()),
        of_step("step_id", "id"),
        of_step("tool_name", "tool_name"),
        of_step("mcp_server", "mcp_server"),
        of_step("tool_hash", "tool_hash"),
        of_step("arguments_hash", "arguments_hash"),
    ]
    .into_iter()
    .collect();
    hash("action", &Value::Object(action))
}

/// What a decision answers: the hash of kind `approval` over the covered part of the event `requested` (AR-APPR-025).
pub fn request_hash(event: &Object) -> String {
    seal_hash(SignedKind::Approval, event)
}
