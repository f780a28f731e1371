use std::collections::HashMap;

use super::members::{Members, Place};
use crate::json::Object;

/// A run as the semantic rules look at it. Of things that share an id, the first is the one named by it.
pub(crate) struct Record<'a> {
    pub run: Place<'a>,
    pub steps: Vec<Place<'a>>,
    pub approvals: Vec<Place<'a>>,
    pub decisions: Vec<Place<'a>>,
    pub artifacts: Vec<Place<'a>>,
    /// Approval events by their approval_id.
    pub events: Groups<'a>,
    steps_by_id: HashMap<&'a str, usize>,
    decisions_by_id: HashMap<&'a str, usize>,
    artifacts_by_id: HashMap<&'a str, usize>,
}

impl<'a> Record<'a> {
    pub fn new(run: &'a Object) -> Self {
        let run = Place::whole(run);
        let [steps, approvals] = [run.parts("steps"), run.parts("approvals")];
        let [decisions, artifacts] = [run.parts("policy_decisions"), run.parts("artifacts")];
        Record {
            events: Groups::new(&approvals, "approval_id"),
            steps_by_id: first_by_id(&steps),
            decisions_by_id: first_by_id(&decisions),
            artifacts_by_id: first_by_id(&artifacts),
            run,
            steps,
            approvals,
            decisions,
            artifacts,
        }
    }

    /// The step that has an id.
    pub fn step(&self, id: Option<&str>) -> Option<&Place<'a>> {
        self.steps_by_id.get(id?).map(|&index| &self.steps[index])
    }

    pub fn step_number(&self, id: &str) -> Option<usize> {
        self.steps_by_id.get(id).copied()
    }

    pub fn decision(&self, id: Option<&str>) -> Option<&Place<'a>> {
        self.decisions_by_id.get(id?).map(|&index| &self.decisions[index])
    }

    pub fn has_artifact(&self, id: &str) -> bool {
        self.artifacts_by_id.contains_key(id)
    }

    /// The approval events under an approval_id.
    pub fn events_of(&self, id: Option<&str>) -> Vec<&Place<'a>> {
        id.map_or(&[][..], |id| self.events.of(id)).iter().map(|&index| &self.approvals[index]).collect()
    }

    /// The groups of approval events, one approval_id after the other.
    pub fn event_groups(&self) -> impl Iterator<Item = Vec<&Place<'a>>> + '_ {
        self.events.ids.iter().map(|id| self.events_of(Some(id)))
    }

    /// What has a beginning and an end: the run, then its steps.
    pub fn spans(&self) -> impl Iterator<Item = &Place<'a>> + '_ {
        std::iter::once(&self.run).chain(&self.steps)
    }

    pub fn parents(&self) -> Vec<Place<'a>> {
        self.run.part("provenance").map_or(Vec::new(), |provenance| provenance.parts("parents"))
    }

    pub fn inventory(&self, list: &str) -> Vec<Place<'a>> {
        self.run.part("inventory").map_or(Vec::new(), |inventory| inventory.parts(list))
    }

    /// Whether an approval event is a grant of another run: what it names belongs to that run.
    pub fn is_copied_grant(&self, event: &Place<'a>) -> bool {
        event.child("grant").is_some() && event.is_given("run_id") && event.text("run_id") != self.run.text("id")
    }
}

/// The approval of a step: its state, and what it names.
pub(crate) fn basis_of<'a>(step: &Place<'a>) -> Option<Place<'a>> {
    step.part("approval")
}

fn first_by_id<'a>(things: &[Place<'a>]) -> HashMap<&'a str, usize> {
    let mut found = HashMap::new();
    for (index, each) in things.iter().enumerate() {
        if let Some(id) = each.text("id") {
            found.entry(id).or_insert(index);
        }
    }
    found
}

/// Things by a text that they have, as places in their list; the texts in the order of their first.
pub(crate) struct Groups<'a> {
    pub ids: Vec<&'a str>,
    places: HashMap<&'a str, Vec<usize>>,
}

impl<'a> Groups<'a> {
    pub fn new(things: &[Place<'a>], member: &str) -> Self {
        let mut groups = Groups { ids: Vec::new(), places: HashMap::new() };
        for (index, each) in things.iter().enumerate() {
            if let Some(text) = each.text(member) {
                let places = groups.places.entry(text).or_default();
                if places.is_empty() {
                    groups.ids.push(text);
                }
                places.push(index);
            }
        }
        groups
    }

    pub fn of(&self, id: &str) -> &[usize] {
        self.places.get(id).map_or(&[], Vec::as_slice)
    }
}
