package agentrun

import "strconv"

// Rules about ids, what refers to them, and the inventory (spec/run.md, spec/step.md).
var referenceRules = []rule{
	{"id.duplicate", failure, false, idDuplicate},
	{"reference.unresolved", failure, false, referenceUnresolved},
	{"reference.type", failure, false, referenceType},
	{"reference.cycle", failure, false, referenceCycle},
	{"artifact.other_step", failure, false, artifactOtherStep},
	{"inventory.duplicate_tool", failure, false, inventoryDuplicateTool},
	{"inventory.tool_hash", failure, false, inventoryToolHash},
	{"inventory.server_missing", warning, false, inventoryServerMissing},
}

func idDuplicate(r *record) (found []string) {
	for _, things := range [][]thing{r.steps, r.decisions, r.artifacts} {
		seen := map[string]bool{}
		for _, each := range things {
			found = append(found, where(seen[each.Text("id")], each.path+"/id")...)
			seen[each.Text("id")] = true
		}
	}
	return found
}

func referenceUnresolved(r *record) (found []string) {
	check := func(has func(string) bool, value Value, path string) {
		if name, isText := value.(string); isText && !has(name) {
			found = append(found, path)
		}
	}
	step, artifact := hasID(r.stepsByID), hasID(r.artifactsByID)
	decision, approval := hasID(r.decisionsByID), func(id string) bool { return r.eventsByID[id] != nil }
	for _, each := range r.steps {
		for _, member := range []string{"parent_step_id", "model_call_id", "retry_of", "fallback_from"} {
			check(step, each.Value(member), each.path+"/"+member)
		}
		for i, name := range each.List("caused_by") {
			check(step, name, each.path+"/caused_by/"+strconv.Itoa(i))
		}
		for i, name := range each.List("artifact_ids") {
			check(artifact, name, each.path+"/artifact_ids/"+strconv.Itoa(i))
		}
		basis, _ := each.part("approval")
		check(approval, basis.Value("approval_id"), basis.path+"/approval_id")
		check(decision, basis.Value("decision_id"), basis.path+"/decision_id")
		for _, effect := range each.parts("side_effects") {
			check(artifact, effect.Value("artifact_id"), effect.path+"/artifact_id")
		}
	}
	for _, event := range r.approvals {
		if !r.isCopiedGrant(event) {
			check(step, event.Value("step_id"), event.path+"/step_id")
			check(decision, event.Value("decision_id"), event.path+"/decision_id")
		}
	}
	for _, things := range [][]thing{r.decisions, r.artifacts, r.run.parts("evidence")} {
		for _, each := range things {
			check(step, each.Value("step_id"), each.path+"/step_id")
		}
	}
	return found
}

func hasID(things map[string]thing) func(string) bool {
	return func(id string) bool { _, found := things[id]; return found }
}

func referenceType(r *record) (found []string) {
	for _, step := range r.steps {
		call, named := r.stepsByID[step.Text("model_call_id")]
		found = append(found, where(named && !call.is("type", "model_call"), step.path+"/model_call_id")...)
	}
	return found
}

// links are the steps that a step contains itself in, tries again, replaces or is caused by, and where it says so.
func (r *record) links(step thing) (targets []thing, paths []string) {
	add := func(value Value, path string) {
		name, _ := value.(string)
		if target, found := r.stepsByID[name]; found {
			targets, paths = append(targets, target), append(paths, step.path+"/"+path)
		}
	}
	for _, member := range []string{"parent_step_id", "retry_of", "fallback_from"} {
		add(step.Value(member), member)
	}
	for i, name := range step.List("caused_by") {
		add(name, "caused_by/"+strconv.Itoa(i))
	}
	return targets, paths
}

// referenceCycle names each link that closes a circle, links followed in the order of the document.
func referenceCycle(r *record) (found []string) {
	const isOpen, isDone = 1, 2
	state := map[string]int{}
	type place struct {
		step    thing
		targets []thing
		paths   []string
	}
	// Without recursion: a record may have a hundred thousand steps in one chain.
	var trail []place
	enter := func(step thing) {
		state[step.path] = isOpen
		targets, paths := r.links(step)
		trail = append(trail, place{step, targets, paths})
	}
	for _, root := range r.steps {
		if state[root.path] != 0 {
			continue
		}
		for enter(root); len(trail) > 0; {
			top := &trail[len(trail)-1]
			if len(top.targets) == 0 {
				state[top.step.path] = isDone
				trail = trail[:len(trail)-1]
				continue
			}
			target, path := top.targets[0], top.paths[0]
			top.targets, top.paths = top.targets[1:], top.paths[1:]
			switch state[target.path] {
			case isOpen:
				found = append(found, path)
			case 0:
				enter(target)
			}
		}
	}
	return found
}

func artifactOtherStep(r *record) (found []string) {
	for _, artifact := range r.artifacts {
		listed := r.stepsByID[artifact.Text("step_id")].List("artifact_ids")
		isListed := false
		for _, id := range listed {
			isListed = isListed || id == artifact.Value("id")
		}
		found = append(found, where(len(listed) > 0 && !isListed, artifact.path+"/step_id")...)
	}
	return found
}

// offer is what a tool is known by: its name, its server, and its definition.
type offer [3]Value

func inventoryDuplicateTool(r *record) (found []string) {
	seen := map[offer]bool{}
	for _, tool := range r.inventory().parts("tools") {
		key := offer{tool.Value("name"), tool.Value("mcp_server")}
		found = append(found, where(seen[key], tool.path)...)
		seen[key] = true
	}
	return found
}

func inventoryToolHash(r *record) (found []string) {
	tools := r.inventory().parts("tools")
	counts := map[offer]int{}
	for _, tool := range tools {
		counts[offer{tool.Value("name"), tool.Value("mcp_server"), tool.Value("schema_hash")}]++
	}
	for _, step := range r.steps {
		key := offer{step.Value("tool_name"), step.Value("mcp_server"), step.Value("tool_hash")}
		isNamed := len(tools) > 0 && key[0] != nil && key[2] != nil
		found = append(found, where(isNamed && counts[key] != 1, step.path+"/tool_hash")...)
	}
	return found
}

func inventoryServerMissing(r *record) (found []string) {
	servers := map[string]bool{}
	for _, server := range r.inventory().parts("mcp_servers") {
		servers[server.Text("name")] = true
	}
	for _, step := range r.steps {
		isMissing := len(servers) > 0 && step.Known("mcp_server") && !servers[step.Text("mcp_server")]
		found = append(found, where(isMissing, step.path+"/mcp_server")...)
	}
	return found
}
