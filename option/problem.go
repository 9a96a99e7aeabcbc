package option

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"
)

// Severity tells what stops a start from what does not.
type Severity uint8

// The severities, gravest first.
const (
	Error Severity = iota
	Warning
	Note
)

var severityNames = [...]string{"error", "warning", "note"}

// String returns "error", "warning" or "note".
func (s Severity) String() string { return severityNames[s] }

// A Problem is one thing wrong with what people configured. It holds names
// and places, never values. The message is only a rendering of the fields.
type Problem struct {
	Severity Severity
	// Code is a stable name for programs: "unknown-key", "invalid-value".
	Code string
	// Origin is the place; the zero Origin is a problem of no single place.
	Origin Origin
	// Name is the option as that source spells it, or "" where it must not
	// or cannot be named.
	Name string
	// Reason says what is wrong, in lower case, without a period.
	Reason string
	// Hint says how to mend it, or is "".
	Hint string
	// Option is the option concerned, or nil.
	Option *Option
	// Related are further places that the reason speaks of.
	Related []Origin
	// Cross marks a check over several options; such problems print last.
	Cross bool
}

// Error renders the problem as "place: name: reason (hint)".
func (p *Problem) Error() string {
	var b strings.Builder
	for _, part := range []string{p.Origin.Place(), Escape(p.Name)} {
		if part != "" {
			b.WriteString(part)
			b.WriteString(": ")
		}
	}
	b.WriteString(Escape(p.Reason))
	if p.Hint != "" {
		b.WriteString(" (")
		b.WriteString(Escape(p.Hint))
		b.WriteString(")")
	}
	return b.String()
}

// Problems is everything wrong with one configuration, see [Problems.Sort].
type Problems []*Problem

// Errors returns the problems that stop a start.
func (ps Problems) Errors() Problems { return ps.only(Error) }

// Warnings returns the problems that do not stop a start but need attention.
func (ps Problems) Warnings() Problems { return ps.only(Warning) }

func (ps Problems) only(s Severity) Problems {
	var out Problems
	for _, p := range ps {
		if p.Severity == s {
			out = append(out, p)
		}
	}
	return out
}

// Err returns the errors among the problems as one error, nil if there is none.
func (ps Problems) Err() error {
	var errs []error
	for _, p := range ps.Errors() {
		errs = append(errs, p)
	}
	return errors.Join(errs...)
}

// Sort puts problems in the order people read them: errors before warnings
// before notes; inside these by source (file, environment, argv, cross-checks),
// then by place.
func (ps Problems) Sort() {
	slices.SortStableFunc(ps, func(a, b *Problem) int {
		return cmp.Or(
			cmp.Compare(a.Severity, b.Severity),
			cmp.Compare(a.rank(), b.rank()),
			cmp.Compare(a.Origin.In, b.Origin.In),
			cmp.Compare(a.Origin.Span.Line, b.Origin.Span.Line),
			cmp.Compare(a.Origin.Span.Column, b.Origin.Span.Column),
			cmp.Compare(a.Origin.Arg, b.Origin.Arg),
			compareNames(a.Name, b.Name),
			cmp.Compare(a.Reason, b.Reason),
		)
	})
}

// compareNames orders names as people count: APP_LINK_2_ID before APP_LINK_10_ID,
// and links[2] before links[10].
func compareNames(a, b string) int {
	whole := cmp.Compare(a, b)
	for a != "" && b != "" {
		m, n := number(a), number(b)
		if m == 0 || n == 0 {
			if a[0] != b[0] {
				return cmp.Compare(a[0], b[0])
			}
			a, b = a[1:], b[1:]
			continue
		}
		x, y := strings.TrimLeft(a[:m], "0"), strings.TrimLeft(b[:n], "0")
		if c := cmp.Or(cmp.Compare(len(x), len(y)), cmp.Compare(x, y)); c != 0 {
			return c
		}
		a, b = a[m:], b[n:]
	}
	return cmp.Or(cmp.Compare(len(a), len(b)), whole)
}

// number returns how many digits s begins with.
func number(s string) int {
	n := 0
	for n < len(s) && '0' <= s[n] && s[n] <= '9' {
		n++
	}
	return n
}

func (p *Problem) rank() int {
	if p.Cross {
		return int(SourceFlag) + 1
	}
	return int(p.Origin.Source)
}

// Limit returns at most n problems, and how many were left out.
func (ps Problems) Limit(n int) (shown Problems, more int) {
	n = min(n, len(ps))
	return ps[:n], len(ps) - n
}

// A TableError is everything wrong with the tables given to [Build].
type TableError struct {
	Faults []string
}

// Error lists the faults, one a line.
func (e *TableError) Error() string {
	return fmt.Sprintf("option: %d faults in the tables:\n\t%s", len(e.Faults), strings.Join(e.Faults, "\n\t"))
}
