package agentrun

import (
	"crypto/ed25519"
	"encoding/base64"
	"encoding/hex"
	"strconv"
	"strings"
)

// IsSealed says whether a record claims to be sealed (spec/seal.md).
func IsSealed(run *Object) bool {
	provenance := run.Child("provenance")
	for _, member := range []string{"record_hash", "sealed_at", "journal_head"} {
		if provenance.Known(member) {
			return true
		}
	}
	return run.Known("spec_version") && provenance.Known("signature")
}

// missingFromSeal is where the first member is missing that a sealed record has, empty if none is (AR-SEAL-009).
func missingFromSeal(run *Object) string {
	if !run.Known("spec_version") {
		return "/spec_version"
	}
	for _, member := range []string{"record_hash", "sealed_at", "steps_count", "steps_root", "nonce"} {
		if !run.Child("provenance").Known(member) {
			return "/provenance/" + member
		}
	}
	return ""
}

// The states of an object with a private_hash (AR-SEAL-008).
const (
	Whole  = "whole"
	Erased = "erased"
	Broken = "broken"
)

// StateOf is the state of an object, empty if it has no private_hash.
func StateOf(kind string, object *Object) string {
	stated, isText := object.Value("private_hash").(string)
	if !isText {
		return ""
	}
	if object.Has("salt") {
		if PrivateHash(kind, object) == stated {
			return Whole
		}
		return Broken
	}
	for _, member := range private[kind] {
		if object.Has(member) {
			return Broken
		}
	}
	return Erased
}

// erasable is an object that may have a private_hash, and where it stands.
type erasable struct {
	kind   string
	object *Object
	path   string
}

func (e erasable) state() string { return StateOf(e.kind, e.object) }

// erasables are the object itself and those inside it, in the order of the document.
func erasables(kind string, object *Object, path string) []erasable {
	found := []erasable{{kind, object, path}}
	for _, list := range inside[kind] {
		for i, item := range object.List(list.member) {
			if inner, isObject := item.(*Object); isObject {
				found = append(found, erasables(list.kind, inner, path+"/"+list.member+"/"+strconv.Itoa(i))...)
			}
		}
	}
	return found
}

// StepLeaf is the leaf of a step in the step tree (AR-BYTES-012), 32 bytes.
func StepLeaf(step *Object) []byte { return LeafHash([]byte(Canonical(PublicForm("step", step)))) }

// StepsRoot is the root of the step tree (AR-SEAL-007).
func StepsRoot(steps []*Object) string {
	leaves := make([][]byte, len(steps))
	for i, step := range steps {
		leaves[i] = StepLeaf(step)
	}
	return spell(Root(leaves))
}

// Objects are the items of a list that are objects.
func Objects(list []Value) []*Object {
	var objects []*Object
	for _, item := range list {
		if object, isObject := item.(*Object); isObject {
			objects = append(objects, object)
		}
	}
	return objects
}

// unspell gives the bytes of a hash as it is written, none if it isn't one.
func unspell(text Value) []byte {
	written, _ := text.(string)
	digits, found := strings.CutPrefix(written, "sha256:")
	sum, err := hex.DecodeString(digits)
	if !found || err != nil {
		return nil
	}
	return sum
}

func unspellAll(texts []Value) [][]byte {
	sums := make([][]byte, len(texts))
	for i, text := range texts {
		sums[i] = unspell(text)
	}
	return sums
}

// whole gives a number that is a whole one.
func whole(value Value) (int, bool) {
	number, isNumber := value.(float64)
	return int(number), isNumber && number == float64(int(number))
}

// Seal gives the provenance of a sealed copy of a finished run that has a nonce (spec/seal.md).
func Seal(run *Object, at string, seed []byte, journalHead string) *Object {
	steps := Objects(run.List("steps"))
	key := ed25519.NewKeyFromSeed(seed)
	provenance := run.Child("provenance").
		With("steps_count", float64(len(steps))).
		With("steps_root", StepsRoot(steps)).
		With("sealed_at", at).
		With("signed_by", DIDOf(key.Public().(ed25519.PublicKey)))
	if journalHead != "" {
		provenance = provenance.With("journal_head", journalHead)
	}
	signed := SignedBytes("run", run.With("provenance", provenance))
	signature := base64.StdEncoding.EncodeToString(ed25519.Sign(key, signed))
	return provenance.With("record_hash", Digest(signed)).With("signature", signature)
}

// Envelope is the DSSE envelope that a seal is.
func Envelope(kind string, object *Object) *Object {
	holder := object
	if kind == "run" {
		holder = object.Child("provenance")
	}
	payload := base64.StdEncoding.EncodeToString([]byte(Canonical(Covered(kind, object))))
	signature := NewObject("keyid", holder.Value("signed_by"), "sig", holder.Value("signature"))
	return NewObject("payload", payload, "payloadType", mediaType(kind), "signatures", []Value{signature})
}

// BatchHolds says whether a proof leads to the root of one of these batch statements, signed by this key (AR-SEAL-017).
func BatchHolds(proof *Object, statements []*Object, signedBy string) bool {
	for _, statement := range statements {
		if statement.Text("kind") != "batch" || statement.Text("signed_by") != signedBy {
			continue
		}
		if SealHash("statement", statement) == proof.Text("statement") && leads(proof, statement) {
			return true
		}
	}
	return false
}

func leads(proof, statement *Object) bool {
	body := statement.Child("body")
	index, isIndex := whole(proof.Value("index"))
	count, isCount := whole(body.Value("count"))
	root := unspell(body.Value("root"))
	if !isIndex || !isCount || root == nil || statement.Value("about") != body.Value("root") {
		return false
	}
	leaf := LeafHash([]byte(proof.Text("record_hash")))
	return Included(leaf, index, count, unspellAll(proof.List("path")), root) && IsSigned("statement", statement)
}

// StepProofHolds says whether the proof of a step holds (AR-SEAL-018); the signature of its record is not looked at.
func StepProofHolds(proof *Object) bool {
	record, step := proof.Child("record"), proof.Child("step")
	provenance := record.Child("provenance")
	if !record.Known("spec_version") || step == nil {
		return false
	}
	for _, member := range []string{"record_hash", "sealed_at", "steps_count", "steps_root", "nonce"} {
		if !provenance.Known(member) {
			return false
		}
	}
	if SealHash("run", record) != provenance.Text("record_hash") {
		return false
	}
	for _, each := range erasables("step", step, "") {
		if each.state() == Broken {
			return false
		}
	}
	index, isIndex := whole(proof.Value("index"))
	count, isCount := whole(provenance.Value("steps_count"))
	path, root := unspellAll(proof.List("path")), unspell(provenance.Value("steps_root"))
	return isIndex && isCount && Included(StepLeaf(step), index, count, path, root)
}
