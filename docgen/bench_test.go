package docgen_test

import (
	"io"
	"testing"

	"github.com/strataconf/strata/docgen"
)

// BenchmarkDocuments measures every output for a program as large as a real
// server.
func BenchmarkDocuments(b *testing.B) {
	c := realCatalog(b)
	all := map[string]func() error{
		"catalog": func() error { return docgen.Catalog(io.Discard, c) },
		"schema":  func() error { return docgen.Schema(io.Discard, c, docgen.Draft7) },
	}
	for name, write := range documents {
		all[name] = func() error { return write(io.Discard, c) }
	}
	for _, shell := range docgen.Shells() {
		all[shell] = func() error { return docgen.Completion(io.Discard, c, shell, toyCommands) }
	}
	for name, write := range all {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if err := write(); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// TestBudget holds what a page of 217 options in 34 groups may allocate: most
// of it is the choices of 43 options.
func TestBudget(t *testing.T) { // not parallel: it counts
	c := largeCatalog(t)
	var usage docgen.Usage
	if n := testing.AllocsPerRun(5, func() { _ = docgen.Help(io.Discard, c, usage, docgen.Style{}) }); n > 75 {
		t.Errorf("help: got %.0f allocations, want at most 75", n)
	}
}
