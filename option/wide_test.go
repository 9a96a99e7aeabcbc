package option_test

import (
	"fmt"
	"reflect"
	"testing"

	"github.com/strataconf/strata/option"
	"github.com/strataconf/strata/option/kind"
)

// The fields of a program far larger than ours: a thousand of them.
type (
	ten      struct{ A, B, C, D, E, F, G, H, I, J string }
	hundred  struct{ A, B, C, D, E, F, G, H, I, J ten }
	thousand struct{ A, B, C, D, E, F, G, H, I, J hundred }
)

func wideConfig() option.Config[thousand] {
	return option.Config[thousand]{Program: "wide", EnvPrefix: "WIDE_", Tables: func(v *thousand) []option.Table {
		tables := make([]option.Table, 40)
		for i := range tables {
			tables[i].Group = &option.Group{Name: fmt.Sprintf("Group %d", i), YAML: fmt.Sprintf("group%d", i)}
		}
		for i, f := range texts(reflect.ValueOf(v).Elem(), nil) {
			t := &tables[i%len(tables)]
			t.Rows = append(t.Rows, option.Option{
				Name: "Option", Flag: fmt.Sprintf("option-%d", i), YAML: fmt.Sprintf("key%d", i), Default: "usual", Value: kind.String(f), Help: "One of many.",
			})
		}
		return tables
	}}
}

func texts(v reflect.Value, out []*string) []*string {
	for i := range v.NumField() {
		if f := v.Field(i); f.Kind() == reflect.Struct {
			out = texts(f, out)
		} else {
			out = append(out, f.Addr().Interface().(*string))
		}
	}
	return out
}

func TestBuildOfAThousandRows(t *testing.T) {
	t.Parallel()
	r, err := option.Build(wideConfig())
	if err != nil {
		t.Fatal(err)
	}
	if r.Len() != 1000 {
		t.Fatalf("got %d options, want 1000", r.Len())
	}
	s, ps := r.Resolve(nil)
	if s == nil || s.View().J.J.J != "usual" || s.View().A.A.A != "usual" {
		t.Errorf("got %v, want every default", ps)
	}
	for o := range r.All() {
		sec, _ := r.Section().Child(o.Group.YAML)
		if none, got := sec.Child(o.YAML); got != o || none != nil {
			t.Errorf("%s: got %v, want the option", o.Path(), got)
		}
		if none, got := sec.Child("key" + o.YAML); got != nil || none != nil {
			t.Errorf("key%s: got %v, want no option", o.YAML, got)
		}
	}
}

func BenchmarkBuildOfAThousandRows(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if _, err := option.Build(wideConfig()); err != nil {
			b.Fatal(err)
		}
	}
}
