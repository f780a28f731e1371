use super::options::VerifyOptions;
use super::verdict::Verdict;
use super::verifier::Verifier;
use crate::json::{read, Object, Value};
use crate::schema::{is_valid, Finding, Position, Severity};

/// What came of a bundle.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct BundleVerdicts {
    /// One for each record, in their order.
    pub verdicts: Vec<Verdict>,
    /// Lines that are nothing a bundle can hold; `position` names the line. They were left out (AR-SEAL-019).
    pub findings: Vec<Finding>,
}

/// Verifies the records of a bundle, each with the statements, evals and batch proofs that stand in it, beside those of the
/// options.
pub fn verify_bundle(bytes: &[u8], options: &VerifyOptions<'_>) -> BundleVerdicts {
    let mut bundle = Bundle {
        records: Vec::new(),
        statements: options.statements.to_vec(),
        evals: options.evals.to_vec(),
        proofs: options.proofs.to_vec(),
    };
    let (mut findings, mut start) = (Vec::new(), 0);
    for (number, line) in bytes.split(|byte| *byte == b'\n').enumerate() {
        if !line.is_empty() && line != b"\r" {
            let refused =
                read(line).map_or_else(|fault| Some(Finding::of_bytes(fault, line)), |value| bundle.add(line, value));
            findings.extend(refused.map(|finding| in_line(finding, number + 1, start)));
        }
        start += String::from_utf8_lossy(line).encode_utf16().count() + 1;
    }
    let Bundle { records, statements, evals, proofs } = &bundle;
    let verifier = Verifier::new(&VerifyOptions { statements, evals, proofs, ..*options });
    BundleVerdicts { verdicts: records.iter().map(|record| verifier.verify(record)).collect(), findings }
}

/// What a bundle holds.
struct Bundle<'b> {
    /// The lines of the records as written.
    records: Vec<&'b [u8]>,
    statements: Vec<Value>,
    evals: Vec<Value>,
    proofs: Vec<Value>,
}

impl<'b> Bundle<'b> {
    /// Puts a line where it belongs, or says why it belongs nowhere.
    fn add(&mut self, line: &'b [u8], value: Value) -> Option<Finding> {
        let (schema, list) = match value.as_object().and_then(sort_of) {
            Some("record") => {
                self.records.push(line);
                return None;
            }
            Some("statement") => ("statement", &mut self.statements),
            Some("eval") => ("eval", &mut self.evals),
            Some("batch-proof") => ("batch-proof", &mut self.proofs),
            _ => return Some(Finding::of_rule("bundle.line", Severity::Error, String::new())),
        };
        if !is_valid(schema, &value) {
            return Some(Finding::of_rule("bundle.line", Severity::Error, String::new()));
        }
        list.push(value);
        None
    }
}

/// What a line of a bundle is, by its members.
fn sort_of(object: &Object) -> Option<&'static str> {
    let has = |names: &[&str]| names.iter().all(|name| object.contains(name));
    if has(&["steps"]) {
        Some("record")
    } else if has(&["index", "path"]) {
        Some("batch-proof")
    } else if has(&["kind", "about"]) {
        Some("statement")
    } else {
        has(&["pass", "score"]).then_some("eval")
    }
}

/// A finding in a line, the `start` of which is known in UTF-16 code units.
fn in_line(finding: Finding, line: usize, start: usize) -> Finding {
    let (offset, column) = finding.position.map_or((start, 1), |at| (start + at.offset, at.column));
    Finding { position: Some(Position { offset, line, column }), ..finding }
}
