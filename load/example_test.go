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
