use super::namesakes::Namesakes;
use super::party::Party;
use crate::json::Value;
use crate::semantics::Members;

/// How many ancestors `lineage` names at most.
const LONGEST: usize = 32;

/// Where `parent_run_hash` or `lineage` contradicts the ancestors that are given (AR-LIN-007).
pub(super) fn contradiction(own: &Party<'_>, namesakes: &Namesakes<'_>) -> Option<String> {
    let (hashes, is_whole) = ancestors_of(own, namesakes);
    let parent = *hashes.first()?;
    let stated = own.provenance.given("parent_run_hash");
    if stated.is_some_and(|stated| stated.as_str() != Some(parent)) {
        return Some("/provenance/parent_run_hash".to_owned());
    }
    let lineage = own.provenance.given("lineage").and_then(Value::as_array)?;
    let backwards = lineage.iter().enumerate().rev().zip(&hashes);
    for ((index, stated), hash) in backwards {
        if stated.as_str() != Some(hash) {
            return Some(format!("/provenance/lineage/{index}"));
        }
    }
    let known = hashes.len().min(LONGEST);
    let is_wrong = lineage.len() < known || is_whole && lineage.len() > known;
    is_wrong.then(|| "/provenance/lineage".to_owned())
}

/// The run_hash of the parent, of its parent and so on, as far as they are given; and whether the last of them has no parent.
fn ancestors_of<'p>(own: &'p Party<'p>, namesakes: &Namesakes<'p>) -> (Vec<&'p str>, bool) {
    let (mut hashes, mut last) = (Vec::new(), own);
    let mut seen = std::collections::HashSet::from([own as *const Party<'p>]);
    loop {
        if last.parents.entries.is_empty() && !last.run.is_given("parent_run_id") {
            return (hashes, true);
        }
        let parent = parent_of(last, namesakes).filter(|parent| seen.insert(*parent as *const Party<'p>));
        let Some((parent, hash)) = parent.and_then(|parent| Some((parent, parent.provenance.text("run_hash")?))) else {
            return (hashes, false);
        };
        hashes.push(hash);
        last = parent;
    }
}

/// The one parent of a record; none if it isn't known or there are several.
fn parent_of<'p>(party: &Party<'_>, namesakes: &Namesakes<'p>) -> Option<&'p Party<'p>> {
    let found = match party.parents.entries.as_slice() {
        [] => namesakes.only(party.run.text("parent_run_id")?),
        [entry] => {
            let pinned = namesakes.pinned_parents(party, entry);
            if pinned.is_empty() {
                namesakes.only(entry.text("run_id")?)
            } else {
                pinned
            }
        }
        _ => Vec::new(),
    };
    match found.as_slice() {
        [parent] => Some(parent),
        _ => None,
    }
}
