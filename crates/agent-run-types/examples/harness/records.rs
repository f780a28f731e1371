//! Records, journals, trust files and verdicts.
use agent_run_types::canonical::canonicalize;
use agent_run_types::journal;
use agent_run_types::json::{Object, Value};
use agent_run_types::semantics::{self, Instant};
use agent_run_types::trust::{fits, Trust, TrustError};
use agent_run_types::verify::{verify, Level, VerifyOptions};

use crate::input::{said, Answer, Input};
use crate::Operation;

pub const OPERATIONS: &[(&str, Operation)] = &[
    ("trust/pattern", |input| Ok(fits(input.text("pattern")?, input.text("text")?).into())),
    ("trust/file", |input| Ok(first_fault(Trust::parse(input.text("trust_text")?.as_bytes())))),
    ("journal/fold", |input| {
        let live = input.value("live")?.as_bool().unwrap_or(false);
        journal::fold(input.text("journal_text")?.as_bytes(), live).map(Value::Object).map_err(said)
    }),
    ("journal/check", |input| {
        let checked = journal::check(input.text("journal_text")?.as_bytes());
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
        Ok(result.into())
    }),
    ("semantics", |input| {
        let findings = semantics::check(input.object("record")?);
        Ok(serde_json::to_value(findings).map_err(said)?.into())
    }),
    ("verify", verdict),
];

/// The first fault of a trust file, null if it is good.
fn first_fault(parsed: Result<Trust, TrustError>) -> Value {
    let first = parsed.err().and_then(|error| error.findings.into_iter().next());
    first.map(|finding| [("code", finding.code), ("path", &finding.path)].into_iter().collect::<Object>()).into()
}

fn verdict(input: &Input<'_>) -> Answer {
    // A record given as a value is serialised and then read like a file.
    let record = match input.get("record_text") {
        Some(text) => text.as_str().unwrap_or_default().to_owned(),
        None => canonicalize(input.value("record")?),
    };
    let trust = match input.get("trust") {
        Some(file) => Some(Trust::parse(canonicalize(file).as_bytes()).map_err(|error| said(error.findings[0].code))?),
        None => None,
    };
    let option = |name: &str| input.get("options").and_then(|options| options.get(name)).and_then(Value::as_str);
    let level = option("level").map_or(Ok(Level::default()), str::parse).map_err(said)?;
    let options = VerifyOptions {
        trust: trust.as_ref(),
        journal: input.get("journal_text").and_then(Value::as_str).map(str::as_bytes),
        related: input.list("related"),
        statements: input.list("statements"),
        evals: input.list("evals"),
        proofs: input.list("proofs"),
        level,
        now: option("now").and_then(Instant::parse),
        ..VerifyOptions::default()
    };
    Ok(serde_json::to_value(verify(record.as_bytes(), &options)).map_err(said)?.into())
}
