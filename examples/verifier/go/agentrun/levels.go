package agentrun

import "slices"

// level is the highest one that the record reaches (AR-LEVEL-001 to AR-LEVEL-003).
func (v *verification) level() string {
	allPass := func(names ...string) bool {
		return !slices.ContainsFunc(names, func(name string) bool { return v.result(name) != pass })
	}
	anyFails := slices.ContainsFunc(checkNames, func(name string) bool { return v.result(name) == fail })
	switch {
	case !allPass("schema", "semantics"):
		return "none"
	case !allPass("steps", "record", "signature") || anyFails:
		return "recorded"
	case len(v.unaccountable()) > 0:
		return "sealed"
	}
	return "accountable"
}

// missing lists what keeps the record from the levels above its own.
func (v *verification) missing(level string) []Value {
	found := []Value{}
	add := func(level string, fault Fault) {
		shortfall := NewObject("level", level, "code", fault.Code, "reason", v.codes[fault.Code].means)
		if fault.Path != "" {
			shortfall.Set("path", fault.Path)
		}
		found = append(found, shortfall)
	}
	above := slices.Index(levels, level)
	for _, name := range checkNames {
		needed, code := "", "level.not_sealed"
		switch check := v.checks[name]; {
		case name == "schema" || name == "semantics":
			needed = "recorded"
		case check.result == fail || name == "steps" || name == "record" || name == "signature":
			needed = "sealed"
		}
		if v.result(name) == fail {
			code = "level.failed"
		}
		if needed != "" && v.result(name) != pass && slices.Index(levels, needed) > above {
			add(needed, Fault{code, v.checks[name].fault.Path})
		}
	}
	if v.run != nil && level != "accountable" {
		for _, fault := range v.unaccountable() {
			add("accountable", fault)
		}
	}
	return found
}

// unaccountable lists what keeps a sealed record from being accountable.
func (v *verification) unaccountable() (found []Fault) {
	add := func(is bool, code, path string) {
		if is {
			found = append(found, Fault{code, path})
		}
	}
	add(v.run.Known("source"), "level.converted", "/source")
	add(v.result("signer") != pass, "level.signer", "/provenance/signed_by")
	approvals := v.checks["approvals"]
	add(approvals.result == unknown, "level.approval_claimed", approvals.fault.Path)
	for _, each := range v.edges {
		isLoose := slices.Contains([]string{childOnly, unresolved, conflict}, each.state)
		add(isLoose, "level.lineage", each.path)
	}
	run := thing{v.run, ""}
	offered := map[offer]int{}
	inventory, _ := run.part("inventory")
	for _, tool := range inventory.parts("tools") {
		offered[offer{tool.Value("name"), tool.Value("mcp_server")}]++
	}
	for _, step := range run.parts("steps") {
		tool := offer{step.Value("tool_name"), step.Value("mcp_server")}
		add(tool[0] != nil && offered[tool] != 1, "level.tool_unresolved", step.path+"/tool_name")
		effects := step.List("side_effects")
		if !step.is("type", "tool_call", "handoff") && len(effects) == 0 {
			continue
		}
		basis, _ := step.part("approval")
		isUnanswered := basis.is("state", "requested") && mayHaveRun(step)
		add(len(effects) == 0, "level.effects_missing", step.path)
		add(!basis.Known("state") || isUnanswered, "level.approval_missing", step.path)
		isBased := basis.Known("decision_id") || basis.Known("policy_id") || v.grants(basis.Value("approval_id"))
		add(basis.is("state", "auto_approved", "not_required") && !isBased, "level.basis_missing", step.path+"/approval")
	}
	return found
}

// mayHaveRun says whether a step isn't known not to have run.
func mayHaveRun(step thing) bool {
	return !step.is("status", "denied", "cancelled", "skipped", "pending")
}

// grants says whether an approval of the record gives a grant.
func (v *verification) grants(approvalID Value) bool {
	return approvalID != nil && slices.ContainsFunc(Objects(v.run.List("approvals")), func(event *Object) bool {
		return event.Has("grant") && event.Value("approval_id") == approvalID
	})
}
