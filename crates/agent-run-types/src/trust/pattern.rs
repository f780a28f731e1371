/// Whether a pattern fits a whole text: `*` stands for any characters, nothing else in it is special (spec/trust.md).
///
/// ```
/// assert!(agent_run_types::trust::fits("release-*", "release-bot"));
/// assert!(!agent_run_types::trust::fits("release-*", "docs-bot"));
/// ```
pub fn fits(pattern: &str, text: &str) -> bool {
    let Some((start, others)) = pattern.split_once('*') else {
        return pattern == text;
    };
    let Some(mut rest) = text.strip_prefix(start) else {
        return false;
    };
    let (middle, end) = others.rsplit_once('*').unwrap_or(("", others));
    for part in middle.split('*') {
        // The first place leaves the most to the parts that follow.
        match rest.find(part) {
            Some(at) => rest = &rest[at + part.len()..],
            None => return false,
        }
    }
    rest.ends_with(end)
}
