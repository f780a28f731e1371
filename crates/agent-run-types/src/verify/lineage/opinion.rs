use crate::verify::verdict::EdgeState;

/// Rules that an edge or the ancestors can contradict, in the order in which contradictions are looked for.
pub(super) const LINEAGE_RULES: [&str; 6] = [
    "lineage.leaf",
    "lineage.delegation_reused",
    "lineage.child_hash",
    "lineage.parent_hash",
    "lineage.cycle",
    "lineage.ancestors",
];

/// How an edge was judged; a conflict has the rule that is broken. The worst is the least.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Opinion {
    pub state: EdgeState,
    pub code: Option<&'static str>,
}

impl Opinion {
    pub fn is(state: EdgeState) -> Opinion {
        Opinion { state, code: None }
    }

    pub fn conflict(code: &'static str) -> Opinion {
        Opinion { state: EdgeState::Conflict, code: Some(code) }
    }

    pub fn is_conflict(self) -> bool {
        self.state == EdgeState::Conflict
    }

    fn rank(self) -> (EdgeState, Option<usize>) {
        (self.state, self.code.and_then(|code| LINEAGE_RULES.iter().position(|rule| *rule == code)))
    }

    pub fn worse_of(self, other: Opinion) -> Opinion {
        if other.rank() < self.rank() {
            other
        } else {
            self
        }
    }
}

/// What becomes of an edge whose other end may be one of several records, each judged by itself, and whether each is sealed.
/// They are in conflict only if all are; where some are, nothing says which of them is meant. Beside a sealed one those
/// without a seal don't count.
pub(super) fn settle(judged: &[(Opinion, bool)]) -> Opinion {
    let worst = |counts: &dyn Fn(&(Opinion, bool)) -> bool| {
        judged.iter().filter(|each| counts(each)).map(|each| each.0).reduce(Opinion::worse_of)
    };
    let fits = |each: &(Opinion, bool)| !each.0.is_conflict();
    let settled = worst(&|each| fits(each) && each.1).or_else(|| worst(&fits));
    match settled {
        Some(settled) if judged.iter().all(fits) => settled,
        Some(settled) => settled.worse_of(Opinion::is(EdgeState::Unresolved)),
        None => worst(&|_| true).unwrap_or(Opinion::is(EdgeState::Unresolved)),
    }
}
