use std::collections::{HashMap, HashSet};

use super::party::{names_of, Party};
use crate::json::Object;
use crate::semantics::Members;

/// The records that count, found by what pins them. A run's id is only a name, which anybody can give a record of his own: a
/// record is the one that is meant if its record_hash is stated, or if leaf and delegation of both ends agree.
pub(super) struct Namesakes<'p> {
    parties: &'p [Party<'p>],
    by_id: HashMap<&'p str, Vec<usize>>,
    by_hash: HashMap<(&'p str, &'p str), Vec<usize>>,
    by_leaf: HashMap<(&'p str, &'p str), Vec<usize>>,
    /// By id and what an entry of `parents` names: run, delegation and leaf.
    by_entry: HashMap<(&'p str, [Option<&'p str>; 3]), Vec<usize>>,
    /// Ids of the runs that claim a delegation of a run.
    claimants: HashMap<[Option<&'p str>; 2], HashSet<&'p str>>,
}

/// What a handoff, or a handoff_result, says about a child.
pub(super) struct ChildClaim<'c> {
    pub child: &'c str,
    pub delegation: Option<&'c str>,
    /// The leaf of a handoff.
    pub leaf: Option<&'c str>,
    /// Hashes of the child that the parent states.
    pub stated: Vec<&'c str>,
}

fn note<K: std::hash::Hash + Eq>(map: &mut HashMap<K, Vec<usize>>, key: K, number: usize) {
    let places = map.entry(key).or_default();
    if places.last() != Some(&number) {
        places.push(number);
    }
}

impl<'p> Namesakes<'p> {
    pub fn new(parties: &'p [Party<'p>]) -> Self {
        let mut namesakes = Namesakes {
            parties,
            by_id: HashMap::new(),
            by_hash: HashMap::new(),
            by_leaf: HashMap::new(),
            by_entry: HashMap::new(),
            claimants: HashMap::new(),
        };
        for (number, party) in parties.iter().enumerate() {
            note(&mut namesakes.by_id, party.id, number);
            if let Some(hash) = &party.hash {
                note(&mut namesakes.by_hash, (party.id, hash), number);
            }
            for handoff in &party.children.handoffs {
                note(&mut namesakes.by_leaf, (party.id, &party.leaves[*handoff]), number);
            }
            for entry in &party.parents.entries {
                let [run, delegation, leaf, _] = names_of(entry);
                note(&mut namesakes.by_entry, (party.id, [run, delegation, leaf]), number);
                namesakes.claimants.entry([run, delegation]).or_default().insert(party.id);
            }
        }
        namesakes
    }

    fn all(&self, numbers: Option<&Vec<usize>>) -> Vec<&'p Party<'p>> {
        numbers.into_iter().flatten().map(|number| &self.parties[*number]).collect()
    }

    /// The records that an entry of a child's `parents` pins.
    pub fn pinned_parents(&self, child: &Party<'_>, entry: &Object) -> Vec<&'p Party<'p>> {
        let [Some(id), delegation, leaf, hash] = names_of(entry) else {
            return Vec::new();
        };
        let named = self.all(hash.and_then(|hash| self.by_hash.get(&(id, hash))));
        let (true, Some(leaf), Some(delegation)) = (named.is_empty(), leaf, delegation) else {
            return named;
        };
        let mut parents = self.all(self.by_leaf.get(&(id, leaf)));
        // Records with one leaf have the same step.
        let hands_off = |parent: &&Party<'_>| {
            parent.number_of(leaf).is_some_and(|number| parent.hands_off(number, child.id, delegation))
        };
        if !parents.first().is_some_and(hands_off) {
            parents.clear();
        }
        parents
    }

    /// The records that a parent's step pins as its child.
    pub fn pinned_children(&self, parent: &Party<'_>, claim: &ChildClaim<'_>) -> Vec<&'p Party<'p>> {
        let mut numbers: Vec<usize> = Vec::new();
        for hash in &claim.stated {
            numbers.extend(self.by_hash.get(&(claim.child, *hash)).into_iter().flatten());
        }
        numbers.sort_unstable();
        numbers.dedup();
        if !numbers.is_empty() || claim.delegation.is_none() || claim.leaf.is_none() {
            return self.all(Some(&numbers));
        }
        self.all(self.by_entry.get(&(claim.child, [Some(parent.id), claim.delegation, claim.leaf])))
    }

    /// The one record of an id; none if there are several, since nothing says which of them is meant.
    pub fn only(&self, id: &str) -> Vec<&'p Party<'p>> {
        self.all(self.by_id.get(id).filter(|numbers| numbers.len() == 1))
    }

    /// Whether the record of another run than the child claims the delegation too.
    pub fn has_rival(&self, child: &str, entry: &Object) -> bool {
        let [run, delegation, ..] = names_of(entry);
        let claimants = self.claimants.get(&[run, delegation]).filter(|_| delegation.is_some());
        claimants.is_some_and(|ids| ids.iter().any(|id| *id != child))
    }
}

/// What a handoff says about its child.
pub(super) fn claim_of<'c>(party: &'c Party<'_>, number: usize) -> Option<ChildClaim<'c>> {
    let step = &party.steps[number];
    let (child, delegation) = (step.text("child_run_id")?, step.text("delegation_id"));
    let stated = party.children.hashes_of(child, delegation);
    Some(ChildClaim { child, delegation, leaf: Some(party.leaves[number].as_str()), stated })
}
