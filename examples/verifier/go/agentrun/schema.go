package agentrun

import (
	"math"
	"strconv"
	"strings"
	"unicode/utf8"
)

// node is a schema and where it stands: the name of its file and a pointer in it.
type node struct {
	*Object
	file, place string
}

// resolve follows a `$ref`, alone or in an `allOf` beside a description.
func (s *Standard) resolve(at node) node {
	reference := at.Text("$ref")
	for _, one := range Objects(at.List("allOf")) {
		reference = one.Text("$ref")
	}
	if reference == "" {
		return at
	}
	name := strings.TrimSuffix(reference, ".json")
	return node{s.schemas[name], name, ""}
}

// CheckSchema gives what is wrong with a value by the schema of a name, in the order of the document. It knows the dialect
// of schemas/PROFILE.md and nothing else.
func (s *Standard) CheckSchema(value Value, name string) []Fault {
	return s.check(value, node{s.schemas[name], name, ""}, "")
}

// IsValid says whether the schema of a name has nothing against a value.
func (s *Standard) IsValid(value Value, name string) bool {
	return len(s.CheckSchema(value, name)) == 0
}

func (s *Standard) check(value Value, at node, path string) []Fault {
	at = s.resolve(at)
	if types, found := at.Get("type"); found && !hasType(value, types) {
		// Of a value of another type nothing else can be said.
		return []Fault{{"schema.type", path}}
	}
	var faults []Fault
	add := func(isWrong bool, code string) {
		if isWrong {
			faults = append(faults, Fault{code, path})
		}
	}
	if allowed, found := at.Get("enum"); found {
		isListed := false
		for _, one := range allowed.([]Value) {
			isListed = isListed || Canonical(one) == Canonical(value)
		}
		add(!isListed, "schema.enum")
	}
	if constant, found := at.Get("const"); found {
		add(Canonical(constant) != Canonical(value), "schema.const")
	}
	bound := func(keyword string, otherwise float64) float64 {
		if limit, isNumber := at.Value(keyword).(float64); isNumber {
			return limit
		}
		return otherwise
	}
	switch v := value.(type) {
	case string:
		add(float64(utf8.RuneCountInString(v)) < bound("minLength", 0), "schema.min_length")
		if pattern := at.Text("pattern"); pattern != "" {
			add(!s.patterns[pattern].MatchString(v), "schema.pattern")
		}
	case float64:
		add(v < bound("minimum", math.Inf(-1)), "schema.minimum")
		add(v > bound("maximum", math.Inf(1)), "schema.maximum")
	case []Value:
		add(float64(len(v)) < bound("minItems", 0), "schema.min_items")
		add(float64(len(v)) > bound("maxItems", math.Inf(1)), "schema.max_items")
	case *Object:
		for _, name := range at.List("required") {
			add(!v.Has(name.(string)), "schema.required")
		}
	}
	for _, inner := range s.inside(value, at, path) {
		faults = append(faults, s.check(inner.value, inner.schema, inner.path)...)
	}
	return faults
}

// member is a member or item of a value that its schema says something about.
type member struct {
	value  Value
	schema node
	path   string
	// isRequired says that the object must have it.
	isRequired bool
}

// inside gives the members and items of a value whose schema is known, in the order of the document.
func (s *Standard) inside(value Value, at node, path string) []member {
	var found []member
	switch v := value.(type) {
	case *Object:
		properties := at.Child("properties")
		for _, name := range v.Names() {
			if schema := properties.Child(name); schema != nil {
				place := node{schema, at.file, at.place + "/properties/" + name}
				isRequired := false
				for _, each := range at.List("required") {
					isRequired = isRequired || each == Value(name)
				}
				found = append(found, member{v.Value(name), place, path + Pointer(name), isRequired})
			}
		}
	case []Value:
		if schema := at.Child("items"); schema != nil {
			for i, item := range v {
				found = append(found, member{item, node{schema, at.file, at.place + "/items"}, path + "/" + strconv.Itoa(i), false})
			}
		}
	}
	return found
}

// members gives every member that a schema knows, of a value and of what is inside it.
func (s *Standard) members(value Value, at node, path string) []member {
	var found []member
	at = s.resolve(at)
	for _, each := range s.inside(value, at, path) {
		if _, isObject := value.(*Object); isObject {
			found = append(found, each)
		}
		found = append(found, s.members(each.value, each.schema, each.path)...)
	}
	return found
}

func hasType(value Value, types Value) bool {
	if several, isList := types.([]Value); isList {
		for _, one := range several {
			if hasType(value, one) {
				return true
			}
		}
		return false
	}
	switch v := value.(type) {
	case nil:
		return types == "null"
	case bool:
		return types == "boolean"
	case string:
		return types == "string"
	case float64:
		return types == "number" || types == "integer" && v == math.Trunc(v)
	case []Value:
		return types == "array"
	default:
		return types == "object"
	}
}
