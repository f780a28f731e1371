use std::time::{SystemTime, UNIX_EPOCH};

use super::approvals::check_approvals;
use super::beside::{check_erasures, check_evals};
use super::context::Context;
use super::evidence::Evidence;
use super::journal::check_journal;
use super::levels::{level_of, Outcomes};
use super::lineage::check_lineage;
use super::options::VerifyOptions;
use super::outcome::{CheckName, CheckResult, Outcome};
use super::seal::{check_record, check_run_hash, check_signature, check_signer, check_steps};
use super::verdict::{Completeness, LineageEdge, Shortfall, TimeBasis, Verdict};
use crate::json::{read, Value};
use crate::schema::{validate_value, Fault, Finding, Severity, ValidateOptions};
use crate::seal::OPEN_STATUSES;
use crate::semantics::{self, Instant, Members};
use crate::trust::Keys;

/// The verdict on the bytes of a record (spec/verdict.md). Whatever they are, and whatever came with them, it doesn't panic.
///
/// ```
/// use agent_run_types::verify::{verify, CheckName, Level, VerifyOptions};
///
/// let verdict = verify(b"{}", &VerifyOptions::default());
/// assert!(!verdict.ok);
/// assert_eq!((verdict.level, verdict.first_failure), (Level::None, Some(CheckName::Schema)));
/// ```
pub fn verify(bytes: &[u8], options: &VerifyOptions<'_>) -> Verdict {
    Verifier::new(options).verify(bytes)
}

/// Verifies many records with the same options; what came with them is looked at once.
pub struct Verifier<'a> {
    options: VerifyOptions<'a>,
    evidence: Evidence<'a>,
    keys: Keys<'a>,
}

impl<'a> Verifier<'a> {
    /// Looks at the trust file and the statements.
    pub fn new(options: &VerifyOptions<'a>) -> Verifier<'a> {
        let evidence = Evidence::new(options.statements, options.evals, options.proofs);
        let keys = Keys::new(options.trust, evidence.statements(), options.now.unwrap_or_else(now));
        Verifier { options: *options, evidence, keys }
    }

    /// The verdict on the bytes of a record.
    pub fn verify(&self, bytes: &[u8]) -> Verdict {
        let value = match read(bytes) {
            Ok(value) => value,
            Err(fault) => return self.refused(Finding::of_bytes(fault, bytes)),
        };
        let form = ValidateOptions { semantics: false, limit: 1, ..ValidateOptions::default() };
        match validate_value(&value, &form).findings.pop() {
            Some(finding) => self.refused(finding),
            None => self.judged(&value),
        }
    }

    /// The verdict on what is no record: every other check is skipped (AR-VERD-004).
    fn refused(&self, finding: Finding) -> Verdict {
        let mut outcomes = skipped();
        let fault = Fault::new(finding.code, finding.path.as_str());
        let schema = Outcome::fail(fault).than("what the schema asks for", finding.message.as_str());
        outcomes[CheckName::Schema as usize] = schema.with_findings(vec![finding]);
        self.written(outcomes, None, Vec::new(), Completeness::Unsealed)
    }

    fn judged(&self, value: &Value) -> Verdict {
        let parts = value.as_object().and_then(|run| Some((run, run.child("provenance")?)));
        let Some((run, provenance)) = parts else {
            return self.refused(Finding::of_rule("schema.type", Severity::Error, String::new()));
        };
        let context = Context::new(run, provenance, &self.evidence, &self.keys, self.options.related);
        let signature = check_signature(&context);
        let signer = check_signer(&context, signature.result);
        let (journal, word) = check_journal(&context, self.options.journal);
        let approvals = check_approvals(&context, &word.order);
        let (lineage, edges) = check_lineage(&context);
        let outcomes = [
            Outcome::compared(2, "bytes and schema are in order"),
            check_semantics(&context),
            check_run_hash(&context),
            check_steps(&context),
            check_record(&context),
            signature,
            signer,
            approvals,
            lineage,
            journal,
            check_evals(&context),
            check_erasures(&context),
        ];
        let completeness = completeness_of(&context, &outcomes, word.checkpoint);
        self.written(outcomes, Some(&context), edges, completeness)
    }

    fn written(
        &self,
        outcomes: Outcomes,
        context: Option<&Context<'_>>,
        edges: Vec<LineageEdge>,
        completeness: Completeness,
    ) -> Verdict {
        let (level, mut missing) = level_of(&outcomes, context, &edges);
        let passes = |name: CheckName| outcomes[name as usize].is(CheckResult::Pass);
        let first_failure = CheckName::ALL.into_iter().find(|name| outcomes[*name as usize].is(CheckResult::Fail));
        let signer = context.and_then(Context::signer);
        let vouched = context.and_then(|context| context.vouched.as_ref());
        let by = self.keys.identity(signer).filter(|_| passes(CheckName::Signer));
        let is_stranger = self.options.signed_by.is_some_and(|asked| !asked.admits(by));
        if is_stranger {
            missing.insert(0, Shortfall::stranger(by, self.options.level));
        }
        Verdict {
            ok: level >= self.options.level && first_failure.is_none() && !is_stranger,
            level,
            by: by.map(str::to_owned),
            self_asserted: passes(CheckName::Signature) && self.keys.entry(signer).is_none(),
            asked: self.options.level,
            completeness,
            time: vouched
                .map_or(TimeBasis::Asserted, |seen| TimeBasis::Vouched { by: seen.by.clone(), at: seen.at.clone() }),
            checks: CheckName::ALL.into_iter().zip(&outcomes).map(|(name, outcome)| outcome.named(name)).collect(),
            first_failure,
            missing,
            edges,
        }
    }
}

fn now() -> Instant {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Instant::from_unix(i64::try_from(since.as_secs()).unwrap_or(i64::MAX), since.subsec_nanos())
}

fn skipped() -> Outcomes {
    CheckName::ALL.map(|_| Outcome::skipped("the schema failed"))
}

/// Do its parts agree with each other? Warnings don't matter.
fn check_semantics(context: &Context<'_>) -> Outcome {
    let findings = semantics::check(context.run);
    let first = findings.iter().find(|finding| finding.severity == Severity::Error);
    let outcome = match first {
        Some(finding) => Outcome::fail(Fault::new(finding.code, finding.path.as_str())),
        None => Outcome::compared(semantics::rule_count(), format!("{} rules", semantics::rule_count())),
    };
    outcome.with_findings(findings.into_iter().take(MOST).collect())
}

/// Most findings of the semantic rules in a verdict.
const MOST: usize = 100;

/// Whether the record is whole, or how far it goes: the first row that fits counts.
fn completeness_of(context: &Context<'_>, outcomes: &Outcomes, checkpoint: Option<u64>) -> Completeness {
    let passes = |name: CheckName| outcomes[name as usize].is(CheckResult::Pass);
    match checkpoint {
        _ if context.is_sealed && passes(CheckName::Record) => Completeness::Sealed,
        Some(n) if passes(CheckName::Journal) => Completeness::Checkpointed { n },
        _ if passes(CheckName::Journal) || context.run.is("status", &OPEN_STATUSES) => Completeness::Open,
        _ if context.run.is("status", &["interrupted"]) => Completeness::Interrupted,
        _ => Completeness::Unsealed,
    }
}
