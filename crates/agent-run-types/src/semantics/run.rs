//! Rules about the run as a whole, its times and its open vocabularies (spec/run.md, spec/versioning.md).
use super::instant::Instant;
use super::members::{precedes, Members, Place};
use super::record::Record;
use super::rule::{when, Rule};
use crate::schema::{visit, Visited};
use crate::seal::OPEN_STATUSES;

pub(crate) const RUN: &[Rule] = &[
    Rule::warning("version.newer", version_newer),
    Rule::warning("run.null_member", null_member).since_1_0(),
    Rule::warning("step.deprecated_member", deprecated_member).since_1_0(),
    Rule::error("run.self_reference", self_reference),
    Rule::error("run.other_parent", other_parent),
    Rule::warning("run.outcome_early", outcome_early),
];

pub(crate) const TIMES: &[Rule] = &[
    Rule::error("run.ended_at_missing", ended_at_missing).since_1_0(),
    Rule::warning("run.ended_at_unexpected", ended_at_unexpected),
    Rule::error("time.impossible", time_impossible),
    Rule::error("time.order", time_order),
    Rule::warning("time.duration", time_duration),
    Rule::warning("time.outside_run", time_outside_run),
    Rule::warning("vocabulary.unregistered", vocabulary_unregistered),
];

fn version_newer(record: &Record<'_>) -> Vec<String> {
    let minor = record.run.text("spec_version").and_then(|version| version.strip_prefix("1."));
    let is_newer = minor.is_some_and(|minor| minor != "0" && minor.bytes().all(|byte| byte.is_ascii_digit()));
    Vec::from_iter(when(is_newer, || "/spec_version".into()))
}

/// The places of the members that the schemas know and that fit a question, as the record is written.
fn members_where(record: &Record<'_>, fits: impl Fn(&Visited<'_, '_>) -> bool) -> Vec<String> {
    let mut found = Vec::new();
    visit("agent-run", record.run.object, &mut |member| {
        if fits(&member) {
            found.push(member.path());
        }
    });
    found
}

fn null_member(record: &Record<'_>) -> Vec<String> {
    members_where(record, |member| {
        let is_optional = member.value.is_null() && !member.is_required && member.node.admits_null();
        let may_be_unknown = member.name == "ended_at" || member.name.ends_with("_tokens");
        is_optional && !member.node.is_deprecated && !may_be_unknown
    })
}

fn deprecated_member(record: &Record<'_>) -> Vec<String> {
    let mut found = Vec::new();
    for step in &record.steps {
        for name in ["success", "tokens_used"] {
            found.extend(when(step.has(name), || step.at(name)));
        }
    }
    found
}

fn self_reference(record: &Record<'_>) -> Vec<String> {
    let run = &record.run;
    let is_own = |id: Option<&str>| id.is_some() && id == run.text("id");
    let mut found = Vec::from_iter(when(is_own(run.text("parent_run_id")), || "/parent_run_id".into()));
    for other in record.parents().iter().chain(&run.parts("related")) {
        found.extend(when(is_own(other.text("run_id")), || other.at("run_id")));
    }
    found
}

fn other_parent(record: &Record<'_>) -> Vec<String> {
    let (parents, stated) = (record.parents(), record.run.text("parent_run_id"));
    let is_other = stated.is_some() && !parents.is_empty() && parents.iter().all(|each| each.text("run_id") != stated);
    Vec::from_iter(when(is_other, || "/parent_run_id".into()))
}

fn outcome_early(record: &Record<'_>) -> Vec<String> {
    let run = &record.run;
    let is_early = run.is("status", &["pending", "running"]) && run.is_given("outcome");
    Vec::from_iter(when(is_early, || "/outcome".into()))
}

fn ended_at_missing(record: &Record<'_>) -> Vec<String> {
    let run = &record.run;
    Vec::from_iter(when(!run.is("status", &OPEN_STATUSES) && !run.has("ended_at"), String::new))
}

fn ended_at_unexpected(record: &Record<'_>) -> Vec<String> {
    let run = &record.run;
    Vec::from_iter(when(run.is("status", &OPEN_STATUSES) && run.is_given("ended_at"), || "/ended_at".into()))
}

fn time_impossible(record: &Record<'_>) -> Vec<String> {
    members_where(record, |member| {
        let time = member.value.as_str().filter(|_| member.node.is_time);
        time.is_some_and(|text| Instant::parse(text).is_none())
    })
}

fn time_order(record: &Record<'_>) -> Vec<String> {
    let is_wrong = |span: &&Place<'_>| precedes(span.instant("ended_at"), span.instant("started_at"));
    record.spans().filter(is_wrong).map(|span| span.at("ended_at")).collect()
}

/// By how much `duration_ms` may differ from the times: a second, or one percent.
fn time_duration(record: &Record<'_>) -> Vec<String> {
    let is_wrong = |span: &&Place<'_>| match (span.instant("started_at"), span.instant("ended_at")) {
        (Some(start), Some(end)) if start <= end => span.number("duration_ms").is_some_and(|stated| {
            let measured = start.milliseconds_to(end);
            (stated - measured).abs() > f64::max(1000.0, measured / 100.0)
        }),
        _ => false,
    };
    record.spans().filter(is_wrong).map(|span| span.at("duration_ms")).collect()
}

fn time_outside_run(record: &Record<'_>) -> Vec<String> {
    let start = record.run.instant("started_at");
    let is_early = |step: &&Place<'_>| precedes(step.instant("started_at"), start);
    record.steps.iter().filter(is_early).map(|step| step.at("started_at")).collect()
}

fn vocabulary_unregistered(record: &Record<'_>) -> Vec<String> {
    members_where(record, |member| match (&member.node.vocabulary, member.value.as_str()) {
        (Some(values), Some(text)) => is_of_the_registry(text) && !values.iter().any(|value| value == text),
        _ => false,
    })
}

/// Whether a value has the form of a registered one, and not that of `vendor:name`.
fn is_of_the_registry(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_lowercase())
        && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_')
}
