package report

import (
	"cmp"
	"strings"

	"github.com/strataconf/strata/option"
)

// A Found is what a name means in a catalog: an option, or a retired name.
type Found struct {
	Option *option.Option
	// Retired is set, and Option is not, if the name is out of use.
	Retired *option.Tombstone
	// As says what the name is: "flag", "short flag", "variable", "numbered
	// variable", "YAML path", "JSON path", "title" or "last part of a path";
	// "name" for one of these in another case or with other separators.
	As string
}

// A NotFoundError says that a name means no single option. It does not hold
// the name, which may be anything that somebody pasted.
type NotFoundError struct {
	// Guess is the option that was most likely meant, as the name was
	// spelled, or "".
	Guess string
	// Group is set if the name is that of a group.
	Group *option.Group
	// Several are the options that the name may mean.
	Several []*option.Option
	// Dropped is set if the name is one of an option that [option.Drop] took
	// out of the program: "an option that this program leaves out".
	Dropped string
}

// Error says what else to ask for.
func (e *NotFoundError) Error() string {
	switch {
	case e.Group != nil:
		return "the name is that of a group, " + option.Escape(e.Group.Title()) + ", not of an option"
	case e.Dropped != "":
		return "the name is that of " + e.Dropped
	case len(e.Several) > 0:
		names := make([]string, len(e.Several))
		for i, o := range e.Several {
			names[i] = "--" + o.Flag
		}
		return "the name may mean " + strings.Join(names, ", ")
	case e.Guess != "":
		return "no option has this name (did you mean " + option.Escape(e.Guess) + "?)"
	}
	return "no option has this name"
}

// Find finds the option that a name means, in any spelling: a flag with or
// without dashes, a short flag, a variable with or without its prefix and its
// dollar sign, a path in the file or in the JSON of the API, a title, or the
// last part of a path if it is the only one. What follows an equals sign is
// no part of the name, nor is an item such as [2], the colon of a key, the dot
// in front of a path or the "config." above it in the body of the API. The
// error is a [*NotFoundError].
func Find(c *option.Catalog, name string) (Found, error) {
	name, _, _ = strings.Cut(strings.TrimSpace(name), "=")
	name, _, _ = strings.Cut(name, "[")
	name = strings.TrimPrefix(strings.TrimSuffix(name, ":"), ".")
	variable, isVariable := strings.CutPrefix(name, "$")
	if isVariable {
		variable = strings.TrimSuffix(strings.TrimPrefix(variable, "{"), "}")
	}
	flag := strings.TrimPrefix(strings.TrimPrefix(name, "-"), "-")
	if flag == "" || variable == "" {
		return Found{}, &NotFoundError{}
	}
	for _, look := range []struct {
		as   string
		in   func() *option.Option
		when bool
	}{
		{"flag", func() *option.Option { return c.ByFlag(flag) }, !isVariable},
		{"YAML path", func() *option.Option { return c.ByYAML(name) }, true},
		{"variable", func() *option.Option { return byVariable(c, variable) }, true},
		{"flag", func() *option.Option { return c.ByFileFlag(flag) }, !isVariable},
		{"variable", func() *option.Option {
			return cmp.Or(c.ByFileEnv(variable), c.ByFileEnv(c.EnvPrefix()+variable))
		}, true},
		{"short flag", func() *option.Option { return c.ByShort(flag) }, len(name) < 3},
		{"numbered variable", func() *option.Option { return byNumber(c, variable) }, true},
	} {
		if look.when {
			if o := look.in(); o != nil {
				return Found{Option: o, As: look.as}, nil
			}
		}
	}
	if t := tombstone(c, name, flag, variable); t != nil {
		return Found{Retired: t, As: "retired name"}, nil
	}
	for _, spelling := range spellings(c, name, flag, variable) {
		if left := c.Dropped(spelling); left != "" {
			return Found{}, &NotFoundError{Dropped: left}
		}
	}
	for _, look := range []struct {
		as string
		is func(*option.Option) bool
	}{
		{"JSON path", func(o *option.Option) bool { return o.JSONPath() == name }},
		{"JSON path", func(o *option.Option) bool {
			inner, above := strings.CutPrefix(name, "config.")
			return above && o.JSONPath() == inner || o.Value.Traits().Struct && o.JSONPath()+".value" == inner
		}},
		{"title", func(o *option.Option) bool { return strings.EqualFold(o.Name, name) }},
		{"title", func(o *option.Option) bool {
			return o.Group != nil && strings.EqualFold(o.Group.Title()+" / "+o.Name, name)
		}},
		{"last part of a path", func(o *option.Option) bool { return o.YAML == name || last(o.JSONPath()) == name }},
	} {
		switch all := fields(c, look.is); len(all) {
		case 0:
		case 1:
			return Found{Option: all[0], As: look.as}, nil
		default:
			return Found{}, &NotFoundError{Several: all}
		}
	}
	if o := cmp.Or(c.ByFlag(strings.ToLower(flag)), byVariable(c, strings.ToUpper(variable))); o != nil {
		return Found{Option: o, As: "name"}, nil
	}
	if g, _ := GroupOf(c, name); g != nil {
		return Found{}, &NotFoundError{Group: g}
	}
	guess, ok := c.Guess(sourceOf(c, variable, isVariable), variable)
	switch {
	case ok && guess.Certain:
		return Found{Option: guess.Option, As: "name"}, nil
	case ok:
		return Found{}, &NotFoundError{Guess: guess.Spelling}
	}
	return Found{}, &NotFoundError{}
}

