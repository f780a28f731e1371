use super::record::Record;
use crate::schema::Severity;

/// A semantic rule: what it finds in a record are JSON Pointers. One since 1.0 isn't applied to a record without
/// `spec_version`, which could not know it.
pub(crate) struct Rule {
    pub code: &'static str,
    pub severity: Severity,
    pub since_1_0: bool,
    pub find: fn(&Record<'_>) -> Vec<String>,
}

impl Rule {
    pub const fn error(code: &'static str, find: fn(&Record<'_>) -> Vec<String>) -> Rule {
        Rule { code, severity: Severity::Error, since_1_0: false, find }
    }

    pub const fn warning(code: &'static str, find: fn(&Record<'_>) -> Vec<String>) -> Rule {
        Rule { code, severity: Severity::Warning, since_1_0: false, find }
    }

    pub const fn since_1_0(self) -> Rule {
        Rule { since_1_0: true, ..self }
    }
}

/// A path, if something is the case.
pub(crate) fn when(is: bool, path: impl FnOnce() -> String) -> Option<String> {
    is.then(path)
}
