//! Rules about steps and their side effects (spec/step.md).
use std::collections::{BTreeMap, HashSet};

use super::members::{precedes, Members, Place};
use super::record::{Groups, Record};
use super::rule::{when, Rule};
use crate::json::Value;

pub(crate) const STEPS: &[Rule] = &[
    Rule::warning("step.order", step_order),
    Rule::error("step.seq_duplicate", seq_duplicate),
    Rule::warning("step.seq_order", seq_order),
    Rule::error("step.member_missing", member_missing),
    Rule::error("step.call_doubled", call_doubled),
    Rule::error("step.attempt", step_attempt),
    Rule::error("effect.not_run", effect_not_run),
    Rule::error("effect.none_not_alone", effect_none_not_alone),
    Rule::warning("effect.empty_list", effect_empty_list),
];

/// The first of several open steps before one that has ended, and each step that ended before its predecessor.
fn step_order(record: &Record<'_>) -> Vec<String> {
    let (mut found, mut latest, mut open) = (Vec::new(), None, None);
    for step in &record.steps {
        if step.is("status", &["pending", "running"]) {
            open = open.or(Some(step));
            continue;
        }
        found.extend(open.take().map(|step| step.at("status")));
        if let Some(end) = step.instant("ended_at") {
            found.extend(when(precedes(Some(end), latest), || step.at("ended_at")));
            latest = Some(end);
        }
    }
    found
}

/// A number as a key: −0 is 0.
fn key_of(number: f64) -> u64 {
    (number + 0.0).to_bits()
}

fn seq_duplicate(record: &Record<'_>) -> Vec<String> {
    let mut seen = HashSet::new();
    let is_second = |step: &&Place<'_>| step.number("seq").is_some_and(|seq| !seen.insert(key_of(seq)));
    record.steps.iter().filter(is_second).map(|step| step.at("seq")).collect()
}

fn seq_order(record: &Record<'_>) -> Vec<String> {
    let mut by_seq = BTreeMap::new();
    for step in &record.steps {
        if let (Some(seq), Some(start)) = (step.number("seq"), step.instant("started_at")) {
            // Whole numbers from 0 on, by the schema: their bits are in the order of the numbers.
            by_seq.entry(key_of(seq)).or_insert((start, step));
        }
    }
    let in_order: Vec<_> = by_seq.into_values().collect();
    let is_early = |pair: &&[(_, &Place<'_>)]| pair[1].0 < pair[0].0;
    in_order.windows(2).filter(is_early).map(|pair| pair[1].1.at("seq")).collect()
}

/// Members of which a step of a type needs one.
fn needed(step_type: Option<&str>) -> &'static [&'static str] {
    match step_type {
        Some("tool_call") => &["tool_name"],
        Some("tool_result") => &["tool_call_id", "tool_name"],
        Some("handoff" | "handoff_result") => &["child_run_id", "delegation_id", "agent_id"],
        Some("message") => &["role"],
        Some("error") => &["error", "error_type"],
        _ => &[],
    }
}

fn member_missing(record: &Record<'_>) -> Vec<String> {
    let is_lacking = |step: &&Place<'_>| {
        let members = needed(step.text("type"));
        let is_erased = step.is("type", &["error"]) && step.is_given("private_hash") && !step.is_given("salt");
        !members.is_empty() && !is_erased && !members.iter().any(|name| step.is_given(name))
    };
    record.steps.iter().filter(is_lacking).map(|step| step.path.clone()).collect()
}

fn call_doubled(record: &Record<'_>) -> Vec<String> {
    let is_call = |step: &&Place<'_>| step.is("type", &["tool_call", "tool_result", "handoff"]);
    let calls: Vec<Place<'_>> = record.steps.iter().filter(is_call).cloned().collect();
    let groups = Groups::new(&calls, "tool_call_id");
    let mut found = Vec::new();
    for id in &groups.ids {
        let group: Vec<_> = groups.of(id).iter().map(|&index| &calls[index]).collect();
        let ids: HashSet<_> = group.iter().filter_map(|step| step.text("id")).collect();
        let is_retry = |step: &&Place<'_>| step.text("retry_of").is_some_and(|first| ids.contains(first));
        let doubled = group.iter().filter(|step| !is_retry(step)).skip(1);
        found.extend(doubled.map(|step| step.at("tool_call_id")));
    }
    found
}

fn step_attempt(record: &Record<'_>) -> Vec<String> {
    let is_wrong = |step: &&Place<'_>| {
        let before = record.step(step.text("retry_of")).and_then(|first| first.number("attempt"));
        matches!((before, step.number("attempt")), (Some(before), Some(attempt)) if attempt != before + 1.0)
    };
    record.steps.iter().filter(is_wrong).map(|step| step.at("attempt")).collect()
}

fn effect_not_run(record: &Record<'_>) -> Vec<String> {
    let mut found = Vec::new();
    for step in record.steps.iter().filter(|step| step.is("status", &["denied", "skipped"])) {
        for effect in step.parts("side_effects") {
            if !effect.is_given("basis") {
                found.push(effect.path);
            } else if !effect.is("basis", &["declared"]) {
                found.push(effect.at("basis"));
            }
        }
    }
    found
}

fn effect_none_not_alone(record: &Record<'_>) -> Vec<String> {
    let none_beside_others = |step: &Place<'_>| {
        let effects = step.parts("side_effects");
        let none = effects.iter().find(|effect| effect.is("kind", &["none"]));
        none.filter(|_| effects.len() > 1).map(|effect| effect.at("kind"))
    };
    record.steps.iter().filter_map(none_beside_others).collect()
}

fn effect_empty_list(record: &Record<'_>) -> Vec<String> {
    let is_empty = |step: &&Place<'_>| {
        let effects = step.given("side_effects").and_then(Value::as_array);
        effects.is_some_and(<[Value]>::is_empty)
    };
    record.steps.iter().filter(is_empty).map(|step| step.at("side_effects")).collect()
}
