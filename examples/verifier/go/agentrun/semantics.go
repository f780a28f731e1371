package agentrun

// Finding is something that a semantic rule found.
type Finding struct {
	Fault
	Severity string
}

// rule is a semantic rule. A rule since 1.0 isn't applied to a record without spec_version.
type rule struct {
	code, severity string
	since10        bool
	find           func(*record) []string
}

const (
	failure = "error"
	warning = "warning"
)

// The order decides which error a verdict names as that of the check semantics.
var rules = [][]rule{runRules, timeRules, referenceRules, stepRules, costRules, approvalRules, privacyRules}

// Semantics gives what the semantic rules find in a record that fulfils the schemas (spec/errors.md), rule by rule. In a
// record without spec_version everything is a warning (AR-VER-001).
func (s *Standard) Semantics(run *Object) []Finding {
	var found []Finding
	whole := newRecord(s, run)
	isLegacy := !run.Known("spec_version")
	for _, group := range rules {
		for _, each := range group {
			if isLegacy && each.since10 {
				continue
			}
			if isLegacy {
				each.severity = warning
			}
			for _, path := range each.find(whole) {
				found = append(found, Finding{Fault{each.code, path}, each.severity})
			}
		}
	}
	return found
}
