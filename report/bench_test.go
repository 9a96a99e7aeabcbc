package report_test

import (
	"encoding/json"
	"fmt"
	"io"
	"reflect"
	"strings"
	"testing"

	"github.com/strataconf/strata/option"
	"github.com/strataconf/strata/option/kind"
	"github.com/strataconf/strata/report"
	"github.com/strataconf/strata/yamlgen"
)

// BenchmarkCommands is the work of each command on the options of the server,
// without reading the inputs.
func BenchmarkCommands(b *testing.B) {
	r := deployment(b)
	file := "networking:\n  accessURL: https://a.test\n  tls: {enable: true, address: ':1'}\n"
	settings, problems := loads(r, file, "CODER_TLS_ADDRESS=:2\nCODER_VERBOSE=true\nCODER_TLS_MIN_VERSION=x\n")
	after, more := loads(r, file, "CODER_TLS_ADDRESS=:3\n")
	o := r.ByFlag("tls-address")
	for _, k := range []struct {
		name string
		do   func() error
	}{
		{"table", func() error {
			return report.Table(io.Discard, settings, problems, report.Filter{}, report.Style{Width: 80})
		}},
		{"json", func() error { _, err := io.Discard.Write(settings.AppendBody(nil, option.ShapeFull)); return err }},
		{"yaml", func() error {
			return yamlgen.WriteOnly(io.Discard, settings, func(o *option.Option) bool { return report.Filter{}.Chooses(settings, o) })
		}},
		{"env", func() error { return report.Env(io.Discard, settings, report.Filter{}) }},
		{"find", func() error { _, err := report.Find(r.Catalog, "networking.tls.addres"); return ignore(err) }},
		{"explain", func() error { return report.Explain(settings, problems, o).WriteText(io.Discard, report.Style{}) }},
		{"explain-json", func() error { return json.NewEncoder(io.Discard).Encode(report.Explain(settings, problems, o)) }},
		{"what-if", func() error {
			return report.Compare(settings, after, problems, more).WriteText(io.Discard, report.Style{})
		}},
	} {
		b.Run(k.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if err := k.do(); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// ignore takes the error of a name that is not found for an answer.
func ignore(error) error { return nil }

// The fields of 20,000 options.
type (
	ten           struct{ A, B, C, D, E, F, G, H, I, J string }
	hundred       struct{ A, B, C, D, E, F, G, H, I, J ten }
	thousand      struct{ A, B, C, D, E, F, G, H, I, J hundred }
	twentyOfThese struct{ A, B, C, D, E, F, G, H, I, J, K, L, M, N, O, P, Q, R, S, T thousand }
)

// huge builds a catalog with more options than any program has, named as
// programs name them.
func huge(t testing.TB) *option.Catalog {
	t.Helper()
	words := strings.Fields("access address audit backend bucket cache client cluster console cookie daemon database deadline debug directory domain email endpoint expiry export")
	r, err := option.Build(option.Config[twentyOfThese]{Program: "huge", EnvPrefix: "HUGE_", Tables: func(v *twentyOfThese) []option.Table {
		var rows []option.Option
		for i, p := range leaves(reflect.ValueOf(v).Elem(), nil) {
			n := len(words)
			name := fmt.Sprintf("%s-%s-%s-%d", words[i%n], words[i/n%n], words[i/n/n%n], i/n/n/n)
			rows = append(rows, option.Option{Name: name, Flag: name, YAML: strings.ReplaceAll(name, "-", "_"), Value: kind.String(p), Help: "One of many."})
		}
		return []option.Table{{Rows: rows}}
	}})
	if err != nil {
		t.Fatal(err)
	}
	return r.Catalog
}

func leaves(v reflect.Value, out []*string) []*string {
	for i := range v.NumField() {
		if f := v.Field(i); f.Kind() == reflect.Struct {
			out = leaves(f, out)
		} else {
			out = append(out, f.Addr().Interface().(*string))
		}
	}
	return out
}

// BenchmarkGuess asks 20,000 options for a misspelt name, for a name that is
// near none, and through all of Find.
func BenchmarkGuess(b *testing.B) {
	c := huge(b)
	if g, ok := c.Guess(option.SourceFlag, "--databse-client-cookie-1"); !ok || g.Spelling != "--database-client-cookie-1" {
		b.Fatalf("got %q", g.Spelling)
	}
	for name, asked := range map[string]string{"near": "--databse-client-cookie-1", "far": "--nothing-that-is-like-it-at-all", "exact": "database_client_cookie_1"} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				c.Guess(option.SourceFlag, asked)
			}
		})
	}
	b.Run("find", func(b *testing.B) {
		for b.Loop() {
			if _, err := report.Find(c, "--databse-client-cookie-1"); err == nil {
				b.Fatal("found a misspelt name")
			}
		}
	})
}
