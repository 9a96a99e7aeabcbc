package groups_test

import (
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/strataconf/strata/groups"
	"github.com/strataconf/strata/option"
)

func TestGroupsAgreeWithTheContract(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("../testdata/groups.tsv")
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSuffix(string(text), "\n"), "\n")[1:]
	all := groups.All()
	if len(all) != len(lines) {
		t.Fatalf("groups.All has %d groups, want the %d of groups.tsv", len(all), len(lines))
	}
	for i, line := range lines {
		f := strings.Split(line, "\t")
		g := all[i]
		for what, c := range map[string][2]string{
			"name":        {g.Name, f[1]},
			"parent":      {g.Parent.Title(), f[2]},
			"YAML key":    {g.YAML, f[3]},
			"YAML path":   {strings.Join(g.Path(), "."), f[4]},
			"description": {yesNo(g.Help != ""), f[5]},
		} {
			if c[0] != c[1] {
				t.Errorf("group %d %q: %s is %q, want %q", i+1, g.Title(), what, c[0], c[1])
			}
		}
	}
}

func TestParentsComeFirst(t *testing.T) {
	t.Parallel()
	all := groups.All()
	for i, g := range all {
		if g.Parent != nil && !slices.Contains(all[:i], g.Parent) {
			t.Errorf("group %q stands before its parent, want it behind", g.Title())
		}
	}
}

func TestAllIsACopy(t *testing.T) {
	t.Parallel()
	groups.All()[0] = &option.Group{Name: "Other"}
	if got := groups.All()[0]; got != groups.Networking {
		t.Errorf("the first group is %q after a caller changed its slice, want Networking", got.Name)
	}
}

func TestHelpIsProse(t *testing.T) {
	t.Parallel()
	for _, g := range groups.All() {
		h := g.Help
		if h == "" {
			continue
		}
		if h[0] < 'A' || h[0] > 'Z' || !strings.HasSuffix(h, ".") || strings.Contains(h, "  ") || strings.Contains(h, "\n") {
			t.Errorf("help of %q is %q, want a capital, a period, single spaces and no line break", g.Title(), h)
		}
	}
}

func yesNo(b bool) string {
	if b {
		return "yes"
	}
	return "no"
}
