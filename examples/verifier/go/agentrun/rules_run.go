package agentrun

import (
	"math/big"
	"regexp"
	"strings"
	"time"
)

// Rules about the run as a whole (spec/run.md, spec/versioning.md).
var runRules = []rule{
	{"version.newer", warning, false, versionNewer},
	{"run.null_member", warning, true, nullMember},
	{"step.deprecated_member", warning, true, deprecatedMember},
	{"run.self_reference", failure, false, selfReference},
	{"run.other_parent", failure, false, otherParent},
	{"run.outcome_early", warning, false, outcomeEarly},
}

var timeRules = []rule{
	{"run.ended_at_missing", failure, true, endedAtMissing},
	{"run.ended_at_unexpected", warning, false, endedAtUnexpected},
	{"time.impossible", failure, false, timeImpossible},
	{"time.order", failure, false, timeOrder},
	{"time.duration", warning, false, timeDuration},
	{"time.outside_run", warning, false, timeOutsideRun},
	{"vocabulary.unregistered", warning, false, vocabularyUnregistered},
}

// where gives the path if something is the case.
func where(is bool, path string) []string {
	if is {
		return []string{path}
	}
	return nil
}

var newerMinor = regexp.MustCompile(`^1\.[1-9][0-9]*$`)

func versionNewer(r *record) []string {
	return where(newerMinor.MatchString(r.run.Text("spec_version")), "/spec_version")
}

func (r *record) members() []member {
	return r.standard.members(r.run.Object, node{r.standard.schemas["agent-run"], "agent-run", ""}, "")
}

func nullMember(r *record) (found []string) {
	for _, each := range r.members() {
		isOptional := each.value == nil && !each.isRequired && hasType(nil, each.schema.Value("type"))
		if !isOptional || each.schema.Value("deprecated") == true {
			continue
		}
		if !strings.HasSuffix(each.path, "/ended_at") && !strings.HasSuffix(each.path, "_tokens") {
			found = append(found, each.path)
		}
	}
	return found
}

func deprecatedMember(r *record) (found []string) {
	for _, step := range r.steps {
		for _, name := range []string{"success", "tokens_used"} {
			found = append(found, where(step.Has(name), step.path+"/"+name)...)
		}
	}
	return found
}

func selfReference(r *record) []string {
	id := r.run.Value("id")
	found := where(r.run.Value("parent_run_id") == id, "/parent_run_id")
	for _, other := range append(r.parents(), r.run.parts("related")...) {
		found = append(found, where(other.Value("run_id") == id, other.path+"/run_id")...)
	}
	return found
}

func otherParent(r *record) []string {
	parents := r.parents()
	for _, parent := range parents {
		if parent.Value("run_id") == r.run.Value("parent_run_id") {
			return nil
		}
	}
	return where(r.run.Known("parent_run_id") && len(parents) > 0, "/parent_run_id")
}

func outcomeEarly(r *record) []string {
	return where(r.run.is("status", "pending", "running") && r.run.Known("outcome"), "/outcome")
}

func isGoingOn(run thing) bool { return run.is("status", "pending", "running", "paused") }

func endedAtMissing(r *record) []string {
	return where(!isGoingOn(r.run) && !r.run.Has("ended_at"), "")
}

func endedAtUnexpected(r *record) []string {
	return where(isGoingOn(r.run) && r.run.Known("ended_at"), "/ended_at")
}

func timeImpossible(r *record) (found []string) {
	for _, each := range r.members() {
		isTime := strings.HasPrefix(each.schema.Text("pattern"), "^[0-9]{4}-(0[1-9]|1[0-2])-")
		if _, isText := each.value.(string); isTime && isText {
			_, exists := instantOf(each.value)
			found = append(found, where(!exists, each.path)...)
		}
	}
	return found
}

// spans are what has a beginning and an end.
func (r *record) spans() []thing { return append([]thing{r.run}, r.steps...) }

func timeOrder(r *record) (found []string) {
	for _, span := range r.spans() {
		found = append(found, where(isBefore(span.Value("ended_at"), span.Value("started_at")), span.path+"/ended_at")...)
	}
	return found
}

func timeDuration(r *record) (found []string) {
	for _, span := range r.spans() {
		start, started := span.time("started_at")
		end, ended := span.time("ended_at")
		stated, known := span.number("duration_ms")
		if !started || !ended || !known || end.Before(start) {
			continue
		}
		measured := milliseconds(start, end)
		slack := new(big.Rat).Quo(measured, big.NewRat(100, 1))
		if least := big.NewRat(1000, 1); slack.Cmp(least) < 0 {
			slack = least
		}
		difference := new(big.Rat).Sub(new(big.Rat).SetFloat64(stated), measured)
		found = append(found, where(difference.Abs(difference).Cmp(slack) > 0, span.path+"/duration_ms")...)
	}
	return found
}

// milliseconds between two times, exactly. time.Duration ends at 292 years.
func milliseconds(start, end time.Time) *big.Rat {
	seconds := big.NewRat(end.Unix()-start.Unix(), 1)
	nanos := big.NewRat(int64(end.Nanosecond()-start.Nanosecond()), 1e9)
	return seconds.Mul(seconds.Add(seconds, nanos), big.NewRat(1000, 1))
}

func timeOutsideRun(r *record) (found []string) {
	for _, step := range r.steps {
		isEarly := isBefore(step.Value("started_at"), r.run.Value("started_at"))
		found = append(found, where(isEarly, step.path+"/started_at")...)
	}
	return found
}

var registeredForm = regexp.MustCompile(`^[a-z][a-z0-9_]*$`)

func vocabularyUnregistered(r *record) (found []string) {
	for _, each := range r.members() {
		known := r.standard.vocabularies[each.schema.file+".json#"+each.schema.place]
		value, isText := each.value.(string)
		if known != nil && isText && registeredForm.MatchString(value) && !known[value] {
			found = append(found, each.path)
		}
	}
	return found
}
