package main

import (
	"encoding/hex"
	"encoding/json"

	"example.org/agent-run-harness/agentrun"
)

// input holds the members of a vector. Each is read when it is asked for; one that can't be read is a fault of the suite.
type input map[string]json.RawMessage

func (in input) has(name string) bool { return in[name] != nil }

func (in input) value(name string) agentrun.Value {
	value, fault := agentrun.Read(in[name])
	if fault != nil {
		panic(fault)
	}
	return value
}

func (in input) object(name string) *agentrun.Object { return in.value(name).(*agentrun.Object) }
func (in input) text(name string) string             { return in.value(name).(string) }
func (in input) number(name string) int              { return int(in.value(name).(float64)) }

// optional is an object or text that may be missing or null.
func (in input) optional(name string) agentrun.Value {
	if !in.has(name) {
		return nil
	}
	return in.value(name)
}

// objects are those in a list that may be missing.
func (in input) objects(name string) []*agentrun.Object {
	list, _ := in.optional(name).([]agentrun.Value)
	return agentrun.Objects(list)
}

func (in input) octets(name string) []byte { return decode(in.text(name)) }

func (in input) list(name string) (found [][]byte) {
	for _, each := range in.value(name).([]agentrun.Value) {
		found = append(found, decode(each.(string)))
	}
	return found
}

func decode(digits string) []byte {
	octets, err := hex.DecodeString(digits)
	if err != nil {
		panic(err)
	}
	return octets
}

// file are the bytes of a file.
func (in input) file() []byte {
	if in.has("input_hex") {
		return in.octets("input_hex")
	}
	return []byte(in.text("input_text"))
}

// parsed is the value in a file that is good.
func (in input) parsed() agentrun.Value {
	value, fault := agentrun.Read(in.file())
	if fault != nil {
		panic(fault)
	}
	return value
}

// record are the bytes of the record: as text where the spelling matters, else as the value came in.
func (in input) record() []byte {
	if in.has("record_text") {
		return []byte(in.text("record_text"))
	}
	return in["record"]
}

// given is what stands beside the record.
func (in input) given() agentrun.Given {
	options := in.object("options")
	trust, _ := in.optional("trust").(*agentrun.Object)
	given := agentrun.Given{
		Now: options.Text("now"), Level: options.Text("level"), Trust: trust,
		Related: in.objects("related"), Statements: in.objects("statements"),
		Evals: in.objects("evals"), Proofs: in.objects("proofs"),
	}
	if in.has("journal_text") {
		given.Journal = []byte(in.text("journal_text"))
	}
	return given
}
