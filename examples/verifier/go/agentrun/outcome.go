package agentrun

// The results of a check (spec/verdict.md).
const (
	pass    = "pass"
	fail    = "fail"
	absent  = "absent"
	unknown = "unknown"
	skipped = "skipped"
)

// outcome is how a check comes out. What was expected and found stands there where two values were compared.
type outcome struct {
	result          string
	fault           Fault
	compared        int
	expected, found string
}

func passed(compared int) outcome { return outcome{result: pass, compared: compared} }

func failed(fault Fault) outcome { return outcome{result: fail, fault: fault, compared: 1} }

func unclear(code, path string) outcome { return outcome{result: unknown, fault: Fault{code, path}} }

// than adds what was expected and found.
func (o outcome) than(expected, found string) outcome {
	o.expected, o.found = expected, found
	return o
}

// written is a check of a verdict as it is written. Texts about a code are those of spec/errors.md; nothing of the record is
// quoted but hashes and numbers.
func (s *Standard) written(name string, o outcome) *Object {
	details := map[string]string{
		pass: "compared, and right", absent: "nothing to compare", skipped: "an earlier failure makes it pointless",
	}
	written := NewObject("check", name, "result", o.result, "compared", float64(o.compared))
	if o.fault.Code == "" {
		return written.With("detail", details[o.result])
	}
	told, known := s.codes[o.fault.Code]
	if !known {
		told = code{"the schema", "something else than the schema says"}
	}
	written.Set("detail", told.means)
	written.Set("code", o.fault.Code)
	written.Set("path", o.fault.Path)
	if o.expected == "" {
		o = o.than("what "+told.sentence+" asks for", told.means)
	}
	if o.result == fail {
		written.Set("expected", o.expected)
		written.Set("found", o.found)
	}
	return written
}
