package yamlgen_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/strataconf/strata/option"
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
