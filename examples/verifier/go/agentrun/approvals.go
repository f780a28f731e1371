package agentrun

import "slices"

// approvals are the approval events and steps of a record, as the check approvals looks at them
// (spec/approval-and-policy.md, Decisions that a third party can check).
type approvals struct {
	*verification
	steps, events []thing
	// lines are those of the journal that prove an order.
	lines []line
}

// basisOf is the approval of a step: its state and what it names.
func basisOf(step thing) thing {
	basis, _ := step.part("approval")
	return basis
}

func isSignedEvent(event thing) bool { return event.Known("signature") }

func isSignedDecision(event thing) bool { return isSignedEvent(event) && isDecision(event) }

// isCopied says whether an event is a grant that was given in another run.
func (a *approvals) isCopied(event thing) bool {
	return event.Has("grant") && event.Known("run_id") && event.Value("run_id") != a.run.Value("id")
}

// of are the events of some kinds under an approval_id.
func (a *approvals) of(id Value, kinds ...string) (found []thing) {
	for _, event := range a.events {
		if event.Value("approval_id") == id && event.is("event", kinds...) {
			found = append(found, event)
		}
	}
	return found
}

// eventRules are looked at in the order of the table of the check, before any step is judged.
var eventRules = []func(*approvals) *Fault{
	noNonce, incompleteDecision, strippedEvent, wrongSignature, otherRunEvent, wrongRequest, contradictingEvent,
	lateDecision,
}

// checkApprovals asks whether the decisions were made for these calls, by people who may make them.
func (v *verification) checkApprovals() outcome {
	run := thing{v.run, ""}
	a := &approvals{v, run.parts("steps"), run.parts("approvals"), v.provenLines()}
	for _, rule := range eventRules {
		if fault := rule(a); fault != nil {
			return failed(*fault)
		}
	}
	judged := a.judgeSteps()
	if fault := a.laterFault(judged); fault != nil {
		return failed(*fault)
	}
	signed := slices.IndexFunc(a.events, isSignedEvent)
	if signed < 0 && len(judged) == 0 {
		return outcome{result: absent}
	}
	for _, each := range judged {
		if !each.isPersons {
			return unclear("approvals.claimed", each.step.path+"/approval")
		}
	}
	for _, each := range judged {
		if each.isTimeless {
			return unclear("approvals.time_unknown", each.step.path+"/started_at")
		}
	}
	decisions := 0
	for _, event := range a.events {
		if isSignedDecision(event) {
			decisions++
		}
	}
	if decisions == 0 {
		return unclear("approvals.claimed", a.events[signed].path)
	}
	return passed(decisions)
}

// laterFault is the first failure of the rows that come after those about events.
func (a *approvals) laterFault(judged []judgement) *Fault {
	of := func(code string) func() *Fault {
		return func() *Fault {
			for _, each := range judged {
				if each.fault != nil && each.fault.Code == code {
					return each.fault
				}
			}
			return nil
		}
	}
	for _, row := range []func() *Fault{
		of("approvals.after_expiry"),
		a.replayed,
		of("approvals.other_step"),
		func() *Fault { return a.deniedRan(judged) },
		a.otherAction,
		of("approvals.revoked"),
		of("approvals.order"),
		of("approvals.grant_tool"),
		of("approvals.grant_session"),
		of("approvals.grant_expired"),
	} {
		if fault := row(); fault != nil {
			return fault
		}
	}
	return nil
}

// firstEvent is the first event of some sort, and where in it something is wrong.
func (a *approvals) firstEvent(code, member string, isWrong func(event thing) bool) *Fault {
	for _, event := range a.events {
		if isWrong(event) {
			return &Fault{code, event.path + member}
		}
	}
	return nil
}

func noNonce(a *approvals) *Fault {
	if !a.provenance.Known("nonce") && slices.ContainsFunc(a.events, isSignedDecision) {
		return &Fault{"approvals.no_nonce", "/provenance/nonce"}
	}
	return nil
}

func incompleteDecision(a *approvals) *Fault {
	members := []string{"approval_id", "run_id", "step_id", "action_hash", "request_hash", "actor", "at", "signed_by"}
	for _, event := range a.events {
		for _, member := range members {
			if isSignedDecision(event) && !event.Known(member) {
				return &Fault{"approvals.incomplete", event.path + "/" + member}
			}
		}
	}
	return nil
}

func strippedEvent(a *approvals) *Fault {
	return a.firstEvent("approvals.stripped", "/signature", func(event thing) bool {
		return event.Known("signed_by") && !isSignedEvent(event)
	})
}

