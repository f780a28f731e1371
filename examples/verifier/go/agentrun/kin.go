package agentrun

import "slices"

// kin is a record that counts in a lineage: its seal holds, or it has none.
type kin struct {
	run, provenance *Object
	id              string
	// hash is the computed record_hash, empty without a seal; name is what tells records of one id apart.
	hash, name        string
	parents           []*Object
	steps             []thing
	leaves            []string
	handoffs, results []thing
	// links are the statements of the kind link that the record's own key signed about it.
	links []*Object
}

func newKin(run *Object, statements []*Object) *kin {
	k := &kin{run: run, provenance: run.Child("provenance"), id: run.Text("id"), name: DocumentHash(run)}
	k.parents = Objects(k.provenance.List("parents"))
	for _, step := range (thing{run, ""}).parts("steps") {
		k.steps = append(k.steps, step)
		k.leaves = append(k.leaves, spell(StepLeaf(step.Object)))
		if step.is("type", "handoff") {
			k.handoffs = append(k.handoffs, step)
		}
		if step.is("type", "handoff_result") {
			k.results = append(k.results, step)
		}
	}
	if !IsSealed(run) {
		return k
	}
	k.hash = SealHash("run", run)
	k.name = k.hash
	for _, statement := range statements {
		isOwn := statement.Text("signed_by") != "" && statement.Value("signed_by") == k.provenance.Value("signed_by")
		isLink := statement.Text("kind") == "link" && statement.Text("about") == k.hash
		if isLink && isOwn && IsSigned("statement", statement) {
			k.links = append(k.links, statement)
		}
	}
	return k
}

func (k *kin) isSealed() bool { return k.hash != "" }

// stepWith is the step that has a leaf.
func (k *kin) stepWith(leaf Value) (thing, bool) {
	for i, each := range k.leaves {
		if each == leaf {
			return k.steps[i], true
		}
	}
	return thing{}, false
}

// under are those steps that name a delegation.
func under(steps []thing, delegation Value) (found []thing) {
	for _, step := range steps {
		if delegation != nil && step.Value("delegation_id") == delegation {
			found = append(found, step)
		}
	}
	return found
}

// confirmations are the hashes that the record states for a child: in results of the delegation, in results that name only
// the child, and in links.
func (k *kin) confirmations(delegation Value, child string) (stated []string) {
	add := func(hash Value) {
		if text, isText := hash.(string); isText {
			stated = append(stated, text)
		}
	}
	for _, result := range k.results {
		isUnnamed := !result.Known("delegation_id") && result.Text("child_run_id") == child
		if isUnnamed || delegation != nil && result.Value("delegation_id") == delegation {
			add(result.Value("child_record_hash"))
		}
	}
	for _, link := range k.links {
		body := link.Child("body")
		if body.Value("delegation_id") == delegation && body.Value("child_run_id") == child {
			add(body.Value("child_record_hash"))
		}
	}
	return stated
}

// family are the records that count among those given beside one, which isn't among them itself.
type family struct {
	own     *kin
	members []*kin
}

func (v *verification) family() *family {
	f := &family{own: newKin(v.run, v.Statements)}
	names := []string{f.own.name}
	for _, run := range v.Related {
		if !v.IsValid(run, "agent-run") || IsSealed(run) && !v.isIntact(run) {
			continue
		}
		if member := newKin(run, v.Statements); !slices.Contains(names, member.name) {
			names = append(names, member.name)
			f.members = append(f.members, member)
		}
	}
	return f
}

// isIntact says whether the seal of another record holds: it is all there, and what it says of the record is right.
func (v *verification) isIntact(run *Object) bool {
	provenance, steps := run.Child("provenance"), Objects(run.List("steps"))
	other := &verification{
		Standard: v.Standard, Given: v.Given, run: run, provenance: provenance, isSealed: true,
		recordHash: SealHash("run", run),
	}
	isWhole := missingFromSeal(run) == "" && provenance.Text("record_hash") == other.recordHash
	areSteps := provenance.Value("steps_count") == float64(len(steps)) && provenance.Text("steps_root") == StepsRoot(steps)
	return isWhole && areSteps && other.checkSignature().result != fail
}

func (f *family) of(id Value) (found []*kin) {
	for _, member := range f.members {
		if member.id == id {
			found = append(found, member)
		}
	}
	return found
}

// only is the one record of an id, none if there are several.
func (f *family) only(id Value) []*kin {
	if found := f.of(id); len(found) == 1 {
		return found
	}
	return nil
}

// pinnedParents are the records that an entry of a child pins: by record_hash, else by the handoff that they have.
func (f *family) pinnedParents(child *kin, entry *Object) (pinned []*kin) {
	named := f.of(entry.Value("run_id"))
	for _, each := range named {
		if each.isSealed() && each.hash == entry.Value("record_hash") {
			pinned = append(pinned, each)
		}
	}
	if len(pinned) > 0 || !entry.Known("handoff_leaf") || !entry.Known("delegation_id") {
		return pinned
	}
	for _, each := range named {
		step, has := each.stepWith(entry.Value("handoff_leaf"))
		if has && isHandoffTo(step, child.id, entry.Value("delegation_id")) {
			pinned = append(pinned, each)
		}
	}
	return pinned
}

func isHandoffTo(step thing, child string, delegation Value) bool {
	return step.is("type", "handoff") && step.Value("child_run_id") == child && step.Value("delegation_id") == delegation
}

// pinnedChildren are the records that a parent pins: by a record_hash that it states, else by their entry about the
// handoff, which is absent for a result by itself.
func (f *family) pinnedChildren(parent *kin, child Value, stated []string, handoff *thing) (pinned []*kin) {
	named := f.of(child)
	for _, each := range named {
		if each.isSealed() && slices.Contains(stated, each.hash) {
			pinned = append(pinned, each)
		}
	}
	if len(pinned) > 0 || handoff == nil || !handoff.Known("delegation_id") {
		return pinned
	}
	leaf := spell(StepLeaf(handoff.Object))
	for _, each := range named {
		if slices.ContainsFunc(each.parents, func(entry *Object) bool {
			isSame := entry.Value("delegation_id") == handoff.Value("delegation_id") && entry.Value("handoff_leaf") == leaf
			return isSame && entry.Value("run_id") == parent.id
		}) {
			pinned = append(pinned, each)
		}
	}
	return pinned
}
