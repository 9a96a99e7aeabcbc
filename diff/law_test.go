package diff_test

import (
	"testing"

	"pgregory.net/rapid"

	"github.com/strataconf/strata/diff"
	"github.com/strataconf/strata/option"
)

var lawFlags = []string{
	"--name=x", "--name=me", "--items=a,b", "--items=c", "--items=", "--key=one", "--key=two", "--site=https://u:one@a.test", "--site=https://u:two@a.test",
	"--site=https://a.test", "--links=[{name: a, pass: one}]", "--links=[{name: a, pass: two}]", "--links=[{name: a}]", "--links=[]", "--workers=4", "--workers=5", "--every=60s", "--every=1h",
	"--sender=s", "--mail-from=s", "--cache=/c",
}

// verdicts are those of all options.
func verdicts(r *option.Registry[toy], a, b *diff.Side) map[string]diff.Verdict {
	out := map[string]diff.Verdict{}
	d := diff.Compare(r.Catalog, a, b, diff.Filter{All: true})
	for i := range d.Options {
		out[d.Options[i].Flag] = d.Options[i].Verdict
	}
	return out
}

// TestLaw draws two configurations. Verdicts of inputs say whether the values
// are the same, secrets included; turned round they are the same; and what a
// document leaves unsure is only what it does not show.
func TestLaw(t *testing.T) {
	t.Parallel()
	r := build(t)
	rapid.Check(t, func(rt *rapid.T) {
		draw := rapid.SliceOfN(rapid.SampledFrom(lawFlags), 0, 8)
		one, other := draw.Draw(rt, "a"), draw.Draw(rt, "b")
		a, b := inputs(r, "a", one...), inputs(r, "b", other...)
		was, _ := settings(r, one...)
		is, _ := settings(r, other...)
		got, back := verdicts(r, a, b), verdicts(r, b, a)
		seen := verdicts(r, a, document(t, r, option.ShapeFull, other...))
		unseen := verdicts(r, document(t, r, option.ShapeCompact, one...), document(t, r, option.ShapeFull, other...))
		for flag, v := range got {
			o := r.ByFlag(flag)
			if want := map[bool]diff.Verdict{true: diff.Same, false: diff.Changed}[was.Same(o, is)]; v != want {
				rt.Errorf("--%s: got %s, want %s", flag, v, want)
			}
			if back[flag] != v {
				rt.Errorf("--%s: turned round it is %s, want %s", flag, back[flag], v)
			}
			hides := was.Withheld(o) || is.Withheld(o)
			// A document does not show that it withholds a part of a value, so
			// this may be all that is the same.
			if s := seen[flag]; s != v && !(s == diff.Unsure && hides) && !(s == diff.Same && !was.Withheld(o) && is.Withheld(o)) {
				rt.Errorf("--%s: of a document it is %s, want %s", flag, s, v)
			}
			if s := unseen[flag]; s != v && !hides {
				rt.Errorf("--%s: of two documents it is %s, want %s", flag, s, v)
			}
		}
	})
}
