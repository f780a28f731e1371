package agentrun

import "slices"

// The states of an edge, from the worst to the best.
const (
	conflict   = "conflict"
	childOnly  = "child_only"
	parentOnly = "parent_only"
	unresolved = "unresolved"
	openEdge   = "open"
	chained    = "chained"
	mutual     = "mutual"
)

var (
	edgeStates   = []string{conflict, childOnly, parentOnly, unresolved, openEdge, chained, mutual}
	lineageRules = []string{
		"lineage.leaf", "lineage.delegation_reused", "lineage.child_hash", "lineage.parent_hash", "lineage.cycle",
		"lineage.ancestors",
	}
)

// opinion is how an edge was judged; a conflict has the code of the rule that is broken.
type opinion struct{ state, code string }

func conflictOf(rule string) opinion { return opinion{conflict, "lineage." + rule} }

// edge is a link between two runs, as the record claims it.
type edge struct {
	opinion
	path          string
	parent, child Value
	delegation    Value
}

func (e edge) written() *Object {
	written := NewObject("parent_run_id", e.parent, "child_run_id", e.child, "path", e.path, "state", e.state)
	if e.delegation != nil {
		written.Set("delegation_id", e.delegation)
	}
	if e.code != "" {
		written.Set("code", e.code)
	}
	return written
}

// checkLineage asks whether parents and children know of each other (spec/lineage.md).
func (v *verification) checkLineage() outcome {
	f := v.family()
	v.edges = append(f.edgesUp(), f.edgesDown()...)
	var faults []Fault
	for _, each := range v.edges {
		if each.state == conflict {
			faults = append(faults, Fault{each.code, each.path})
		}
	}
	if path := f.ancestorsFault(); path != "" {
		faults = append(faults, Fault{"lineage.ancestors", path})
	}
	for _, rule := range lineageRules {
		for _, fault := range faults {
			if fault.Code == rule {
				return failed(fault)
			}
		}
	}
	for _, each := range v.edges {
		if each.state != mutual && each.state != chained {
			return unclear("lineage."+each.state, each.path)
		}
	}
	return comparison(len(v.edges), nil)
}

func worst(opinions []opinion) opinion {
	return slices.MinFunc(opinions, func(a, b opinion) int {
		if a.state != b.state {
			return slices.Index(edgeStates, a.state) - slices.Index(edgeStates, b.state)
		}
		return slices.Index(lineageRules, a.code) - slices.Index(lineageRules, b.code)
	})
}

// settle makes one opinion of those about each record that may be meant (How an edge is judged).
func (f *family) settle(meant []*kin, judge func(*kin) opinion) opinion {
	var all, fitting, sealed []opinion
	for _, each := range meant {
		judged := judge(each)
		all = append(all, judged)
		if judged.state == conflict {
			continue
		}
		fitting = append(fitting, judged)
		if each.isSealed() {
			sealed = append(sealed, judged)
		}
	}
	if len(all) == 0 {
		return opinion{state: unresolved}
	}
	if len(fitting) == 0 {
		return worst(all)
	}
	counting := fitting
	if len(sealed) > 0 {
		counting = sealed
	}
	if len(fitting) < len(all) {
		// Where some contradict the record, the others don't prove it.
		counting = append(slices.Clone(counting), opinion{state: unresolved})
	}
	return worst(counting)
}

// meant are the records that an edge is judged by: those that are pinned, else the only one of that id.
func (f *family) meant(pinned []*kin, id Value) []*kin {
	if len(pinned) > 0 {
		return pinned
	}
	return f.only(id)
}

// edgesUp are those to the parents that the record names.
func (f *family) edgesUp() (found []edge) {
	for _, entry := range (thing{f.own.provenance, "/provenance"}).parts("parents") {
		judged := f.judgeEntry(entry.Object)
		if judged.state != conflict && f.circlesUp(entry.Text("run_id")) {
			judged = conflictOf("cycle")
		}
		found = append(found, edge{judged, entry.path, entry.Value("run_id"), f.own.id, entry.Value("delegation_id")})
	}
	return found
}

func (f *family) judgeEntry(entry *Object) opinion {
	pinned := f.pinnedParents(f.own, entry)
	meant := f.meant(pinned, entry.Value("run_id"))
	if entry.Has("record_hash") && !entry.Has("delegation_id") && !entry.Has("handoff_leaf") {
		switch {
		case len(pinned) > 0:
			return opinion{state: chained}
		case len(meant) > 0:
			return conflictOf("parent_hash")
		}
		return opinion{state: unresolved}
	}
	judged := f.settle(meant, func(parent *kin) opinion { return judgeDelegation(parent, f.own, entry, false) })
	if len(pinned) == 0 && judged.state != conflict && f.hasRival(entry) {
		return conflictOf("delegation_reused")
	}
	return judged
}

// hasRival says whether the record of another run claims the delegation of an entry too.
func (f *family) hasRival(entry *Object) bool {
	return entry.Known("delegation_id") && slices.ContainsFunc(f.members, func(other *kin) bool {
		return other.id != f.own.id && slices.ContainsFunc(other.parents, func(each *Object) bool {
			isSame := each.Value("delegation_id") == entry.Value("delegation_id")
			return isSame && each.Value("run_id") == entry.Value("run_id")
		})
	})
}

