package main

import (
	"context"
	"crypto/rand"
	"errors"
	"io"
	"slices"

	"github.com/strataconf/strata/diff"
	"github.com/strataconf/strata/internal/files"
	"github.com/strataconf/strata/load"
	"github.com/strataconf/strata/option"
)

// diffFlags are what the flags of "coder config diff" say.
type diffFlags struct {
	form       string
	all        bool
	group      string
	tokenFiles []string
	inputs     inputFlags
}

func (f *diffFlags) own() []ownFlag {
	return append([]ownFlag{
		formatFlag(&f.form, "it"),
		{name: "all", help: "Also tell the options whose values are the same.", set: func(string) bool { f.all = true; return true }},
		{
			name: "group", arg: "path", wants: "the path of a group in the file, such as networking.tls", set: func(v string) bool { f.group = v; return v != "" },
			help: "Compare only this group and those below it, by its path in the file, such as networking.tls.",
		},
		{
			name: "token-file", arg: "file", wants: "the name of a file",
			set: func(v string) bool { f.tokenFiles = append(f.tokenFiles, v); return v != "" },
			help: "Read the token for a server from this file. Of two servers each needs its own: the first file is for A, the second for B. " +
				"Without this flag the token is that of $" + tokenVariable + ".",
		},
	}, f.inputs.own()...)
}

// errDiffer ends a comparison that found a difference: exit code 1.
var errDiffer = errReported

// errTrouble ends a comparison with problems that have been printed: exit code
// 2, as that of diff.
var errTrouble = errors.New("one side is not valid")

// diff is "coder config diff".
func (p *program) diff(ctx context.Context, args []string) error {
	var flags diffFlags
	own := flags.own()
	if asked(args, "--help", "-h") {
		return p.page("coder config diff", "A B [--format FORM] [--all] [--group PATH] [-- flags of coder server]",
			"Tell what differs between two configurations, option by option, with the origin of both values. Each of A and B is a configuration "+
				"file, by a name that ends in .yaml or .yml; a file of variables, that ends in .env; the JSON of coder config show --format json or "+
				"of the API, that ends in .json; the URL of a server; or a hyphen for the start that would be made here and now, "+
				"of which the flags stand behind --. A file stands for itself: what it does not set has its default. Secrets are compared "+
				"and never shown; what a server tells has none, so of these it says only whether they are set. The exit code "+
				"is 0 if no value is known to differ, 1 if one does, and 2 if one side is not valid or anything else went wrong.", own,
			"coder config diff old.yaml new.yaml", "coder config diff https://dev.example.com - -- -c coder.yaml",
			"coder config diff before.json - --pid 4711 --group networking")
	}
	err := p.compare(ctx, args, &flags, own)
	if usage := usageError(""); err == nil || errors.Is(err, errDiffer) || errors.Is(err, errTrouble) || errors.As(err, &usage) {
		return err
	}
	return usageError(err.Error()) // exit code 1 is that of a difference
}

func (p *program) compare(ctx context.Context, args []string, flags *diffFlags, own []ownFlag) error {
	dashes := len(beforeDashes(args))
	names, index, err := takeOwn(args[:dashes], p.first, own)
	if err != nil {
		return err
	}
	if err := p.stranger(names, index, own, "flags of the server stand behind --, such as: coder config diff old.yaml - -- -c new.yaml"); err != nil {
		return err
	}
	if len(names) != 2 {
		return usageError("two configurations must be named, such as: coder config diff old.yaml new.yaml")
	}
	c := comparison{program: p, flags: flags, behind: args[min(dashes+1, len(args)):], first: p.first + dashes + 1, key: make([]byte, 32)}
	_, _ = rand.Read(c.key) // never fails
	c.reader = &keeper{Reader: files.Reader{Stdin: p.Stdin}}
	if err := c.plan(names); err != nil {
		return err
	}
	reg, err := p.registry()
	if err != nil {
		return err
	}
	filter, err := flags.filter(reg.Catalog)
	if err != nil {
		return err
	}
	filter.Except = c.except(reg.Catalog)
	var sides [2]*diff.Side
	for i := range c.sides {
		if sides[i], err = c.read(ctx, i, reg); err != nil {
			return err
		}
	}
	d := diff.Compare(reg.Catalog, sides[0], sides[1], filter)
	if err := p.mention(func(w io.Writer) error {
		if flags.form == "json" {
			return writeJSON(w, d)
		}
		return d.WriteText(w, p.style())
	}); err != nil {
		return err
	}
	var wrong option.Problems
	for _, p := range slices.Concat(sides[0].Problems.Errors(), sides[1].Problems.Errors()) {
		if !slices.ContainsFunc(wrong, func(q *option.Problem) bool { return q.Error() == p.Error() }) {
			wrong = append(wrong, p)
		}
	}
	writeProblems(p.Stderr, wrong)
	switch {
	case len(wrong) > 0:
		return errTrouble
	case d.Differs():
		return errDiffer
	}
	return nil
}

func (f *diffFlags) filter(c *option.Catalog) (diff.Filter, error) {
	out := diff.Filter{All: f.all}
	if f.group == "" {
		return out, nil
	}
	g, err := groupOf(c, f.group)
	out.Under = g
	return out, err
}

// except are the options that say what to do, or where to read what is compared.
func (c *comparison) except(catalog *option.Catalog) []*option.Option {
	out := []*option.Option{catalog.ByFlag("write-config")}
	if c.sides[0].kind == sideYAML || c.sides[1].kind == sideYAML {
		out = append(out, catalog.ConfigOption()) // a file does not name itself
	}
	return out
}

// secretsOf reads the files of secrets that variables name. A file of variables
// stands for itself, so the configuration file that it may name is empty.
func (c *comparison) secretsOf(vars []load.Variable, catalog *option.Catalog) load.Files {
	config := map[string]bool{}
	if o := catalog.ConfigOption(); o != nil {
		config[o.Default] = true
		for _, v := range vars {
			config[v.Value.Text()] = config[v.Value.Text()] || v.Name == string(o.Env)
		}
	}
	return load.FilesFunc(func(name string) ([]byte, error) {
		if config[name] {
			return nil, nil
		}
		return c.reader.ReadFile(name)
	})
}
