//! Files of the repository, and members of vectors.

use std::fs;
use std::path::{Path, PathBuf};

use agent_run_types::json::{read, Object, Value};

/// A file of the repository, or of the folder of shared vectors beside it.
pub fn path(relative: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(relative)
}

/// Whether there is the repository around the crate.
pub fn is_here() -> bool {
    let found = path("conformance/vectors").is_dir();
    if !found {
        eprintln!("skipped: no repository around this crate");
    }
    found
}

/// Whether there is the folder of shared vectors beside the repository.
pub fn is_shared_here() -> bool {
    let found = path("../shared/vectors").is_dir();
    if !found {
        eprintln!("skipped: no folder of shared vectors beside the repository");
    }
    found
}

/// The JSON value of a file.
pub fn value(relative: &str) -> Value {
    let bytes = fs::read(path(relative)).unwrap_or_else(|error| panic!("{relative}: {error}"));
    read(&bytes).unwrap_or_else(|fault| panic!("{relative}: {fault}"))
}

/// Asks something of every vector of a file and compares the answer with what it expects. Says which ones differ.
pub fn check(file: &str, answer: impl Fn(&Object) -> Value) {
    if !is_here() {
        return;
    }
    let (folder, name) = file.split_once('/').expect("folder and file");
    let vectors = value(&format!("conformance/vectors/{folder}/{name}.json"));
    let manifest = value(&format!("conformance/vectors/{folder}/manifest.json"));
    let count = manifest.pointer(&format!("/files/{name}.json")).and_then(Value::as_u64).expect("a count");
    let vectors = vectors.as_array().expect("a list");
    assert_eq!(vectors.len() as u64, count, "{file}: as many as the manifest says");
    let mut differing = Vec::new();
    for vector in vectors {
        let vector = vector.as_object().expect("an object");
        let (found, expected) = (answer(vector), vector.get("expect").expect("expect"));
        if found != *expected {
            differing.push(format!("{}: found {found:?}, expected {expected:?}", text(vector, "name")));
        }
    }
    assert!(differing.is_empty(), "{file}:\n{}", differing.join("\n"));
}

/// A member that is a text.
pub fn text<'a>(vector: &'a Object, member: &str) -> &'a str {
    vector.get(member).and_then(Value::as_str).unwrap_or_else(|| panic!("{member} is a text"))
}

/// A member that is an object.
pub fn object<'a>(vector: &'a Object, member: &str) -> &'a Object {
    vector.get(member).and_then(Value::as_object).unwrap_or_else(|| panic!("{member} is an object"))
}

/// A member that is a list.
pub fn list<'a>(vector: &'a Object, member: &str) -> &'a [Value] {
    vector.get(member).and_then(Value::as_array).unwrap_or_else(|| panic!("{member} is a list"))
}

/// A member that is bytes in hexadecimal digits.
pub fn bytes(vector: &Object, member: &str) -> Vec<u8> {
    unhex(text(vector, member))
}

/// Bytes of hexadecimal digits.
pub fn unhex(digits: &str) -> Vec<u8> {
    let byte = |at| u8::from_str_radix(&digits[at..at + 2], 16).expect("hexadecimal digits");
    (0..digits.len()).step_by(2).map(byte).collect()
}

/// Lower-case hexadecimal digits of bytes.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
