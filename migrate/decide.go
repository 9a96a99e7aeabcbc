package migrate

import (
	"cmp"
	"slices"
	"strings"

	"github.com/strataconf/strata/option"
)

// An act is what is decided on one site, or on the sites of one rule.
type act struct {
	rule  *rule // nil for a numbered variable
	sites []*site
	// names are the new names, values those that are set; a nil value passes
	// that of the only site on as it is written.
	names  []string
	values []*string
	// reference is a ref that follows its variable.
	reference *ref
}

// moves reports whether the act gives sites another name and no more.
func (a *act) moves() bool {
	return a.reference != nil || len(a.names) == 1 && len(a.sites) == 1 && a.values[0] == nil
}

// dead reports whether the act is about names that nothing reads any more, so
// that it changes what the text means: for the better.
func (a *act) dead() bool { return a.rule != nil && a.rule.dead }

// decide says what is to be done with the sites of a reading.
func (m *Migration) decide(p *Plan, r *reading) []*act {
	var acts []*act
	r.of = r.byScope()
	for _, sites := range r.of {
		for _, source := range []option.Source{option.SourceYAML, option.SourceEnv, option.SourceFlag} {
			acts = append(acts, m.decideScope(p, r, sites, source)...)
		}
	}
	slices.SortStableFunc(acts, func(a, b *act) int { return cmp.Compare(a.sites[0].at.from, b.sites[0].at.from) })
	return acts
}

func (m *Migration) decideScope(p *Plan, r *reading, sites []*site, source option.Source) (acts []*act) {
	by := map[string][]*site{}
	var rules []*rule
	found := map[*rule]bool{}
	for _, s := range sites {
		if s.source != source {
			continue
		}
		by[s.name] = append(by[s.name], s)
		if made := m.old[source][s.name]; made != nil && !found[made] {
			found[made] = true
			rules = append(rules, made)
		}
	}
	claimed := map[string]*site{}
	for _, made := range rules {
		acts = append(acts, m.follow(p, made, source, by, claimed, r)...)
	}
	if source == option.SourceEnv {
		acts = append(acts, m.renumber(p, sites, by)...)
	}
	if source != option.SourceFlag {
		for name, sites := range by {
			m.left(p, name, sites, source)
		}
	}
	return acts
}

// left notes an older spelling that no rule is for.
func (m *Migration) left(p *Plan, name string, sites []*site, source option.Source) {
	o := m.catalog.ByEnv(name)
	if source == option.SourceYAML {
		o = m.catalog.ByYAML(name)
	}
	if o != nil && o.Deprecated() && m.old[source][name] == nil {
		p.note("left", sites[0].place, name, "deprecated, and what replaces it does not mean the same", "see "+successors(m.catalog, o, source))
	}
}

func successors(c *option.Catalog, o *option.Option, source option.Source) string {
	var out []string
	for _, flag := range o.UseInstead {
		out = append(out, c.ByFlag(flag).SpelledIn(source))
	}
	return strings.Join(out, " and ")
}

// follow decides on what one rule is for.
func (m *Migration) follow(p *Plan, made *rule, source option.Source, by map[string][]*site, claimed map[string]*site, r *reading) []*act {
	var from []*site
	for _, n := range made.from {
		if name := n.in(source); name != "" {
			from = append(from, by[name]...)
		}
	}
	first := from[0]
	name := first.name
	if made.changes && !m.converting {
		p.note("left", first.place, name, "deprecated, and what replaces it need not mean the same",
			"--convert writes "+spelled(made.to, source)+" and tells what changes")
		return nil
	}
	for _, to := range made.to {
		if to.in(source) == "" {
			p.refuse(first.place, name, "its successor has no name that can stand here", "set "+spelled([]names{to}, source)+" yourself")
			return nil
		}
	}
	clash := false
	for _, to := range made.to {
		name := to.in(source)
		own := slices.ContainsFunc(made.from, func(n names) bool { return n.in(source) == name })
		other := claimed[name]
		if there := by[name]; len(there) > 0 && !own {
			other = there[0]
		}
		if other != nil {
			p.refuse(first.place, first.name, name+" is set too, at "+p.at(other.place).Place(), "keep one of the two", other.place)
			clash = true
		}
		claimed[name] = first
	}
	if clash {
		return nil
	}
	for _, s := range from {
		if s.fixed != "" {
			p.refuse(s.place, s.name, s.fixed, "write "+spelled(made.to, source)+" there yourself")
			return nil
		}
	}
	if made.moves() {
		acts := make([]*act, 0, len(from))
		for _, s := range from {
			acts = append(acts, &act{rule: made, sites: []*site{s}, names: []string{made.to[0].in(source)}, values: []*string{nil}})
		}
		return acts
	}
	if a := m.convert(p, made, source, from, r); a != nil {
		return []*act{a}
	}
	return nil
}

