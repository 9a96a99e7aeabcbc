package yamledit_test

import (
	"fmt"

	"github.com/strataconf/strata/yamledit"
	"github.com/strataconf/strata/yamlgen"
)

func Example() {
	const text = `# Ours.
server:
    port: 80      # as ever
    name: 'web'
`
	doc, err := yamledit.Parse(text, yamlgen.Limits{})
	if err != nil {
		fmt.Println(err)
		return
	}
	edits := doc.Edit()
	edits.Set([]string{"server", "port"}, "8080")
	edits.Set([]string{"server", "tls", "enable"}, "true")
	if name, ok := doc.Find("server", "name"); ok {
		edits.Rename(name, "title")
	}
	edited, faults := edits.Apply()
	for _, f := range faults {
		fmt.Println(f.Span.Line, f)
	}
	fmt.Print(edited.Text())
	// Output:
	// # Ours.
	// server:
	//     port: 8080      # as ever
	//     title: 'web'
	//     tls:
	//         enable: true
}
