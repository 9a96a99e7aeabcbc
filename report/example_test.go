package report_test

import (
	"fmt"
	"os"

	"github.com/strataconf/strata/load"
	"github.com/strataconf/strata/option"
	"github.com/strataconf/strata/option/kind"
	"github.com/strataconf/strata/report"
)

type shop struct {
	Address string
	Tills   int64
	Token   kind.Secret
}

// open reads the configuration of a shop, whether or not it would open.
func open(environ []string, args ...string) (*option.Redacted, option.Problems) {
	registry, err := option.Build(option.Config[shop]{
		Program: "shop", EnvPrefix: "SHOP_",
		Tables: func(s *shop) []option.Table {
			return []option.Table{{Rows: []option.Option{
				{Name: "Address", Flag: "address", YAML: "address", Default: "127.0.0.1:80", Value: kind.AddressText(&s.Address), Help: "Address on which the shop answers."},
				{Name: "Tills", Flag: "tills", YAML: "tills", Default: "1", Value: kind.Int(&s.Tills), Help: "Number of tills."},
				{Name: "Token", Flag: "token", Value: kind.SecretOf(&s.Token), Help: "Token that admits to the till."},
			}}}
		},
	})
	if err != nil {
		panic(err)
	}
	snapshot, problems := load.Inspect(registry, load.Process{Args: args, FirstArg: 1, Environ: environ})
	return snapshot.Redact(), problems
}

func ExampleTable() {
	settings, problems := open([]string{"SHOP_TOKEN=rosebud", "SHOP_TILLS=2"}, "--tills=3")
	if err := report.Table(os.Stdout, settings, problems, report.Filter{}, report.Style{}); err != nil {
		fmt.Println(err)
	}
	// Output:
	// General
	//   --address  127.0.0.1:80  default
	//   --tills    3             flag     argv[1]
	//   --token    (secret)      env      $SHOP_TOKEN
}

func ExampleExplain() {
	settings, problems := open([]string{"SHOP_TILLS=2"}, "--tills=3")
	found, err := report.Find(settings.Catalog(), "$SHOP_TILLS")
	if err != nil {
		fmt.Println(err)
		return
	}
	answer := report.Explain(settings, problems, found.Option)
	fmt.Println("value:", answer.Value.Text)
	for _, won := range answer.Won {
		fmt.Println("from:", won.Origin)
	}
	for _, lost := range answer.Lost {
		fmt.Println("lost:", lost.Origin, "because", lost.Reason)
	}
	// Output:
	// value: 3
	// from: --tills (argv[1])
	// lost: $SHOP_TILLS because a flag beats a variable
}

func ExampleFind() {
	settings, _ := open(nil)
	for _, name := range []string{"--tills", "SHOP_TILLS", "Tills", "$SHOP_TILS"} {
		found, err := report.Find(settings.Catalog(), name)
		if err != nil {
			fmt.Println(err)
			continue
		}
		fmt.Println("--"+found.Option.Flag, "by its", found.As)
	}
	// Output:
	// --tills by its flag
	// --tills by its variable
	// --tills by its JSON path
	// no option has this name (did you mean SHOP_TILLS?)
}

func ExampleCompare() {
	before, had := open([]string{"SHOP_TOKEN=rosebud"})
	after, has := open([]string{"SHOP_TOKEN=xanadu"}, "--tills=many")
	if err := report.Compare(before, after, had, has).WriteText(os.Stdout, report.Style{}); err != nil {
		fmt.Println(err)
	}
	// Output:
	// 1 value would change.
	//
	// --token
	//   now         set, and never shown
	//               from $SHOP_TOKEN
	//   then        set to something else, and never shown
	//               from $SHOP_TOKEN
	//
	// Problems that it would bring
	//   argv[1]: --tills: not a whole number (write decimal digits only, such as 42)
}

func ExampleEnv() {
	settings, _ := open([]string{"SHOP_TOKEN=rosebud"}, "--tills=3")
	if err := report.Env(os.Stdout, settings, report.Filter{Modified: true}); err != nil {
		fmt.Println(err)
	}
	// Output:
	// # The settings of shop as variables.
	// SHOP_TILLS=3
	// # SHOP_TOKEN is left out: it holds a secret, which is withheld
}
