//! Verdicts as a caller of the crate sees them.
#![cfg(feature = "verify")]

use agent_run_types::canonical::canonicalize_object;
use agent_run_types::json::{read, Object, Value};
use agent_run_types::schema::{validate_value, validate_with, ValidateOptions};
use agent_run_types::seal::{protect, seal, sign_object, SealOptions, SignedKind};
use agent_run_types::sign::SigningKey;
use agent_run_types::trust::Trust;
use agent_run_types::validate;
use agent_run_types::verify::{
    verify, verify_bundle, CheckName, CheckResult, Level, SignedBy, TimeBasis, VerifyOptions,
};

const AT: &str = "2026-11-20T14:05:00Z";

fn object(text: &str) -> Object {
    match read(text.as_bytes()).expect("JSON of the record profile") {
        Value::Object(object) => object,
        _ => panic!("an object"),
    }
}

fn key(byte: u8) -> SigningKey {
    SigningKey::from_seed(&[byte; 32])
}

fn sealed(id: &str) -> Object {
    let mut run = object(
        r#"{
            "spec_version": "1.0", "agent_id": "docs-bot", "status": "completed", "input_preview": "hello",
            "started_at": "2026-11-20T14:00:00Z", "ended_at": "2026-11-20T14:04:00Z", "steps": [],
            "cost": { "input_tokens": 3, "output_tokens": 4 },
            "provenance": { "run_hash": "", "nonce": "0123456789abcdef0123456789abcdef" }
        }"#,
    );
    run.insert("id", id);
    let run = protect(&run, |salt| salt.fill(9)).expect("a run that is not sealed");
    let options = SealOptions { at: AT, key: Some(&key(7)), ..SealOptions::default() };
    seal(&run, &options).expect("a finished run")
}

fn trust() -> Trust {
    let (runner, archive) = (key(7).did(), key(8).did());
    let file = format!(
        r#"{{ "agent_run_trust": "1.0", "keys": [
            {{ "key": "{runner}", "identity": "runner@ci.example.org", "roles": ["runtime"], "agents": ["docs-*"] }},
            {{ "key": "{archive}", "identity": "archive@example.org", "roles": ["server"] }}
        ] }}"#
    );
    Trust::parse(file.as_bytes()).expect("a good trust file")
}

fn countersignature(record: &Object) -> Object {
    let hash = record.get("provenance").and_then(|provenance| provenance.get("record_hash")).expect("a record_hash");
    let mut statement = object(r#"{ "kind": "countersignature", "at": "2026-11-20T15:00:00Z" }"#);
    statement.insert("about", hash);
    sign_object(SignedKind::Statement, statement, &key(8)).expect("a statement")
}

#[test]
fn says_who_answers_for_a_record_and_since_when() {
    let (record, trust) = (sealed("run_1"), trust());
    let statements = [Value::Object(countersignature(&record))];
    let options = VerifyOptions { trust: Some(&trust), statements: &statements, ..VerifyOptions::default() };
    let verdict = verify(canonicalize_object(&record).as_bytes(), &options);
    assert_eq!((verdict.ok, verdict.level, verdict.self_asserted), (true, Level::Accountable, false));
    assert_eq!(verdict.by.as_deref(), Some("runner@ci.example.org"));
    let seen = TimeBasis::Vouched { by: "archive@example.org".into(), at: "2026-11-20T15:00:00Z".into() };
    assert_eq!(verdict.time, seen);
    let shown = verdict.to_string();
    assert!(shown.ends_with(
        "level accountable, by runner@ci.example.org · seen by archive@example.org at 2026-11-20T15:00:00Z"
    ));
}

#[test]
fn asks_who_answers_for_the_seal() {
    let (record, trust) = (sealed("run_1"), trust());
    let bytes = canonicalize_object(&record);
    let asked = |trust: Option<&Trust>, signed_by: SignedBy<'_>, level: Level| {
        let options = VerifyOptions { trust, level, signed_by: Some(signed_by), ..VerifyOptions::default() };
        let verdict = verify(bytes.as_bytes(), &options);
        let stranger = verdict.missing.into_iter().find(|gap| gap.code == "level.signer" && gap.level == level);
        assert_eq!(verdict.ok, stranger.is_none());
        stranger.map(|gap| (gap.path.unwrap_or_default(), gap.reason.contains("but nobody who was asked for")))
    };
    let place = "/provenance/signed_by".to_owned();
    assert_eq!(asked(Some(&trust), SignedBy::Trusted, Level::Sealed), None);
    assert_eq!(asked(Some(&trust), SignedBy::OneOf(&["a", "runner@ci.example.org"]), Level::Recorded), None);
    let other = SignedBy::OneOf(&["archive@example.org"]);
    assert_eq!(asked(Some(&trust), other, Level::Sealed), Some((place.clone(), true)));
    assert_eq!(asked(Some(&trust), SignedBy::OneOf(&[]), Level::Sealed), Some((place.clone(), true)));
    // A seal by a key that nobody knows is right, and not by whom was asked for.
    assert_eq!(asked(None, SignedBy::Trusted, Level::Sealed), Some((place, false)));
    let none = VerifyOptions { level: Level::None, signed_by: Some(other), ..VerifyOptions::default() };
    let verdict = verify(bytes.as_bytes(), &none);
    assert_eq!((verdict.ok, verdict.missing[0].level), (false, Level::Recorded));
}

