package load

import (
	"strings"

	"github.com/strataconf/strata/option"
)

// This file has what is said of arguments that are not flags as declared. Such
// an argument shows only where it is near a known name: it may be a secret.

// unknown reports a flag that no option has. It returns 2 if the argument
// behind it can only be its value, which would otherwise be reported too.
func (a *argv) unknown(arg string) int {
	typed, _, given := strings.Cut(arg, "=")
	name := strings.TrimLeft(typed, "-")
	p := &option.Problem{Code: "unknown-flag", Reason: "unknown flag"}
	takes := true
	if t := a.c.Tombstone("--" + name); t != nil {
		p = a.c.Retired(t, option.SourceFlag)
		p.Name = typed
	} else if left := a.c.Dropped("--" + name); left != "" {
		p.Name, p.Reason = typed, left
	} else if o := a.c.ByFlag(strings.TrimPrefix(name, "no-")); o != nil && o.Flag != name && o.Value.Traits().NoValue {
		p.Name, p.Hint = typed, "write --"+o.Flag+"=false"
		takes = false
	} else if g, ok := a.c.Guess(option.SourceFlag, name); ok {
		p.Name, p.Hint = typed, "did you mean "+g.Spelling+"?"
		takes = !g.Option.Value.Traits().NoValue
	}
	a.problem(p)
	if next := a.at + 1; takes && !given && next < len(a.args) && isValue(a.args[next]) {
		return 2
	}
	return 1
}

// missing reports a flag without its value. It returns 2 if the argument
// behind it, which begins with a hyphen, is no flag and so was meant as the
// value.
func (a *argv) missing(arg string, o *option.Option) int {
	typed := arg
	if !strings.HasPrefix(arg, "--") {
		typed = "-" + o.Short
	}
	p := &option.Problem{Code: "missing-value", Name: typed, Reason: "a value is missing", Option: o}
	a.problem(p)
	if a.at+1 == len(a.args) {
		return 1
	}
	p.Hint = "write one that begins with a hyphen as --" + o.Flag + "=-…"
	if next := a.args[a.at+1]; next != "--" {
		if o, _ := a.declare(next); o == nil {
			return 2
		}
	}
	return 1
}

// stray reports an argument that is neither a flag nor the value of one.
func (a *argv) stray(i int) {
	p := &option.Problem{Code: "stray-argument", Reason: "an argument that belongs to no flag", Origin: a.origin(i, "")}
	defer a.problem(p)
	arg := a.args[i]
	if o := a.onOffBefore(i); o != nil && isBool(arg) {
		p.Reason = "--" + o.Flag + " takes no argument behind it"
		p.Hint = "write --" + o.Flag + "=true or --" + o.Flag + "=false"
		if truth := strings.ToLower(arg); truth == "true" || truth == "false" {
			p.Hint = "write --" + o.Flag + "=" + truth
		}
		p.Option = o
		return
	}
	name, _, _ := strings.Cut(arg, "=")
	if o := a.c.ConfigOption(); o != nil && (strings.HasSuffix(arg, ".yaml") || strings.HasSuffix(arg, ".yml")) {
		p.Hint = "name a configuration file by --" + o.Flag
	} else if t := a.c.Tombstone("$" + name); t != nil {
		p.Name, p.Hint = name, a.c.Retired(t, option.SourceFlag).Hint
	} else if g, ok := a.c.Guess(option.SourceFlag, name); ok {
		p.Name, p.Hint = name, "did you mean "+g.Spelling+"?"
	}
	p.Origin.Name = p.Name
}

// onOffBefore returns the option of the argument before i if that is a flag
// without a value of its own.
func (a *argv) onOffBefore(i int) *option.Option {
	if i == 0 || i != a.at {
		return nil
	}
	before := a.args[i-1]
	if !strings.HasPrefix(before, "-") || strings.Contains(before, "=") {
		return nil
	}
	if o, _ := a.declare(before); o != nil && o.Value.Traits().NoValue {
		return o
	}
	return nil
}

// isBool reports whether somebody may have meant text as the value of a bool
// option. It is wider than the kind, which refuses some of these.
func isBool(text string) bool {
	switch strings.ToLower(text) {
	case "true", "false", "t", "f", "1", "0", "yes", "no", "on", "off":
		return true
	}
	return false
}
