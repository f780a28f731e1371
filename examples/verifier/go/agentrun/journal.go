package agentrun

import (
	"bytes"
	"slices"
	"strconv"
	"strings"
)

var origin = "sha256:" + strings.Repeat("0", 64)

// line is a chained line: its number in the file, its members, its digest.
type line struct {
	number int
	*Object
	digest string
}

func (l line) kind() string  { return l.Text("type") }
func (l line) data() *Object { return l.Child("data") }
func (l line) path() string  { return "/" + strconv.Itoa(l.number) }

type privateLine struct {
	number int
	*Object
}

// Journal is what was read of a journal, up to the first line at fault (spec/journal.md).
type Journal struct {
	standard *Standard
	chained  []line
	private  []privateLine
	fault    *Fault
	// Torn says that bytes follow the last line feed.
	Torn bool
}

// ReadJournal reads the lines of a journal (AR-JRNL-001).
func (s *Standard) ReadJournal(raw []byte) *Journal {
	lines := bytes.Split(raw, []byte("\n"))
	last := len(lines) - 1
	journal := &Journal{standard: s, Torn: len(lines[last]) > 0}
	for number, octets := range lines[:last] {
		value, fault := Read(octets)
		object, _ := value.(*Object)
		switch {
		case fault == nil && s.IsValid(value, "private-line"):
			journal.private = append(journal.private, privateLine{number, object})
		case fault == nil && s.isChained(value):
			journal.chained = append(journal.chained, line{number, object, Digest(octets)})
		default:
			journal.fault = &Fault{"journal.line", "/" + strconv.Itoa(number)}
			return journal
		}
	}
	return journal
}

// The schema of the data of a line, and the kind of its object, by type.
var (
	schemaOf = map[string]string{
		"step.started": "step", "step.ended": "step", "approval": "approval", "policy_decision": "policy-decision",
		"artifact": "artifact", "evidence": "evidence", "head": "journal-head",
	}
	kindOf = map[string]string{
		"run.started": "run", "run.updated": "run", "run.sealed": "run", "step.started": "step", "step.ended": "step",
		"approval": "approval", "policy_decision": "policy_decision", "artifact": "artifact",
	}
)

func (s *Standard) isChained(value Value) bool {
	if !s.IsValid(value, "journal-line") {
		return false
	}
	kind, data := value.(*Object).Text("type"), value.(*Object).Child("data")
	if schema := schemaOf[kind]; schema != "" && !s.IsValid(data, schema) {
		return false
	}
	if object := kindOf[kind]; object != "" && !isPublic(object, data) {
		return false
	}
	switch kind {
	case "run.updated":
		return s.isPatch(data)
	case "run.sealed":
		return !data.Has("steps") && !data.Has("eval")
	}
	return true
}

// isPublic says whether an object, and each inside it, is in its public form.
func isPublic(kind string, object *Object) bool {
	for _, each := range erasables(kind, object, "") {
		if state := each.state(); state == Whole || state == Broken {
			return false
		}
	}
	return true
}

var updatable = strings.Fields(`session_id turn_id task_id job_id related links tags agent_name agent_version
	agent_role runtime runtime_version model provider model_config prompt_version status outcome ended_at duration_ms
	error error_type input_preview output_preview input_refs output_refs intent tools_available inventory permissions
	sandbox policies scope git_branch git_commit setup checkpoints recovery cost private_hash metadata provenance`)

var updatableProvenance = strings.Fields("config_hash model_version prompt_digest inventory_hash runtime metadata")

// isPatch says whether run.updated changes only what can be changed, to values that the schemas admit.
func (s *Standard) isPatch(patch *Object) bool {
	run, provenance := blankRun(), NewObject("run_hash", "-")
	if patch.Has("provenance") && patch.Child("provenance") == nil {
		return false
	}
	for _, name := range patch.Names() {
		value := patch.Value(name)
		if !slices.Contains(updatable, name) || value == nil && (name == "status" || name == "cost") {
			return false
		}
		if value != nil {
			run.Set(name, value)
		}
	}
	for _, name := range patch.Child("provenance").Names() {
		if !slices.Contains(updatableProvenance, name) {
			return false
		}
		if value := patch.Child("provenance").Value(name); value != nil {
			provenance.Set(name, value)
		}
	}
	run.Set("provenance", provenance)
	return s.IsValid(run, "agent-run")
}

// blankRun is the least that is an agent run.
func blankRun() *Object {
	return NewObject("id", "-", "agent_id", "-", "status", "running", "started_at", nil, "steps", []Value{},
		"cost", NewObject("input_tokens", nil, "output_tokens", nil), "provenance", NewObject("run_hash", "-"))
}

// of gives the data of the chained lines of a type, as far as a line.
func (j *Journal) of(kind string, before int) (found []*Object) {
	for _, each := range j.chained[:before] {
		if each.kind() == kind {
			found = append(found, each.data())
		}
	}
	return found
}

// heads are the places of the heads among the chained lines.
func (j *Journal) heads() (found []int) {
	for i, each := range j.chained {
		if each.kind() == "head" {
			found = append(found, i)
		}
	}
	return found
}

// sealed is the data of run.sealed, which is the last chained line of a sound journal that has one.
func (j *Journal) sealed() *Object {
	last := j.chained[len(j.chained)-1]
	if last.kind() == "run.sealed" {
		return last.data()
	}
	return nil
}
