package yamlgen

import (
	"sort"
	"strconv"
	"strings"

	"github.com/strataconf/strata/internal/yamltree"
	"github.com/strataconf/strata/option"
)

// Limits bound what one file may cost. A field of 0 stands for its default.
type Limits struct {
	Bytes int // of source, 1 MiB
	Depth int // of collections, 64
	Nodes int // after aliases are expanded, 30,000
}

// Parse reads the text of a file into a layer. What is wrong with the file is
// in the problems of the layer, each at its place; name is the file in these
// places. Parse keeps src for as long as the layer lives.
func Parse(c *option.Catalog, name, src string, limits Limits) option.Layer {
	tree, fault := read(src, yamltree.Limits(limits))
	if fault != nil {
		b := binder{layer: option.Layer{Source: option.SourceYAML, Name: name}}
		b.problem("invalid-yaml", fault.Span, "", fault.Reason, fault.Hint)
		return b.layer
	}
	return Bind(c, name, tree)
}

// Bind is [Parse] for a file that [Read] has read already. It leaves the tree
// as it is.
func Bind(c *option.Catalog, name string, tree *yamltree.Tree) option.Layer {
	b := binder{catalog: c, tree: tree, layer: option.Layer{Source: option.SourceYAML, Name: name}}
	b.root()
	return b.layer
}

// Tree reads the text of a structured value, as argv and environment have it:
// YAML, and so JSON too. The tree has no places, since it is of no file.
func Tree(text string) (option.Tree, *option.Fault) {
	t, fault := placed(text)
	if fault != nil {
		reason := fault.Reason
		if fault.Span.Line > 1 {
			reason += ", on line " + strconv.Itoa(int(fault.Span.Line)) + " of the text"
		}
		return option.Tree{}, &option.Fault{Reason: reason, Hint: fault.Hint}
	}
	displace(&t)
	return t, nil
}

// placed returns the tree of a text with the places inside it.
func placed(text string) (option.Tree, *yamltree.Fault) {
	tree, fault := read(text, yamltree.Limits{})
	switch {
	case fault != nil:
		return option.Tree{}, fault
	case len(tree.Duplicates) > 0:
		again := tree.Nodes[tree.Duplicates[0].Second].Key
		return option.Tree{}, &yamltree.Fault{Span: again, Reason: "a key is given twice in one mapping", Hint: "keep one of the two"}
	case len(tree.Nodes) == 0:
		return option.Tree{Kind: option.Null}, nil
	}
	b := binder{tree: tree}
	return b.value(0), nil
}

func displace(t *option.Tree) {
	t.Span = option.Span{}
	for i := range t.Keys {
		t.Keys[i].Span = option.Span{}
	}
	for i := range t.Items {
		displace(&t.Items[i])
	}
}

// A binder finds the option of every node.
type binder struct {
	catalog *option.Catalog
	tree    *yamltree.Tree
	layer   option.Layer
	// visits are the nodes that options and unknown keys were found at, in
	// order; kept only to name duplicates.
	visits []visit
	second map[int32]bool
	// unknowns counts the keys reported so far.
	unknowns int
	nodes    []yamltree.Node
}

type visit struct {
	node int32
	name string
}

func (b *binder) root() {
	b.nodes = b.tree.Nodes
	if len(b.nodes) == 0 || b.nodes[0].Kind == yamltree.Null {
		return
	}
	if b.nodes[0].Kind != yamltree.Mapping {
		b.problem("not-a-mapping", b.nodes[0].Value, "", "a file holds key: value lines at its top", b.tight(0, b.catalog.Section()))
		return
	}
	b.layer.Inputs = make([]option.Input, 0, min(len(b.nodes), b.catalog.Len()))
	if len(b.tree.Duplicates) > 0 {
		b.second = make(map[int32]bool, len(b.tree.Duplicates))
		for _, d := range b.tree.Duplicates {
			b.second[d.Second] = true
		}
	}
	b.section(0, b.catalog.Section())
	b.duplicates()
}

// section binds the children of mapping i.
func (b *binder) section(i int32, s *option.Section) {
	for k := b.tree.First(i); k != 0; k = b.nodes[k].Next {
		key := b.tree.Key(k)
		sub, opt := s.Child(key)
		switch {
		case opt != nil:
			b.visit(k, opt.Path())
			if !b.second[k] && !b.twice(k) {
				b.option(k, opt)
			}
		case sub != nil:
			b.visit(k, sub.Path())
			b.group(k, sub)
		case s.Path() == "" && isFree(key):
			b.visit(k, "")
		default:
			b.visit(k, s.Path())
			if !b.second[k] {
				b.unknown(k, key, s)
			}
		}
	}
}

