//! What implementations in several languages do for each other.
use agent_run_types::canonical::canonicalize;
use agent_run_types::journal::JournalWriter;
use agent_run_types::json::{read, Object, Value};
use agent_run_types::seal::{erase, erase_all, protect, seal, sign_object, SealOptions};
use agent_run_types::sign::SigningKey;

use crate::input::{hex, said, Answer, Input};
use crate::Operation;

pub const OPERATIONS: &[(&str, Operation)] = &[
    ("agreement/canonical", |input| {
        let (name, text) = match read(&input.file()?) {
            Ok(value) => ("canonical_hex", hex(canonicalize(&value).as_bytes())),
            Err(fault) => ("refused", fault.code.as_str().to_owned()),
        };
        Ok(Value::Object([(name, text)].into_iter().collect()))
    }),
    ("agreement/protect", |input| {
        let random = |salt: &mut [u8]| getrandom::fill(salt).expect("the system has random bytes");
        protect(input.object("run")?, random).map(Value::Object).map_err(said)
    }),
    ("agreement/erase", |input| {
        let record = input.object("record")?;
        let erasure = match input.get("paths").and_then(Value::as_array) {
            Some(paths) => erase(record, &paths.iter().filter_map(Value::as_str).collect::<Vec<_>>()),
            None => erase_all(record),
        };
        let erasure = erasure.map_err(said)?;
        let hashes: Vec<Value> = erasure.private_hashes.into_iter().map(Value::from).collect();
        let members: [(&str, Value); 2] = [("record", erasure.record.into()), ("private_hashes", hashes.into())];
        Ok(Value::Object(members.into_iter().collect()))
    }),
    ("agreement/sign", |input| {
        let key = SigningKey::from_seed(&input.exactly("seed_hex")?);
        let signed = sign_object(input.kind()?, input.object("object")?.clone(), &key);
        signed.map(Value::Object).map_err(said)
    }),
    ("agreement/journal", journal),
];

/// Members of a run that lines of their own bring to a journal, and what each of those lines is called: decisions come before
/// the steps, what came of them after.
const BEFORE: [(&str, &str); 2] = [("approvals", "approval"), ("policy_decisions", "policy_decision")];
const AFTER: [(&str, &str); 2] = [("artifacts", "artifact"), ("evidence", "evidence")];

/// Members that the last `run.updated` brings.
const LAST: [&str; 3] = ["status", "ended_at", "cost"];

fn journal(input: &Input<'_>) -> Answer {
    let (run, at) = (input.object("run")?, input.text("at")?);
    let key = SigningKey::from_seed(&input.exactly("seed_hex")?);
    let every = input.get("heads_every").and_then(Value::as_u64).filter(|every| *every > 0);
    let mut writer = JournalWriter::new();
    let mut lines = writer.append("run.started", at, &beginning(run, &key)).map_err(said)?;
    lines.extend(of_lists(&mut writer, run, at, &BEFORE)?);
    for (number, step) in (1..).zip(objects(run, "steps")) {
        lines.extend(writer.append("step.ended", at, step).map_err(said)?);
        if every.is_some_and(|every| number % every == 0) {
            lines.extend(writer.sign_head(at, &key).map_err(said)?);
        }
    }
    lines.extend(of_lists(&mut writer, run, at, &AFTER)?);
    let last: Object = run.iter().filter(|(name, _)| LAST.contains(name)).collect();
    lines.extend(writer.append("run.updated", at, &last).map_err(said)?);
    lines.extend(writer.sign_head(at, &key).map_err(said)?);
    let options = SealOptions { at, key: Some(&key), journal_head: Some(writer.head()), ..SealOptions::default() };
    let record = seal(run, &options).map_err(said)?;
    lines.extend(writer.seal(at, &record).map_err(said)?);
    let text: String = lines.iter().map(|line| format!("{line}\n")).collect();
    let members: [(&str, Value); 2] = [("journal_text", text.into()), ("record", record.into())];
    Ok(Value::Object(members.into_iter().collect()))
}

/// What is known of a run when it starts, and the key that will sign.
fn beginning(run: &Object, key: &SigningKey) -> Object {
    let lists = BEFORE.iter().chain(&AFTER).map(|(list, _)| *list);
    let later: Vec<&str> = lists.chain(LAST).chain(["steps"]).collect();
    let mut start = run.without(&later);
    let mut provenance = run.get("provenance").and_then(Value::as_object).cloned().unwrap_or_default();
    provenance.insert("signed_by", key.did());
    start.insert("provenance", provenance);
    start
}

fn objects<'a>(run: &'a Object, list: &str) -> impl Iterator<Item = &'a Object> {
    run.get(list).and_then(Value::as_array).unwrap_or_default().iter().filter_map(Value::as_object)
}

fn of_lists(writer: &mut JournalWriter, run: &Object, at: &str, lists: &[(&str, &str)]) -> Result<Vec<String>, String> {
    let mut lines = Vec::new();
    for (list, line_type) in lists {
        for object in objects(run, list) {
            lines.extend(writer.append(line_type, at, object).map_err(said)?);
        }
    }
    Ok(lines)
}
