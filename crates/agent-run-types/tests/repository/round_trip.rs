//! What is read as a typed object is written as the same JSON value: unknown members, `null` and all numbers included.

use std::fs;

use agent_run_types as types;
use agent_run_types::canonical::canonicalize;
use agent_run_types::json::{read, Value};
use serde::{de::DeserializeOwned, Serialize};

use crate::files::{is_here, path};

/// A value as typed by the schema of that name, and back.
fn through(schema: &str, json: &str) -> Value {
    fn round<T: DeserializeOwned + Serialize>(json: &str) -> Value {
        let typed: T = serde_json::from_str(json).unwrap_or_else(|error| panic!("{error}: {json}"));
        Value::from_typed(&typed).expect("a value of the record profile")
    }
    match schema {
        "agent-run" => round::<types::AgentRun>(json),
        "verdict" => round::<types::Verdict>(json),
        "trust" => round::<types::Trust>(json),
        "journal-line" => round::<types::JournalLine>(json),
        "private-line" => round::<types::PrivateLine>(json),
        "journal-head" => round::<types::JournalHead>(json),
        "statement" => round::<types::Statement>(json),
        "batch-proof" => round::<types::BatchProof>(json),
        "step-proof" => round::<types::StepProof>(json),
        "eval" => round::<types::EvalResult>(json),
        other => panic!("no type for {other}"),
    }
}

fn check(schema: &str, json: &str) {
    let value = read(json.as_bytes()).expect("a value of the record profile");
    let returned = through(schema, json);
    assert_eq!(canonicalize(&returned), canonicalize(&value), "{schema}");
    let typed: Result<types::AgentRun, _> = value.clone().into_typed();
    assert!(schema != "agent-run" || typed.is_ok_and(|run| Value::from_typed(&run).is_ok_and(|again| again == value)));
}

#[test]
fn of_the_example_records() {
    if !is_here() {
        return;
    }
    let mut count = 0;
    for entry in fs::read_dir(path("examples/records")).expect("a folder") {
        let file = entry.expect("an entry").path();
        if file.extension().is_some_and(|extension| extension == "json") {
            check("agent-run", &fs::read_to_string(file).expect("a text"));
            count += 1;
        }
    }
    assert!(count > 0);
}

/// `AGENT_RUN_DOCUMENTS` names a file of valid objects, one a line: name of the schema, a tab, the JSON text.
#[test]
fn of_given_documents() {
    let Ok(file) = std::env::var("AGENT_RUN_DOCUMENTS") else {
        eprintln!("skipped: AGENT_RUN_DOCUMENTS names no file of documents");
        return;
    };
    let text = fs::read_to_string(file).expect("a text");
    for line in text.lines() {
        let (schema, json) = line.split_once('\t').expect("a tab");
        check(schema, json);
    }
    println!("{} documents", text.lines().count());
}
