package lint_test

import (
	"fmt"

	"github.com/strataconf/strata/lint"
	"github.com/strataconf/strata/load"
	"github.com/strataconf/strata/option"
	"github.com/strataconf/strata/option/kind"
)

// A program declares on a row which values are seldom safe, and the rules of
// the package find them, and much else, with a place.
func Example() {
	type settings struct {
		Config string
		Name   string
		Verify bool
	}
	registry, err := option.Build(option.Config[settings]{
		Program: "app", EnvPrefix: "APP_", ConfigFlag: "config",
		Tables: func(v *settings) []option.Table {
			return []option.Table{{Rows: []option.Option{
				{Name: "Config", Flag: "config", Value: kind.ConfigPath(&v.Config)},
				{Name: "Name", Flag: "name", YAML: "name", Default: "app", Value: kind.String(&v.Name)},
				{
					Name: "Verify", Flag: "verify", YAML: "verify", Default: "true", Value: kind.Bool(&v.Verify),
					Risks: []option.Risk{{Code: "skip-verify", Value: "false", Why: "any server can pose as the right one", Hint: "turn it on"}},
				},
			}}}
		},
	})
	if err != nil {
		panic(err)
	}
	const text = "name: app\nverify: false\n"
	snapshot, problems := load.Inspect(registry, load.Process{
		Args: []string{"--config=app.yaml"}, FirstArg: 1, Files: load.FilesFunc(func(string) ([]byte, error) { return []byte(text), nil }),
	})
	report, err := lint.Run(lint.Config{
		Settings: snapshot, Problems: problems, Files: []lint.File{{Name: "app.yaml", Text: text}}, Least: option.Note,
	})
	if err != nil {
		panic(err)
	}
	for _, f := range report.Findings {
		fmt.Println(f.Line())
	}
	// Output:
	// warning: app.yaml:2:9: verify: any server can pose as the right one; turn it on (L024)
	// note: app.yaml:1:7: name: the value is the default anyway; remove it (L012)
}
