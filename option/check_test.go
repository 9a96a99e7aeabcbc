package option_test

import (
	"slices"
	"testing"

	"github.com/strataconf/strata/option"
	"github.com/strataconf/strata/option/kind"
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
	inVariable := env(r, "tls-ciphers", "")
	inVariable.Raw = inFile.Raw
	placeless := inFile
	placeless.Raw = option.RawTree(&option.Tree{Kind: option.Sequence, Items: []option.Tree{{Scalar: option.RawText("bad")}}})
	for _, c := range []struct {
		name string
		in   []option.Input
		want string
	}{
		{"sequence in a variable", []option.Input{inVariable}, "environment: TOY_TLS_CIPHERS[1]: bad; see --workers (default)"},
		{"sequence without places", []option.Input{placeless}, "toy.yaml:4:3: net.tls.ciphers[0]: bad; see --workers (default)"},
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

// A folded is a list whose items in a file may hold several each.
type folded struct{ option.Value }

func (k folded) Decode(dst any, raw option.Raw) error {
	if tree := raw.Tree(); tree != nil {
		raw = tree.Items[0].Scalar
	}
	return k.Value.Decode(dst, raw)
}

// TestCheckNamesAnItemOfSeveral: where the file has fewer items than the list,
// the place is that of the whole.
func TestCheckNamesAnItemOfSeveral(t *testing.T) {
	t.Parallel()
	type one struct{ A []string }
	r, err := option.Build(option.Config[one]{
		Tables: func(v *one) []option.Table {
			return []option.Table{{Rows: []option.Option{{Name: "A", Flag: "a", YAML: "a", Value: folded{kind.Strings(&v.A)}, Help: "A row."}}}}
		},
		Checks: []option.Check[one]{func(c *option.Checker[one]) {
			c.Problem("x", "bad", "", option.Item{List: &c.View().A, Index: 1})
		}},
	})
	if err != nil {
		t.Fatal(err)
	}
	tree := option.Tree{Kind: option.Sequence, Items: []option.Tree{{Scalar: option.RawText("x,y"), Span: option.Span{Line: 2, Column: 5}}}}
	at := option.Origin{Source: option.SourceYAML, Name: "toy.yaml", Span: option.Span{Line: 1, Column: 4}}
	_, ps := r.Resolve([]option.Layer{{Source: option.SourceYAML, Inputs: []option.Input{{Option: r.ByFlag("a"), Origin: at, Raw: option.RawTree(&tree)}}}})
	if want := "toy.yaml:1:4: a[1]: bad"; len(ps) != 1 || ps[0].Error() != want {
		t.Errorf("got %v, want %s", ps, want)
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

// TestChecks holds what checks can ask and how their reports stand.
func TestChecks(t *testing.T) {
	t.Parallel()
	var check option.Check[toy] // of the case
	cfg := toyConfig()
	cfg.Checks = []option.Check[toy]{func(c *option.Checker[toy]) { check(c) }}
	r, err := option.Build(cfg)
	if err != nil {
		t.Fatal(err)
	}
	warn := func(fields func(*toy) []any) option.Check[toy] {
		return func(c *option.Checker[toy]) { c.Warning("odd", "odd", "mend it", fields(c.View())...) }
	}
	for _, c := range []struct {
		name  string
		check option.Check[toy]
		in    []option.Input
		want  string // without what is deprecated or refused
	}{
		{"nothing given", func(c *option.Checker[toy]) {
			if v := c.View(); c.Given(&v.Wait) || c.Given(&v.Key) {
				c.Warning("odd", "given", "")
			}
		}, nil, ""},
		{"given once", func(c *option.Checker[toy]) {
			if v := c.View(); c.Given(&v.Wait) {
				c.Warning("odd", "given", "")
			}
		}, []option.Input{env(r, "wait", "1s")}, "warning given"},
		{"given by the other row", func(c *option.Checker[toy]) {
			if v := c.View(); c.Given(&v.Mail.From) {
				c.Warning("odd", "given", "")
			}
		}, []option.Input{env(r, "sender", "x")}, "warning given"},
		{"the place is that of what was set first", warn(func(v *toy) []any { return []any{&v.Workers, &v.Wait, &v.Key, &v.HTTP} }), []option.Input{env(r, "wait", "1s"), flag(r, 2, "http", ":1")}, "warning environment: TOY_WAIT: odd; see --workers (default), --key (not set), --http (argv[2]) (mend it)"},
		{"without a place", warn(func(v *toy) []any { return []any{&v.Key, &v.URL} }), nil, "warning --key: odd; see --url (not set) (mend it)"},
		{"a list as a whole", warn(func(v *toy) []any { return []any{&v.TLS.Ciphers} }), []option.Input{env(r, "tls-ciphers", "a")}, "warning environment: TOY_TLS_CIPHERS: odd (mend it)"},
		{"what was refused", warn(func(v *toy) []any { return []any{&v.Workers, &v.Wait} }), []option.Input{env(r, "wait", "soon")}, ""},
		{"beside what was refused", warn(func(v *toy) []any { return []any{&v.Workers} }), []option.Input{env(r, "wait", "soon")}, "warning default: --workers: odd (mend it)"},
		{"the row that was spelled", warn(func(v *toy) []any { return []any{&v.Mail.From} }), []option.Input{env(r, "sender", "x")}, "warning environment: SENDER: odd (mend it)"},
	} {
		check = c.check
		_, ps := r.Inspect(layers(c.in...))
		got := ""
		for _, p := range ps {
			if p.Code == "odd" {
				got += p.Severity.String() + " " + p.Error()
			}
		}
		if got != c.want {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
	}
}

// TestProblemsOfChecks holds what programs see of a report.
func TestProblemsOfChecks(t *testing.T) {
	t.Parallel()
	r := adapted(t, func(c *option.Checker[toy]) {
		v := c.View()
		c.Problem("clash", "they clash", "change one", &v.Wait, &v.Mail.From, &v.Workers)
	})
	from, wait := env(r, "sender", "x"), flag(r, 3, "wait", "1s")
	_, ps := r.Inspect(layers(from, wait))
	i := slices.IndexFunc(ps, func(p *option.Problem) bool { return p.Code == "clash" })
	if i < 0 {
		t.Fatalf("got %v, want the report", ps)
	}
	p := ps[i]
	if p.Severity != option.Error || !p.Cross || p.Option != wait.Option || p.Origin != wait.Origin || p.Name != "--wait" || p.Hint != "change one" {
		t.Errorf("got %+v, want an error of --wait", p)
	}
	if want := []option.Origin{from.Origin, {Source: option.SourceDefault}}; !slices.Equal(p.Related, want) {
		t.Errorf("got related places %v, want %v", p.Related, want)
	}
	_, ps = r.Inspect(layers(from))
	if i = slices.IndexFunc(ps, func(p *option.Problem) bool { return p.Code == "clash" }); i < 0 || ps[i].Option != from.Option {
		t.Errorf("got %v, want a report of the row that was spelled", ps)
	}
}

// TestCheckOfAStrangeField: a check that names what no option fills is a
// mistake of the program.
func TestCheckOfAStrangeField(t *testing.T) {
	t.Parallel()
	const want = "option: a check named a field that no option fills"
	for name, field := range map[string]func(*toy) any{
		"a repeated field": func(v *toy) any { return &v.OldSecure },
		"another type":     func(v *toy) any { return &v.TLS },
		"another place":    func(*toy) any { return new(bool) },
		"no pointer":       func(v *toy) any { return v.Secure },
	} {
		r := adapted(t, func(c *option.Checker[toy]) { c.Problem("x", "x", "", field(c.View())) })
		func() {
			defer func() {
				if got := recover(); got != want {
					t.Errorf("%s: got panic %v, want %q", name, got, want)
				}
			}()
			r.Inspect(nil)
		}()
	}
}
