package lint

import (
	"fmt"
	"io"
	"slices"

	"github.com/strataconf/strata/option"
)

// Settings is what rules ask of a snapshot; every [option.Snapshot] is one.
type Settings interface {
	Catalog() *option.Catalog
	Layers() []option.Layer
	Setting(*option.Option) option.Setting
	Redact() *option.Redacted
}

// A Config is what a run looks at.
type Config struct {
	// Settings is the outcome of load.Inspect.
	Settings Settings
	// Problems are those of the same call. Checks of the program that warn of
	// risks belong into it.
	Problems option.Problems
	// Files are the files that the settings were read from: the configuration
	// file and those of variables. A file that is missing costs the rules that
	// look at text, and the comments that silence.
	Files []File
	// Open reports whether users other than the owner and his group may read a
	// file; nil if nobody knows.
	Open func(name string) bool
	// Members returns the places of the members of an input that several
	// variables spell, see load.Process.Members; nil if nobody knows.
	Members func(*option.Input) []option.Origin
	// Acts reports whether the program obeys an option; nil goes by the
	// effect of the row.
	Acts func(*option.Option) bool
	// Rules are those of the program, beside [Rules].
	Rules []Rule
	// Only and Without are IDs or names of the rules to run, all if Only is
	// empty, and of those to leave out.
	Only, Without []string
	// Least is the least severity to tell. The zero severity is
	// [option.Error], so most callers want [option.Note].
	Least option.Severity
}

// A File is the text of one file, by the name that origins have.
type File struct{ Name, Text string }

// Format prints a fixed word for every verb: the text may hold secrets.
func (File) Format(s fmt.State, _ rune) { _, _ = io.WriteString(s, "(withheld file)") }

// A Finding is one thing that a rule found.
type Finding struct {
	Rule *Rule
	// Problem says what and where. Its code is the ID of the rule.
	Problem *option.Problem
	// Fix mends it without changing any setting; nil if there is no such way.
	Fix *Fix
}

// A Report is what a run found.
type Report struct {
	// Findings are in the order in which people read them, see
	// [option.Problems.Sort].
	Findings []Finding
	// Silenced is how many more there would be without comments that silence.
	Silenced int
	// Below is how many more there would be with a lower [Config.Least].
	Below int
	// Rules are all rules, whether or not they ran.
	Rules []Rule

	files map[string]*document
}

// Format prints a fixed word for every verb: the files may hold secrets.
func (Report) Format(s fmt.State, _ rune) { _, _ = io.WriteString(s, "(withheld report)") }

// UnknownRuleError is a name in a [Config] that no rule has.
type UnknownRuleError struct {
	// Near is the name of a rule that is like it, or "".
	Near string
}

// Error says so without the name.
func (e *UnknownRuleError) Error() string {
	if e.Near == "" {
		return "no rule has this ID or name"
	}
	return fmt.Sprintf("no rule has this ID or name (did you mean %s?)", e.Near)
}

// Run looks at a configuration. The error is an [*UnknownRuleError].
func Run(cfg Config) (*Report, error) {
	rules := append(Rules(), cfg.Rules...)
	runs, err := chosen(rules, cfg.Only, cfg.Without)
	if err != nil {
		return nil, err
	}
	l := &Look{cfg: cfg, safe: cfg.Settings.Redact(), rules: rules, files: documents(cfg)}
	for _, p := range cfg.Problems {
		l.tell(p)
	}
	l.risks()
	for i := range rules {
		if l.rule = &rules[i]; l.rule.Check != nil && runs(l.rule) {
			l.rule.Check(l)
		}
	}
	r := &Report{Rules: rules, files: l.files}
	for _, f := range l.found {
		switch {
		case !runs(f.Rule):
		case l.silenced(f):
			r.Silenced++
		case f.Problem.Severity <= cfg.Least:
			r.Findings = append(r.Findings, f)
		default:
			r.Below++
		}
	}
	r.Findings = append(r.Findings, l.needless(runs)...)
	r.sort()
	return r, nil
}

// Errors counts the findings that are errors.
func (r *Report) Errors() int { return r.count(option.Error) }

// Warnings counts the findings that are warnings.
func (r *Report) Warnings() int { return r.count(option.Warning) }

// Notes counts the findings that are notes.
func (r *Report) Notes() int { return r.count(option.Note) }

func (r *Report) count(s option.Severity) int {
	n := 0
	for _, f := range r.Findings {
		if f.Problem.Severity == s {
			n++
		}
	}
	return n
}

// sort puts the findings in the order of their problems.
func (r *Report) sort() {
	by := make(map[*option.Problem]Finding, len(r.Findings))
	ps := make(option.Problems, len(r.Findings))
	for i, f := range r.Findings {
		by[f.Problem] = f
		ps[i] = f.Problem
	}
	ps.Sort()
	for i, p := range ps {
		r.Findings[i] = by[p]
	}
}

// chosen tells the rules that run.
func chosen(rules []Rule, only, without []string) (func(*Rule) bool, error) {
	pick := func(names []string) (map[string]bool, error) {
		ids := map[string]bool{}
		for _, name := range names {
			r, err := Lookup(rules, name)
			if err != nil {
				return nil, err
			}
			ids[r.ID] = true
		}
		return ids, nil
	}
	in, err := pick(only)
	if err != nil {
		return nil, err
	}
	out, err := pick(without)
	if err != nil {
		return nil, err
	}
	return func(r *Rule) bool { return (len(in) == 0 || in[r.ID]) && !out[r.ID] }, nil
}

// near returns the name of a rule that is like another, or "".
func near(rules []Rule, name string) string {
	names := make([]string, 0, len(rules))
	for _, r := range rules {
		names = append(names, r.Name)
	}
	return option.Nearest(name, names)
}

// documents reads the files that have a text.
func documents(cfg Config) map[string]*document {
	out := make(map[string]*document, len(cfg.Files))
	isYAML := func(name string) bool {
		return slices.ContainsFunc(cfg.Settings.Layers(), func(l option.Layer) bool { return l.Source == option.SourceYAML && l.Name == name })
	}
	for _, f := range cfg.Files {
		if isYAML(f.Name) {
			out[f.Name] = newDocument(f, cfg.Settings.Catalog())
		} else {
			out[f.Name] = newVariables(f, cfg.Settings.Layers())
		}
	}
	return out
}
