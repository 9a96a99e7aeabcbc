package yamledit

import (
	"github.com/strataconf/strata/internal/yamltree"
)

// verify reports whether another document differs from this one in exactly
// the edits; if not, it returns where in this one it does not.
func (e *Edits) verify(edited *Document) (Span, bool) {
	c := comparison{e: e, now: edited.tree, ok: true}
	was, now := e.doc.tree, edited.tree
	switch {
	case len(was.Nodes) == 0 && len(now.Nodes) == 0:
	case len(was.Nodes) == 0:
		c.added(0, e.added[-1])
	case len(now.Nodes) == 0:
		c.ok = e.emptied[0]
	default:
		c.node(0, 0)
	}
	return c.at, c.ok && len(edited.tree.Duplicates) <= len(e.doc.tree.Duplicates)
}

// A comparison walks two documents at once.
type comparison struct {
	e   *Edits
	now *yamltree.Tree
	at  Span
	ok  bool
}

func (c *comparison) differ(i int32) {
	if c.ok {
		n := &c.e.doc.tree.Nodes[i]
		c.ok, c.at = false, n.Value
		if _, alias := c.e.doc.tree.Anchor(i); n.Key.Length > 0 && !alias {
			c.at = n.Key
		}
	}
}

// node compares node i of the old document, with its edits, to node j of the
// new one.
func (c *comparison) node(i, j int32) {
	was := c.e.doc.tree
	if v, ok := c.e.replaced[i]; ok {
		if !alike(v.tree, v.root(), c.now, j) {
			c.differ(i)
		}
		return
	}
	kind := was.Nodes[i].Kind
	switch {
	case len(c.e.added[i]) > 0:
		kind = Mapping
	case c.e.emptied[i] && (kind == Mapping || kind == Sequence) && c.now.Nodes[j].Kind == Null:
		return
	}
	switch {
	case kind != c.now.Nodes[j].Kind:
		c.differ(i)
	case kind == Scalar:
		if was.Text(i) != c.now.Text(j) || was.Nodes[i].Style.IsQuoted() != c.now.Nodes[j].Style.IsQuoted() {
			c.differ(i)
		}
	case kind == Mapping || kind == Sequence:
		c.members(i, j, kind)
	}
}

// members compares the members of two collections: those that stay, in order,
// and among them those that are new.
func (c *comparison) members(i, j int32, kind Kind) {
	was := c.e.doc.tree
	added := map[string]*entry{}
	for _, k := range c.e.added[i] {
		added[k.key] = k
	}
	old := int32(0)
	if was.Nodes[i].Kind == kind {
		old = was.First(i)
	}
	for k := c.now.First(j); k != 0 && c.ok; k = c.now.Nodes[k].Next {
		for old != 0 && c.goes(old) {
			old = was.Nodes[old].Next
		}
		if kind == Mapping {
			key := c.now.Key(k)
			if fresh := added[key]; fresh != nil && (old == 0 || c.key(old) != key) {
				c.entry(k, fresh)
				if !c.ok {
					c.at = was.Nodes[i].Value
				}
				delete(added, key)
				continue
			}
			if old == 0 || c.key(old) != key {
				c.differ(i)
				return
			}
		}
		if old == 0 {
			c.differ(i)
			return
		}
		c.node(old, k)
		old = was.Nodes[old].Next
	}
	for old != 0 && c.goes(old) {
		old = was.Nodes[old].Next
	}
	if old != 0 || len(added) > 0 {
		c.differ(i)
	}
}

// goes reports whether an old member is not expected: it was removed, or it
// was inherited and a new one of its name overrides it.
func (c *comparison) goes(old int32) bool {
	if c.e.removed[old] {
		return true
	}
	n := Node{c.e.doc, old}
	return len(c.e.added) > 0 && n.hasKey() && c.overridden(n)
}

func (c *comparison) overridden(n Node) bool {
	up, _ := n.Parent()
	for _, k := range c.e.added[up.i] {
		if k.key == n.Key() && n.Inherited() {
			return true
		}
	}
	return false
}

func (c *comparison) key(old int32) string {
	if name, ok := c.e.renamed[old]; ok {
		return name
	}
	return c.e.doc.tree.Key(old)
}

// added compares mapping j of the new document to entries that are all new.
func (c *comparison) added(j int32, list []*entry) {
	n := 0
	for k := c.now.First(j); k != 0 && c.ok; k = c.now.Nodes[k].Next {
		n++
		found := false
		for _, fresh := range list {
			if fresh.key == c.now.Key(k) {
				found = true
				c.entry(k, fresh)
			}
		}
		c.ok = c.ok && found
	}
	c.ok = c.ok && c.now.Nodes[j].Kind == Mapping && n == len(list)
}

func (c *comparison) entry(k int32, fresh *entry) {
	if len(fresh.kids) > 0 {
		c.added(k, fresh.kids)
		return
	}
	c.ok = c.ok && alike(fresh.value.tree, fresh.value.root(), c.now, k)
}

// alike reports whether two nodes hold the same. A scalar may be in
// quotes in one of them.
func alike(a *yamltree.Tree, i int32, b *yamltree.Tree, j int32) bool {
	x, y := &a.Nodes[i], &b.Nodes[j]
	if x.Kind != y.Kind {
		return false
	}
	if x.Kind == Scalar {
		return a.Text(i) == b.Text(j)
	}
	k, l := a.First(i), b.First(j)
	for k != 0 && l != 0 {
		if x.Kind == Mapping && a.Key(k) != b.Key(l) || !alike(a, k, b, l) {
			return false
		}
		k, l = a.Nodes[k].Next, b.Nodes[l].Next
	}
	return k == 0 && l == 0
}
