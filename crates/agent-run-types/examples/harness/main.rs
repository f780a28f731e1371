//! The harness of the verifier suite (conformance/harness.md): requests come in on standard input, answers go out on standard
//! output, one JSON object a line.
//!
//! ```text
//! cargo build --release --features verify --example harness
//! agent-run-conformance verifier --command target/release/examples/harness
//! ```
//!
//! Beyond the operations of the suite it has those of the agreement test, by which implementations in several languages seal
//! for each other:
//!
//! - `agreement/canonical` {input_text or input_hex} → {canonical_hex}, or {refused} with the code of the first fault
//! - `agreement/protect` {run} → the run, with salt and private_hash on everything that can be erased; salts are fresh
//! - `agreement/seal` {run, seed_hex, at, journal_head?} → the sealed record
//! - `agreement/erase` {record, paths?} → {record, private_hashes}; without paths everything is erased
//! - `agreement/sign` {kind, object, seed_hex} → the object with signed_by and signature
//! - `agreement/journal` {run, seed_hex, at, heads_every?} → {journal_text, record}: the lines that a recorder would have
//!   written for a protected run, and the record that it would have sealed
mod agreement;
mod bytes;
mod input;
mod records;
mod seals;

use std::collections::BTreeMap;
use std::io::{self, BufRead, Write};

use agent_run_types::canonical::canonicalize_object;
use agent_run_types::json::{read, Object, Value};

use input::{Answer, Input};

/// An operation, and how it answers.
type Operation = fn(&Input) -> Answer;

fn main() -> io::Result<()> {
    let operations: BTreeMap<&str, Operation> =
        [bytes::OPERATIONS, seals::OPERATIONS, records::OPERATIONS, agreement::OPERATIONS]
            .concat()
            .into_iter()
            .collect();
    let mut output = io::stdout().lock();
    for line in io::stdin().lock().split(b'\n') {
        writeln!(output, "{}", canonicalize_object(&answer(&operations, &line?)))?;
        output.flush()?;
    }
    Ok(())
}

fn answer(operations: &BTreeMap<&str, Operation>, line: &[u8]) -> Object {
    let request = read(line).ok();
    let member = |name: &str| request.as_ref().and_then(|request| request.get(name));
    let mut answer = Object::new();
    answer.insert("id", member("id").cloned().unwrap_or(Value::Null));
    let name = member("op").and_then(Value::as_str).unwrap_or_default();
    let nothing = Object::new();
    let input = Input::new(member("input").and_then(Value::as_object).unwrap_or(&nothing));
    match (name, operations.get(name)) {
        ("describe", _) => answer.insert("result", describe(operations)),
        (_, None) => answer.insert("unsupported", true),
        (_, Some(operation)) => match operation(&input) {
            Ok(result) => answer.insert("result", result),
            Err(error) => answer.insert("error", error),
        },
    };
    answer
}

fn describe(operations: &BTreeMap<&str, Operation>) -> Object {
    let names: Vec<Value> = operations.keys().map(|name| Value::from(*name)).collect();
    let members: [(&str, Value); 5] = [
        ("harness", 1.into()),
        ("name", "agent-run-types".into()),
        ("version", env!("CARGO_PKG_VERSION").into()),
        ("level", "accountable".into()),
        ("ops", names.into()),
    ];
    members.into_iter().collect()
}
