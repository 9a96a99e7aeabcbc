package report

import (
	"fmt"
	"io"
	"slices"

	"github.com/strataconf/strata/option"
)

// A Difference is what a proposal would change.
type Difference struct {
	// Changes are the options whose value would be another, in catalog order.
	Changes []Change
	// Moved are those whose value would stay and come from another source, or
	// from one at all.
	Moved []Change
	// Idle are the proposed inputs that would change nothing because another
	// input wins.
	Idle []Idle
	// Added and Removed are the problems that the proposal would bring or
	// mend.
	Added, Removed option.Problems
}

// A Change is the value of one option before and after.
type Change struct {
	Option        *option.Option
	Before, After Outcome
}

// An Outcome is a value and the input that made it; Given is nil if it is a
// default or not set.
type Outcome struct {
	Value
	Given *Given
}

// An Idle is an input without effect.
type Idle struct {
	Option *option.Option
	Loss
}

// Compare tells what would change if the inputs of after replaced those of
// before. Both are of one catalog. A secret is only told to be another.
func Compare(before, after *option.Redacted, had, has option.Problems) *Difference {
	d := &Difference{Added: without(has, had), Removed: without(had, has)}
	for o := range before.Catalog().All() {
		if o.Deprecated() && o.HasNewer() {
			continue
		}
		a, b := verdict(before, had, o), verdict(after, has, o)
		d.Idle = append(d.Idle, idle(before.Setting(o), b)...)
		if a.Value.Source == b.Value.Source && a.Value.Source <= option.SourceDefault {
			continue
		}
		c := Change{o, outcome(a), outcome(b)}
		switch {
		case !before.Same(o, after):
			d.Changes = append(d.Changes, c)
		case a.Value.Source != b.Value.Source:
			d.Moved = append(d.Moved, c)
		}
	}
	return d
}

// Empty reports whether the proposal changes nothing at all.
func (d *Difference) Empty() bool {
	return len(d.Changes)+len(d.Moved)+len(d.Added)+len(d.Removed) == 0
}

// OutcomeOf returns the value of an option and the input that made it.
func OutcomeOf(r *option.Redacted, problems option.Problems, o *option.Option) Outcome {
	return outcome(verdict(r, problems, o))
}

// From says where an outcome comes from: "from $APP_NAME", "by default" or
// "not set".
func (o *Outcome) From() string { return o.from() }

// Place returns the place of the input for JSON, or nil if there is none.
func (o *Outcome) Place() *Place {
	if o.Given == nil {
		return nil
	}
	p := PlaceOf(o.Given.Origin, o.Given.Spelled)
	return &p
}

func outcome(e *Explanation) Outcome {
	out := Outcome{Value: e.Value}
	if n := len(e.Won); n > 0 {
		out.Given = &e.Won[n-1]
	}
	return out
}

// idle are the losers that were not there before.
func idle(before option.Setting, e *Explanation) []Idle {
	var out []Idle
	had := slices.Concat(before.Inputs, before.Shadowed)
	for _, l := range e.Lost {
		if l.Why != WhyRefused && !slices.ContainsFunc(had, func(in *option.Input) bool { return in.Option == l.Spelled && same(in.Origin, l.Origin) }) {
			out = append(out, Idle{e.Option, l})
		}
	}
	return out
}

// same reports whether two origins are one place, in whatever reading.
func same(a, b option.Origin) bool {
	a.Anchor, b.Anchor = nil, nil
	return a == b
}

// without returns the problems that others have not.
func without(ps, others option.Problems) option.Problems {
	var out option.Problems
	for _, p := range ps {
		if !slices.ContainsFunc(others, func(q *option.Problem) bool {
			return p.Severity == q.Severity && p.Code == q.Code && p.Name == q.Name && p.Reason == q.Reason && same(p.Origin, q.Origin)
		}) {
			out = append(out, p)
		}
	}
	return out
}

// WriteText writes the difference for people. The error is that of w.
func (d *Difference) WriteText(w io.Writer, style Style) error {
	s := &sheet{Paper: style.Paper()}
	switch n := len(d.Changes); n {
	case 0:
		s.prose(0, "No value would change.")
	case 1:
		s.prose(0, "1 value would change.")
	default:
		s.prose(0, fmt.Sprintf("%d values would change.", n))
	}
	for i := range d.Changes {
		c := &d.Changes[i]
		s.heading("--" + c.Option.Flag)
		s.fieldExact("now", c.Before.String())
		s.field("", origin(&c.Before))
		then := c.After.String()
		if c.Option.Secret() && c.Before.Given != nil && c.After.Given != nil {
			then = "set to something else, and never shown"
		}
		s.fieldExact("then", then)
		s.field("", origin(&c.After))
	}
	if len(d.Moved) > 0 {
		s.heading("The same value from elsewhere")
		for i := range d.Moved {
			c := &d.Moved[i]
			s.item("--" + c.Option.Flag + ": now " + c.Before.from() + ", then " + c.After.from())
		}
	}
	if len(d.Idle) > 0 {
		s.heading("Without effect")
		for i := range d.Idle {
			l := &d.Idle[i]
			s.item(l.String() + ": " + l.Reason)
		}
	}
	for _, part := range []struct {
		title string
		ps    option.Problems
	}{{"Problems that it would bring", d.Added}, {"Problems that it would mend", d.Removed}} {
		if len(part.ps) > 0 {
			s.heading(part.title)
			for _, p := range part.ps {
				s.item(sentence(p))
			}
		}
	}
	_, err := io.WriteString(w, s.b.String())
	return err
}

// origin says where an outcome comes from below its value, which says itself
// that it is not set.
func origin(o *Outcome) string {
	if o.Source == option.SourceNone {
		return ""
	}
	return o.from()
}

// from says where an outcome comes from.
func (o *Outcome) from() string {
	switch {
	case o.Given != nil:
		return "from " + o.Given.String()
	case o.Source == option.SourceDefault:
		return "by default"
	}
	return "not set"
}

type jsonOutcome struct {
	Shown
	Place *Place `json:"place"`
}

type jsonChange struct {
	Option string      `json:"option"`
	Before jsonOutcome `json:"before"`
	After  jsonOutcome `json:"after"`
}

func newJSONChanges(all []Change) []jsonChange {
	out := make([]jsonChange, len(all))
	for i := range all {
		c := &all[i]
		out[i] = jsonChange{c.Option.Flag, newJSONOutcome(&c.Before), newJSONOutcome(&c.After)}
	}
	return out
}

func newJSONOutcome(o *Outcome) jsonOutcome {
	return jsonOutcome{o.Shown(), o.Place()}
}

// MarshalJSON returns the difference for programs.
func (d *Difference) MarshalJSON() ([]byte, error) {
	type jsonIdle struct {
		For string `json:"for"` // the option that it would have set
		jsonInput
	}
	idle := make([]jsonIdle, len(d.Idle))
	for i := range d.Idle {
		l := &d.Idle[i]
		idle[i] = jsonIdle{l.Option.Flag, newJSONInput(&l.Given)}
		idle[i].Why, idle[i].Reason = l.Why, l.Reason
	}
	return marshal(struct {
		Changes []jsonChange  `json:"changes"`
		Moved   []jsonChange  `json:"moved"`
		Idle    []jsonIdle    `json:"without_effect"`
		Added   []jsonProblem `json:"problems_added"`
		Removed []jsonProblem `json:"problems_removed"`
	}{newJSONChanges(d.Changes), newJSONChanges(d.Moved), idle, newJSONProblems(d.Added), newJSONProblems(d.Removed)})
}
