use crate::canonical::canonicalize;
use crate::json::Value;

/// What the patterns of the schemas ask for, by how they begin; the first that fits counts.
const PATTERNS: &[(&str, &str)] = &[
    ("^[0-9]{4}-", "a time like 2026-11-20T14:02:11.480Z"),
    ("^[a-z][a-z0-9_]*(:", "a lower-case name like rate_limited, or vendor:name"),
    ("^[a-z][a-z0-9_]*(\\.", "a lower-case name like step.ended, or vendor:name"),
    ("^sha256:[0-9a-f]{64}$", "\"sha256:\" and 64 lower-case hexadecimal digits"),
    ("^[0-9a-f]{16}$", "16 lower-case hexadecimal digits"),
    ("^[0-9a-f]{32}$", "32 lower-case hexadecimal digits"),
    ("^[0-9a-f]{64}$", "64 lower-case hexadecimal digits"),
    ("^[0-9a-f]{32,128}$", "32 to 128 lower-case hexadecimal digits"),
    ("^did:key:z6Mk", "an Ed25519 key written did:key:z6Mk…"),
    ("^[A-Za-z0-9+/]{85}", "an Ed25519 signature in 88 characters of padded base64"),
    (VERSION, "a version like 1.0"),
];

/// How the pattern of `spec_version` begins.
const VERSION: &str = "^1\\.";

/// That a string lacks the form that a pattern asks for. Only a version is quoted (AR-VER-001).
pub(crate) fn pattern_message(text: &str, pattern: &str) -> String {
    let words = PATTERNS.iter().find(|(start, _)| pattern.starts_with(start)).map(|(_, words)| *words);
    let is_version = pattern.starts_with(VERSION) && is_version(text);
    if is_version && !text.starts_with("0.") && !text.starts_with("1.") {
        return format!("version {text} is newer than this validator, which reads 1.x");
    }
    let found = if is_version { format!("\"{text}\"") } else { describe(&Value::from(text)) };
    match words {
        Some(words) => format!("found {found}, expected {words}"),
        None => format!("found {found}, expected a string that matches {pattern}"),
    }
}

/// Whether a text is short and looks like a version, so that it can be shown.
fn is_version(text: &str) -> bool {
    let numbers: Vec<_> = text.split('.').collect();
    let is_number = |part: &&str| (1..=6).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
    numbers.len() <= 3 && numbers.iter().all(is_number)
}

/// What was found, without its content.
pub(crate) fn describe(value: &Value) -> String {
    match value {
        Value::Null => "null".into(),
        Value::Bool(_) => "a boolean".into(),
        Value::Number(number) if number.trunc() != *number => "a number with a fraction".into(),
        Value::Number(_) => "a number".into(),
        Value::String(text) if text.is_empty() => "an empty string".into(),
        Value::String(text) => format!("a string of {}", plural(text.chars().count(), "character")),
        Value::Array(items) if items.is_empty() => "an empty array".into(),
        Value::Array(items) => format!("an array of {}", plural(items.len(), "item")),
        Value::Object(_) => "an object".into(),
    }
}

/// That a value is none of a closed vocabulary; it is shown only if it can be no payload.
pub(crate) fn value_message(value: &Value, values: &[Value]) -> String {
    let words: Vec<String> = values.iter().map(word).collect();
    let words = words.join(", ");
    match value.as_str().filter(|text| is_plain(text)) {
        Some(text) => format!("\"{text}\" is not one of {words}"),
        None => format!("found {}, expected one of {words}", describe(value)),
    }
}

fn word(value: &Value) -> String {
    value.as_str().map_or_else(|| canonicalize(value), str::to_owned)
}

/// Whether a text can do no harm in a terminal, and is too short and too plain to be a payload.
fn is_plain(text: &str) -> bool {
    let is_plain_byte = |byte: u8| byte.is_ascii_alphanumeric() || b"_ .:+-".contains(&byte);
    (1..=32).contains(&text.len()) && text.bytes().all(is_plain_byte)
}

/// "at least 1 item".
pub(crate) fn at_least(count: usize, noun: &str) -> String {
    format!("at least {}", plural(count, noun))
}

fn plural(count: usize, noun: &str) -> String {
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}
