//! Writing a journal, and what becomes of it when it is cut or changed.
#![cfg(feature = "verify")]

use agent_run_types::hash;
use agent_run_types::journal::{self, Journal, JournalError, JournalWriter};
use agent_run_types::json::{read, Object, Value};
use agent_run_types::seal::{protect, seal, SealOptions};
use agent_run_types::sign::SigningKey;
use agent_run_types::verify::{verify, CheckName, CheckResult, Completeness, VerifyOptions};

const AT: &str = "2026-11-20T14:05:00Z";

fn object(text: &str) -> Object {
    match read(text.as_bytes()).expect("JSON of the record profile") {
        Value::Object(object) => object,
        _ => panic!("an object"),
    }
}

fn key() -> SigningKey {
    SigningKey::from_seed(&[7; 32])
}

/// A run whose first step has something private.
fn run() -> Object {
    let run = object(
        r#"{
            "spec_version": "1.0", "id": "run_1", "agent_id": "docs-bot", "status": "completed",
            "started_at": "2026-11-20T14:00:00Z", "ended_at": "2026-11-20T14:04:00Z",
            "steps": [
                { "id": "s-1", "type": "tool_call", "tool_name": "sh", "status": "succeeded", "started_at": null,
                  "input_preview": "whoami", "side_effects": [{ "kind": "exec", "target": "whoami" }] },
                { "id": "s-2", "type": "message", "role": "assistant", "status": "succeeded", "started_at": null }
            ],
            "cost": { "input_tokens": 3, "output_tokens": 4 },
            "provenance": { "run_hash": "", "nonce": "0123456789abcdef0123456789abcdef" }
        }"#,
    );
    protect(&run, |salt| salt.fill(9)).expect("a run that is not sealed")
}

