package agentrun

import "slices"

// judgement is how a step comes out that is approved, or auto-approved on an approval.
type judgement struct {
	step      thing
	isPersons bool
	fault     *Fault
	// isTimeless says that only the time at which the step started is missing.
	isTimeless bool
	// restsOnNothing says that there is no event that could carry the step.
	restsOnNothing bool
}

// judgeSteps judges every step that rests on an approval, or says so (What a step rests on).
func (a *approvals) judgeSteps() (found []judgement) {
	used := map[Value]bool{}
	for _, step := range a.steps {
		basis := basisOf(step)
		id := basis.Value("approval_id")
		switch {
		case basis.is("state", "approved") && !used[id]:
			// A second one fails as replayed, whatever it rests on.
			used[id] = id != nil
			found = append(found, a.judgeApproved(step, id))
		case basis.is("state", "auto_approved") && id != nil:
			found = append(found, a.judgeGranted(step, id))
		}
	}
	return found
}

// candidate is an event that may carry a step: the first sentence that it doesn't keep, and whether one has to know when
// the step started to say so.
type candidate struct {
	fault     *Fault
	needsTime bool
}

func (a *approvals) judgeApproved(step thing, id Value) judgement {
	everywhere := a.of(id, "approved")
	own := slices.DeleteFunc(slices.Clone(everywhere), a.isCopied)
	if len(everywhere) == 0 {
		return judgement{step: step, restsOnNothing: true}
	}
	if len(own) == 0 {
		return judgement{step: step, fault: &Fault{"approvals.other_step", step.path + "/approval/approval_id"}}
	}
	counting, isPersons := a.thatCount(own)
	start := step.Value("started_at")
	var candidates []candidate
	for _, event := range counting {
		isInTime, isKnown := a.orderInJournal(step, event)
		revoked := a.revocations(event)
		each := candidate{needsTime: event.Known("expires_at") || len(revoked) > 0 || !isKnown}
		switch {
		case isBefore(event.Value("expires_at"), start):
			each.fault = &Fault{"approvals.after_expiry", step.path + "/started_at"}
		case event.Known("step_id") && event.Value("step_id") != step.Value("id"):
			each.fault = &Fault{"approvals.other_step", step.path + "/approval/approval_id"}
		case a.isDenied(step, id, event.Value("at")):
			each.fault = &Fault{"approvals.denied_ran", step.path + "/approval"}
		case isAnyBefore(revoked, start):
			each.fault = &Fault{"approvals.revoked", step.path + "/approval"}
		case isKnown && !isInTime, !isKnown && isBefore(start, event.Value("at")):
			each.fault = &Fault{"approvals.order", step.path + "/started_at"}
		}
		candidates = append(candidates, each)
	}
	return settle(step, candidates, isPersons)
}

func (a *approvals) judgeGranted(step thing, id Value) judgement {
	const member = "/approval/approval_id"
	if !slices.ContainsFunc(a.events, func(event thing) bool { return event.Value("approval_id") == id }) {
		return judgement{step: step, restsOnNothing: true}
	}
	var granting []thing
	for _, event := range a.of(id, "approved") {
		if event.Has("grant") {
			granting = append(granting, event)
		}
	}
	if len(granting) == 0 {
		return judgement{step: step, fault: &Fault{"approvals.grant_tool", step.path + member}}
	}
	counting, isPersons := a.thatCount(granting)
	var last Value
	for _, event := range counting {
		_, isTime := event.time("at")
		if isForCall(event, step) && a.isForSession(event) && isTime && (last == nil || isBefore(last, event.Value("at"))) {
			last = event.Value("at")
		}
	}
	start := step.Value("started_at")
	var candidates []candidate
	for _, event := range counting {
		ends := []Value{event.Value("expires_at"), event.Child("grant").Value("expires_at")}
		each := candidate{needsTime: true}
		switch {
		case a.isDenied(step, id, last):
			each.fault = &Fault{"approvals.denied_ran", step.path + "/approval"}
		case isAnyBefore(a.revocations(event), start):
			each.fault = &Fault{"approvals.revoked", step.path + "/approval"}
		case isBefore(start, event.Value("at")):
			each.fault = &Fault{"approvals.order", step.path + "/started_at"}
		case !isForCall(event, step):
			each.fault = &Fault{"approvals.grant_tool", step.path + member}
		case !a.isForSession(event):
			each.fault = &Fault{"approvals.grant_session", step.path + member}
		case isAnyBefore(ends, start):
			each.fault = &Fault{"approvals.grant_expired", step.path + member}
		}
		candidates = append(candidates, each)
	}
	return settle(step, candidates, isPersons)
}

