package main

import (
	"crypto/ed25519"
	"encoding/hex"
	"fmt"
	"math"
	"strconv"

	"example.org/agent-run-harness/agentrun"
)

// operations are what the harness can do, by name.
type operations map[string]func(in input) agentrun.Value

func newOperations(standard *agentrun.Standard) operations {
	all := operations{}
	for _, group := range []operations{
		bytesOperations, signOperations, treeOperations, sealOperations, recordOperations(standard),
	} {
		for name, operation := range group {
			all[name] = operation
		}
	}
	return all
}

var bytesOperations = operations{
	"read": func(in input) agentrun.Value {
		if _, fault := agentrun.Read(in.file()); fault != nil {
			return fault.Code
		}
		return "accept"
	},
	"canonical/values": func(in input) agentrun.Value { return agentrun.Canonical(in.parsed()) },
	"canonical/numbers": func(in input) agentrun.Value {
		bits, err := strconv.ParseUint(in.text("ieee754_hex"), 16, 64)
		if err != nil {
			panic(err)
		}
		return agentrun.Number(math.Float64frombits(bits))
	},
	"hash/digest": func(in input) agentrun.Value { return agentrun.Digest(in.file()) },
	"hash/pae": func(in input) agentrun.Value {
		return hex.EncodeToString(agentrun.PAE(in.text("type"), in.octets("body_hex")))
	},
	"hash/hash":      func(in input) agentrun.Value { return agentrun.Hash(in.text("kind"), in.parsed()) },
	"hash/tool-hash": func(in input) agentrun.Value { return agentrun.ToolHash(in.object("tool")) },
	"hash/run-hash":  func(in input) agentrun.Value { return agentrun.RunHash(in.object("run")) },
	"hash/public-form": func(in input) agentrun.Value {
		return agentrun.PublicForm(in.text("kind"), in.object("object"))
	},
	"hash/private-hash": func(in input) agentrun.Value {
		return agentrun.PrivateHash(in.text("kind"), in.object("object"))
	},
	"hash/step-leaf": func(in input) agentrun.Value {
		return "sha256:" + hex.EncodeToString(agentrun.StepLeaf(in.object("step")))
	},
}

// hexOrNull spells bytes, null for none.
func hexOrNull(octets []byte) agentrun.Value {
	if octets == nil {
		return nil
	}
	return hex.EncodeToString(octets)
}

var signOperations = operations{
	"sign/did-key":        func(in input) agentrun.Value { return hexOrNull(agentrun.KeyOf(in.text("did"))) },
	"sign/signature-text": func(in input) agentrun.Value { return hexOrNull(agentrun.SignatureOf(in.text("text"))) },
	"sign/object":         func(in input) agentrun.Value { return agentrun.IsSigned(in.text("kind"), in.object("object")) },
	"sign/verify": func(in input) agentrun.Value {
		return agentrun.VerifySignature(in.octets("key_hex"), in.octets("message_hex"), in.octets("signature_hex"))
	},
	"sign/sign": func(in input) agentrun.Value {
		private := ed25519.NewKeyFromSeed(in.octets("seed_hex"))
		public := private.Public().(ed25519.PublicKey)
		signature := ed25519.Sign(private, in.octets("message_hex"))
		return agentrun.NewObject("public_key_hex", hex.EncodeToString(public), "did", agentrun.DIDOf(public),
			"signature_hex", hex.EncodeToString(signature))
	},
}

var treeOperations = operations{
	"tree/root": func(in input) agentrun.Value {
		var leaves [][]byte
		for _, data := range in.list("leaves_hex") {
			leaves = append(leaves, agentrun.LeafHash(data))
		}
		return hex.EncodeToString(agentrun.Root(leaves))
	},
	"tree/inclusion": func(in input) agentrun.Value {
		return agentrun.Included(in.octets("leaf_hash_hex"), in.number("index"), in.number("count"),
			in.list("path_hex"), in.octets("root_hex"))
	},
	"tree/consistency": func(in input) agentrun.Value {
		return agentrun.Consistent(in.number("first_count"), in.number("second_count"),
			in.octets("first_root_hex"), in.octets("second_root_hex"), in.list("path_hex"))
	},
}

