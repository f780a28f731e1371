package agentrun

import (
	"bytes"
	"math"
	"strconv"
	"strings"
	"unicode/utf8"
)

const (
	maxDepth  = 128
	maxNumber = 1<<53 - 1
)

// Fault is something that is wrong: a code of spec/errors.md and the JSON Pointer of the place.
type Fault struct{ Code, Path string }

func (f *Fault) Error() string { return f.Code + " at " + f.Path }

// Read gives the value that the bytes of a record stand for, or what is wrong with them (spec/bytes.md, AR-BYTES-001 to
// AR-BYTES-008). encoding/json keeps the last of two equal names, mends broken text and rounds, so it isn't used here.
func Read(raw []byte) (value Value, fault *Fault) {
	if !utf8.Valid(raw) {
		return nil, &Fault{Code: "json.utf8"}
	}
	if bytes.HasPrefix(raw, []byte("\ufeff")) {
		return nil, &Fault{Code: "json.bom"}
	}
	r := &reader{text: string(raw)}
	defer func() {
		if refused, ok := recover().(*Fault); ok {
			value, fault = nil, refused
		}
	}()
	r.space()
	if r.at == len(r.text) {
		r.fail("json.empty")
	}
	value = r.value()
	r.space()
	if r.at < len(r.text) {
		r.fail("json.trailing")
	}
	return value, nil
}

type reader struct {
	text string
	at   int
	// depth counts what is open, keys are the names and indexes on the way to what is being read.
	depth int
	keys  []string
}

func (r *reader) fail(code string) { panic(&Fault{code, Pointer(r.keys...)}) }

// Pointer is the JSON Pointer (RFC 6901) of names and indexes.
func Pointer(keys ...string) string {
	var path strings.Builder
	for _, key := range keys {
		path.WriteByte('/')
		path.WriteString(strings.NewReplacer("~", "~0", "/", "~1").Replace(key))
	}
	return path.String()
}

// peek is the next byte, 0 at the end; a zero byte is no part of any JSON text.
func (r *reader) peek() byte {
	if r.at < len(r.text) {
		return r.text[r.at]
	}
	return 0
}

func (r *reader) space() {
	for r.at < len(r.text) && strings.IndexByte(" \t\r\n", r.text[r.at]) >= 0 {
		r.at++
	}
}

func (r *reader) value() Value {
	switch c := r.peek(); {
	case c == '{':
		return r.object()
	case c == '[':
		return r.array()
	case c == '"':
		return r.string()
	case c == '-' || '0' <= c && c <= '9':
		return r.number()
	}
	for word, value := range map[string]Value{"true": true, "false": false, "null": nil} {
		if strings.HasPrefix(r.text[r.at:], word) {
			r.at += len(word)
			r.end("_")
			return value
		}
	}
	r.fail("json.syntax")
	return nil
}

// end refuses a number or literal that goes on, as in 01 or truely, also where it is all that the text has.
func (r *reader) end(more string) {
	c := r.peek()
	if 'a' <= c|0x20 && c|0x20 <= 'z' || '0' <= c && c <= '9' || c != 0 && strings.IndexByte(more, c) >= 0 {
		r.fail("json.syntax")
	}
}

func (r *reader) open() {
	if r.depth == maxDepth {
		r.fail("json.depth")
	}
	r.depth++
	r.at++
	r.space()
}

// next says whether another item follows the one that was read, and passes over the comma or the closing bracket.
func (r *reader) next(bracket byte) bool {
	r.space()
	c := r.peek()
	if c != bracket && c != ',' {
		r.fail("json.syntax")
	}
	r.at++
	if c == bracket {
		r.depth--
		return false
	}
	r.space()
	return true
}

func (r *reader) object() *Object {
	r.open()
	object := NewObject()
	if r.peek() == '}' {
		r.next('}')
		return object
	}
	for more := true; more; more = r.member(object) {
	}
	return object
}

// member reads a member and says whether another one follows.
func (r *reader) member(object *Object) bool {
	if r.peek() != '"' {
		r.fail("json.syntax")
	}
	name := r.string()
	r.keys = append(r.keys, name)
	if object.Has(name) {
		r.fail("json.duplicate_name")
	}
	r.space()
	if r.peek() != ':' {
		r.fail("json.syntax")
	}
	r.at++
	r.space()
	object.Set(name, r.value())
	more := r.next('}')
	r.keys = r.keys[:len(r.keys)-1]
	return more
}

func (r *reader) array() []Value {
	r.open()
	items := []Value{}
	if r.peek() == ']' {
		r.next(']')
		return items
	}
	for more := true; more; {
		r.keys = append(r.keys, strconv.Itoa(len(items)))
		items = append(items, r.value())
		more = r.next(']')
		r.keys = r.keys[:len(r.keys)-1]
	}
	return items
}

func (r *reader) number() float64 {
	start := r.at
	if r.peek() == '-' {
		r.at++
	}
	if r.peek() == '0' {
		r.at++
	} else {
		r.digits()
	}
	if r.peek() == '.' {
		r.at++
		r.digits()
	}
	if c := r.peek(); c == 'e' || c == 'E' {
		r.at++
		if c := r.peek(); c == '+' || c == '-' {
			r.at++
		}
		r.digits()
	}
	r.end("_.+-")
	// The grammar was checked above; what is left is a number beyond every double, which comes as infinity.
	number, _ := strconv.ParseFloat(r.text[start:r.at], 64)
	if math.Abs(number) > maxNumber {
		r.fail("json.number_range")
	}
	return number
}

func (r *reader) digits() {
	start := r.at
	for c := r.peek(); '0' <= c && c <= '9'; c = r.peek() {
		r.at++
	}
	if r.at == start {
		r.fail("json.syntax")
	}
}
