package migrate

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/strataconf/strata/load"
)

// A CommandLine is a plan for the flags of a command.
type CommandLine struct {
	*Plan
	// Args are the new flags.
	Args []string
	// Secret tells which of Args may hold something that must not be shown:
	// secrets, and what is no flag of the catalog.
	Secret []bool
}

// Format prints a fixed word for every verb: the flags may hold secrets.
func (CommandLine) Format(s fmt.State, _ rune) { _, _ = io.WriteString(s, "(withheld command line)") }

// Arguments plans the flags of a command line, of which args[0] stands at
// first in os.Args. Places are those of the arguments.
func (m *Migration) Arguments(args []string, first int) *CommandLine {
	var text string
	if len(args) > 0 {
		text = strings.Join(args, end) + end
	}
	p := &Plan{File: File{Text: text}, Text: text}
	line := &CommandLine{Plan: p, Args: slices.Clone(args)}
	p.line = &argv{first: first}
	var words []word
	at := 0
	for _, arg := range args {
		p.line.starts = append(p.line.starts, at)
		words = append(words, word{
			text: arg, at: span{at, at + len(arg)}, literal: true, entry: span{at, at + len(arg) + 1},
			write: func(text string) (string, bool) { return text, !strings.Contains(text, end) },
		})
		at += len(arg) + 1
	}
	r := &reading{scopes: []string{""}, sites: m.flagSites(words, 0, newPlaces(text)), commands: []command{{0, args}}}
	for i := range r.sites {
		// An argument is one line however it is written.
		r.sites[i].place.Offset = int32(r.sites[i].at.from)
	}
	p.sites = r.sites
	p.reread = func(text string) *reading {
		return &reading{scopes: []string{""}, commands: []command{{0, split(text)}}}
	}
	acts := m.decide(p, r)
	if len(p.Refused) == 0 && len(acts) > 0 {
		m.prove(p, r, acts)
	}
	if len(p.Refused) > 0 {
		p.Text, p.Changes, acts = text, nil, nil
	}
	for _, a := range acts {
		p.step(a)
	}
	if len(acts) > 0 {
		line.Args = split(p.Text)
	}
	line.Secret = m.secret(line.Args)
	return line
}

// end is what no argument holds.
const end = "\x00"

func split(text string) []string {
	if text == "" {
		return nil
	}
	return strings.Split(strings.TrimSuffix(text, end), end)
}

// argv tells where arguments are in a joined text.
type argv struct {
	first  int
	starts []int
}

// secret tells which arguments may hold what must not be shown.
func (m *Migration) secret(args []string) []bool {
	out := make([]bool, len(args))
	for i := range out {
		out[i] = true
	}
	layer := load.Args(m.catalog, args, 0)
	for _, in := range layer.Inputs {
		at := int(in.Origin.Arg)
		_, withheld, valid := in.Option.Show(in.Raw)
		hidden := in.Option.Secret() || withheld || !valid
		value := at
		if !strings.Contains(args[at], "=") && !in.Option.Value.Traits().NoValue && strings.HasPrefix(args[at], "--") || len(args[at]) == 2 && !in.Option.Value.Traits().NoValue {
			value = min(at+1, len(args)-1)
			out[at] = false
		}
		out[value] = hidden
	}
	for i, arg := range args { // the name of a file with a secret is none
		name, _, joined := strings.Cut(arg, "=")
		if long, ok := strings.CutPrefix(name, "--"); ok && m.catalog.ByFileFlag(long) != nil {
			out[i] = false
			if !joined && i+1 < len(args) {
				out[i+1] = strings.HasPrefix(args[i+1], "-")
			}
		}
	}
	for _, p := range layer.Problems.Errors() {
		if at := int(p.Origin.Arg); at < len(out) && m.catalog.ByFileFlag(strings.TrimPrefix(p.Origin.Name, "--")) == nil {
			out[at] = true
		}
	}
	return out
}
