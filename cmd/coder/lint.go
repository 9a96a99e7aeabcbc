package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/strataconf/strata/internal/files"
	"github.com/strataconf/strata/lint"
	"github.com/strataconf/strata/load"
	"github.com/strataconf/strata/option"
	"github.com/strataconf/strata/values"
)

// mostFindings is how many findings one run shows.
const mostFindings = 500

// lintFlags are what the flags of "coder config lint" say.
type lintFlags struct {
	format, severity string
	only, without    []string
	explain          string
	fix              bool
}

// severities are those that --severity takes.
var severities = []option.Severity{option.Error, option.Warning, option.Note}

func (f *lintFlags) own() []ownFlag {
	list := func(to *[]string) func(string) bool {
		return func(v string) bool {
			*to = append(*to, strings.Split(v, ",")...)
			return v != ""
		}
	}
	const rules = "IDs or names of rules with commas between them, such as L012"
	return []ownFlag{
		{
			name: "format", arg: "form", wants: "text, json, sarif or github", set: oneOf(&f.format, "text", "json", "sarif", "github"),
			help: "How to print the findings: text for people, json, sarif for code scanning, or github for the log of a workflow.",
		},
		{
			name: "severity", arg: "least", wants: "error, warning or note", set: oneOf(&f.severity, "error", "warning", "note"),
			help: "Print only findings of this severity and graver ones: error, warning, which is the default, or note, which is the default with --rule and --fix.",
		},
		{name: "rule", arg: "rules", wants: rules, set: list(&f.only), help: "Run only these rules, named by ID or by name with commas between them."},
		{name: "disable", arg: "rules", wants: rules, set: list(&f.without), help: "Do not run these rules."},
		{
			name: "fix", set: func(string) bool { f.fix = true; return true },
			help: "Mend in the file what can be mended without changing any setting: take out values that are the default anyway. Then tell what is left.",
		},
		{
			name: "explain", arg: "rule", wants: "the ID or name of a rule, such as L012", set: func(v string) bool { f.explain = v; return v != "" },
			help: "Print what there is to say about one rule, and do nothing else.",
		},
	}
}

// lint is "coder config lint".
func (p *program) lint(_ context.Context, args []string) error {
	flags := lintFlags{format: "text"}
	if asked(args, "--help", "-h") {
		return p.inputsPage("coder config lint", "[-c FILE] [--format FORM] [--severity LEAST] [--rule RULES] [--disable RULES] [--fix] [--explain RULE] [flags of coder server]",
			"Advise on a configuration: what is needless, what is never read, what is hardly meant, and what is not safe. It reads the flags, "+
				"the variables and the file as a start of the server would, and starts nothing. A comment in the file such as # strata:ignore "+
				"L012 and a reason silences a rule on its line, or on the line below. The exit code is 0 if there are at most notes, 1 if there is more, "+
				"and 2 if this command was called the wrong way.", flags.own(),
			"coder config lint -c /etc/coder.yaml", "coder config lint -c coder.yaml --disable equals-default --format sarif", "coder config lint --explain L012")
	}
	keep := &keeper{Reader: files.Reader{Stdin: p.Stdin}}
	in, err := p.inputs(args, p.first, flags.own(), keep)
	if err != nil {
		return err
	}
	if flags.explain != "" {
		return p.explainRule(flags.explain)
	}
	reg, err := p.registry()
	if err != nil {
		return err
	}
	look := linter{program: p, flags: &flags, reg: reg, in: in}
	if flags.fix {
		if err := p.wrongFlags(reg, in); err != nil {
			return err
		}
	}
	report, err := look.run()
	if err != nil {
		return err
	}
	if flags.fix {
		if report, err = look.fix(report); err != nil {
			return err
		}
	}
	return p.tellFindings(flags.format, report)
}

// A linter is one call of lint.
type linter struct {
	*program
	flags *lintFlags
	reg   *registry
	in    load.Process
	safe  *option.Redacted // of the last run
}

// run looks at the configuration as it is now.
func (l *linter) run() (*lint.Report, error) {
	v := inspect(l.reg, l.in, values.Risks()...)
	l.safe = v.snap.Redact()
	cfg := lint.Config{
		Settings: v.snap, Problems: v.problems, Files: l.files(v), Acts: acts, Only: l.flags.only, Without: l.flags.without,
		Open:    func(name string) bool { return openToAll(l.in.Files, name) },
		Members: func(in *option.Input) []option.Origin { return l.in.Members(l.reg.Catalog, in) },
	}
	// Notes are many, and most of them are no work to do: whoever asks for a
	// rule or mends wants them, and nobody else.
	cfg.Least = option.Warning
	if l.flags.fix || len(l.flags.only) > 0 {
		cfg.Least = option.Note
	}
	for _, s := range severities {
		if s.String() == l.flags.severity {
			cfg.Least = s
		}
	}
	report, err := lint.Run(cfg)
	if err != nil {
		return nil, noRule("--rule and --disable", err)
	}
	return report, nil
}

