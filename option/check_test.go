package option_test

import (
	"testing"

	"github.com/strataconf/strata/option"
)

// TestCheckNamesAnItem: a check that speaks of one item of a list has the
// place of that item, also where several flags made the list.
func TestCheckNamesAnItem(t *testing.T) {
	t.Parallel()
	cfg := toyConfig()
	cfg.Checks = append(cfg.Checks, func(c *option.Checker[toy]) {
		v := c.View()
		for i, name := range v.TLS.Ciphers {
			if name == "bad" {
				c.Problem("x", "bad", "", option.Item{List: &v.TLS.Ciphers, Index: i}, &v.Workers)
			}
		}
	})
	r, err := option.Build(cfg)
	if err != nil {
		t.Fatal(err)
	}
	tree := option.Tree{Kind: option.Sequence}
	for i, text := range []string{"a", "bad"} {
		tree.Items = append(tree.Items, option.Tree{Scalar: option.RawText(text), Span: option.Span{Line: int32(5 + i), Column: 7}})
	}
	inFile := file(r, 4, "tls-ciphers", "")
	inFile.Raw = option.RawTree(&tree)
	for _, c := range []struct {
		name string
		in   []option.Input
		want string
	}{
		{"sequence", []option.Input{inFile}, "toy.yaml:6:7: net.tls.ciphers[1]: bad; see --workers (default)"},
		{"record in a file", []option.Input{file(r, 4, "tls-ciphers", "a,bad")}, "toy.yaml:4:3: net.tls.ciphers[1]: bad; see --workers (default)"},
		{"variable", []option.Input{env(r, "tls-ciphers", "bad,a")}, "environment: TOY_TLS_CIPHERS[0]: bad; see --workers (default)"},
		{"flags", []option.Input{flag(r, 2, "tls-ciphers", "a,b"), flag(r, 4, "tls-ciphers", "c,bad")}, "argv[4]: --tls-ciphers[1]: bad; see --workers (default)"},
		{"first of two flags", []option.Input{flag(r, 2, "tls-ciphers", "a,bad"), flag(r, 4, "tls-ciphers", "c")}, "argv[2]: --tls-ciphers[1]: bad; see --workers (default)"},
		{"behind an emptied list", []option.Input{flag(r, 2, "tls-ciphers", "a"), flag(r, 3, "tls-ciphers", ""), flag(r, 4, "tls-ciphers", "bad")}, "argv[4]: --tls-ciphers[0]: bad; see --workers (default)"},
	} {
		_, ps := r.Resolve(layers(c.in...))
		if len(ps) != 1 || ps[0].Error() != c.want {
			t.Errorf("%s: got %v, want %s", c.name, ps, c.want)
		}
	}
}

// TestAnItemOfAnAlias: a value that an alias stands for is where it is used,
// and of its items the anchored text is told.
func TestAnItemOfAnAlias(t *testing.T) {
	t.Parallel()
	r := build(t)
	tree := option.Tree{Kind: option.Sequence}
	for i, text := range []string{"a", "\x00", "b"} {
		tree.Items = append(tree.Items, option.Tree{Scalar: option.RawText(text), Span: option.Span{Line: int32(1 + i), Column: 5}})
	}
	in := file(r, 9, "tls-ciphers", "")
	in.Raw, in.Origin.Anchor = option.RawTree(&tree), &option.Span{Line: 1, Column: 3}
	_, ps := r.Resolve(layers(in))
	if len(ps) != 1 || ps[0].Origin.Span.Line != 9 || ps[0].Origin.Anchor == nil || ps[0].Origin.Anchor.Line != 2 {
		t.Errorf("got %v, want one problem on line 9 that tells of line 2", ps)
	}
	if at := in.Origin.Anchor; at.Line != 1 {
		t.Errorf("the anchor of the input moved to line %d", at.Line)
	}
}
