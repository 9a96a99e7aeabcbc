package main

import (
	"context"
	"io"

	"github.com/strataconf/strata/yamlgen"
)

// schemaFlag is the flag of commands that write a configuration file: the
// first line then leads editors to the schema.
func schemaFlag(to *[]yamlgen.Head) ownFlag {
	return ownFlag{
		name: "schema", arg: "address", wants: "a URL or a path without blanks, such as coder.schema.json",
		set: func(v string) bool {
			head, ok := yamlgen.EditorSchema(v)
			*to = []yamlgen.Head{head}
			return ok
		},
		help: "In a written file: name this JSON schema in the first line, so that editors guide whoever edits the file. " +
			"It is a URL, or a path from the folder of the file.",
	}
}

// reference is "coder config reference".
func (p *program) reference(_ context.Context, args []string) error {
	var heads []yamlgen.Head
	own := []ownFlag{schemaFlag(&heads)}
	if asked(args, "--help", "-h") {
		return p.page("coder config reference", "[--schema ADDRESS]",
			"Print a configuration file with every option, each commented out on a line of its own with its description, "+
				"its type and its default. Take away the comment sign of what you want to set.", own,
			"coder config reference --schema coder.schema.json > coder.yaml")
	}
	rest, index, err := takeOwn(args, p.first, own)
	if err != nil {
		return err
	}
	if err := p.stranger(rest, index, own, ""); err != nil {
		return err
	}
	if len(rest) > 0 {
		return usageError("it takes no arguments but --schema")
	}
	reg, err := p.registry()
	if err != nil {
		return err
	}
	return p.print(func(w io.Writer) error { return yamlgen.Reference(w, reg.Catalog, heads...) })
}
