package migrate

import (
	"slices"
	"strings"

	"github.com/strataconf/strata/load"
	"github.com/strataconf/strata/option"
	"github.com/strataconf/strata/yamledit"
	"github.com/strataconf/strata/yamlgen"
)

// read reads a text in the format of a plan. To read one of a configuration file
// is dear, and so each is read once.
func (m *Migration) read(p *Plan, text string) (*reading, option.Problems) {
	if p.reread != nil {
		return p.reread(text), nil
	}
	var fault *yamledit.Fault
	var r *reading
	switch p.As {
	case Env, Systemd:
		switch unit := strings.HasPrefix(firstLine(text), "["); {
		case unit && p.As == Env:
			fault = &yamledit.Fault{Reason: "a unit of systemd, not a file of variables"}
		case unit:
			return m.readUnit(p.File.Name, text)
		case p.As == Env:
			return m.readEnv(p.File.Name, text, false)
		case firstLine(text) == "":
			return &reading{scopes: []string{""}}, nil
		default:
			fault = &yamledit.Fault{Reason: "no unit of systemd, which begins with a line such as [Service]"}
		}
		fault.Span = yamledit.Span{Line: 1, Column: 1}
	case Compose, Helm:
		r, fault = m.readContainers(p.As, text)
	default:
		if p.doc == nil || p.doc.Text() != text {
			if p.doc, fault = parse(text, yamlgen.Limits{}); fault != nil {
				break
			}
		}
		r, fault = m.readConfig(p.doc)
	}
	if fault != nil {
		return nil, option.Problems{p.problem(option.Error, "not-migrated", option.Span(fault.Span), "", fault.Reason, fault.Hint)}
	}
	return r, nil
}

// plan decides on one file, and proves what it decided.
func (m *Migration) plan(p *Plan, given map[string]string) {
	r, problems := m.read(p, p.File.Text)
	if r == nil {
		p.Refused = problems
		return
	}
	m.passedOn(p, r, given)
	p.sites = r.sites
	acts := m.decide(p, r)
	acts = append(acts, m.references(p, r, acts, given)...)
	if len(p.Refused) == 0 && len(acts) > 0 {
		m.prove(p, r, acts)
	}
	if len(p.Refused) > 0 {
		p.Text, p.Changes, acts = p.File.Text, nil, nil
	}
	for _, a := range acts {
		p.step(a)
	}
	slices.SortStableFunc(p.Steps, func(a, b Step) int { return int(a.Place.Span.Offset - b.Place.Span.Offset) })
	p.Steps = slices.CompactFunc(p.Steps, func(a, b Step) bool { return a == b }) // an anchor is reached several times
	m.mentions(p, r, acts)
	p.Refused.Sort()
	p.Notes.Sort()
}

// step tells what an act does.
func (p *Plan) step(a *act) {
	if a.reference != nil {
		p.Steps = append(p.Steps, Step{p.at(a.sites[0].place), a.reference.name, a.names[0]})
		return
	}
	for i, s := range a.sites {
		to := ""
		if i == 0 {
			for k, name := range a.names {
				if k > 0 {
					to += " and "
				}
				to += name
			}
		}
		p.Steps = append(p.Steps, Step{p.at(s.place), s.name, to})
	}
}

// edit makes acts on the text of a plan.
func (m *Migration) edit(p *Plan, r *reading, acts []*act) (string, bool) {
	if r.doc != nil {
		edited, faults := m.editConfig(r.doc, acts)
		for _, f := range faults {
			p.refuse(option.Span(f.Span), "", f.Reason, f.Hint)
		}
		if len(faults) > 0 {
			return "", false
		}
		p.doc = edited
		return edited.Text(), true
	}
	edits, failed := splices(p.File.Text, acts)
	if failed != nil {
		p.refuse(failed.place, failed.name, "its new form can't be written in this place", "write it yourself")
		return "", false
	}
	edits = slices.Compact(edits) // an anchor is reached several times
	for i := 1; i < len(edits); i++ {
		if edits[i].from < edits[i-1].to {
			p.refuse(newPlaces(p.File.Text).span(edits[i].span), "", "two edits of one place", "write one of them yourself")
			return "", false
		}
	}
	return apply(p.File.Text, edits), true
}

