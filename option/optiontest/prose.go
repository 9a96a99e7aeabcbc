package optiontest

import (
	"regexp"
	"strings"
	"sync"
	"testing"

	"github.com/strataconf/strata/option"
)

var named = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`--[a-zA-Z0-9-]*[a-zA-Z0-9]`) })

// Prose tests what people read: help has a capital in front and a period at
// the end, says something of its own, and names options that exist and are
// not deprecated; that of a deprecated option names its successors.
func Prose[T any](t *testing.T, cfg option.Config[T], _ ...string) {
	t.Helper()
	r := build(t, cfg)
	seen := map[string]string{}
	for o := range r.All() {
		if fault := sentence(o.Help); fault != "" {
			t.Errorf("help of --%s %s: %q", o.Flag, fault, o.Help)
		}
		if other := seen[o.Help]; other != "" {
			t.Errorf("help of --%s repeats that of --%s, want words of its own: %q", o.Flag, other, o.Help)
		}
		seen[o.Help] = o.Flag
		if strings.HasSuffix(o.Name, ".") || strings.TrimSpace(o.Name) != o.Name {
			t.Errorf("name of --%s is %q, want a title without a period or space around it", o.Flag, o.Name)
		}
		if (o.Computed != nil) != (o.DefaultDoc != "") {
			t.Errorf("--%s: got DefaultDoc %q and a computed default %t, want both or none", o.Flag, o.DefaultDoc, o.Computed != nil)
		}
		checkNames(t, r.Catalog, o)
	}
	for g := range r.Groups() {
		if g.Help == "" {
			continue
		}
		if fault := sentence(g.Help); fault != "" {
			t.Errorf("help of group %s %s: %q", g.Title(), fault, g.Help)
		}
	}
}

// sentence returns what is wrong with prose, or "".
func sentence(s string) string {
	switch {
	case s == "" || s[0] < 'A' || s[0] > 'Z':
		return "does not begin with a capital"
	case !strings.HasSuffix(s, "."):
		return "does not end in a period"
	case strings.ContainsAny(s, "\r\t") || strings.Contains(s, "  "):
		return "has tabs or double spaces"
	}
	return ""
}

func checkNames(t *testing.T, c *option.Catalog, o *option.Option) {
	t.Helper()
	for _, flag := range named().FindAllString(o.Help, -1) {
		switch other := c.ByFlag(flag[2:]); {
		case other == nil:
			t.Errorf("help of --%s names %s, which is no option of this program", o.Flag, flag)
		case other == o:
			t.Errorf("help of --%s names itself, want other options only", o.Flag)
		case other.Deprecated():
			t.Errorf("help of --%s names %s, which is deprecated", o.Flag, flag)
		}
	}
	for _, flag := range o.UseInstead {
		if !strings.Contains(o.Help, "--"+flag) {
			t.Errorf("help of --%s does not name --%s, which replaces it", o.Flag, flag)
		}
	}
}

// Defaults tests that every default and every example is a value that the
// option takes and writes back, and that the defaults alone are accepted. What
// checks over several options report is left out: a program may well need to
// be told something.
func Defaults[T any](t *testing.T, cfg option.Config[T], _ ...string) {
	t.Helper()
	r := build(t, cfg)
	for o := range r.All() {
		for what, text := range map[string]string{"default": o.Default, "example": o.Example} {
			if text == "" {
				continue
			}
			field, err := decode(o, text)
			if err != nil {
				t.Errorf("%s of --%s is refused: %v", what, o.Flag, err)
				continue
			}
			once := o.Value.Text(field)
			if again, err := decode(o, once); err != nil || o.Value.Text(again) != once {
				t.Errorf("%s of --%s is written as %q, which does not read back (%v)", what, o.Flag, once, err)
			}
		}
	}
	_, ps := r.Resolve(nil)
	for _, p := range ps {
		if !p.Cross {
			t.Errorf("the defaults give the problem %q, want none", p)
		}
	}
}
