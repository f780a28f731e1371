use super::opinion::Opinion;
use super::party::{names_of, Party};
use crate::json::Object;
use crate::verify::verdict::EdgeState;

/// Judges a delegation by what both records say of it: the child's entry in `parents`, the parent's handoff with exactly the
/// leaf that the entry names, and the hash of the child that the parent states (AR-LIN-001 to AR-LIN-005).
///
/// `own_handoff` is the number of the parent's handoff that the entry has to mean, where the parent's side is judged.
pub(super) fn judge_delegation(
    parent: &Party<'_>,
    child: &Party<'_>,
    entry: &Object,
    own_handoff: Option<usize>,
) -> Opinion {
    let [_, delegation, leaf, stated_parent] = names_of(entry);
    let (Some(delegation), Some(leaf)) = (delegation, leaf) else {
        let is_named = parent.children.name(child.id, delegation);
        return Opinion::is(if is_named { EdgeState::ParentOnly } else { EdgeState::ChildOnly });
    };
    let Some(number) = parent.number_of(leaf) else {
        // A parent without a seal may have lost its end.
        let may_be_lost = !parent.is_sealed() && parent.children.count_of(delegation) == 0;
        return if may_be_lost { Opinion::is(EdgeState::ChildOnly) } else { Opinion::conflict("lineage.leaf") };
    };
    if !parent.hands_off(number, child.id, delegation) || own_handoff.unwrap_or(number) != number {
        return Opinion::conflict("lineage.leaf");
    }
    // From above the second of two handoffs is the one at fault.
    let is_doubled = own_handoff.is_none() && parent.children.count_of(delegation) > 1;
    if is_doubled || parent.children.name_another(delegation, child.id) {
        return Opinion::conflict("lineage.delegation_reused");
    }
    let stated = parent.children.hashes_of(child.id, Some(delegation));
    if stated.iter().any(|hash| Some(*hash) != child.hash.as_deref()) {
        return Opinion::conflict("lineage.child_hash");
    }
    if parent.is_sealed() && stated_parent.is_some() && stated_parent != parent.hash.as_deref() {
        return Opinion::conflict("lineage.parent_hash");
    }
    let is_confirmed = parent.is_sealed() && !stated.is_empty();
    Opinion::is(if is_confirmed { EdgeState::Mutual } else { EdgeState::Open })
}
