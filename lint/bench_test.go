package lint_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/strataconf/strata/lint"
	"github.com/strataconf/strata/load"
	"github.com/strataconf/strata/option"
	"github.com/strataconf/strata/values"
)

// deployment is what lint looks at for the example file of all options.
func deployment(b *testing.B) lint.Config {
	b.Helper()
	text, err := os.ReadFile("../testdata/deployment.yaml")
	if err != nil {
		b.Fatal(err)
	}
	reg, err := values.Build(option.Host{Version: "v0.0.0"})
	if err != nil {
		b.Fatal(err)
	}
	const name = "deployment.yaml"
	snap, problems := load.Inspect(reg, load.Process{
		Args: []string{"--config=" + name}, FirstArg: 1, Files: memory{name: string(text)},
	}, values.Risks()...)
	return lint.Config{
		Settings: snap, Problems: problems, Files: []lint.File{{Name: name, Text: string(text)}}, Least: option.Note,
		Open: func(string) bool { return true },
	}
}

// BenchmarkRun looks at a deployment with most options set. The limit is 50 ms.
func BenchmarkRun(b *testing.B) {
	cfg := deployment(b)
	for b.Loop() {
		if _, err := lint.Run(cfg); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkCuts finds the bytes of every fix, as for JSON and SARIF.
func BenchmarkCuts(b *testing.B) {
	cfg := deployment(b)
	for b.Loop() {
		r, err := lint.Run(cfg)
		if err != nil {
			b.Fatal(err)
		}
		n := 0
		for _, f := range r.Findings {
			if f.Fix == nil {
				continue
			}
			if _, ok := r.Cut(f.Fix); ok {
				n++
			}
		}
		if n < 20 {
			b.Fatalf("got %d fixes, want more", n)
		}
	}
}

// BenchmarkHostile looks at a file of a MiB that is nothing but what rules look
// at: anchors, comments that silence nothing, free keys.
func BenchmarkHostile(b *testing.B) {
	var text strings.Builder
	for i := 0; text.Len() < 1<<20-200 && i < 14_000; i++ {
		fmt.Fprintf(&text, "x-%d: &a%d 1 # strata:ignore L0%02d,skip-verify for no reason\n", i, i, i%36)
	}
	cfg := world{yaml: text.String()}.config(b)
	b.SetBytes(int64(text.Len()))
	for b.Loop() {
		if r, err := lint.Run(cfg); err != nil || len(r.Findings) < 10_000 {
			b.Fatal(len(r.Findings), err)
		}
	}
}
