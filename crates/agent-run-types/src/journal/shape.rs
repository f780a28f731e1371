use crate::hash::{public_form, ErasableKind};
use crate::json::{Object, Value};
use crate::schema::is_valid;
use crate::semantics::Members;
use crate::sign::key_of;

/// Members of a run that `run.updated` may give a new value.
const UPDATABLE: &[&str] = &[
    "session_id",
    "turn_id",
    "task_id",
    "job_id",
    "related",
    "links",
    "tags",
    "agent_name",
    "agent_version",
    "agent_role",
    "runtime",
    "runtime_version",
    "model",
    "provider",
    "model_config",
    "prompt_version",
    "status",
    "outcome",
    "ended_at",
    "duration_ms",
    "error",
    "error_type",
    "input_preview",
    "output_preview",
    "input_refs",
    "output_refs",
    "intent",
    "tools_available",
    "inventory",
    "permissions",
    "sandbox",
    "policies",
    "scope",
    "git_branch",
    "git_commit",
    "setup",
    "checkpoints",
    "recovery",
    "cost",
    "private_hash",
    "metadata",
];

/// Members of `provenance` that `run.updated` may give a new value.
const UPDATABLE_PROVENANCE: &[&str] =
    &["config_hash", "model_version", "prompt_digest", "inventory_hash", "runtime", "metadata"];

/// Lists of a run, by the type of the lines that fill them.
pub(crate) const COLLECTED: [(&str, &str); 5] = [
    ("step.ended", "steps"),
    ("approval", "approvals"),
    ("policy_decision", "policy_decisions"),
    ("artifact", "artifacts"),
    ("evidence", "evidence"),
];

/// Members of `provenance` that exist only once the record is sealed.
pub(crate) const SEAL_MEMBERS: [&str; 6] =
    ["steps_count", "steps_root", "journal_head", "sealed_at", "record_hash", "signature"];

/// The schema of a line's data, by the type of the line.
fn schema_of(line_type: &str) -> Option<&'static str> {
    match line_type {
        "step.started" | "step.ended" => Some("step"),
        "approval" => Some("approval"),
        "policy_decision" => Some("policy-decision"),
        "artifact" => Some("artifact"),
        "evidence" => Some("evidence"),
        "head" => Some("journal-head"),
        _ => None,
    }
}

/// The kind of the erasable object that a line's data is, by the type of the line.
pub(crate) fn kind_of(line_type: &str) -> Option<ErasableKind> {
    match line_type {
        "run.started" | "run.updated" | "run.sealed" => Some(ErasableKind::Run),
        "step.started" | "step.ended" => Some(ErasableKind::Step),
        "approval" => Some(ErasableKind::Approval),
        "policy_decision" => Some(ErasableKind::PolicyDecision),
        "artifact" => Some(ErasableKind::Artifact),
        _ => None,
    }
}

/// Whether the data of a chained line are what its type asks for, and in public form (AR-JRNL-001).
pub(crate) fn is_right_data(line_type: &str, data: &Value) -> bool {
    let Some(object) = data.as_object() else {
        return false;
    };
    if schema_of(line_type).is_some_and(|schema| !is_valid(schema, data)) {
        return false;
    }
    if kind_of(line_type).is_some_and(|kind| public_form(kind, object) != *object) {
        return false;
    }
    match line_type {
        "run.updated" => is_patch(object),
        "run.sealed" => !object.has("steps") && !object.has("eval"),
        _ => true,
    }
}

/// Whether `run.updated` changes only what can be changed, to values that the schemas admit.
fn is_patch(patch: &Object) -> bool {
    let nothing = Object::new();
    let changes = match patch.get("provenance") {
        None => &nothing,
        Some(Value::Object(changes)) => changes,
        Some(_) => return false,
    };
    let can_go = |name: &str| name != "status" && name != "cost";
    let is_allowed = |(name, value): (&str, &Value)| {
        name == "provenance" || UPDATABLE.contains(&name) && (!value.is_null() || can_go(name))
    };
    if !patch.iter().all(is_allowed) || !changes.keys().all(|name| UPDATABLE_PROVENANCE.contains(&name)) {
        return false;
    }
    let mut run = blank_run();
    for (name, value) in patch.iter().filter(|(_, value)| !value.is_null()) {
        run.insert(name, value.clone());
    }
    let mut provenance: Object = changes.iter().filter(|(_, value)| !value.is_null()).collect();
    provenance.insert("run_hash", "-");
    run.insert("provenance", provenance);
    is_valid("agent-run", &Value::Object(run))
}

/// The least that is an agent run.
fn blank_run() -> Object {
    let cost: Object = [("input_tokens", Value::Null), ("output_tokens", Value::Null)].into_iter().collect();
    let provenance: Object = [("run_hash", "-")].into_iter().collect();
    let members: [(&str, Value); 7] = [
        ("id", "-".into()),
        ("agent_id", "-".into()),
        ("status", "running".into()),
        ("started_at", Value::Null),
        ("steps", Value::Array(Vec::new())),
        ("cost", cost.into()),
        ("provenance", provenance.into()),
    ];
    members.into_iter().collect()
}

/// Where the data of `run.started` can't begin a run, below `data`; none if they can (AR-JRNL-004).
pub(crate) fn start_fault(data: &Object) -> Option<String> {
    let missing =
        ["id", "spec_version", "agent_id", "started_at", "provenance"].into_iter().find(|name| !data.has(name));
    if let Some(name) = missing {
        return Some(format!("/{name}"));
    }
    let nothing = Object::new();
    let provenance = data.child("provenance").unwrap_or(&nothing);
    if provenance.text("nonce").is_none() {
        return Some("/provenance/nonce".into());
    }
    let mut later = COLLECTED.iter().map(|(_, list)| *list).chain(["eval"]);
    if let Some(name) = later.find(|name| data.has(name)) {
        return Some(format!("/{name}"));
    }
    if let Some(name) = SEAL_MEMBERS.into_iter().find(|name| provenance.has(name)) {
        return Some(format!("/provenance/{name}"));
    }
    if provenance.has("signed_by") && provenance.text("signed_by").and_then(key_of).is_none() {
        return Some("/provenance/signed_by".into());
    }
    let mut run = data.clone();
    for (name, value) in blank_run() {
        if !run.contains(&name) {
            run.insert(name, value);
        }
    }
    if let Some(provenance) = run.get_mut("provenance").and_then(Value::as_object_mut) {
        if !provenance.contains("run_hash") {
            provenance.insert("run_hash", "-");
        }
    }
    (!is_valid("agent-run", &Value::Object(run))).then(String::new)
}
