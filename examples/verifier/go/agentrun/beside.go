package agentrun

// checkEvals asks whether the judgements are about this record, by evaluators who are trusted (spec/evaluation.md).
func (v *verification) checkEvals() outcome {
	var inside, beside []thing
	if evaluation, has := (thing{v.run, ""}).part("eval"); has {
		inside = append(inside, evaluation)
	}
	for _, each := range v.Evals {
		if v.isNamedBy(each) {
			beside = append(beside, thing{each, ""})
		}
	}
	all := append(append([]thing{}, inside...), beside...)
	if len(all) == 0 {
		return outcome{result: absent}
	}
	// What is wrong with an eval inside the record fails; anybody can put one beside it.
	for _, find := range []func(thing) *Fault{wrongEval, v.otherEval} {
		for _, each := range inside {
			if fault := find(each); fault != nil {
				return failed(*fault)
			}
		}
	}
	for _, find := range []func(thing) *Fault{wrongEval, v.otherEval, unsignedEval, v.untrustedEval} {
		for _, each := range all {
			if fault := find(each); fault != nil {
				return unclear(fault.Code, fault.Path)
			}
		}
	}
	return passed(len(all))
}

// isNamedBy says whether an eval names this record: as it is, or by what it says of itself.
func (v *verification) isNamedBy(each *Object) bool {
	record, document := each.Value("record_hash"), each.Value("document_hash")
	isRecord := record != nil && (record == v.provenance.Value("record_hash") || v.isSealed && record == v.recordHash)
	return isRecord || document != nil && document == DocumentHash(v.run)
}

func wrongEval(each thing) *Fault {
	isClaimed := each.Known("signature") || each.Known("signed_by")
	if isClaimed && !IsSigned("eval", each.Object) {
		return &Fault{"evals.signature", each.path + "/signature"}
	}
	return nil
}

// otherEval is where an eval names another record, or lacks the name of this one though it is signed.
func (v *verification) otherEval(each thing) *Fault {
	record, document := each.Value("record_hash"), each.Value("document_hash")
	needed := "record_hash"
	if !v.isSealed {
		needed = "document_hash"
	}
	switch {
	case record != nil && (!v.isSealed || record != v.recordHash):
		return &Fault{"evals.other_record", each.path + "/record_hash"}
	case document != nil && document != DocumentHash(v.run):
		return &Fault{"evals.other_record", each.path + "/document_hash"}
	case record == nil && document == nil && each.Known("signature"):
		return &Fault{"evals.other_record", each.path + "/" + needed}
	}
	return nil
}

func unsignedEval(each thing) *Fault {
	if each.Known("signature") {
		return nil
	}
	return &Fault{"evals.unsigned", each.path}
}

func (v *verification) untrustedEval(each thing) *Fault {
	if v.keys.countsNow(each.Text("signed_by"), v.run, "evaluator") {
		return nil
	}
	return &Fault{"evals.untrusted_key", each.path + "/signed_by"}
}

// checkErasures asks whether somebody answers for what was erased (spec/privacy.md).
func (v *verification) checkErasures() outcome {
	attested, tombstones := map[Value]bool{}, 0
	for _, statement := range v.Statements {
		isTombstone := statement.Text("kind") == "tombstone" && v.isSealed && statement.Text("about") == v.recordHash
		if !isTombstone || !v.keys.countsNow(statement.Text("signed_by"), v.run, "recorder", "server") {
			continue
		}
		if !IsSigned("statement", statement) {
			continue
		}
		tombstones++
		for _, hash := range statement.Child("body").List("private_hashes") {
			if text, isText := hash.(string); isText {
				attested[text] = true
			}
		}
	}
	erased := 0
	for _, each := range erasables("run", v.run, "") {
		if each.state() != Erased {
			continue
		}
		erased++
		if !attested[each.object.Value("private_hash")] {
			return unclear("erasures.unattested", each.path)
		}
	}
	if erased == 0 && tombstones == 0 {
		return outcome{result: absent}
	}
	return passed(erased + tombstones)
}
