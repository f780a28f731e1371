use std::collections::{HashMap, HashSet};

use super::cycles::Cycles;
use super::delegation::judge_delegation;
use super::namesakes::{claim_of, ChildClaim, Namesakes};
use super::opinion::{settle, Opinion};
use super::party::{names_of, Party};
use crate::json::Object;
use crate::semantics::Members;
use crate::verify::verdict::{EdgeState, LineageEdge};

fn with_cycle(opinion: Opinion, is_cyclic: bool) -> Opinion {
    if is_cyclic {
        opinion.worse_of(Opinion::conflict("lineage.cycle"))
    } else {
        opinion
    }
}

/// The edges to the runs that a record names as its parents, in their order.
pub(super) fn edges_to_parents(own: &Party<'_>, namesakes: &Namesakes<'_>, cycles: &Cycles<'_>) -> Vec<LineageEdge> {
    // Entries can be alike, and records that they pin too: each pair is judged once.
    let (mut judged, mut edges) = (HashMap::new(), Vec::new());
    for (index, entry) in own.parents.entries.iter().enumerate() {
        let names = names_of(entry);
        let opinion = *judged.entry(names).or_insert_with(|| judge_entry(own, entry, namesakes));
        let parent = names[0].unwrap_or_default();
        let Opinion { state, code } = with_cycle(opinion, cycles.up.contains(parent));
        edges.push(LineageEdge {
            parent_run_id: parent.to_owned(),
            child_run_id: own.id.to_owned(),
            delegation_id: names[1].map(str::to_owned),
            path: format!("/provenance/parents/{index}"),
            state,
            code,
        });
    }
    edges
}

fn judge_entry(own: &Party<'_>, entry: &Object, namesakes: &Namesakes<'_>) -> Opinion {
    let pinned = namesakes.pinned_parents(own, entry);
    let is_pinned = !pinned.is_empty();
    let parents = if is_pinned { pinned } else { namesakes.only(entry.text("run_id").unwrap_or_default()) };
    // An entry that names a finished run by its hash, and no delegation.
    if entry.has("record_hash") && !entry.has("delegation_id") && !entry.has("handoff_leaf") {
        return match (is_pinned, parents.is_empty()) {
            (true, _) => Opinion::is(EdgeState::Chained),
            (false, true) => Opinion::is(EdgeState::Unresolved),
            (false, false) => Opinion::conflict("lineage.parent_hash"),
        };
    }
    let judged = parents.iter().map(|parent| (judge_delegation(parent, own, entry, None), parent.is_sealed()));
    let opinion = settle(&judged.collect::<Vec<_>>());
    // A parent that is pinned has decided between them.
    if !is_pinned && !opinion.is_conflict() && namesakes.has_rival(own.id, entry) {
        return Opinion::conflict("lineage.delegation_reused");
    }
    opinion
}

/// The edges to the runs that a record's steps name as its children, in the order of the steps: by handoffs, and by results
/// that have none.
pub(super) fn edges_to_children(own: &Party<'_>, namesakes: &Namesakes<'_>, cycles: &Cycles<'_>) -> Vec<LineageEdge> {
    let mut seen = HashSet::new();
    let mut edges = Vec::new();
    for number in &own.children.handoffs {
        let is_second = own.steps[*number].text("delegation_id").is_some_and(|delegation| !seen.insert(delegation));
        let Some(claim) = claim_of(own, *number) else {
            continue;
        };
        let opinion = if is_second {
            Opinion::conflict("lineage.delegation_reused")
        } else {
            judge_handoff(own, *number, &claim, namesakes)
        };
        edges.push((*number, with_cycle(opinion, cycles.down.contains(claim.child))));
    }
    for number in own.children.results.iter().filter(|number| !has_handoff(own, **number)) {
        edges.extend(judge_result(own, *number, namesakes).map(|opinion| (*number, opinion)));
    }
    edges.sort_unstable_by_key(|(number, _)| *number);
    let edge = |(number, Opinion { state, code }): (usize, Opinion)| {
        let step = &own.steps[number];
        LineageEdge {
            parent_run_id: own.id.to_owned(),
            child_run_id: step.text("child_run_id").unwrap_or_default().to_owned(),
            delegation_id: step.text("delegation_id").map(str::to_owned),
            path: step.path.clone(),
            state,
            code,
        }
    };
    edges.into_iter().map(edge).collect()
}

/// Whether a handoff stands for a result: under its delegation, or to its child if it names none.
fn has_handoff(own: &Party<'_>, result: usize) -> bool {
    let step = &own.steps[result];
    match (step.text("delegation_id"), step.text("child_run_id")) {
        (Some(delegation), _) => own.children.count_of(delegation) > 0,
        (None, Some(child)) => own.children.name(child, None),
        (None, None) => false,
    }
}

fn judge_handoff(own: &Party<'_>, number: usize, claim: &ChildClaim<'_>, namesakes: &Namesakes<'_>) -> Opinion {
    // Whatever the child is, one of two hashes is wrong.
    if claim.stated.iter().any(|hash| *hash != claim.stated[0]) {
        return Opinion::conflict("lineage.child_hash");
    }
    let pinned = namesakes.pinned_children(own, claim);
    let children = if pinned.is_empty() { namesakes.only(claim.child) } else { pinned };
    let judge = |child: &&Party<'_>| {
        let entry = child.parents.entry_for(own.id, claim.delegation, claim.leaf.unwrap_or_default());
        let judged = entry.map(|entry| judge_delegation(own, child, entry, Some(number)));
        (judged.unwrap_or(Opinion::is(EdgeState::ParentOnly)), child.is_sealed())
    };
    settle(&children.iter().map(judge).collect::<Vec<_>>())
}

fn judge_result(own: &Party<'_>, number: usize, namesakes: &Namesakes<'_>) -> Option<Opinion> {
    let step = &own.steps[number];
    let (child, stated) = (step.text("child_run_id")?, step.text("child_record_hash"));
    let claim = ChildClaim { child, delegation: None, leaf: None, stated: stated.into_iter().collect() };
    if !namesakes.pinned_children(own, &claim).is_empty() {
        return Some(Opinion::is(EdgeState::ParentOnly));
    }
    Some(match (namesakes.only(child).is_empty(), stated) {
        (true, _) => Opinion::is(EdgeState::Unresolved),
        (false, Some(_)) => Opinion::conflict("lineage.child_hash"),
        (false, None) => Opinion::is(EdgeState::ParentOnly),
    })
}
