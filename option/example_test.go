package option_test

import (
	"fmt"
	"time"

	"github.com/strataconf/strata/option"
	"github.com/strataconf/strata/option/kind"
)

// gate is what the program of the examples reads.
type gate struct {
	Address string        `json:"address"`
	Wait    time.Duration `json:"wait"`
	Token   kind.Secret   `json:"token"`
}

var gateNet = &option.Group{Name: "Network", YAML: "network"}

func gateTables(v *gate) []option.Table {
	return []option.Table{
		{Rows: []option.Option{
			{Name: "Wait", Flag: "wait", YAML: "wait", Default: "30s", Value: kind.Duration(&v.Wait), Help: "Time before the gate shuts."},
			{Name: "Token", Flag: "token", Value: kind.SecretOf(&v.Token), Help: "What opens the gate."},
		}},
		{Group: gateNet, Rows: []option.Option{
			{Name: "Address", Flag: "bind-address", YAML: "bindAddress", Default: ":80", Value: kind.AddressText(&v.Address), Help: "Where the gate answers."},
		}},
	}
}

func gateConfig() option.Config[gate] {
	return option.Config[gate]{Program: "gate", EnvPrefix: "GATE_", Tables: gateTables}
}

// from is an input as a source makes it; package load has the sources.
func from(r *option.Registry[gate], s option.Source, flag, text string) option.Layer {
	o := r.ByFlag(flag)
	at := option.Origin{Source: s, Name: o.SpelledIn(s), Arg: 1}
	return option.Layer{Source: s, Inputs: []option.Input{{Option: o, Origin: at, Raw: option.RawText(text)}}}
}

// A row has the names that differ; the rest follow from it.
func ExampleBuild() {
	registry, err := option.Build(gateConfig())
	if err != nil {
		fmt.Println(err)
		return
	}
	for o := range registry.All() {
		fmt.Printf("--%s $%s %q %s %s\n", o.Flag, o.Env, o.Path(), o.JSONPath(), o.FieldPath())
	}
	// Output:
	// --wait $GATE_WAIT "wait" wait Wait
	// --token $GATE_TOKEN "" token Token
	// --bind-address $GATE_BIND_ADDRESS "network.bindAddress" address Address
}

// Build tells every fault of the tables, so that a test which calls it finds
// what was forgotten.
func ExampleTableError() {
	type settings struct{ Port, Depth int64 }
	_, err := option.Build(option.Config[settings]{Tables: func(v *settings) []option.Table {
		return []option.Table{{Rows: []option.Option{
			{Name: "Port", Flag: "Port", Default: "many", Value: kind.Int(&v.Port)},
		}}}
	}})
	fmt.Println(err)
	// Output:
	// option: 2 faults in the tables:
	// 	option "Port": a flag is lower-case letters, digits and single hyphens
	// 	field Depth has no row: add one to its table, or mark it with an option tag
}

// The highest source wins, whatever the order of the layers.
func ExampleRegistry_Resolve() {
	registry, _ := option.Build(gateConfig())
	snapshot, problems := registry.Resolve([]option.Layer{
		from(registry, option.SourceFlag, "wait", "1m"),
		from(registry, option.SourceEnv, "wait", "2m"),
	})
	fmt.Println(snapshot.View().Wait, snapshot.View().Address, problems)

	snapshot, problems = registry.Resolve([]option.Layer{
		from(registry, option.SourceFlag, "wait", "soon"),
		from(registry, option.SourceEnv, "bind-address", "nowhere"),
	})
	fmt.Println(snapshot == nil)
	for _, p := range problems {
		fmt.Println(p)
	}
	// Output:
	// 1m0s :80 []
	// true
	// environment: GATE_BIND_ADDRESS: not an address such as 127.0.0.1:3000 (add the port, such as localhost:3000)
	// argv[1]: --wait: not a duration such as 1h30m
}

// A setting knows who won, who lost, and where both stand.
func ExampleSnapshot_Setting() {
	registry, _ := option.Build(gateConfig())
	snapshot, _ := registry.Resolve([]option.Layer{
		from(registry, option.SourceFlag, "wait", "1m"),
		from(registry, option.SourceEnv, "wait", "2m"),
	})
	setting := snapshot.Setting(registry.ByFlag("wait"))
	fmt.Println("from", setting.Origin())
	for _, lost := range setting.Shadowed {
		fmt.Println("not from", lost.Origin)
	}
	// Output:
	// from --wait (argv[1])
	// not from $GATE_WAIT
}

// A check sees the whole struct, and names fields to say what it is about.
func ExampleCheck() {
	cfg := gateConfig()
	cfg.Checks = []option.Check[gate]{func(c *option.Checker[gate]) {
		if v := c.View(); v.Wait > time.Minute && !v.Token.IsSet() {
			c.Problem("open-gate", "too long for a gate that anybody opens", "set a token", &v.Wait, &v.Token)
		}
	}}
	registry, _ := option.Build(cfg)
	_, problems := registry.Resolve([]option.Layer{from(registry, option.SourceFlag, "wait", "5m")})
	fmt.Println(problems.Err())
	// Output:
	// argv[1]: --wait: too long for a gate that anybody opens; see --token (not set) (set a token)
}

// What leaves the process is redacted first: it has no secret to show.
func ExampleSnapshot_Redact() {
	registry, _ := option.Build(gateConfig())
	snapshot, _ := registry.Resolve([]option.Layer{from(registry, option.SourceEnv, "token", "open sesame")})
	fmt.Println(snapshot.View().Token.Reveal())
	fmt.Println(string(snapshot.Redact().AppendConfig(nil, option.ShapeCompact)))
	// Output:
	// open sesame
	// {"address":":80","token":"","wait":30000000000}
}

// A program takes the options of another, less some, with defaults of its own.
func ExampleAdapt() {
	registry, err := option.Build(option.Config[gate]{
		Program: "door", EnvPrefix: "DOOR_",
		Tables: func(v *gate) []option.Table {
			return option.Adapt(
				gateTables(v),
				option.Default("wait", "10s"), option.Drop("wait"), // fixed
				option.Default("bind-address", ":8080"),
			)
		},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	for o := range registry.All() {
		fmt.Printf("--%s $%s %q\n", o.Flag, o.Env, o.Default)
	}
	snapshot, _ := registry.Resolve(nil)
	fmt.Println(snapshot.View().Wait)
	// Output:
	// --token $DOOR_TOKEN ""
	// --bind-address $DOOR_BIND_ADDRESS ":8080"
	// 10s
}
