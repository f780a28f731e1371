package agentrun

import (
	"slices"
	"unicode/utf8"
)

// Rules about private members, previews and an embedded eval (spec/privacy.md, spec/evaluation.md).
var privacyRules = []rule{
	{"private.salt_alone", failure, false, saltAlone},
	{"private.partial", failure, false, privatePartial},
	{"preview.too_long", warning, false, previewTooLong},
	{"eval.other_run", failure, false, evalOtherRun},
	{"eval.other_record", failure, false, evalOtherRecord},
}

func saltAlone(r *record) (found []string) {
	for _, each := range erasables("run", r.run.Object, "") {
		isAlone := each.object.Known("salt") && !each.object.Known("private_hash")
		found = append(found, where(isAlone, each.path+"/salt")...)
	}
	return found
}

func privatePartial(r *record) (found []string) {
	for _, each := range erasables("run", r.run.Object, "") {
		isErased := each.object.Known("private_hash") && !each.object.Known("salt")
		isPartial := isErased && slices.ContainsFunc(private[each.kind], each.object.Has)
		found = append(found, where(isPartial, each.path)...)
	}
	return found
}

func previewTooLong(r *record) (found []string) {
	for _, each := range r.spans() {
		for _, member := range []string{"input_preview", "output_preview"} {
			isLong := utf8.RuneCountInString(each.Text(member)) > 2000
			found = append(found, where(isLong, each.path+"/"+member)...)
		}
	}
	return found
}

func evalOtherRun(r *record) []string {
	evaluation, _ := r.run.part("eval")
	return where(evaluation.Known("run_id") && evaluation.Value("run_id") != r.run.Value("id"), "/eval/run_id")
}

func evalOtherRecord(r *record) []string {
	evaluation, _ := r.run.part("eval")
	stated := r.run.Child("provenance").Value("record_hash")
	isOther := evaluation.Known("record_hash") && evaluation.Value("record_hash") != stated
	return where(isOther, "/eval/record_hash")
}
