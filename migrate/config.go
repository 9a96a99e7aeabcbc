package migrate

import (
	"errors"
	"slices"
	"strings"

	"github.com/strataconf/strata/option"
	"github.com/strataconf/strata/yamledit"
	"github.com/strataconf/strata/yamlgen"
)

// readConfig reads a configuration file.
func (m *Migration) readConfig(doc *yamledit.Document) (*reading, *yamledit.Fault) {
	if again := doc.Duplicates(); len(again) > 0 {
		return nil, &yamledit.Fault{Span: again[0].KeySpan(), Reason: "the key was given before", Hint: "keep one of the two"}
	}
	r := &reading{scopes: []string{""}, doc: doc}
	if root, ok := doc.Root(); ok {
		m.keys(r, root, "", m.catalog.Section())
	}
	return r, nil
}

func parse(text string, limits yamlgen.Limits) (*yamledit.Document, *yamledit.Fault) {
	doc, err := yamledit.Parse(text, limits)
	var fault *yamledit.Fault
	if errors.As(err, &fault) {
		return nil, fault
	}
	return doc, nil
}

// keys finds the sites at and below a mapping. The section is nil where the
// path has only retired names below it.
func (m *Migration) keys(r *reading, n yamledit.Node, path string, s *option.Section) {
	if n.Kind() != yamledit.Mapping {
		return
	}
	for k := range n.Children() {
		name := k.Key()
		if path != "" {
			name = path + "." + name
		}
		var sub *option.Section
		var o *option.Option
		if s != nil {
			sub, o = s.Child(k.Key())
		}
		if o == nil && m.old[option.SourceYAML][name] == nil {
			if sub != nil || m.above(name) {
				m.keys(r, k, name, sub)
			}
			continue
		}
		at := option.Span(k.KeySpan())
		site := site{
			source: option.SourceYAML, name: name, node: k, place: at,
			at: spanOf(at), value: spanOf(option.Span(k.Span())),
		}
		site.text, site.bare = plainText(k)
		if k.Inherited() {
			site.fixed = "an alias or a merge key brings it"
		}
		r.sites = append(r.sites, site)
	}
}

// above reports whether a path leads to a retired name.
func (m *Migration) above(path string) bool {
	for _, t := range m.catalog.Tombstones() {
		if strings.HasPrefix(t.YAML, path+".") {
			return true
		}
	}
	return false
}

func spanOf(at option.Span) span { return span{int(at.Offset), int(at.Offset + at.Length)} }

// plainText is a value as a rule sees it: a scalar, or a list of scalars as one
// record. It is bare if it is neither.
func plainText(n yamledit.Node) (text string, bare bool) {
	switch n.Kind() {
	case yamledit.Scalar:
		return n.Text(), false
	case yamledit.Sequence:
		var items []string
		for k := range n.Children() {
			if k.Kind() != yamledit.Scalar {
				return "", true
			}
			item := k.Text()
			if strings.ContainsAny(item, ",\"\n") {
				item = `"` + strings.ReplaceAll(item, `"`, `""`) + `"`
			}
			items = append(items, item)
		}
		return strings.Join(items, ","), false
	}
	return "", true
}

// yamlValue writes text as a value of an option in a file.
func yamlValue(o *option.Option, text string) string {
	t := o.Value.Traits()
	switch {
	case t.Struct && text != "":
		return text
	case t.List && text == "":
		return "[]"
	case t.List && !strings.ContainsAny(text, "\"\n"):
		items := strings.Split(text, ",")
		for i := range items {
			items[i] = yamlgen.Quote(items[i])
		}
		return "[" + strings.Join(items, ", ") + "]"
	case o.Type() != "string" && !strings.ContainsFunc(text, func(r rune) bool { return (r < '0' || r > '9') && (r < 'a' || r > 'z') && r != '.' }) && text != "":
		return text
	}
	return yamlgen.Quote(text)
}

// A mover finds what moves in a document.
type mover struct {
	doc   *yamledit.Document
	moves map[yamledit.Node][]string
	// taken counts the new paths at and below each path.
	taken map[string]int
	found []move
}

// A move takes a node to a path.
type move struct {
	node yamledit.Node
	path []string
}

// all returns the moves: of a group as one, with its comments and its order,
// where all of it goes to a group that there is not yet and nothing else goes
// there.
func (m *mover) all() []move {
	if root, ok := m.doc.Root(); ok {
		m.visit(root)
	}
	return m.found
}

// visit returns where a node goes, with how many keys that have a new path; nil
// if it stays, or parts of it go to several places.
func (m *mover) visit(n yamledit.Node) (to []string, keys int) {
	if to = m.moves[n]; to != nil {
		m.found = append(m.found, move{n, to})
		return to, 1
	}
	if n.Kind() != yamledit.Mapping {
		return nil, 0
	}
	before, together := len(m.found), true
	for k := range n.Children() {
		path, below := m.visit(k)
		keys += below
		last := len(path) - 1
		if last < 1 || path[last] != k.Key() || to != nil && !slices.Equal(to, path[:last]) {
			together = false
			continue
		}
		to = path[:last]
	}
	if !together || to == nil || m.taken[strings.Join(to, ".")] != keys {
		return nil, keys
	}
	if _, exists := m.doc.Find(to...); exists {
		return nil, keys
	}
	m.found = append(m.found[:before], move{n, to})
	return to, keys
}

// editConfig makes the acts on a configuration file.
func (m *Migration) editConfig(doc *yamledit.Document, acts []*act) (*yamledit.Document, []*yamledit.Fault) {
	edits := doc.Edit()
	edits.Order = func(path []string) []string {
		s := m.catalog.Section()
		for _, key := range path {
			if s, _ = s.Child(key); s == nil {
				return nil
			}
		}
		return s.Keys()
	}
	moving := mover{doc: doc, moves: map[yamledit.Node][]string{}, taken: map[string]int{}}
	for _, a := range acts {
		for _, name := range a.names {
			path := strings.Split(name, ".")
			if a.moves() {
				moving.moves[a.sites[0].node] = path
			}
			for n := range path {
				moving.taken[strings.Join(path[:n], ".")]++
			}
		}
	}
	for _, each := range moving.all() {
		edits.Move(each.node, each.path)
	}
	for _, a := range acts {
		if a.moves() {
			continue
		}
		kept := -1
		for i, s := range a.sites {
			if len(a.names) > 0 && s.name == a.names[0] {
				kept = i
				edits.Replace(s.node, yamlValue(m.catalog.ByYAML(a.names[0]), *a.values[0]))
			} else if i > 0 || len(a.values) == 0 || a.values[0] != nil {
				edits.Remove(s.node)
			}
		}
		for i, name := range a.names {
			switch {
			case i == 0 && kept >= 0:
			case a.values[i] == nil:
				edits.Move(a.sites[0].node, strings.Split(name, "."))
			default:
				edits.Insert(strings.Split(name, "."), yamlValue(m.catalog.ByYAML(name), *a.values[i]))
			}
		}
	}
	edited, faults := edits.Apply()
	if len(faults) > 0 {
		return nil, faults
	}
	edited, fault := keepComments(doc, edited, acts)
	if fault != nil {
		return nil, []*yamledit.Fault{fault}
	}
	return edited, nil
}
