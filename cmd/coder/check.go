package main

import (
	"context"
	"fmt"
	"io"
	"slices"

	"github.com/strataconf/strata/internal/files"
	"github.com/strataconf/strata/load"
	"github.com/strataconf/strata/option"
)

// checkFlags are what the flags of "coder config check" say.
type checkFlags struct {
	strict  bool
	format  string
	excerpt bool
}

func (f *checkFlags) own() []ownFlag {
	truth := func(to *bool, v bool) func(string) bool { return func(string) bool { *to = v; return true } }
	return []ownFlag{
		{name: "strict", set: truth(&f.strict, true), help: "Let warnings fail the check too."},
		{
			name: "format", arg: "form", wants: "text, json, sarif or github",
			help: "How to print the problems: text for people, json, sarif for code scanning, or github for the log of a workflow.",
			set: func(v string) bool {
				f.format = v
				return slices.Contains([]string{"text", "json", "sarif", "github"}, v)
			},
		},
		{name: "excerpt", set: truth(&f.excerpt, true), help: "Show the line of the file below each problem, with a caret under " +
			"the place. What may be secret is left out. Without this flag only a terminal gets excerpts."},
		{name: "no-excerpt", set: truth(&f.excerpt, false), help: "Show no lines of the file."},
		bundleFlag(),
	}
}

// check is "coder config check".
func (p *program) check(_ context.Context, args []string) error {
	flags := checkFlags{format: "text", excerpt: p.Screen}
	if asked(args, "--help", "-h") {
		return p.inputsPage("coder config check", "[-c FILE] [--strict] [--format FORM] [--excerpt] [flags of coder server]",
			"Tell everything that is wrong with a configuration, each with its place, and start nothing. It reads the flags, "+
				"the variables and the file as a start of the server would. The exit code is 0 if all is well, 1 if something "+
				"is wrong, and 2 if this command was called the wrong way.", flags.own(),
			"coder config check -c /etc/coder.yaml", "coder config check -c coder.yaml --strict --format github")
	}
	look := p.checkInputs
	if asksBundle(args) {
		look = p.checkBundle
	}
	r, ok, err := look(args, flags.own())
	if err != nil {
		return err
	}
	if !flags.excerpt {
		r.sources, r.kept = nil, nil
	}
	r.bad = r.errors > 0 || flags.strict && r.warnings > 0
	if err := p.tell(flags.format, r, ok); err != nil {
		return err
	}
	if r.bad {
		return errReported
	}
	return nil
}

// checkInputs checks what a start would read. If it could start, ok says of
// what.
func (p *program) checkInputs(args []string, own []ownFlag) (r checkReport, ok string, err error) {
	reader := &keeper{Reader: files.Reader{Stdin: p.Stdin}}
	in, err := p.inputs(args, p.first, own, reader)
	if err != nil {
		return r, "", err
	}
	reg, err := p.registry()
	if err != nil {
		return r, "", err
	}
	snap, problems := load.Load(reg, in, startChecks(in.Files)...)
	r = p.checked(problems)
	r.sources = reader.sources(reg.Catalog)
	if snap != nil {
		ok = summary(snap, r.warnings)
	}
	return r, ok, nil
}

// checkBundle tells what a check said where the bundle was taken.
func (p *program) checkBundle(args []string, own []ownFlag) (r checkReport, ok string, err error) {
	v, err := p.bundled(args, p.first, own)
	if err != nil {
		return r, "", err
	}
	r = p.checked(v.problems)
	r.kept = v.excerpts
	return r, summaryOf(v.read, v.kept.Counts(), r.warnings), nil
}

// checked is the report of problems.
func (p *program) checked(problems option.Problems) checkReport {
	shown, more := problems.Limit(mostProblems)
	return checkReport{
		tool: "coder config check", what: "problem", build: p.Build, shown: shown, more: more,
		errors: len(problems.Errors()), warnings: len(problems.Warnings()),
	}
}

// A checkReport is what a check found, or lint, for all formats.
type checkReport struct {
	tool, what       string // the command, and what it calls what it found
	build            build
	shown            option.Problems
	more             int                          // problems not shown
	errors, warnings int                          // shown or not
	bad              bool                         // the check failed
	sources          map[string]source            // by name of the file; nil without excerpts
	kept             map[*option.Problem][]string // excerpts of a bundle
	advice           *advice                      // of lint only
}

// tell prints a report. Text goes to standard error like the problems of a
// start, and standard output says only that all is well; the formats that
// programs read go to standard output.
func (p *program) tell(format string, r checkReport, ok string) error {
	switch format {
	case "json":
		return p.mention(r.json)
	case "sarif":
		return p.mention(r.sarif)
	case "github":
		return p.mention(r.github)
	}
	r.text(p.Stderr)
	if r.bad {
		return nil
	}
	return p.mention(func(w io.Writer) error {
		_, err := fmt.Fprintln(w, "ok: "+ok)
		return err
	})
}

// text prints the problems for people.
func (r checkReport) text(w io.Writer) {
	for _, p := range r.shown {
		fmt.Fprintln(w, line(p))
		lines, kept := r.kept[p]
		if !kept {
			lines = r.sources[p.Origin.Name].excerpt(p)
		}
		for _, l := range lines {
			fmt.Fprintln(w, l)
		}
	}
	writeMore(w, r.more, r.what)
}

// A keeper reads files and remembers what was in them.
type keeper struct {
	files.Reader
	read map[string][]byte
}

// ReadFile is that of the reader.
func (k *keeper) ReadFile(name string) ([]byte, error) {
	if b, ok := k.read[name]; ok {
		return b, nil // standard input can be read only once
	}
	b, err := k.Reader.ReadFile(name)
	if err == nil {
		if k.read == nil {
			k.read = map[string][]byte{}
		}
		k.read[name] = b
	}
	return b, err
}
