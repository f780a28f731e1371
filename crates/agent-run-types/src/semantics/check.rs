use super::members::Members;
use super::record::Record;
use super::rule::Rule;
use super::{approvals, cost, privacy, references, run, steps};
use crate::json::Object;
use crate::schema::{Finding, Severity};

/// The order decides which error a verdict names as that of the check `semantics`.
const RULES: [&[Rule]; 7] =
    [run::RUN, run::TIMES, references::REFERENCES, steps::STEPS, cost::COSTS, approvals::APPROVALS, privacy::PRIVACY];

/// How many semantic rules there are.
pub fn rule_count() -> usize {
    RULES.iter().map(|group| group.len()).sum()
}

/// What the semantic rules find in a record that the schemas accept, rule by rule. In a record without `spec_version`
/// everything is a warning (AR-VER-001). Of a record that they don't accept it says what can be said, and never panics.
pub fn check(run: &Object) -> Vec<Finding> {
    let record = Record::new(run);
    let is_legacy = !run.is_given("spec_version");
    let applied = RULES.iter().copied().flatten().filter(|rule| !(is_legacy && rule.since_1_0));
    let mut findings = Vec::new();
    for rule in applied {
        let severity = if is_legacy { Severity::Warning } else { rule.severity };
        let found = (rule.find)(&record);
        findings.extend(found.into_iter().map(|path| Finding::of_rule(rule.code, severity, path)));
    }
    findings
}
