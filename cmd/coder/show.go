package main

import (
	"context"
	"io"
	"slices"

	"github.com/strataconf/strata/internal/files"
	"github.com/strataconf/strata/load"
	"github.com/strataconf/strata/option"
	"github.com/strataconf/strata/report"
	"github.com/strataconf/strata/yamlgen"
)

// showFlags are what the flags of "coder config show" say.
type showFlags struct {
	format, shape string
	group         string
	filter        report.Filter
}

var sources = []option.Source{option.SourceFlag, option.SourceEnv, option.SourceYAML, option.SourceDefault}

func (f *showFlags) own() []ownFlag {
	return []ownFlag{
		{
			name: "format", arg: "form", wants: "table, json, yaml or env", set: oneOf(&f.format, "table", "json", "yaml", "env"),
			help: "How to print the settings: table for people, json as the API answers, yaml as a configuration file, or env as a file of variables.",
		},
		{name: "modified", help: "Leave out what has its default and what is not set.", set: func(string) bool { f.filter.Modified = true; return true }},
		{
			name: "group", arg: "path", wants: "the path of a group in the file, such as networking.tls", set: func(v string) bool { f.group = v; return v != "" },
			help: "Print only this group and those below it, by its path in the file, such as networking.tls.",
		},
		{
			name: "source", arg: "source", wants: "flag, env, yaml or default", help: "Print only what comes from there: flag, env, yaml or default.",
			set: func(v string) bool {
				i := slices.IndexFunc(sources, func(s option.Source) bool { return s.String() == v })
				if i >= 0 {
					f.filter.Source = sources[i]
				}
				return i >= 0
			},
		},
		{
			name: "shape", arg: "shape", wants: "full or compact", set: oneOf(&f.shape, "full", "compact"),
			help: "With --format json: full, or compact, in which addresses, URLs and regular expressions are strings.",
		},
		bundleFlag(),
	}
}

// oneOf takes one of some words.
func oneOf(to *string, words ...string) func(string) bool {
	return func(v string) bool {
		*to = v
		return slices.Contains(words, v)
	}
}

// show is "coder config show".
func (p *program) show(_ context.Context, args []string) error {
	flags := showFlags{format: "table"}
	if asked(args, "--help", "-h") {
		return p.inputsPage("coder config show", "[-c FILE] [--format FORM] [--modified] [--group PATH] [--source SOURCE] [flags of coder server]",
			"Print the settings that are in effect: each with its value, its source and its place. It reads the flags, the "+
				"variables and the file as a start of the server would, and starts nothing. Secrets are never shown. The exit code "+
				"is 0, 1 if the server would not start with these settings, and 2 if this command was called the wrong way.", flags.own(),
			"coder config show --modified", "coder config show -c coder.yaml --group networking.tls", "coder config show --format env > coder.env")
	}
	view, err := p.view(args, p.first, flags.own())
	if err != nil {
		return err
	}
	if err := flags.check(view.reg.Catalog); err != nil {
		return err
	}
	safe := view.safe()
	if err := p.print(func(w io.Writer) error { return flags.write(w, safe, view.problems, p.style()) }); err != nil {
		return err
	}
	return p.verdict(view.problems)
}

// check completes the flags and refuses those that do not go together.
func (f *showFlags) check(c *option.Catalog) error {
	if f.group != "" {
		g, err := groupOf(c, f.group)
		if err != nil {
			return err
		}
		f.filter.Under = g
	}
	switch {
	case f.format == "json" && f.filter != report.Filter{}:
		return usageError("--format json prints all settings, as the API does, so --modified, --group and --source do not go with it")
	case f.format != "json" && f.shape != "":
		return usageError("--shape goes with --format json only")
	}
	return nil
}

func (f *showFlags) write(w io.Writer, safe *option.Redacted, problems option.Problems, style report.Style) error {
	wish := safe.Catalog().ByFlag("write-config") // no part of a configuration
	switch f.format {
	case "json":
		shape := option.ShapeFull
		if f.shape == "compact" {
			shape = option.ShapeCompact
		}
		_, err := w.Write(append(safe.AppendBody(nil, shape), '\n'))
		return err
	case "yaml":
		return yamlgen.WriteOnly(w, safe, func(o *option.Option) bool { return o != wish && f.filter.Chooses(safe, o) })
	case "env":
		return report.Env(w, safe, f.filter, wish)
	}
	return report.Table(w, safe, problems, f.filter, style)
}

// A view is a configuration as it is, whether or not a server starts with it.
type view struct {
	reg      *registry
	snap     *snapshot
	problems option.Problems

	// Of a bundle, which has no snapshot:
	kept     *option.Redacted
	read     string // the configuration file
	excerpts map[*option.Problem][]string
}

// safe is what may be shown of it.
func (v *view) safe() *option.Redacted {
	if v.kept != nil {
		return v.kept
	}
	return v.snap.Redact()
}

// view reads what the arguments and the flags of inputs say, or a bundle if own
// has the flag for one.
func (p *program) view(args []string, first int, own []ownFlag) (*view, error) {
	if ownNamed(own, "--bundle") != nil && asksBundle(args) {
		return p.bundled(args, first, own)
	}
	reader := &keeper{Reader: files.Reader{Stdin: p.Stdin}}
	in, err := p.inputs(args, first, own, reader)
	if err != nil {
		return nil, err
	}
	reg, err := p.registry()
	if err != nil {
		return nil, err
	}
	return inspect(reg, in), nil
}

func inspect(reg *registry, in load.Process, also ...startCheck) *view {
	snap, problems := load.Inspect(reg, in, append(startChecks(in.Files), also...)...)
	return &view{reg: reg, snap: snap, problems: problems}
}

// verdict prints what is wrong, and ends with exit code 1 if that stops a
// start.
func (p *program) verdict(problems option.Problems) error {
	writeProblems(p.Stderr, atLeast(problems, option.Warning))
	if len(problems.Errors()) > 0 {
		return errReported
	}
	return nil
}