// twice reports whether a key below node i is given twice: then the value has
// been refused as a whole.
func (b *binder) twice(i int32) bool {
	if b.second == nil {
		return false
	}
	for k := b.tree.First(i); k != 0; k = b.nodes[k].Next {
		if b.second[k] || b.twice(k) {
			return true
		}
	}
	return false
}

// isFree reports whether a top-level key belongs to the author of the file.
func isFree(key string) bool { return strings.HasPrefix(key, "x-") }

func (b *binder) visit(k int32, name string) {
	if b.second != nil {
		b.visits = append(b.visits, visit{k, name})
	}
}

func (b *binder) group(k int32, s *option.Section) {
	switch b.nodes[k].Kind {
	case yamltree.Mapping:
		b.section(k, s)
	case yamltree.Null:
	default:
		hint := b.tight(k, s)
		if hint == "" {
			hint = "put its keys on the lines below, indented"
		}
		b.problem("not-a-mapping", b.nodes[k].Value, s.Path(), "a group of settings, not one value", hint)
	}
}

func (b *binder) option(k int32, opt *option.Option) {
	n := &b.nodes[k]
	if n.Kind == yamltree.Null {
		return
	}
	in := option.Input{Option: opt, Origin: b.origin(n.Value)}
	if at, ok := b.tree.Anchor(k); ok {
		at := option.Span(at)
		in.Origin.Anchor = &at
	}
	if n.Kind == yamltree.Scalar && !opt.Value.Traits().Struct {
		in.Raw = option.RawWindow(b.tree.Window(k))
	} else {
		t := b.value(k)
		t.Span = in.Origin.Span
		in.Raw = option.RawTree(&t)
	}
	b.layer.Inputs = append(b.layer.Inputs, in)
}

// value copies a node and what is below it. Places inside a value that came
// through an alias are those of the text itself.
func (b *binder) value(i int32) option.Tree {
	n := &b.tree.Nodes[i]
	t := option.Tree{Span: b.place(i, n.Value)}
	switch n.Kind {
	case yamltree.Null:
		t.Kind = option.Null
		return t
	case yamltree.Scalar:
		t.Kind, t.Quoted = option.Scalar, n.Style.IsQuoted()
		t.Scalar = option.RawWindow(b.tree.Window(i))
		return t
	case yamltree.Sequence:
		t.Kind = option.Sequence
	case yamltree.Mapping:
		t.Kind = option.Mapping
	}
	count := 0
	for k := b.tree.First(i); k != 0; k = b.tree.Nodes[k].Next {
		count++
	}
	t.Items = make([]option.Tree, 0, count)
	if n.Kind == yamltree.Mapping {
		t.Keys = make([]option.Tree, 0, count)
	}
	for k := b.tree.First(i); k != 0; k = b.tree.Nodes[k].Next {
		if n.Kind == yamltree.Mapping {
			key := &b.tree.Nodes[k]
			t.Keys = append(t.Keys, option.Tree{
				Kind: option.Scalar, Span: option.Span(key.Key), Quoted: key.KeyStyle.IsQuoted(),
				Scalar: option.RawWindow(b.tree.KeyWindow(k)),
			})
		}
		t.Items = append(t.Items, b.value(k))
	}
	return t
}

func (b *binder) place(i int32, at yamltree.Span) option.Span {
	if anchor, ok := b.tree.Anchor(i); ok {
		return option.Span(anchor)
	}
	return option.Span(at)
}

// duplicates names the keys that were given twice: by the option or group
// they are, or else by the option they are inside of.
func (b *binder) duplicates() {
	for _, d := range b.tree.Duplicates {
		name := ""
		if n := sort.Search(len(b.visits), func(i int) bool { return b.visits[i].node > d.Second }); n > 0 {
			name = b.visits[n-1].name
		}
		first := b.nodes[d.First].Key
		p := b.problem("duplicate-key", b.nodes[d.Second].Key, name, "the key was given before, on line "+strconv.Itoa(int(first.Line)), "keep one of the two")
		p.Related = []option.Origin{b.origin(first)}
	}
}

func (b *binder) origin(at yamltree.Span) option.Origin {
	return option.Origin{Source: option.SourceYAML, Name: b.layer.Name, Span: option.Span(at)}
}

func (b *binder) problem(code string, at yamltree.Span, name, reason, hint string) *option.Problem {
	p := &option.Problem{Code: code, Origin: b.origin(at), Name: name, Reason: reason, Hint: hint}
	b.layer.Problems = append(b.layer.Problems, p)
	return p
}
