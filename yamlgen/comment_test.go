package yamlgen_test

import (
	"bytes"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/strataconf/strata/option"
	"github.com/strataconf/strata/option/kind"
	"github.com/strataconf/strata/yamlgen"
)

// prose has what makes lines hard to measure: letters of two and three bytes,
// some that are escaped, and a word that fits on no line.
const prose = "Pages àre kept for à while, as ¿any¿ cache ÀÀÀÀ does — it is 一時的な, and they go when \u200b\u200b\u200b is full: " +
	"https://example.com/a/very/long/address/that/no/line/holds/because/it/has/more/letters/than/any/measure/allows " +
	"is where more is said of it, in words of one or two or seven letters, a few of which end at the edge."

type deep struct {
	A, B, C, D, E, F, G, H, I, J, K, L, M, N, O, P, Q string

	Mode, Only, Odd string
}

func (v *deep) all() []*string {
	return []*string{&v.A, &v.B, &v.C, &v.D, &v.E, &v.F, &v.G, &v.H, &v.I, &v.J, &v.K, &v.L, &v.M, &v.N, &v.O, &v.P, &v.Q}
}

// levels is how deep groups may stand.
const levels = 17

// deepRegistry has an option in each of as many groups inside one another as
// there may be.
func deepRegistry(t *testing.T) *option.Registry[deep] {
	t.Helper()
	var groups []*option.Group
	for i := range levels {
		g := &option.Group{Name: "G" + string(rune('a'+i)), YAML: "g" + string(rune('a'+i)), Help: prose}
		if i > 0 {
			g.Parent = groups[i-1]
		}
		groups = append(groups, g)
	}
	r, err := option.Build(option.Config[deep]{Program: "deep", EnvPrefix: "D_", Groups: groups, Tables: func(v *deep) []option.Table {
		tables := []option.Table{{Rows: []option.Option{
			{Name: "Mode", Flag: "mode", YAML: "mode", Default: "slow", Value: kind.Choice(&v.Mode, "slow", "fast", "off"), Help: "How."},
			{Name: "Only", Flag: "only", YAML: "only", Default: "one", Value: kind.Choice(&v.Only, "one"), Help: "Long" + strings.Repeat("g", 80)},
			{Name: "Odd", Flag: "odd", YAML: "odd", Default: "a\x1bb \x7f\x01c c\x7f\nd\re\tf \x02\x03 \v", Value: kind.String(&v.Odd), Help: "What."},
		}}}
		for i, g := range groups {
			name := string(rune('a' + i))
			tables = append(tables, option.Table{Group: g, Rows: []option.Option{
				{Name: "A " + name, Flag: "a" + name, YAML: "a", Value: kind.String(v.all()[i]), Help: prose},
			}})
		}
		return tables
	}})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// Comments fill 80 columns, also where a group stands deep, and break no sooner
// than they have to.
func TestCommentsWrap(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	if err := yamlgen.Reference(&out, deepRegistry(t).Catalog); err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(out.String(), "\n")
	const limit = 80
	wrapped, wide := 0, 0
	for i, line := range lines[:len(lines)-1] {
		body := strings.TrimLeft(line, " ")
		if !strings.HasPrefix(body, "# ") {
			if body == "#" || strings.HasSuffix(line, " ") {
				t.Errorf("line %d is a comment of nothing, or ends in a blank: %q", i+1, line)
			}
			continue
		}
		columns := utf8.RuneCountInString(line)
		if columns > limit && strings.Contains(body[2:], " ") {
			t.Errorf("line %d has %d columns, want at most %d: %s", i+1, columns, limit, line)
		}
		if columns == limit {
			wide++
		}
		next := strings.TrimLeft(lines[i+1], " ")
		if word, _, _ := strings.Cut(strings.TrimPrefix(next, "# "), " "); strings.HasPrefix(next, "# ") && word != "Default:" && word != "No" {
			wrapped++
			if n := columns + 1 + utf8.RuneCountInString(word); n <= limit {
				t.Errorf("line %d has room for the next word, %d columns of %d: %s", i+1, n, limit, line)
			}
		}
	}
	if wrapped < 100 || wide < 10 {
		t.Errorf("%d lines are wrapped and %d as long as they may be, want more to look at", wrapped, wide)
	}
}

// What the default holds, the comment shows on its lines, escaped.
func TestCommentsOfValues(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	if err := yamlgen.Reference(&out, deepRegistry(t).Catalog); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"\n# How.\n# Default: slow. Type: enum. One of: slow, fast, off.\n#mode: slow\n",
		"\n# What.\n# Default: " + option.Escape("a\x1bb") + " " + option.Escape("\x7f\x01c") + " " + option.Escape("c\x7f") + " d e f " + option.Escape("\x02\x03") + " " + option.Escape("\v") + ". Type: string.\n#odd: ",
		"#mode: slow\n\n# Long" + strings.Repeat("g", 80) + "\n# Default: one. Type: enum. One of: one.\n#only: one\n",
	} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("no %q in\n%s", want, out.String()[:800])
		}
	}
}

// Keys and values of deep groups stand as deep as these, and read back.
func TestDeepGroups(t *testing.T) {
	t.Parallel()
	r := deepRegistry(t)
	path := ""
	for i := range levels {
		path += strings.Repeat("  ", i) + "g" + string(rune('a'+i)) + ":\n"
	}
	indent := strings.Repeat("  ", levels)
	s, problems := r.Resolve([]option.Layer{yamlgen.Parse(r.Catalog, "f", path+indent+"a: deep\n", yamlgen.Limits{})})
	if problems.Err() != nil {
		t.Fatal(problems.Err())
	}
	var out bytes.Buffer
	if _, err := yamlgen.Write(&out, s.Redact()); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(out.String(), "\n"+indent+"a: deep\n") {
		t.Errorf("no key in column %d of\n%s", len(indent)+1, &out)
	}
	again, problems := r.Resolve([]option.Layer{yamlgen.Parse(r.Catalog, "f", out.String(), yamlgen.Limits{})})
	if problems.Err() != nil || again.Values() != s.Values() {
		t.Errorf("read back: got %v, %v", again.Values(), problems.Err())
	}
}
