//! Rules about tokens and money (spec/cost.md).
use std::collections::HashSet;

use super::members::{Members, Place};
use super::record::Record;
use super::rule::{when, Rule};

pub(crate) const COSTS: &[Rule] = &[
    Rule::error("cost.usage_misplaced", usage_misplaced),
    Rule::error("cost.total", cost_total),
    Rule::error("cost.parts", cost_parts),
    Rule::error("cost.by_model", cost_by_model),
    Rule::error("cost.steps_exceed", steps_exceed),
    Rule::error("cost.unit_missing", unit_missing),
    Rule::error("cost.response_doubled", response_doubled),
    Rule::warning("cost.price_source_missing", price_source_missing),
];

const AMOUNTS: [&str; 9] = [
    "input_tokens",
    "output_tokens",
    "cache_read_tokens",
    "cache_write_tokens",
    "cache_write_5m_tokens",
    "cache_write_1h_tokens",
    "reasoning_tokens",
    "total_tokens",
    "cost_usd",
];

/// The amounts that count tokens.
fn tokens() -> &'static [&'static str] {
    &AMOUNTS[..8]
}

/// By how much two amounts may differ: tokens not at all, money by one millionth.
fn slack(member: &str, one: f64, other: f64) -> f64 {
    if member == "cost_usd" {
        1e-6 * f64::max(one.abs(), other.abs())
    } else {
        0.0
    }
}

/// The costs of the run, of its steps and of its eval.
fn whole_costs<'a>(record: &Record<'a>) -> Vec<Place<'a>> {
    let evaluation = record.run.part("eval");
    record.spans().chain(&evaluation).filter_map(|owner| owner.part("cost")).collect()
}

/// These, each followed by its shares by model.
fn costs<'a>(record: &Record<'a>) -> Vec<Place<'a>> {
    let with_shares = |cost: Place<'a>| {
        let shares = cost.parts("by_model");
        std::iter::once(cost).chain(shares)
    };
    whole_costs(record).into_iter().flat_map(with_shares).collect()
}

/// Whether a step counts tokens: an unknown number and zero don't.
fn has_usage(step: &Place<'_>) -> bool {
    let counts = |cost: &Place<'_>| tokens().iter().any(|member| cost.number(member).is_some_and(|n| n != 0.0));
    step.part("cost").is_some_and(|cost| counts(&cost) || cost.parts("by_model").iter().any(counts))
}

fn usage_misplaced(record: &Record<'_>) -> Vec<String> {
    let is_wrong = |step: &&Place<'_>| !step.is("type", &["model_call"]) && has_usage(step);
    record.steps.iter().filter(is_wrong).map(|step| step.at("cost")).collect()
}

fn cost_total(record: &Record<'_>) -> Vec<String> {
    let is_wrong = |cost: &Place<'_>| {
        let [input, output, total] = ["input_tokens", "output_tokens", "total_tokens"].map(|name| cost.number(name));
        matches!((input, output, total), (Some(input), Some(output), Some(total)) if input + output != total)
    };
    costs(record).into_iter().filter(is_wrong).map(|cost| cost.at("total_tokens")).collect()
}

const PARTS: [(&str, &[&str]); 3] = [
    ("input_tokens", &["cache_read_tokens", "cache_write_tokens"]),
    ("cache_write_tokens", &["cache_write_5m_tokens", "cache_write_1h_tokens"]),
    ("output_tokens", &["reasoning_tokens"]),
];

fn cost_parts(record: &Record<'_>) -> Vec<String> {
    let mut found = Vec::new();
    for cost in costs(record) {
        for (whole, parts) in PARTS {
            let sum: f64 = parts.iter().filter_map(|part| cost.number(part)).sum();
            let is_less = cost.number(whole).is_some_and(|whole| sum > whole);
            found.extend(when(is_less, || cost.at(whole)));
        }
    }
    found
}

fn cost_by_model(record: &Record<'_>) -> Vec<String> {
    let mut found = Vec::new();
    for cost in whole_costs(record) {
        let shares = cost.parts("by_model");
        for share in &shares {
            found.extend(when(share.text("model").unwrap_or("").is_empty(), || share.path.clone()));
            found.extend(when(share.has("by_model"), || share.at("by_model")));
        }
        for member in AMOUNTS {
            let whole = cost.number(member).filter(|_| !shares.is_empty());
            let is_wrong = whole.is_some_and(|whole| !adds_up(member, whole, &shares));
            found.extend(when(is_wrong, || cost.at("by_model")));
        }
    }
    found
}

/// Whether the known shares make up the whole, or leave room for those that aren't known.
fn adds_up(member: &str, whole: f64, shares: &[Place<'_>]) -> bool {
    let known: Vec<f64> = shares.iter().filter_map(|share| share.number(member)).collect();
    let sum: f64 = known.iter().sum();
    let (surplus, allowed) = (sum - whole, slack(member, sum, whole));
    surplus <= allowed && (known.len() < shares.len() || surplus >= -allowed)
}

fn steps_exceed(record: &Record<'_>) -> Vec<String> {
    let Some(own) = record.run.part("cost") else {
        return Vec::new();
    };
    let is_exceeded = |member: &&&str| {
        let sum: f64 = record.steps.iter().filter_map(|step| step.child("cost")?.number(member)).sum();
        own.number(member).is_some_and(|whole| sum - whole > slack(member, sum, whole))
    };
    AMOUNTS.iter().filter(is_exceeded).map(|member| own.at(member)).collect()
}

fn unit_missing(record: &Record<'_>) -> Vec<String> {
    let is_half = |cost: &Place<'_>| cost.is_given("amount") != cost.is_given("unit");
    costs(record).into_iter().filter(is_half).map(|cost| cost.path).collect()
}

fn response_doubled(record: &Record<'_>) -> Vec<String> {
    let (mut found, mut seen) = (Vec::new(), HashSet::new());
    for step in record.steps.iter().filter(|step| step.is("type", &["model_call"]) && has_usage(step)) {
        let is_second = step.text("response_id").is_some_and(|response| !seen.insert(response));
        found.extend(when(is_second, || step.at("response_id")));
    }
    found
}

fn price_source_missing(record: &Record<'_>) -> Vec<String> {
    let is_unsaid = |cost: &Place<'_>| cost.is("price_basis", &["computed"]) && !cost.is_given("price_source");
    costs(record).into_iter().filter(is_unsaid).map(|cost| cost.path).collect()
}
