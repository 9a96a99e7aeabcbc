package option_test

import (
	"testing"

	"github.com/strataconf/strata/option"
	"github.com/strataconf/strata/option/kind"
)

// TestNearest: a name of up to five characters may have one slip, of up to
// seven two, and a longer one three.
func TestNearest(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, candidate string
		found           bool
	}{
		{"abcdx", "abcde", true},
		{"abcxy", "abcde", false},
		{"abcdxy", "abcdef", true},
		{"abcxyz", "abcdef", false},
		{"abcdexy", "abcdefg", true},
		{"abcdxyz", "abcdefg", false},
		{"abcdexyz", "abcdefgh", true},
		{"abcdwxyz", "abcdefgh", false},
		{"ABCDX", "abcde", true},
		{"abcdx", "ABCDE", true},
	} {
		want := ""
		if c.found {
			want = c.candidate
		}
		if got := option.Nearest(c.name, []string{c.candidate}); got != want {
			t.Errorf("%s: got %q, want %q", c.name, got, want)
		}
	}
	for name, want := range map[string]string{"abcdefxy": "abcdefzy", "abcdefgz": "abcdefgh"} {
		if got := option.Nearest(name, []string{"abcdefgh", "abcdefzy", "abcdefzz"}); got != want {
			t.Errorf("%s among several: got %q, want the nearest, and of two the first: %q", name, got, want)
		}
	}
}

// TestGuessAmongSeveral: of names that are as near, or the same but for
// separators, that of an option that is not deprecated is meant, and then the
// first; a YAML key of two groups means neither.
func TestGuessAmongSeveral(t *testing.T) {
	t.Parallel()
	type paint struct {
		A, B, C, D, E bool
	}
	r, err := option.Build(option.Config[paint]{Tables: func(v *paint) []option.Table {
		return []option.Table{
			{Group: netGroup, Rows: []option.Option{
				{Name: "A", Flag: "colour-of-wall", UseInstead: []string{"colour-of-hall"}, Value: kind.Bool(&v.A)},
				{Name: "B", Flag: "colour-of-hall", YAML: "shade", Value: kind.Bool(&v.B)},
			}},
			{Group: mailGroup, Rows: []option.Option{
				{Name: "C", Flag: "gloss-y", YAML: "shade", Value: kind.Bool(&v.C)},
				{Name: "D", Flag: "glos-sy", YAML: "matting", Value: kind.Bool(&v.D)},
				{Name: "E", Flag: "colour-of-ball", Value: kind.Bool(&v.E)},
			}},
		}
	}})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name, want string
		certain    bool
	}{
		{"colour-of-tall", "--colour-of-hall", false},
		{"colour-of-wall", "--colour-of-wall", true},
		{"glossy", "--gloss-y", true},
		{"matting", "--glos-sy", true},
		{"shade", "", false},
	} {
		g, ok := r.Guess(option.SourceFlag, c.name)
		if ok != (c.want != "") || g.Spelling != c.want || g.Certain != c.certain {
			t.Errorf("%s: got %q certain %v, want %q certain %v", c.name, g.Spelling, g.Certain, c.want, c.certain)
		}
	}
}
