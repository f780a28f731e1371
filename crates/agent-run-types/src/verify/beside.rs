//! The checks of what came with a record: evals and erasures (spec/evaluation.md, spec/privacy.md).
use std::collections::HashSet;

use super::context::Context;
use super::outcome::Outcome;
use crate::hash::ErasableKind;
use crate::json::{Object, Value};
use crate::schema::Fault;
use crate::seal::{document_hash, private_objects, verify_object, PrivateState, SignedKind};
use crate::semantics::{Members, Place};

/// A rule about an eval: what is wrong with it.
type EvalRule<'r> = &'r dyn Fn(&Place<'_>) -> Option<Fault>;

/// Are the judgements about this record, by evaluators who are trusted?
pub(super) fn check_evals(context: &Context<'_>) -> Outcome {
    let document_hash = document_hash(context.run);
    let inside = Place::whole(context.run).part("eval");
    let is_named = |each: &&Object| {
        let (record, document) = (each.text("record_hash"), each.text("document_hash"));
        let is_stated = record.is_some() && record == context.provenance.text("record_hash");
        let is_computed = context.is_sealed && record == Some(&context.record_hash);
        is_stated || is_computed || document == Some(&document_hash)
    };
    let beside = context.evidence.evals().iter().copied().filter(is_named).map(Place::whole);
    let all: Vec<Place<'_>> = inside.clone().into_iter().chain(beside).collect();
    let other = |each: &Place<'_>| other_record(context, &document_hash, each);
    let untrusted = |each: &Place<'_>| {
        let is_trusted = context.keys.counts_now(each.text("signed_by"), context.run, &["evaluator"]);
        (!is_trusted).then(|| Fault::new("evals.untrusted_key", each.at("signed_by")))
    };
    // What is wrong with an eval inside the record fails; anybody can put one beside it.
    let about_it: [EvalRule<'_>; 2] = [&wrong_signature, &other];
    if let Some(fault) = about_it.iter().find_map(|rule| inside.iter().find_map(rule)) {
        return Outcome::fail(fault);
    }
    let about_all: [EvalRule<'_>; 4] = [&wrong_signature, &other, &unsigned, &untrusted];
    if let Some(fault) = about_all.iter().find_map(|rule| all.iter().find_map(rule)) {
        return Outcome::unknown(fault.code, fault.path);
    }
    Outcome::compared(all.len(), format!("{} evals by trusted evaluators", all.len()))
}

fn wrong_signature(each: &Place<'_>) -> Option<Fault> {
    let is_claimed = each.is_given("signature") || each.is_given("signed_by");
    let is_wrong = is_claimed && !verify_object(SignedKind::Eval, each.object);
    is_wrong.then(|| Fault::new("evals.signature", each.at("signature")))
}

/// Where an eval names another record, or lacks the name of this one though it is signed.
fn other_record(context: &Context<'_>, document_hash: &str, each: &Place<'_>) -> Option<Fault> {
    let (record, document) = (each.text("record_hash"), each.text("document_hash"));
    let is_other_record = record.is_some() && (!context.is_sealed || record != Some(&context.record_hash));
    let is_nameless = record.is_none() && document.is_none() && each.is_given("signature");
    let needed = if context.is_sealed { "record_hash" } else { "document_hash" };
    let member = if is_other_record {
        "record_hash"
    } else if document.is_some_and(|document| document != document_hash) {
        "document_hash"
    } else if is_nameless {
        needed
    } else {
        return None;
    };
    Some(Fault::new("evals.other_record", each.at(member)))
}

fn unsigned(each: &Place<'_>) -> Option<Fault> {
    (!each.is_given("signature")).then(|| Fault::new("evals.unsigned", each.path.as_str()))
}

/// Does somebody answer for what was erased?
pub(super) fn check_erasures(context: &Context<'_>) -> Outcome {
    let counts = |statement: &Object| {
        let key = statement.text("signed_by");
        context.is_sealed && context.keys.counts_now(key, context.run, &["recorder", "server"])
    };
    let tombstones: Vec<_> = context.evidence.about(&context.record_hash, "tombstone", counts).collect();
    let bodies = tombstones.iter().filter_map(|tombstone| tombstone.child("body"));
    let attested: HashSet<_> = bodies.flat_map(|body| body.list("private_hashes")).filter_map(Value::as_str).collect();
    let objects = private_objects(ErasableKind::Run, context.run, "").into_iter();
    let erased: Vec<_> = objects.filter(|place| place.state() == Some(PrivateState::Erased)).collect();
    let is_attested = |object: &Object| object.text("private_hash").is_some_and(|hash| attested.contains(hash));
    if let Some(place) = erased.iter().find(|place| !is_attested(place.object)) {
        return Outcome::unknown("erasures.unattested", place.path.as_str());
    }
    Outcome::compared(erased.len() + tombstones.len(), format!("{} erased objects, attested", erased.len()))
}
