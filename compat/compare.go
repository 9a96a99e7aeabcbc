package compat

import (
	"slices"
	"strings"

	"github.com/strataconf/strata/docgen"
)

// Compare classifies every difference between an older and a newer catalog.
// The changes are in the order of the kinds, and inside one in that of the
// newer catalog. Both catalogs are taken as [Read] checks them: no flag twice.
func Compare(older, newer *docgen.Listing) *Report {
	c := &comparison{old: older, new: newer, was: newIndex(older), is: newIndex(newer), told: map[string]bool{}}
	c.match()
	c.program()
	partner := make(map[*docgen.ListedOption]*docgen.ListedOption, len(c.pairs))
	for _, p := range c.pairs {
		partner[p.new] = p.old
		switch {
		case p.new == nil:
			c.removed(p)
			continue
		case p.old == nil:
			c.added(p)
			continue
		case p.old.Flag != p.new.Flag:
			c.renamed(p)
		}
		c.spellings(p)
		c.value(p)
		c.facts(p)
	}
	c.reused(partner)
	c.tombstones()
	c.groups()
	order := map[Kind]int{}
	for i, k := range Kinds() {
		order[k] = i
	}
	slices.SortStableFunc(c.changes, func(a, b Change) int { return order[a.Kind] - order[b.Kind] })
	return &Report{Changes: c.changes, Program: newer.Program}
}

// program compares what holds for all options.
func (c *comparison) program() {
	if a, b := c.old.EnvPrefix, c.new.EnvPrefix; a != b {
		var names []string
		for i := range c.old.Options {
			for _, name := range variables(&c.old.Options[i]) {
				if c.is.byName[name] == nil && c.is.byName["$"+c.renewed(name[1:])] != nil {
					names = append(names, name)
				}
			}
		}
		c.add(KindProgram, Breaking, pair{}, names, say("variables begin with %, and began with %", b, a), say("rename each variable"))
	}
	if a, b := c.old.ConfigFlag, c.new.ConfigFlag; a != b {
		text := say("the file is named by %, and was named by %", "--"+b, "--"+a)
		switch {
		case a == "":
			text = say("% names a file", "--"+b)
		case b == "":
			text = say("no option names a file, as % did", "--"+a)
		}
		verdict := Breaking
		if a == "" {
			verdict = Compatible
		}
		var names []string
		if o := c.was.byFlag[a]; o != nil {
			names = append(names, spelled(o.Flag, o.Short, o.Env, "")...)
		}
		c.add(KindProgram, verdict, pair{}, names, text, none)
	}
	if c.old.KeepEmpty != c.new.KeepEmpty {
		text := say("an empty variable is a value now, and counted as not set")
		hint := say("take empty variables away")
		if !c.new.KeepEmpty {
			text, hint = say("an empty variable counts as not set now, and was a value"), say("give an empty value by a flag or in the file")
		}
		c.add(KindProgram, Breaking, pair{}, nil, text, hint).when = whenAlways
	}
	if a, b := c.old.Program, c.new.Program; a != b {
		c.readers(KindProgram, Notable, pair{}, say("the program is named %, and was named %", b, a), none)
	}
}

// removed tells of an option that is gone.
func (c *comparison) removed(p pair) {
	o := p.old
	same := c.is.fills[o.JSON]
	if t := c.is.retired["--"+o.Flag]; t != nil {
		hint := say("remove it: what uses one of its names is refused")
		if t.UseInstead != "" {
			hint = c.use(t.UseInstead)
		}
		c.add(KindRemoved, Breaking, p, names(o), say("removed, and its name is refused"), hint)
		return
	}
	hint := say("remove it: a flag or a key of the file is refused, and a variable is ignored with a warning")
	if len(same) > 0 {
		hint = c.use(newest(same).Flag)
	} else if i := slices.IndexFunc(o.UseInstead, func(f string) bool { return c.is.byFlag[f] != nil }); i >= 0 {
		hint = c.use(o.UseInstead[i])
	}
	c.add(KindRemoved, Breaking, p, names(o), say("removed, and its name is unknown"), hint)
}

// use names an option of the newer catalog in all spellings.
func (c *comparison) use(flag string) phrase {
	p := say("use %", "--"+flag)
	if o := c.is.byFlag[flag]; o != nil {
		p.facts = append(p.facts, spelled("", "", o.Env, o.YAML)...)
	}
	p.words = [...]string{"use %", "use % or %", "use %, % or %"}[len(p.facts)-1]
	return p
}

