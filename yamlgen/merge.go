package yamlgen

import "gopkg.in/yaml.v3"

// mapping adds the children of mapping n to node i: its own keys first, then
// those that merge keys bring and it does not have.
func (c *converter) mapping(i int32, n *yaml.Node, depth int, via route) {
	last := int32(0)
	merge := c.ownMerge(n)
	c.ownKeys(i, &last, n, depth, via)
	// A mapping that is used again holds the same keys again.
	if !c.known[n] {
		c.known[n] = true
		c.tree.CheckKeys(i)
	}
	if merge == nil {
		return
	}
	have := make(map[string]bool, len(n.Content)/2)
	for k := c.tree.First(i); k != 0; k = c.tree.Nodes[k].Next {
		have[c.tree.Key(k)] = true
	}
	c.merge(i, &last, merge, depth, via, have)
}

func isMerge(k *yaml.Node) bool {
	return k.Tag == "!!merge" && k.Style == 0
}

// ownMerge returns the value of the merge key of n, or nil.
func (c *converter) ownMerge(n *yaml.Node) *yaml.Node {
	var merge *yaml.Node
	for k := 0; k < len(n.Content); k += 2 {
		if !isMerge(n.Content[k]) {
			continue
		}
		if merge != nil {
			c.refuse(c.span(n.Content[k]), "a second merge key in one mapping", "give one merge key a list")
		}
		merge = n.Content[k+1]
	}
	return merge
}

// ownKeys adds the keys that are written in n.
func (c *converter) ownKeys(i int32, last *int32, n *yaml.Node, depth int, via route) {
	for k := 0; k < len(n.Content) && c.fault == nil; k += 2 {
		key, value := n.Content[k], n.Content[k+1]
		if isMerge(key) || !c.isText(key) {
			continue
		}
		child := c.child(i, last, c.place(value, via))
		c.key(child, key)
		c.fill(child, value, depth+1, via)
	}
}

func (c *converter) isText(key *yaml.Node) bool {
	if target(key).Kind != yaml.ScalarNode {
		c.refuse(c.span(key), "a list or mapping as a key", "")
		return false
	}
	return true
}

// merge adds what the value of a merge key brings: the keys of a mapping, or
// of each mapping of a list, the first one winning.
func (c *converter) merge(i int32, last *int32, v *yaml.Node, depth int, via route, have map[string]bool) {
	at := c.span(v)
	if v.Kind == yaml.AliasNode {
		if via == nil {
			via = &at
		}
		if c.active[v.Alias] {
			c.refuse(at, "an alias inside the value that it stands for", "")
			return
		}
		c.active[v.Alias] = true
		defer delete(c.active, v.Alias)
		v = v.Alias
	}
	switch v.Kind {
	case yaml.MappingNode:
		c.mergeMapping(i, last, v, depth, via, have)
	case yaml.SequenceNode:
		// Each item may bring a list of its own, so a fault ends them all.
		for k := 0; k < len(v.Content) && c.fault == nil; k++ {
			item := v.Content[k]
			if target(item).Kind != yaml.MappingNode {
				c.refuse(c.span(item), "a merge key needs a mapping or a list of mappings", "")
				return
			}
			c.merge(i, last, item, depth, via, have)
		}
	default:
		c.refuse(at, "a merge key needs a mapping or a list of mappings", "")
	}
}

func (c *converter) mergeMapping(i int32, last *int32, m *yaml.Node, depth int, via route, have map[string]bool) {
	inner := c.ownMerge(m)
	if len(m.Content) == 0 {
		c.look(m, via)
	}
	for k := 0; k < len(m.Content) && c.look(m.Content[k], via); k += 2 {
		key, value := m.Content[k], m.Content[k+1]
		if isMerge(key) || !c.isText(key) {
			continue
		}
		if have[target(key).Value] {
			continue
		}
		child := c.child(i, last, c.place(value, via))
		c.key(child, key)
		have[target(key).Value] = true
		c.fill(child, value, depth+1, via)
	}
	if inner != nil {
		c.merge(i, last, inner, depth, via, have)
	}
}

// look counts what a merge key looks at, and reports whether to go on: keys that
// are overridden and mappings without keys make no node, but they cost.
func (c *converter) look(n *yaml.Node, via route) bool {
	if c.merged++; c.fault == nil && c.merged > c.limits.Nodes {
		c.fault = c.limits.TooMany(c.place(n, via))
	}
	return c.fault == nil
}