var sealOperations = operations{
	"seal/record-hash": func(in input) agentrun.Value {
		run := in.object("run")
		return agentrun.NewObject("record_hash", agentrun.SealHash("run", run),
			"document_hash", agentrun.DocumentHash(run), "sealed", agentrun.IsSealed(run))
	},
	"seal/sealed": func(in input) agentrun.Value { return agentrun.IsSealed(in.object("run")) },
	"seal/seal": func(in input) agentrun.Value {
		head, _ := in.optional("journal_head").(string)
		return agentrun.Seal(in.object("run"), in.text("at"), in.octets("seed_hex"), head)
	},
	"seal/steps-root": func(in input) agentrun.Value {
		steps := in.objects("steps")
		return agentrun.NewObject("count", float64(len(steps)), "root", agentrun.StepsRoot(steps))
	},
	"seal/action-hash": func(in input) agentrun.Value {
		return agentrun.ActionHash(in.value("run_id"), in.optional("nonce"), in.object("step"))
	},
	"seal/request-hash": func(in input) agentrun.Value { return agentrun.SealHash("approval", in.object("event")) },
	"seal/private-state": func(in input) agentrun.Value {
		if state := agentrun.StateOf(in.text("kind"), in.object("object")); state != "" {
			return state
		}
		return nil
	},
	"seal/batch": func(in input) agentrun.Value {
		return agentrun.BatchHolds(in.object("proof"), []*agentrun.Object{in.object("statement")}, in.text("signed_by"))
	},
	"seal/step-proof": func(in input) agentrun.Value { return agentrun.StepProofHolds(in.object("proof")) },
	"seal/dsse":       func(in input) agentrun.Value { return agentrun.Envelope(in.text("kind"), in.object("object")) },
}

// faultOf spells a fault, null for none.
func faultOf(fault *agentrun.Fault) agentrun.Value {
	if fault == nil {
		return nil
	}
	return agentrun.NewObject("code", fault.Code, "path", fault.Path)
}

func recordOperations(standard *agentrun.Standard) operations {
	return operations{
		"trust/pattern": func(in input) agentrun.Value { return agentrun.Fits(in.text("pattern"), in.text("text")) },
		"trust/file": func(in input) agentrun.Value {
			trust, fault := agentrun.Read([]byte(in.text("trust_text")))
			if fault != nil {
				return faultOf(fault)
			}
			return faultOf(standard.TrustFault(trust))
		},
		"journal/fold": func(in input) agentrun.Value {
			journal := standard.ReadJournal([]byte(in.text("journal_text")))
			if fault := journal.LineFault(); fault != nil {
				panic(fmt.Sprintf("no fold of a journal with %v", fault))
			}
			return journal.Fold(in.value("live").(bool))
		},
		"journal/check": func(in input) agentrun.Value {
			journal := standard.ReadJournal([]byte(in.text("journal_text")))
			judged := journal.Judge(nil)
			if judged.Fault != nil {
				return agentrun.NewObject("result", "fail", "code", judged.Fault.Code, "path", judged.Fault.Path,
					"torn", journal.Torn)
			}
			result := agentrun.NewObject("result", "pass", "torn", journal.Torn)
			if judged.Checkpoint != nil {
				result.Set("checkpoint", judged.Checkpoint)
			}
			return result
		},
		"verify": func(in input) agentrun.Value {
			verdict, err := standard.Verify(in.record(), in.given())
			if err != nil {
				panic(err)
			}
			return verdict
		},
		"semantics": func(in input) agentrun.Value {
			found := []agentrun.Value{}
			for _, each := range standard.Semantics(in.object("record")) {
				found = append(found, agentrun.NewObject("code", each.Code, "severity", each.Severity, "path", each.Path))
			}
			return found
		},
	}
}
