//! Protecting, sealing, signing and erasing, as one after the other.
#![cfg(feature = "verify")]

use agent_run_types::hash::{self, ErasableKind};
use agent_run_types::json::{read, Object, Value};
use agent_run_types::seal::{
    check_step_proof, dsse, erase, erase_all, missing_from_seal, private_objects, protect, record_hash, seal,
    sign_object, signature_state, steps_root, verify_object, PrivateState, SealError, SealOptions, SignatureState,
    SignedKind,
};
use agent_run_types::sign::SigningKey;
use agent_run_types::tree;

const AT: &str = "2026-11-20T14:05:00Z";

fn object(text: &str) -> Object {
    match read(text.as_bytes()).expect("JSON of the record profile") {
        Value::Object(object) => object,
        _ => panic!("an object"),
    }
}

fn run() -> Object {
    let signature = format!("{}==", "A".repeat(86));
    let text = r#"{
        "spec_version": "1.0", "id": "run_1", "agent_id": "release-bot", "status": "completed",
        "started_at": "2026-11-20T14:00:00Z", "ended_at": "2026-11-20T14:04:00Z", "intent": "publish",
        "steps": [
            { "id": "s-1", "type": "tool_call", "tool_name": "sh", "status": "succeeded", "started_at": null, "input_preview": "npm publish",
              "side_effects": [{ "kind": "deploy", "target": "parser", "basis": "observed" }] },
            { "id": "s-2", "type": "handoff", "delegation_id": "d-1", "status": "succeeded", "started_at": null, "input_preview": "go on",
              "side_effects": [{ "kind": "message", "target": "reviewer", "basis": "declared" }] },
            { "id": "s-3", "type": "message", "role": "user", "status": "succeeded", "started_at": null }
        ],
        "approvals": [
            { "approval_id": "ap-1", "event": "requested", "at": "2026-11-20T14:01:00Z", "reason": "asks" },
            { "approval_id": "ap-1", "event": "approved", "at": "2026-11-20T14:01:00Z", "reason": "why",
              "signed_by": "did:key:z6MkgV7sfuBWRrnp8SRFBWGmeJTjV98EXE6bnYpzHThmt1pa", "signature": "SIGNATURE" },
            { "approval_id": "ap-2", "event": "requested", "at": "2026-11-20T14:01:00Z", "reason": "asks" }
        ],
        "artifacts": [{ "id": "a-1", "action": "created", "name": "parser.tgz" }],
        "cost": { "input_tokens": null, "output_tokens": null },
        "provenance": { "run_hash": "", "nonce": "0ce9d96089a31873e3a1ab8e59732dca" }
    }"#;
    object(&text.replace("SIGNATURE", &signature))
}

/// Fills with other bytes each time, as random enough for a test.
fn counting() -> impl FnMut(&mut [u8]) {
    let mut next = 0;
    move |bytes| {
        next += 1;
        bytes.fill(next);
    }
}

fn key() -> SigningKey {
    SigningKey::from_seed(&[7; 32])
}

fn sealed(run: &Object) -> Object {
    seal(run, &SealOptions { at: AT, key: Some(&key()), ..SealOptions::default() }).expect("a sealed record")
}

fn with(mut object: Object, member: &str, value: impl Into<Value>) -> Object {
    object.insert(member, value);
    object
}

fn with_provenance(mut run: Object, member: &str, value: impl Into<Value>) -> Object {
    let provenance = run.get_mut("provenance").and_then(Value::as_object_mut).expect("a provenance");
    provenance.insert(member, value);
    run
}

fn paths(run: &Object, state: PrivateState) -> Vec<String> {
    let found = private_objects(ErasableKind::Run, run, "").into_iter();
    found.filter(|place| place.state() == Some(state)).map(|place| place.path).collect()
}

#[test]
fn protecting_salts_what_is_private_and_may_change() {
    let protected = protect(&run(), counting()).expect("a record");
    let whole = ["", "/steps/0", "/steps/0/side_effects/0", "/approvals/2", "/artifacts/0"];
    // A signed decision, the request that it answers, and a handoff with its effects are fixed; the last step has nothing.
    assert_eq!(paths(&protected, PrivateState::Whole), whole);
    let salts: Vec<_> = private_objects(ErasableKind::Run, &protected, "")
        .iter()
        .filter_map(|place| place.object.get("salt").cloned())
        .collect();
    assert_eq!(salts.len(), 5);
    assert!(salts.iter().all(|salt| salt.as_str().is_some_and(|salt| salt.len() == 64)));
    assert!(salts.iter().enumerate().all(|(at, salt)| !salts[..at].contains(salt)));
    assert_eq!(protect(&protected, |_| panic!("nothing to salt")).expect("a record"), protected);
}

