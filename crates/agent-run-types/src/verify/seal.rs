//! The checks of the seal: run_hash, steps, record, signature, signer (spec/seal.md, spec/trust.md).
use super::context::Context;
use super::outcome::{CheckResult, Outcome};
use crate::canonical::canonicalize;
use crate::hash::{legacy_run_hash, run_hash, ErasableKind};
use crate::schema::Fault;
use crate::seal::{missing_from_seal, private_objects, verify_object, PrivateState, SignedKind, OPEN_STATUSES};
use crate::semantics::Members;
use crate::sign::key_of;
use crate::trust::{Bar, KeyState};

const SIGNED_BY: &str = "/provenance/signed_by";
const SIGNATURE: &str = "/provenance/signature";

/// Is the fingerprint that of this configuration? (spec/bytes.md, run_hash)
pub(super) fn check_run_hash(context: &Context<'_>) -> Outcome {
    const PATH: &str = "/provenance/run_hash";
    let stated = context.provenance.text("run_hash").unwrap_or_default();
    let is_hex = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
    if stated.len() != 64 || !stated.bytes().all(is_hex) {
        return Outcome::unknown("run_hash.form", PATH);
    }
    let right = run_hash(context.run);
    if stated == right {
        return Outcome::compared(1, "recomputed");
    }
    let is_old = !context.run.is_given("spec_version") && !context.provenance.is_given("record_hash");
    if is_old && stated == legacy_run_hash(context.run) {
        return Outcome::unknown("run_hash.legacy", PATH);
    }
    Outcome::fail(Fault::new("run_hash.mismatch", PATH)).than(right, stated)
}

/// Looks at the erasable objects of some kinds: how many there are, and the first that is broken.
fn states(context: &Context<'_>, kinds: &[ErasableKind]) -> Result<usize, Fault> {
    let mut compared = 0;
    for place in private_objects(ErasableKind::Run, context.run, "") {
        match place.state().filter(|_| kinds.contains(&place.kind)) {
            Some(PrivateState::Broken) => return Err(Fault::new("private.state", place.path)),
            Some(_) => compared += 1,
            None => {}
        }
    }
    Ok(compared)
}

/// Are these the steps that were sealed, all of them, in this order? (AR-SEAL-007, AR-SEAL-008)
pub(super) fn check_steps(context: &Context<'_>) -> Outcome {
    let mut compared = 0;
    if let Some(stated) = context.provenance.get("steps_count") {
        compared += 1;
        let count = context.leaves.len();
        if stated.as_f64() != Some(count as f64) {
            let fault = Fault::new("steps.count", "/provenance/steps_count");
            return Outcome::fail(fault).than(count.to_string(), canonicalize(stated));
        }
    }
    if let Some(stated) = context.provenance.get("steps_root") {
        compared += 1;
        let (stated, right) = (stated.as_str().unwrap_or_default(), context.steps_root());
        if stated != right {
            return Outcome::fail(Fault::new("steps.root", "/provenance/steps_root")).than(right, stated);
        }
    }
    match states(context, &[ErasableKind::Step, ErasableKind::SideEffect]) {
        Err(fault) => Outcome::fail(fault),
        Ok(states) => Outcome::compared(compared + states, format!("{} leaves", context.leaves.len())),
    }
}

/// Is the rest what was sealed? (AR-SEAL-008 to AR-SEAL-011)
pub(super) fn check_record(context: &Context<'_>) -> Outcome {
    use ErasableKind::{Approval, Artifact, PolicyDecision, Run};
    let states = match states(context, &[Run, Approval, PolicyDecision, Artifact]) {
        Err(fault) => return Outcome::fail(fault),
        Ok(states) => states,
    };
    if !context.is_sealed {
        return Outcome::compared(states, "not sealed; what can be erased is whole or erased");
    }
    if let Some(place) = missing_from_seal(context.run) {
        return Outcome::fail(Fault::new("record.incomplete", place));
    }
    if context.run.is("status", &OPEN_STATUSES) {
        let status = context.run.text("status").unwrap_or_default();
        return Outcome::fail(Fault::new("record.open_status", "/status"))
            .than("a status of a run that is over", status);
    }
    let stated = context.provenance.text("record_hash").unwrap_or_default();
    if stated != context.record_hash {
        let fault = Fault::new("record.mismatch", "/provenance/record_hash");
        return Outcome::fail(fault).than(context.record_hash.as_str(), stated);
    }
    Outcome::compared(states + 1, stated)
}

