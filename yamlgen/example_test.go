package yamlgen_test

import (
	"fmt"
	"os"

	"github.com/strataconf/strata/option"
	"github.com/strataconf/strata/option/kind"
	"github.com/strataconf/strata/yamlgen"
)

type gate struct {
	Width int64       `json:"width"`
	Token kind.Secret `json:"token"`
	Hours []string    `json:"hours"`
}

func gateRegistry() *option.Registry[gate] {
	door := &option.Group{Name: "Door", YAML: "door", Help: "What people walk through."}
	registry, err := option.Build(option.Config[gate]{Program: "gate", EnvPrefix: "GATE_", Tables: func(v *gate) []option.Table {
		return []option.Table{
			{Rows: []option.Option{
				{Name: "Hours", Flag: "hours", YAML: "hours", Value: kind.Strings(&v.Hours), Help: "When it is open."},
				{Name: "Token", Flag: "token", Value: kind.SecretOf(&v.Token), Help: "What opens it at night."},
			}},
			{Group: door, Rows: []option.Option{
				{Name: "Width", Flag: "width", YAML: "width", Default: "2", Value: kind.Int(&v.Width), Help: "Width in metres."},
			}},
		}
	}})
	if err != nil {
		panic(err)
	}
	return registry
}

// Parse makes a layer of a file: inputs that know their places, and all that
// is wrong.
func ExampleParse() {
	registry := gateRegistry()
	layer := yamlgen.Parse(registry.Catalog, "gate.yaml", "door:\n  width: 3\n  wdith: 2\nhours: [day, night]\n", yamlgen.Limits{})
	for _, in := range layer.Inputs {
		fmt.Println(in.Option.Flag, in.Origin)
	}
	for _, p := range layer.Problems {
		fmt.Println(p)
	}
	// Output:
	// width gate.yaml:2:10
	// hours gate.yaml:4:8
	// gate.yaml:3:3: door.wdith: a key that is not known here (did you mean door.width?)
}

// Reference shows every option, turned off.
func ExampleReference() {
	_ = yamlgen.Reference(os.Stdout, gateRegistry().Catalog)
	// Output:
	// # Every setting that gate reads from a file. A line #key: value shows a default;
	// # remove the # to set it.
	//
	// # When it is open.
	// # No default. Type: string-array.
	// #hours:
	//
	// # What people walk through.
	// door:
	//   # Width in metres.
	//   # Default: 2. Type: int.
	//   #width: 2
}

// Write writes the settings in effect. What a file can't hold is named.
func ExampleWrite() {
	registry := gateRegistry()
	token := option.Input{Option: registry.ByFlag("token"), Origin: option.Origin{Source: option.SourceEnv, Name: "GATE_TOKEN"}, Raw: option.RawText("sesame")}
	snapshot, _ := registry.Resolve([]option.Layer{
		{Source: option.SourceEnv, Inputs: []option.Input{token}},
		yamlgen.Parse(registry.Catalog, "gate.yaml", "hours: [day]\n", yamlgen.Limits{}),
	})
	left, _ := yamlgen.Write(os.Stdout, snapshot.Redact())
	for _, omission := range left {
		fmt.Printf("--%s: %s\n", omission.Option.Flag, omission.Reason)
	}
	// Output:
	// # The settings of gate as it would start with them.
	//
	// # When it is open.
	// # No default. Type: string-array.
	// hours:
	//   - day
	//
	// # What people walk through.
	// door:
	//   # Width in metres.
	//   # Default: 2. Type: int.
	//   width: 2
	//
	// # Set, and without a key in files:
	// #   --token, $GATE_TOKEN
	// --token: it is a secret, which no file holds
}
