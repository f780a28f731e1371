package agentrun

import "slices"

// Lists that lines of a type are appended to.
var listOf = map[string]string{
	"step.ended": "steps", "approval": "approvals", "policy_decision": "policy_decisions", "artifact": "artifacts",
	"evidence": "evidence",
}

// Fold computes the run that the lines of a sound journal give (spec/journal.md, The fold). `live` says that the run is
// known to be going on.
func (j *Journal) Fold(live bool) *Object {
	run := j.chained[0].data().Without()
	run.Set("provenance", run.Child("provenance").Without())
	if !run.Has("status") {
		run.Set("status", "running")
	}
	run.Set("steps", []Value{})
	started, order := map[string]*Object{}, []string{}
	for _, each := range j.chained[1:] {
		data := each.data()
		switch kind := each.kind(); kind {
		case "run.updated":
			run = patched(run, data)
		case "run.paused":
			run.Set("status", "paused")
		case "run.resumed":
			run = run.Without("ended_at", "duration_ms")
			run.Set("status", "running")
		case "step.started":
			id := data.Text("id")
			if started[id] == nil {
				order = append(order, id)
			}
			started[id] = data
		default:
			if list := listOf[kind]; list != "" {
				run.Set(list, append(run.List(list), data))
			}
		}
	}
	sealed := j.sealed()
	isLive := live && sealed == nil
	if !isLive && slices.Contains([]string{"pending", "running"}, run.Text("status")) {
		run.Set("status", "interrupted")
		setDefault(run, "ended_at", nil)
	}
	ended := Objects(run.List("steps"))
	for _, step := range ended {
		delete(started, step.Text("id"))
	}
	for _, id := range order {
		if step := started[id]; step != nil {
			run.Set("steps", append(run.List("steps"), leftOpen(step, run.Text("status"), isLive)))
		}
	}
	setDefault(run, "cost", lowerBound(Objects(run.List("steps"))))
	run.Set("provenance", foldedProvenance(run.Child("provenance"), sealed, ended))
	run.Child("provenance").Set("run_hash", RunHash(run))
	return j.restored("run", run)
}

func setDefault(object *Object, name string, value Value) {
	if !object.Has(name) {
		object.Set(name, value)
	}
}

// patched is a run, or its provenance, with the changes of run.updated.
func patched(object, patch *Object) *Object {
	for _, name := range patch.Names() {
		value := patch.Value(name)
		switch {
		case name == "provenance":
			object = object.With(name, patched(object.Child(name), patch.Child(name)))
		case value == nil && name != "ended_at":
			object = object.Without(name)
		default:
			object = object.With(name, value)
		}
	}
	return object
}

// leftOpen is a step that was started and has not ended, as it stands in the record.
func leftOpen(step *Object, runStatus string, isLive bool) *Object {
	step = step.Without()
	if isLive || runStatus == "paused" {
		setDefault(step, "status", "running")
		return step
	}
	if step.Known("status") && !slices.Contains([]string{"pending", "running"}, step.Text("status")) {
		return step
	}
	setDefault(step, "ended_at", nil)
	if runStatus == "interrupted" {
		return step.With("status", "interrupted")
	}
	return step.With("status", "unknown")
}

// lowerBound is the cost of a run for which nobody wrote one down (spec/cost.md).
func lowerBound(steps []*Object) *Object {
	cost, isKnown := NewObject(), false
	for _, member := range []string{"input_tokens", "output_tokens", "cost_usd"} {
		sum, isStated := 0.0, false
		for _, step := range steps {
			if number, isNumber := step.Child("cost").Value(member).(float64); isNumber {
				sum, isStated = sum+number, true
			}
		}
		if isStated && sum <= maxNumber {
			cost.Set(member, sum)
			isKnown = true
		} else if member != "cost_usd" {
			cost.Set(member, nil)
		}
	}
	if isKnown {
		return cost.With("basis", "lower_bound")
	}
	return cost.With("basis", "unknown")
}

// foldedProvenance takes from run.sealed the members of the seal that the lines don't have.
func foldedProvenance(provenance, sealed *Object, ended []*Object) *Object {
	if sealed == nil {
		return provenance.Without("signed_by")
	}
	provenance, stated := provenance.Without(), sealed.Child("provenance")
	for _, member := range []string{"journal_head", "sealed_at", "record_hash", "signature"} {
		if stated.Has(member) {
			provenance.Set(member, stated.Value(member))
		}
	}
	if stated.Has("signed_by") {
		setDefault(provenance, "signed_by", stated.Value("signed_by"))
	}
	if stated.Has("steps_count") {
		provenance.Set("steps_count", float64(len(ended)))
	}
	if stated.Has("steps_root") {
		provenance.Set("steps_root", StepsRoot(ended))
	}
	return provenance
}

// restored is an object, and what is inside it, with the private members that the journal has lines for.
func (j *Journal) restored(kind string, object *Object) *Object {
	for _, list := range inside[kind] {
		items, isList := object.Value(list.member).([]Value)
		if !isList {
			continue
		}
		restored := make([]Value, len(items))
		for i, item := range items {
			if inner, isObject := item.(*Object); isObject {
				item = j.restored(list.kind, inner)
			}
			restored[i] = item
		}
		object = object.With(list.member, restored)
	}
	stated, isErasable := object.Value("private_hash").(string)
	if !isErasable {
		return object
	}
	object = object.Without(append([]string{"salt"}, private[kind]...)...)
	for _, each := range j.private {
		members := each.Without("private")
		isForeign := slices.ContainsFunc(members.Names(), func(name string) bool { return !isHidden(kind, name) })
		if each.Text("private") != stated || isForeign {
			continue
		}
		for _, name := range members.Names() {
			object.Set(name, members.Value(name))
		}
		break
	}
	return object
}