// files returns the files that the configuration was read from. Others that
// were read, such as keys, have nothing to look at.
func (l *linter) files(v *view) []lint.File {
	var names []string
	for _, layer := range v.snap.Layers() {
		if layer.Source == option.SourceYAML {
			names = append(names, layer.Name)
		}
	}
	for _, of := range l.in.Variables {
		names = append(names, of.In)
	}
	slices.Sort(names)
	var out []lint.File
	for _, name := range slices.Compact(names) {
		if text, err := l.in.Files.ReadFile(name); err == nil {
			out = append(out, lint.File{Name: name, Text: string(text)})
		}
	}
	return out
}

// fix mends the files, if every setting stays as it is, and looks again.
func (l *linter) fix(report *lint.Report) (*lint.Report, error) {
	var names []string
	for _, f := range report.Findings {
		if f.Fix != nil && !slices.Contains(names, f.Fix.File) {
			names = append(names, f.Fix.File)
		}
	}
	before := l.safe
	for _, name := range names {
		if _, other := l.in.Files.(otherFiles); other || name == "-" || name == "/dev/stdin" {
			return nil, usageError("--fix mends a file that is named with --config only")
		}
		old, err := l.in.Files.ReadFile(name)
		if err != nil {
			return nil, err // not possible: it was read before
		}
		text, made := report.Fixed(name)
		if made == 0 {
			continue
		}
		l.in.Files = patched{l.in.Files, name, []byte(text)}
		again, err := l.run()
		if err != nil {
			return nil, err
		}
		if o := changed(before, l.safe); o != nil {
			return nil, errors.New("no file was changed: --" + o.Flag + " would not keep its value")
		}
		if _, err := new(files.Writer).Replace(name, old, []byte(text)); err != nil {
			return nil, err
		}
		fmt.Fprintf(l.Stderr, "%s: %s taken out\n", option.Escape(name), count(made, "setting"))
		report = again
	}
	return report, nil
}

// changed returns an option that two settings differ in, or nil.
func changed(a, b *option.Redacted) *option.Option {
	for o := range a.Catalog().All() {
		if !a.Same(o, b) || a.Refused(o) != b.Refused(o) {
			return o
		}
	}
	return nil
}

// patched has one file with another content.
type patched struct {
	load.Files
	name string
	text []byte
}

// ReadFile is that of the files, but for the one.
func (f patched) ReadFile(name string) ([]byte, error) {
	if name == f.name {
		return f.text, nil
	}
	return f.Files.ReadFile(name)
}

// tellFindings prints a report to standard output, which is what the command
// is asked for.
func (p *program) tellFindings(format string, report *lint.Report) error {
	all := make(option.Problems, len(report.Findings))
	for i := range report.Findings {
		all[i] = report.Findings[i].Problem
	}
	shown, more := all.Limit(mostFindings)
	r := checkReport{
		tool: "coder config lint", what: "finding", build: p.Build, shown: shown, more: more,
		errors: report.Errors(), warnings: report.Warnings(), advice: newAdvice(report),
	}
	r.bad = r.errors+r.warnings > 0
	write := map[string]func(io.Writer) error{"json": r.json, "sarif": r.sarif, "github": r.github, "text": r.findings}[format]
	if err := p.mention(write); err != nil {
		return err
	}
	if r.bad {
		return errReported
	}
	return nil
}

// findings prints the report for people.
func (r checkReport) findings(w io.Writer) error {
	for _, p := range r.shown {
		if _, err := fmt.Fprintln(w, r.advice.findings[p].Line()); err != nil {
			return err
		}
	}
	writeMore(w, r.more, r.what)
	say := "ok: nothing found"
	if n := len(r.shown) + r.more; n > 0 {
		say = fmt.Sprintf("%s: %s, %s, %s", count(n, "finding"), count(r.errors, "error"), count(r.warnings, "warning"), count(r.advice.report.Notes(), "note"))
	}
	if n := r.advice.report.Below; n > 0 {
		say += fmt.Sprintf("; %d less grave not shown, see --severity", n)
	}
	if n := r.advice.report.Silenced; n > 0 {
		say += fmt.Sprintf("; %d silenced by comments", n)
	}
	_, err := fmt.Fprintln(w, say)
	return err
}

// noRule refuses the name of a rule that flags gave.
func noRule(flags string, err error) error {
	said := flags + ": " + err.Error()
	if unknown := (*lint.UnknownRuleError)(nil); errors.As(err, &unknown) && unknown.Near == "" {
		said += " (all of them: " + rulesPage + ")"
	}
	return usageError(said)
}

// explainRule prints what there is to say about a rule.
func (p *program) explainRule(name string) error {
	rule, err := lint.Lookup(lint.Rules(), name)
	if err != nil {
		return noRule("--explain", err)
	}
	return p.print(func(w io.Writer) error {
		return rule.Explain(w, p.style(), rulesPage)
	})
}
