use crate::json::Object;

/// Longer names are nobody's typing mistake.
const LONGEST: usize = 64;

/// Words that different runtimes use for the same thing. Of a group the first word that is allowed is the one suggested.
const SYNONYMS: [&[&str]; 14] = [
    &["completed", "succeeded", "success", "successful", "complete", "done", "finished", "passed", "ok"],
    &["failed", "failure", "fail", "error", "errored"],
    &["cancelled", "aborted", "stopped", "killed"],
    &["timeout", "timed_out"],
    &["running", "in_progress", "active", "started"],
    &["pending", "queued", "waiting", "scheduled"],
    &["denied", "block", "rejected", "declined", "refused", "blocked"],
    &["approved", "allow", "accepted", "allowed", "granted"],
    &["user", "human"],
    &["assistant", "model"],
    &["model_call", "llm", "llm_call", "generation"],
    &["tool_call", "tool", "tool_use", "function_call"],
    &["manual", "user", "human"],
    &["cron", "schedule", "scheduled"],
];

/// The allowed value that was probably meant: with other capitals or separators, nearly right, or in other words.
pub(crate) fn suggest_value(found: &str, allowed: &[&str]) -> Option<String> {
    nearest(found, allowed.iter().copied()).or_else(|| {
        let word = snake_case(found);
        let groups = SYNONYMS.iter().filter(|group| group.contains(&word.as_str()));
        groups.copied().flatten().find(|meant| allowed.contains(meant)).map(|meant| (*meant).to_owned())
    })
}

/// The member that was probably meant, `agentVersion` → `agent_version`; only one that the object hasn't yet.
pub(crate) fn suggest_member<'n>(
    found: &str,
    known: impl Iterator<Item = &'n str>,
    present: &Object,
) -> Option<String> {
    nearest(found, known.filter(|name| !present.contains(name)))
}

/// The name that is nearest, if one is near enough: a third of its letters may differ. Of equally near ones the first in
/// the alphabet.
fn nearest<'n>(found: &str, known: impl Iterator<Item = &'n str>) -> Option<String> {
    if found.chars().count() > LONGEST {
        return None;
    }
    let word: Vec<char> = snake_case(found).chars().collect();
    let measured = known.map(|name| (distance(&word, &name.chars().collect::<Vec<_>>()), name));
    let (steps, name) = measured.min()?;
    (3 * steps <= name.len().max(3)).then(|| name.to_owned())
}

/// `agentID`, `agent-id` and `Agent ID` → `agent_id`.
fn snake_case(name: &str) -> String {
    let mut words = String::new();
    let mut before = '_';
    let mut letters = name.chars().peekable();
    while let Some(letter) = letters.next() {
        let ends_capitals = before.is_uppercase() && letters.peek().is_some_and(|next| next.is_lowercase());
        let begins_word = letter.is_uppercase() && (before.is_lowercase() || before.is_ascii_digit() || ends_capitals);
        if begins_word {
            words.push('_');
        }
        if matches!(letter, '-' | '.' | ' ') {
            words.push('_');
        } else {
            words.extend(letter.to_lowercase());
        }
        before = letter;
    }
    words
}

/// How many letters have to be changed, added or left out.
fn distance(one: &[char], other: &[char]) -> usize {
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (i, a) in one.iter().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, b) in other.iter().enumerate() {
            let changed = diagonal + usize::from(a != b);
            diagonal = row[j + 1];
            row[j + 1] = changed.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[other.len()]
}

#[cfg(test)]
mod tests {
    use super::{nearest, snake_case, suggest_value};

    #[test]
    fn knows_what_was_meant() {
        let names = ["agent_id", "agent_version", "model", "ended_at"];
        let meant = |found: &str| nearest(found, names.into_iter());
        assert_eq!(meant("agentVersion").as_deref(), Some("agent_version"));
        assert_eq!(meant("agentID").as_deref(), Some("agent_id"));
        assert_eq!(meant("modal").as_deref(), Some("model"));
        assert_eq!(meant("temperature"), None);
        assert_eq!(meant(&"m".repeat(100)), None);
        assert_eq!(snake_case("HTTPStatus-code"), "http_status_code");
        assert_eq!(suggest_value("Success", &["failed", "completed"]).as_deref(), Some("completed"));
        assert_eq!(suggest_value("temperature", &["failed", "completed"]), None);
    }
}