// judgeDelegation goes through the questions about a delegation of which both ends are given.
func judgeDelegation(parent, child *kin, entry *Object, fromAbove bool) opinion {
	delegation, leaf := entry.Value("delegation_id"), entry.Value("handoff_leaf")
	if delegation == nil || leaf == nil {
		for _, step := range parent.handoffs {
			isSame := delegation == nil || step.Value("delegation_id") == delegation
			if step.Value("child_run_id") == child.id && isSame {
				return opinion{state: parentOnly}
			}
		}
		return opinion{state: childOnly}
	}
	step, has := parent.stepWith(leaf)
	switch {
	case !has && !parent.isSealed() && len(under(parent.handoffs, delegation)) == 0:
		return opinion{state: childOnly}
	case !has || !isHandoffTo(step, child.id, delegation):
		return conflictOf("leaf")
	case len(under(parent.handoffs, delegation)) > 1 && !fromAbove:
		// From above the second of them is the one at fault.
		return conflictOf("delegation_reused")
	}
	for _, result := range under(parent.results, delegation) {
		if result.Known("child_run_id") && result.Value("child_run_id") != child.id {
			return conflictOf("delegation_reused")
		}
	}
	stated := parent.confirmations(delegation, child.id)
	if slices.ContainsFunc(stated, func(hash string) bool { return hash != child.hash }) {
		return conflictOf("child_hash")
	}
	if entry.Has("record_hash") && parent.isSealed() && entry.Value("record_hash") != parent.hash {
		return conflictOf("parent_hash")
	}
	if parent.isSealed() && len(stated) > 0 {
		return opinion{state: mutual}
	}
	return opinion{state: openEdge}
}

// edgesDown are those to the children that the record names: by handoffs, and by results that have none.
func (f *family) edgesDown() (found []edge) {
	for i, step := range f.own.steps {
		child := step.Value("child_run_id")
		if child == nil || !step.is("type", "handoff", "handoff_result") {
			continue
		}
		made := edge{path: step.path, parent: f.own.id, child: child, delegation: step.Value("delegation_id")}
		if step.is("type", "handoff_result") {
			if f.hasHandoff(step) {
				continue
			}
			made.opinion = f.judgeResult(step)
		} else {
			made.opinion = f.judgeHandoff(i, step)
			if made.state != conflict && f.circlesDown(step.Text("child_run_id")) {
				made.opinion = conflictOf("cycle")
			}
		}
		found = append(found, made)
	}
	return found
}

// hasHandoff says whether a handoff stands for a result: under its delegation, or to its child if it names none.
func (f *family) hasHandoff(result thing) bool {
	member := "delegation_id"
	if !result.Known(member) {
		member = "child_run_id"
	}
	return slices.ContainsFunc(f.own.handoffs, func(step thing) bool { return step.Value(member) == result.Value(member) })
}

func (f *family) judgeHandoff(index int, step thing) opinion {
	child, delegation := step.Text("child_run_id"), step.Value("delegation_id")
	for _, earlier := range f.own.steps[:index] {
		if earlier.is("type", "handoff") && delegation != nil && earlier.Value("delegation_id") == delegation {
			return conflictOf("delegation_reused")
		}
	}
	stated := f.own.confirmations(delegation, child)
	if slices.ContainsFunc(stated, func(hash string) bool { return hash != stated[0] }) {
		// Whatever the child is, one of them is wrong.
		return conflictOf("child_hash")
	}
	meant := f.meant(f.pinnedChildren(f.own, child, stated, &step), child)
	return f.settle(meant, func(child *kin) opinion { return f.judgeChild(step, child) })
}

// judgeChild judges a handoff by the first entry of the child that is about it.
func (f *family) judgeChild(step thing, child *kin) opinion {
	leaf := spell(StepLeaf(step.Object))
	for _, entry := range child.parents {
		isAbout := entry.Value("handoff_leaf") == leaf ||
			entry.Has("delegation_id") && entry.Value("delegation_id") == step.Value("delegation_id")
		if entry.Value("run_id") != f.own.id || !isAbout {
			continue
		}
		judged := judgeDelegation(f.own, child, entry, true)
		isWhole := entry.Known("delegation_id") && entry.Known("handoff_leaf")
		if judged.state != conflict && isWhole && entry.Value("handoff_leaf") != leaf {
			return conflictOf("leaf")
		}
		return judged
	}
	return opinion{state: parentOnly}
}

func (f *family) judgeResult(step thing) opinion {
	var stated []string
	if hash, isText := step.Value("child_record_hash").(string); isText {
		stated = []string{hash}
	}
	switch {
	case len(f.pinnedChildren(f.own, step.Value("child_run_id"), stated, nil)) > 0:
		return opinion{state: parentOnly}
	case len(f.only(step.Value("child_run_id"))) == 0:
		return opinion{state: unresolved}
	case len(stated) > 0:
		return conflictOf("child_hash")
	}
	return opinion{state: parentOnly}
}
