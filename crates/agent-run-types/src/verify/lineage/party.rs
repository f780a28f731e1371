use std::collections::{HashMap, HashSet};

use super::claims::{ChildClaims, ParentClaims};
use crate::hash::{digest_bytes, digest_text, step_leaf};
use crate::json::{Object, Value};
use crate::schema::is_valid;
use crate::seal::{
    document_hash, is_sealed, missing_from_seal, record_hash, signature_state, SignatureState, SignedKind,
};
use crate::semantics::{Members, Place};
use crate::tree::root;
use crate::verify::context::Context;
use crate::verify::evidence::Evidence;

/// One end of an edge: a record, and what can be relied on in it. The caller answers for its seal.
pub(super) struct Party<'a> {
    pub id: &'a str,
    pub run: &'a Object,
    pub provenance: &'a Object,
    /// The computed record_hash of a sealed record.
    pub hash: Option<String>,
    pub steps: Vec<Place<'a>>,
    /// The leaves of its steps, spelled.
    pub leaves: Vec<String>,
    /// Number of the first step that has a leaf.
    numbers: HashMap<String, usize>,
    pub children: ChildClaims<'a>,
    pub parents: ParentClaims<'a>,
}

impl<'a> Party<'a> {
    /// A run that the schemas accept.
    pub fn new(run: &'a Object, evidence: &Evidence<'a>) -> Self {
        let provenance = run.child("provenance").unwrap_or(run);
        let hash = is_sealed(run).then(|| record_hash(run));
        let steps = Place::whole(run).parts("steps");
        let leaves: Vec<String> = steps.iter().map(|step| digest_text(&step_leaf(step.object))).collect();
        let mut numbers = HashMap::new();
        for (number, leaf) in leaves.iter().enumerate() {
            numbers.entry(leaf.clone()).or_insert(number);
        }
        // A link counts if the record's own key signed it; anybody else can write one.
        let key = provenance.text("signed_by");
        let is_own = |link: &Object| key.is_some() && link.text("signed_by") == key;
        let links = evidence.about(hash.as_deref().unwrap_or_default(), "link", is_own);
        let children = ChildClaims::new(&steps, links);
        let id = run.text("id").unwrap_or_default();
        Party { id, run, provenance, steps, leaves, numbers, children, parents: ParentClaims::new(provenance), hash }
    }

    pub fn is_sealed(&self) -> bool {
        self.hash.is_some()
    }

    /// The step that has a leaf; of equal ones the first.
    pub fn number_of(&self, leaf: &str) -> Option<usize> {
        self.numbers.get(leaf).copied()
    }

    /// Whether a step is a handoff to a child under a delegation.
    pub fn hands_off(&self, number: usize, child: &str, delegation: &str) -> bool {
        let step = &self.steps[number];
        step.is("type", &["handoff"]) && step.is("child_run_id", &[child]) && step.is("delegation_id", &[delegation])
    }

    /// What tells records of one id apart.
    fn name(&self) -> String {
        self.hash.clone().unwrap_or_else(|| document_hash(self.run))
    }

    /// Whether its seal holds by itself (AR-SEAL-007, AR-SEAL-009, AR-SEAL-011, AR-SEAL-012, AR-SEAL-014).
    fn is_intact(&self, evidence: &Evidence<'_>) -> bool {
        let leaves: Option<Vec<[u8; 32]>> = self.leaves.iter().map(|leaf| digest_bytes(leaf)).collect();
        let steps_root = leaves.map(|leaves| digest_text(&root(&leaves)));
        let are_right = self.provenance.text("record_hash") == self.hash.as_deref()
            && self.provenance.number("steps_count") == Some(self.steps.len() as f64)
            && self.provenance.text("steps_root") == steps_root.as_deref();
        if missing_from_seal(self.run).is_some() || !are_right {
            return false;
        }
        match signature_state(SignedKind::Run, self.run) {
            SignatureState::Fail => false,
            SignatureState::Pass | SignatureState::Absent => true,
            SignatureState::Stripped => {
                let (hash, key) = (self.hash.as_deref(), self.provenance.text("signed_by"));
                evidence.is_in_batch(hash.unwrap_or_default(), key.unwrap_or_default())
            }
        }
    }
}

/// The records that count among those that were given: one that is no record, or whose seal doesn't hold, is as if not given;
/// equal copies are one, and a copy of the record itself is none.
pub(super) fn parties_of<'a>(context: &Context<'a>, own: &Party<'a>) -> Vec<Party<'a>> {
    let mut names = HashSet::from([own.name()]);
    let mut parties = Vec::new();
    for value in context.related.iter().filter(|value| is_valid("agent-run", value)) {
        let Some(party) = value.as_object().map(|run| Party::new(run, context.evidence)) else {
            continue;
        };
        let counts = !party.is_sealed() || party.is_intact(context.evidence);
        if counts && names.insert(party.name()) {
            parties.push(party);
        }
    }
    parties
}

/// Members of an entry of `parents` that tell what it pins.
pub(super) fn names_of(entry: &Object) -> [Option<&str>; 4] {
    ["run_id", "delegation_id", "handoff_leaf", "record_hash"].map(|name| entry.get(name).and_then(Value::as_str))
}
