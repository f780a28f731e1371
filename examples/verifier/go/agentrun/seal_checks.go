package agentrun

import (
	"crypto/sha256"
	"encoding/hex"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

var runHashForm = regexp.MustCompile(`^[0-9a-f]{64}$`)

// checkRunHash asks whether the fingerprint is that of this configuration (spec/bytes.md, run_hash).
func (v *verification) checkRunHash() outcome {
	const path = "/provenance/run_hash"
	stated, right := v.provenance.Text("run_hash"), RunHash(v.run)
	isOld := !v.run.Known("spec_version") && !v.provenance.Known("record_hash")
	switch {
	case !runHashForm.MatchString(stated):
		return unclear("run_hash.form", path)
	case stated == right:
		return passed(1)
	case isOld && stated == legacyRunHash(v.run):
		return unclear("run_hash.legacy", path)
	}
	return failed(Fault{"run_hash.mismatch", path}).than(right, stated)
}

// legacyRunHash is the fingerprint by the formula of 0.1, which is only recognised.
func legacyRunHash(run *Object) string {
	var names []string
	for _, tool := range run.List("tools_available") {
		name, _ := tool.(string)
		names = append(names, name)
	}
	tools := []Value{}
	for _, name := range SortNames(names) {
		tools = append(tools, name)
	}
	parts := []string{
		run.Text("agent_id"), run.Text("model"), Canonical(tools), run.Child("provenance").Text("config_hash"),
		run.Text("trigger"),
	}
	sum := sha256.Sum256([]byte(strings.Join(parts, "|")))
	return hex.EncodeToString(sum[:])
}

// states looks at the erasable objects of some kinds: how many there are, and the first that is broken.
func (v *verification) states(kinds ...string) (compared int, broken *Fault) {
	for _, each := range erasables("run", v.run, "") {
		if !slices.Contains(kinds, each.kind) || each.state() == "" {
			continue
		}
		compared++
		if each.state() == Broken {
			return compared, &Fault{"private.state", each.path}
		}
	}
	return compared, nil
}

// checkSteps asks whether these are the steps that were sealed, all of them, in this order (spec/seal.md, steps).
func (v *verification) checkSteps() outcome {
	steps := Objects(v.run.List("steps"))
	compared := 0
	if stated, has := v.provenance.Get("steps_count"); has {
		compared++
		if stated != float64(len(steps)) {
			fault := Fault{"steps.count", "/provenance/steps_count"}
			return failed(fault).than(strconv.Itoa(len(steps)), Canonical(stated))
		}
	}
	if stated, has := v.provenance.Get("steps_root"); has {
		compared++
		if right := StepsRoot(steps); stated != right {
			return failed(Fault{"steps.root", "/provenance/steps_root"}).than(right, v.provenance.Text("steps_root"))
		}
	}
	states, broken := v.states("step", "side_effect")
	return comparison(compared+states, broken)
}

// comparison is how a check comes out that compared some things.
func comparison(compared int, fault *Fault) outcome {
	switch {
	case fault != nil:
		return failed(*fault)
	case compared == 0:
		return outcome{result: absent}
	}
	return passed(compared)
}

// checkRecord asks whether the rest is what was sealed (spec/seal.md, record).
func (v *verification) checkRecord() outcome {
	states, broken := v.states("run", "approval", "policy_decision", "artifact")
	if broken != nil || !v.isSealed {
		return comparison(states, broken)
	}
	if place := missingFromSeal(v.run); place != "" {
		return failed(Fault{"record.incomplete", place})
	}
	if isGoingOn(thing{v.run, ""}) {
		return failed(Fault{"record.open_status", "/status"})
	}
	if stated := v.provenance.Text("record_hash"); stated != v.recordHash {
		return failed(Fault{"record.mismatch", "/provenance/record_hash"}).than(v.recordHash, stated)
	}
	return passed(states + 1)
}

// checkSignature asks whether the key that the record names signed it (spec/seal.md, signature).
func (v *verification) checkSignature() outcome {
	const path = "/provenance/signature"
	isSigned, isNamed := v.provenance.Known("signature"), v.provenance.Known("signed_by")
	key := v.provenance.Text("signed_by")
	switch {
	case !isSigned && (!isNamed || !v.run.Known("spec_version")):
		return outcome{result: absent}
	case !v.run.Known("spec_version"):
		return unclear("signature.scheme", path)
	case !isSigned:
		return v.checkBatch(key)
	case KeyOf(key) == nil:
		return failed(Fault{"signature.key", "/provenance/signed_by"})
	case !IsRight("run", v.run, key, v.provenance.Text("signature")):
		return failed(Fault{"signature.invalid", path})
	}
	return passed(1)
}

// checkBatch asks whether a batch of a key covers the record (AR-SEAL-017).
func (v *verification) checkBatch(key string) outcome {
	for _, proof := range v.Proofs {
		// A batch covers the record as it is, and not as it says it was.
		isAbout := proof.Text("record_hash") == v.recordHash && v.provenance.Text("record_hash") == v.recordHash
		if isAbout && BatchHolds(proof, v.Statements, key) {
			return passed(1)
		}
	}
	return failed(Fault{"signature.stripped", "/provenance/signature"})
}

// checkSigner asks whether that key may sign for this agent (spec/trust.md).
func (v *verification) checkSigner() outcome {
	const path = "/provenance/signed_by"
	key := v.provenance.Text("signed_by")
	switch v.result("signature") {
	case fail:
		return outcome{result: skipped}
	case absent, unknown:
		return outcome{result: absent}
	}
	switch barred := v.keys.barred(key, v.run); {
	case !v.keys.isGiven:
		return unclear("signer.no_trust_file", path)
	case v.keys.entries[key] == nil:
		return unclear("signer.untrusted_key", path)
	case !v.keys.hasRole(key, "runtime", "recorder"):
		return failed(Fault{"signer.role", path})
	case barred != "":
		return failed(Fault{"signer." + barred, "/" + barred + "_id"})
	}
	switch v.keys.state(key, v.seen) {
	case revoked:
		return failed(Fault{"signer.revoked", path})
	case timeUnproven:
		return unclear("signer.time_unproven", path)
	}
	return passed(1)
}

// checkJournal asks whether the record is what was written down while the run went on (spec/journal.md).
func (v *verification) checkJournal() outcome {
	const path = "/provenance/journal_head"
	if v.Journal == nil {
		if v.provenance.Known("journal_head") {
			return unclear("journal.not_given", path)
		}
		return outcome{result: absent}
	}
	journal := v.ReadJournal(v.Journal)
	judged := journal.Judge(v.run)
	if judged.Fault != nil {
		return failed(*judged.Fault)
	}
	if v.isSealed && !journal.isBoundTo(v.provenance) {
		return unclear("journal.unbound", path)
	}
	v.journal = judged
	return passed(len(journal.chained))
}

// isBoundTo says whether a journal that holds is that of a sealed record (AR-JRNL-015).
func (j *Journal) isBoundTo(provenance *Object) bool {
	if provenance.Known("journal_head") {
		return true
	}
	heads := j.heads()
	return len(heads) > 0 && j.chained[heads[0]].data().Value("signed_by") == provenance.Value("signed_by")
}
