package agentrun

import (
	"fmt"
	"math"
	"sort"
	"strconv"
	"strings"
	"unicode/utf16"
)

// Canonical is the canonical form of a value: RFC 8785, the JSON Canonicalization Scheme (AR-BYTES-009).
func Canonical(value Value) string {
	var text strings.Builder
	write(&text, value)
	return text.String()
}

func write(text *strings.Builder, value Value) {
	switch v := value.(type) {
	case nil:
		text.WriteString("null")
	case bool:
		text.WriteString(strconv.FormatBool(v))
	case float64:
		text.WriteString(Number(v))
	case string:
		writeString(text, v)
	case []Value:
		for i, item := range v {
			text.WriteByte("[,"[min(i, 1)])
			write(text, item)
		}
		text.WriteString("[]"[min(len(v), 1):])
	case *Object:
		for i, name := range SortNames(v.Names()) {
			text.WriteByte("{,"[min(i, 1)])
			writeString(text, name)
			text.WriteByte(':')
			write(text, v.Value(name))
		}
		text.WriteString("{}"[min(len(v.Names()), 1):])
	default:
		panic(fmt.Sprintf("%T is no JSON value", value))
	}
}

func writeString(text *strings.Builder, s string) {
	short := map[rune]string{'"': `\"`, '\\': `\\`, '\b': `\b`, '\f': `\f`, '\n': `\n`, '\r': `\r`, '\t': `\t`}
	text.WriteByte('"')
	for _, c := range s {
		if escape, known := short[c]; known {
			text.WriteString(escape)
		} else if c < 0x20 {
			fmt.Fprintf(text, `\u%04x`, c)
		} else {
			text.WriteRune(c)
		}
	}
	text.WriteByte('"')
}

// SortNames gives texts in the order of their UTF-16 code units. The order of Go is that of bytes, which differs where
// surrogate pairs meet U+E000 to U+FFFF.
func SortNames(names []string) []string {
	sorted := append([]string{}, names...)
	sort.Slice(sorted, func(i, j int) bool { return lessUnits(sorted[i], sorted[j]) })
	return sorted
}

func lessUnits(a, b string) bool {
	x, y := utf16.Encode([]rune(a)), utf16.Encode([]rune(b))
	for i := 0; i < len(x) && i < len(y); i++ {
		if x[i] != y[i] {
			return x[i] < y[i]
		}
	}
	return len(x) < len(y)
}

// Number spells a finite double as Number::toString of ECMAScript does. The shortest digits are those of strconv, but
// where the exponent begins isn't: neither 'g' nor 'f' is right.
func Number(number float64) string {
	if number == 0 {
		return "0"
	}
	mantissa, exponent, _ := strings.Cut(strconv.FormatFloat(math.Abs(number), 'e', -1, 64), "e")
	digits := strings.Replace(mantissa, ".", "", 1)
	power, _ := strconv.Atoi(exponent)
	// point is how many digits stand before the decimal point.
	point, count := power+1, len(digits)
	var text string
	switch {
	case count <= point && point <= 21:
		text = digits + strings.Repeat("0", point-count)
	case 0 < point && point <= 21:
		text = digits[:point] + "." + digits[point:]
	case -6 < point && point <= 0:
		text = "0." + strings.Repeat("0", -point) + digits
	default:
		text = digits[:1]
		if count > 1 {
			text += "." + digits[1:]
		}
		text += fmt.Sprintf("e%+d", power)
	}
	if number < 0 {
		return "-" + text
	}
	return text
}
