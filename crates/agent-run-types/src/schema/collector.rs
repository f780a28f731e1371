use super::finding::{Finding, Severity};

/// Findings of one validation, bounded in number: errors push out warnings.
pub(crate) struct Collector {
    limit: usize,
    errors: Vec<(usize, Finding)>,
    warnings: Vec<(usize, Finding)>,
    count: usize,
    has_errors: bool,
}

impl Collector {
    pub fn new(limit: usize) -> Self {
        Collector { limit, errors: Vec::new(), warnings: Vec::new(), count: 0, has_errors: false }
    }

    /// Takes a finding. It is only made if it is kept, so that what nobody sees costs nothing.
    pub fn add(&mut self, severity: Severity, make: impl FnOnce() -> Finding) {
        let order = self.count;
        self.count += 1;
        self.has_errors |= severity == Severity::Error;
        let kept = if severity == Severity::Error { &mut self.errors } else { &mut self.warnings };
        if kept.len() < self.limit {
            kept.push((order, make()));
        }
    }

    pub fn has_errors(&self) -> bool {
        self.has_errors
    }

    /// What was kept, in the order in which it came, and how many findings were not.
    pub fn finish(self) -> (Vec<Finding>, usize) {
        let mut kept: Vec<_> = self.errors.into_iter().chain(self.warnings).take(self.limit).collect();
        kept.sort_by_key(|(order, _)| *order);
        let omitted = self.count - kept.len();
        (kept.into_iter().map(|(_, finding)| finding).collect(), omitted)
    }
}
