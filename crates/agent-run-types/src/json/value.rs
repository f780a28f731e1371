use super::Object;
use crate::number::whole;

/// A JSON value as it was read: what hashes, seals and verification work on.
///
/// Numbers are IEEE 754 doubles, as RFC 8785 has them. Two values are equal if they are the same JSON value: the order of
/// the members of an object does not matter, `1` and `1.0` are one number, `-0` is `0`.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// `null`, which is not the same as an absent member.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A finite double.
    Number(f64),
    /// A string. It cannot hold half of a surrogate pair.
    String(String),
    /// A list.
    Array(Vec<Value>),
    /// An object, whose members keep their order.
    Object(Object),
}

impl Value {
    /// The object, if it is one.
    pub fn as_object(&self) -> Option<&Object> {
        match self {
            Value::Object(object) => Some(object),
            _ => None,
        }
    }

    /// The object itself, if it is one.
    pub fn into_object(self) -> Option<Object> {
        match self {
            Value::Object(object) => Some(object),
            _ => None,
        }
    }

    /// The object, to be changed, if it is one.
    pub fn as_object_mut(&mut self) -> Option<&mut Object> {
        match self {
            Value::Object(object) => Some(object),
            _ => None,
        }
    }

    /// The items, if it is a list.
    pub fn as_array(&self) -> Option<&[Value]> {
        match self {
            Value::Array(items) => Some(items),
            _ => None,
        }
    }

    /// The items, to be changed, if it is a list.
    pub fn as_array_mut(&mut self) -> Option<&mut Vec<Value>> {
        match self {
            Value::Array(items) => Some(items),
            _ => None,
        }
    }

    /// The text, if it is a string.
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Value::String(text) => Some(text),
            _ => None,
        }
    }

    /// The number, if it is one.
    pub fn as_f64(&self) -> Option<f64> {
        match self {
            Value::Number(number) => Some(*number),
            _ => None,
        }
    }

    /// The number, if it is a whole one from 0 to 2^53 − 1.
    pub fn as_u64(&self) -> Option<u64> {
        whole(self.as_f64()?)?.try_into().ok()
    }

    /// True or false, if it is one of them.
    pub fn as_bool(&self) -> Option<bool> {
        match self {
            Value::Bool(truth) => Some(*truth),
            _ => None,
        }
    }

    /// Whether it is `null`.
    pub fn is_null(&self) -> bool {
        matches!(self, Value::Null)
    }

    /// A member of an object; none for any other value.
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.as_object()?.get(name)
    }

    /// The value at a JSON Pointer (RFC 6901); `""` is the value itself.
    pub fn pointer(&self, pointer: &str) -> Option<&Value> {
        if pointer.is_empty() {
            return Some(self);
        }
        let mut found = self;
        for token in pointer.strip_prefix('/')?.split('/') {
            let name = token.replace("~1", "/").replace("~0", "~");
            found = match found {
                Value::Object(object) => object.get(&name)?,
                Value::Array(items) => items.get(index_of(&name)?)?,
                _ => return None,
            };
        }
        Some(found)
    }
}

/// An index has one spelling: no sign and no leading zeros.
fn index_of(token: &str) -> Option<usize> {
    let is_index = token == "0" || (!token.starts_with('0') && token.bytes().all(|byte| byte.is_ascii_digit()));
    if is_index {
        token.parse().ok()
    } else {
        None
    }
}
