package compat_test

import (
	"fmt"
	"os"

	"github.com/strataconf/strata/compat"
	"github.com/strataconf/strata/option"
)

// A release drops a choice and renames a variable. The notes tell all of it, a
// deployment only what it uses.
func Example() {
	older, err := compat.Read([]byte(`{
		"catalog_version": 1, "program": "toy", "env_prefix": "TOY_", "config_flag": "", "keep_empty": false, "groups": [], "retired": [],
		"options": [
			{"name": "Color", "flag": "color", "env": "TOY_COLOR", "json": "Color", "help": "Colour.", "type": "enum", "choices": ["red", "green"], "effect": "server"},
			{"name": "Site", "flag": "site", "env": "TOY_WEB", "json": "Site", "help": "Site.", "type": "string", "effect": "server"}
		]
	}`))
	if err != nil {
		fmt.Println(err)
		return
	}
	newer, err := compat.Read([]byte(`{
		"catalog_version": 1, "program": "toy", "env_prefix": "TOY_", "config_flag": "", "keep_empty": false, "groups": [], "retired": [],
		"options": [
			{"name": "Color", "flag": "color", "env": "TOY_COLOR", "json": "Color", "help": "Colour.", "type": "enum", "choices": ["red"], "effect": "server"},
			{"name": "Site", "flag": "site", "env": "TOY_SITE", "json": "Site", "help": "Site.", "type": "string", "effect": "server"}
		]
	}`))
	if err != nil {
		fmt.Println(err)
		return
	}
	report := compat.Compare(older, newer)
	if err := report.WriteMarkdown(os.Stdout); err != nil {
		fmt.Println(err)
	}
	fmt.Println("---")
	uses := compat.VariableUses(older, newer, []string{"TOY_WEB=https://toy.example"}, func(_ int, name string) option.Origin {
		return option.Origin{Source: option.SourceEnv, Name: name}
	})
	if err := report.Touching(&compat.Deployment{Uses: uses}).WriteText(os.Stdout, compat.Style{Width: 100}); err != nil {
		fmt.Println(err)
	}
	// Output:
	// 2 changes: 2 breaking, 0 notable, 0 compatible.
	//
	// ## Breaking
	//
	// ### Variables
	//
	// - `--site`: its variable is `$TOY_SITE`, and was `$TOY_WEB`; the old name is ignored with a warning. Use `$TOY_SITE`.
	//
	// ### Choices
	//
	// - `--color`: no longer allowed: `green`. Choose another one.
	// ---
	// 1 change for this configuration: 1 breaking, 0 notable, 0 compatible.
	//
	// Breaking
	//   --site: its variable is $TOY_SITE, and was $TOY_WEB; the old name is ignored with a warning (use
	//     $TOY_SITE)
	//       environment: TOY_WEB
}
