package yamledit

import (
	"fmt"
	"io"
	"iter"
	"slices"
	"strings"
	"sync"

	"github.com/strataconf/strata/internal/yamltree"
	"github.com/strataconf/strata/yamlgen"
)

// A Span is a place in the source. Line and Column are 1-based, Column counts
// characters; Offset and Length are bytes.
type Span = yamltree.Span

// A Kind says what a node is.
type Kind = yamltree.Kind

// The kinds of node. Null is a plain null, ~ or nothing at all.
const (
	Null     = yamltree.Null
	Scalar   = yamltree.Scalar
	Sequence = yamltree.Sequence
	Mapping  = yamltree.Mapping
)

// A Fault is why a document or an edit was refused. It holds no value of the
// document.
type Fault struct {
	Span         Span
	Reason, Hint string
}

// Error renders the fault without its place.
func (f *Fault) Error() string {
	if f.Hint == "" {
		return f.Reason
	}
	return f.Reason + " (" + f.Hint + ")"
}

// A Document is the text of one file with the place of everything in it. It
// does not change, also not by edits, which make another one, and is safe for
// concurrent use.
type Document struct {
	src    string
	limits yamlgen.Limits
	tree   *yamltree.Tree
	parent []int32 // by node; -1 for the root
	lines  []line
	marks  []Span // keys and scalars, in order
	brk    string // how its lines end
	// indentStep and dashStep are how much deeper than its key a group and a
	// list of this file stand: as most of them do.
	indentStep, dashStep func() int
}

// Format prints a fixed word for every verb: the text may hold secrets.
func (Document) Format(s fmt.State, _ rune) { _, _ = io.WriteString(s, "(withheld document)") }

// Format prints a fixed word for every verb: what is to be written may hold
// secrets.
func (Edits) Format(s fmt.State, _ rune) { _, _ = io.WriteString(s, "(withheld edits)") }

// Parse reads the text of a file, any that [yamlgen.Parse] reads. The error is
// a [*Fault].
func Parse(src string, limits yamlgen.Limits) (*Document, error) {
	tree, fault := yamlgen.Read(src, limits)
	if fault != nil {
		return nil, &Fault{fault.Span, fault.Reason, fault.Hint}
	}
	d := &Document{src: src, limits: limits, tree: tree, parent: make([]int32, len(tree.Nodes)), brk: "\n"}
	for i := range tree.Nodes {
		for k := tree.First(int32(i)); k != 0; k = tree.Nodes[k].Next {
			d.parent[k] = int32(i)
		}
	}
	if len(tree.Nodes) > 0 {
		d.parent[0] = -1
	}
	d.indentStep = sync.OnceValue(func() int { return d.usual(Mapping, 2) })
	d.dashStep = sync.OnceValue(func() int { return d.usual(Sequence, d.indentStep()) })
	d.marks = scalars(tree)
	d.lines = splitLines(src, d.marks)
	for _, l := range d.lines {
		if l.end < l.next {
			d.brk = src[l.end:l.next]
			break
		}
	}
	return d, nil
}

// Text returns the source.
func (d *Document) Text() string { return d.src }

// Tree returns the document as [yamlgen.Bind] takes it, which spares reading the
// text again. It is shared: read only.
func (d *Document) Tree() *yamltree.Tree { return d.tree }

// Root returns the root, and false for a document that holds nothing.
func (d *Document) Root() (Node, bool) { return Node{d, 0}, len(d.tree.Nodes) > 0 }

// Find returns the node at a path of keys from the root. Where a key was given
// twice it returns the first.
func (d *Document) Find(path ...string) (Node, bool) {
	n, ok := d.Root()
	for _, key := range path {
		if !ok {
			return Node{}, false
		}
		n, ok = n.Child(key)
	}
	return n, ok
}

// All yields every node that is written in the document, each before what is
// below it. What aliases and merge keys repeat is not among them.
func (d *Document) All() iter.Seq[Node] {
	return func(yield func(Node) bool) {
		for i := range d.tree.Nodes {
			if n := (Node{d, int32(i)}); !n.Inherited() && !yield(n) {
				return
			}
		}
	}
}

// Duplicates returns the keys that were given before in the same mapping.
func (d *Document) Duplicates() []Node {
	var out []Node
	for _, dup := range d.tree.Duplicates {
		out = append(out, Node{d, dup.Second})
	}
	return out
}

// A Node is a value of a document with its key, if a mapping holds it.
type Node struct {
	d *Document
	i int32
}

func (n Node) node() *yamltree.Node { return &n.d.tree.Nodes[n.i] }

// Kind says what the value is; an alias is what it stands for.
func (n Node) Kind() Kind { return n.node().Kind }

// Key returns the text of the key, "" where there is none.
func (n Node) Key() string { return n.d.tree.Key(n.i) }

// KeySpan returns the place of the key, zero where there is none.
func (n Node) KeySpan() Span { return n.node().Key }

