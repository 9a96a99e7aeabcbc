package compat_test

import (
	"fmt"
	"os"

	"github.com/strataconf/strata/compat"
	"github.com/strataconf/strata/docgen"
	"github.com/strataconf/strata/load"
	"github.com/strataconf/strata/option"
	"github.com/strataconf/strata/option/kind"
)

// The newer program, before it is put in the place of the older one, tells
// what the upgrade does to the files and variables that there are.
func ExampleDeploymentOf() {
	type settings struct{ Config, Color string }
	registry, err := option.Build(option.Config[settings]{Program: "toy", EnvPrefix: "TOY_", ConfigFlag: "config", Tables: func(v *settings) []option.Table {
		return []option.Table{{Rows: []option.Option{
			{Name: "Config", Flag: "config", Value: kind.ConfigPath(&v.Config)},
			{Name: "Color", Flag: "color", YAML: "color", Value: kind.Choice(&v.Color, "red", "blue")},
		}}}
	}})
	if err != nil {
		panic(err)
	}
	older := docgen.List(registry.Catalog) // in truth what compat.Read makes of a file
	older.Options[1].Choices = []string{"red", "green", "blue"}

	deployment, problems := compat.DeploymentOf(registry, load.Process{
		Args: []string{"--config=toy.yaml"}, FirstArg: 1, Files: load.FilesFunc(func(string) ([]byte, error) { return []byte("color: green\n"), nil }),
	}, older, nil)
	if len(problems) > 0 {
		panic(problems.Err())
	}
	report := compat.Compare(older, docgen.List(registry.Catalog)).Touching(deployment)
	if err := report.WriteText(os.Stdout, compat.Style{}); err != nil {
		fmt.Println(err)
	}
	// Output:
	// 1 change for this configuration: 1 breaking, 0 notable, 0 compatible.
	//
	// Breaking
	//   --color: no longer allowed: green (choose another one)
	//       toy.yaml:1:8: color: not one of red, blue
}
