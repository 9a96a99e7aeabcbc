// Command embed is a server of somebody else, acme, that takes over the
// options of this project's server, leaves some out, and adds three of its
// own. It answers for all of them in the same way:
//
//	acme help [flags]          what there is
//	acme yaml [flags]          the settings as a file
//	acme json [flags]          the settings as the API has them
//	acme explain NAME [flags]  where one of them comes from
package main

import (
	"fmt"
	"os"

	"github.com/strataconf/strata/docgen"
	"github.com/strataconf/strata/load"
	"github.com/strataconf/strata/option"
	"github.com/strataconf/strata/report"
	"github.com/strataconf/strata/yamlgen"
)

func main() {
	if err := run(os.Args); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(args []string) error {
	registry, err := option.Build(config(option.Host{Version: "v1.0.0", Release: true, CacheDir: "/var/cache/acme"}))
	if err != nil {
		return err
	}
	command, name, first := "help", "", 1
	if len(args) > 1 {
		command, first = args[1], 2
	}
	if command == "explain" && len(args) > 2 {
		name, first = args[2], 3
	}
	if command == "help" {
		return docgen.Help(os.Stdout, registry.Catalog, docgen.Usage{Command: "acme"}, docgen.Style{})
	}
	snapshot, problems := load.Inspect(registry, load.Process{
		Args: args[first:], FirstArg: first, Environ: os.Environ(), Files: load.FilesFunc(os.ReadFile),
	})
	if err := answer(command, name, snapshot.Redact(), problems); err != nil {
		return err
	}
	return problems.Err()
}

// answer says what was asked for, of settings that are whole or not.
func answer(command, name string, settings *option.Redacted, problems option.Problems) error {
	switch command {
	case "yaml":
		_, err := yamlgen.Write(os.Stdout, settings)
		return err
	case "json":
		_, err := os.Stdout.Write(append(settings.AppendBody(nil, option.ShapeFull), '\n'))
		return err
	case "explain":
		found, err := report.Find(settings.Catalog(), name)
		if err != nil || found.Option == nil {
			return err
		}
		return report.Explain(settings, problems, found.Option).WriteText(os.Stdout, report.Style{})
	}
	return fmt.Errorf("no such command (see acme help)")
}