// Span returns the place of the value behind its anchor and tag: of a
// collection in block style from its first key or dash to the end of its last
// value, of an alias that of the alias.
func (n Node) Span() Span { return n.node().Value }

// Text returns the text of a scalar, and "" for anything else.
func (n Node) Text() string {
	if n.Kind() != Scalar {
		return ""
	}
	return n.d.tree.Text(n.i)
}

// Quoted reports whether the value is a scalar in quotes or in block style.
func (n Node) Quoted() bool { return n.Kind() == Scalar && n.node().Style.IsQuoted() }

// Parent returns the collection that holds the node; the root has none.
func (n Node) Parent() (Node, bool) {
	up := n.d.parent[n.i]
	return Node{n.d, max(up, 0)}, up >= 0
}

// Path returns the keys from the root to the node. Items of lists add nothing.
func (n Node) Path() []string {
	var path []string
	for up, ok := n, true; ok; up, ok = up.Parent() {
		if up.hasKey() {
			path = append(path, up.Key())
		}
	}
	slices.Reverse(path)
	return path
}

// Children yields the members of a collection, inherited ones too.
func (n Node) Children() iter.Seq[Node] {
	return func(yield func(Node) bool) {
		for k := n.d.tree.First(n.i); k != 0; k = n.d.tree.Nodes[k].Next {
			if !yield(Node{n.d, k}) {
				return
			}
		}
	}
}

// Child returns the first member of a mapping that has this key.
func (n Node) Child(key string) (Node, bool) {
	if n.Kind() != Mapping {
		return Node{}, false
	}
	for k := range n.Children() {
		if k.Key() == key {
			return k, true
		}
	}
	return Node{}, false
}

// Flow reports whether the node is a collection in braces or brackets, or
// inside of one.
func (n Node) Flow() bool {
	for up, ok := n, true; ok; up, ok = up.Parent() {
		if up.isFlow() {
			return true
		}
	}
	return false
}

// isFlow reports whether the node itself is written in braces or brackets.
func (n Node) isFlow() bool {
	at := int(n.Span().Offset)
	return (n.Kind() == Mapping || n.Kind() == Sequence) && at < len(n.d.src) && (n.d.src[at] == '{' || n.d.src[at] == '[')
}

// Alias returns the place of the value that the node stands for, if its own
// value is an alias or it was reached through one.
func (n Node) Alias() (Span, bool) { return n.d.tree.Anchor(n.i) }

// Inherited reports whether the node is not written where it is: an alias or a
// merge key brings it. Such a node has no bytes of its own to edit.
func (n Node) Inherited() bool {
	up, ok := n.Parent()
	if !ok {
		return false
	}
	if _, alias := up.Alias(); alias {
		return true
	}
	if _, alias := n.Alias(); !alias || up.Kind() != Mapping {
		return false
	}
	return n.d.gap(n.keyEnd(), false) != int(n.Span().Offset)
}

func (n Node) hasKey() bool {
	up, ok := n.Parent()
	return ok && up.Kind() == Mapping
}

func (n Node) keyEnd() int { return end(n.KeySpan()) }

// end returns the offset behind a place.
func end(s Span) int { return int(s.Offset + s.Length) }

// colon returns the offset behind the colon of a key, or behind the key if it
// has none.
func (n Node) colon() int {
	at := n.keyEnd()
	for at < len(n.d.src) && isBlank(n.d.src[at]) {
		at++
	}
	if at < len(n.d.src) && n.d.src[at] == ':' {
		return at + 1
	}
	return n.keyEnd()
}

// gap returns the offset of what follows the key that ends at off: behind its
// colon, white space and comments, and unless it should stop there, also
// behind anchors and tags.
func (d *Document) gap(off int, properties bool) int {
	off = d.space(off)
	if off < len(d.src) && d.src[off] == ':' {
		off = d.space(off + 1)
	}
	for !properties && off < len(d.src) && (d.src[off] == '&' || d.src[off] == '!') {
		for off < len(d.src) && strings.IndexByte(" \t\r\n,[]{}", d.src[off]) < 0 {
			off++
		}
		off = d.space(off)
	}
	return off
}

// space skips white space, line breaks and comments.
func (d *Document) space(off int) int {
	for off < len(d.src) {
		switch c := d.src[off]; {
		case isBlank(c) || c == '\n' || c == '\r':
			off++
		case c == '#' && (off == 0 || strings.IndexByte(" \t\r\n", d.src[off-1]) >= 0):
			off = d.lines[d.lineAt(off)].end
		default:
			return off
		}
	}
	return off
}

func isBlank(c byte) bool { return c == ' ' || c == '\t' }

// Indent returns the number of characters in front of the key, or of what
// else stands first on its line.
func (n Node) Indent() int {
	at := n.Span().Offset
	if n.hasKey() {
		at = n.KeySpan().Offset
	}
	return n.d.lines[n.d.lineAt(int(at))].column()
}