// settle: one event that keeps everything is enough; then one of which only the time isn't known; else the first tells.
func settle(step thing, candidates []candidate, isPersons bool) judgement {
	_, hasStart := step.time("started_at")
	isTimeless := false
	for _, each := range candidates {
		if each.fault != nil {
			continue
		}
		if hasStart || !each.needsTime || !mayHaveRun(step) {
			return judgement{step: step, isPersons: isPersons}
		}
		isTimeless = true
	}
	if isTimeless {
		return judgement{step: step, isPersons: isPersons, isTimeless: true}
	}
	return judgement{step: step, isPersons: isPersons, fault: candidates[0].fault}
}

// thatCount are the events that are a person's; if there is none, those that are signed; if there is none either, all.
func (a *approvals) thatCount(events []thing) (counting []thing, arePersons bool) {
	for _, is := range []func(thing) bool{a.isPersons, isSignedEvent} {
		for _, event := range events {
			if is(event) {
				counting = append(counting, event)
			}
		}
		if len(counting) > 0 {
			return counting, a.isPersons(counting[0])
		}
	}
	return events, false
}

// isPersons says whether an approved event is a person's (AR-APPR-035).
func (a *approvals) isPersons(event thing) bool {
	key, signer := event.Text("signed_by"), a.provenance.Text("signed_by")
	identity := a.keys.identity(key)
	isOwn := key == signer || identity != "" && identity == a.keys.identity(signer)
	if !isSignedEvent(event) || !a.keys.hasRole(key, "approver") || isOwn || event.Child("actor").Text("kind") == "agent" {
		return false
	}
	if a.keys.barred(key, a.run) != "" || a.keys.state(key, a.seen) != trusted {
		return false
	}
	id := event.Value("approval_id")
	asking := append([]thing{event}, a.of(id, "requested")...)
	for _, escalated := range a.of(id, "escalated") {
		if !isBefore(event.Value("at"), escalated.Value("at")) {
			asking = append(asking, escalated)
		}
	}
	entry := a.keys.entries[key]
	return !slices.ContainsFunc(asking, func(each thing) bool {
		role := each.Value("required_role")
		return role != nil && entry.Has("approves") && !slices.Contains(entry.List("approves"), role)
	})
}

// isForCall says whether a grant is for the tool, server and definition of a step (AR-APPR-033).
func isForCall(event, step thing) bool {
	grant := event.Child("grant")
	isSame := grant.Value("tool_name") == step.Value("tool_name") && grant.Value("mcp_server") == step.Value("mcp_server")
	return isSame && (!grant.Known("tool_hash") || grant.Value("tool_hash") == step.Value("tool_hash"))
}

// isForSession says whether a grant is for the session of the run (AR-APPR-039).
func (a *approvals) isForSession(event thing) bool {
	grant := event.Child("grant")
	isSame := a.run.Known("session_id") && grant.Value("session_id") == a.run.Value("session_id")
	return grant.Text("scope") != "session" || isSame
}

func isAnyBefore(times []Value, at Value) bool {
	return slices.ContainsFunc(times, func(each Value) bool { return isBefore(each, at) })
}

