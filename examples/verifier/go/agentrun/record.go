package agentrun

import (
	"slices"
	"strconv"
	"time"
)

// thing is an object of a record and where it stands. A member of a wrong type is as if it were absent: the schemas speak
// about it.
type thing struct {
	*Object
	path string
}

func (t thing) part(name string) (thing, bool) {
	object := t.Child(name)
	return thing{object, t.path + "/" + name}, object != nil
}

// parts are the objects in a list.
func (t thing) parts(name string) []thing {
	var found []thing
	for i, item := range t.List(name) {
		if object, isObject := item.(*Object); isObject {
			found = append(found, thing{object, t.path + "/" + name + "/" + strconv.Itoa(i)})
		}
	}
	return found
}

func (t thing) number(name string) (float64, bool) {
	number, isNumber := t.Value(name).(float64)
	return number, isNumber
}

func (t thing) time(name string) (time.Time, bool) { return instantOf(t.Value(name)) }

// is says whether a member is one of some texts.
func (t thing) is(name string, texts ...string) bool {
	text, isText := t.Value(name).(string)
	return isText && slices.Contains(texts, text)
}

// record is a run as the semantic rules look at it. Of things that share an id, the first is the one named by it.
type record struct {
	run thing

	steps, approvals, decisions, artifacts  []thing
	stepsByID, decisionsByID, artifactsByID map[string]thing

	eventsByID map[string][]thing
	// approvalIDs are the keys of eventsByID, in the order of the document.
	approvalIDs []string
	standard    *Standard
}

func newRecord(standard *Standard, run *Object) *record {
	whole := thing{run, ""}
	r := &record{
		run:       whole,
		steps:     whole.parts("steps"),
		approvals: whole.parts("approvals"),
		decisions: whole.parts("policy_decisions"),
		artifacts: whole.parts("artifacts"),
		standard:  standard,
	}
	r.stepsByID, r.decisionsByID, r.artifactsByID = firstByID(r.steps), firstByID(r.decisions), firstByID(r.artifacts)
	r.eventsByID, r.approvalIDs = groupBy(r.approvals, "approval_id")
	return r
}

func firstByID(things []thing) map[string]thing {
	found := map[string]thing{}
	groups, ids := groupBy(things, "id")
	for _, id := range ids {
		found[id] = groups[id][0]
	}
	return found
}

// groupBy gives the things for each text of a member, and these texts in the order of the document.
func groupBy(things []thing, member string) (map[string][]thing, []string) {
	groups, order := map[string][]thing{}, []string{}
	for _, each := range things {
		text, isText := each.Value(member).(string)
		if !isText {
			continue
		}
		if groups[text] == nil {
			order = append(order, text)
		}
		groups[text] = append(groups[text], each)
	}
	return groups, order
}

func (r *record) inventory() thing {
	inventory, _ := r.run.part("inventory")
	return inventory
}

func (r *record) parents() []thing {
	provenance, _ := r.run.part("provenance")
	return provenance.parts("parents")
}

// isCopiedGrant says whether an approval event is a grant of another run: what it names belongs to that run.
func (r *record) isCopiedGrant(event thing) bool {
	return event.Child("grant") != nil && event.Known("run_id") && event.Value("run_id") != r.run.Value("id")
}
