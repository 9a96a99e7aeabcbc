package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/strataconf/strata/bundle"
	"github.com/strataconf/strata/internal/files"
	"github.com/strataconf/strata/option"
)

// mostBundle is how many bytes a bundle may have: it tells of a file of the
// usual limit, line by line.
const mostBundle = 16 << 20

// bundle is "coder config bundle".
func (p *program) bundle(_ context.Context, args []string) error {
	if asked(args, "--help", "-h") {
		return p.inputsPage("coder config bundle", "[-c FILE] [flags of coder server]",
			"Write all that a configuration is read from, less its secrets, as JSON on standard output: for a ticket, or for somebody who "+
				"looks at it elsewhere. With --bundle FILE coder config explain, show and check tell there what they would tell here. It has "+
				"no secret, no comment and nothing else that these would not show; read it before you send it. It reads the flags, the variables and the file as "+
				"a start of the server would, and starts nothing. The exit code is 0, even if the server would not start with these settings, "+
				"and 2 if this command was called the wrong way.", nil,
			"coder config bundle -c /etc/coder.yaml >bundle.json", "coder config bundle --pid 4711 >bundle.json", "coder config explain tls-address --bundle bundle.json")
	}
	reader := &keeper{Reader: files.Reader{Stdin: p.Stdin}}
	in, err := p.inputs(args, p.first, nil, reader)
	if err != nil {
		return err
	}
	reg, err := p.registry()
	if err != nil {
		return err
	}
	texts := map[string]string{}
	for name, text := range reader.read {
		texts[name] = string(text)
	}
	excerpt := func(problem *option.Problem) []string {
		text, read := reader.read[problem.Origin.Name]
		if !read {
			return nil
		}
		return source{string(text), reg.Catalog}.excerpt(problem)
	}
	taken := bundle.Take(reg, p.Host, in, texts, excerpt, startChecks(in.Files)...)
	text, err := taken.Encode()
	if err != nil {
		return err
	}
	if err := p.print(func(w io.Writer) error {
		_, err := w.Write(text)
		return err
	}); err != nil {
		return err
	}
	p.warnOfArguments(taken)
	return nil
}

// warnOfArguments tells what is wrong with the command line of the command
// itself: whoever takes a bundle without the -c in front of the name of a file
// would send one of other settings and not know.
func (p *program) warnOfArguments(b *bundle.Bundle) {
	if b.Of != "" {
		return
	}
	var told option.Problems
	for i := range b.Problems {
		switch of := &b.Problems[i]; of.Code {
		case "unknown-flag", "stray-argument", "missing-value":
			at := option.Origin{Source: option.SourceFlag, Arg: of.Place.Arg}
			told = append(told, &option.Problem{Severity: option.Warning, Origin: at, Name: of.Name, Reason: of.Reason, Hint: of.Hint})
		}
	}
	writeProblems(p.Stderr, told)
}

// bundleFlag lets a command read a bundle instead of inputs.
func bundleFlag() ownFlag {
	return ownFlag{
		name: "bundle", arg: "file", wants: "the name of a file", set: func(v string) bool { return v != "" },
		help: "Read this file, which coder config bundle wrote, instead of flags, variables and files.",
	}
}

// asksBundle reports whether the arguments name a bundle.
func asksBundle(args []string) bool {
	return slices.ContainsFunc(beforeDashes(args), func(arg string) bool { return arg == "--bundle" || strings.HasPrefix(arg, "--bundle=") })
}

// bundled reads the bundle that the arguments name. None of what it has beside
// it is read.
func (p *program) bundled(args []string, first int, own []ownFlag) (*view, error) {
	var name string
	var inputs inputFlags
	mine := bundleFlag()
	mine.set = func(v string) bool { name = v; return v != "" }
	rest, _, err := takeOwn(args, first, slices.Concat([]ownFlag{mine}, inputs.own(), own))
	if err != nil {
		return nil, err
	}
	if len(rest) > 0 || len(inputs.envFiles) > 0 || inputs.pid > 0 {
		return nil, usageError("a bundle has all its inputs, so neither flags of the server nor --env-file and --pid may stand beside --bundle")
	}
	text, err := files.Reader{Limit: mostBundle, Stdin: p.Stdin}.ReadFile(name)
	if err != nil {
		return nil, usageError("--bundle: " + fileReason(err))
	}
	b, err := bundle.Decode(text)
	switch {
	case errors.Is(err, bundle.ErrNotBundle):
		return nil, usageError("--bundle: " + err.Error() + " (coder config bundle prints one)")
	case err != nil:
		return nil, usageError("--bundle: " + err.Error())
	}
	v, err := p.unpack(b)
	if err != nil {
		return nil, usageError("--bundle: " + err.Error())
	}
	return v, nil
}

// unpack returns what a bundle tells.
func (p *program) unpack(b *bundle.Bundle) (*view, error) {
	p.Host = option.Host(b.Host)
	reg, err := p.registry()
	if err != nil {
		return nil, err
	}
	v := &view{reg: reg, read: b.Read, excerpts: map[*option.Problem][]string{}}
	if v.kept, v.problems, err = bundle.Settings(b, reg); err != nil {
		return nil, err
	}
	if b.Catalog != bundle.Identity(reg.Catalog) {
		fmt.Fprintf(p.Stderr, "warning: the bundle is of a program with other options, %s %s, so what is told of it may differ from what that would tell\n",
			option.Escape(b.Program), option.Escape(b.Host.Version))
	}
	for i, problem := range v.problems {
		v.excerpts[problem] = nil
		for _, l := range b.Problems[i].Excerpt {
			v.excerpts[problem] = append(v.excerpts[problem], option.Escape(l)) // a bundle may come from anybody
		}
	}
	return v, nil
}
