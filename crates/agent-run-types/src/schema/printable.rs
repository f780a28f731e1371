/// A text in which everything that could move a terminal's cursor or turn its text around is escaped, as in JSON.
pub(crate) fn printable(text: &str) -> String {
    text.chars().map(spelled).collect()
}

/// A character, or how it is escaped if it can't be seen.
pub(crate) fn spelled(character: char) -> String {
    let is_plain = matches!(character, '"' | '\'' | '\\') || character.escape_debug().count() == 1;
    if is_plain {
        return character.to_string();
    }
    character.encode_utf16(&mut [0; 2]).iter().map(|unit| format!("\\u{unit:04x}")).collect()
}
