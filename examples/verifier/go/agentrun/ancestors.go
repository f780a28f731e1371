package agentrun

import (
	"slices"
	"strconv"
)

// ways say which run is named by which.
type ways map[string][]string

// claims are the runs that a record names, and the records that it pins by that.
type claims func(*kin) map[string][]*kin

func (f *family) parentsOf(k *kin) map[string][]*kin {
	found := map[string][]*kin{}
	for _, entry := range k.parents {
		id := entry.Text("run_id")
		found[id] = append(found[id], f.pinnedParents(k, entry)...)
	}
	return found
}

func (f *family) childrenOf(k *kin) map[string][]*kin {
	found := map[string][]*kin{}
	for _, step := range k.handoffs {
		if child, isText := step.Value("child_run_id").(string); isText {
			stated := k.confirmations(step.Value("delegation_id"), child)
			found[child] = append(found[child], f.pinnedChildren(k, child, stated, &step)...)
		}
	}
	return found
}

// waysBy follows the claims of the record, and on through the records that such claims pin.
func (f *family) waysBy(of claims) ways {
	found, seen := ways{}, map[*kin]bool{f.own: true}
	for waiting := []*kin{f.own}; len(waiting) > 0; {
		k := waiting[len(waiting)-1]
		waiting = waiting[:len(waiting)-1]
		for id, pinned := range of(k) {
			found[k.id] = append(found[k.id], id)
			for _, each := range pinned {
				// Another record of this id is not this run.
				if id != f.own.id && !seen[each] {
					seen[each] = true
					waiting = append(waiting, each)
				}
			}
		}
	}
	return found
}

// reach are the runs that one comes to from some, these included.
func (w ways) reach(from ...string) map[string]bool {
	found := map[string]bool{}
	for len(from) > 0 {
		id := from[len(from)-1]
		from = from[:len(from)-1]
		if !found[id] {
			found[id] = true
			from = append(from, w[id]...)
		}
	}
	return found
}

// circles says whether one comes from a run to one of some others, or twice to one run (AR-LIN-006).
func (w ways) circles(start string, isTarget map[string]bool) bool {
	for id := range w.reach(start) {
		if isTarget[id] || w.reach(w[id]...)[id] {
			return true
		}
	}
	return false
}

func (f *family) circlesUp(start string) bool {
	// What the record's own handoffs lead down to can't be above it.
	below := f.waysBy(f.childrenOf).reach(f.own.id)
	return f.waysBy(f.parentsOf).circles(start, below)
}

func (f *family) circlesDown(start string) bool {
	return f.waysBy(f.childrenOf).circles(start, map[string]bool{f.own.id: true})
}

// longest is how many ancestors `lineage` names at most.
const longest = 32

// ancestorsFault is where parent_run_hash or lineage contradicts the ancestors that are given, empty if nowhere
// (AR-LIN-007).
func (f *family) ancestorsFault() string {
	var ancestors []*kin
	for parent := f.parentOf(f.own); parent != nil && !slices.Contains(ancestors, parent); parent = f.parentOf(parent) {
		ancestors = append(ancestors, parent)
	}
	if len(ancestors) == 0 {
		return ""
	}
	hashOf := func(back int) Value { return ancestors[back].provenance.Value("run_hash") }
	if f.own.provenance.Known("parent_run_hash") && f.own.provenance.Value("parent_run_hash") != hashOf(0) {
		return "/provenance/parent_run_hash"
	}
	if !f.own.provenance.Known("lineage") {
		return ""
	}
	stated := f.own.provenance.List("lineage")
	for back := 0; back < min(len(stated), len(ancestors)); back++ {
		if at := len(stated) - 1 - back; stated[at] != hashOf(back) {
			return "/provenance/lineage/" + strconv.Itoa(at)
		}
	}
	top := ancestors[len(ancestors)-1]
	isRoot := len(top.parents) == 0 && !top.run.Known("parent_run_id")
	known := min(len(ancestors), longest)
	if len(stated) < known || isRoot && len(stated) > known {
		return "/provenance/lineage"
	}
	return ""
}

// parentOf is the one parent of a record, nil if it isn't known or there are several.
func (f *family) parentOf(k *kin) *kin {
	var found []*kin
	switch len(k.parents) {
	case 0:
		found = f.only(k.run.Value("parent_run_id"))
	case 1:
		found = f.meant(f.pinnedParents(k, k.parents[0]), k.parents[0].Value("run_id"))
	}
	if len(found) == 1 {
		return found[0]
	}
	return nil
}