func byVariable(c *option.Catalog, name string) *option.Option {
	if o := c.ByEnv(name); o != nil {
		return o
	}
	return c.ByEnv(c.EnvPrefix() + name)
}

// byNumber returns the option of a numbered variable.
func byNumber(c *option.Catalog, name string) *option.Option {
	name = strings.TrimPrefix(name, c.EnvPrefix())
	for o := range c.All() {
		if o.Indexed == nil {
			continue
		}
		for _, prefix := range o.Indexed.Prefixes {
			rest, ours := strings.CutPrefix(name, prefix+"_")
			member := strings.TrimLeft(rest, "0123456789")
			if !ours || member == rest {
				continue
			}
			for _, f := range o.Indexed.Fields {
				if member == "_"+f.Env {
					return o
				}
			}
		}
	}
	return nil
}

// spellings are what a name may be, as a catalog lists names out of use.
func spellings(c *option.Catalog, name, flag, variable string) []string {
	return []string{"--" + flag, "$" + variable, "$" + c.EnvPrefix() + variable, name}
}

func tombstone(c *option.Catalog, name, flag, variable string) *option.Tombstone {
	for _, spelling := range spellings(c, name, flag, variable) {
		if t := c.Tombstone(spelling); t != nil {
			return t
		}
	}
	return nil
}

// fields returns the options that match, one for each field: the newest.
func fields(c *option.Catalog, is func(*option.Option) bool) []*option.Option {
	var out []*option.Option
	for o := range c.All() {
		if !is(o) {
			continue
		}
		again := false
		for i, have := range out {
			if have.FieldPath() == o.FieldPath() {
				again = true
				if have.Deprecated() {
					out[i] = o
				}
			}
		}
		if !again {
			out = append(out, o)
		}
	}
	return out
}

func last(path string) string { return path[strings.LastIndexByte(path, '.')+1:] }

// sourceOf tells in which spelling a guess is wanted.
func sourceOf(c *option.Catalog, name string, variable bool) option.Source {
	switch {
	case variable || c.EnvPrefix() != "" && strings.HasPrefix(strings.ToUpper(name), c.EnvPrefix()):
		return option.SourceEnv
	case strings.Contains(name, "."):
		return option.SourceYAML
	}
	return option.SourceFlag
}