#[test]
fn protecting_keeps_a_salt() {
    let salted = with(object(r#"{"steps":[]}"#), "salt", "ab".repeat(32));
    let protected = protect(&salted, |_| panic!("there is a salt")).expect("a record");
    assert_eq!(protected.get("salt"), salted.get("salt"));
    assert_eq!(paths(&protected, PrivateState::Whole), [""]);
}

#[test]
fn erasing_changes_no_hash_and_no_signature() {
    let record = sealed(&protect(&run(), counting()).expect("a record"));
    assert_eq!(missing_from_seal(&record), None);
    assert!(verify_object(SignedKind::Run, &record));
    let erased = erase_all(&record).expect("an erasure");
    assert_eq!(paths(&erased.record, PrivateState::Erased).len(), 5);
    let stated: Vec<_> = private_objects(ErasableKind::Run, &record, "")
        .iter()
        .filter_map(|place| place.object.get("private_hash")?.as_str().map(str::to_owned))
        .collect();
    assert_eq!(erased.private_hashes, stated, "in the order of the document");
    for each in [&erased.record, &erase(&record, &["", "/steps/0"]).expect("an erasure").record] {
        assert_eq!(record_hash(each), record_hash(&record));
        assert!(verify_object(SignedKind::Run, each));
        assert_eq!(steps_of(each), steps_of(&record));
        assert!(!each.contains("intent"));
        assert_eq!(each.get("steps").and_then(|steps| steps.as_array()?[0].get("input_preview")), None);
    }
    assert_eq!(erase_all(&erased.record).expect("an erasure"), erased);
}

fn steps_of(run: &Object) -> String {
    steps_root(run.get("steps").and_then(Value::as_array).expect("steps")).root
}

#[test]
fn erasing_refuses_what_would_break_or_hide_something() {
    let record = protect(&run(), counting()).expect("a record");
    let refusal = |record: &Object, place| erase(record, &[place]).expect_err("a refusal");
    assert_eq!(refusal(&record, "/steps/9"), SealError::NotFound("/steps/9".into()));
    assert_eq!(refusal(&record, "/cost"), SealError::NotFound("/cost".into()));
    assert_eq!(refusal(&record, "/steps/1"), SealError::Unprotected("/steps/1".into()));
    let changed = with(record, "intent", "something else");
    assert_eq!(refusal(&changed, ""), SealError::Broken(String::new()));
    assert_eq!(erase_all(&changed), Err(SealError::Broken(String::new())));
}

#[test]
fn a_record_that_would_never_verify_is_not_sealed() {
    let options = SealOptions { at: AT, key: Some(&key()), ..SealOptions::default() };
    let refusal = |run: &Object| seal(run, &options).expect_err("a refusal").code();
    let message = |run: &Object| seal(run, &options).expect_err("a refusal").to_string();
    assert_eq!(refusal(&sealed(&run())), "seal.already_sealed");
    assert_eq!(refusal(&run().without(&["spec_version"])), "seal.version");
    assert_eq!(refusal(&with(run(), "status", "running")), "seal.open_status");
    assert_eq!(refusal(&run().without(&["status"])), "seal.invalid");
    assert_eq!(refusal(&with(run(), "eval", object(r#"{"document_hash":"sha256:0"}"#))), "seal.eval");
    assert_eq!(refusal(&with_provenance(run(), "signed_by", "did:key:z6MkOther")), "seal.other_key");
    assert_eq!(refusal(&with_provenance(run(), "nonce", Value::Null)), "seal.invalid");
    let broken = with(protect(&run(), counting()).expect("a record"), "intent", "changed");
    assert_eq!(refusal(&broken), "seal.invalid");
    assert!(message(&broken).starts_with("found what is invalid, at /private_hash: private_hash does not match"));
    assert!(message(&run().without(&["cost"])).starts_with("found what is invalid, at the root: "));
    assert_eq!(protect(&sealed(&run()), counting()), Err(SealError::AlreadySealed));
}

#[test]
fn a_seal_needs_no_signature_and_may_leave_it_to_a_batch() {
    let unsigned = seal(&run(), &SealOptions { at: AT, ..SealOptions::default() }).expect("a sealed record");
    assert_eq!(signature_state(SignedKind::Run, &unsigned), SignatureState::Absent);
    let did = key().did();
    let options = SealOptions { at: AT, signed_by: Some(&did), ..SealOptions::default() };
    let batched = seal(&run(), &options).expect("a sealed record");
    assert_eq!(signature_state(SignedKind::Run, &batched), SignatureState::Stripped);
    let two = SealOptions { key: Some(&key()), signed_by: Some("did:key:z6MkOther"), at: AT, ..SealOptions::default() };
    assert_eq!(seal(&run(), &two), Err(SealError::OtherKey));
    let mut provenance = run().get("provenance").and_then(Value::as_object).cloned().expect("a provenance");
    provenance.remove("nonce");
    let options = SealOptions { at: AT, nonce: Some("00112233445566778899aabbccddeeff"), ..SealOptions::default() };
    let sealed = seal(&with(run(), "provenance", provenance), &options).expect("a sealed record");
    let nonce = sealed.get("provenance").and_then(|provenance| provenance.get("nonce")).and_then(Value::as_str);
    assert_eq!(nonce, options.nonce);
}

#[test]
fn what_is_signed_says_by_whom() {
    let about = hash::digest(b"what it is about");
    let statement = object(r#"{"kind":"countersignature","at":"2026-11-20T14:05:00Z","body":{}}"#);
    let statement = with(statement, "about", about);
    assert_eq!(signature_state(SignedKind::Statement, &statement), SignatureState::Absent);
    let signed = sign_object(SignedKind::Statement, statement.clone(), &key()).expect("a signed statement");
    assert!(verify_object(SignedKind::Statement, &signed));
    assert!(!verify_object(SignedKind::Eval, &signed), "the kind is part of what is signed");
    assert!(!verify_object(SignedKind::Statement, &with(signed.clone(), "body", object(r#"{"x":1}"#))));
    assert!(!verify_object(SignedKind::Statement, &with(signed.clone(), "new", 1)), "unknown members are covered");
    assert_eq!(signature_state(SignedKind::Statement, &signed.without(&["signature"])), SignatureState::Stripped);
    assert_eq!(signature_state(SignedKind::Statement, &signed.without(&["signed_by"])), SignatureState::Fail);
    assert_eq!(sign_object(SignedKind::Statement, signed, &key()), Err(SealError::AlreadySealed));
    let other = with(statement.clone(), "signed_by", "did:key:z6MkOther");
    assert_eq!(sign_object(SignedKind::Statement, other, &key()), Err(SealError::OtherKey));
    assert_eq!(dsse(SignedKind::Statement, &statement), Err(SealError::Unsigned));
}

#[test]
fn what_would_never_verify_is_not_signed() {
    let refusal = |kind, object| sign_object(kind, object, &key()).expect_err("a refusal");
    let request = object(r#"{"approval_id":"ap-1","event":"requested","at":"2026-11-20T14:01:00Z","reason":"asks"}"#);
    assert!(sign_object(SignedKind::Approval, request.clone(), &key()).is_ok());
    assert_eq!(
        refusal(SignedKind::Approval, with(request.clone(), "event", "approved")),
        SealError::Incomplete("run_id")
    );
    let broken = with(with(request, "salt", "ab".repeat(32)), "private_hash", format!("sha256:{}", "0".repeat(64)));
    assert_eq!(refusal(SignedKind::Approval, broken).code(), "seal.invalid");
    assert_eq!(refusal(SignedKind::Eval, object(r#"{"pass":true}"#)).code(), "seal.invalid");
}

#[test]
fn a_run_is_not_signed_but_sealed() {
    assert_eq!(sign_object(SignedKind::Run, run(), &key()), Err(SealError::Run));
}

#[test]
fn only_what_can_be_erased_has_a_salt_that_no_signature_covers() {
    let members =
        r#"{"kind":"note","about":"x","at":"2026-11-20T14:05:00Z","body":{},"private_hash":"sha256:00","salt":"a"}"#;
    let signed = sign_object(SignedKind::Statement, object(members), &key()).expect("a signed statement");
    assert!(!verify_object(SignedKind::Statement, &signed.without(&["salt"])));
    assert!(!verify_object(SignedKind::Statement, &with(signed, "salt", "b")));
}

fn proof_of(record: &Object, index: usize) -> Object {
    let steps = record.get("steps").and_then(Value::as_array).expect("steps");
    let leaves: Vec<_> = steps.iter().filter_map(Value::as_object).map(hash::step_leaf).collect();
    let path = tree::prove_inclusion(&leaves, index)
        .expect("a step")
        .iter()
        .map(|hash| hash::digest_text(hash).into())
        .collect();
    let members = [
        ("agent_run_proof", Value::from("1.0")),
        ("record", hash::public_form(ErasableKind::Run, record).without(&["steps", "eval"]).into()),
        ("step", steps[index].clone()),
        ("index", Value::Number(index as f64)),
        ("path", Value::Array(path)),
    ];
    members.into_iter().collect()
}

#[test]
fn one_step_is_proved_without_the_others() {
    let record = sealed(&protect(&run(), counting()).expect("a record"));
    for index in 0..3 {
        assert_eq!(check_step_proof(&proof_of(&record, index), None), Ok(SignatureState::Pass));
    }
    assert_eq!(tree::prove_inclusion(&[[0; 32]; 3], 3), None);
    let code = |proof: &Object| check_step_proof(proof, None).expect_err("a fault").code;
    let proof = proof_of(&record, 0);
    assert_eq!(code(&with(proof.clone(), "index", 1)), "proof.path");
    assert_eq!(code(&with(proof.clone(), "index", 0.5)), "proof.path");
    assert_eq!(code(&with(proof.clone(), "path", Value::Array(vec!["x".into()]))), "proof.path");
    assert_eq!(code(&proof.without(&["step"])), "schema.type");
    assert_eq!(code(&with(proof.clone(), "record", 1)), "schema.type");
    let of_record = |change: &dyn Fn(Object) -> Object| {
        let record = proof.get("record").and_then(Value::as_object).cloned().expect("a record");
        with(proof.clone(), "record", change(record))
    };
    assert_eq!(code(&of_record(&|record| with(record, "eval", 1))), "proof.uncovered");
    assert_eq!(code(&of_record(&|record| with(record, "intent", "forged"))), "private.state");
    assert_eq!(code(&of_record(&|record| with(record, "agent_id", "another"))), "record.mismatch");
    assert_eq!(code(&of_record(&|record| with(record, "status", "running"))), "record.open_status");
    assert_eq!(code(&of_record(&|record| record.without(&["spec_version"]))), "record.incomplete");
    assert_eq!(code(&of_record(&|record| with_provenance(record, "signature", Value::Null))), "signature.stripped");
    assert_eq!(code(&of_record(&|record| with_provenance(record, "signature", "x"))), "signature.invalid");
    assert_eq!(code(&of_record(&|record| with_provenance(record, "sealed_at", Value::Null))), "record.incomplete");
}

#[test]
fn a_step_of_a_record_in_a_batch_is_proved_with_the_batch() {
    let did = key().did();
    let record =
        seal(&run(), &SealOptions { at: AT, signed_by: Some(&did), ..SealOptions::default() }).expect("a record");
    let name = record_hash(&record);
    let root = hash::digest_text(&tree::leaf_hash(name.as_bytes()));
    let body = with(with(Object::new(), "root", root.as_str()), "count", 1);
    let statement = with(with(object(r#"{"kind":"batch","at":"2026-11-20T14:05:00Z"}"#), "about", root), "body", body);
    let statement = sign_object(SignedKind::Statement, statement, &key()).expect("a signed statement");
    let batch_name = agent_run_types::seal::seal_hash(SignedKind::Statement, &statement);
    let batch_proof = with(with(object(r#"{"index":0,"path":[]}"#), "statement", batch_name), "record_hash", name);
    let proof = proof_of(&record, 2);
    assert_eq!(check_step_proof(&proof, None).expect_err("a fault").code, "signature.stripped");
    assert_eq!(check_step_proof(&proof, Some((&statement, &batch_proof))), Ok(SignatureState::Pass));
    let other = with(batch_proof, "record_hash", "sha256:0");
    assert_eq!(check_step_proof(&proof, Some((&statement, &other))).expect_err("a fault").code, "signature.stripped");
}
