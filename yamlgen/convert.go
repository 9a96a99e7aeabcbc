package yamlgen

import (
	"fmt"

	"gopkg.in/yaml.v3"

	"github.com/strataconf/strata/internal/yamltree"
)

// A converter turns yaml.v3's nodes into a tree with byte ranges: it expands
// aliases and merge keys, and does all the checks that yaml.v3 leaves out when
// it gives nodes.
type converter struct {
	tree   *yamltree.Tree
	src    string
	lines  *yamltree.Lines
	limits yamltree.Limits
	fault  *yamltree.Fault

	spans  map[*yaml.Node]yamltree.Span
	active map[*yaml.Node]bool // aliases that are being expanded
	known  map[*yaml.Node]bool // mappings whose keys were checked
	text   int                 // bytes of text so far
	merged int                 // keys and mappings looked at for merge keys
}

// A route is how a node was reached: the place of the alias that was
// followed, or nil.
type route *yamltree.Span

func (c *converter) root(n *yaml.Node) {
	c.spans = make(map[*yaml.Node]yamltree.Span, c.lines.Count())
	c.active = map[*yaml.Node]bool{}
	c.known = map[*yaml.Node]bool{}
	c.fill(c.tree.Add(yamltree.Node{}), n, 0, nil)
}

func (c *converter) refuse(at yamltree.Span, reason, hint string) {
	if c.fault == nil {
		c.fault = &yamltree.Fault{Span: at, Reason: reason, Hint: hint}
	}
}

// fill makes node i what n is, inside depth collections.
func (c *converter) fill(i int32, n *yaml.Node, depth int, via route) {
	if n.Kind == yaml.AliasNode {
		c.alias(i, n, depth, via)
		return
	}
	own := c.span(n)
	if c.fault != nil {
		return
	}
	node := &c.tree.Nodes[i]
	node.Value = own
	if via != nil {
		node.Value = *via
		c.tree.SetAnchor(i, own)
	}
	switch n.Kind {
	case yaml.MappingNode, yaml.SequenceNode:
		if depth >= c.limits.Depth {
			c.fault = c.limits.TooDeep(node.Value)
			return
		}
		if n.Kind == yaml.MappingNode {
			node.Kind = yamltree.Mapping
			c.mapping(i, n, depth, via)
			return
		}
		node.Kind = yamltree.Sequence
		for last, k := int32(0), 0; k < len(n.Content) && c.fault == nil; k++ {
			child := c.child(i, &last, c.place(n.Content[k], via))
			c.fill(child, n.Content[k], depth+1, via)
		}
	default:
		c.scalar(i, n, own)
	}
}

func (c *converter) alias(i int32, n *yaml.Node, depth int, via route) {
	at := c.span(n)
	if via == nil {
		via = &at
	}
	if c.active[n.Alias] {
		c.refuse(at, "an alias inside the value that it stands for", "")
		return
	}
	c.active[n.Alias] = true
	c.fill(i, n.Alias, depth, via)
	delete(c.active, n.Alias)
}

// child adds the next child of a collection, within the budget.
func (c *converter) child(parent int32, last *int32, at yamltree.Span) int32 {
	if len(c.tree.Nodes) >= c.limits.Nodes {
		c.fault = c.limits.TooMany(at)
		return 0
	}
	i := c.tree.Add(yamltree.Node{Value: at})
	c.tree.Link(parent, *last, i)
	*last = i
	return i
}

func (c *converter) place(n *yaml.Node, via route) yamltree.Span {
	if via != nil {
		return *via
	}
	off := c.lines.Offset(n.Line, n.Column)
	return c.lines.At(n.Line, off, 0)
}

func (c *converter) scalar(i int32, n *yaml.Node, own yamltree.Span) {
	node := &c.tree.Nodes[i]
	if n.Tag == "!!null" {
		node.Kind = yamltree.Null
		return
	}
	node.Kind = yamltree.Scalar
	if c.text += len(n.Value); c.text > c.limits.Bytes {
		c.refuse(node.Value, fmt.Sprintf("holds more than %d bytes of text", c.limits.Bytes), "aliases count each time they are used")
		return
	}
	// A window onto the source will do for a plain scalar at its own place.
	if n.Style == 0 && node.Value == own && c.src[own.Offset:own.Offset+own.Length] == n.Value {
		return
	}
	node.Style = yamltree.Owned
	if n.Style != 0 {
		node.Style = yamltree.OwnedQuoted
	}
	c.tree.SetText(i, n.Value)
}

// key gives node i the key n. Its place is that of its own text, also where
// an alias brought it: that is where a wrong key has to be mended.
func (c *converter) key(i int32, n *yaml.Node) {
	node := &c.tree.Nodes[i]
	at := c.span(n)
	n = target(n)
	node.Key, node.KeyStyle = at, yamltree.Owned
	if n.Style != 0 {
		node.KeyStyle = yamltree.OwnedQuoted
	}
	if c.text += len(n.Value); c.text > c.limits.Bytes {
		c.refuse(node.Key, fmt.Sprintf("holds more than %d bytes of text", c.limits.Bytes), "aliases count each time they are used")
	}
	if n.Style == 0 && c.src[at.Offset:at.Offset+at.Length] == n.Value {
		node.KeyStyle = yamltree.Plain
		return
	}
	c.tree.SetKeyText(i, n.Value)
}

// target returns the node that an alias stands for.
func target(n *yaml.Node) *yaml.Node {
	if n.Kind == yaml.AliasNode {
		return n.Alias
	}
	return n
}
