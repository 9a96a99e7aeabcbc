package compat

import (
	"slices"
	"strings"

	"github.com/strataconf/strata/docgen"
)

// An index finds the options of one catalog.
type index struct {
	byFlag map[string]*docgen.ListedOption
	byName map[string]*docgen.ListedOption // as in names
	// fills holds the options of each field, by its place in the API.
	fills   map[string][]*docgen.ListedOption
	retired map[string]*docgen.ListedName // as in names
}

func newIndex(l *docgen.Listing) *index {
	x := &index{
		byFlag: make(map[string]*docgen.ListedOption, len(l.Options)), byName: make(map[string]*docgen.ListedOption, 3*len(l.Options)),
		fills: make(map[string][]*docgen.ListedOption, len(l.Options)), retired: make(map[string]*docgen.ListedName, 3*len(l.Retired)),
	}
	for i := range l.Options {
		o := &l.Options[i]
		x.byFlag[o.Flag] = o
		x.fills[o.JSON] = append(x.fills[o.JSON], o)
		for _, name := range names(o) {
			x.byName[name] = o
		}
	}
	for i := range l.Retired {
		t := &l.Retired[i]
		for _, name := range retiredNames(t) {
			x.retired[name] = t
		}
	}
	return x
}

// names are all names of an option, as [Change.Names] spells them.
func names(o *docgen.ListedOption) []string {
	return slices.Concat(spelled(o.Flag, o.Short, o.Env, o.YAML), spelled(o.FileFlag, "", o.FileEnv, ""), family(o))
}

func retiredNames(t *docgen.ListedName) []string { return spelled(t.Flag, "", t.Env, t.YAML) }

func spelled(flag, short, env, path string) []string {
	var out []string
	for _, name := range []struct{ mark, text string }{{"--", flag}, {"-", short}, {"$", env}, {"", path}} {
		if name.text != "" {
			out = append(out, name.mark+name.text)
		}
	}
	return out
}

// variables are all variables of an option.
func variables(o *docgen.ListedOption) []string {
	return slices.Concat(spelled("", "", o.Env, ""), spelled("", "", o.FileEnv, ""), family(o))
}

// family are the numbered variables of an option.
func family(o *docgen.ListedOption) []string {
	if o.Indexed == nil {
		return nil
	}
	var out []string
	for _, prefix := range o.Indexed.Prefixes {
		for _, suffix := range o.Indexed.Suffixes {
			out = append(out, "$"+prefix+"_#_"+suffix)
		}
	}
	return out
}

// match pairs the options of two catalogs: by flag, which is what an option
// is, then those that are left by the field that they fill. The pairs have
// the order of the newer catalog; what is gone stands behind what stood
// before it.
func (c *comparison) match() {
	partner := map[*docgen.ListedOption]*docgen.ListedOption{}
	left := map[string][]*docgen.ListedOption{} // old options without a partner, by field
	for i := range c.old.Options {
		o := &c.old.Options[i]
		if n := c.is.byFlag[o.Flag]; n != nil {
			partner[o], partner[n] = n, o
		} else {
			left[o.JSON] = append(left[o.JSON], o)
		}
	}
	for i := range c.new.Options {
		n := &c.new.Options[i]
		if same := left[n.JSON]; partner[n] == nil && len(same) > 0 {
			partner[n], partner[same[0]] = same[0], n
			left[n.JSON] = same[1:]
		}
	}
	behind := map[*docgen.ListedOption][]pair{}
	var last *docgen.ListedOption // the newest option that is still there
	for i := range c.old.Options {
		o := &c.old.Options[i]
		if n := partner[o]; n != nil {
			last = n
		} else {
			behind[last] = append(behind[last], pair{old: o})
		}
	}
	c.pairs = append(c.pairs, behind[nil]...)
	for i := range c.new.Options {
		n := &c.new.Options[i]
		c.pairs = append(c.pairs, pair{partner[n], n})
		c.pairs = append(c.pairs, behind[n]...)
	}
}

// canonical is a variable with a "#" for each number between underscores.
func canonical(name string) string {
	parts := strings.Split(name, "_")
	for i := 1; i < len(parts)-1; i++ {
		if parts[i] != "" && strings.Trim(parts[i], "0123456789") == "" {
			parts[i] = "#"
		}
	}
	return strings.Join(parts, "_")
}
