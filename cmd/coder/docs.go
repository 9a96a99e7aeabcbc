package main

import (
	"context"
	"io"

	"github.com/strataconf/strata/docgen"
	"github.com/strataconf/strata/option"
)

// docsFlags are what the flags of "coder config docs" say.
type docsFlags struct {
	format, draft, group string
}

func (f *docsFlags) own() []ownFlag {
	return []ownFlag{
		{
			name: "format", arg: "form", wants: "markdown, man, html, schema, env, systemd, helm or catalog",
			set: oneOf(&f.format, "markdown", "man", "html", "schema", "env", "systemd", "helm", "catalog"),
			help: "What to print: markdown, a man page, html with a search field, a JSON schema of the file, a file of variables (env), " +
				"a unit of systemd, a part of a pod (helm), or the catalog as JSON for programs.",
		},
		{
			name: "draft", arg: "draft", wants: "7 or 2020-12", set: oneOf(&f.draft, "7", "2020-12"),
			help: "With --format schema: the draft of JSON Schema, 7 or 2020-12. Editors know 7 best, so it is the default.",
		},
		{
			name: "group", arg: "path", wants: "the path of a group in the file, such as networking.tls", set: func(v string) bool { f.group = v; return v != "" },
			help: "With --format markdown: print the page of this group only, by its path in the file, such as networking.tls.",
		},
	}
}

// docs is "coder config docs".
func (p *program) docs(_ context.Context, args []string) error {
	flags := docsFlags{format: "markdown"}
	if asked(args, "--help", "-h") {
		return p.page("coder config docs", "[--format FORM] [--draft DRAFT] [--group PATH]",
			"Print documents of all options: pages for people, files to start from, and data for editors and programs. They are "+
				"made from what the program knows of its options, and read the same on every host.", flags.own(),
			"coder config docs --format schema > coder.schema.json", "coder config docs --format man > coder-server.1", "coder config docs --group networking.tls")
	}
	rest, index, err := takeOwn(args, p.first, flags.own())
	if err != nil {
		return err
	}
	if err := p.stranger(rest, index, flags.own(), ""); err != nil {
		return err
	}
	if len(rest) > 0 {
		return usageError("it takes no arguments but its flags (name a document by --format)")
	}
	reg, err := p.registry()
	if err != nil {
		return err
	}
	g, err := flags.check(reg.Catalog)
	if err != nil {
		return err
	}
	return p.print(func(w io.Writer) error { return flags.write(w, reg.Catalog, g) })
}

// check refuses flags that do not go together, and finds the group.
func (f *docsFlags) check(c *option.Catalog) (*option.Group, error) {
	switch {
	case f.draft != "" && f.format != "schema":
		return nil, usageError("--draft goes with --format schema only")
	case f.group == "":
		return nil, nil
	case f.format != "markdown":
		return nil, usageError("--group goes with --format markdown only")
	}
	return groupOf(c, f.group)
}

func (f *docsFlags) write(w io.Writer, c *option.Catalog, g *option.Group) error {
	switch f.format {
	case "man":
		return docgen.Man(w, c, serverUsage())
	case "html":
		return docgen.HTML(w, c)
	case "schema":
		draft := docgen.Draft7
		if f.draft == "2020-12" {
			draft = docgen.Draft2020
		}
		return docgen.Schema(w, c, draft)
	case "env":
		return docgen.Env(w, c)
	case "systemd":
		return docgen.Systemd(w, c, serverUsage())
	case "helm":
		return docgen.Helm(w, c)
	case "catalog":
		return docgen.Catalog(w, c)
	}
	if g != nil {
		return docgen.MarkdownGroup(w, c, g)
	}
	return docgen.Markdown(w, c)
}