// convert asks a rule for its new values.
func (m *Migration) convert(p *Plan, made *rule, source option.Source, from []*site, r *reading) *act {
	old := make([]Value, len(made.from))
	for i, n := range made.from {
		for _, s := range from {
			if s.name != n.in(source) {
				continue
			}
			if old[i].Set {
				p.refuse(s.place, s.name, "given more than once", "keep one of them")
				return nil
			}
			if s.bare && !(source == option.SourceFlag && n.option != nil && n.option.Value.Traits().NoValue) {
				p.refuse(s.place, s.name, "its value does not stand here", "set "+spelled(made.to, source)+" yourself")
				return nil
			}
			old[i] = Value{s.text, true}
		}
	}
	values, fault := made.convert(old, m.peek(p, r, from[0].scope))
	if fault != nil || len(values) != len(made.to) {
		reason, hint := "a value that can't be converted", ""
		if fault != nil {
			reason, hint = fault.Reason, fault.Hint
		}
		p.refuse(from[0].place, from[0].name, reason, hint)
		return nil
	}
	a := &act{rule: made, sites: from}
	same := len(from) == 1 && len(made.to) == 1
	for i, v := range values {
		if !v.Set {
			continue
		}
		name := made.to[i].in(source)
		if source == option.SourceEnv && v.Text == "" && !m.catalog.KeepEmpty() {
			p.note("left", from[0].place, name, "would have to be empty, which a variable can't say", "an empty variable counts as not set")
			continue
		}
		if same && name == from[0].name && v.Text == from[0].text {
			return nil // already converted
		}
		a.names = append(a.names, name)
		value := &v.Text
		if len(from) == 1 && v.Text == from[0].text && !slices.Contains(a.values, nil) && len(a.values) == 0 {
			value = nil
		}
		a.values = append(a.values, value)
	}
	return a
}

// renumber gives numbered variables of an older prefix the newest one.
func (m *Migration) renumber(p *Plan, sites []*site, by map[string][]*site) (acts []*act) {
	newer := map[string]*site{}
	for name, sites := range by {
		if newest, older, ok := m.numbered(name); ok && !older {
			newer[newest] = sites[0]
		}
	}
	for _, s := range sites {
		if s.source != option.SourceEnv {
			continue
		}
		newest, older, ok := m.numbered(s.name)
		if !ok || !older {
			continue
		}
		if other := m.firstOfFamily(newest, newer); other != nil {
			p.refuse(s.place, s.name, other.name+" is set too, at "+p.at(other.place).Place(), "keep the variables of one of the two", other.place)
			continue
		}
		if s.fixed != "" {
			p.refuse(s.place, s.name, s.fixed, "write "+newest+" there yourself")
			continue
		}
		acts = append(acts, &act{sites: []*site{s}, names: []string{newest}, values: []*string{nil}})
	}
	return acts
}

// firstOfFamily returns a site of a numbered variable of the same list, the
// first in the text.
func (m *Migration) firstOfFamily(name string, newer map[string]*site) *site {
	stem := func(n string) string { return n[:strings.IndexAny(n, "0123456789")] }
	var first *site
	for other, s := range newer {
		if stem(other) == stem(name) && (first == nil || s.at.from < first.at.from) {
			first = s
		}
	}
	return first
}
