package agentrun

import "slices"

// lineRules are looked at in the order of the table of the check journal, each line by line.
var lineRules = []func(*Journal) *Fault{
	seqFault, chainFault, startFault, headKeyFault, headSignatureFault, headFault, privateFault, afterSealFault,
	discardedFault,
}

// LineFault is the first thing that is wrong with the lines; the fold is not looked at.
func (j *Journal) LineFault() *Fault {
	if j.fault != nil {
		return j.fault
	}
	for _, rule := range lineRules {
		if fault := rule(j); fault != nil {
			return fault
		}
	}
	return nil
}

func seqFault(j *Journal) *Fault {
	for i, each := range j.chained {
		if each.Value("seq") != float64(i) {
			return &Fault{"journal.seq", each.path() + "/seq"}
		}
	}
	return nil
}

func chainFault(j *Journal) *Fault {
	before := origin
	for _, each := range j.chained {
		if each.Text("prev") != before {
			return &Fault{"journal.chain", each.path() + "/prev"}
		}
		before = each.digest
	}
	return nil
}

func startFault(j *Journal) *Fault {
	if len(j.chained) == 0 {
		return &Fault{"journal.start", ""}
	}
	start := j.chained[0]
	if start.kind() != "run.started" {
		return &Fault{"journal.start", start.path() + "/type"}
	}
	if place, ok := j.standard.canBegin(start.data()); !ok {
		return &Fault{"journal.start", start.path() + "/data" + place}
	}
	for _, each := range j.chained[1:] {
		if each.kind() == "run.started" {
			return &Fault{"journal.start", each.path() + "/type"}
		}
	}
	return nil
}

// canBegin says whether the data of run.started can begin a run (AR-JRNL-004), and else where they can't.
func (s *Standard) canBegin(data *Object) (place string, ok bool) {
	for _, member := range []string{"id", "spec_version", "agent_id", "started_at", "provenance"} {
		if !data.Has(member) {
			return "/" + member, false
		}
	}
	provenance := data.Child("provenance")
	if _, isText := provenance.Value("nonce").(string); !isText {
		return "/provenance/nonce", false
	}
	for _, member := range []string{"steps", "approvals", "policy_decisions", "artifacts", "evidence", "eval"} {
		if data.Has(member) {
			return "/" + member, false
		}
	}
	for _, member := range []string{"steps_count", "steps_root", "journal_head", "sealed_at", "record_hash", "signature"} {
		if provenance.Has(member) {
			return "/provenance/" + member, false
		}
	}
	if provenance.Has("signed_by") && KeyOf(provenance.Text("signed_by")) == nil {
		return "/provenance/signed_by", false
	}
	run := data.Without()
	for _, member := range []string{"status", "cost", "steps"} {
		if !run.Has(member) {
			run.Set(member, blankRun().Value(member))
		}
	}
	if !provenance.Has("run_hash") {
		run.Set("provenance", provenance.With("run_hash", "-"))
	}
	return "", s.IsValid(run, "agent-run")
}

func headKeyFault(j *Journal) *Fault {
	key := j.chained[0].data().Child("provenance").Value("signed_by")
	for _, at := range j.heads() {
		if head := j.chained[at]; head.data().Value("signed_by") != key {
			return &Fault{"journal.head_key", head.path() + "/data/signed_by"}
		}
	}
	return nil
}

func headSignatureFault(j *Journal) *Fault {
	for _, at := range j.heads() {
		if head := j.chained[at]; !IsSigned("head", head.data()) {
			return &Fault{"journal.head_signature", head.path() + "/data/signature"}
		}
	}
	return nil
}

func headFault(j *Journal) *Fault {
	started := j.chained[0].data()
	for _, at := range j.heads() {
		head, before, steps := j.chained[at], j.chained[at-1], j.of("step.ended", at)
		right := NewObject("run_id", started.Value("id"), "nonce", started.Child("provenance").Value("nonce"),
			"seq", before.Value("seq"), "head", before.digest,
			"steps_count", float64(len(steps)), "steps_root", StepsRoot(steps))
		for _, member := range right.Names() {
			if head.data().Value(member) != right.Value(member) {
				return &Fault{"journal.head_mismatch", head.path() + "/data/" + member}
			}
		}
	}
	return nil
}

func privateFault(j *Journal) *Fault {
	known := map[string]bool{}
	for _, each := range j.chained {
		collectPrivateHashes(each.data(), known)
	}
	for _, each := range j.private {
		stated := each.Text("private")
		if !known[stated] || Hash("private", each.Without("private")) != stated {
			return &Fault{"journal.private", line{number: each.number}.path()}
		}
	}
	return nil
}

func collectPrivateHashes(value Value, known map[string]bool) {
	switch v := value.(type) {
	case *Object:
		if stated, isText := v.Value("private_hash").(string); isText {
			known[stated] = true
		}
		for _, name := range v.Names() {
			collectPrivateHashes(v.Value(name), known)
		}
	case []Value:
		for _, item := range v {
			collectPrivateHashes(item, known)
		}
	}
}

func afterSealFault(j *Journal) *Fault {
	sealed := slices.IndexFunc(j.chained, func(each line) bool { return each.kind() == "run.sealed" })
	if sealed < 0 || sealed == len(j.chained)-1 {
		return nil
	}
	return &Fault{"journal.after_seal", j.chained[sealed+1].path()}
}

func discardedFault(j *Journal) *Fault {
	for i, each := range j.chained {
		if each.kind() != "run.resumed" {
			continue
		}
		data, before := each.data(), j.chained[i-1]
		octets, isWhole := whole(data.Child("discarded").Value("octets"))
		switch {
		case data.Value("seq") != before.Value("seq"):
			return &Fault{"journal.discarded", each.path() + "/data/seq"}
		case data.Value("head") != before.digest:
			return &Fault{"journal.discarded", each.path() + "/data/head"}
		case !isWhole || octets < 0:
			return &Fault{"journal.discarded", each.path() + "/data/discarded"}
		}
	}
	return nil
}
