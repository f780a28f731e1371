//! Whatever stands in a record, a journal, a trust file or what comes with them: nothing panics, and nothing takes for ever.

use crate::files::{self, object};
use crate::verdicts::verdict_of;
use agent_run_types::canonical::canonicalize;
use agent_run_types::journal::{Journal, JournalWriter};
use agent_run_types::json::{Object, Value};
use agent_run_types::trust::Trust;
use agent_run_types::verify::{verify, verify_bundle, VerifyOptions};
use agent_run_types::{journal, semantics, validate};

/// Numbers that look random and are the same each time (xorshift64*).
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33) as usize % bound.max(1)
    }
}

fn vectors() -> Vec<Object> {
    let folders = ["approval", "chain", "lineage", "privacy", "signature", "tree", "trust", "level"];
    let mut found = Vec::new();
    for folder in folders {
        let path = files::path(&format!("conformance/vectors/verify/{folder}"));
        let mut paths: Vec<_> =
            std::fs::read_dir(path).expect("a folder").map(|entry| entry.expect("an entry").path()).collect();
        paths.sort();
        // A fifth of them has every sort of input.
        for path in paths.iter().step_by(5) {
            let bytes = std::fs::read(path).expect("a file");
            found.extend(agent_run_types::json::read(&bytes).expect("JSON").as_object().cloned());
        }
    }
    found
}

/// The strings and other leaves of a value, for use elsewhere in it.
fn leaves(value: &Value, found: &mut Vec<Value>) {
    match value {
        Value::Object(object) => object.iter().for_each(|(_, inner)| leaves(inner, found)),
        Value::Array(items) => items.iter().for_each(|inner| leaves(inner, found)),
        leaf => found.push(leaf.clone()),
    }
}

/// Changes one place of a value: takes a member away, gives it the value of another one or of another type, or doubles an item.
fn mutate(value: &mut Value, others: &[Value], random: &mut Random) {
    match value {
        Value::Object(object) if !object.is_empty() => {
            let at = random.below(object.len());
            let name = object.keys().nth(at).expect("a name").to_owned();
            match random.below(6) {
                0 => {
                    object.remove(&name);
                }
                1 => {
                    object.insert(name, odd(others, random));
                }
                _ => mutate(object.get_mut(&name).expect("a member"), others, random),
            }
        }
        Value::Array(items) if !items.is_empty() => {
            let at = random.below(items.len());
            match random.below(6) {
                0 => {
                    items.remove(at);
                }
                1 => items.push(items[at].clone()),
                2 => items[at] = odd(others, random),
                _ => mutate(&mut items[at], others, random),
            }
        }
        other => *other = odd(others, random),
    }
}

fn odd(others: &[Value], random: &mut Random) -> Value {
    match random.below(12) {
        0 => Value::Null,
        1 => Value::Number(-1.5),
        2 => Value::Number(9_007_199_254_740_991.0),
        3 => Value::from(""),
        4 => Value::from("2026-02-30T25:61:61Z"),
        5 => Value::from("\u{202e}~/é*"),
        6 => Value::Array(Vec::new()),
        7 => Value::Object(Object::new()),
        8 => Value::Bool(true),
        _ => others[random.below(others.len())].clone(),
    }
}

#[test]
fn nothing_panics_for_mutated_vectors() {
    if !files::is_here() {
        return;
    }
    let mut random = Random(0x9e37_79b9_7f4a_7c15);
    let (mut refused, mut judged) = (0, 0);
    for vector in vectors() {
        let mut others = Vec::new();
        leaves(&Value::Object(vector.clone()), &mut others);
        for _ in 0..8 {
            let mut input = object(&vector, "input").clone();
            // What is beside the record as often as the record, which is larger.
            let at = random.below(input.len());
            let name = input.keys().nth(at).expect("a name").to_owned();
            for _ in 0..=random.below(2) {
                mutate(input.get_mut(&name).expect("a member"), &others, &mut random);
            }
            if let Some(record) = input.get("record").and_then(Value::as_object) {
                semantics::check(record);
            }
            if input.get("trust").is_some_and(|file| Trust::parse(canonicalize(file).as_bytes()).is_err()) {
                input.remove("trust");
            }
            let verdict =
                verdict_of(&[("input", input), ("options", object(&vector, "options").clone())].into_iter().collect());
            let schema = verdict.pointer("/checks/0/result").and_then(Value::as_str);
            *if schema == Some("pass") { &mut judged } else { &mut refused } += 1;
        }
    }
    assert!(judged > 200 && refused > 100, "{judged} judged, {refused} refused by the schema");
}

#[test]
fn nothing_panics_for_mutated_bytes() {
    if !files::is_here() {
        return;
    }
    let mut random = Random(0x1234_5678_9abc_def1);
    let mut texts: Vec<String> = vectors().iter().step_by(4).filter_map(text_of).collect();
    let checks = files::value("conformance/vectors/journal/check.json");
    texts.extend(
        checks
            .as_array()
            .expect("a list")
            .iter()
            .filter_map(|vector| vector.get("journal_text").and_then(Value::as_str).map(str::to_owned)),
    );
    let mut reopened = 0;
    for text in &texts {
        for _ in 0..6 {
            let mut bytes = text.as_bytes().to_vec();
            for _ in 0..=random.below(3) {
                let at = random.below(bytes.len());
                match random.below(4) {
                    0 => bytes.truncate(at),
                    1 => bytes.insert(at, random.below(256) as u8),
                    _ if bytes.is_empty() => {}
                    _ => bytes[at] = random.below(256) as u8,
                }
            }
            let _ = validate(&bytes);
            let _ = verify(&bytes, &VerifyOptions::default());
            let _ = verify_bundle(&bytes, &VerifyOptions::default());
            let _ = Trust::parse(&bytes);
            let checked = journal::check(&bytes);
            if let Ok(record) = journal::fold(&bytes, false) {
                assert_eq!(Journal::read(&bytes).check(None), checked);
                assert!(record.contains("provenance"));
            }
            let torn = Journal::read(&bytes);
            if let Ok((_, lines)) = JournalWriter::reopen(&torn, "2026-11-20T16:00:00Z") {
                let whole = [&bytes[..torn.sound_octets()], lines[0].as_bytes(), b"\n"].concat();
                assert_eq!(Journal::read(&whole).check_lines(), Ok(()));
                reopened += 1;
            }
        }
    }
    assert!(reopened > 30, "{reopened} journals to go on with");
}

fn text_of(vector: &Object) -> Option<String> {
    let input = vector.get("input")?;
    input.get("record").map(canonicalize).or_else(|| Some(input.get("record_text")?.as_str()?.to_owned()))
}
