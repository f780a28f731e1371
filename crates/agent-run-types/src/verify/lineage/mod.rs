//! The check lineage: do parents and children know of each other? (spec/lineage.md)
mod ancestors;
mod claims;
mod cycles;
mod delegation;
mod edges;
mod namesakes;
mod opinion;
mod party;

use super::context::Context;
use super::outcome::Outcome;
use super::verdict::{EdgeState, LineageEdge};
use crate::schema::Fault;
use cycles::Cycles;
use edges::{edges_to_children, edges_to_parents};
use namesakes::Namesakes;
use opinion::LINEAGE_RULES;
use party::{parties_of, Party};

/// Follows the lineage of a record both ways through the records that the caller gives. Those are not trusted. Only what the
/// record itself claims is an edge.
pub(super) fn check_lineage(context: &Context<'_>) -> (Outcome, Vec<LineageEdge>) {
    let own = Party::new(context.run, context.evidence);
    let parties = parties_of(context, &own);
    let namesakes = Namesakes::new(&parties);
    let cycles = Cycles::find(&own, &namesakes);
    let mut edges = edges_to_parents(&own, &namesakes, &cycles);
    edges.extend(edges_to_children(&own, &namesakes, &cycles));
    let contradicted = edges.iter().filter_map(|edge| Some(Fault::new(edge.code?, edge.path.as_str())));
    let ancestors = ancestors::contradiction(&own, &namesakes).map(|path| Fault::new("lineage.ancestors", path));
    let rank = |fault: &Fault| LINEAGE_RULES.iter().position(|rule| *rule == fault.code);
    let outcome = if let Some(fault) = contradicted.chain(ancestors).min_by_key(rank) {
        Outcome::fail(fault)
    } else if let Some(edge) = edges.iter().find(|edge| edge.state < EdgeState::Chained) {
        Outcome::unknown(code_of(edge.state), edge.path.as_str())
    } else {
        Outcome::compared(edges.len(), format!("{} links, each as both records say", edges.len()))
    };
    (outcome, edges)
}

/// The code of an edge that is neither proven nor in conflict.
fn code_of(state: EdgeState) -> &'static str {
    match state {
        EdgeState::ChildOnly => "lineage.child_only",
        EdgeState::ParentOnly => "lineage.parent_only",
        EdgeState::Open => "lineage.open",
        _ => "lineage.unresolved",
    }
}