func wrongSignature(a *approvals) *Fault {
	return a.firstEvent("approvals.signature", "/signature", func(event thing) bool {
		return isSignedEvent(event) && !IsSigned("approval", event.Object)
	})
}

func otherRunEvent(a *approvals) *Fault {
	return a.firstEvent("approvals.other_run", "/run_id", func(event thing) bool {
		isOther := event.Known("run_id") && event.Value("run_id") != a.run.Value("id")
		return isSignedEvent(event) && isOther && !a.isCopied(event)
	})
}

func wrongRequest(a *approvals) *Fault {
	return a.firstEvent("approvals.request", "/request_hash", func(event thing) bool {
		return isSignedDecision(event) && !a.isCopied(event) && len(a.answered(event)) == 0
	})
}

// answered are the requests that a decision names by their hash.
func (a *approvals) answered(event thing) (found []thing) {
	for _, request := range a.of(event.Value("approval_id"), "requested") {
		if SealHash("approval", request.Object) == event.Value("request_hash") {
			found = append(found, request)
		}
	}
	return found
}

func contradictingEvent(a *approvals) *Fault {
	return a.firstEvent("approvals.contradiction", "", func(event thing) bool {
		id := event.Value("approval_id")
		if !isDecision(event) {
			return false
		}
		if event.Value("event") != a.of(id, "approved", "denied")[0].Value("event") {
			return true
		}
		wasClosed := func(closing thing) bool { return a.isEarlier(closing, event) }
		return event.is("event", "approved") && slices.ContainsFunc(a.of(id, "cancelled", "expired"), wasClosed)
	})
}

// isEarlier says whether an event came before another one: by its time, and of two at one time by its place.
func (a *approvals) isEarlier(one, other thing) bool {
	if isBefore(one.Value("at"), other.Value("at")) {
		return true
	}
	return !isBefore(other.Value("at"), one.Value("at")) && a.index(one) < a.index(other)
}

func (a *approvals) index(event thing) int {
	return slices.IndexFunc(a.events, func(each thing) bool { return each.path == event.path })
}

func lateDecision(a *approvals) *Fault {
	return a.firstEvent("approvals.after_expiry", "/at", func(event thing) bool {
		if !isDecision(event) {
			return false
		}
		at := event.Value("at")
		return isBefore(event.Value("expires_at"), at) || !a.isCopied(event) && a.isAfterRequest(event, at)
	})
}

// isAfterRequest says whether the request of a decision had expired: the one that it names, else all under its id.
func (a *approvals) isAfterRequest(event thing, at Value) bool {
	requests := a.answered(event)
	if len(requests) == 0 {
		requests = a.of(event.Value("approval_id"), "requested")
	}
	isOpen := func(request thing) bool { return !isBefore(request.Value("expires_at"), at) }
	return len(requests) > 0 && !slices.ContainsFunc(requests, isOpen)
}

// replayed is the second step or event of an approval that approves two steps (AR-APPR-028).
func (a *approvals) replayed() *Fault {
	used := map[string]bool{}
	for _, step := range a.steps {
		basis := basisOf(step)
		id, isText := basis.Value("approval_id").(string)
		if isText && basis.is("state", "approved") {
			if used[id] {
				return &Fault{"approvals.replayed", step.path}
			}
			used[id] = true
		}
	}
	named := map[string]Value{}
	return a.firstEvent("approvals.replayed", "", func(event thing) bool {
		id := event.Text("approval_id")
		if !event.is("event", "approved") || !event.Known("step_id") || a.isCopied(event) {
			return false
		}
		if named[id] == nil {
			named[id] = event.Value("step_id")
		}
		return named[id] != event.Value("step_id")
	})
}

// otherAction is the first signed decision that approved another call than that of the step it names (AR-APPR-030).
func (a *approvals) otherAction() *Fault {
	for _, event := range a.events {
		if !isSignedDecision(event) || !event.is("event", "approved") || a.isCopied(event) {
			continue
		}
		step := slices.IndexFunc(a.steps, func(each thing) bool { return each.Value("id") == event.Value("step_id") })
		member := "action_hash"
		if event.Has("modified_action_hash") {
			member = "modified_action_hash"
		}
		if step < 0 {
			continue
		}
		right := ActionHash(a.run.Value("id"), a.provenance.Value("nonce"), a.steps[step].Object)
		if event.Value(member) != right {
			return &Fault{"approvals.action", event.path + "/" + member}
		}
	}
	return nil
}
