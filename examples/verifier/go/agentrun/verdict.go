package agentrun

import "slices"

// Given is what a verifier is given beside the bytes of a record. Trust and Journal are nil for none.
type Given struct {
	Now, Level                         string
	Trust                              *Object
	Journal                            []byte
	Related, Statements, Evals, Proofs []*Object
}

// verification is a record that has the right form, and what is known about it.
type verification struct {
	*Standard
	Given
	run, provenance *Object
	isSealed        bool
	// recordHash is that of the covered part, as computed.
	recordHash string
	keys       *keys
	seen       *vouched
	checks     map[string]outcome
	journal    JournalResult
	edges      []edge
}

var (
	checkNames = []string{
		"schema", "semantics", "run_hash", "steps", "record", "signature", "signer", "approvals", "lineage", "journal",
		"evals", "erasures",
	}
	levels = []string{"none", "recorded", "sealed", "accountable"}
)

// Verify gives the verdict on the bytes of a record (spec/verdict.md). A trust file that isn't good is an error, as is a
// present time that doesn't exist.
func (s *Standard) Verify(raw []byte, given Given) (*Object, error) {
	if given.Trust != nil {
		if fault := s.TrustFault(given.Trust); fault != nil {
			return nil, fault
		}
	}
	v := &verification{Standard: s, Given: s.ofRightForm(given), checks: map[string]outcome{}}
	for _, name := range checkNames {
		v.checks[name] = outcome{result: skipped}
	}
	keys, err := newKeys(given.Trust, v.Statements, given.Now)
	if err != nil {
		return nil, err
	}
	v.keys = keys
	if v.checks["schema"] = v.checkSchema(raw); v.checks["schema"].result == pass {
		v.checkAll()
	}
	return v.verdict(), nil
}

// ofRightForm leaves out statements, evals and proofs that have not the right form: they say nothing (AR-SEAL-019).
func (s *Standard) ofRightForm(given Given) Given {
	valid := func(things []*Object, schema string) []*Object {
		return slices.DeleteFunc(slices.Clone(things), func(each *Object) bool { return !s.IsValid(each, schema) })
	}
	given.Statements = valid(given.Statements, "statement")
	given.Evals = valid(given.Evals, "eval")
	given.Proofs = valid(given.Proofs, "batch-proof")
	return given
}

func (v *verification) checkSchema(raw []byte) outcome {
	value, fault := Read(raw)
	if fault != nil {
		return failed(*fault)
	}
	if faults := v.CheckSchema(value, "agent-run"); len(faults) > 0 {
		return failed(faults[0])
	}
	v.run = value.(*Object)
	return passed(2)
}

func (v *verification) checkAll() {
	v.provenance = v.run.Child("provenance")
	v.isSealed = IsSealed(v.run)
	v.recordHash = SealHash("run", v.run)
	if v.isSealed {
		v.seen = v.keys.vouchedFor(v.run, v.recordHash, v.Statements)
	}
	v.checks["semantics"] = v.checkSemantics()
	v.checks["run_hash"] = v.checkRunHash()
	v.checks["steps"] = v.checkSteps()
	v.checks["record"] = v.checkRecord()
	v.checks["signature"] = v.checkSignature()
	v.checks["signer"] = v.checkSigner()
	v.checks["journal"] = v.checkJournal()
	v.checks["approvals"] = v.checkApprovals()
	v.checks["lineage"] = v.checkLineage()
	v.checks["evals"] = v.checkEvals()
	v.checks["erasures"] = v.checkErasures()
}

func (v *verification) result(name string) string { return v.checks[name].result }

func (v *verification) verdict() *Object {
	level := v.level()
	firstFailure := ""
	checks := []Value{}
	for _, name := range checkNames {
		checks = append(checks, v.written(name, v.checks[name]))
		if firstFailure == "" && v.result(name) == fail {
			firstFailure = name
		}
	}
	reaches := slices.Index(levels, level) >= slices.Index(levels, v.Level)
	verdict := NewObject("ok", reaches && firstFailure == "", "level", level, "asked", v.Level,
		"completeness", v.completeness(), "time", v.time(), "checks", checks, "missing", v.missing(level))
	if firstFailure != "" {
		verdict.Set("first_failure", firstFailure)
	}
	if v.result("signer") == pass {
		verdict.Set("by", v.keys.identity(v.provenance.Text("signed_by")))
	}
	signer := v.checks["signer"].fault.Code
	if v.result("signature") == pass && (signer == "signer.no_trust_file" || signer == "signer.untrusted_key") {
		verdict.Set("self_asserted", true)
	}
	if len(v.edges) > 0 {
		edges := []Value{}
		for _, each := range v.edges {
			edges = append(edges, each.written())
		}
		verdict.Set("edges", edges)
	}
	return verdict
}

func (v *verification) time() *Object {
	if v.seen == nil {
		return NewObject("basis", "asserted")
	}
	return NewObject("basis", "vouched", "by", v.seen.by, "at", v.seen.at)
}

// completeness says whether the record is whole, or how far it goes: the first row that fits counts.
func (v *verification) completeness() *Object {
	run := thing{v.run, ""}
	switch {
	case v.isSealed && v.result("record") == pass:
		return NewObject("state", "sealed")
	case v.result("journal") == pass && v.journal.Checkpoint != nil:
		return NewObject("state", "checkpointed", "n", v.journal.Checkpoint)
	case v.result("journal") == pass || isGoingOn(run):
		return NewObject("state", "open")
	case run.is("status", "interrupted"):
		return NewObject("state", "interrupted")
	}
	return NewObject("state", "unsealed")
}

func (v *verification) checkSemantics() outcome {
	count := 0
	for _, group := range rules {
		count += len(group)
	}
	for _, each := range v.Semantics(v.run) {
		if each.Severity == failure {
			return failed(each.Fault)
		}
	}
	return passed(count)
}
