//! Rules about private members, previews and an embedded eval (spec/privacy.md, spec/evaluation.md).
use super::members::Members;
use super::record::Record;
use super::rule::{when, Rule};
use crate::hash::{private_members, ErasableKind};
use crate::seal::{private_objects, PrivateObject};

pub(crate) const PRIVACY: &[Rule] = &[
    Rule::error("private.salt_alone", salt_alone),
    Rule::error("private.partial", private_partial),
    Rule::warning("preview.too_long", preview_too_long),
    Rule::error("eval.other_run", eval_other_run),
    Rule::error("eval.other_record", eval_other_record),
];

/// Longest preview, in code points.
const LONGEST: usize = 2000;

fn salt_alone(record: &Record<'_>) -> Vec<String> {
    let is_alone = |place: &PrivateObject<'_>| place.object.is_given("salt") && !place.object.is_given("private_hash");
    let alone = private_objects(ErasableKind::Run, record.run.object, "").into_iter().filter(is_alone);
    alone.map(|place| format!("{}/salt", place.path)).collect()
}

fn private_partial(record: &Record<'_>) -> Vec<String> {
    let is_partial = |place: &PrivateObject<'_>| {
        let is_erased = place.object.is_given("private_hash") && !place.object.is_given("salt");
        is_erased && private_members(place.kind).iter().any(|name| place.object.has(name))
    };
    let partial = private_objects(ErasableKind::Run, record.run.object, "").into_iter().filter(is_partial);
    partial.map(|place| place.path).collect()
}

fn preview_too_long(record: &Record<'_>) -> Vec<String> {
    let mut found = Vec::new();
    for span in record.spans() {
        for name in ["input_preview", "output_preview"] {
            let is_long = span.text(name).is_some_and(|text| text.chars().nth(LONGEST).is_some());
            found.extend(when(is_long, || span.at(name)));
        }
    }
    found
}

fn eval_other_run(record: &Record<'_>) -> Vec<String> {
    let stated = record.run.within("eval", "run_id");
    Vec::from_iter(when(stated.is_some() && stated != record.run.given("id"), || "/eval/run_id".into()))
}

fn eval_other_record(record: &Record<'_>) -> Vec<String> {
    let stated = record.run.within("eval", "record_hash");
    let is_other = stated.is_some() && stated != record.run.within("provenance", "record_hash");
    Vec::from_iter(when(is_other, || "/eval/record_hash".into()))
}