fn start() -> Object {
    let mut start = run().without(&["steps", "status", "ended_at", "cost"]);
    let mut provenance = object(r#"{ "nonce": "0123456789abcdef0123456789abcdef" }"#);
    provenance.insert("signed_by", key().did());
    start.insert("provenance", provenance);
    start
}

/// The lines of a sealed run, private ones between, and its record.
fn written() -> (Vec<String>, Object) {
    let (run, key) = (run(), key());
    let mut writer = JournalWriter::new();
    let mut lines = writer.append("run.started", AT, &start()).expect("a beginning");
    for step in run.get("steps").and_then(Value::as_array).expect("steps") {
        lines.extend(writer.append("step.ended", AT, step.as_object().expect("a step")).expect("a step"));
        lines.extend(writer.sign_head(AT, &key).expect("a head"));
    }
    lines.extend(writer.append("run.paused", AT, &Object::new()).expect("a pause"));
    lines.extend(writer.resume(AT).expect("a resumption"));
    let last: Object = run.iter().filter(|(name, _)| ["status", "ended_at", "cost"].contains(name)).collect();
    lines.extend(writer.append("run.updated", AT, &last).expect("the end"));
    let options = SealOptions { at: AT, key: Some(&key), journal_head: Some(writer.head()), ..SealOptions::default() };
    let record = seal(&run, &options).expect("a finished run");
    lines.extend(writer.seal(AT, &record).expect("the seal"));
    assert_eq!(writer.append("run.paused", AT, &Object::new()), Err(JournalError::Sealed));
    (lines, record)
}

fn text_of(lines: &[String]) -> String {
    lines.iter().map(|line| format!("{line}\n")).collect()
}

#[test]
fn gives_the_record_that_was_sealed() {
    let (lines, record) = written();
    let text = text_of(&lines);
    let checked = Journal::read(text.as_bytes()).check(Some(&record));
    assert_eq!((checked.fault, checked.torn, checked.checkpoint), (None, false, Some(3)));
    assert_eq!(journal::fold(text.as_bytes(), false), Ok(record.clone()));
    let bytes = agent_run_types::canonical::canonicalize_object(&record);
    let verdict =
        verify(bytes.as_bytes(), &VerifyOptions { journal: Some(text.as_bytes()), ..VerifyOptions::default() });
    assert_eq!(verdict.result(CheckName::Journal), CheckResult::Pass, "{verdict}");
    assert!(verdict.ok, "{verdict}");
}

#[test]
fn keeps_what_is_private_out_of_the_chain() {
    let (lines, _) = written();
    let (private, chained): (Vec<_>, Vec<_>) = lines.into_iter().partition(|line| line.contains("\"private\":"));
    assert_eq!(private.len(), 2);
    assert!(chained.iter().all(|line| !line.contains("whoami") && !line.contains("salt")));
    // Without its private lines the journal holds, and gives an erased record.
    let fold = journal::fold(text_of(&chained).as_bytes(), false).expect("a sound journal");
    let step = fold.get("steps").and_then(Value::as_array).expect("steps")[0].as_object().expect("a step");
    assert!(step.contains("private_hash") && !step.contains("salt") && !step.contains("input_preview"));
}

#[test]
fn takes_away_what_the_run_kept_private() {
    let mut writer = JournalWriter::new();
    let mut lines = writer.append("run.started", AT, &start()).expect("a beginning");
    let mut private = object(r#"{ "intent": "to publish", "salt": "" }"#);
    private.insert("salt", "0".repeat(64));
    private.insert("private_hash", hash::private_hash(hash::ErasableKind::Run, &private));
    lines.extend(writer.append("run.updated", AT, &private).expect("something private"));
    let fold = journal::fold(text_of(&lines).as_bytes(), false).expect("a sound journal");
    assert_eq!(fold.get("intent").and_then(Value::as_str), Some("to publish"));
    lines.extend(writer.append("run.updated", AT, &object(r#"{ "private_hash": null }"#)).expect("a removal"));
    let fold = journal::fold(text_of(&lines).as_bytes(), false).expect("a sound journal");
    assert!(!fold.contains("intent") && !fold.contains("private_hash") && !fold.contains("salt"));
}

#[test]
fn says_where_it_was_changed() {
    let (lines, _) = written();
    let fault_of = |lines: &[String]| {
        let fault = journal::check(text_of(lines).as_bytes()).fault.expect("a fault");
        (fault.code, fault.path)
    };
    let without = |at: usize| [&lines[..at], &lines[at + 1..]].concat();
    assert_eq!(fault_of(&without(1)), ("journal.seq", "/3/seq".to_owned()));
    assert_eq!(fault_of(&lines[1..]), ("journal.seq", "/0/seq".to_owned()));
    let mut changed = lines.clone();
    changed[1] = changed[1].replace("succeeded", "cancelled");
    assert_eq!(fault_of(&changed), ("journal.chain", "/4/prev".to_owned()));
    let foreign = [&lines[..], &["{\"private\":\"sha256:00\"}".to_owned()]].concat();
    assert_eq!(fault_of(&foreign), ("journal.line", format!("/{}", lines.len())));
}

#[test]
fn speaks_for_what_a_head_covers_when_it_is_cut() {
    let (lines, _) = written();
    let cut = format!("{}{{\"seq\": 4", text_of(&lines[..5]));
    let checked = journal::check(cut.as_bytes());
    assert_eq!((checked.fault, checked.torn, checked.checkpoint), (None, true, Some(1)));
    let fold = journal::fold(cut.as_bytes(), false).expect("a sound journal");
    assert_eq!(fold.get("status").and_then(Value::as_str), Some("interrupted"));
    let going_on = journal::fold(cut.as_bytes(), true).expect("a sound journal");
    assert_eq!(going_on.get("status").and_then(Value::as_str), Some("running"));
    let bytes = agent_run_types::canonical::canonicalize_object(&fold);
    let verdict =
        verify(bytes.as_bytes(), &VerifyOptions { journal: Some(cut.as_bytes()), ..VerifyOptions::default() });
    assert_eq!(verdict.completeness, Completeness::Checkpointed { n: 1 });
}

/// What was cut is written down, and everything fits what was there.
fn goes_on(bytes: &[u8]) -> Vec<u8> {
    let journal = Journal::read(bytes);
    let sound = journal.sound_octets();
    let (mut writer, mut lines) = JournalWriter::reopen(&journal, AT).expect("a journal to go on with");
    lines.extend(writer.sign_head(AT, &key()).expect("a head"));
    let mut step = object(r#"{ "id": "", "type": "message", "role": "user", "started_at": null }"#);
    step.insert("id", format!("s-{}", writer.seq()));
    lines.extend(writer.append("step.ended", AT, &step).expect("a step"));
    lines.extend(writer.sign_head(AT, &key()).expect("a head"));
    let resumed = read(lines[0].as_bytes()).expect("a line");
    let discarded = resumed.pointer("/data/discarded/octets").and_then(Value::as_u64);
    assert_eq!(discarded, Some((bytes.len() - sound) as u64));
    let whole = [&bytes[..sound], text_of(&lines).as_bytes()].concat();
    assert_eq!(journal::check(&whole).fault, None);
    whole
}

#[test]
fn goes_on_wherever_a_crash_has_cut_it() {
    let (lines, _) = written();
    let text = text_of(&lines[..lines.len() - 1]);
    let first = lines[0].len() + 1;
    let is_near_an_end = |cut: &usize| text.as_bytes()[cut - 1..].iter().take(3).any(|byte| *byte == b'\n');
    for cut in (first..=text.len()).filter(|cut| is_near_an_end(cut) || cut % 97 == 0) {
        let journal = Journal::read(&text.as_bytes()[..cut]);
        assert_eq!(journal.check_lines(), Ok(()));
        assert_eq!(journal.sound_octets(), text[..cut].rfind('\n').expect("a line") + 1);
        goes_on(&text.as_bytes()[..cut]);
    }
    let refused = |bytes: &[u8]| JournalWriter::reopen(&Journal::read(bytes), AT).expect_err("nothing to go on with");
    assert_eq!(refused(&text.as_bytes()[..first - 1]), JournalError::Start(String::new()));
    assert_eq!(refused(b""), JournalError::Start(String::new()));
    assert_eq!(refused(text_of(&lines).as_bytes()), JournalError::Sealed);
    let unsealed = Journal::read(text.as_bytes());
    assert_eq!(JournalWriter::reopen(&unsealed, "now").expect_err("no time"), JournalError::Line);
    // A run can go on more than once.
    goes_on(&goes_on(&text.as_bytes()[..first + 10]));
}

#[test]
fn goes_on_before_the_first_line_at_fault() {
    let (lines, _) = written();
    let mut lines = lines[..lines.len() - 1].to_vec();
    let start_of = |lines: &[String], at: usize| lines[..at].iter().map(|line| line.len() + 1).sum::<usize>();
    for at in 1..lines.len() {
        let mut changed = lines.clone();
        changed[at] = "{}".to_owned();
        let text = text_of(&changed);
        let journal = Journal::read(text.as_bytes());
        assert!(journal.check_lines().is_err());
        assert_eq!(journal.sound_octets(), start_of(&changed, at));
        goes_on(text.as_bytes());
    }
    // A head that does not fit, and lines behind it that would.
    let head = lines.iter().position(|line| line.contains("\"steps_count\"")).expect("a head");
    lines[head] = lines[head].replace("\"steps_count\":1", "\"steps_count\":2");
    assert_eq!(Journal::read(text_of(&lines).as_bytes()).sound_octets(), start_of(&lines, head));
    goes_on(text_of(&lines).as_bytes());
}

#[test]
fn cuts_off_what_is_private_before_a_line_that_is_cut_off() {
    let (lines, _) = written();
    let private = lines.iter().position(|line| line.contains("\"private\":")).expect("a private line");
    let mut swapped = lines[..private + 1].to_vec();
    swapped.swap(private - 1, private);
    let whole = text_of(&swapped);
    assert_eq!(Journal::read(whole.as_bytes()).sound_octets(), whole.len());
    swapped[private] = "{}".to_owned();
    let cut = text_of(&swapped);
    assert_eq!(Journal::read(cut.as_bytes()).sound_octets(), text_of(&swapped[..private - 1]).len());
    goes_on(cut.as_bytes());
}

#[test]
fn writes_nothing_that_is_no_line() {
    let mut writer = JournalWriter::new();
    let step = object(r#"{ "id": "s-1", "type": "message", "role": "user", "started_at": null }"#);
    assert_eq!(writer.append("step.ended", AT, &step), Err(JournalError::Start(String::new())));
    assert_eq!(writer.resume(AT), Err(JournalError::Start(String::new())));
    assert_eq!(writer.sign_head(AT, &key()), Err(JournalError::Key));
    let nameless = start().without(&["agent_id"]);
    assert_eq!(writer.append("run.started", AT, &nameless), Err(JournalError::Start("/agent_id".into())));
    writer.append("run.started", AT, &start()).expect("a beginning");
    assert_eq!(writer.append("run.started", AT, &start()), Err(JournalError::Start(String::new())));
    assert_eq!(writer.append("head", AT, &Object::new()), Err(JournalError::Type));
    assert_eq!(writer.append("step.ended", AT, &Object::new()), Err(JournalError::Line));
    assert_eq!(writer.append("step.ended", "today", &step), Err(JournalError::Line));
    assert_eq!(writer.append("run.updated", AT, &object(r#"{ "agent_id": "other" }"#)), Err(JournalError::Line));
    assert_eq!(writer.sign_head(AT, &SigningKey::from_seed(&[8; 32])), Err(JournalError::Key));
    let mut broken = step.clone();
    broken.insert("private_hash", format!("sha256:{}", "0".repeat(64)));
    broken.insert("error", "no");
    assert_eq!(writer.append("step.ended", AT, &broken), Err(JournalError::Private));
    assert_eq!(writer.seq(), 1);
    writer.append("step.ended", AT, &step).expect("a step");
}
