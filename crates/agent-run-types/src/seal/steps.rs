use crate::hash::{digest_text, step_leaf};
use crate::json::{Object, Value};
use crate::tree::root;

/// The step tree in two members: `steps_count` and `steps_root` of a record.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct StepsRoot {
    /// Number of steps.
    pub count: usize,
    /// `sha256:` and 64 hexadecimal digits.
    pub root: String,
}

/// Number of the steps and root of the tree over the leaves of the steps, in their order (AR-SEAL-007). What is no object is
/// no step.
pub fn steps_root(steps: &[Value]) -> StepsRoot {
    let leaves: Vec<_> = steps.iter().filter_map(Value::as_object).map(step_leaf).collect();
    StepsRoot { count: leaves.len(), root: digest_text(&root(&leaves)) }
}

/// The steps of a run.
pub(super) fn steps_of(run: &Object) -> &[Value] {
    run.get("steps").and_then(Value::as_array).unwrap_or_default()
}
