package option

import (
	"fmt"
	"slices"
	"strings"
)

// An Edit changes rows that somebody else wrote; see [Adapt].
type Edit func(*adaption)

// Adapt returns tables changed by edits, in order; the tables given stay as
// they are. It is for programs that take the options of another package:
//
//	option.Adapt(values.Tables(&v.DeploymentValues),
//		option.Drop("telemetry", "telemetry-trace"),
//		option.Default("http-address", "127.0.0.1:8080"),
//	)
//
// An edit of a flag that no row has is a fault, which [Build] reports.
func Adapt(tables []Table, edits ...Edit) []Table {
	a := &adaption{tables: make([]Table, len(tables))}
	for i, t := range tables {
		t.Rows = slices.Clone(t.Rows)
		a.tables[i] = t
	}
	for _, edit := range edits {
		edit(a)
	}
	if len(a.faults) > 0 {
		a.tables = append(a.tables, Table{faults: a.faults})
	}
	return a.tables
}

// Drop takes options out of a program: no source can set them, and no page
// shows them. Their fields stay in the struct and in the config tree of the
// API, at the default of the row; so a [Default] in front of Drop fixes a
// value. If other rows fill the field, their default counts.
//
// Older spellings of a dropped option go with it, and a retired name that led
// to it leads nowhere. A [Check] may still look at its field, see [Checker].
func Drop(flags ...string) Edit {
	return func(a *adaption) {
		for _, flag := range flags {
			a.row("drop", flag, func(o *Option) { o.dropped = true })
		}
	}
}

// DropGroups drops the options of groups and of all groups below them, as
// [Drop] does.
func DropGroups(groups ...*Group) Edit {
	return func(a *adaption) {
		for _, g := range groups {
			found := false
			for i := range a.tables {
				if t := &a.tables[i]; t.Group.Under(g) {
					found = found || len(t.Rows) > 0
					drop(t.Rows, func(*Option) bool { return true })
				}
			}
			if !found {
				a.fault("drop", "group", g.Title(), "")
			}
		}
	}
}

// Keep drops every option but these, as [Drop] does.
func Keep(flags ...string) Edit {
	return func(a *adaption) {
		for _, flag := range flags {
			a.row("keep", flag, func(*Option) {})
		}
		for i := range a.tables {
			drop(a.tables[i].Rows, func(o *Option) bool { return !slices.Contains(flags, o.Flag) })
		}
	}
}

// Hide keeps options out of short help and documents.
func Hide(flags ...string) Edit {
	return func(a *adaption) {
		for _, flag := range flags {
			a.row("hide", flag, func(o *Option) { o.Hidden = true })
		}
	}
}

// Act says that options act in this program which their tables keep for
// programs that embed them, as help and explanations tell. With no flag it
// says so of all options.
func Act(flags ...string) Edit {
	act := func(o *Option) {
		if o.Effect == EffectEmbedder {
			o.Effect = EffectServer
		}
	}
	return func(a *adaption) {
		for _, flag := range flags {
			a.row("let act", flag, act)
		}
		for i := range a.tables {
			for j := range a.tables[i].Rows {
				if len(flags) == 0 {
					act(&a.tables[i].Rows[j])
				}
			}
		}
	}
}

// Default gives an option another default, in the grammar that people type,
// instead of one in the row or a computed one. Empty text means unset.
func Default(flag, text string) Edit {
	return func(a *adaption) {
		a.row("set the default of", flag, func(o *Option) { o.Default, o.Computed, o.DefaultDoc = text, nil, "" })
	}
}

// Change changes a row in a way that has no edit of its own: its help, its
// YAML key, its variable. Whoever changes the flag also changes the rows that
// name it as their successor.
func Change(flag string, change func(*Option)) Edit {
	return func(a *adaption) { a.row("change", flag, change) }
}

// An adaption is tables on their way through edits.
type adaption struct {
	tables []Table
	faults []string
}

// row edits the row of a flag.
func (a *adaption) row(act, flag string, edit func(*Option)) {
	var known []string
	for i := range a.tables {
		for j := range a.tables[i].Rows {
			o := &a.tables[i].Rows[j]
			if o.Flag == flag {
				edit(o)
				return
			}
			known = append(known, o.Flag)
		}
	}
	a.fault(act, "flag", flag, Nearest(flag, known))
}

func (a *adaption) fault(act, what, name, near string) {
	s := fmt.Sprintf("can't %s %q: no row has that %s", act, name, what)
	if near != "" {
		s += fmt.Sprintf(" (did you mean %q?)", near)
	}
	a.faults = append(a.faults, s)
}

func drop(rows []Option, which func(*Option) bool) {
	for i := range rows {
		rows[i].dropped = rows[i].dropped || which(&rows[i])
	}
}

// leftOut lists the names of dropped options that nothing else has.
func leftOut(c *Catalog) map[string]string {
	left := map[string]string{}
	add := func(name, what string, used bool) {
		if !used && c.dead[name] == nil {
			left[name] = what + " that this program leaves out"
		}
	}
	for _, o := range c.dropped {
		const what = "an option"
		add("--"+o.Flag, what, c.byFlag[o.Flag] != nil)
		if o.Env != "" {
			add("$"+string(o.Env), what, c.byEnv[string(o.Env)] != nil)
		}
		if o.path == "" {
			continue
		}
		add(o.path, what, c.byYAML[o.path] != nil || c.within(o.path) != nil)
		for g := o.Group; g != nil; g = g.Parent {
			if path := strings.Join(g.Path(), "."); path != "" {
				add(path, "a group of options", c.byYAML[path] != nil || c.within(path) != nil)
			}
		}
	}
	return left
}

// within returns the section of a path, or nil.
func (c *Catalog) within(path string) *Section {
	s := c.root
	for key := range strings.SplitSeq(path, ".") {
		if s = s.sections[key]; s == nil {
			return nil
		}
	}
	return s
}

// parted parts the rows that were dropped from the rest of the tables. Older
// spellings of dropped rows only are among them, and what is left names no
// dropped successor.
func parted(tables []Table) (rows, dropped []*Option) {
	gone := map[string]bool{}
	n := 0
	for _, t := range tables {
		n += len(t.Rows)
		for i := range t.Rows {
			if o := &t.Rows[i]; o.dropped {
				gone[o.Flag] = true
			}
		}
	}
	if len(gone) > 0 {
		for _, t := range tables { // a row that took the place of a dropped one keeps the name alive
			for i := range t.Rows {
				if o := &t.Rows[i]; !o.dropped {
					delete(gone, o.Flag)
				}
			}
		}
	}
	lost := func(flag string) bool { return gone[flag] }
	rows = make([]*Option, 0, n)
	for _, t := range tables {
		for i := range t.Rows {
			o := &t.Rows[i]
			o.Group = t.Group
			if slices.ContainsFunc(o.UseInstead, lost) {
				o.UseInstead = slices.DeleteFunc(slices.Clone(o.UseInstead), lost)
				o.dropped = o.dropped || len(o.UseInstead) == 0
			}
			if o.dropped {
				dropped = append(dropped, o)
			} else {
				rows = append(rows, o)
			}
		}
	}
	return rows, dropped
}
