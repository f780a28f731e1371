use super::pointer::pointer;
use super::{Object, ReadCode, ReadFault, Value};
use crate::number::MAX_SAFE;

const MAX_DEPTH: usize = 128;

/// Reads the value that the bytes of a record stand for, strictly (AR-BYTES-001 to AR-BYTES-008).
///
/// Refuses what serde_json and its relatives let pass or hide: two members of one name, a number beyond every double or
/// beyond 2^53 − 1, a byte order mark, deep nesting.
///
/// ```
/// use agent_run_types::json::{read, ReadCode};
/// let fault = read(br#"{"a":1,"\u0061":2}"#).unwrap_err();
/// assert_eq!((fault.code, fault.path.as_str()), (ReadCode::DuplicateName, "/a"));
/// ```
///
/// # Errors
/// The first fault and its place. Nothing of the content is quoted.
pub fn read(bytes: &[u8]) -> Result<Value, ReadFault> {
    let no_path = |code, offset| ReadFault { code, offset, path: String::new() };
    let text = std::str::from_utf8(bytes).map_err(|error| no_path(ReadCode::Utf8, error.valid_up_to()))?;
    if text.starts_with('\u{feff}') {
        return Err(no_path(ReadCode::Bom, 0));
    }
    let mut reader = Reader { text, at: 0, depth: 0, path: Vec::new() };
    let value = reader.document().map_err(|code| ReadFault {
        code,
        offset: reader.at,
        path: pointer(reader.path.iter().map(Token::spell)),
    })?;
    Ok(value)
}

/// A name or an index on the way to what is being read.
enum Token {
    Name(String),
    Index(usize),
}

impl Token {
    fn spell(&self) -> String {
        match self {
            Token::Name(name) => name.clone(),
            Token::Index(index) => index.to_string(),
        }
    }
}

/// What is left of a text. After a fault it stands where the fault is.
pub(super) struct Reader<'a> {
    pub(super) text: &'a str,
    pub(super) at: usize,
    /// How many objects and arrays are open.
    depth: usize,
    path: Vec<Token>,
}

impl Reader<'_> {
    /// The next byte, 0 at the end; a zero byte is no part of any JSON text.
    pub(super) fn peek(&self) -> u8 {
        self.text.as_bytes().get(self.at).copied().unwrap_or(0)
    }

    fn document(&mut self) -> Result<Value, ReadCode> {
        self.space();
        if self.at == self.text.len() {
            return Err(ReadCode::Empty);
        }
        let value = self.value()?;
        self.space();
        if self.at < self.text.len() {
            return Err(ReadCode::Trailing);
        }
        Ok(value)
    }

    fn space(&mut self) {
        while matches!(self.peek(), b' ' | b'\t' | b'\r' | b'\n') {
            self.at += 1;
        }
    }

    fn value(&mut self) -> Result<Value, ReadCode> {
        match self.peek() {
            b'{' => self.object().map(Value::Object),
            b'[' => self.array().map(Value::Array),
            b'"' => self.string().map(Value::String),
            b'-' | b'0'..=b'9' => self.number().map(Value::Number),
            b't' => self.word("true", Value::Bool(true)),
            b'f' => self.word("false", Value::Bool(false)),
            b'n' => self.word("null", Value::Null),
            _ => Err(ReadCode::Syntax),
        }
    }

    fn word(&mut self, word: &str, value: Value) -> Result<Value, ReadCode> {
        if !self.text[self.at..].starts_with(word) {
            return Err(ReadCode::Syntax);
        }
        self.at += word.len();
        self.end(b"_")?;
        Ok(value)
    }

    /// Refuses a number or word that goes on, as in `01` or `truely`, also where it is all that the text has.
    fn end(&mut self, more: &[u8]) -> Result<(), ReadCode> {
        let next = self.peek();
        if next.is_ascii_alphanumeric() || more.contains(&next) {
            return Err(ReadCode::Syntax);
        }
        Ok(())
    }

    fn open(&mut self) -> Result<(), ReadCode> {
        if self.depth == MAX_DEPTH {
            return Err(ReadCode::Depth);
        }
        self.depth += 1;
        self.at += 1;
        self.space();
        Ok(())
    }

    /// Whether another item follows the one that was read; passes over the comma or the closing bracket.
    fn next(&mut self, bracket: u8) -> Result<bool, ReadCode> {
        self.space();
        let found = self.peek();
        if found != b',' && found != bracket {
            return Err(ReadCode::Syntax);
        }
        self.at += 1;
        if found == bracket {
            self.depth -= 1;
            return Ok(false);
        }
        self.space();
        Ok(true)
    }

    fn object(&mut self) -> Result<Object, ReadCode> {
        self.open()?;
        let mut object = Object::new();
        let mut more = self.peek() != b'}' || self.next(b'}')?;
        while more {
            self.member(&mut object)?;
            more = self.next(b'}')?;
            self.path.pop();
        }
        Ok(object)
    }

    fn member(&mut self, object: &mut Object) -> Result<(), ReadCode> {
        if self.peek() != b'"' {
            return Err(ReadCode::Syntax);
        }
        let start = self.at;
        let name = self.string()?;
        let is_double = object.contains(&name);
        self.path.push(Token::Name(name.clone()));
        if is_double {
            self.at = start;
            return Err(ReadCode::DuplicateName);
        }
        self.space();
        if self.peek() != b':' {
            return Err(ReadCode::Syntax);
        }
        self.at += 1;
        self.space();
        let value = self.value()?;
        object.insert(name, value);
        Ok(())
    }

    fn array(&mut self) -> Result<Vec<Value>, ReadCode> {
        self.open()?;
        let mut items = Vec::new();
        let mut more = self.peek() != b']' || self.next(b']')?;
        while more {
            self.path.push(Token::Index(items.len()));
            items.push(self.value()?);
            more = self.next(b']')?;
            self.path.pop();
        }
        Ok(items)
    }

    fn number(&mut self) -> Result<f64, ReadCode> {
        let start = self.at;
        if self.peek() == b'-' {
            self.at += 1;
        }
        if self.peek() == b'0' {
            self.at += 1;
        } else {
            self.digits()?;
        }
        if self.peek() == b'.' {
            self.at += 1;
            self.digits()?;
        }
        if matches!(self.peek(), b'e' | b'E') {
            self.at += 1;
            if matches!(self.peek(), b'+' | b'-') {
                self.at += 1;
            }
            self.digits()?;
        }
        self.end(b"_.+-")?;
        // The grammar was checked above, so this cannot fail; what is beyond every double comes as infinity.
        let number: f64 = self.text[start..self.at].parse().map_err(|_| ReadCode::Syntax)?;
        if number.abs() > MAX_SAFE {
            self.at = start;
            return Err(ReadCode::NumberRange);
        }
        Ok(number)
    }

    fn digits(&mut self) -> Result<(), ReadCode> {
        let start = self.at;
        while self.peek().is_ascii_digit() {
            self.at += 1;
        }
        if self.at == start {
            return Err(ReadCode::Syntax);
        }
        Ok(())
    }
}
