package diff_test

import (
	"io"
	"strings"
	"testing"

	"github.com/strataconf/strata/diff"
	"github.com/strataconf/strata/load"
	"github.com/strataconf/strata/option"
	"github.com/strataconf/strata/report"
	"github.com/strataconf/strata/values"
)

// BenchmarkCompare is the work of a comparison of the options of the server,
// without reading the inputs: of two inputs, and of inputs with a document.
func BenchmarkCompare(b *testing.B) {
	r, err := values.Build(option.Host{Version: "v0.0.0"})
	if err != nil {
		b.Fatal(err)
	}
	of := func(flags string) (*option.Redacted, option.Problems) {
		s, problems := load.Inspect(r, load.Process{Args: strings.Fields(flags)})
		return s.Redact(), problems
	}
	before, had := of("--tls-address=:1 --verbose --oidc-client-secret=x")
	after, has := of("--tls-address=:2 --oidc-client-secret=y --access-url=https://a.test")
	text := after.AppendBody(nil, option.ShapeFull)
	for name, other := range map[string]func() (*diff.Side, error){
		"inputs":   func() (*diff.Side, error) { return diff.Inputs("b", after, has, key), nil },
		"document": func() (*diff.Side, error) { return diff.Document(r.Catalog, "b", text) },
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				side, err := other()
				if err != nil {
					b.Fatal(err)
				}
				d := diff.Compare(r.Catalog, diff.Inputs("a", before, had, key), side, diff.Filter{})
				if err := d.WriteText(io.Discard, report.Style{}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
