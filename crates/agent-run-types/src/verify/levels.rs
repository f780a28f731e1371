//! The level that a record reaches, and what keeps it from those above (AR-LEVEL-001 to AR-LEVEL-003).
use std::collections::{BTreeMap, HashMap, HashSet};

use super::approvals::may_have_run;
use super::context::Context;
use super::options::Level;
use super::outcome::{CheckName, CheckResult, Outcome};
use super::verdict::{EdgeState, LineageEdge, Shortfall};
use crate::schema::{code_of, Fault};
use crate::semantics::{basis_of, Members, Place};

/// Of reasons with the same code only so many are listed.
const LISTED: usize = 20;

/// The outcomes of the twelve checks, in their order.
pub(super) type Outcomes = [Outcome; 12];

/// The level, and what keeps the record from those above, the lowest first. Without a context the schema failed.
pub(super) fn level_of(
    outcomes: &Outcomes,
    context: Option<&Context<'_>>,
    edges: &[LineageEdge],
) -> (Level, Vec<Shortfall>) {
    let recorded = short_of(outcomes, Level::Recorded, &[CheckName::Schema, CheckName::Semantics], false);
    let Some(context) = context.filter(|_| recorded.is_empty()) else {
        return (Level::None, recorded);
    };
    let needed = [CheckName::Steps, CheckName::Record, CheckName::Signature];
    let sealed = short_of(outcomes, Level::Sealed, &needed, true);
    let accountable = unaccountable(outcomes, context, edges);
    let level = match (sealed.is_empty(), accountable.is_empty()) {
        (false, _) => Level::Recorded,
        (true, false) => Level::Sealed,
        (true, true) => Level::Accountable,
    };
    (level, sealed.into_iter().chain(accountable).collect())
}

/// The checks that have to pass and don't, and where `or_fails` the others that fail.
fn short_of(outcomes: &Outcomes, level: Level, needed: &[CheckName], or_fails: bool) -> Vec<Shortfall> {
    let shortfall = |(name, outcome): (CheckName, &Outcome)| {
        let fails = outcome.is(CheckResult::Fail);
        let is_obstacle = if needed.contains(&name) { !outcome.is(CheckResult::Pass) } else { or_fails && fails };
        let word = if fails { "failed" } else { "is not there" };
        is_obstacle.then(|| Shortfall {
            level,
            code: if fails { "level.failed" } else { "level.not_sealed" },
            path: outcome.path().map(str::to_owned),
            reason: format!("{} {word}: {}", name.as_str(), outcome.detail()),
        })
    };
    CheckName::ALL.into_iter().zip(outcomes).filter_map(shortfall).collect()
}

/// What `accountable` asks of a sealed record beyond its seal.
fn unaccountable(outcomes: &Outcomes, context: &Context<'_>, edges: &[LineageEdge]) -> Vec<Shortfall> {
    let mut gaps = Gaps::default();
    gaps.add(context.run.is_given("source"), "level.converted", || "/source".into());
    let is_signed = outcomes[CheckName::Signer as usize].is(CheckResult::Pass);
    gaps.add(!is_signed, "level.signer", || "/provenance/signed_by".into());
    add_steps(&mut gaps, context);
    let approvals = &outcomes[CheckName::Approvals as usize];
    let path = || approvals.path().unwrap_or_default().into();
    gaps.add(approvals.is(CheckResult::Unknown), "level.approval_claimed", path);
    for edge in edges {
        let is_loose = matches!(edge.state, EdgeState::ChildOnly | EdgeState::Unresolved | EdgeState::Conflict);
        gaps.add(is_loose, "level.lineage", || edge.path.clone());
    }
    gaps.into_shortfalls()
}

/// What keeps a record from being accountable, and how often.
#[derive(Default)]
struct Gaps {
    listed: Vec<Fault>,
    counts: BTreeMap<&'static str, usize>,
}

impl Gaps {
    fn add(&mut self, is: bool, code: &'static str, path: impl FnOnce() -> String) {
        if !is {
            return;
        }
        let count = self.counts.entry(code).or_default();
        *count += 1;
        if *count <= LISTED {
            self.listed.push(Fault::new(code, path()));
        }
    }

    fn into_shortfalls(self) -> Vec<Shortfall> {
        let level = Level::Accountable;
        let listed = self.listed.into_iter().map(|Fault { code, path }| Shortfall {
            level,
            code,
            path: Some(path),
            reason: code_of(code).means.clone(),
        });
        let more = self.counts.iter().filter(|(_, count)| **count > LISTED).map(|(code, count)| Shortfall {
            level,
            code,
            path: None,
            reason: format!("the same of {} more", count - LISTED),
        });
        listed.chain(more).collect()
    }
}

fn add_steps(gaps: &mut Gaps, context: &Context<'_>) {
    let run = Place::whole(context.run);
    let grants: HashSet<_> = run
        .parts("approvals")
        .iter()
        .filter(|event| event.child("grant").is_some())
        .filter_map(|event| event.text("approval_id"))
        .collect();
    let mut offered: HashMap<_, usize> = HashMap::new();
    for tool in context.run.child("inventory").into_iter().flat_map(|inventory| inventory.objects("tools")) {
        *offered.entry((tool.text("name"), tool.text("mcp_server"))).or_default() += 1;
    }
    for step in run.parts("steps") {
        let tool = (step.text("tool_name"), step.text("mcp_server"));
        let is_unresolved = tool.0.is_some() && offered.get(&tool) != Some(&1);
        gaps.add(is_unresolved, "level.tool_unresolved", || step.at("tool_name"));
        let has_effects = !step.list("side_effects").is_empty();
        if !step.is("type", &["tool_call", "handoff"]) && !has_effects {
            continue;
        }
        let basis = basis_of(&step);
        let basis = basis.as_ref();
        let state = basis.and_then(|basis| basis.text("state"));
        let is_unanswered = state == Some("requested") && may_have_run(step.object);
        let names_grant = |basis: &Place<'_>| basis.text("approval_id").is_some_and(|id| grants.contains(id));
        let is_based = basis
            .is_some_and(|basis| basis.is_given("decision_id") || basis.is_given("policy_id") || names_grant(basis));
        let needs_basis = matches!(state, Some("auto_approved" | "not_required"));
        gaps.add(!has_effects, "level.effects_missing", || step.path.clone());
        gaps.add(state.is_none() || is_unanswered, "level.approval_missing", || step.path.clone());
        gaps.add(needs_basis && !is_based, "level.basis_missing", || step.at("approval"));
    }
}