/// Did the key that the record names sign it, by itself or in a batch? (AR-SEAL-012 to AR-SEAL-015, AR-SEAL-017)
pub(super) fn check_signature(context: &Context<'_>) -> Outcome {
    let (run, provenance) = (context.run, context.provenance);
    match (provenance.is_given("signature"), provenance.is_given("signed_by")) {
        (false, false) => return Outcome::absent(),
        (signed, _) if !run.is_given("spec_version") => {
            return if signed { Outcome::unknown("signature.scheme", SIGNATURE) } else { Outcome::absent() }
        }
        (false, true) => return check_batch(context),
        (true, _) => {}
    }
    let Some(key) = context.signer().filter(|key| key_of(key).is_some()) else {
        let found = if provenance.is_given("signed_by") { "another text" } else { "nothing" };
        let fault = Fault::new("signature.key", SIGNED_BY);
        return Outcome::fail(fault).than("the did:key of an Ed25519 public key", found);
    };
    if !verify_object(SignedKind::Run, run) {
        let expected = format!("a signature by {key} over {}", context.record_hash);
        return Outcome::fail(Fault::new("signature.invalid", SIGNATURE)).than(expected, "another one");
    }
    Outcome::compared(1, format!("Ed25519, {key}"))
}

/// Whether a batch of the key covers the record, as it is and as it says it is (AR-SEAL-017).
fn check_batch(context: &Context<'_>) -> Outcome {
    let key = context.signer().unwrap_or_default();
    let is_stated = context.provenance.text("record_hash") == Some(&context.record_hash);
    if is_stated && context.evidence.is_in_batch(&context.record_hash, key) {
        return Outcome::compared(1, format!("in a batch by {key}"));
    }
    let expected = "a signature by signed_by, or a batch statement by it that covers the record";
    Outcome::fail(Fault::new("signature.stripped", SIGNATURE)).than(expected, "neither")
}

/// May that key sign for this agent? (AR-TRUST-002 to AR-TRUST-007)
pub(super) fn check_signer(context: &Context<'_>, signature: CheckResult) -> Outcome {
    match signature {
        CheckResult::Fail => return Outcome::skipped("the signature is wrong"),
        CheckResult::Pass => {}
        _ => return Outcome::absent(),
    }
    let (keys, key) = (context.keys, context.signer());
    if !keys.is_given() {
        return Outcome::unknown("signer.no_trust_file", SIGNED_BY);
    }
    let Some(entry) = keys.entry(key) else {
        return Outcome::unknown("signer.untrusted_key", SIGNED_BY);
    };
    if !entry.has_role(&["runtime", "recorder"]) {
        let fault = Fault::new("signer.role", SIGNED_BY);
        return Outcome::fail(fault).than("the role runtime or recorder", entry.roles.join(", "));
    }
    let patterns = |patterns: &Option<Vec<String>>| patterns.as_deref().unwrap_or_default().join(", ");
    let found = |name: &str| context.run.text(name).unwrap_or("none");
    match keys.bar(key, context.run) {
        Some(Bar::Agent) => {
            let fault = Fault::new("signer.agent", "/agent_id");
            return Outcome::fail(fault).than(patterns(&entry.agents), found("agent_id"));
        }
        Some(Bar::Workspace) => {
            let fault = Fault::new("signer.workspace", "/workspace_id");
            return Outcome::fail(fault).than(patterns(&entry.workspaces), found("workspace_id"));
        }
        None => {}
    }
    match keys.state(key, context.vouched.as_ref()) {
        KeyState::Revoked => Outcome::fail(Fault::new("signer.revoked", SIGNED_BY)),
        KeyState::TimeUnproven => Outcome::unknown("signer.time_unproven", SIGNED_BY),
        _ => Outcome::compared(1, format!("{} ({})", entry.identity, entry.roles.join(", "))),
    }
}
