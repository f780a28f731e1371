package agentrun

import (
	"regexp"
	"time"
)

var instantForm = regexp.MustCompile(
	`^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,9})?(Z|[+-]([01][0-9]|2[0-3]):[0-5][0-9])$`)

// Instant is the point in time that a text names, exact to the nanosecond; false for another form, and for a time that
// doesn't exist (spec/bytes.md, Times). time.Parse alone takes more forms than there are.
func Instant(text string) (time.Time, bool) {
	if !instantForm.MatchString(text) {
		return time.Time{}, false
	}
	at, err := time.Parse(time.RFC3339Nano, text)
	return at, err == nil
}

// isBefore says whether both are times that exist and one is earlier than the other.
func isBefore(one, other Value) bool {
	a, isTime := instantOf(one)
	b, isTimeToo := instantOf(other)
	return isTime && isTimeToo && a.Before(b)
}

func instantOf(value Value) (time.Time, bool) {
	text, _ := value.(string)
	return Instant(text)
}
