package main

import (
	"fmt"
	"io"
	"slices"

	"github.com/strataconf/strata/option"
)

// mostProblems is how many problems one run shows: more than that are seldom
// read, and a file of another kind makes thousands.
const mostProblems = 20

// atLeast returns the problems of that severity and graver ones.
func atLeast(ps option.Problems, least option.Severity) option.Problems {
	var out option.Problems
	for _, p := range ps {
		if p.Severity <= least {
			out = append(out, p)
		}
	}
	return out
}

// line renders a problem. Errors have no label: they are the rule.
func line(p *option.Problem) string {
	if p.Severity == option.Error {
		return message(p)
	}
	return p.Severity.String() + ": " + message(p)
}

// message renders a problem and says where the text of an alias stands.
func message(p *option.Problem) string {
	if p.Origin.Anchor == nil {
		return p.Error()
	}
	at := p.Origin
	at.Span = *at.Anchor
	return p.Error() + "; the alias stands for what is at " + at.Place()
}

// related are the further places of a problem, that of an anchor last.
func related(p *option.Problem) []option.Origin {
	if p.Origin.Anchor == nil {
		return p.Related
	}
	at := p.Origin
	at.Span, at.Anchor = *at.Anchor, nil
	return append(slices.Clone(p.Related), at)
}

// writeProblems prints problems one a line, at most [mostProblems] of them.
func writeProblems(w io.Writer, ps option.Problems) {
	shown, more := ps.Limit(mostProblems)
	for _, p := range shown {
		fmt.Fprintln(w, line(p))
	}
	writeMore(w, more, "problem")
}

func writeMore(w io.Writer, more int, what string) {
	if more > 0 {
		fmt.Fprintf(w, "and %s more\n", count(more, what))
	}
}
