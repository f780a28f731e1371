//! All vectors of verdicts, journals and trust files, and the cases of the semantic rules.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use crate::files::{self, check, object, text};
use agent_run_types::canonical::canonicalize;
use agent_run_types::journal;
use agent_run_types::json::{Object, Value};
use agent_run_types::schema::{validate_value, ValidateOptions};
use agent_run_types::semantics::{self, Instant};
use agent_run_types::trust::{fits, Trust};
use agent_run_types::verify::{verify, VerifyOptions};

/// The JSON files in a folder of the repository, by their names.
fn files_in(folder: &str) -> Vec<PathBuf> {
    let mut files: Vec<_> = fs::read_dir(files::path(folder))
        .unwrap_or_else(|error| panic!("{folder}: {error}"))
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "json"))
        .collect();
    files.sort();
    files
}

fn value_in(path: &PathBuf) -> Value {
    let bytes = fs::read(path).expect("a file");
    agent_run_types::json::read(&bytes).unwrap_or_else(|fault| panic!("{}: {fault}", path.display()))
}

fn items<'a>(object: &'a Object, member: &str) -> &'a [Value] {
    object.get(member).and_then(Value::as_array).unwrap_or_default()
}

/// What a verdict vector gives beside the record, and the verdict on it.
pub fn verdict_of(vector: &Object) -> Value {
    let (input, options) = (object(vector, "input"), object(vector, "options"));
    let record = match input.get("record_text") {
        Some(text) => text.as_str().unwrap_or_default().to_owned(),
        None => input.get("record").map(canonicalize).unwrap_or_default(),
    };
    let trust = input.get("trust").map(|file| Trust::parse(canonicalize(file).as_bytes()).expect("a good trust file"));
    let level = text(options, "level").parse().expect("a level");
    let options = VerifyOptions {
        trust: trust.as_ref(),
        journal: input.get("journal_text").and_then(Value::as_str).map(str::as_bytes),
        related: items(input, "related"),
        statements: items(input, "statements"),
        evals: items(input, "evals"),
        proofs: items(input, "proofs"),
        level,
        now: Some(Instant::parse(text(options, "now")).expect("a time")),
        ..VerifyOptions::default()
    };
    serde_json::to_value(verify(record.as_bytes(), &options)).expect("JSON").into()
}

/// The parts of a verdict that every verifier has to agree on (conformance/harness.md, verify).
fn binding(verdict: &Object, expected: &Object) -> Value {
    let mut parts = Object::new();
    for name in ["ok", "level", "by", "self_asserted", "completeness", "time", "first_failure"] {
        if let Some(value) = verdict.get(name) {
            parts.insert(name, value);
        }
    }
    let checks = items(verdict, "checks").iter().filter_map(Value::as_object).map(|check| {
        let is_explained = ["fail", "unknown"].contains(&text(check, "result"));
        let names: &[&str] = if is_explained { &["check", "result", "code", "path"] } else { &["check", "result"] };
        Value::Object(check.iter().filter(|(name, _)| names.contains(name)).collect())
    });
    parts.insert("checks", checks.collect::<Vec<_>>());
    let edges = items(verdict, "edges").iter().filter_map(Value::as_object);
    let edge = |edge: &Object| -> Value {
        edge.iter().filter(|(name, _)| ["path", "state", "code"].contains(name)).collect::<Object>().into()
    };
    parts.insert("edges", edges.map(edge).collect::<Vec<_>>());
    if expected.contains("missing") {
        let code = |each: &Value| each.as_str().or_else(|| each.get("code")?.as_str()).map(str::to_owned);
        let codes: BTreeSet<_> = items(verdict, "missing").iter().filter_map(code).collect();
        parts.insert("missing", codes.into_iter().map(Value::from).collect::<Vec<_>>());
    }
    parts.into()
}

#[test]
fn verdicts() {
    if !files::is_here() {
        return;
    }
    let manifest = files::value("conformance/vectors/verify/manifest.json");
    let (mut differing, mut count) = (Vec::new(), 0);
    for class in manifest.get("classes").and_then(Value::as_object).expect("classes").keys() {
        for path in files_in(&format!("conformance/vectors/verify/{class}")) {
            let vector = value_in(&path);
            let vector = vector.as_object().expect("an object");
            let (verdict, expected) = (verdict_of(vector), object(vector, "expect"));
            let (found, expected) =
                (binding(verdict.as_object().expect("a verdict"), expected), binding(expected, expected));
            if found != expected {
                let [found, expected] = [&found, &expected].map(canonicalize);
                differing.push(format!("{}: found {found}, expected {expected}", path.display()));
            }
            let options = ValidateOptions { schema: "verdict", strict: true, ..ValidateOptions::default() };
            let form = validate_value(&verdict, &options);
            assert_eq!(form.findings, [], "{}: what the schema says of the verdict", path.display());
            count += 1;
        }
    }
    assert!(differing.is_empty(), "{}", differing.join("\n"));
    assert_eq!(manifest.get("total").and_then(Value::as_u64), Some(count));
}

#[test]
fn semantic_rules() {
    if !files::is_here() {
        return;
    }
    let places = |findings: &[Value]| -> BTreeSet<String> { findings.iter().map(canonicalize).collect() };
    let found = |record: &Value| -> BTreeSet<String> {
        let findings = semantics::check(record.as_object().expect("a record"));
        let place = |finding: &agent_run_types::schema::Finding| -> Value {
            [("code", finding.code), ("path", &finding.path)].into_iter().collect::<Object>().into()
        };
        places(&findings.iter().map(place).collect::<Vec<_>>())
    };
    let files = files_in("conformance/cases/semantics");
    assert_eq!(files.len(), semantics::rule_count(), "a file for each rule");
    for path in files {
        let cases = value_in(&path);
        let cases = cases.as_object().expect("an object");
        for record in items(cases, "valid") {
            assert_eq!(found(record), BTreeSet::new(), "{}", path.display());
        }
        for case in items(cases, "invalid").iter().filter_map(Value::as_object) {
            let record = case.get("record").expect("a record");
            assert_eq!(found(record), places(items(case, "expect")), "{}", path.display());
        }
    }
}

#[test]
fn journal_check() {
    check("journal/check", |vector| {
        let checked = journal::check(text(vector, "journal_text").as_bytes());
        let mut result = Object::new();
        result.insert("result", if checked.fault.is_some() { "fail" } else { "pass" });
        result.insert("torn", checked.torn);
        if let Some(fault) = checked.fault {
            result.insert("code", fault.code);
            result.insert("path", fault.path);
        }
        if let Some(seq) = checked.checkpoint {
            result.insert("checkpoint", seq as f64);
        }
        result.into()
    });
}

#[test]
fn journal_fold() {
    check("journal/fold", |vector| {
        let live = vector.get("live").and_then(Value::as_bool).expect("live");
        journal::fold(text(vector, "journal_text").as_bytes(), live).expect("a sound journal").into()
    });
}

#[test]
fn trust_file() {
    check("trust/file", |vector| match Trust::parse(text(vector, "trust_text").as_bytes()) {
        Ok(_) => Value::Null,
        Err(error) => {
            [("code", error.findings[0].code), ("path", &error.findings[0].path)].into_iter().collect::<Object>().into()
        }
    });
}

#[test]
fn trust_pattern() {
    check("trust/pattern", |vector| fits(text(vector, "pattern"), text(vector, "text")).into());
}
