package bundle_test

import (
	"fmt"
	"os"

	"github.com/strataconf/strata/bundle"
	"github.com/strataconf/strata/load"
	"github.com/strataconf/strata/option"
	"github.com/strataconf/strata/option/kind"
	"github.com/strataconf/strata/report"
)

// A program writes down what it was configured with, for somebody else to look
// at: the place of the secret travels, and the secret does not.
func Example() {
	type settings struct{ Key kind.Secret }
	host := option.Host{Version: "v1.0.0"}
	registry, err := option.Build(option.Config[settings]{Program: "app", EnvPrefix: "APP_", Host: host, Tables: func(v *settings) []option.Table {
		return []option.Table{{Rows: []option.Option{{Name: "Key", Flag: "key", Value: kind.SecretOf(&v.Key), Help: "Key of the store."}}}}
	}})
	if err != nil {
		panic(err)
	}
	text, err := bundle.Take(registry, host, load.Process{Environ: []string{"APP_KEY=battery-staple"}}, nil, nil).Encode()
	if err != nil {
		panic(err)
	}

	// Elsewhere, where nobody has the variable:
	b, err := bundle.Decode(text)
	if err != nil {
		panic(err)
	}
	kept, problems, err := bundle.Settings(b, registry)
	if err != nil {
		panic(err)
	}
	fmt.Println(len(problems), "problems")
	if err := report.Table(os.Stdout, kept, problems, report.Filter{Modified: true}, report.Style{}); err != nil {
		panic(err)
	}
	// Output:
	// 0 problems
	// General
	//   --key  (secret)  env  $APP_KEY
}
