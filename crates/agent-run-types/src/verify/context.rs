use std::cell::OnceCell;

use super::evidence::Evidence;
use crate::hash::{digest_text, step_leaf};
use crate::json::{Object, Value};
use crate::seal::{is_sealed, record_hash};
use crate::semantics::Members;
use crate::tree::root;
use crate::trust::{Keys, Vouched};

/// A record that has the right form, and what its checks look at.
pub(crate) struct Context<'v> {
    pub run: &'v Object,
    pub provenance: &'v Object,
    pub is_sealed: bool,
    /// The record_hash as computed.
    pub record_hash: String,
    pub evidence: &'v Evidence<'v>,
    pub keys: &'v Keys<'v>,
    pub related: &'v [Value],
    /// Who saw the sealed record, and when.
    pub vouched: Option<Vouched>,
    /// The leaves of the steps.
    pub leaves: Vec<[u8; 32]>,
    steps_root: OnceCell<String>,
}

impl<'v> Context<'v> {
    pub fn new(
        run: &'v Object,
        provenance: &'v Object,
        evidence: &'v Evidence<'v>,
        keys: &'v Keys<'v>,
        related: &'v [Value],
    ) -> Self {
        let (is_sealed, record_hash) = (is_sealed(run), record_hash(run));
        let vouched = if is_sealed { keys.vouched_for(run, &record_hash, evidence.statements()) } else { None };
        let leaves = run.objects("steps").into_iter().map(step_leaf).collect();
        let steps_root = OnceCell::new();
        Context { run, provenance, is_sealed, record_hash, evidence, keys, related, vouched, leaves, steps_root }
    }

    /// The key that the record names.
    pub fn signer(&self) -> Option<&'v str> {
        self.provenance.text("signed_by")
    }

    /// The root of the tree over its steps, as computed.
    pub fn steps_root(&self) -> &str {
        self.steps_root.get_or_init(|| digest_text(&root(&self.leaves)))
    }
}
