package main

import (
	"context"
	"io"
	"slices"
	"strings"

	"github.com/strataconf/strata/internal/files"
	"github.com/strataconf/strata/load"
	"github.com/strataconf/strata/option"
	"github.com/strataconf/strata/report"
)

// proposal is where a variable that is only proposed is said to be from.
const proposal = "the proposal"

// whatIf is "coder config what-if".
func (p *program) whatIf(_ context.Context, args []string) error {
	var form string
	own := []ownFlag{formatFlag(&form, "it")}
	if asked(args, "--help", "-h") {
		return p.inputsPage("coder config what-if", "[-c FILE] [--format FORM] [flags of coder server] -- PROPOSAL...",
			"Tell what a proposal would change, and touch nothing. What stands before -- is read as it is now, with the variables and "+
				"the file; what stands behind it comes on top: flags of coder server, as if added to the end of the command line, such as "+
				"--config for another file; NAME=VALUE for a variable, where an empty value takes the variable away; and --env-file for a "+
				"file of variables. The exit code is 0, 1 if the server would not start with the proposal, and 2 if this command was "+
				"called the wrong way.", own,
			"coder config what-if -c coder.yaml -- --tls-enable", "coder config what-if -c coder.yaml -- -c new.yaml CODER_HTTP_ADDRESS=:80",
			"coder config what-if --pid 4711 -- --env-file new.env")
	}
	dashes := len(beforeDashes(args))
	reader := &keeper{Reader: files.Reader{Stdin: p.Stdin}}
	now, err := p.inputs(args[:dashes], p.first, own, reader)
	if err != nil {
		return err
	}
	if dashes+1 >= len(args) {
		return usageError("a proposal must stand behind --, such as: coder config what-if -c coder.yaml -- --tls-enable")
	}
	then, err := p.propose(now, args[dashes+1:], p.first+dashes+1, reader)
	if err != nil {
		return err
	}
	reg, err := p.registry()
	if err != nil {
		return err
	}
	before, after := inspect(reg, now), inspect(reg, then)
	after.problems = slices.DeleteFunc(after.problems, func(p *option.Problem) bool {
		return p.Code == "empty-variable" && p.Origin.In == proposal // NAME= is how a variable is taken away
	})
	d := report.Compare(before.snap.Redact(), after.snap.Redact(), before.problems, after.problems)
	if err := p.print(func(w io.Writer) error {
		if form == "json" {
			return writeJSON(w, d)
		}
		return d.WriteText(w, p.style())
	}); err != nil {
		return err
	}
	// What the proposal brings has been told.
	old := slices.DeleteFunc(after.problems.Errors(), func(e *option.Problem) bool { return slices.Contains(d.Added, e) })
	writeProblems(p.Stderr, old)
	if len(after.problems.Errors()) > 0 {
		return errReported
	}
	return nil
}

// propose returns the inputs with a proposal on top, args[0] of it at first
// in os.Args. Its flags come last, and so win; of variables the last counts.
func (p *program) propose(now load.Process, args []string, first int, reader load.Files) (load.Process, error) {
	var from inputFlags
	then := now
	then.Variables = slices.Clone(now.Variables)
	then.Problems = slices.Clone(now.Problems)
	rest, index, err := takeOwn(args, first, from.own()[:1])
	if err != nil {
		return load.Process{}, err
	}
	from.read(&then, reader)
	then.Args = slices.Clone(now.Args)
	then.Index = slices.Clone(now.Index)
	for i, arg := range rest {
		if name, value, ok := strings.Cut(arg, "="); ok && isVariable(name) {
			then.Variables = append(then.Variables, load.Variable{Name: name, Value: option.RawText(value), In: proposal})
			continue
		}
		then.Args = append(then.Args, arg)
		if now.In == "" { // of another process, they are as if added there
			then.Index = append(then.Index, index[i])
		}
	}
	return then, nil
}

// isVariable reports whether a word before an equals sign is a variable.
func isVariable(name string) bool {
	return name != "" && (name[0] < '0' || name[0] > '9') && !strings.ContainsFunc(name, func(r rune) bool {
		return r != '_' && (r < 'A' || r > 'Z') && (r < 'a' || r > 'z') && (r < '0' || r > '9')
	})
}
