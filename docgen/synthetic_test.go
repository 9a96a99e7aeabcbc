package docgen_test

import (
	"fmt"
	"reflect"
	"strings"
	"testing"

	"github.com/strataconf/strata/option"
	"github.com/strataconf/strata/option/kind"
)

// The fields of a program as large as a real server: 256 of them.
type (
	eight  struct{ A, B, C, D, E, F, G, H string }
	sixty4 struct{ A, B, C, D, E, F, G, H eight }
	large  struct{ A, B, C, D sixty4 }
)

const largeOptions = 217

// largeCatalog has 217 options in 34 groups, with texts of the usual length.
func largeCatalog(t testing.TB) *option.Catalog {
	t.Helper()
	var groups []*option.Group
	for i := range 34 {
		g := &option.Group{Name: fmt.Sprintf("Group %d", i), YAML: fmt.Sprintf("group%d", i), Help: strings.Repeat("What the options below have in common. ", i%3)}
		if i%3 > 0 {
			g.Parent = groups[i-1]
		}
		groups = append(groups, g)
	}
	r, err := option.Build(option.Config[large]{Program: "large", EnvPrefix: "LARGE_", Groups: groups, Tables: func(v *large) []option.Table {
		fields := leaves(reflect.ValueOf(v).Elem(), nil)
		tables := make([]option.Table, len(groups)+1)
		for i, g := range groups {
			tables[i].Group = g
		}
		for i, f := range fields {
			flag := fmt.Sprintf("option-with-number-%d", i)
			o := option.Option{Name: flag, Flag: flag, YAML: fmt.Sprintf("key%d", i), Value: kind.String(f), Help: "Time after which a connection that nobody uses is closed, so that the next request opens another. Zero leaves it open, see --option-with-number-1."}
			switch i % 5 {
			case 0:
				o.Default = "127.0.0.1:3000"
			case 1:
				o.Value = kind.Choice(f, "request", "require-any", "verify-if-given", "require-and-verify")
			case 2:
				o.Effect = option.EffectEmbedder
			}
			if i >= largeOptions { // what no row of interest fills
				o.Hidden, o.Effect = true, option.EffectServer
			}
			at := i % len(tables)
			tables[at].Rows = append(tables[at].Rows, o)
		}
		return tables
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
