// Command minimal greets people. It is the least that a program needs for
// flags, variables, a YAML file and help: a struct, a table and one call.
package main

import (
	"fmt"
	"os"
	"slices"

	"github.com/strataconf/strata/docgen"
	"github.com/strataconf/strata/load"
	"github.com/strataconf/strata/option"
	"github.com/strataconf/strata/option/kind"
)

type settings struct {
	Name   string `json:"name"`
	Times  int64  `json:"times"`
	Config string `json:"config"`
}

func tables(v *settings) []option.Table {
	return []option.Table{{Rows: []option.Option{
		{Name: "Name", Flag: "name", Short: "n", YAML: "name", Default: "world", Value: kind.String(&v.Name), Help: "Who is greeted."},
		{Name: "Times", Flag: "times", YAML: "times", Default: "1", Value: kind.Int(&v.Times, kind.Min[int64](1)), Help: "How often to say it."},
		{Name: "Config", Flag: "config", Short: "c", Value: kind.ConfigPath(&v.Config), Help: "YAML file with settings."},
	}}}
}

func config() option.Config[settings] {
	return option.Config[settings]{Program: "greet", EnvPrefix: "GREET_", ConfigFlag: "config", Tables: tables}
}

func main() {
	registry, err := option.Build(config())
	if err != nil {
		panic(err) // a fault in the table, which a test finds
	}
	if slices.Contains(os.Args[1:], "--help") {
		_ = docgen.Help(os.Stdout, registry.Catalog, docgen.Usage{Command: "greet", Summary: "Greet people."}, docgen.Style{})
		return
	}
	snapshot, problems := load.Load(registry, load.Process{
		Args: os.Args[1:], FirstArg: 1, Environ: os.Environ(), Files: load.FilesFunc(os.ReadFile),
	})
	for _, p := range problems {
		fmt.Fprintf(os.Stderr, "%s: %v\n", p.Severity, p)
	}
	if snapshot == nil {
		os.Exit(1)
	}
	for v := range snapshot.View().Times {
		fmt.Printf("%d. Hello, %s!\n", v+1, snapshot.View().Name)
	}
}