// isDenied says whether a step may have run though a signed event of the run denied it, and no later approval under
// another id carries it (AR-APPR-038).
func (a *approvals) isDenied(step thing, id, approvedAt Value) bool {
	return mayHaveRun(step) && slices.ContainsFunc(a.events, func(event thing) bool {
		isDenial := isSignedDecision(event) && event.is("event", "denied") && !a.isCopied(event)
		isOutdone := event.Value("approval_id") != id && isBefore(event.Value("at"), approvedAt)
		return isDenial && event.Value("step_id") == step.Value("id") && !isOutdone
	})
}

// deniedRan is the first step that ran although it was denied, of steps that rest on a decision and of others.
func (a *approvals) deniedRan(judged []judgement) *Fault {
	for _, step := range a.steps {
		path := step.path
		at := slices.IndexFunc(judged, func(each judgement) bool { return each.step.path == path && !each.restsOnNothing })
		if at >= 0 {
			if fault := judged[at].fault; fault != nil && fault.Code == "approvals.denied_ran" {
				return fault
			}
		} else if !basisOf(step).is("state", "denied") && a.isDenied(step, nil, nil) {
			return &Fault{"approvals.denied_ran", path + "/approval"}
		}
	}
	return nil
}

// revocations are the times at which a decision was taken back (AR-APPR-031).
func (a *approvals) revocations(decision thing) (found []Value) {
	for _, event := range a.of(decision.Value("approval_id"), "revoked") {
		found = append(found, event.Value("at"))
	}
	giver := decision.Text("signed_by")
	for _, statement := range a.Statements {
		if statement.Text("kind") != "revocation" || statement.Value("about") != decision.Value("approval_id") {
			continue
		}
		run, signer := statement.Child("body").Value("run_id"), statement.Text("signed_by")
		isThisRun := run == a.run.Value("id") || a.isCopied(decision) && run == decision.Value("run_id")
		identity := a.keys.identity(giver)
		isColleague := identity != "" && identity == a.keys.identity(signer) && a.keys.state(signer, nil) == trusted
		if giver == "" || !isThisRun || signer != giver && !isColleague || !IsSigned("statement", statement) {
			continue
		}
		at := statement.Child("body").Value("at")
		if _, isTime := instantOf(at); !isTime {
			at = statement.Value("at")
		}
		found = append(found, at)
	}
	return slices.DeleteFunc(found, func(at Value) bool { _, isTime := instantOf(at); return !isTime })
}

// orderInJournal says whether a decision was in time for a step by the lines of a journal, if these say so.
func (a *approvals) orderInJournal(step, event thing) (isInTime, isKnown bool) {
	decided, started, ended := -1, -1, -1
	// The fold appends approvals in the order of their lines.
	left := a.index(event)
	for i, each := range a.lines {
		switch isOfStep := each.data().Value("id") == step.Value("id"); {
		case each.kind() == "approval":
			if left == 0 {
				decided = i
			}
			left--
		case each.kind() == "step.started" && isOfStep && started < 0:
			started = i
		case each.kind() == "step.ended" && isOfStep && ended < 0:
			ended = i
		}
	}
	if decided < 0 {
		return false, false
	}
	if ended >= 0 && ended < decided {
		return false, true
	}
	return true, started >= 0 && decided < started
}

// provenLines are the lines of a journal that holds and is bound, as far as they prove an order (AR-APPR-032).
func (v *verification) provenLines() []line {
	if v.Journal == nil || v.result("journal") != pass {
		return nil
	}
	journal := v.ReadJournal(v.Journal)
	if v.isSealed && v.provenance.Known("journal_head") {
		return journal.chained
	}
	heads := journal.heads()
	if len(heads) == 0 {
		return nil
	}
	// Without journal_head only a head speaks for the lines, and only for those before it.
	last := heads[len(heads)-1]
	key := journal.chained[last].data().Text("signed_by")
	if v.isSealed || v.keys.countsNow(key, v.run, "runtime", "recorder") {
		return journal.chained[:last]
	}
	return nil
}
