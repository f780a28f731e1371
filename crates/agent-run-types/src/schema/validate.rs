use super::collector::Collector;
use super::finding::{Finding, Severity};
use super::standard::standard;
use super::walk::walk;
use crate::json::{read, Value};
use crate::semantics;

/// How to validate. `ValidateOptions::default()` is the schema `agent-run`, read leniently, with the semantic rules, and at
/// most 100 findings.
#[derive(Clone, Debug)]
pub struct ValidateOptions<'a> {
    /// One of [`schema_names`].
    pub schema: &'a str,
    /// Whether to warn about members that no schema names (AR-VER-005).
    pub strict: bool,
    /// Whether to check the semantic rules of an AgentRun that its schema accepts.
    pub semantics: bool,
    /// Most findings to keep, errors before warnings.
    pub limit: usize,
}

impl Default for ValidateOptions<'_> {
    fn default() -> Self {
        ValidateOptions { schema: "agent-run", strict: false, semantics: true, limit: 100 }
    }
}

/// What came of a validation.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Validation {
    /// What was read; none if the bytes are no JSON of the record profile, and of [`validate_value`].
    pub value: Option<Value>,
    /// Those of the schema in the order of the document, then those of the semantic rules.
    pub findings: Vec<Finding>,
    /// How many more findings there were than the limit.
    pub omitted: usize,
    is_valid: bool,
}

impl Validation {
    /// Whether there was no error. There may be warnings.
    pub fn is_valid(&self) -> bool {
        self.is_valid
    }
}

/// Names of the schemas that records, journals, trust files and verdicts are made of, such as `agent-run` and `step`.
pub fn schema_names() -> Vec<&'static str> {
    let mut names: Vec<_> = standard().nodes.roots.keys().map(String::as_str).collect();
    names.sort_unstable();
    names
}

/// Validates the bytes of a record: the bytes themselves, the schema, then the semantic rules; what fails ends the
/// validation. Whatever the bytes are, it doesn't panic.
///
/// ```
/// let validation = agent_run_types::validate(br#"{"id": "run-1", "status": "complete"}"#);
/// assert!(!validation.is_valid());
/// let first = &validation.findings[0];
/// assert_eq!((first.code, first.path.as_str()), ("schema.required", ""));
/// ```
pub fn validate(bytes: &[u8]) -> Validation {
    validate_with(bytes, &ValidateOptions::default())
}

/// Validates bytes against any schema of [`schema_names`].
///
/// # Panics
/// If there is no schema of that name.
pub fn validate_with(bytes: &[u8], options: &ValidateOptions<'_>) -> Validation {
    match read(bytes) {
        Ok(value) => {
            let mut collector = Collector::new(options.limit);
            check(&value, options, &mut collector);
            finish(Some(value), collector)
        }
        Err(fault) => {
            let mut collector = Collector::new(options.limit);
            collector.add(Severity::Error, || Finding::of_bytes(fault, bytes));
            finish(None, collector)
        }
    }
}

/// Validates what was read or made already. That hides some faults of bytes, such as a repeated name.
///
/// # Panics
/// If there is no schema of that name.
pub fn validate_value(value: &Value, options: &ValidateOptions<'_>) -> Validation {
    let mut collector = Collector::new(options.limit);
    check(value, options, &mut collector);
    finish(None, collector)
}

fn finish(value: Option<Value>, collector: Collector) -> Validation {
    let is_valid = !collector.has_errors();
    let (findings, omitted) = collector.finish();
    Validation { value, findings, omitted, is_valid }
}

fn check(value: &Value, options: &ValidateOptions<'_>, collector: &mut Collector) {
    let is_known = standard().nodes.roots.contains_key(options.schema);
    assert!(is_known, "there is no schema of that name; schema_names() lists them");
    walk(options.schema, value, options.strict, collector);
    if options.schema != "agent-run" || !options.semantics || collector.has_errors() {
        return;
    }
    for finding in value.as_object().into_iter().flat_map(semantics::check) {
        collector.add(finding.severity, || finding);
    }
}
