package docgen_test

import (
	"fmt"
	"os"

	"github.com/strataconf/strata/docgen"
	"github.com/strataconf/strata/option"
	"github.com/strataconf/strata/option/kind"
)

func ExampleHelp() {
	type config struct {
		Address string
		Token   kind.Secret
		Old     string
	}
	web := &option.Group{Name: "Web", YAML: "web", Help: "What browsers meet."}
	registry, err := option.Build(option.Config[config]{
		Program: "shop", EnvPrefix: "SHOP_",
		Tables: func(c *config) []option.Table {
			return []option.Table{
				{Rows: []option.Option{
					{Name: "Token", Flag: "token", Value: kind.SecretOf(&c.Token), Help: "Token that admits to the till."},
				}},
				{Group: web, Rows: []option.Option{
					{Name: "Address", Flag: "address", Short: "a", YAML: "address", Default: "127.0.0.1:80", Value: kind.String(&c.Address), Help: "Address on which the shop answers."},
					{Name: "Listen", Flag: "listen", UseInstead: []string{"address"}, Value: kind.String(&c.Old), Help: "Address, in the words of version 1."},
				}},
			}
		},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	usage := docgen.Usage{Command: "shop open", Summary: "Open the shop.", More: "help-all"}
	if err := docgen.Help(os.Stdout, registry.Catalog, usage, docgen.Style{Width: 60}); err != nil {
		fmt.Println(err)
	}
	// Output:
	// Open the shop.
	//
	// Usage
	//   shop open [flags]
	//
	// General
	//
	//   --token string, $SHOP_TOKEN
	//       Token that admits to the till.
	//       secret: never shown, prefer the variable;
	//       from a file: --token-file, $SHOP_TOKEN_FILE
	//
	// Web
	//   What browsers meet.
	//
	//   -a, --address string, $SHOP_ADDRESS
	//       Address on which the shop answers.
	//       default: 127.0.0.1:80; YAML: web.address
	//
	// Options left out because they are hidden or deprecated: 1.
	// All of them: --help-all
}
