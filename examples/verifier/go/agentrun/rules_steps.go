package agentrun

import "slices"

// Rules about steps and their side effects (spec/step.md).
var stepRules = []rule{
	{"step.order", warning, false, stepOrder},
	{"step.seq_duplicate", failure, false, seqDuplicate},
	{"step.seq_order", warning, false, seqOrder},
	{"step.member_missing", failure, false, memberMissing},
	{"step.call_doubled", failure, false, callDoubled},
	{"step.attempt", failure, false, stepAttempt},
	{"effect.not_run", failure, false, effectNotRun},
	{"effect.none_not_alone", failure, false, effectNoneNotAlone},
	{"effect.empty_list", warning, false, effectEmptyList},
}

// stepOrder names the first of several open steps before one that has ended, and each step that ended before its
// predecessor.
func stepOrder(r *record) (found []string) {
	var latest Value
	open := ""
	for _, step := range r.steps {
		if step.is("status", "pending", "running") {
			if open == "" {
				open = step.path
			}
			continue
		}
		found = append(found, where(open != "", open+"/status")...)
		open = ""
		if _, known := step.time("ended_at"); known {
			found = append(found, where(isBefore(step.Value("ended_at"), latest), step.path+"/ended_at")...)
			latest = step.Value("ended_at")
		}
	}
	return found
}

func seqDuplicate(r *record) (found []string) {
	seen := map[float64]bool{}
	for _, step := range r.steps {
		if seq, known := step.number("seq"); known {
			found = append(found, where(seen[seq], step.path+"/seq")...)
			seen[seq] = true
		}
	}
	return found
}

func seqOrder(r *record) (found []string) {
	bySeq := map[float64]thing{}
	var order []float64
	for _, step := range r.steps {
		seq, isNumbered := step.number("seq")
		_, hasStarted := step.time("started_at")
		if _, known := bySeq[seq]; isNumbered && hasStarted && !known {
			bySeq[seq] = step
			order = append(order, seq)
		}
	}
	slices.Sort(order)
	for i := 1; i < len(order); i++ {
		earlier, later := bySeq[order[i-1]], bySeq[order[i]]
		isEarly := isBefore(later.Value("started_at"), earlier.Value("started_at"))
		found = append(found, where(isEarly, later.path+"/seq")...)
	}
	return found
}

// needed says of which members a step of a type needs one.
var needed = map[string][]string{
	"tool_call":      {"tool_name"},
	"tool_result":    {"tool_call_id", "tool_name"},
	"handoff":        {"child_run_id", "delegation_id", "agent_id"},
	"handoff_result": {"child_run_id", "delegation_id", "agent_id"},
	"message":        {"role"},
	"error":          {"error", "error_type"},
}

func memberMissing(r *record) (found []string) {
	for _, step := range r.steps {
		members := needed[step.Text("type")]
		isErased := step.is("type", "error") && step.Known("private_hash") && !step.Known("salt")
		isMissing := len(members) > 0 && !slices.ContainsFunc(members, step.Known)
		found = append(found, where(isMissing && !isErased, step.path)...)
	}
	return found
}

func callDoubled(r *record) (found []string) {
	var calls []thing
	for _, step := range r.steps {
		if step.is("type", "tool_call", "tool_result", "handoff") {
			calls = append(calls, step)
		}
	}
	groups, order := groupBy(calls, "tool_call_id")
	for _, id := range order {
		ids := map[string]bool{}
		for _, step := range groups[id] {
			ids[step.Text("id")] = true
		}
		firsts := 0
		for _, step := range groups[id] {
			if !step.Known("retry_of") || !ids[step.Text("retry_of")] {
				firsts++
				found = append(found, where(firsts > 1, step.path+"/tool_call_id")...)
			}
		}
	}
	return found
}

func stepAttempt(r *record) (found []string) {
	for _, step := range r.steps {
		attempt, known := step.number("attempt")
		before, knownToo := r.stepsByID[step.Text("retry_of")].number("attempt")
		found = append(found, where(known && knownToo && attempt != before+1, step.path+"/attempt")...)
	}
	return found
}

func effectNotRun(r *record) (found []string) {
	for _, step := range r.steps {
		if !step.is("status", "denied", "skipped") {
			continue
		}
		for _, effect := range step.parts("side_effects") {
			if !effect.Known("basis") {
				found = append(found, effect.path)
			} else if !effect.is("basis", "declared") {
				found = append(found, effect.path+"/basis")
			}
		}
	}
	return found
}

func effectNoneNotAlone(r *record) (found []string) {
	for _, step := range r.steps {
		effects := step.parts("side_effects")
		for _, effect := range effects {
			if len(effects) > 1 && effect.is("kind", "none") {
				found = append(found, effect.path+"/kind")
				break
			}
		}
	}
	return found
}

func effectEmptyList(r *record) (found []string) {
	for _, step := range r.steps {
		effects, isList := step.Value("side_effects").([]Value)
		found = append(found, where(isList && len(effects) == 0, step.path+"/side_effects")...)
	}
	return found
}
