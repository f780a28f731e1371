package agentrun

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// Fits says whether a pattern fits a whole text; `*` stands for any characters, nothing else in it is special
// (spec/trust.md).
func Fits(pattern, text string) bool {
	parts := strings.Split(pattern, "*")
	last := len(parts) - 1
	if last == 0 {
		return pattern == text
	}
	rest, found := strings.CutPrefix(text, parts[0])
	for _, part := range parts[1:last] {
		if !found {
			return false
		}
		// The first place leaves the most to the parts that follow.
		_, rest, found = strings.Cut(rest, part)
	}
	return found && strings.HasSuffix(rest, parts[last])
}

// TrustFault is the first thing that is wrong with a trust file, nil if it is good (AR-TRUST-009).
func (s *Standard) TrustFault(trust Value) *Fault {
	if faults := s.CheckSchema(trust, "trust"); len(faults) > 0 {
		return &faults[0]
	}
	seen := map[string]bool{}
	for _, entry := range (thing{trust.(*Object), ""}).parts("keys") {
		if KeyOf(entry.Text("key")) == nil {
			return &Fault{"trust.key", entry.path + "/key"}
		}
		if seen[entry.Text("key")] {
			return &Fault{"trust.key_twice", entry.path + "/key"}
		}
		seen[entry.Text("key")] = true
		for _, member := range []string{"valid_from", "valid_until"} {
			if _, exists := entry.time(member); entry.Has(member) && !exists {
				return &Fault{"trust.time", entry.path + "/" + member}
			}
		}
		if revoked, is := entry.part("revoked"); is {
			if _, exists := revoked.time("at"); !exists {
				return &Fault{"trust.time", revoked.path + "/at"}
			}
		}
		if isBefore(entry.Value("valid_until"), entry.Value("valid_from")) {
			return &Fault{"trust.validity", entry.path + "/valid_until"}
		}
	}
	return nil
}

// The states of a key (spec/trust.md).
const (
	untrusted    = "untrusted"
	revoked      = "revoked"
	timeUnproven = "time_unproven"
	trusted      = "trusted"
)

// revocation is since when a key doesn't count, and whether that is only for what came later.
type revocation struct {
	at        time.Time
	isOrderly bool
}

// vouched is who saw the sealed record, and when.
type vouched struct{ by, at string }

// keys are those of a trust file at a time, as the statements that came along leave them.
type keys struct {
	isGiven     bool
	entries     map[string]*Object
	revocations map[string][]revocation
	now         time.Time
}

func newKeys(trust *Object, statements []*Object, now string) (*keys, error) {
	at, isTime := Instant(now)
	if !isTime {
		return nil, fmt.Errorf("%q is no time", now)
	}
	k := &keys{trust != nil, map[string]*Object{}, map[string][]revocation{}, at}
	for _, entry := range Objects(trust.List("keys")) {
		k.entries[entry.Text("key")] = entry
		if stated := entry.Child("revoked"); stated != nil {
			at, _ := Instant(stated.Text("at"))
			k.revocations[entry.Text("key")] = []revocation{{at, isOrderly(stated)}}
		}
	}
	// What one statement says of a key doesn't decide whether another one counts.
	stated := map[string][]revocation{}
	for _, statement := range statements {
		if about := statement.Text("about"); k.takesBack(statement) {
			stated[about] = append(stated[about], revocationOf(statement))
		}
	}
	for key, each := range stated {
		k.revocations[key] = append(k.revocations[key], each...)
	}
	return k, nil
}

func isOrderly(revoked *Object) bool {
	return slices.Contains([]string{"superseded", "retired"}, revoked.Text("reason"))
}

func revocationOf(statement *Object) revocation {
	body := statement.Child("body")
	at, isTime := Instant(body.Text("at"))
	if !isTime {
		at, _ = Instant(statement.Text("at"))
	}
	return revocation{at, isOrderly(body)}
}

// takesBack says whether a statement is a revocation of a known key that counts: rightly signed by the key itself or by a
// trusted key of the same identity.
func (k *keys) takesBack(statement *Object) bool {
	about, signer := k.entries[statement.Text("about")], statement.Text("signed_by")
	if statement.Text("kind") != "revocation" || about == nil {
		return false
	}
	isSame := k.identity(signer) == about.Text("identity") && k.state(signer, nil) == trusted
	return (signer == about.Text("key") || isSame) && IsSigned("statement", statement)
}

// identity of the holder of a key, empty for a key without entry.
func (k *keys) identity(key string) string { return k.entries[key].Text("identity") }

// state of a key at the vouched time, or else now (AR-TRUST-006, AR-TRUST-007).
func (k *keys) state(key string, seen *vouched) string {
	entry := k.entries[key]
	if entry == nil {
		return untrusted
	}
	at := k.now
	if seen != nil {
		at, _ = Instant(seen.at)
	}
	isUnproven := false
	if from, has := Instant(entry.Text("valid_from")); has && at.Before(from) {
		isUnproven = true
	}
	if until, has := Instant(entry.Text("valid_until")); has && at.After(until) {
		isUnproven = true
	}
	for _, each := range k.revocations[key] {
		if each.isOrderly {
			isUnproven = isUnproven || !at.Before(each.at)
		} else if seen == nil || !at.Before(each.at) {
			return revoked
		}
	}
	if isUnproven {
		return timeUnproven
	}
	return trusted
}

// barred is the member of the run that a key isn't for, empty if it may be used (AR-TRUST-010).
func (k *keys) barred(key string, run *Object) string {
	entry := k.entries[key]
	fits := func(list, member string) bool {
		text, isText := run.Value(member).(string)
		return !entry.Has(list) || isText && slices.ContainsFunc(entry.List(list), func(pattern Value) bool {
			return Fits(pattern.(string), text)
		})
	}
	if !fits("agents", "agent_id") {
		return "agent"
	}
	if !fits("workspaces", "workspace_id") {
		return "workspace"
	}
	return ""
}

func (k *keys) hasRole(key string, roles ...string) bool {
	return slices.ContainsFunc(k.entries[key].List("roles"), func(role Value) bool {
		return slices.Contains(roles, role.(string))
	})
}

// countsNow says whether a key is trusted now, with one of these roles, for a record.
func (k *keys) countsNow(key string, run *Object, roles ...string) bool {
	return k.hasRole(key, roles...) && k.barred(key, run) == "" && k.state(key, nil) == trusted
}

// vouchedFor is the earliest time that somebody trusted, and other than the signer, vouches for (AR-TRUST-008).
func (k *keys) vouchedFor(run *Object, recordHash string, statements []*Object) *vouched {
	signer := run.Child("provenance").Text("signed_by")
	var earliest *vouched
	for _, statement := range statements {
		if statement.Text("kind") != "countersignature" || statement.Text("about") != recordHash {
			continue
		}
		key := statement.Text("signed_by")
		if !k.countsNow(key, run, "server", "auditor", "witness") || key == signer || k.identity(key) == k.identity(signer) {
			continue
		}
		seen := &vouched{k.identity(key), statement.Text("at")}
		if _, isTime := Instant(seen.at); !isTime || !IsSigned("statement", statement) {
			continue
		}
		if earliest == nil || seen.isEarlier(earliest) {
			earliest = seen
		}
	}
	return earliest
}

func (v *vouched) isEarlier(other *vouched) bool {
	if isBefore(v.at, other.at) || isBefore(other.at, v.at) {
		return isBefore(v.at, other.at)
	}
	if v.by != other.by {
		return lessUnits(v.by, other.by)
	}
	return lessUnits(v.at, other.at)
}
