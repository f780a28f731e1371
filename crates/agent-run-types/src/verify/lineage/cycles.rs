use std::collections::{BTreeMap, BTreeSet, HashSet};

use super::namesakes::{claim_of, Namesakes};
use super::party::{names_of, Party};

/// Runs from which one comes, by the claims that each record makes itself, to a place that no lineage can have (AR-LIN-006).
pub(super) struct Cycles<'p> {
    /// Going up from one of these by `parents`, one meets the record, a cycle or one of its own descendants.
    pub up: BTreeSet<&'p str>,
    /// Going down from one of these by handoffs, one meets the record or a cycle.
    pub down: BTreeSet<&'p str>,
}

/// Which run is named by which.
type Graph<'p> = BTreeMap<&'p str, BTreeSet<&'p str>>;

/// A run that a record names, and the records of it that this pins.
type Link<'p> = (&'p str, Vec<&'p Party<'p>>);

impl<'p> Cycles<'p> {
    /// Only claims of the record itself, and of records that are pinned by claims followed before, are followed: who bears the
    /// name of an ancestor closes no cycle.
    pub fn find(own: &'p Party<'p>, namesakes: &Namesakes<'p>) -> Self {
        let upward = reach(own, |party| links_up(party, namesakes));
        let downward = reach(own, |party| links_down(party, namesakes));
        let descendants = downward.keys().copied().filter(|id| *id != own.id && upward.contains_key(id));
        let mut up = leading_to_cycle(&upward);
        up.extend(leading_to(&upward, descendants.collect()));
        Cycles { up, down: leading_to_cycle(&downward) }
    }
}

fn links_up<'p>(party: &'p Party<'p>, namesakes: &Namesakes<'p>) -> Vec<Link<'p>> {
    let mut seen = HashSet::new();
    // Entries that are alike pin the same.
    let entries = party.parents.entries.iter().filter(|entry| seen.insert(names_of(entry)));
    entries.map(|entry| (names_of(entry)[0].unwrap_or_default(), namesakes.pinned_parents(party, entry))).collect()
}

fn links_down<'p>(party: &'p Party<'p>, namesakes: &Namesakes<'p>) -> Vec<Link<'p>> {
    let claims = party.children.handoffs.iter().filter_map(|number| claim_of(party, *number));
    let mut seen = HashSet::new();
    let mut links = Vec::new();
    for claim in claims {
        if seen.insert((claim.child, claim.delegation, claim.leaf)) {
            links.push((claim.child, namesakes.pinned_children(party, &claim)));
        }
    }
    links
}

/// Follows the claims of a record, and on through the records that such claims pin.
fn reach<'p>(own: &'p Party<'p>, links_of: impl Fn(&'p Party<'p>) -> Vec<Link<'p>>) -> Graph<'p> {
    let mut graph = Graph::new();
    let mut seen = HashSet::from([own as *const Party<'p>]);
    let mut waiting = vec![own];
    while let Some(party) = waiting.pop() {
        for (id, pinned) in links_of(party) {
            graph.entry(party.id).or_default().insert(id);
            graph.entry(id).or_default();
            // Another record of this id is not this run.
            let others = pinned.into_iter().filter(|_| id != own.id);
            waiting.extend(others.filter(|other| seen.insert(*other as *const Party<'p>)));
        }
    }
    graph
}

fn reversed<'p>(graph: &Graph<'p>) -> BTreeMap<&'p str, Vec<&'p str>> {
    let mut sources: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (id, targets) in graph {
        for target in targets {
            sources.entry(target).or_default().push(id);
        }
    }
    sources
}

/// The nodes from which a cycle can be reached: what is left when nodes that lead nowhere are taken away again and again.
fn leading_to_cycle<'p>(graph: &Graph<'p>) -> BTreeSet<&'p str> {
    let sources = reversed(graph);
    let mut counts: BTreeMap<&str, usize> = graph.iter().map(|(id, targets)| (*id, targets.len())).collect();
    let mut ends: Vec<&str> = counts.iter().filter(|(_, count)| **count == 0).map(|(id, _)| *id).collect();
    let mut left: BTreeSet<&'p str> = graph.keys().copied().collect();
    while let Some(id) = ends.pop() {
        left.remove(id);
        for source in sources.get(id).into_iter().flatten() {
            if let Some(count) = counts.get_mut(source) {
                *count -= 1;
                if *count == 0 {
                    ends.push(source);
                }
            }
        }
    }
    left
}

fn leading_to<'p>(graph: &Graph<'p>, mut waiting: Vec<&'p str>) -> BTreeSet<&'p str> {
    let sources = reversed(graph);
    let mut found = BTreeSet::new();
    while let Some(id) = waiting.pop() {
        if found.insert(id) {
            waiting.extend(sources.get(id).into_iter().flatten());
        }
    }
    found
}