// prove makes the edits and resolves both texts. What retired names set counts
// as set by their successors before, for nothing else reads them.
func (m *Migration) prove(p *Plan, r *reading, acts []*act) {
	after, ok := m.edit(p, r, acts)
	if !ok {
		return
	}
	var first []*act
	for _, a := range acts {
		if a.dead() || a.reference != nil {
			first = append(first, a)
		}
	}
	was := r
	if len(first) > 0 {
		before, ok := m.edit(p, r, first)
		if !ok {
			return
		}
		if was, _ = m.read(p, before); was == nil {
			p.refuse(option.Span{}, "", "the edited file could not be read again", "")
			return
		}
	}
	is, problems := m.read(p, after)
	if is == nil || len(is.scopes) != len(was.scopes) {
		p.Refused = append(p.Refused, problems...)
		p.refuse(option.Span{}, "", "the edited file could not be read again", "")
		return
	}
	converts := map[*option.Option]bool{}
	for _, a := range acts {
		if a.rule == nil || a.rule.moves() {
			continue
		}
		for _, to := range a.rule.to {
			converts[to.option] = true
		}
	}
	touched := map[int]bool{}
	all := false
	for _, a := range acts {
		all = all || a.reference != nil
		touched[a.sites[0].scope] = true
	}
	for scope := range was.scopes {
		if all || touched[scope] {
			m.compare(p, was, is, scope, converts)
		}
	}
	p.Text, p.after = after, is.sites
}

// compare holds the settings of one scope before against those after.
func (m *Migration) compare(p *Plan, was, is *reading, scope int, converts map[*option.Option]bool) {
	a, had := m.resolve(m.layers(p, was, scope))
	b, has := m.resolve(m.layers(p, is, scope))
	changed := false
	for o := range m.catalog.All() {
		if o.Deprecated() || a.Same(o, b) && a.Source(o) == b.Source(o) && a.Refused(o) == b.Refused(o) {
			continue
		}
		if converts[o] {
			changed = true
			continue
		}
		p.refuse(option.Span{}, "--"+o.Flag, "would not have the same value afterwards", "edit the file by hand")
	}
	if len(has.Errors()) > len(had.Errors()) {
		p.refuse(option.Span{}, "", "the file would have more faults afterwards", "edit it by hand")
	}
	if changed {
		p.Changes = append(p.Changes, Change{was.scopes[scope], a, b})
	}
}

// layers are the layers of one scope of a text.
func (m *Migration) layers(p *Plan, r *reading, scope int) []option.Layer {
	if r.doc != nil {
		return []option.Layer{yamlgen.Bind(m.catalog, p.File.Name, r.doc.Tree())}
	}
	from := load.Process{Files: load.FilesFunc(func(name string) ([]byte, error) {
		if m.namesConfig(r, name) {
			return nil, nil
		}
		return []byte("what is in " + name), nil
	})}
	if r.of == nil {
		r.of = r.byScope()
	}
	for _, s := range r.of[scope] {
		if s.source == option.SourceEnv {
			from.Variables = append(from.Variables, load.Variable{Name: s.name, Value: option.RawText(s.text), In: p.File.Name, Span: s.place})
		}
	}
	for _, c := range r.commands {
		if c.scope == scope {
			from.Args = append(from.Args, c.args...)
		}
	}
	return load.Layers(m.catalog, from)
}

// namesConfig reports whether a text names the configuration file, which is
// taken for empty. Other files hold secrets, and are taken for different ones.
func (m *Migration) namesConfig(r *reading, name string) bool {
	o := m.catalog.ConfigOption()
	if o == nil {
		return false
	}
	for i := range r.sites {
		if s := &r.sites[i]; (s.name == string(o.Env) || s.name == "--"+o.Flag) && s.text == name {
			return true
		}
	}
	for _, c := range r.commands {
		for _, in := range load.Args(m.catalog, c.args, 0).Inputs {
			if in.Option == o && in.Raw.Text() == name {
				return true
			}
		}
	}
	return name == o.Default
}

// peek answers for one scope of a text.
func (m *Migration) peek(p *Plan, r *reading, scope int) option.Peek {
	settings, _ := m.resolve(m.layers(p, r, scope))
	return peek{settings}
}

type peek struct{ settings *option.Redacted }

// Bool returns the value of a bool option, false for any other.
func (p peek) Bool(flag string) bool {
	o := p.settings.Catalog().ByFlag(flag)
	return o != nil && !o.Secret() && p.settings.Text(o) == "true"
}
