// Package yamltree is a flat tree of one YAML document with the exact place
// of every key and value. [Scan] makes it from the plain block style that
// people write and hands back everything else, for which a full parser fills
// a tree through [New] and finds byte ranges with [Lines].
package yamltree

import "strings"

// A Kind says what a node is.
type Kind uint8

// The kinds of node. Null is a plain null, ~ or nothing at all.
const (
	Null Kind = iota
	Scalar
	Sequence
	Mapping
)

// A Span is a place in the source. Line and Column are 1-based, Column counts
// characters; Offset and Length are bytes.
type Span struct {
	Line, Column, Offset, Length int32
}

// A Style says how the text of a key or scalar is written.
type Style uint8

// The styles. The text of Plain is its span, that of Quoted is its span
// without the first and last byte; Owned text differs from the source, and so
// does OwnedQuoted, which was quoted or in block style.
const (
	Plain Style = iota
	Quoted
	Owned
	OwnedQuoted
)

// A Node is one value with its key. It is small, and refers to others by
// index, so that a document is one allocation.
type Node struct {
	// Key is the place of the key in a mapping, zero elsewhere.
	Key Span
	// Value is the place of the value: of a collection in block style, from
	// its first key or dash to the end of its last value.
	Value Span
	// Next is the index of the next sibling, 0 for none.
	Next int32

	ref      int32 // first child of a collection, or owned text of a scalar
	keyText  int32 // owned text of the key
	Kind     Kind
	Style    Style
	KeyStyle Style
}

// A Tree is one document. Node 0 is the root; a document of nothing has no
// nodes.
type Tree struct {
	Nodes []Node
	// Duplicates are the keys that occur twice in one mapping.
	Duplicates []Duplicate

	src     *string
	owned   []string
	anchors map[int32]Span
}

// A Duplicate is a key that its mapping had before.
type Duplicate struct{ First, Second int32 }

// New returns an empty tree over src with room for n nodes.
func New(src *string, n int) *Tree {
	return &Tree{src: src, Nodes: make([]Node, 0, n)}
}

// Add appends n to the tree and returns its index.
func (t *Tree) Add(n Node) int32 {
	t.Nodes = append(t.Nodes, n)
	return int32(len(t.Nodes) - 1)
}

// Link makes child the next child of parent after last, 0 for the first.
func (t *Tree) Link(parent, last, child int32) {
	if last == 0 {
		t.Nodes[parent].ref = child
		return
	}
	t.Nodes[last].Next = child
}

// SetText gives scalar i a text that is not a window onto the source.
func (t *Tree) SetText(i int32, s string) { t.Nodes[i].ref = t.own(s) }

// SetKeyText gives the key of node i a text that is not a window onto the
// source.
func (t *Tree) SetKeyText(i int32, s string) { t.Nodes[i].keyText = t.own(s) }

func (t *Tree) own(s string) int32 {
	t.owned = append(t.owned, s)
	return int32(len(t.owned) - 1)
}

// SetAnchor records where the value of node i, an alias, was anchored.
func (t *Tree) SetAnchor(i int32, at Span) {
	if t.anchors == nil {
		t.anchors = map[int32]Span{}
	}
	t.anchors[i] = at
}

// Anchor returns where the value of node i was anchored, if it was reached
// through an alias.
func (t *Tree) Anchor(i int32) (Span, bool) {
	at, ok := t.anchors[i]
	return at, ok
}

// First returns the first child of node i, 0 for none.
func (t *Tree) First(i int32) int32 {
	if n := &t.Nodes[i]; n.Kind == Sequence || n.Kind == Mapping {
		return n.ref
	}
	return 0
}

// Window returns the text of scalar i as n bytes of *src from off.
func (t *Tree) Window(i int32) (src *string, off, n int) {
	node := &t.Nodes[i]
	return t.window(node.Style, node.Value, node.ref)
}

// Text returns the text of scalar i.
func (t *Tree) Text(i int32) string {
	src, off, n := t.Window(i)
	return (*src)[off : off+n]
}

// KeyWindow returns the text of the key of node i, as [Tree.Window] does.
func (t *Tree) KeyWindow(i int32) (src *string, off, n int) {
	node := &t.Nodes[i]
	return t.window(node.KeyStyle, node.Key, node.keyText)
}

// Key returns the text of the key of node i.
func (t *Tree) Key(i int32) string {
	src, off, n := t.KeyWindow(i)
	return (*src)[off : off+n]
}

// IsQuoted reports whether the style is one of quotes or a block scalar.
func (s Style) IsQuoted() bool { return s == Quoted || s == OwnedQuoted }

func (t *Tree) window(s Style, at Span, owned int32) (src *string, off, n int) {
	switch s {
	case Plain:
		return t.src, int(at.Offset), int(at.Length)
	case Quoted:
		return t.src, int(at.Offset) + 1, int(at.Length) - 2
	}
	return &t.owned[owned], 0, len(t.owned[owned])
}

// CheckKeys adds the keys that mapping i has twice to t.Duplicates.
func (t *Tree) CheckKeys(i int32) { t.checkKeys(i, nil) }

func (t *Tree) checkAllKeys() {
	var seen map[string]int32
	for i := range t.Nodes {
		if t.Nodes[i].Kind == Mapping {
			seen = t.checkKeys(int32(i), seen)
		}
	}
}

// Mappings are short as a rule, and comparing a few keys is cheaper than
// hashing them; a long one is hashed so that the cost stays linear.
const fewKeys = 24

// checkKeys returns seen, or a map made in its place, to be used again.
func (t *Tree) checkKeys(parent int32, seen map[string]int32) map[string]int32 {
	n := 0
	first := t.First(parent)
	for k := first; k != 0; k = t.Nodes[k].Next {
		n++
	}
	if n > fewKeys {
		if seen == nil {
			seen = make(map[string]int32, n)
		}
		clear(seen)
		for k := first; k != 0; k = t.Nodes[k].Next {
			if at, ok := seen[t.Key(k)]; ok {
				t.Duplicates = append(t.Duplicates, Duplicate{at, k})
				continue
			}
			seen[t.Key(k)] = k
		}
		return seen
	}
	for k := first; k != 0; k = t.Nodes[k].Next {
		text := t.Key(k)
		for b := first; b != k; b = t.Nodes[b].Next {
			if t.Key(b) == text {
				t.Duplicates = append(t.Duplicates, Duplicate{b, k})
				break
			}
		}
	}
	return seen
}

// IsNull reports whether a plain scalar of this text is null.
func IsNull(s string) bool {
	switch len(s) {
	case 0:
		return true
	case 1:
		return s == "~"
	case 4:
		return s == "null" || s == "Null" || s == "NULL"
	}
	return false
}

// BOM is the byte order mark that may stand once, at the start.
const BOM = "\uFEFF"

// Start returns the offset of the first character after a byte order mark.
func Start(src string) int {
	if strings.HasPrefix(src, BOM) {
		return len(BOM)
	}
	return 0
}
