package values_test

import (
	"encoding/json"
	"io"
	"os"
	"runtime"
	"testing"

	"github.com/strataconf/strata/diff"
	"github.com/strataconf/strata/docgen"
	"github.com/strataconf/strata/lint"
	"github.com/strataconf/strata/load"
	"github.com/strataconf/strata/option"
	"github.com/strataconf/strata/report"
	"github.com/strataconf/strata/values"
	"github.com/strataconf/strata/yamlgen"
)

// oneFile is the file of the deployment under another name.
type oneFile struct{ text []byte }

func (e oneFile) ReadFile(string) ([]byte, error) { return e.text, nil }

// TestBudgets holds what each part of the work on all options of the server may
// allocate: a seventh above what it did under the race detector, which empties
// pools, when the number was written. Not parallel: it counts what the process
// allocates.
func TestBudgets(t *testing.T) {
	text, err := os.ReadFile("../testdata/deployment.yaml")
	if err != nil {
		t.Fatal(err)
	}
	r := build(t, develHost)
	process := load.Process{Args: []string{"--config=f", "--verbose"}, Environ: []string{"CODER_TLS_ADDRESS=:3", "HOME=/"}, Files: oneFile{text}}
	snap, problems := load.Inspect(r, process, values.Risks()...)
	safe := snap.Redact()
	address := r.ByFlag("tls-address")
	cfg := lint.Config{Settings: snap, Problems: problems, Files: []lint.File{{Name: "f", Text: string(text)}}, Least: option.Note, Open: func(string) bool { return true }}
	key := make([]byte, 32)
	check := func(err error) {
		if err != nil {
			t.Fatal(err)
		}
	}
	for _, k := range []struct {
		name           string
		allocs, kibyte uint64
		do             func()
	}{
		{"Build", 2754, 416, func() { _, err := values.Build(develHost); check(err) }},
		{"load", 3936, 419, func() {
			if s, ps := load.Load(r, process); s == nil {
				t.Fatal(ps)
			}
		}},
		{"explain", 71, 6, func() { check(report.Explain(safe, problems, address).WriteText(io.Discard, report.Style{})) }},
		{"explain in JSON", 80, 10, func() { check(json.NewEncoder(io.Discard).Encode(report.Explain(safe, problems, address))) }},
		{"help of all", 3068, 776, func() {
			check(docgen.HelpAll(io.Discard, r.Catalog, docgen.Usage{Command: "coder server"}, docgen.Style{}))
		}},
		{"reference", 55, 71, func() { check(yamlgen.Reference(io.Discard, r.Catalog)) }},
		{"written file", 553, 97, func() { _, err := yamlgen.Write(io.Discard, safe); check(err) }},
		{"JSON of the configuration", 172, 640, func() { _ = safe.AppendBody(nil, option.ShapeFull) }},
		{"lint", 6955, 614, func() { _, err := lint.Run(cfg); check(err) }},
		{"diff", 13964, 1877, func() {
			d := diff.Compare(r.Catalog, diff.Inputs("a", safe, problems, key), diff.Inputs("b", safe, problems, key), diff.Filter{})
			check(d.WriteText(io.Discard, report.Style{}))
		}},
		{"schema", 11593, 2272, func() { check(docgen.Schema(io.Discard, r.Catalog, docgen.Draft2020)) }},
	} {
		allocs, bytes := costs(5, k.do)
		t.Logf("%-26s %6d allocations, %5d KiB", k.name, allocs, bytes>>10)
		if allocs > k.allocs || bytes>>10 > k.kibyte {
			t.Errorf("%s: got %d allocations and %d KiB, want at most %d and %d", k.name, allocs, bytes>>10, k.allocs, k.kibyte)
		}
	}
}

// costs returns the allocations and bytes of one of some runs, after one more
// that fills what is kept.
func costs(runs uint64, do func()) (allocs, bytes uint64) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	do()
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	for range runs {
		do()
	}
	runtime.ReadMemStats(&after)
	return (after.Mallocs - before.Mallocs) / runs, (after.TotalAlloc - before.TotalAlloc) / runs
}
