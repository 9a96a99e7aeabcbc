package migrate_test

import (
	"fmt"
	"strings"

	"github.com/strataconf/strata/migrate"
	"github.com/strataconf/strata/option"
	"github.com/strataconf/strata/option/kind"
)

type server struct {
	Host string `json:"host"`
	Port int64  `json:"port"`
}

// A release has two options where there was one. The rule splits what files
// and pods say; that the port was called otherwise needs none.
func Example() {
	registry, err := option.Build(option.Config[server]{
		Program: "app", EnvPrefix: "APP_",
		Tombstones: []option.Tombstone{{Env: "ADDR", Flag: "addr", YAML: "addr"}, {Env: "HOSTNAME", UseInstead: "host"}},
		Tables: func(v *server) []option.Table {
			return []option.Table{{Rows: []option.Option{
				{Name: "Host", Flag: "host", YAML: "host", Value: kind.String(&v.Host)},
				{Name: "Port", Flag: "port", YAML: "port", Value: kind.Int(&v.Port)},
			}}}
		},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	split := migrate.Rule{
		From: []string{"addr"}, To: []string{"host", "port"},
		Convert: func(old []migrate.Value, _ option.Peek) ([]migrate.Value, *option.Fault) {
			host, port, ok := strings.Cut(old[0].Text, ":")
			if !ok {
				return nil, &option.Fault{Reason: "no host and port with a colon between"}
			}
			return []migrate.Value{{Text: host, Set: true}, {Text: port, Set: true}}, nil
		},
	}
	m, err := migrate.New(registry, []migrate.Rule{split})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, plan := range m.Plan(migrate.File{Name: "pod.yaml", Text: "env:\n  - name: APP_ADDR # ours\n    value: web:80\n"}) {
		fmt.Println(plan.As, plan.Steps, plan.Refused)
		fmt.Print(plan.Text)
	}
	// Output:
	// helm [pod.yaml:2:11: APP_ADDR becomes APP_HOST and APP_PORT] []
	// env:
	//   - name: APP_HOST # ours
	//     value: web
	//   - name: APP_PORT # ours
	//     value: "80"
}
