//! Values and the strict reader beyond the vectors.
#![cfg(feature = "verify")]

use agent_run_types::canonical::{canonicalize, compare_units};
use agent_run_types::json::{pointer, read, Object, ReadCode, Value};

fn value(text: &str) -> Value {
    read(text.as_bytes()).expect("JSON of the record profile")
}

#[test]
fn members_keep_their_order_however_many_there_are() {
    for count in [0_u32, 1, 15, 16, 17, 18, 1000] {
        let mut object: Object = (0..count).map(|n| (format!("m{n}"), n)).collect();
        assert_eq!(object.len() as u32, count);
        assert!((0..count).all(|n| object.get(&format!("m{n}")) == Some(&Value::from(n))));
        assert!(!object.contains("m-1"));
        assert_eq!(object.insert("m0", "new"), (count > 0).then(|| Value::from(0_u32)));
        assert_eq!(object.keys().next(), Some("m0"));
        assert_eq!(object.remove("m0"), Some("new".into()));
        assert_eq!(object.remove("m0"), None);
        assert!(object.keys().eq((1..count).map(|n| format!("m{n}"))));
        *object.get_mut("m1").unwrap_or(&mut Value::Null) = Value::Null;
        assert!((2..count).all(|n| object.get(&format!("m{n}")) == Some(&Value::from(n))));
        assert_eq!(object.without(&["m1"]).len(), object.len() - usize::from(object.contains("m1")));
        assert_eq!(object.insert("last", true), None);
        assert_eq!(object.iter().last(), Some(("last", &Value::Bool(true))));
    }
}

#[test]
fn the_order_of_members_and_the_spelling_of_numbers_make_no_difference() {
    assert_eq!(value(r#"{"a":1.0,"b":[-0]}"#), value(r#"{ "b": [0], "a": 10e-1 }"#));
    for other in [r#"{"a":1}"#, r#"{"a":1,"b":[0],"c":null}"#, r#"{"a":1,"c":[0]}"#, r#"{"a":1,"b":[1]}"#] {
        assert_ne!(value(r#"{"a":1,"b":[0]}"#), value(other));
    }
}

#[test]
fn a_fault_says_where() {
    for (text, code, offset, path) in [
        ("", ReadCode::Empty, 0, ""),
        ("{} x", ReadCode::Trailing, 3, ""),
        (r#"{"steps":[{"id":1e99}]}"#, ReadCode::NumberRange, 16, "/steps/0/id"),
        (r#"{"a/b":{"m~n":[1,tru]}}"#, ReadCode::Syntax, 17, "/a~1b/m~0n/1"),
        (r#"{"a":1,"b":2,"a":3}"#, ReadCode::DuplicateName, 13, "/a"),
        (r#"["x\ud800y"]"#, ReadCode::LoneSurrogate, 3, "/0"),
        (r#"{"a":"b"#, ReadCode::Syntax, 7, "/a"),
    ] {
        let fault = read(text.as_bytes()).expect_err("a fault");
        assert_eq!((fault.code, fault.offset, fault.path.as_str()), (code, offset, path), "{text}");
    }
    let fault = read(b"{\"a\":\"\xff\"}").expect_err("a fault");
    assert_eq!((fault.code, fault.offset), (ReadCode::Utf8, 6));
    assert_eq!(
        read(b"[1,]").expect_err("a fault").to_string(),
        "json.syntax at byte 3: found what is no JSON; expected RFC 8259"
    );
}

#[test]
fn what_was_read_is_read_again_from_its_canonical_form() {
    let text = "{\"\\u20ac\":[1e-7,123456789.125,-0],\"\\ud83d\\ude00\":\"\\u0000\\b\\t\\u001f\\\"\\\\/\",\"\":{\"\u{fb33}\":null,\"x\":false}}";
    let canonical = canonicalize(&value(text));
    assert_eq!(value(&canonical), value(text));
    assert_eq!(canonicalize(&value(&canonical)), canonical);
}

#[test]
fn names_are_in_the_order_of_utf_16() {
    let mut names = ["\u{fb33}", "\u{1f600}", "\u{20ac}", "z", "", "z1"];
    names.sort_by(|one, other| compare_units(one, other));
    assert_eq!(names, ["", "z", "z1", "\u{20ac}", "\u{1f600}", "\u{fb33}"]);
}

#[test]
#[should_panic(expected = "JSON has no infinities")]
fn infinity_has_no_canonical_form() {
    canonicalize(&Value::Number(f64::INFINITY));
}

#[test]
fn pointers_lead_to_their_places() {
    let document = value(r#"{"a/b":{"m~n":[{"":7}]},"01":1}"#);
    let path = pointer(["a/b", "m~n", "0", ""]);
    assert_eq!(path, "/a~1b/m~0n/0/");
    assert_eq!(document.pointer(&path), Some(&Value::Number(7.0)));
    assert_eq!(document.pointer(""), Some(&document));
    assert_eq!(document.pointer("/01"), Some(&Value::Number(1.0)));
    for nowhere in ["x", "/x", "/a~1b/m~0n/00", "/a~1b/m~0n/1", "/a~1b/m~0n/-", "/a~1b/m~0n/+0", "/01/0"] {
        assert_eq!(document.pointer(nowhere), None, "{nowhere}");
    }
}

#[test]
fn values_pass_to_serde_json_and_back() {
    let document = value(r#"{"a":[1,1.5,-3,null,true,"x"],"b":{"c":9007199254740991}}"#);
    let theirs = serde_json::Value::from(document.clone());
    assert_eq!(theirs, serde_json::json!({"a": [1, 1.5, -3, null, true, "x"], "b": {"c": 9_007_199_254_740_991_u64}}));
    assert_eq!(Value::from(theirs), document);
}

#[test]
fn what_no_record_can_hold_is_no_value_of_a_typed_object() {
    assert!(Value::from_typed(&serde_json::json!({ "n": 9_007_199_254_740_993_u64 })).is_err());
    assert_eq!(Value::from_typed(&serde_json::json!({ "n": [1] })).expect("a value"), value(r#"{"n":[1]}"#));
}
