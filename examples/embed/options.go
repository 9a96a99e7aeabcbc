package main

import (
	"time"

	"github.com/strataconf/strata/groups"
	"github.com/strataconf/strata/option"
	"github.com/strataconf/strata/option/kind"
	"github.com/strataconf/strata/values"
)

// settings is what the program reads: all values of the server, and a part of
// its own.
type settings struct {
	values.DeploymentValues
	License license `json:"license"`
}

// license is the part of its own.
type license struct {
	Seats int64         `json:"seats"`
	Key   kind.Secret   `json:"key"`
	Grace time.Duration `json:"grace"`
}

var licenseGroup = &option.Group{Name: "License", YAML: "license", Help: "What the license allows."}

func licenseTable(v *settings) option.Table {
	return option.Table{Group: licenseGroup, Rows: []option.Option{
		{
			Name: "License Seats", Flag: "license-seats", YAML: "seats",
			Value: kind.Int(&v.License.Seats, kind.Min[int64](1)), Default: "5",
			Help: "Number of people who may have an account. More than five need --license-key.",
		},
		{
			Name: "License Key", Flag: "license-key",
			Value: kind.SecretOf(&v.License.Key),
			Help:  "Key that came with the license.",
		},
		{
			Name: "License Grace", Flag: "license-grace", YAML: "grace",
			Value: kind.Duration(&v.License.Grace, kind.NonNegative[time.Duration]()), Default: "72h",
			Risks: []option.Risk{{Code: "weak-protection", Value: "0s", Why: "the server stops at the minute its license ends"}},
			Help:  "Time for which the server goes on after its license has ended.",
		},
	}}
}

func tables(v *settings) []option.Table {
	taken := option.Adapt(
		values.Tables(&v.DeploymentValues),
		option.Default("telemetry", "false"),
		option.DropGroups(groups.Telemetry),
		option.Default("http-address", "127.0.0.1:8080"),
		option.Hide("strict-transport-security", "strict-transport-security-options"),
		option.Act("browser-only"),
	)
	return append(taken, licenseTable(v))
}

// checkSeats reports more seats than the program gives away.
func checkSeats(c *option.Checker[settings]) {
	v := &c.View().License
	if v.Seats > 5 && !v.Key.IsSet() {
		c.Problem("seats-without-key", "more than five seats need a license", "set $ACME_LICENSE_KEY", &v.Seats, &v.Key)
	}
}

func config(host option.Host) option.Config[settings] {
	part := func(v *settings) *values.DeploymentValues { return &v.DeploymentValues }
	return option.Config[settings]{
		Program: "acme", EnvPrefix: "ACME_", ConfigFlag: "config", Host: host,
		Tables:     tables,
		Groups:     append(groups.All(), licenseGroup),
		Tombstones: values.Tombstones(),
		Checks:     append(values.ChecksOf(part), checkSeats),
	}
}
