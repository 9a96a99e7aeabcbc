package yamledit

import (
	"slices"
	"strings"

	"github.com/strataconf/strata/yamlgen"
)

// Edits are changes to one document, made by [Edits.Apply] all at once.
type Edits struct {
	// Order returns the keys of the mapping at a path in the order that a new
	// key is put in among its siblings; nil puts it at the end.
	Order func(path []string) []string

	doc      *Document
	removed  map[int32]bool
	emptied  map[int32]bool // lost all members, and stays
	renamed  map[int32]string
	replaced map[int32]value
	requests []request
	added    map[int32][]*entry // by the node that gets them
	faults   []*Fault
	splices  []splice
	tight    bool // no blank lines stay behind what is cut
}

// A request asks for a value at a path below a node.
type request struct {
	from    int32 // -1 for the root of a document that holds nothing
	path    []string
	value   value
	moved   int32 // the node whose text moves, 0 for none
	replace bool  // a value that stands there gives way
}

// An entry is a key to be added, with a value or with more entries.
type entry struct {
	key   string
	value value
	moved int32
	kids  []*entry // of a group
}

// Edit returns an empty collection of edits.
func (d *Document) Edit() *Edits {
	return &Edits{
		doc: d, removed: map[int32]bool{}, emptied: map[int32]bool{}, renamed: map[int32]string{},
		replaced: map[int32]value{}, added: map[int32][]*entry{},
	}
}

func (e *Edits) refuse(at Span, reason, hint string) {
	e.faults = append(e.faults, &Fault{at, reason, hint})
}

// Replace gives a node another value: YAML text on one line, "" for null. A
// scalar keeps its style of quotes, and a list its items that stay.
func (e *Edits) Replace(n Node, text string) {
	v, fault := parseValue(text)
	switch {
	case fault != nil:
		e.refuse(n.Span(), fault.Reason, fault.Hint)
	case e.writable(n):
		if _, twice := e.replaced[n.i]; twice {
			e.refuse(n.Span(), "two edits of one value", "")
		}
		e.replaced[n.i] = v
	}
}

// Rename gives a member of a mapping another key, where it stands.
func (e *Edits) Rename(n Node, key string) {
	if !n.hasKey() {
		e.refuse(n.Span(), "a value without a key", "")
		return
	}
	if e.writable(n) {
		if _, twice := e.renamed[n.i]; twice {
			e.refuse(n.KeySpan(), "two new names of one key", "")
		}
		e.renamed[n.i] = key
	}
}

// Remove takes a member of a mapping or an item of a list away, with the
// comments that are about it alone. A mapping of which nothing is left, not
// even a comment, goes with its last member.
func (e *Edits) Remove(n Node) {
	if _, ok := n.Parent(); !ok {
		e.refuse(n.Span(), "the whole document", "remove its keys")
		return
	}
	if e.writable(n) {
		if e.removed[n.i] {
			e.refuse(n.Span(), "two edits of one value", "")
		}
		e.removed[n.i] = true
	}
}

// Set gives the key at a path from the root a value, as Replace does where it
// exists, and as Insert does elsewhere.
func (e *Edits) Set(path []string, text string) { e.request(e.root(), path, text, true) }

// Insert adds a key at a path from the root, with the groups on the way that
// are missing. It refuses a key that exists.
func (e *Edits) Insert(path []string, text string) { e.request(e.root(), path, text, false) }

// InsertBelow is Insert for a path from a mapping, such as an item of a list.
func (e *Edits) InsertBelow(n Node, path []string, text string) {
	e.request(n.i, path, text, false)
}

func (e *Edits) root() int32 {
	if len(e.doc.tree.Nodes) == 0 {
		return -1
	}
	return 0
}

func (e *Edits) request(from int32, path []string, text string, replace bool) {
	v, fault := parseValue(text)
	if fault != nil {
		e.refuse(Span{}, fault.Reason, fault.Hint)
		return
	}
	if len(path) == 0 {
		e.refuse(Span{}, "a path without keys", "")
		return
	}
	e.requests = append(e.requests, request{from: from, path: path, value: v, replace: replace})
}

// Move takes a member of a mapping to another path from the root, with its
// comments and the text of its value as it is. Inside its own mapping it is a
// Rename.
func (e *Edits) Move(n Node, path []string) {
	if len(path) == 0 || !n.hasKey() {
		e.refuse(n.Span(), "no key to move, or nowhere to move it", "")
		return
	}
	old, up := n.Path(), path[:len(path)-1]
	if slices.Equal(old[:len(old)-1], up) {
		e.Rename(n, path[len(path)-1])
		return
	}
	v, fault := parseValue(oneLine(n))
	if fault != nil {
		e.refuse(n.Span(), fault.Reason, fault.Hint)
		return
	}
	before := len(e.faults)
	e.Remove(n)
	if len(e.faults) == before {
		e.requests = append(e.requests, request{from: e.root(), path: path, value: v, moved: n.i})
	}
}

// oneLine returns the value of a node as YAML on one line.
func oneLine(n Node) string {
	var b strings.Builder
	var write func(Node)
	write = func(n Node) {
		switch n.Kind() {
		case Null:
			b.WriteString("null")
		case Scalar:
			text := n.Text()
			if raw := n.d.src[n.Span().Offset:end(n.Span())]; !n.Quoted() && raw == text && isTyped(text) {
				b.WriteString(text)
			} else if n.Quoted() && yamlgen.Quote(text) == text {
				b.WriteString(`"` + text + `"`)
			} else {
				b.WriteString(yamlgen.Quote(text))
			}
		default:
			b.WriteByte("[{"[n.Kind()-Sequence])
			first := true
			for k := range n.Children() {
				if !first {
					b.WriteString(", ")
				}
				first = false
				if n.Kind() == Mapping {
					b.WriteString(yamlgen.Quote(k.Key()) + ": ")
				}
				write(k)
			}
			b.WriteByte("]}"[n.Kind()-Sequence])
		}
	}
	write(n)
	return b.String()
}

// isTyped reports whether a plain text may be a number or a bool, which it
// would not be in quotes, and is safe without them.
func isTyped(text string) bool {
	return text != "" && !strings.ContainsFunc(text, func(r rune) bool {
		return (r < '0' || r > '9') && (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && r != '.' && r != '_'
	})
}

// writable reports whether a node stands where it is, else refuses it.
func (e *Edits) writable(n Node) bool {
	if !n.Inherited() {
		return true
	}
	at := n.Span()
	hint := "edit it where it is written"
	if n.hasKey() {
		at = n.KeySpan()
	}
	e.refuse(at, "the value comes from an anchor or a merge key", hint)
	return false
}
