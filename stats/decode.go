package stats

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
	"strings"
)

// A Fault is one thing wrong with a batch. It never holds what was sent.
type Fault struct {
	Field  string // "agents[2].rx_bytes", "" for the whole
	Detail string
}

// Faults is all that is wrong with a batch.
type Faults []Fault

// Error names the first fault.
func (f Faults) Error() string {
	if len(f) == 0 {
		return "no fault"
	}
	return strings.TrimPrefix(f[0].Field+": "+f[0].Detail, ": ")
}

// maxFaults is how many faults are told: a person mends a kind at a time.
const maxFaults = 20

// Decode reads a batch from JSON. Names are exact and come once, and none is
// unknown; figures are within the limits. Figures that are left out are zero,
// ids, transitions and statuses may not be left out. The error is [Faults].
func Decode(text []byte) (Batch, error) {
	d := &decoder{}
	var b Batch
	d.fields("", text, map[string]func(string, json.RawMessage){
		"id":     func(at string, raw json.RawMessage) { b.ID = d.uuid(at, raw) },
		"agents": func(at string, raw json.RawMessage) { b.Agents = items(d, at, raw, d.agent) },
		"builds": func(at string, raw json.RawMessage) { b.Builds = items(d, at, raw, d.build) },
	}, "id")
	if len(d.faults) == 0 && len(b.Agents)+len(b.Builds) == 0 {
		d.fault("", "names no agent and no build")
	}
	if len(d.faults) > 0 {
		return Batch{}, d.faults
	}
	return b, nil
}

type decoder struct{ faults Faults }

func (d *decoder) fault(at, format string, args ...any) {
	if len(d.faults) < maxFaults {
		d.faults = append(d.faults, Fault{at, fmt.Sprintf(format, args...)})
	}
}

func (d *decoder) agent(at string, raw json.RawMessage) (a AgentUsage) {
	d.fields(at, raw, map[string]func(string, json.RawMessage){
		"agent_id":              func(at string, raw json.RawMessage) { a.AgentID = d.uuid(at, raw) },
		"rx_bytes":              func(at string, raw json.RawMessage) { a.RxBytes = d.whole(at, raw, 0, MaxBytes) },
		"tx_bytes":              func(at string, raw json.RawMessage) { a.TxBytes = d.whole(at, raw, 0, MaxBytes) },
		"connection_latency_ms": func(at string, raw json.RawMessage) { a.Latency = d.latency(at, raw) },
		"session_count":         func(at string, raw json.RawMessage) { a.Sessions = d.sessions(at, raw) },
	}, "agent_id")
	return a
}

func (d *decoder) sessions(at string, raw json.RawMessage) (s Sessions) {
	count := func(to *int64) func(string, json.RawMessage) {
		return func(at string, raw json.RawMessage) { *to = d.whole(at, raw, 0, MaxSessions) }
	}
	d.fields(at, raw, map[string]func(string, json.RawMessage){
		"jetbrains": count(&s.JetBrains), "reconnecting_pty": count(&s.ReconnectingPTY),
		"ssh": count(&s.SSH), "vscode": count(&s.VSCode),
	})
	return s
}

func (d *decoder) build(at string, raw json.RawMessage) (b WorkspaceBuild) {
	d.fields(at, raw, map[string]func(string, json.RawMessage){
		"workspace_id": func(at string, raw json.RawMessage) { b.WorkspaceID = d.uuid(at, raw) },
		"build_number": func(at string, raw json.RawMessage) { b.Number = d.whole(at, raw, 1, MaxNumber) },
		"transition":   func(at string, raw json.RawMessage) { b.Transition = choice(d, at, raw, Transitions) },
		"status":       func(at string, raw json.RawMessage) { b.Status = choice(d, at, raw, Statuses) },
	}, "workspace_id", "build_number", "transition", "status")
	return b
}

