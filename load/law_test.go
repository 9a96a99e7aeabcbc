package load_test

import (
	"testing"

	"pgregory.net/rapid"

	"github.com/strataconf/strata/load"
)

// TestArgsGivesBackWhatWasGiven writes flags with values in every form that
// allows them, and expects them back with their indexes.
func TestArgsGivesBackWhatWasGiven(t *testing.T) {
	t.Parallel()
	c := build(t).Catalog
	rapid.Check(t, func(t *rapid.T) {
		type given struct {
			at          int
			typed, text string
		}
		var args []string
		var want []given
		first := rapid.IntRange(1, 5).Draw(t, "first")
		for range rapid.IntRange(0, 8).Draw(t, "flags") {
			o := c.ByFlag(rapid.SampledFrom([]string{"bind-address", "count", "verbose", "tls-enable", "items", "config"}).Draw(t, "flag"))
			g := given{first + len(args), "--" + o.Flag, rapid.StringN(0, 12, -1).Draw(t, "text")}
			short := o.Short != "" && rapid.Bool().Draw(t, "short")
			if short {
				g.typed = "-" + o.Short
			}
			switch {
			case o.Value.Traits().NoValue && rapid.Bool().Draw(t, "bare"):
				g.text = "true"
				args = append(args, g.typed)
			case o.Value.Traits().NoValue && short && g.text == "":
				continue // -v= is refused
			case !o.Value.Traits().NoValue && (g.text == "" || g.text[0] != '-') && rapid.Bool().Draw(t, "detached"):
				args = append(args, g.typed, g.text)
			case short && !o.Value.Traits().NoValue && g.text != "" && g.text[0] != '=' && rapid.Bool().Draw(t, "glued"):
				args = append(args, g.typed+g.text)
			default:
				args = append(args, g.typed+"="+g.text)
			}
			want = append(want, g)
		}
		l := load.Args(c, args, first)
		if errs := l.Problems.Errors(); len(errs) > 0 {
			t.Fatalf("Args(%q) says %v", args, errs)
		}
		var got []given
		for _, in := range l.Inputs {
			got = append(got, given{int(in.Origin.Arg), in.Origin.Name, in.Raw.Text()})
		}
		if len(got) != len(want) {
			t.Fatalf("Args(%q) = %+v, want %+v", args, got, want)
		}
		for i := range got {
			if got[i] != want[i] {
				t.Fatalf("Args(%q): input %d is %+v, want %+v", args, i, got[i], want[i])
			}
		}
	})
}
