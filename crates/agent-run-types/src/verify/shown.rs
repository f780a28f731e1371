use crate::schema::spelled;

/// Longest `expected` or `found`, in characters.
const LONGEST: usize = 200;

/// A text as a verdict says it: one that a record wrote can move no cursor, turn no text around, fill no screen, and is never
/// empty (AR-VERD-005).
pub(crate) fn shown(text: &str) -> String {
    if text.is_empty() {
        return "nothing".to_owned();
    }
    let mut kept = String::new();
    let mut length = 0;
    for character in text.chars() {
        let spelled = spelled(character);
        length += spelled.chars().count();
        if length >= LONGEST {
            kept.push('…');
            return kept;
        }
        kept.push_str(&spelled);
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::shown;

    #[test]
    fn does_no_harm() {
        assert_eq!(shown(""), "nothing");
        assert_eq!(shown("docs-bot \"é\" 日本"), "docs-bot \"é\" 日本");
        assert_eq!(shown("a\u{1b}[2J\u{202e}b\n"), "a\\u001b[2J\\u202eb\\u000a");
        assert_eq!(shown(&"\u{202e}".repeat(1000)).chars().count(), 199);
        assert_eq!(shown(&"x".repeat(1000)).chars().count(), 200);
    }
}
