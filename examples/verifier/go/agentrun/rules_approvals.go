package agentrun

import "slices"

// Rules about approvals, policy decisions and grants (spec/approval-and-policy.md).
var approvalRules = []rule{
	{"approval.state", failure, false, approvalState},
	{"approval.basis_missing", warning, false, basisMissing},
	{"approval.contradiction", failure, false, approvalContradiction},
	{"approval.other_run", failure, false, approvalOtherRun},
	{"approval.other_step", failure, false, approvalOtherStep},
	{"approval.after_expiry", failure, false, approvalAfterExpiry},
	{"approval.order", failure, false, approvalOrder},
	{"approval.denied_ran", failure, false, deniedRan},
	{"decision.blocked_ran", failure, false, blockedRan},
	{"grant.other_session", warning, false, grantOtherSession},
	{"grant.other_tool", failure, false, grantOtherTool},
}

var ran = []string{"running", "succeeded", "failed", "timeout"}

func isDecision(event thing) bool { return event.is("event", "approved", "denied") }

func approvalState(r *record) (found []string) {
	for _, step := range r.steps {
		basis, _ := step.part("approval")
		state := basis.Text("state")
		events := r.eventsByID[basis.Text("approval_id")]
		if slices.Contains([]string{"requested", "approved", "denied", "expired", "cancelled"}, state) && len(events) > 0 {
			isThere := slices.ContainsFunc(events, func(event thing) bool { return event.is("event", state) })
			found = append(found, where(!isThere, basis.path+"/state")...)
		}
		decision, isNamed := r.decisionsByID[basis.Text("decision_id")]
		if state == "denied" && !basis.Known("approval_id") && isNamed {
			refuses := decision.is("verdict", "block", "require_approval", "review")
			found = append(found, where(!refuses, basis.path+"/state")...)
		}
	}
	return found
}

func basisMissing(r *record) (found []string) {
	for _, step := range r.steps {
		basis, _ := step.part("approval")
		isNamed := basis.Known("approval_id") || basis.Known("decision_id") || basis.Known("policy_id")
		isAllowed := basis.is("state", "approved", "auto_approved", "not_required")
		found = append(found, where(isAllowed && !isNamed, basis.path)...)
	}
	return found
}

func approvalContradiction(r *record) (found []string) {
	for _, id := range r.approvalIDs {
		var decision string
		for _, event := range r.eventsByID[id] {
			if !isDecision(event) {
				continue
			}
			if decision != "" && decision != event.Text("event") {
				found = append(found, event.path+"/event")
				break
			}
			decision = event.Text("event")
		}
	}
	return found
}

func approvalOtherRun(r *record) (found []string) {
	for _, event := range r.approvals {
		isOther := event.Known("run_id") && event.Value("run_id") != r.run.Value("id")
		found = append(found, where(isOther && event.Child("grant") == nil, event.path+"/run_id")...)
	}
	return found
}

func approvalOtherStep(r *record) (found []string) {
	resting, approved, order := map[string][]string{}, map[string]bool{}, []string{}
	for _, step := range r.steps {
		basis, _ := step.part("approval")
		id, isText := basis.Value("approval_id").(string)
		if !isText || !basis.is("state", "approved", "denied") {
			continue
		}
		if resting[id] == nil {
			order = append(order, id)
		}
		resting[id] = append(resting[id], step.Text("id"))
		if basis.is("state", "approved") {
			found = append(found, where(approved[id], basis.path+"/approval_id")...)
			approved[id] = true
		}
	}
	for _, id := range order {
		for _, event := range r.eventsByID[id] {
			_, isStep := r.stepsByID[event.Text("step_id")]
			isOther := isStep && !slices.Contains(resting[id], event.Text("step_id"))
			found = append(found, where(isOther && isDecision(event) && !r.isCopiedGrant(event), event.path+"/step_id")...)
		}
	}
	return found
}

// approvalAfterExpiry: of several requests the one that stays open longest counts.
func approvalAfterExpiry(r *record) (found []string) {
	for _, id := range r.approvalIDs {
		var last Value
		isEndless := false
		for _, event := range r.eventsByID[id] {
			if !event.is("event", "requested") {
				continue
			}
			if _, ends := event.time("expires_at"); !ends {
				isEndless = true
			} else if last == nil || isBefore(last, event.Value("expires_at")) {
				last = event.Value("expires_at")
			}
		}
		for _, event := range r.eventsByID[id] {
			isLate := isDecision(event) && !isEndless && isBefore(last, event.Value("at"))
			found = append(found, where(isLate, event.path+"/at")...)
		}
	}
	return found
}

// approvalOrder: of several requests the first counts.
func approvalOrder(r *record) (found []string) {
	for _, id := range r.approvalIDs {
		var asked Value
		for _, event := range r.eventsByID[id] {
			_, isTime := event.time("at")
			if event.is("event", "requested") && isTime && (asked == nil || isBefore(event.Value("at"), asked)) {
				asked = event.Value("at")
			}
		}
		for _, event := range r.eventsByID[id] {
			isEarly := event.is("event", "approved", "denied", "expired", "cancelled") && isBefore(event.Value("at"), asked)
			found = append(found, where(isEarly, event.path+"/at")...)
		}
	}
	return found
}

func deniedRan(r *record) (found []string) {
	for _, step := range r.steps {
		basis, _ := step.part("approval")
		isRefused := basis.is("state", "denied", "expired", "cancelled")
		found = append(found, where(isRefused && step.is("status", ran...), step.path+"/status")...)
	}
	return found
}

func blockedRan(r *record) (found []string) {
	blocks, about := map[string]bool{}, map[string]bool{}
	for _, decision := range r.decisions {
		if decision.is("enforcement", "blocked") && !decision.is("boundary", "model_output", "tool_result") {
			blocks[decision.path] = true
			if step, isText := decision.Value("step_id").(string); isText {
				about[step] = true
			}
		}
	}
	for _, step := range r.steps {
		basis, _ := step.part("approval")
		decision, isNamed := r.decisionsByID[basis.Text("decision_id")]
		isBlocked := about[step.Text("id")] || isNamed && blocks[decision.path]
		found = append(found, where(isBlocked && step.is("status", ran...), step.path+"/status")...)
	}
	return found
}

func grantOtherSession(r *record) (found []string) {
	for _, event := range r.approvals {
		grant, has := event.part("grant")
		if !has || !grant.is("scope", "session") || grant.Value("session_id") == r.run.Value("session_id") {
			continue
		}
		if grant.Known("session_id") {
			found = append(found, grant.path+"/session_id")
		} else {
			found = append(found, grant.path)
		}
	}
	return found
}

// grantOtherTool: a member that the grant leaves open fits every step.
func grantOtherTool(r *record) (found []string) {
	for _, step := range r.steps {
		basis, _ := step.part("approval")
		grants, fits := 0, false
		for _, event := range r.eventsByID[basis.Text("approval_id")] {
			grant, has := event.part("grant")
			if !has {
				continue
			}
			grants++
			covers := func(member string) bool { return !grant.Known(member) || grant.Value(member) == step.Value(member) }
			fits = fits || covers("tool_name") && covers("mcp_server") && covers("tool_hash")
		}
		isUsed := basis.is("state", "auto_approved") && grants > 0
		found = append(found, where(isUsed && !fits, basis.path+"/approval_id")...)
	}
	return found
}
