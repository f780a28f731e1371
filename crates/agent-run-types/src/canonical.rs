//! The canonical form of a value: RFC 8785, the JSON Canonicalization Scheme (AR-BYTES-009).

use crate::json::{Object, Value};

/// The canonical form: names sorted by UTF-16 code units, numbers as ECMAScript prints them, no white space, and nothing
/// added, dropped or renamed.
///
/// ```
/// use agent_run_types::{canonical::canonicalize, json::read};
/// let value = read(br#"{ "b": 1.0, "a": [1e-7, "\u0041"] }"#).unwrap();
/// assert_eq!(canonicalize(&value), r#"{"a":[1e-7,"A"],"b":1}"#);
/// ```
///
/// # Panics
/// If a number is not finite. JSON has none; the strict reader never gives one.
pub fn canonicalize(value: &Value) -> String {
    let mut text = String::new();
    write_value(&mut text, value);
    text
}

/// The canonical form of an object.
///
/// # Panics
/// As [`canonicalize`].
pub fn canonicalize_object(object: &Object) -> String {
    let mut text = String::new();
    write_object(&mut text, object);
    text
}

/// Texts in the order of their UTF-16 code units. The order of Rust is that of code points, which differs where surrogate
/// pairs meet U+E000 to U+FFFF.
pub fn compare_units(one: &str, other: &str) -> std::cmp::Ordering {
    one.encode_utf16().cmp(other.encode_utf16())
}

fn write_value(text: &mut String, value: &Value) {
    match value {
        Value::Null => text.push_str("null"),
        Value::Bool(truth) => text.push_str(if *truth { "true" } else { "false" }),
        Value::Number(number) => write_number(text, *number),
        Value::String(string) => write_string(text, string),
        Value::Array(items) => {
            text.push('[');
            for (at, item) in items.iter().enumerate() {
                if at > 0 {
                    text.push(',');
                }
                write_value(text, item);
            }
            text.push(']');
        }
        Value::Object(object) => write_object(text, object),
    }
}

fn write_object(text: &mut String, object: &Object) {
    let mut members: Vec<_> = object.iter().collect();
    members.sort_by(|(one, _), (other, _)| compare_units(one, other));
    text.push('{');
    for (at, (name, value)) in members.into_iter().enumerate() {
        if at > 0 {
            text.push(',');
        }
        write_string(text, name);
        text.push(':');
        write_value(text, value);
    }
    text.push('}');
}

/// As `Number::toString` of ECMAScript has it. The digits of Rust's own formatting differ where two shortest ones are equally
/// near.
fn write_number(text: &mut String, number: f64) {
    assert!(number.is_finite(), "JSON has no infinities and no NaN");
    text.push_str(ryu_js::Buffer::new().format_finite(number));
}

fn write_string(text: &mut String, string: &str) {
    text.push('"');
    for character in string.chars() {
        match character {
            '"' => text.push_str("\\\""),
            '\\' => text.push_str("\\\\"),
            '\u{8}' => text.push_str("\\b"),
            '\u{c}' => text.push_str("\\f"),
            '\n' => text.push_str("\\n"),
            '\r' => text.push_str("\\r"),
            '\t' => text.push_str("\\t"),
            '\0'..='\u{1f}' => text.push_str(&format!("\\u{:04x}", u32::from(character))),
            _ => text.push(character),
        }
    }
    text.push('"');
}
