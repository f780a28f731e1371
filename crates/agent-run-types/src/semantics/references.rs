//! Rules about ids, what refers to them, and the inventory (spec/run.md, spec/step.md).
use std::collections::{HashMap, HashSet};

use super::members::{Members, Place};
use super::record::{basis_of, Record};
use super::rule::{when, Rule};
use crate::json::Value;

pub(crate) const REFERENCES: &[Rule] = &[
    Rule::error("id.duplicate", id_duplicate),
    Rule::error("reference.unresolved", reference_unresolved),
    Rule::error("reference.type", reference_type),
    Rule::error("reference.cycle", reference_cycle),
    Rule::error("artifact.other_step", artifact_other_step),
    Rule::error("inventory.duplicate_tool", inventory_duplicate_tool),
    Rule::error("inventory.tool_hash", inventory_tool_hash),
    Rule::warning("inventory.server_missing", inventory_server_missing),
];

fn id_duplicate(record: &Record<'_>) -> Vec<String> {
    let mut found = Vec::new();
    for things in [&record.steps, &record.decisions, &record.artifacts] {
        let mut seen = HashSet::new();
        let doubled = things.iter().filter(|each| each.text("id").is_some_and(|id| !seen.insert(id)));
        found.extend(doubled.map(|each| each.at("id")));
    }
    found
}

/// References that lead nowhere, while they are looked for.
struct Unresolved<'r, 'a> {
    record: &'r Record<'a>,
    found: Vec<String>,
}

impl Unresolved<'_, '_> {
    fn check(&mut self, owner: &Place<'_>, member: &str, has: impl Fn(&Record<'_>, &str) -> bool) {
        if owner.text(member).is_some_and(|id| !has(self.record, id)) {
            self.found.push(owner.at(member));
        }
    }

    fn check_all(&mut self, owner: &Place<'_>, member: &str, has: impl Fn(&Record<'_>, &str) -> bool) {
        for (index, id) in owner.list(member).iter().enumerate() {
            if id.as_str().is_some_and(|id| !has(self.record, id)) {
                self.found.push(format!("{}/{member}/{index}", owner.path));
            }
        }
    }
}

fn reference_unresolved(record: &Record<'_>) -> Vec<String> {
    let step = |record: &Record<'_>, id: &str| record.step(Some(id)).is_some();
    let decision = |record: &Record<'_>, id: &str| record.decision(Some(id)).is_some();
    let approval = |record: &Record<'_>, id: &str| !record.events.of(id).is_empty();
    let artifact = |record: &Record<'_>, id: &str| record.has_artifact(id);
    let mut looked = Unresolved { record, found: Vec::new() };
    for each in &record.steps {
        for member in ["parent_step_id", "model_call_id", "retry_of", "fallback_from"] {
            looked.check(each, member, step);
        }
        looked.check_all(each, "caused_by", step);
        looked.check_all(each, "artifact_ids", artifact);
        if let Some(basis) = basis_of(each) {
            looked.check(&basis, "approval_id", approval);
            looked.check(&basis, "decision_id", decision);
        }
        for effect in each.parts("side_effects") {
            looked.check(&effect, "artifact_id", artifact);
        }
    }
    for event in record.approvals.iter().filter(|event| !record.is_copied_grant(event)) {
        looked.check(event, "step_id", step);
        looked.check(event, "decision_id", decision);
    }
    for each in record.decisions.iter().chain(&record.artifacts).chain(&record.run.parts("evidence")) {
        looked.check(each, "step_id", step);
    }
    looked.found
}

fn reference_type(record: &Record<'_>) -> Vec<String> {
    let is_other = |step: &&Place<'_>| {
        let call = record.step(step.text("model_call_id"));
        call.is_some_and(|call| !call.is("type", &["model_call"]))
    };
    record.steps.iter().filter(is_other).map(|step| step.at("model_call_id")).collect()
}

/// A step on the way along references: its number, and which of its links is followed next.
struct Stop<'a> {
    step: usize,
    links: std::vec::IntoIter<(&'a str, String)>,
}

