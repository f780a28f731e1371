use serde::Serialize;

use super::shown::shown;
use crate::schema::{code_of, sentence_of, Fault, Finding};

/// One of the twelve checks, in their order (AR-VERD-001).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum CheckName {
    /// Are these the bytes of a record, and has it the right form?
    Schema,
    /// Do its parts agree with each other?
    Semantics,
    /// Is the fingerprint that of this configuration?
    RunHash,
    /// Are these the steps that were sealed, all of them, in this order?
    Steps,
    /// Is the rest what was sealed?
    Record,
    /// Did the key that it names sign it?
    Signature,
    /// May that key sign for this agent?
    Signer,
    /// Were the decisions made for these calls, by people who may make them?
    Approvals,
    /// Do parents and children know of each other?
    Lineage,
    /// Is the record what was written down while the run went on?
    Journal,
    /// Are the judgements about this record, by evaluators who are trusted?
    Evals,
    /// Does somebody answer for what was erased?
    Erasures,
}

impl CheckName {
    /// All of them.
    pub const ALL: [CheckName; 12] = [
        CheckName::Schema,
        CheckName::Semantics,
        CheckName::RunHash,
        CheckName::Steps,
        CheckName::Record,
        CheckName::Signature,
        CheckName::Signer,
        CheckName::Approvals,
        CheckName::Lineage,
        CheckName::Journal,
        CheckName::Evals,
        CheckName::Erasures,
    ];

    /// The name as it is written.
    pub fn as_str(self) -> &'static str {
        match self {
            CheckName::Schema => "schema",
            CheckName::Semantics => "semantics",
            CheckName::RunHash => "run_hash",
            CheckName::Steps => "steps",
            CheckName::Record => "record",
            CheckName::Signature => "signature",
            CheckName::Signer => "signer",
            CheckName::Approvals => "approvals",
            CheckName::Lineage => "lineage",
            CheckName::Journal => "journal",
            CheckName::Evals => "evals",
            CheckName::Erasures => "erasures",
        }
    }
}

/// How a check came out (spec/verdict.md, Results).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum CheckResult {
    /// Compared, and right.
    Pass,
    /// Compared, and wrong.
    Fail,
    /// The record has nothing that this check compares.
    Absent,
    /// It has, but what is needed to judge it is missing.
    Unknown,
    /// An earlier failure makes it pointless.
    Skipped,
}

/// A check of a verdict: what `schemas/check.json` describes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Check {
    /// What was checked.
    pub check: CheckName,
    /// How it came out.
    pub result: CheckResult,
    /// The result in one sentence.
    pub detail: String,
    /// How many comparisons were made.
    pub compared: usize,
    /// What is wrong or missing: spec/errors.md.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<&'static str>,
    /// JSON Pointer of the place.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
    /// What was expected, of a check that failed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expected: Option<String>,
    /// What was found instead.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub found: Option<String>,
    /// What the schema and the semantic rules found.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub findings: Vec<Finding>,
}

/// How a check comes out, before it has its name.
#[derive(Clone, Debug)]
pub(crate) struct Outcome {
    pub result: CheckResult,
    pub fault: Option<Fault>,
    compared: usize,
    detail: String,
    /// What was expected and found, where two values were compared.
    than: Option<(String, String)>,
    findings: Vec<Finding>,
}

impl Outcome {
    fn new(result: CheckResult, compared: usize, detail: impl Into<String>) -> Outcome {
        Outcome { result, fault: None, compared, detail: detail.into(), than: None, findings: Vec::new() }
    }

    /// Compared, and right; absent if there was nothing to compare (AR-VERD-002).
    pub fn compared(compared: usize, detail: impl Into<String>) -> Outcome {
        match compared {
            0 => Outcome::absent(),
            _ => Outcome::new(CheckResult::Pass, compared, detail),
        }
    }

    pub fn absent() -> Outcome {
        Outcome::new(CheckResult::Absent, 0, "nothing to compare")
    }

    pub fn skipped(detail: &str) -> Outcome {
        Outcome::new(CheckResult::Skipped, 0, detail)
    }

    pub fn fail(fault: Fault) -> Outcome {
        let means = code_of(fault.code).means.as_str();
        Outcome { fault: Some(fault), ..Outcome::new(CheckResult::Fail, 1, means) }
    }

    pub fn unknown(code: &'static str, path: impl Into<String>) -> Outcome {
        let means = code_of(code).means.as_str();
        Outcome { fault: Some(Fault::new(code, path)), ..Outcome::new(CheckResult::Unknown, 0, means) }
    }

    /// Adds what was expected and found.
    pub fn than(self, expected: impl Into<String>, found: impl Into<String>) -> Outcome {
        Outcome { than: Some((expected.into(), found.into())), ..self }
    }

    pub fn with_findings(self, findings: Vec<Finding>) -> Outcome {
        Outcome { findings, ..self }
    }

    pub fn is(&self, result: CheckResult) -> bool {
        self.result == result
    }

    pub fn detail(&self) -> &str {
        &self.detail
    }

    pub fn path(&self) -> Option<&str> {
        self.fault.as_ref().map(|fault| fault.path.as_str())
    }

    pub fn named(&self, check: CheckName) -> Check {
        let (expected, found) = self.contrast().map_or((None, None), |(expected, found)| (Some(expected), Some(found)));
        Check {
            check,
            result: self.result,
            detail: self.detail.clone(),
            compared: self.compared,
            code: self.fault.as_ref().map(|fault| fault.code),
            path: self.fault.as_ref().map(|fault| fault.path.clone()),
            expected,
            found,
            findings: self.findings.clone(),
        }
    }

    /// What a failure says was expected and found (AR-VERD-005).
    fn contrast(&self) -> Option<(String, String)> {
        let fault = self.fault.as_ref().filter(|_| self.is(CheckResult::Fail))?;
        if let Some((expected, found)) = &self.than {
            return Some((shown(expected), shown(found)));
        }
        let sentence = sentence_of(fault.code).unwrap_or("the schema");
        Some((format!("what {sentence} asks for"), shown(&self.detail)))
    }
}
