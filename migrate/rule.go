package migrate

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/strataconf/strata/option"
)

// A Rule says how inputs of older options are written anew. That an option has
// another name now, or stands in another group, needs no rule: a row with a
// successor that fills the same field, or a retired name that has one, says it.
type Rule struct {
	// From are the flags, without dashes, of the options or retired names
	// whose inputs the rule takes away.
	From []string
	// To are the flags of the options that it sets in their place. One that
	// is in From too gets another value.
	To []string
	// Convert makes the values of To, in that order, out of those of From. At
	// least one of them is set. The peek answers for the text that is read,
	// without other sources. A fault refuses the file; it holds no value. Nil
	// passes the one value of From on to the one option of To, as written.
	Convert func(old []Value, peek option.Peek) ([]Value, *option.Fault)
	// Changes says that the new inputs need not mean what the old ones meant,
	// so that the rule is followed only by [Migration.Converting].
	Changes bool
}

// A Value is one value of a [Rule], as text in the grammar that people type.
type Value struct {
	Text string
	Set  bool
}

// Format prints a fixed word for every verb: the value may be a secret.
func (Value) Format(s fmt.State, _ rune) { _, _ = io.WriteString(s, "(withheld value)") }

// names is one option or retired name as each source spells it.
type names struct {
	flag, short, env, path string
	option                 *option.Option // nil for a retired name
}

// fileNamesOf is the spelling of a secret option by a file.
func fileNamesOf(o *option.Option) names {
	return names{flag: o.FileFlag(), env: o.FileEnv(), option: o}
}

// in returns the name as a source spells it, "" if that has none.
func (n names) in(s option.Source) string {
	switch s {
	case option.SourceYAML:
		return n.path
	case option.SourceEnv:
		return n.env
	}
	if n.flag == "" {
		return ""
	}
	return "--" + n.flag
}

func namesOf(o *option.Option) names {
	return names{flag: o.Flag, short: o.Short, env: string(o.Env), path: o.Path(), option: o}
}

func namesOfDead(t *option.Tombstone) names {
	return names{flag: t.Flag, env: string(t.Env), path: t.YAML}
}

// A rule is a Rule of this catalog.
type rule struct {
	from, to []names
	convert  func([]Value, option.Peek) ([]Value, *option.Fault)
	changes  bool
	dead     bool // of retired names, which nothing reads any more
}

// moves reports whether the rule changes names only.
func (r *rule) moves() bool { return r.convert == nil }

// find returns what a rule calls a flag: an option, or else a retired name.
func find(c *option.Catalog, flag string) (names, bool) {
	if o := c.ByFlag(flag); o != nil {
		return namesOf(o), true
	}
	if t := c.Tombstone("--" + flag); t != nil {
		return namesOfDead(t), true
	}
	return names{}, false
}

// declared makes a rule of one that an embedder declares.
func declared(c *option.Catalog, d Rule) (*rule, error) {
	r := &rule{convert: d.Convert, changes: d.Changes, dead: true}
	if len(d.From) == 0 || len(d.To) == 0 || d.Convert == nil && len(d.From)+len(d.To) > 2 {
		return nil, fmt.Errorf("migrate: a rule from %d options to %d without a function for it", len(d.From), len(d.To))
	}
	for _, flag := range d.From {
		n, ok := find(c, flag)
		if !ok {
			return nil, fmt.Errorf("migrate: a rule from --%s, which is neither an option nor a retired name", flag)
		}
		r.from = append(r.from, n)
		r.dead = r.dead && n.option == nil
	}
	for _, flag := range d.To {
		o := c.ByFlag(flag)
		if o == nil {
			return nil, fmt.Errorf("migrate: a rule to --%s, which is no option", flag)
		}
		r.to = append(r.to, namesOf(o))
	}
	if r.moves() && d.From[0] == d.To[0] {
		return nil, fmt.Errorf("migrate: a rule from --%s to itself", d.From[0])
	}
	return r, nil
}

// known are the rules that follow from the catalog, less those of names that
// taken has.
func known(c *option.Catalog, taken map[string]bool) []*rule {
	var out []*rule
	for o := range c.All() {
		if !o.Deprecated() || taken[o.Flag] {
			continue
		}
		var to []names
		for _, flag := range o.UseInstead {
			to = append(to, namesOf(c.ByFlag(flag)))
		}
		switch {
		case len(to) == 1 && slices.Contains(o.Siblings(), to[0].option):
			out = append(out, &rule{from: []names{namesOf(o)}, to: to})
			if o.FileFlag() != "" && to[0].option.FileFlag() != "" {
				out = append(out, &rule{from: []names{fileNamesOf(o)}, to: []names{fileNamesOf(to[0].option)}})
			}
		case o.StandsFor != nil:
			out = append(out, &rule{from: []names{namesOf(o)}, to: to, changes: true, convert: standsFor(o)})
		}
	}
	for i := range c.Tombstones() {
		t := &c.Tombstones()[i]
		if o := c.ByFlag(t.UseInstead); o != nil && !taken[t.Flag] {
			out = append(out, &rule{from: []names{namesOfDead(t)}, to: []names{namesOf(o)}, dead: true})
		}
	}
	return out
}

// standsFor converts as a row says that it stands for others.
func standsFor(o *option.Option) func([]Value, option.Peek) ([]Value, *option.Fault) {
	return func(old []Value, peek option.Peek) ([]Value, *option.Fault) {
		out := make([]Value, len(o.UseInstead))
		for _, s := range o.StandsFor(peek) {
			i := slices.Index(o.UseInstead, s.Flag)
			switch {
			case i < 0:
				return nil, &option.Fault{Reason: "stands for --" + s.Flag + ", which is none of its successors", Hint: "set that yourself"}
			case s.Same:
				out[i] = old[0]
			default:
				out[i] = Value{s.Text, true}
			}
		}
		return out, nil
	}
}

// spelled joins names as a source spells them.
func spelled(ns []names, s option.Source) string {
	var out []string
	for _, n := range ns {
		name := n.in(s)
		if name == "" && n.option != nil {
			name = n.option.SpelledIn(s)
		}
		out = append(out, name)
	}
	return strings.Join(out, " and ")
}
