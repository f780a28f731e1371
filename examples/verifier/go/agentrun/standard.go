package agentrun

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
)

// Standard is what is read of the standard itself: its schemas, the vocabularies of its registry, and its list of codes.
type Standard struct {
	schemas      map[string]*Object
	patterns     map[string]*regexp.Regexp
	vocabularies map[string]map[string]bool
	codes        map[string]code
}

// code is what spec/errors.md says about a code: the sentence behind it, and what it means.
type code struct{ sentence, means string }

// Open reads schemas/*.json, spec/registry.md and spec/errors.md below a folder.
func Open(folder string) (*Standard, error) {
	standard := &Standard{
		map[string]*Object{}, map[string]*regexp.Regexp{}, map[string]map[string]bool{}, map[string]code{},
	}
	files, err := filepath.Glob(filepath.Join(folder, "schemas", "*.json"))
	if err != nil || len(files) == 0 {
		return nil, fmt.Errorf("no schemas in %s", filepath.Join(folder, "schemas"))
	}
	for _, file := range files {
		raw, err := os.ReadFile(file)
		if err != nil {
			return nil, err
		}
		schema, fault := Read(raw)
		if fault != nil {
			return nil, fmt.Errorf("%s: %w", file, fault)
		}
		object, isObject := schema.(*Object)
		if !isObject {
			return nil, fmt.Errorf("%s is no schema", file)
		}
		standard.schemas[strings.TrimSuffix(filepath.Base(file), ".json")] = object
		if err := standard.compile(object); err != nil {
			return nil, fmt.Errorf("%s: %w", file, err)
		}
	}
	registry, err := os.ReadFile(filepath.Join(folder, "spec", "registry.md"))
	if err != nil {
		return nil, err
	}
	standard.readRegistry(string(registry))
	codes, err := os.ReadFile(filepath.Join(folder, "spec", "errors.md"))
	if err != nil {
		return nil, err
	}
	standard.readCodes(string(codes))
	return standard, nil
}

// compile prepares the patterns of a schema and of the schemas inside it.
func (s *Standard) compile(schema *Object) error {
	if pattern := schema.Text("pattern"); pattern != "" && s.patterns[pattern] == nil {
		compiled, err := regexp.Compile(pattern)
		if err != nil {
			return err
		}
		s.patterns[pattern] = compiled
	}
	inner := []*Object{schema.Child("items")}
	for _, name := range schema.Child("properties").Names() {
		inner = append(inner, schema.Child("properties").Child(name))
	}
	for _, each := range inner {
		if each == nil {
			continue
		}
		if err := s.compile(each); err != nil {
			return err
		}
	}
	return nil
}

var (
	registryPlace = regexp.MustCompile("`([a-z-]+\\.json#/properties/[a-z_/]+)`")
	registryValue = regexp.MustCompile("(?m)^\\| `([a-z0-9_.]+)` \\|")
)

// readRegistry takes the registered values for each place of the schemas.
func (s *Standard) readRegistry(text string) {
	for _, section := range strings.Split(text, "\n## ")[1:] {
		values := map[string]bool{}
		for _, match := range registryValue.FindAllStringSubmatch(section, -1) {
			values[match[1]] = true
		}
		for _, line := range strings.Split(section, "\n") {
			if !strings.HasPrefix(line, "Places: ") {
				continue
			}
			for _, match := range registryPlace.FindAllStringSubmatch(line, -1) {
				s.vocabularies[match[1]] = values
			}
		}
	}
}

var codeRow = regexp.MustCompile("(?m)^\\| <a id=[^>]*></a>`([^`]+)` \\| [a-z]+ " +
	"\\| (?:\\[([A-Z0-9-]+)\\][^|]*|[^|]*) \\| ([^|]*) \\|")

// readCodes takes what the rows of spec/errors.md say.
func (s *Standard) readCodes(text string) {
	for _, row := range codeRow.FindAllStringSubmatch(text, -1) {
		told := code{row[2], strings.ReplaceAll(row[3], "`", "")}
		if told.sentence == "" {
			told.sentence = "the schema"
		}
		s.codes[row[1]] = told
	}
}
