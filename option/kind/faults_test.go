package kind_test

import (
	"errors"
	"slices"
	"testing"

	"github.com/strataconf/strata/option"
	"github.com/strataconf/strata/option/kind"
)

// TestEveryFaultAtOnce: a value of several items tells all that is wrong.
func TestEveryFaultAtOnce(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name string
		v    option.Value
		dst  any
		text string
		want []string // items, in order
	}{
		{"list", kind.Strings(new([]string), kind.CIDR()), new([]string), "x,10.0.0.0/8,y", []string{"[0]", "[2]"}},
		{"map", kind.Struct(new(map[string]int64)), new(map[string]int64), `{"a":"x","b":"1","c":"y"}`, []string{"{0}", "{2}"}},
		{"structs", kind.Struct(new([]provider)), new([]provider), `[{"typ":"a","retries":"x","links":[{"name":""},{}]},7]`, []string{
			"[0]", "[0].retries", "[0].links[0].name", "[0].links[0]", "[0].links[1]", "[0].links[1]", "[0]", "[1]",
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			err := c.v.Decode(c.dst, option.RawText(c.text))
			fault := new(option.Fault)
			if !errors.As(err, &fault) {
				t.Fatalf("got %v, want a fault", err)
			}
			got := []string{fault.Item}
			for _, f := range fault.Also {
				got = append(got, f.Item)
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("got items %q, want %q", got, c.want)
			}
		})
	}
}