impl<'a> Stop<'a> {
    fn new(record: &Record<'a>, step: usize) -> Self {
        let place = &record.steps[step];
        let mut links = Vec::new();
        for member in ["parent_step_id", "retry_of", "fallback_from"] {
            links.extend(place.text(member).map(|id| (id, place.at(member))));
        }
        for (index, id) in place.list("caused_by").iter().enumerate() {
            links.extend(id.as_str().map(|id| (id, format!("{}/caused_by/{index}", place.path))));
        }
        Stop { step, links: links.into_iter() }
    }
}

#[derive(Clone, Copy, PartialEq)]
enum Visit {
    Never,
    OnTheWay,
    Done,
}

/// Each link that closes a circle. Without recursion: a record may have a hundred thousand steps in one chain.
fn reference_cycle(record: &Record<'_>) -> Vec<String> {
    let mut visits = vec![Visit::Never; record.steps.len()];
    let mut found = Vec::new();
    for root in 0..record.steps.len() {
        if visits[root] != Visit::Never {
            continue;
        }
        visits[root] = Visit::OnTheWay;
        let mut trail = vec![Stop::new(record, root)];
        while let Some(stop) = trail.last_mut() {
            let Some((id, path)) = stop.links.next() else {
                visits[stop.step] = Visit::Done;
                trail.pop();
                continue;
            };
            let target = record.step_number(id);
            match target.map(|target| (target, visits[target])) {
                Some((_, Visit::OnTheWay)) => found.push(path),
                Some((target, Visit::Never)) => {
                    visits[target] = Visit::OnTheWay;
                    trail.push(Stop::new(record, target));
                }
                Some((_, Visit::Done)) | None => {}
            }
        }
    }
    found
}

fn artifact_other_step(record: &Record<'_>) -> Vec<String> {
    let mut listed: HashMap<&str, HashSet<&str>> = HashMap::new();
    for id in record.artifacts.iter().filter_map(|artifact| artifact.text("step_id")) {
        listed.entry(id).or_insert_with(|| {
            let ids = record.step(Some(id)).map_or(&[][..], |step| step.list("artifact_ids"));
            ids.iter().filter_map(Value::as_str).collect()
        });
    }
    let is_other = |artifact: &&Place<'_>| {
        let ids = artifact.text("step_id").and_then(|id| listed.get(id));
        ids.is_some_and(|ids| !ids.is_empty() && artifact.text("id").is_none_or(|id| !ids.contains(id)))
    };
    record.artifacts.iter().filter(is_other).map(|artifact| artifact.at("step_id")).collect()
}

fn inventory_duplicate_tool(record: &Record<'_>) -> Vec<String> {
    let (mut found, mut seen) = (Vec::new(), HashSet::new());
    for tool in record.inventory("tools") {
        let is_second = !seen.insert((tool.text("name"), tool.text("mcp_server")));
        found.extend(when(is_second, || tool.path));
    }
    found
}

fn inventory_tool_hash(record: &Record<'_>) -> Vec<String> {
    let tools = record.inventory("tools");
    let mut counts = HashMap::new();
    for tool in &tools {
        *counts.entry((tool.text("name"), tool.text("mcp_server"), tool.text("schema_hash"))).or_insert(0) += 1;
    }
    let is_wrong = |step: &&Place<'_>| {
        let offer = (step.text("tool_name"), step.text("mcp_server"), step.text("tool_hash"));
        !tools.is_empty() && offer.0.is_some() && offer.2.is_some() && counts.get(&offer) != Some(&1)
    };
    record.steps.iter().filter(is_wrong).map(|step| step.at("tool_hash")).collect()
}

fn inventory_server_missing(record: &Record<'_>) -> Vec<String> {
    let servers = record.inventory("mcp_servers");
    let names: HashSet<_> = servers.iter().filter_map(|server| server.text("name")).collect();
    let mut found = Vec::new();
    for step in &record.steps {
        let is_missing = step.text("mcp_server").is_some_and(|server| !names.contains(server));
        found.extend(when(is_missing && !servers.is_empty(), || step.at("mcp_server")));
    }
    found
}
