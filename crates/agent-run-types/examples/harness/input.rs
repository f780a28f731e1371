use std::fmt::Display;
use std::str::FromStr;

use agent_run_types::json::{read, Object, Value};

/// The result of an operation, or why there is none.
pub type Answer = Result<Value, String>;

/// The input of a request.
pub struct Input<'a>(&'a Object);

impl<'a> Input<'a> {
    pub fn new(members: &'a Object) -> Self {
        Input(members)
    }

    /// A member that may be missing or null.
    pub fn get(&self, name: &str) -> Option<&'a Value> {
        self.0.get(name).filter(|value| !value.is_null())
    }

    pub fn value(&self, name: &str) -> Result<&'a Value, String> {
        self.0.get(name).ok_or_else(|| format!("the input has no {name}"))
    }

    pub fn object(&self, name: &str) -> Result<&'a Object, String> {
        self.value(name)?.as_object().ok_or_else(|| format!("{name} is no object"))
    }

    pub fn text(&self, name: &str) -> Result<&'a str, String> {
        self.value(name)?.as_str().ok_or_else(|| format!("{name} is no text"))
    }

    /// What sort of object it is.
    pub fn kind<K: FromStr<Err: Display>>(&self) -> Result<K, String> {
        self.text("kind")?.parse().map_err(said)
    }

    pub fn number(&self, name: &str) -> Result<u64, String> {
        self.value(name)?.as_u64().ok_or_else(|| format!("{name} is no whole number"))
    }

    /// The items of a list that may be missing.
    pub fn list(&self, name: &str) -> &'a [Value] {
        self.get(name).and_then(Value::as_array).unwrap_or_default()
    }

    pub fn octets(&self, name: &str) -> Result<Vec<u8>, String> {
        octets(self.value(name)?)
    }

    /// So many bytes, such as a key.
    pub fn exactly<const N: usize>(&self, name: &str) -> Result<[u8; N], String> {
        self.octets(name)?.try_into().map_err(|_| format!("{name} has another length than {N}"))
    }

    /// A list of hashes or other bytes.
    pub fn all_octets(&self, name: &str) -> Result<Vec<Vec<u8>>, String> {
        self.list(name).iter().map(octets).collect()
    }

    /// The bytes of a file.
    pub fn file(&self) -> Result<Vec<u8>, String> {
        match self.get("input_hex") {
            Some(digits) => octets(digits),
            None => Ok(self.text("input_text")?.as_bytes().to_vec()),
        }
    }

    /// The value in a file that is good.
    pub fn parsed(&self) -> Result<Value, String> {
        read(&self.file()?).map_err(said)
    }
}

/// Bytes in hexadecimal digits.
fn octets(digits: &Value) -> Result<Vec<u8>, String> {
    let digits =
        digits.as_str().filter(|text| text.is_ascii() && text.len() % 2 == 0).ok_or("no hexadecimal digits")?;
    let octet = |at| u8::from_str_radix(&digits[at..at + 2], 16).map_err(said);
    (0..digits.len()).step_by(2).map(octet).collect()
}

/// Hexadecimal digits of bytes.
pub fn hex(octets: &[u8]) -> String {
    octets.iter().map(|octet| format!("{octet:02x}")).collect()
}

/// An error as an answer says it.
pub fn said(error: impl Display) -> String {
    error.to_string()
}
