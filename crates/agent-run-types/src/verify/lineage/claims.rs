use std::collections::{HashMap, HashSet};

use crate::json::Object;
use crate::semantics::{Members, Place};

/// What a record says about its children, found at once: records are as long as somebody made them.
pub(super) struct ChildClaims<'a> {
    /// Numbers of the steps that are handoffs.
    pub handoffs: Vec<usize>,
    /// Numbers of the steps that are handoff_results.
    pub results: Vec<usize>,
    /// Number of handoffs under a delegation_id.
    counts: HashMap<&'a str, usize>,
    /// Children of handoffs, each with its delegation, and with none.
    named: HashSet<(&'a str, Option<&'a str>)>,
    /// Children that results name under a delegation.
    children: HashMap<&'a str, Several<'a>>,
    hashes: HashMap<Source<'a>, Several<'a>>,
}

/// Where a hash of a child is stated.
#[derive(PartialEq, Eq, Hash)]
enum Source<'a> {
    Child(Option<&'a str>),
    Delegation(&'a str),
    Link(Option<&'a str>, Option<&'a str>),
}

/// Different values; two are enough to know that not all are equal.
#[derive(Default)]
struct Several<'a>(Vec<&'a str>);

impl<'a> Several<'a> {
    fn note(&mut self, value: Option<&'a str>) {
        if let Some(value) = value.filter(|value| self.0.len() < 2 && !self.0.contains(value)) {
            self.0.push(value);
        }
    }
}

impl<'a> ChildClaims<'a> {
    /// `links` are the link statements that count beside the record.
    pub fn new(steps: &[Place<'a>], links: impl Iterator<Item = &'a Object>) -> Self {
        let mut claims = ChildClaims {
            handoffs: Vec::new(),
            results: Vec::new(),
            counts: HashMap::new(),
            named: HashSet::new(),
            children: HashMap::new(),
            hashes: HashMap::new(),
        };
        for (number, step) in steps.iter().enumerate() {
            let (delegation, child) = (step.text("delegation_id"), step.text("child_run_id"));
            if step.is("type", &["handoff"]) {
                claims.handoffs.push(number);
                if let Some(delegation) = delegation {
                    *claims.counts.entry(delegation).or_default() += 1;
                }
                claims.named.extend(child.into_iter().flat_map(|child| [(child, None), (child, delegation)]));
            } else if step.is("type", &["handoff_result"]) {
                claims.results.push(number);
                if let Some(delegation) = delegation {
                    claims.children.entry(delegation).or_default().note(child);
                }
                let source = delegation.map_or(Source::Child(child), Source::Delegation);
                claims.hashes.entry(source).or_default().note(step.text("child_record_hash"));
            }
        }
        for body in links.filter_map(|link| link.child("body")) {
            let source = Source::Link(body.text("delegation_id"), body.text("child_run_id"));
            claims.hashes.entry(source).or_default().note(body.text("child_record_hash"));
        }
        claims
    }

    pub fn count_of(&self, delegation: &str) -> usize {
        self.counts.get(delegation).copied().unwrap_or(0)
    }

    /// Whether a handoff names the child, and the delegation if one is asked for.
    pub fn name(&self, child: &str, delegation: Option<&str>) -> bool {
        self.named.contains(&(child, delegation))
    }

    /// Whether a result names another child under a delegation.
    pub fn name_another(&self, delegation: &str, child: &str) -> bool {
        self.children.get(delegation).is_some_and(|several| several.0.iter().any(|other| *other != child))
    }

    /// Hashes of the child that results and links state: different ones only, at most two of each sort.
    pub fn hashes_of(&self, child: &str, delegation: Option<&str>) -> Vec<&'a str> {
        let named = [Source::Child(Some(child))].into_iter();
        let delegated = delegation
            .into_iter()
            .flat_map(|delegation| [Source::Delegation(delegation), Source::Link(Some(delegation), Some(child))]);
        let stated = named.chain(delegated).filter_map(|source| self.hashes.get(&source));
        stated.flat_map(|several| several.0.iter().copied()).collect()
    }
}

/// What a record says about its parents.
pub(super) struct ParentClaims<'a> {
    /// The entries of `parents`, in order.
    pub entries: Vec<&'a Object>,
    by_delegation: HashMap<[Option<&'a str>; 2], usize>,
    by_leaf: HashMap<[Option<&'a str>; 2], usize>,
}

impl<'a> ParentClaims<'a> {
    pub fn new(provenance: &'a Object) -> Self {
        let entries = provenance.objects("parents");
        let first_by = |name: &str| {
            let mut first = HashMap::new();
            for (index, entry) in entries.iter().enumerate() {
                first.entry([entry.text("run_id"), entry.text(name)]).or_insert(index);
            }
            first
        };
        ParentClaims { by_delegation: first_by("delegation_id"), by_leaf: first_by("handoff_leaf"), entries }
    }

    /// The first entry that names a run, and this delegation or this leaf of it.
    pub fn entry_for(&self, run: &str, delegation: Option<&str>, leaf: &str) -> Option<&'a Object> {
        let by_delegation = delegation.and_then(|delegation| self.by_delegation.get(&[Some(run), Some(delegation)]));
        let first = by_delegation.into_iter().chain(self.by_leaf.get(&[Some(run), Some(leaf)])).min()?;
        Some(self.entries[*first])
    }
}