#[test]
fn a_trust_file_at_fault_says_what_is_wrong_and_levels_have_names() {
    let file = br#"{ "agent_run_trust": "1.0", "kezs": [], "keys": [{ "key": "x", "identity": "ci", "roles": [] }] }"#;
    let error = Trust::parse(file).expect_err("a fault");
    let codes: Vec<_> = error.findings.iter().map(|finding| finding.code).collect();
    assert_eq!(codes, ["schema.pattern", "schema.min_items"]);
    let error: Box<dyn std::error::Error + Send + Sync> = error.into();
    assert!(error.to_string().starts_with("no trust file: error schema.pattern at /keys/0/key: "), "{error}");
    assert!(error.to_string().ends_with(" (and 1 more)"), "{error}");
    assert_eq!("accountable".parse(), Ok(Level::Accountable));
    assert_eq!(Level::Recorded.to_string(), "recorded");
    assert!("green".parse::<Level>().is_err());
}

#[test]
fn names_what_was_expected_and_found() {
    let mut record = sealed("run_1");
    record.insert("outcome", "success");
    let verdict = verify(canonicalize_object(&record).as_bytes(), &VerifyOptions::default());
    assert_eq!((verdict.ok, verdict.first_failure), (false, Some(CheckName::Record)));
    let failed = verdict.check(CheckName::Record);
    assert_eq!(failed.code, Some("record.mismatch"));
    assert!(verdict.to_string().contains("record failed at /provenance/record_hash: expected sha256:"), "{verdict}");
    assert_eq!(verdict.result(CheckName::Signer), CheckResult::Skipped);
}

#[test]
fn a_record_without_a_seal_is_recorded_and_not_ok() {
    let record = sealed("run_1").without(&["provenance"]);
    let mut unsealed = record;
    unsealed.insert("provenance", object(r#"{ "run_hash": "" }"#));
    let bytes = canonicalize_object(&unsealed);
    let verdict = verify(bytes.as_bytes(), &VerifyOptions::default());
    assert_eq!((verdict.ok, verdict.level, verdict.first_failure), (false, Level::Recorded, None));
    let asked = VerifyOptions { level: Level::Recorded, ..VerifyOptions::default() };
    assert!(verify(bytes.as_bytes(), &asked).ok);
}

#[test]
fn verifies_the_records_of_a_bundle_with_what_stands_in_it() {
    let (one, other, trust) = (sealed("run_1"), sealed("run_2"), trust());
    let lines = [&one, &countersignature(&other), &other].map(canonicalize_object);
    let bundle = format!("{}\n\n{}\r\n{{\"what\": 1}}\n{}\n{{", lines[0], lines[1], lines[2]);
    let options = VerifyOptions { trust: Some(&trust), ..VerifyOptions::default() };
    let found = verify_bundle(bundle.as_bytes(), &options);
    let levels: Vec<_> = found.verdicts.iter().map(|verdict| (verdict.ok, verdict.level)).collect();
    assert_eq!(levels, [(true, Level::Accountable); 2]);
    assert_eq!(found.verdicts[0].time, TimeBasis::Asserted);
    assert_ne!(found.verdicts[1].time, TimeBasis::Asserted);
    let places: Vec<_> = found.findings.iter().map(|each| (each.code, each.position.expect("a place").line)).collect();
    assert_eq!(places, [("bundle.line", 4), ("json.syntax", 6)]);
}

#[test]
fn what_is_shown_does_no_harm_and_tells_no_secret() {
    let record = r#"{
        "id": "run_1", "agent_id": "a", "status": "\u001b[2Jdone", "started_at": null, "steps": [{ "id": "s", "type": "message",
        "started_at": "a secret of theirs" }], "cost": { "input_tokens": null, "output_tokens": null },
        "provenance": { "run_hash": "" }, "\u202etxt\n": 1
    }"#;
    let strict = validate_with(record.as_bytes(), &ValidateOptions { strict: true, ..ValidateOptions::default() });
    assert_eq!(strict.findings.len(), 3);
    let verdict = verify(record.as_bytes(), &VerifyOptions::default());
    for shown in strict.findings.iter().map(ToString::to_string).chain([verdict.to_string()]) {
        let is_harmless = |character: char| !character.is_control() && character != '\u{202e}';
        assert!(shown.chars().all(|character| is_harmless(character) || character == '\n'), "{shown:?}");
        assert!(!shown.contains("secret"), "{shown}");
    }
    assert!(strict.findings[2].to_string().contains(r"\u202etxt\u000a"), "{}", strict.findings[2]);
}

#[test]
fn keeps_few_findings_of_many_and_counts_the_rest() {
    let steps = vec!["7"; 5000].join(",");
    let text = format!(
        r#"{{ "id": "r", "agent_id": "a", "status": "failed", "started_at": null, "steps": [{steps}],
            "cost": {{ "input_tokens": null, "output_tokens": null }}, "provenance": {{ "run_hash": "" }} }}"#
    );
    let validation = validate(text.as_bytes());
    assert!(!validation.is_valid());
    assert_eq!((validation.findings.len(), validation.omitted), (100, 4900));
    assert_eq!(validation.findings[0].message, "found a number, expected an object");
}

#[test]
fn goes_no_deeper_than_a_record_may_be() {
    let mut cost = object(r#"{ "input_tokens": null, "output_tokens": null }"#);
    for _ in 0..300 {
        let mut outer = object(r#"{ "input_tokens": null, "output_tokens": null }"#);
        outer.insert("by_model", vec![Value::Object(cost)]);
        cost = outer;
    }
    let options = ValidateOptions { schema: "cost", ..ValidateOptions::default() };
    let found = validate_value(&Value::Object(cost), &options);
    assert_eq!(found.findings.iter().map(|finding| finding.code).collect::<Vec<_>>(), ["json.depth"]);
}
