package agentrun

import "math"

// Rules about tokens and money (spec/cost.md).
var costRules = []rule{
	{"cost.usage_misplaced", failure, false, usageMisplaced},
	{"cost.total", failure, false, costTotal},
	{"cost.parts", failure, false, costParts},
	{"cost.by_model", failure, false, costByModel},
	{"cost.steps_exceed", failure, false, stepsExceed},
	{"cost.unit_missing", failure, false, unitMissing},
	{"cost.response_doubled", failure, false, responseDoubled},
	{"cost.price_source_missing", warning, false, priceSourceMissing},
}

var tokens = []string{
	"input_tokens", "output_tokens", "cache_read_tokens", "cache_write_tokens", "cache_write_5m_tokens",
	"cache_write_1h_tokens", "reasoning_tokens", "total_tokens",
}

var amounts = append(tokens[:len(tokens):len(tokens)], "cost_usd")

// wholeCosts are the costs of the run, of its steps and of its eval.
func (r *record) wholeCosts() (found []thing) {
	evaluation, _ := r.run.part("eval")
	for _, owner := range append(r.spans(), evaluation) {
		if cost, has := owner.part("cost"); has {
			found = append(found, cost)
		}
	}
	return found
}

// costs are these, each followed by its shares by model.
func (r *record) costs() (found []thing) {
	for _, cost := range r.wholeCosts() {
		found = append(append(found, cost), cost.parts("by_model")...)
	}
	return found
}

// hasUsage says whether a step counts tokens: an unknown number and zero don't.
func hasUsage(step thing) bool {
	cost, _ := step.part("cost")
	for _, each := range append([]thing{cost}, cost.parts("by_model")...) {
		for _, member := range tokens {
			if count, _ := each.number(member); count != 0 {
				return true
			}
		}
	}
	return false
}

// slack is by how much two amounts may differ: tokens not at all, money by one millionth.
func slack(member string, a, b float64) float64 {
	if member == "cost_usd" {
		return 1e-6 * math.Max(math.Abs(a), math.Abs(b))
	}
	return 0
}

func usageMisplaced(r *record) (found []string) {
	for _, step := range r.steps {
		found = append(found, where(!step.is("type", "model_call") && hasUsage(step), step.path+"/cost")...)
	}
	return found
}

func costTotal(r *record) (found []string) {
	for _, cost := range r.costs() {
		input, hasInput := cost.number("input_tokens")
		output, hasOutput := cost.number("output_tokens")
		total, hasTotal := cost.number("total_tokens")
		isWrong := hasInput && hasOutput && hasTotal && input+output != total
		found = append(found, where(isWrong, cost.path+"/total_tokens")...)
	}
	return found
}

var partsOfCounts = []struct {
	whole string
	parts []string
}{
	{"input_tokens", []string{"cache_read_tokens", "cache_write_tokens"}},
	{"cache_write_tokens", []string{"cache_write_5m_tokens", "cache_write_1h_tokens"}},
	{"output_tokens", []string{"reasoning_tokens"}},
}

func costParts(r *record) (found []string) {
	for _, cost := range r.costs() {
		for _, count := range partsOfCounts {
			sum := 0.0
			for _, part := range count.parts {
				value, _ := cost.number(part)
				sum += value
			}
			whole, known := cost.number(count.whole)
			found = append(found, where(known && sum > whole, cost.path+"/"+count.whole)...)
		}
	}
	return found
}

func costByModel(r *record) (found []string) {
	for _, cost := range r.wholeCosts() {
		shares := cost.parts("by_model")
		for _, share := range shares {
			found = append(found, where(share.Text("model") == "", share.path)...)
			found = append(found, where(share.Has("by_model"), share.path+"/by_model")...)
		}
		for _, member := range amounts {
			whole, known := cost.number(member)
			if known && len(shares) > 0 && !addsUp(member, whole, shares) {
				found = append(found, cost.path+"/by_model")
			}
		}
	}
	return found
}

// addsUp says whether the known shares make up the whole, or leave room for those that aren't known.
func addsUp(member string, whole float64, shares []thing) bool {
	sum, allKnown := 0.0, true
	for _, share := range shares {
		value, known := share.number(member)
		sum, allKnown = sum+value, allKnown && known
	}
	surplus, allowed := sum-whole, slack(member, sum, whole)
	return surplus <= allowed && (!allKnown || surplus >= -allowed)
}

func stepsExceed(r *record) (found []string) {
	own, _ := r.run.part("cost")
	for _, member := range amounts {
		sum := 0.0
		for _, step := range r.steps {
			cost, _ := step.part("cost")
			value, _ := cost.number(member)
			sum += value
		}
		whole, known := own.number(member)
		found = append(found, where(known && sum-whole > slack(member, sum, whole), "/cost/"+member)...)
	}
	return found
}

func unitMissing(r *record) (found []string) {
	for _, cost := range r.costs() {
		found = append(found, where(cost.Known("amount") != cost.Known("unit"), cost.path)...)
	}
	return found
}

func responseDoubled(r *record) (found []string) {
	seen := map[string]bool{}
	for _, step := range r.steps {
		response, isText := step.Value("response_id").(string)
		if step.is("type", "model_call") && isText && hasUsage(step) {
			found = append(found, where(seen[response], step.path+"/response_id")...)
			seen[response] = true
		}
	}
	return found
}

func priceSourceMissing(r *record) (found []string) {
	for _, cost := range r.costs() {
		isMissing := cost.is("price_basis", "computed") && !cost.Known("price_source")
		found = append(found, where(isMissing, cost.path)...)
	}
	return found
}
