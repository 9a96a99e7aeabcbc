package values_test

import (
	"fmt"

	"github.com/strataconf/strata/groups"
	"github.com/strataconf/strata/option"
	"github.com/strataconf/strata/option/kind"
	"github.com/strataconf/strata/values"
)

// Licensed is the configuration of a program that adds options of its own.
type Licensed struct {
	values.DeploymentValues
	License License `json:"license"`
}

// License is what the program adds.
type License struct {
	Seats int64 `json:"seats"`
}

func licensedTables(v *Licensed) []option.Table {
	licensing := &option.Group{Name: "License", YAML: "license", Help: "What the license allows."}
	return append(values.Tables(&v.DeploymentValues), option.Table{Group: licensing, Rows: []option.Option{{
		Name: "License Seats", Flag: "license-seats", YAML: "seats",
		Value: kind.Int(&v.License.Seats, kind.NonNegative[int64]()), Default: "5",
		Help: "Number of people who may have an account at the same time.",
	}}})
}

// A program embeds the values, appends a table and takes the checks along.
func Example() {
	r, err := option.Build(option.Config[Licensed]{
		Program:   "licensed",
		EnvPrefix: "LICENSED_",
		Tables:    licensedTables,
		Groups:    groups.All(),
		Checks:    values.ChecksOf(func(v *Licensed) *values.DeploymentValues { return &v.DeploymentValues }),
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	o := r.ByFlag("license-seats")
	fmt.Println(o.Env, o.Path(), o.JSONPath(), o.FieldPath())

	place := option.Origin{Source: option.SourceFlag, Arg: 2, Name: "--http-address"}
	_, problems := r.Resolve([]option.Layer{{Source: option.SourceFlag, Inputs: []option.Input{
		{Option: r.ByFlag("http-address"), Origin: place, Raw: option.RawText("")},
	}}})
	fmt.Println(problems.Err())
	// Output:
	// LICENSED_LICENSE_SEATS license.seats license.seats License.Seats
	// argv[2]: --http-address: the server would answer neither HTTP nor HTTPS; see --tls-enable (not set) (set --http-address, or turn --tls-enable on)
}
