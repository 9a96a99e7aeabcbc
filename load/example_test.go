package load_test

import (
	"fmt"

	"github.com/strataconf/strata/load"
	"github.com/strataconf/strata/option"
	"github.com/strataconf/strata/option/kind"
)

// Load reads argv, the environment and the file that one of them names. Every
// value knows where it came from, and all that is wrong is told at once.
func ExampleLoad() {
	type settings struct {
		Name   string
		Count  int64
		Config string
	}
	registry, err := option.Build(option.Config[settings]{
		Program: "greet", EnvPrefix: "GREET_", ConfigFlag: "config",
		Tables: func(v *settings) []option.Table {
			return []option.Table{{Rows: []option.Option{
				{Name: "Name", Flag: "name", YAML: "name", Value: kind.String(&v.Name), Default: "world"},
				{Name: "Count", Flag: "count", YAML: "count", Value: kind.Int(&v.Count), Default: "1"},
				{Name: "Config", Flag: "config", Short: "c", Value: kind.ConfigPath(&v.Config)},
			}}}
		},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	process := load.Process{
		Args: []string{"-c", "greet.yaml"}, FirstArg: 1, Environ: []string{"GREET_NAME=everybody"},
		Files: memory{"greet.yaml": "name: nobody\ncount: 3\n"},
	}
	snapshot, _ := load.Load(registry, process)
	for setting := range snapshot.Settings() {
		fmt.Printf("%s: %v\n", setting.Option.Flag, setting.Origin())
	}

	process.Args = append(process.Args, "--cuont", "five")
	process.Environ = []string{"GREET_COUNT=four"}
	_, problems := load.Load(registry, process)
	for _, p := range problems {
		fmt.Println(p)
	}
	// Output:
	// name: $GREET_NAME
	// count: greet.yaml:2:8
	// config: -c (argv[1])
	// environment: GREET_COUNT: not a whole number (write decimal digits only, such as 42)
	// argv[3]: --cuont: unknown flag (did you mean --count?)
}

// EnvFile reads the variables of a service from its file. Each knows its place
// there, and a warning tells what another reader would take it for.
func ExampleEnvFile() {
	variables, problems := load.EnvFile("greet.env", "GREET_NAME=everybody\nGREET_COUNT=3 # times\n")
	for _, v := range variables {
		fmt.Println(v.Origin())
	}
	for _, p := range problems {
		fmt.Println(p.Severity, p.Origin.Place(), p.Reason)
	}
	// Output:
	// $GREET_NAME (greet.env:1:12)
	// $GREET_COUNT (greet.env:2:13)
	// warning greet.env:2:15 to systemd this # and what is behind it are part of the value, to others a comment
}