// added tells of a new option. It concerns an input that used one of its names
// before they meant anything.
func (c *comparison) added(p pair) {
	text := say("new")
	if same := c.was.fills[p.new.JSON]; len(same) > 0 {
		text = say("new, another spelling of %", "--"+same[0].Flag)
	}
	var fresh []string
	for _, name := range names(p.new) {
		if c.was.byName[name] == nil && c.was.retired[name] == nil {
			fresh = append(fresh, name)
		}
	}
	c.add(KindAdded, Compatible, p, fresh, text, none)
}

// renamed tells of an option whose field another one fills.
func (c *comparison) renamed(p pair) {
	text := say("renamed from % to %", "--"+p.old.Flag, "--"+p.new.Flag)
	if c.is.retired["--"+p.old.Flag] != nil {
		text.words += ", and the old name is refused"
	} else {
		text.words += ", and the old name is unknown"
	}
	c.add(KindRenamed, Breaking, p, []string{"--" + p.old.Flag}, text, c.use(p.new.Flag))
}

// reused tells of names that lead to another option than before, and of
// retired ones that are back.
func (c *comparison) reused(partner map[*docgen.ListedOption]*docgen.ListedOption) {
	for i := range c.new.Options {
		n := &c.new.Options[i]
		for _, name := range names(n) {
			was := c.was.byName[name]
			switch {
			case was != nil && was != partner[n] && was.JSON != n.JSON:
				c.add(KindReused, Breaking, pair{was, n}, []string{name}, say("% meant %, and means % now", name, "--"+was.Flag, "--"+n.Flag), say("look at each use of %", name))
			case was == nil && c.was.retired[name] != nil && !leads(c.was.retired[name], n, c.was):
				c.add(KindReused, Breaking, pair{nil, n}, []string{name}, say("% was retired, and means % now", name, "--"+n.Flag), say("look at each use of %", name))
			case was == nil && c.was.retired[name] != nil:
				c.add(KindReused, Compatible, pair{nil, n}, []string{name}, say("% was retired, and means % again", name, "--"+n.Flag), none)
			}
		}
	}
}

// leads reports whether a retired name stood for what an option sets.
func leads(t *docgen.ListedName, n *docgen.ListedOption, in *index) bool {
	if t.UseInstead == n.Flag {
		return true
	}
	o := in.byFlag[t.UseInstead]
	return o != nil && o.JSON == n.JSON
}

// tombstones compares the retired names that no option has or had.
func (c *comparison) tombstones() {
	for i := range c.old.Retired {
		t := &c.old.Retired[i]
		for _, name := range retiredNames(t) {
			now := c.is.retired[name]
			switch {
			case now == nil && c.is.byName[name] == nil:
				c.readers(KindRetired, Compatible, pair{}, say("% is unknown, and was refused with a word on what to use", name), none)
			case now != nil && now.UseInstead != t.UseInstead:
				c.add(KindRetired, Compatible, pair{}, []string{name}, say("the advice for the retired name % is another", name), none)
			}
		}
	}
	for i := range c.new.Retired {
		t := &c.new.Retired[i]
		for _, name := range retiredNames(t) {
			if c.was.retired[name] != nil || c.was.byName[name] != nil {
				continue
			}
			verdict, text := Compatible, say("% is refused with a word on what to use, and was unknown", name)
			if strings.HasPrefix(name, "$") {
				verdict, text = Notable, say("% is refused, and was ignored with a warning", name)
			}
			hint := say("remove it")
			if t.UseInstead != "" {
				hint = c.use(t.UseInstead)
			}
			c.add(KindRetired, verdict, pair{}, []string{name}, text, hint)
		}
	}
}

// groups compares what documents say of groups.
func (c *comparison) groups() {
	was := make(map[string]docgen.ListedGroup, len(c.old.Groups))
	for _, g := range c.old.Groups {
		was[g.Title] = g
	}
	for _, g := range c.new.Groups {
		old, there := was[g.Title]
		delete(was, g.Title)
		switch {
		case !there:
			c.readers(KindDocumentary, Compatible, pair{}, say("the group % is new", g.Title), none)
		case old != g:
			c.readers(KindDocumentary, Compatible, pair{}, say("the group % is described in another way", g.Title), none)
		}
	}
	for _, g := range c.old.Groups {
		if _, gone := was[g.Title]; gone {
			c.readers(KindDocumentary, Compatible, pair{}, say("the group % is gone", g.Title), none)
		}
	}
}
