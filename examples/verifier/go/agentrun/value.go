// Package agentrun reads, hashes, seals and checks records of AI agents' runs, written from spec/ and schemas/ alone.
package agentrun

import "slices"

// Value is a JSON value: nil, bool, float64, string, []Value or *Object.
type Value = any

// Object is a JSON object that keeps the order of its members. It is never changed once something else refers to it.
type Object struct {
	names  []string
	values map[string]Value
}

// NewObject makes an object of names and values in turn.
func NewObject(members ...Value) *Object {
	object := &Object{values: map[string]Value{}}
	for i := 0; i+1 < len(members); i += 2 {
		object.Set(members[i].(string), members[i+1])
	}
	return object
}

// Set gives a member a value; a new one comes last.
func (o *Object) Set(name string, value Value) {
	if _, known := o.values[name]; !known {
		o.names = append(o.names, name)
	}
	o.values[name] = value
}

// Names of the members, in their order. A nil object has none.
func (o *Object) Names() []string {
	if o == nil {
		return nil
	}
	return o.names
}

// Get is the value of a member and whether there is one.
func (o *Object) Get(name string) (Value, bool) {
	if o == nil {
		return nil, false
	}
	value, found := o.values[name]
	return value, found
}

// Has says whether there is a member of that name, null or not.
func (o *Object) Has(name string) bool {
	_, found := o.Get(name)
	return found
}

// Known says whether there is a member of that name that is not null.
func (o *Object) Known(name string) bool { return o.Value(name) != nil }

// Value of a member, nil for null and for none.
func (o *Object) Value(name string) Value {
	value, _ := o.Get(name)
	return value
}

// Text is a member that is a string, empty for any other.
func (o *Object) Text(name string) string {
	text, _ := o.Value(name).(string)
	return text
}

// Child is a member that is an object, nil for any other.
func (o *Object) Child(name string) *Object {
	object, _ := o.Value(name).(*Object)
	return object
}

// List is a member that is an array, nil for any other.
func (o *Object) List(name string) []Value {
	list, _ := o.Value(name).([]Value)
	return list
}

// Without is a copy that lacks some members.
func (o *Object) Without(names ...string) *Object {
	left := NewObject()
	for _, name := range o.Names() {
		if !slices.Contains(names, name) {
			left.Set(name, o.values[name])
		}
	}
	return left
}

// With is a copy in which a member has another value.
func (o *Object) With(name string, value Value) *Object {
	copied := o.Without()
	copied.Set(name, value)
	return copied
}
