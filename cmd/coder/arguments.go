package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/strataconf/strata/load"
	"github.com/strataconf/strata/option"
	"github.com/strataconf/strata/report"
)

// options returns what the options are read from. The indexes are those of
// args in os.Args.
func (p *program) options(args []string, index []int, files load.Files) load.Process {
	return load.Process{Args: args, FirstArg: p.first, Index: index, Environ: p.Environ, Files: files}
}

// asked reports whether one of the flags stands among the arguments. Such a
// flag is never the value of another: a value that begins with a hyphen must
// be joined to its flag.
func asked(args []string, flags ...string) bool {
	return slices.ContainsFunc(beforeDashes(args), func(arg string) bool { return slices.Contains(flags, arg) })
}

// beforeDashes returns the arguments that may be flags.
func beforeDashes(args []string) []string {
	if i := slices.Index(args, "--"); i >= 0 {
		return args[:i]
	}
	return args
}

// An ownFlag is a flag of a subcommand, beside those of the options.
type ownFlag struct {
	name  string // without dashes
	arg   string // what follows, for help; "" for nothing
	help  string
	set   func(value string) bool          // false for a value it does not take
	setAt func(value string, arg int) bool // set, if arg matters: the index of the flag in os.Args
	wants string                           // what set takes, for the message
}

// takeOwn takes the flags of a subcommand out of its arguments, wherever they
// stand. It returns the rest with the index of each in os.Args.
func takeOwn(args []string, first int, own []ownFlag) (rest []string, index []int, err error) {
	flags := len(beforeDashes(args))
	for i := 0; i < len(args); i++ {
		name, value, joined := strings.Cut(args[i], "=")
		at := slices.IndexFunc(own, func(f ownFlag) bool { return "--"+f.name == name })
		if i >= flags || at < 0 {
			rest = append(rest, args[i])
			index = append(index, first+i)
			continue
		}
		f, arg := own[at], first+i
		switch {
		case f.arg == "" && joined:
			return nil, nil, usageError(name + " takes no value")
		case f.arg != "" && !joined:
			if i+1 >= flags || args[i+1] != "-" && strings.HasPrefix(args[i+1], "-") {
				return nil, nil, usageError(name + " needs a value: " + f.wants)
			}
			i++
			value = args[i]
		}
		if f.setAt != nil {
			f.set = func(v string) bool { return f.setAt(v, arg) }
		}
		if !f.set(value) {
			return nil, nil, usageError(name + " must be " + f.wants)
		}
	}
	return rest, index, nil
}

// slip finds a misspelt flag of a subcommand among what [takeOwn] left. It
// says what was meant and not what was typed, which may be a secret. A name
// that is nearer to an option is one for the load to tell.
func slip(rest []string, index []int, own []ownFlag, c *option.Catalog) error {
	names := []string{"help"}
	for _, f := range own {
		names = append(names, f.name)
	}
	for i, arg := range beforeDashes(rest) {
		typed, _, _ := strings.Cut(arg, "=")
		name, flag := strings.CutPrefix(typed, "--")
		if !flag || c.ByFlag(name) != nil || c.ByFileFlag(name) != nil || c.Tombstone(typed) != nil || c.Dropped(typed) != "" {
			continue
		}
		near := names
		if g, ok := c.Guess(option.SourceFlag, name); ok {
			near = append([]string{strings.TrimPrefix(g.Spelling, "--")}, names...)
		}
		if meant := option.Nearest(name, near); slices.Contains(names, meant) {
			return usageError(fmt.Sprintf("argv[%d]: unknown flag (did you mean --%s?)", index[i], meant))
		}
	}
	return nil
}

// stranger refuses a flag among the arguments of a subcommand that has only
// flags of its own, other those that stand behind --, if there are any.
func (p *program) stranger(rest []string, index []int, own []ownFlag, other string) error {
	i := slices.IndexFunc(rest, func(arg string) bool { return arg != "-" && strings.HasPrefix(arg, "-") })
	if i < 0 {
		return nil
	}
	reg, err := p.registry()
	if err != nil {
		return err
	}
	if err := slip(rest[i:], index[i:], own, reg.Catalog); err != nil {
		return err
	}
	if other == "" {
		return usageError(fmt.Sprintf("argv[%d]: not a flag of this command", index[i]))
	}
	return usageError(fmt.Sprintf("argv[%d]: not a flag of this command (%s)", index[i], other))
}

// checksOfStart are the checks that a start makes beside those of the
// registry. Writing the configuration starts nothing, so it makes none.
func checksOfStart(checks ...startCheck) []startCheck {
	for i, check := range checks {
		checks[i] = func(c *startChecker) {
			if !c.View().WriteConfig {
				check(c)
			}
		}
	}
	return checks
}

// formatFlag chooses between text and JSON for what a command prints: "it" or
// "them".
func formatFlag(to *string, what string) ownFlag {
	*to = "text"
	return ownFlag{
		name: "format", arg: "form", wants: "text or json", set: oneOf(to, "text", "json"),
		help: "How to print " + what + ": text for people, or json.",
	}
}

// groupOf finds the group that --group names.
func groupOf(c *option.Catalog, path string) (*option.Group, error) {
	g, near := report.GroupOf(c, path)
	switch {
	case g == nil && near != "":
		return nil, usageError("--group names no group (did you mean " + near + "?)")
	case g == nil:
		return nil, usageError("--group names no group (they are the keys of the file above the options, see coder config reference)")
	}
	return g, nil
}
