package yamlgen_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/strataconf/strata/option"
	"github.com/strataconf/strata/option/kind"
	"github.com/strataconf/strata/yamlgen"
)

// Over all keys of the server: a slip in a key, or a name of the option from
// elsewhere, brings a hint at the right key.
func TestHints(t *testing.T) {
	t.Parallel()
	c := server(t)
	right, all := map[string]int{}, map[string]int{}
	for o := range c.All() {
		if o.Path() == "" || o.Deprecated() {
			continue
		}
		section, key := "", o.Path()
		if i := strings.LastIndexByte(key, '.'); i >= 0 {
			section, key = key[:i], key[i+1:]
		}
		n := len(key)
		ask := func(slip, section, key string) {
			if got := hint(c, section, key); got == "" && c.ByYAML(strings.TrimPrefix(section+"."+key, ".")) != nil {
				return // the slip made another key
			} else if strings.Contains(got+" ", " "+o.Path()+"?") || strings.Contains(got+" ", " "+o.Path()+" ") || strings.Contains(got, " "+o.Path()+",") {
				right[slip]++
			} else {
				t.Logf("%s: %s.%s for %s: %s", slip, section, key, o.Path(), got)
			}
			all[slip]++
		}
		if n > 4 {
			ask("dropped", section, key[:n/2]+key[n/2+1:])
			ask("doubled", section, key[:n/2]+key[n/2-1:])
			ask("swapped", section, key[:n/2-1]+key[n/2:n/2+1]+key[n/2-1:n/2]+key[n/2+1:])
			ask("changed", section, key[:n-1]+"q")
		}
		if key != strings.ToUpper(key) {
			ask("case", section, strings.ToUpper(key))
		}
		ask("dotted", "", o.Path()+"_")
		ask("flag", section, o.Flag+"_")
		if o.Env != "" {
			ask("variable", section, string(o.Env))
			ask("variable at the top", "", string(o.Env))
		}
		if section != "" {
			ask("wrong group", "", key)
		}
	}
	for slip, n := range all {
		t.Logf("%s: %d of %d", slip, right[slip], n)
		if share := 100 * right[slip] / n; share < 90 {
			t.Errorf("%s: %d of %d hints are right (%d %%), want 90 %%", slip, right[slip], n, share)
		}
	}
}

// places is a program whose keys stand in several groups.
type places struct {
	One, Two, Three, Four, Two2, Three2, Four2, Three3, Four3, Four4, Only, Solo, Sole, Keyless, In, In2 string
}

func placesRegistry(t *testing.T) *option.Registry[places] {
	t.Helper()
	groups := []*option.Group{{Name: "A", YAML: "ga"}, {Name: "B", YAML: "gb"}, {Name: "C", YAML: "gc"}, {Name: "D", YAML: "gd"}}
	groups = append(groups, &option.Group{Name: "A in", YAML: "sub", Parent: groups[0]}, &option.Group{Name: "B in", YAML: "sub", Parent: groups[1]})
	r, err := option.Build(option.Config[places]{Program: "places", EnvPrefix: "P_", Groups: groups, Tables: func(v *places) []option.Table {
		row := func(flag, yaml string, f *string) option.Option {
			return option.Option{Name: flag, Flag: flag, YAML: yaml, Value: kind.String(f), Help: "A text."}
		}
		return []option.Table{
			{Rows: []option.Option{row("one", "", &v.Keyless)}},
			{Group: groups[0], Rows: []option.Option{row("a1", "one", &v.One), row("a2", "two", &v.Two), row("a3", "three", &v.Three), row("a4", "four", &v.Four)}},
			{Group: groups[1], Rows: []option.Option{row("b2", "two", &v.Two2), row("b3", "three", &v.Three2), row("b4", "four", &v.Four2), row("solo", "only", &v.Only)}},
			{Group: groups[2], Rows: []option.Option{row("c3", "three", &v.Three3), row("c4", "four", &v.Four3), row("c5", "solo", &v.Solo)}},
			{Group: groups[3], Rows: []option.Option{row("d4", "four", &v.Four4), row("d5", "sole", &v.Sole)}},
			{Group: groups[4], Rows: []option.Option{row("e1", "in", &v.In)}},
			{Group: groups[5], Rows: []option.Option{row("e2", "in", &v.In2)}},
		}
	}})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// What a key meant: one that is the same here but for case, then the name of an
// option elsewhere, then keys of that name in other groups.
func TestHintsAtPlaces(t *testing.T) {
	t.Parallel()
	c := placesRegistry(t).Catalog
	for _, k := range []struct{ section, key, want string }{
		{"", "one", "did you mean ga.one?"}, // not --one, which has no key
		{"", "two", "there are ga.two and gb.two"},
		{"", "three", "there are ga.three and gb.three and gc.three"},
		{"", "four", "there are ga.four, gb.four, gc.four and more"},
		{"ga", "TWO", "did you mean ga.two?"},
		{"gb", "SUB", "did you mean gb.sub?"},
		{"", "solo", "did you mean gb.only?"}, // the flag
		{"", "sole", "did you mean gd.sole?"}, // no slip of that flag
	} {
		if got := hint(c, k.section, k.key); got != " "+k.want {
			t.Errorf("%s.%s: got %s, want %s", k.section, k.key, got, k.want)
		}
	}
}

// hint returns what Parse says of one key in a section.
func hint(c *option.Catalog, section, key string) string {
	src, indent := "", 0
	for _, s := range strings.FieldsFunc(section, func(r rune) bool { return r == '.' }) {
		src += fmt.Sprintf("%*s%s:\n", indent, "", s)
		indent += 2
	}
	l := yamlgen.Parse(c, "f", fmt.Sprintf("%s%*s%s: 1\n", src, indent, "", key), yamlgen.Limits{})
	if len(l.Problems) == 0 {
		return ""
	}
	return " " + l.Problems[0].Hint
}
