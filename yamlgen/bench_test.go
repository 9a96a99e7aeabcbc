package yamlgen_test

import (
	"bytes"
	"io"
	"os"
	"strings"
	"testing"

	"gopkg.in/yaml.v3"

	"github.com/strataconf/strata/option"
	"github.com/strataconf/strata/values"
	"github.com/strataconf/strata/yamlgen"
)

func server(tb testing.TB) *option.Catalog {
	tb.Helper()
	r, err := values.Build(option.Host{Version: "v1.2.3", CacheDir: "/cache", StateDir: "/state"})
	if err != nil {
		tb.Fatal(err)
	}
	return r.Catalog
}

func fixture(tb testing.TB, name string) string {
	tb.Helper()
	text, err := os.ReadFile("../testdata/" + name)
	if err != nil {
		tb.Fatal(err)
	}
	return string(text)
}

// The plain file is read by the scanner, the other one, which has anchors, by
// the full parser.
func BenchmarkParse(b *testing.B) {
	c := server(b)
	for _, name := range []string{"plain.yaml", "deployment.yaml"} {
		src := fixture(b, name)
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if l := yamlgen.Parse(c, name, src, yamlgen.Limits{}); len(l.Problems) > 0 {
					b.Fatal(l.Problems.Err())
				}
			}
		})
		// What any program pays that reads YAML with yaml.v3.
		b.Run(name+"/yaml.v3", func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				var n yaml.Node
				if err := yaml.Unmarshal([]byte(src), &n); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkReference(b *testing.B) {
	c := server(b)
	var out bytes.Buffer
	if err := yamlgen.Reference(&out, c); err != nil {
		b.Fatal(err)
	}
	b.Run("ours", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if err := yamlgen.Reference(io.Discard, c); err != nil {
				b.Fatal(err)
			}
		}
	})
	// A writer that knows the words of every comment, and wraps them.
	type entry struct {
		indent string
		words  []string
		line   string
	}
	var entries []entry
	var e entry
	for line := range strings.Lines(out.String()) {
		body := strings.TrimLeft(line, " ")
		if words, ok := strings.CutPrefix(body, "# "); ok {
			e.indent = line[:len(line)-len(body)]
			e.words = append(e.words, strings.Fields(words)...)
			continue
		}
		e.line = line
		entries = append(entries, e)
		e = entry{}
	}
	b.Run("by hand", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			var w bytes.Buffer
			for _, e := range entries {
				col := 0
				for _, word := range e.words {
					if col > 0 && col+1+len(word) > 80 {
						w.WriteByte('\n')
						col = 0
					}
					if col == 0 {
						w.WriteString(e.indent)
						w.WriteByte('#')
						col = len(e.indent) + 1
					}
					w.WriteByte(' ')
					w.WriteString(word)
					col += 1 + len(word)
				}
				if col > 0 {
					w.WriteByte('\n')
				}
				w.WriteString(e.line)
			}
			if _, err := io.Discard.Write(w.Bytes()); err != nil {
				b.Fatal(err)
			}
		}
	})
}
