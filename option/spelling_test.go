package option_test

import (
	"strings"
	"testing"

	"github.com/strataconf/strata/option"
	"github.com/strataconf/strata/option/kind"
)

// TestNamesOfRows holds which names a row may have.
func TestNamesOfRows(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		what, fault, good, bad string
		set                    func(*option.Option, string)
	}{
		{
			"flag", "a flag is lower-case letters", "a z a0 a9 m-n a-0 a-b-c", "A aB -a 0a a- a--b a_b a` a{ a/ a: a. é",
			func(o *option.Option, s string) { o.Flag = s },
		},
		{
			"short flag", "a short flag is one letter", "a z A Z m", "@ [ ` { 0 - ab é",
			func(o *option.Option, s string) { o.Short = s },
		},
		{
			"variable", "a variable is capitals", "A Z _ A_B A0 A9", "a aB 0A 9 A@ A[ A/ A: A-B É",
			func(o *option.Option, s string) { o.Env = option.Absolute(s) },
		},
	} {
		try := func(name string) error {
			_, err := option.Build(option.Config[struct{ A bool }]{Tables: func(v *struct{ A bool }) []option.Table {
				o := option.Option{Name: "A", Flag: "x", Value: kind.Bool(&v.A)}
				c.set(&o, name)
				return []option.Table{{Rows: []option.Option{o}}}
			}})
			return err
		}
		for name := range strings.FieldsSeq(c.good) {
			if err := try(name); err != nil {
				t.Errorf("%s %q: got %v, want it taken", c.what, name, err)
			}
		}
		for name := range strings.FieldsSeq(c.bad) {
			if err := try(name); err == nil || !strings.Contains(err.Error(), c.fault) {
				t.Errorf("%s %q: got %v, want a fault", c.what, name, err)
			}
		}
	}
}
