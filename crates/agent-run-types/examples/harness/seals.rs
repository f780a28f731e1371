//! Seals of runs and proofs.
use agent_run_types::json::{Object, Value};
use agent_run_types::seal::{
    action_hash, check_batch_proof, check_step_proof, document_hash, dsse, is_sealed, private_state, record_hash,
    request_hash, seal, steps_root, SealOptions,
};
use agent_run_types::sign::SigningKey;

use crate::input::{said, Answer, Input};
use crate::Operation;

pub const OPERATIONS: &[(&str, Operation)] = &[
    ("seal/record-hash", |input| {
        let run = input.object("run")?;
        let members: [(&str, Value); 3] = [
            ("record_hash", record_hash(run).into()),
            ("document_hash", document_hash(run).into()),
            ("sealed", is_sealed(run).into()),
        ];
        Ok(Value::Object(members.into_iter().collect()))
    }),
    ("seal/sealed", |input| Ok(is_sealed(input.object("run")?).into())),
    ("seal/steps-root", |input| {
        let steps = steps_root(input.list("steps"));
        let members: [(&str, Value); 2] = [("count", (steps.count as f64).into()), ("root", steps.root.into())];
        Ok(Value::Object(members.into_iter().collect()))
    }),
    ("seal/private-state", |input| {
        let state = private_state(input.kind()?, input.object("object")?);
        Ok(state.map(|state| state.as_str()).into())
    }),
    ("seal/batch", |input| {
        let (proof, statement) = (input.object("proof")?, input.object("statement")?);
        Ok(check_batch_proof(proof, statement, input.text("signed_by")?).into())
    }),
    ("seal/step-proof", |input| Ok(check_step_proof(input.object("proof")?, None).is_ok().into())),
    ("seal/action-hash", |input| {
        Ok(action_hash(input.value("run_id")?, input.get("nonce"), input.object("step")?).into())
    }),
    ("seal/request-hash", |input| Ok(request_hash(input.object("event")?).into())),
    ("seal/seal", |input| {
        let record = sealed(input)?;
        Ok(record.get("provenance").cloned().unwrap_or(Value::Null))
    }),
    ("seal/dsse", |input| {
        let envelope = dsse(input.kind()?, input.object("object")?);
        envelope.map(Value::Object).map_err(said)
    }),
    ("agreement/seal", |input| -> Answer { Ok(Value::Object(sealed(input)?)) }),
];

/// The record that a run is sealed to.
fn sealed(input: &Input<'_>) -> Result<Object, String> {
    let key = SigningKey::from_seed(&input.exactly("seed_hex")?);
    let journal_head = input.get("journal_head").and_then(Value::as_str);
    let options = SealOptions { at: input.text("at")?, key: Some(&key), journal_head, ..SealOptions::default() };
    seal(input.object("run")?, &options).map_err(said)
}
