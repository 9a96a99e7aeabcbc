package compat

import (
	"slices"
	"strings"

	"github.com/strataconf/strata/docgen"
)

// spellings compares the names of a pair, beside the flag.
func (c *comparison) spellings(p pair) {
	a, b := p.old, p.new
	if b.Env != c.renewed(a.Env) {
		c.spelling(p, KindVariable, "variable", "$", a.Env, b.Env)
	}
	c.spelling(p, KindFile, "flag for a file", "--", a.FileFlag, b.FileFlag)
	if b.FileEnv != c.renewed(a.FileEnv) {
		c.spelling(p, KindFile, "variable for a file", "$", a.FileEnv, b.FileEnv)
	}
	if kind := KindPath; a.YAML != b.YAML {
		if last(a.YAML) == last(b.YAML) {
			kind = KindMoved
		}
		c.spelling(p, kind, "path in the file", "", a.YAML, b.YAML)
	}
	c.spelling(p, KindShort, "short flag", "-", a.Short, b.Short)
	was, is := c.renewedFamily(a), family(b)
	if gone := without(was, is); len(gone) > 0 {
		c.add(KindNumbered, Breaking, p, gone, say("these variables are gone: %", shortList(gone)), say("rename or remove them, for they are ignored with a warning"))
	}
	if more := without(is, was); len(more) > 0 {
		c.add(KindNumbered, Compatible, p, more, say("these variables are new: %", shortList(more)), none)
	}
	c.prefixes(p)
}

// prefixes compares the order of those prefixes of numbered variables that both
// catalogs have: the first one that is set counts. The order of suffixes means
// nothing.
func (c *comparison) prefixes(p pair) {
	if p.old.Indexed == nil || p.new.Indexed == nil {
		return
	}
	is := p.new.Indexed.Prefixes
	var was []string
	for _, prefix := range p.old.Indexed.Prefixes {
		was = append(was, c.renewed(prefix))
	}
	was, is = without(was, without(was, is)), without(is, without(is, was))
	for i := range is {
		if is[i] != was[i] {
			text := say("where numbered variables of % and of % are set, the former count now", is[i], was[i])
			c.add(KindNumbered, Notable, p, family(p.new), text, say("keep those of one prefix"))
			return
		}
	}
}

// spelling compares one name of a pair.
func (c *comparison) spelling(p pair, kind Kind, what, mark, a, b string) {
	if a == b {
		return
	}
	if a == "" {
		c.add(kind, Compatible, p, []string{mark + b}, say("a "+what+" sets it too: %", mark+b), none)
		return
	}
	old := []string{mark + a}
	text := say("its "+what+" is %, and was %", mark+b, mark+a)
	if b == "" {
		text = say("no "+what+" sets it, as % did", mark+a)
	}
	if now := c.is.byName[mark+a]; now != nil && now.JSON == p.new.JSON {
		text.words += "; the old name still works"
		c.add(kind, Notable, p, old, text, none)
		return
	}
	switch {
	case c.is.retired[mark+a] != nil:
		text.words += "; the old name is refused"
	case mark == "$":
		text.words += "; the old name is ignored with a warning"
	default:
		text.words += "; the old name is unknown, and so refused"
	}
	hint := say("use %", mark+b)
	if b == "" {
		hint = c.use(p.new.Flag)
	}
	c.add(kind, Breaking, p, old, text, hint)
}

// renewed returns a variable of the older catalog with the prefix of the newer
// one: that all have another prefix is told once.
func (c *comparison) renewed(name string) string {
	if rest, had := strings.CutPrefix(name, c.old.EnvPrefix); had && name != "" {
		return c.new.EnvPrefix + rest
	}
	return name
}

// renewedFamily is renewed for numbered variables.
func (c *comparison) renewedFamily(o *docgen.ListedOption) []string {
	out := family(o)
	for i, name := range out {
		out[i] = "$" + c.renewed(name[1:])
	}
	return out
}

func last(path string) string { return path[strings.LastIndexByte(path, '.')+1:] }

// without returns what is in a and not in b, in the order of a.
func without(a, b []string) []string {
	in := make(map[string]bool, len(b))
	for _, s := range b {
		in[s] = true
	}
	var out []string
	for _, s := range a {
		if !in[s] {
			out = append(out, s)
		}
	}
	return out
}

// flags names options of one list.
func flags(list []string) string {
	out := make([]string, len(list))
	for i, f := range list {
		out[i] = "--" + f
	}
	return shortList(out)
}

// mostListed is how many items of a list a sentence holds.
const mostListed = 12

// shortList writes a list as part of a sentence.
func shortList(list []string) string {
	if len(list) > mostListed {
		list = append(slices.Clone(list[:mostListed]), "…")
	}
	return strings.Join(list, ", ")
}

// siblings are the options of a pair that share its value and stand in both
// catalogs.
func siblings(o *docgen.ListedOption, in *index) []string {
	var out []string
	for _, f := range o.SameField {
		if in.byFlag[f] != nil {
			out = append(out, f)
		}
	}
	slices.Sort(out)
	return out
}
