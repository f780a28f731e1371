//! Strings with their escapes, as the strict reader takes them.

use super::read::Reader;
use super::ReadCode;

impl Reader<'_> {
    /// Reads a string, its escapes resolved. It stands at the opening quotation mark.
    pub(super) fn string(&mut self) -> Result<String, ReadCode> {
        self.at += 1;
        let mut text = String::new();
        loop {
            let start = self.at;
            while !matches!(self.peek(), 0..=0x1f | b'"' | b'\\') {
                self.at += 1;
            }
            text.push_str(&self.text[start..self.at]);
            match self.peek() {
                b'"' => break,
                b'\\' => text.push(self.escape()?),
                _ => return Err(ReadCode::Syntax),
            }
        }
        self.at += 1;
        Ok(text)
    }

    fn escape(&mut self) -> Result<char, ReadCode> {
        let start = self.at;
        self.at += 1;
        let short = match self.peek() {
            b'u' => return self.code_point(start),
            b'"' => '"',
            b'\\' => '\\',
            b'/' => '/',
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            _ => return Err(ReadCode::Syntax),
        };
        self.at += 1;
        Ok(short)
    }

    /// One escape or the two of a surrogate pair; `start` is where the first one begins.
    fn code_point(&mut self, start: usize) -> Result<char, ReadCode> {
        let first = self.unit()?;
        if let Some(character) = char::from_u32(first) {
            return Ok(character);
        }
        let rest = &self.text[self.at..];
        let is_high = first < 0xdc00;
        if is_high && (rest.is_empty() || rest == "\\") {
            // The text is cut where the other half would have come.
            return Err(ReadCode::Syntax);
        }
        if is_high && rest.starts_with("\\u") {
            self.at += 1;
            let second = self.unit()?;
            if (0xdc00..0xe000).contains(&second) {
                let pair = 0x10000 + ((first - 0xd800) << 10) + (second - 0xdc00);
                return char::from_u32(pair).ok_or(ReadCode::LoneSurrogate);
            }
        }
        self.at = start;
        Err(ReadCode::LoneSurrogate)
    }

    /// Reads the `u` and four digits of an escape.
    fn unit(&mut self) -> Result<u32, ReadCode> {
        let digits = self.text.as_bytes().get(self.at + 1..self.at + 5).ok_or(ReadCode::Syntax)?;
        let mut unit = 0;
        for digit in digits {
            unit = unit * 16 + char::from(*digit).to_digit(16).ok_or(ReadCode::Syntax)?;
        }
        self.at += 5;
        Ok(unit)
    }
}
