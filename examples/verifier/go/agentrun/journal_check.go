package agentrun

import "slices"

// JournalResult is how a journal comes out: its first fault, nil if it holds, and the seq that the last head speaks for.
type JournalResult struct {
	Fault      *Fault
	Checkpoint Value
}

// Judge looks at a journal alone, or beside a record.
func (j *Journal) Judge(run *Object) JournalResult {
	for _, rule := range []func() *Fault{
		j.LineFault,
		func() *Fault { return j.foldFault(run) },
		func() *Fault { return j.endFault(run) },
	} {
		if fault := rule(); fault != nil {
			return JournalResult{Fault: fault}
		}
	}
	heads := j.heads()
	if len(heads) == 0 {
		return JournalResult{}
	}
	return JournalResult{Checkpoint: j.chained[heads[len(heads)-1]].data().Value("seq")}
}

// foldFault compares the fold with run.sealed and with the record (AR-JRNL-011).
func (j *Journal) foldFault(run *Object) *Fault {
	seen := map[string]bool{}
	for i, step := range j.of("step.ended", len(j.chained)) {
		if seen[step.Text("id")] {
			return &Fault{"journal.fold", "/steps" + line{number: i}.path()}
		}
		seen[step.Text("id")] = true
	}
	fold := PublicForm("run", j.Fold(isGoingOn(thing{run, ""})))
	sealed := j.sealed()
	if sealed != nil {
		if place, differs := difference(fold.Without("steps"), sealed, "run"); differs {
			return &Fault{"journal.fold", place}
		}
	}
	if run == nil {
		return nil
	}
	compared := PublicForm("run", run).Without("eval")
	if sealed == nil {
		compared = compared.With("provenance", withoutSeal(run.Child("provenance"), j.chained[0].data()))
	}
	if place, differs := difference(fold, compared, "run"); differs {
		return &Fault{"journal.fold", place}
	}
	return nil
}

// withoutSeal is a provenance without the members of a seal.
func withoutSeal(provenance, started *Object) *Object {
	bare := provenance.Without("steps_count", "steps_root", "journal_head", "sealed_at", "record_hash", "signature")
	named := started.Child("provenance")
	if !named.Known("signed_by") || named.Value("signed_by") == bare.Value("signed_by") {
		return bare.Without("signed_by")
	}
	return bare
}

// endFault compares journal_head with the end of the journal (AR-JRNL-012).
func (j *Journal) endFault(run *Object) *Fault {
	sealed, end := j.sealed(), len(j.chained)-1
	if run == nil {
		run = sealed
	}
	if sealed != nil {
		end--
	}
	stated := run.Child("provenance").Value("journal_head")
	if stated != nil && (end < 0 || stated != j.chained[end].digest) {
		return &Fault{"journal.head", "/provenance/journal_head"}
	}
	return nil
}

// difference is the first place at which two values differ. Private members of objects of a kind differ as a whole.
func difference(a, b Value, kind string) (place string, differs bool) {
	if one, isObject := a.(*Object); isObject {
		if other, isObject := b.(*Object); isObject {
			return differenceOfObjects(one, other, kind)
		}
	}
	one, isList := a.([]Value)
	other, isListToo := b.([]Value)
	if !isList || !isListToo {
		return "", Canonical(a) != Canonical(b)
	}
	for i := 0; i < max(len(one), len(other)); i++ {
		path := line{number: i}.path()
		if i >= len(one) || i >= len(other) {
			return path, true
		}
		if place, differs := difference(one[i], other[i], kind); differs {
			return path + place, true
		}
	}
	return "", false
}

func differenceOfObjects(one, other *Object, kind string) (place string, differs bool) {
	names := append(slices.Clone(one.Names()), other.Without(one.Names()...).Names()...)
	for _, name := range SortNames(names) {
		if !one.Has(name) || !other.Has(name) {
			return Pointer(name), true
		}
		inner := ""
		for _, list := range inside[kind] {
			if list.member == name {
				inner = list.kind
			}
		}
		if place, differs := difference(one.Value(name), other.Value(name), inner); differs {
			if isHidden(kind, name) {
				place = ""
			}
			return Pointer(name) + place, true
		}
	}
	return "", false
}