// fields reads an object whose names are known. It reads tokens itself:
// encoding/json takes names in any case and the last of several.
func (d *decoder) fields(at string, raw []byte, known map[string]func(string, json.RawMessage), needed ...string) {
	seen := map[string]bool{}
	r := json.NewDecoder(bytes.NewReader(raw))
	if token, err := r.Token(); err != nil || token != json.Delim('{') {
		d.fault(at, "is not an object")
		return
	}
	for r.More() {
		token, err := r.Token()
		name, _ := token.(string)
		var value json.RawMessage
		if err != nil || r.Decode(&value) != nil {
			d.fault(at, "is not JSON")
			return
		}
		field := known[name]
		switch {
		case field == nil:
			d.fault(at, "has a name that is not known; known are %s", names(known))
			return
		case seen[name]:
			d.fault(join(at, name), "comes twice")
			return
		}
		seen[name] = true
		field(join(at, name), value)
	}
	if _, err := r.Token(); err != nil {
		d.fault(at, "is not JSON")
		return
	}
	if _, err := r.Token(); !errors.Is(err, io.EOF) {
		d.fault(at, "goes on after its end")
	}
	for _, name := range needed {
		if !seen[name] {
			d.fault(join(at, name), "is missing")
		}
	}
}

func names(known map[string]func(string, json.RawMessage)) string {
	list := make([]string, 0, len(known))
	for name := range known {
		list = append(list, name)
	}
	slices.Sort(list)
	return strings.Join(list, ", ")
}

func join(at, name string) string {
	return strings.TrimPrefix(at+"."+name, ".")
}

func items[T any](d *decoder, at string, raw json.RawMessage, item func(string, json.RawMessage) T) []T {
	var list []json.RawMessage
	switch {
	case raw[0] != '[' || json.Unmarshal(raw, &list) != nil:
		d.fault(at, "is not a list")
		return nil
	case len(list) > MaxItems:
		d.fault(at, "has more than %d items", MaxItems)
		return nil
	}
	read := make([]T, len(list))
	for i, text := range list {
		read[i] = item(fmt.Sprintf("%s[%d]", at, i), text)
	}
	return read
}

func (d *decoder) whole(at string, raw json.RawMessage, least, most int64) (n int64) {
	if raw[0] == 'n' || json.Unmarshal(raw, &n) != nil || n < least || n > most {
		d.fault(at, "is not a whole number from %d to %d", least, most)
		return 0
	}
	return n
}

func (d *decoder) latency(at string, raw json.RawMessage) (f float64) {
	if raw[0] == 'n' || json.Unmarshal(raw, &f) != nil || math.Abs(f) > MaxLatency {
		d.fault(at, "is not a number of milliseconds up to %d", int64(MaxLatency))
		return 0
	}
	return f
}

func choice[T ~string](d *decoder, at string, raw json.RawMessage, choices []T) T {
	var s string
	if raw[0] != '"' || json.Unmarshal(raw, &s) != nil || !slices.Contains(choices, T(s)) {
		list := make([]string, len(choices))
		for i, c := range choices {
			list[i] = string(c)
		}
		d.fault(at, "is not one of %s", strings.Join(list, ", "))
		return ""
	}
	return T(s)
}

// uuid reads a UUID in its usual form and returns it in lower case.
func (d *decoder) uuid(at string, raw json.RawMessage) string {
	var s string
	if raw[0] != '"' || json.Unmarshal(raw, &s) != nil || !isUUID(s) {
		d.fault(at, "is not a UUID")
		return ""
	}
	return strings.ToLower(s)
}

func isUUID(s string) bool {
	if len(s) != 36 {
		return false
	}
	for i := range len(s) {
		switch c := s[i]; {
		case i == 8 || i == 13 || i == 18 || i == 23:
			if c != '-' {
				return false
			}
		case c >= '0' && c <= '9', c >= 'a' && c <= 'f', c >= 'A' && c <= 'F':
		default:
			return false
		}
	}
	return true
}
