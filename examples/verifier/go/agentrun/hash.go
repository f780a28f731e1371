package agentrun

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
)

// Members that an object with a private_hash keeps apart (spec/privacy.md), by kind.
var private = map[string][]string{
	"run":             {"intent", "input_preview", "output_preview", "input_refs", "output_refs", "error", "metadata"},
	"step":            {"input_preview", "output_preview", "input_refs", "output_refs", "error", "metadata"},
	"side_effect":     {"operation", "target", "before_digest", "after_digest", "metadata"},
	"approval":        {"reason", "presentation_digest", "metadata"},
	"policy_decision": {"reasons", "subject_hash", "metadata"},
	"artifact":        {"name", "content", "metadata"},
}

// Lists of objects that may have a private_hash of their own, in the order in which they are looked at.
var inside = map[string][]struct{ member, kind string }{
	"run": {
		{"steps", "step"},
		{"approvals", "approval"},
		{"policy_decisions", "policy_decision"},
		{"artifacts", "artifact"},
	},
	"step": {{"side_effects", "side_effect"}},
}

func isHidden(kind, member string) bool {
	return member == "salt" || slices.Contains(private[kind], member)
}

// Digest is `sha256:` and the SHA-256 of bytes.
func Digest(raw []byte) string {
	sum := sha256.Sum256(raw)
	return spell(sum[:])
}

func spell(sum []byte) string { return "sha256:" + hex.EncodeToString(sum) }

// PAE is the pre-authentication encoding of DSSE.
func PAE(mediaType string, body []byte) []byte {
	return []byte(fmt.Sprintf("DSSEv1 %d %s %d %s", len(mediaType), mediaType, len(body), body))
}

func mediaType(kind string) string { return "application/vnd.agent-run." + kind + ".v1+json" }

func typedBytes(kind string, value Value) []byte {
	return PAE(mediaType(kind), []byte(Canonical(value)))
}

// Hash of a value by kind (AR-BYTES-010).
func Hash(kind string, value Value) string { return Digest(typedBytes(kind, value)) }

// PublicForm is an object as hashes and seals see it: without its salt and private members if it has a private_hash, and
// likewise what is inside it.
func PublicForm(kind string, object *Object) *Object {
	form := object
	hidden, erasable := private[kind]
	if _, stated := object.Value("private_hash").(string); erasable && stated {
		form = form.Without(append([]string{"salt"}, hidden...)...)
	}
	for _, list := range inside[kind] {
		items, isList := form.Value(list.member).([]Value)
		if !isList {
			continue
		}
		public := make([]Value, len(items))
		for i, item := range items {
			if object, isObject := item.(*Object); isObject {
				item = PublicForm(list.kind, object)
			}
			public[i] = item
		}
		form = form.With(list.member, public)
	}
	return form
}

// PrivateHash is the private_hash of an object, over its salt and its private members (AR-PRIV-002).
func PrivateHash(kind string, object *Object) string {
	hidden := NewObject()
	for _, name := range object.Names() {
		if isHidden(kind, name) {
			hidden.Set(name, object.Value(name))
		}
	}
	return Hash("private", hidden)
}

// ToolHash is the hash of a tool's definition as it was offered to the model.
func ToolHash(tool *Object) string {
	return Hash("tool", pick(tool, "name", "description", "input_schema"))
}

// pick takes members of an object, null for those that it hasn't.
func pick(object *Object, names ...string) *Object {
	picked := NewObject()
	for _, name := range names {
		picked.Set(name, object.Value(name))
	}
	return picked
}

// RunHash is the fingerprint of a configuration, without `sha256:` (AR-BYTES-011).
func RunHash(run *Object) string {
	var names []string
	for _, tool := range run.List("tools_available") {
		if name, isText := tool.(string); isText && !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	tools := []Value{}
	for _, name := range SortNames(names) {
		tools = append(tools, name)
	}
	inputs := pick(run, "agent_id", "model", "trigger")
	inputs.Set("tools", tools)
	inputs.Set("config_hash", run.Child("provenance").Value("config_hash"))
	return Hash("run-inputs", inputs)[len("sha256:"):]
}

// ActionHash names the call that a step records (AR-APPR-030).
func ActionHash(runID, nonce Value, step *Object) string {
	action := pick(step, "tool_name", "mcp_server", "tool_hash", "arguments_hash")
	action.Set("run_id", runID)
	action.Set("nonce", nonce)
	action.Set("step_id", step.Value("id"))
	return Hash("action", action)
}

// DocumentHash names a record that isn't sealed.
func DocumentHash(run *Object) string {
	return Hash("document", PublicForm("run", run).Without("eval"))
}

// Covered is the part of an object that a hash and signature of its kind are taken of (AR-SEAL-005, AR-SEAL-006).
func Covered(kind string, object *Object) *Object {
	form := PublicForm(kind, object)
	if kind != "run" {
		return form.Without("signature")
	}
	if provenance := form.Child("provenance"); provenance != nil {
		form = form.With("provenance", provenance.Without("record_hash", "signature"))
	}
	return form.Without("steps", "eval")
}

// SignedBytes are the bytes that a signature of a kind is over, and that the hash of that kind is taken of (AR-SEAL-004).
func SignedBytes(kind string, object *Object) []byte { return typedBytes(kind, Covered(kind, object)) }

// SealHash is the hash of the covered part: the record_hash of a run, the request_hash of an approval, the name of a
// statement.
func SealHash(kind string, object *Object) string { return Digest(SignedBytes(kind, object)) }
