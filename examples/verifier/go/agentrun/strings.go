package agentrun

import (
	"strconv"
	"strings"
	"unicode/utf16"
)

var escapes = map[byte]byte{'"': '"', '\\': '\\', '/': '/', 'b': '\b', 'f': '\f', 'n': '\n', 'r': '\r', 't': '\t'}

// string reads a string with its escapes resolved.
func (r *reader) string() string {
	var text strings.Builder
	for r.at++; ; {
		c := r.peek()
		switch {
		case c < 0x20:
			r.fail("json.syntax")
		case c == '"':
			r.at++
			return text.String()
		case c == '\\':
			text.WriteRune(r.escape())
		default:
			text.WriteByte(c)
			r.at++
		}
	}
}

func (r *reader) escape() rune {
	r.at++
	kind := r.peek()
	if kind != 'u' {
		short, known := escapes[kind]
		if !known {
			r.fail("json.syntax")
		}
		r.at++
		return rune(short)
	}
	unit := r.unit()
	if !utf16.IsSurrogate(unit) {
		return unit
	}
	rest := r.text[r.at:]
	if unit < 0xdc00 && (rest == "" || rest == `\`) {
		// The text is cut where the other half would have come.
		r.fail("json.syntax")
	}
	if unit >= 0xdc00 || !strings.HasPrefix(rest, `\u`) {
		r.fail("json.lone_surrogate")
	}
	r.at++
	pair := utf16.DecodeRune(unit, r.unit())
	if pair == '\ufffd' {
		r.fail("json.lone_surrogate")
	}
	return pair
}

// unit reads the `u` and four digits of an escape.
func (r *reader) unit() rune {
	digits := r.text[r.at+1:]
	if len(digits) > 4 {
		digits = digits[:4]
	}
	unit, err := strconv.ParseUint(digits, 16, 16)
	if err != nil || len(digits) < 4 || strings.ContainsAny(digits, "_+") {
		r.fail("json.syntax")
	}
	r.at += 5
	return rune(unit)
}
