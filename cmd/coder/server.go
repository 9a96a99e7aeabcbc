package main

import (
	"context"
	"fmt"
	"io"
	"slices"

	"github.com/strataconf/strata/docgen"
	"github.com/strataconf/strata/internal/files"
	"github.com/strataconf/strata/load"
	"github.com/strataconf/strata/option"
	"github.com/strataconf/strata/values"
	"github.com/strataconf/strata/yamlgen"
)

type (
	startCheck   = option.Check[values.DeploymentValues]
	startChecker = option.Checker[values.DeploymentValues]
)

// serverUsage is what the help of "coder server" says around the options.
func serverUsage() docgen.Usage {
	return docgen.Usage{
		Command: "coder server",
		Summary: "Start the server. Options come from flags, from environment variables and from one YAML file; a flag " +
			"beats a variable, a variable beats the file, and the file beats the default.",
		Examples: []string{
			"coder server --http-address 127.0.0.1:3000",
			"coder server -c /etc/coder.yaml",
			"coder server -c /etc/coder.yaml --write-config > effective.yaml",
			"coder config check -c /etc/coder.yaml",
		},
		Extra: []docgen.ExtraFlag{
			{Short: "h", Flag: "help", Help: "Print this page."},
			{Flag: "help-all", Help: "Print every option, hidden and deprecated ones too."},
			{Flag: "schema", Arg: "address", Help: schemaFlag(nil).help},
		},
		More: "help-all",
	}
}

// server is "coder server".
func (p *program) server(ctx context.Context, args []string) error {
	reg, err := p.registry()
	if err != nil {
		return err
	}
	switch {
	case asked(args, "--help-all"):
		return p.print(func(w io.Writer) error { return docgen.HelpAll(w, reg.Catalog, serverUsage(), p.style()) })
	case asked(args, "--help", "-h"):
		return p.print(func(w io.Writer) error { return docgen.Help(w, reg.Catalog, serverUsage(), p.style()) })
	}
	var heads []yamlgen.Head
	rest, index, err := takeOwn(args, p.first, []ownFlag{schemaFlag(&heads)})
	if err != nil {
		return err
	}
	reader := files.Reader{Stdin: p.Stdin}
	snap, problems := load.Load(reg, p.options(rest, index, reader), checksOfStart(startChecks(reader)...)...)
	problems = atLeast(problems, option.Warning)
	writeProblems(p.Stderr, problems)
	switch {
	case snap == nil:
		return errReported
	case snap.View().WriteConfig:
		return p.writeConfig(reg, snap, heads)
	case heads != nil:
		return usageError("--schema goes with --write-config only")
	}
	idle := idle(snap)
	for _, warning := range idle {
		fmt.Fprintln(p.Stderr, "warning: "+warning)
	}
	fmt.Fprintln(p.Stderr, "coder: "+summary(snap, len(problems.Warnings())+len(idle)))
	return p.serve(ctx, snap, reader)
}

// startChecks are the checks that a start makes beside those of the registry.
func startChecks(files values.FileReader) []startCheck {
	return append(values.FileChecks(files), checkDatabase)
}

// writeConfig prints the configuration that is in effect, less its secrets.
func (p *program) writeConfig(reg *registry, asked *snapshot, heads []yamlgen.Head) error {
	// The wish to have it written is no part of it.
	snap, _ := reg.Resolve(without(asked.Layers(), "write-config"))
	if snap == nil {
		return errReported // not possible: it resolved with more
	}
	var left []yamlgen.Omission
	err := p.print(func(w io.Writer) error {
		var err error
		left, err = yamlgen.Write(w, snap.Redact(), heads...)
		return err
	})
	if err == nil {
		writeProblems(p.Stderr, omitted(snap, left))
	}
	return err
}

// without copies layers, less the inputs of one option.
func without(layers []option.Layer, flag string) []option.Layer {
	out := slices.Clone(layers)
	for i := range out {
		out[i].Inputs = slices.DeleteFunc(slices.Clone(out[i].Inputs), func(in option.Input) bool { return in.Option.Flag == flag })
	}
	return out
}

// omitted warns of what a written file does not set, each at its place.
func omitted(snap *snapshot, left []yamlgen.Omission) option.Problems {
	var out option.Problems
	for _, o := range left {
		s := snap.Setting(o.Option)
		p := &option.Problem{Severity: option.Warning, Code: "not-written", Origin: s.Origin(), Reason: "not written: " + o.Reason, Option: o.Option}
		if n := len(s.Inputs); n > 0 {
			p.Option = s.Inputs[n-1].Option
		}
		p.Name = p.Origin.Spelling(p.Option)
		out = append(out, p)
	}
	out.Sort()
	return out
}
