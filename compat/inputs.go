package compat

import (
	"slices"
	"strings"

	"github.com/strataconf/strata/docgen"
	"github.com/strataconf/strata/option"
)

// A Use is one name that a deployment uses, with its place.
type Use struct {
	// Name is "--flag", "-f", "$VARIABLE" or the dotted path of a key.
	Name   string
	Origin option.Origin
}

// A Deployment is what one configuration sets, as far as it must be known to
// tell which changes concern it. It holds no value.
type Deployment struct {
	Uses []Use
	// Judged says that the newer program read the configuration, so that
	// Refused and Set are known. Without it every use of an option whose
	// values were narrowed is concerned.
	Judged bool
	// Refused are the problems that the newer program has with values.
	Refused option.Problems
	// Set holds the flags of the options that the newer program finds set.
	Set map[string]bool
}

// A Touch is a change that concerns a deployment.
type Touch struct {
	*Change
	// Uses are the inputs that it concerns, none for a default.
	Uses []Use
	// Problems say what the newer program has against their values.
	Problems option.Problems
}

// Touching returns the report with only those changes that concern a
// deployment, each with the places.
func (r *Report) Touching(d *Deployment) *Report {
	uses := make(map[string][]Use, len(d.Uses))
	for _, u := range d.Uses {
		uses[u.Name] = append(uses[u.Name], u)
		if strings.HasPrefix(u.Name, "$") {
			if name := canonical(u.Name); name != u.Name {
				uses[name] = append(uses[name], u)
			}
		}
	}
	out := &Report{Program: r.Program, Of: true}
	for i := range r.Changes {
		c := &r.Changes[i]
		if c.Readers {
			out.Unjudged++
			continue
		}
		t := Touch{Change: c}
		for _, name := range c.Names {
			t.Uses = append(t.Uses, uses[name]...)
		}
		if t.concerns(d) {
			slices.SortStableFunc(t.Uses, byPlace)
			out.Changes = append(out.Changes, *c)
			out.Touches = append(out.Touches, t)
		}
	}
	return out
}

// concerns reports whether the change concerns a deployment, given the uses
// of its names.
func (t *Touch) concerns(d *Deployment) bool {
	switch t.when {
	case whenAlways:
		return true
	case whenUnset:
		return len(t.Uses) == 0 && !d.Set[t.Option]
	case whenRefused:
		if d.Judged && t.Verdict == Breaking {
			t.Problems = t.refused(d)
			return len(t.Problems) > 0
		}
	}
	return len(t.Uses) > 0
}

// refused are the problems with values of the option.
func (t *Touch) refused(d *Deployment) (out option.Problems) {
	for _, p := range d.Refused {
		if p.Option == nil {
			continue
		}
		own := spelled(p.Option.Flag, "", string(p.Option.Env), p.Option.Path())
		if slices.ContainsFunc(own, func(name string) bool { return slices.Contains(t.Names, name) }) {
			out = append(out, p)
		}
	}
	return out
}

func byPlace(a, b Use) int {
	for _, c := range []int{
		int(a.Origin.Source) - int(b.Origin.Source), strings.Compare(a.Origin.In, b.Origin.In), int(a.Origin.Span.Line - b.Origin.Span.Line),
		int(a.Origin.Span.Column - b.Origin.Span.Column), int(a.Origin.Arg - b.Origin.Arg),
	} {
		if c != 0 {
			return c
		}
	}
	return 0
}

// VariableUses returns the uses of variables, given as "NAME=value". An empty
// one is a use where either catalog takes it for a value.
func VariableUses(older, newer *docgen.Listing, environ []string, origin func(i int, name string) option.Origin) []Use {
	var out []Use
	for i, entry := range environ {
		name, value, ok := strings.Cut(entry, "=")
		if ok && name != "" && (value != "" || older.KeepEmpty || newer.KeepEmpty) {
			out = append(out, Use{"$" + name, origin(i, name)})
		}
	}
	return out
}

// ArgUses returns the flags among arguments, as either catalog knows them: a
// flag that both have is read as the older program reads it, since the
// arguments were written for that one.
func ArgUses(older, newer *docgen.Listing, args []string, origin func(i int, name string) option.Origin) []Use {
	was, is := newIndex(older), newIndex(newer)
	known := func(name string) *docgen.ListedOption {
		if o := was.byName[name]; o != nil {
			return o
		}
		return is.byName[name]
	}
	var out []Use
	for i := 0; i < len(args); i++ {
		arg, at := args[i], i
		if arg == "--" {
			break
		}
		if strings.HasPrefix(arg, "--") {
			name, _, joined := strings.Cut(arg, "=")
			out = append(out, Use{name, origin(at, name)})
			if o := known(name); o != nil && !o.NoValue && !joined {
				i++
			}
			continue
		}
		// A run of short flags, the last of which may have a value behind it.
		for rest, short := strings.CutPrefix(arg, "-"); short && rest != ""; rest = rest[1:] {
			name := "-" + rest[:1]
			o := known(name)
			if o == nil {
				break
			}
			out = append(out, Use{name, origin(at, name)})
			if !o.NoValue {
				if rest = rest[1:]; rest == "" {
					i++
				}
				break
			}
		}
	}
	return out
}
