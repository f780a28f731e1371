// The harness of the verifier suite (conformance/harness.md) around the package agentrun: requests come in on standard
// input, answers go out on standard output, one JSON object a line.
package main

import (
	"bufio"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"example.org/agent-run-harness/agentrun"
)

// request is the envelope. What is in the input is left to the strict reader: encoding/json would mend it.
type request struct {
	ID    int64                      `json:"id"`
	Op    string                     `json:"op"`
	Input map[string]json.RawMessage `json:"input"`
}

func main() {
	root := flag.String("root", "", "folder with schemas/ and spec/ (default: looked for from here upwards)")
	flag.Parse()
	standard, err := open(*root)
	if err == nil {
		err = serve(standard, os.Stdin, os.Stdout)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func open(root string) (*agentrun.Standard, error) {
	if root != "" {
		return agentrun.Open(root)
	}
	folder, err := os.Getwd()
	if err != nil {
		return nil, err
	}
	for ; ; folder = filepath.Dir(folder) {
		if _, err := os.Stat(filepath.Join(folder, "schemas", "agent-run.json")); err == nil {
			return agentrun.Open(folder)
		}
		if folder == filepath.Dir(folder) {
			return nil, fmt.Errorf("no schemas/agent-run.json here or above; name the folder with -root")
		}
	}
}

// serve answers until the requests end.
func serve(standard *agentrun.Standard, in io.Reader, out io.Writer) error {
	operations := newOperations(standard)
	lines := bufio.NewReader(in)
	for {
		line, err := lines.ReadBytes('\n')
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		var asked request
		if err := json.Unmarshal(line, &asked); err != nil {
			return err
		}
		if _, err := fmt.Fprintln(out, agentrun.Canonical(operations.answer(asked))); err != nil {
			return err
		}
	}
}

// answer is the answer to a request. A panic of the code under test is its answer too: an error.
func (o operations) answer(asked request) (answer *agentrun.Object) {
	answer = agentrun.NewObject("id", float64(asked.ID))
	defer func() {
		if broken := recover(); broken != nil {
			answer = agentrun.NewObject("id", float64(asked.ID), "error", fmt.Sprint(broken))
		}
	}()
	if asked.Op == "describe" {
		return answer.With("result", o.describe())
	}
	operation, known := o[asked.Op]
	if !known {
		return answer.With("unsupported", true)
	}
	return answer.With("result", operation(input(asked.Input)))
}

func (o operations) describe() *agentrun.Object {
	names := []string{}
	for name := range o {
		names = append(names, name)
	}
	ops := []agentrun.Value{}
	for _, name := range agentrun.SortNames(names) {
		ops = append(ops, name)
	}
	return agentrun.NewObject("harness", 1.0, "name", "agent-run in Go", "version", "1.0.0",
		"level", "accountable", "ops", ops)
}
