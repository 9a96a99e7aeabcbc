package load

import (
	"slices"

	"github.com/strataconf/strata/option"
)

// A Variable is one variable of the environment with its place.
type Variable struct {
	Name string
	// Value is the text, quotes and escapes resolved.
	Value option.Raw
	// In names the file, and Span is where in it the value is spelled.
	In   string
	Span option.Span
}

// Origin is the place of the variable.
func (v Variable) Origin() option.Origin {
	return option.Origin{Source: option.SourceEnv, Name: v.Name, In: v.In, Span: v.Span}
}

const codeDuplicate = "duplicate-variable"

// overlay puts variables before the entries of the environment, the last one
// first, since of two entries of one name the first counts.
func (e *environment) overlay(vars []Variable) {
	entries := make([]string, 0, len(vars)+len(e.environ))
	won := make(map[string]Variable, len(vars))
	for _, v := range slices.Backward(vars) {
		entry := v.Name + "=" + v.Value.Text()
		if _, ours := e.name(entry); !ours {
			continue
		}
		if other, twice := won[v.Name]; twice {
			e.problem(overridden(v, other))
			continue
		}
		won[v.Name] = v
		e.vars = append(e.vars, v)
		entries = append(entries, entry)
	}
	e.environ = append(entries, e.environ...)
}

// overridden tells of a variable that is set again. That a later file does so
// is how files are layered; that one file does so is more likely a slip.
func overridden(v, by Variable) *option.Problem {
	p := &option.Problem{
		Severity: option.Note, Code: codeDuplicate, Origin: v.Origin(), Related: []option.Origin{by.Origin()},
		Reason: "set again at " + by.Origin().Place() + ", which counts",
	}
	if v.In == by.In {
		p.Severity, p.Hint = option.Warning, "keep one of the two"
	}
	if isName(v.Name) {
		p.Name = v.Name
	}
	p.Origin.Name = p.Name
	p.Related[0].Name = p.Name
	return p
}

// told takes over the problems that were found on the way to the variables.
// Warnings of variables that are none of ours are for others to read.
func (e *environment) told(ps option.Problems) {
	for _, p := range ps {
		about := p.Origin.Name
		if _, ours := e.name(about + "="); about == "" || ours || p.Severity == option.Error {
			e.problem(p)
		}
	}
}
