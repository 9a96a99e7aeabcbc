package yamledit

import (
	"cmp"
	"slices"
)

// plan settles what the edits mean together: which groups lose all they hold
// and what is added where.
func (e *Edits) plan() {
	for _, dup := range e.doc.tree.Duplicates {
		for _, i := range []int32{dup.First, dup.Second} {
			_, renamed := e.renamed[i]
			_, replaced := e.replaced[i]
			if e.removed[i] || renamed || replaced {
				e.refuse(e.doc.tree.Nodes[i].Key, "a key that is given twice", "keep one of the two")
			}
		}
	}
	for _, r := range e.requests {
		e.place(r)
	}
	e.cascade()
	for _, set := range [][]int32{sorted(e.removed), sorted(e.replaced), sorted(e.renamed), sorted(e.added)} {
		for _, i := range set {
			e.inside(i)
		}
	}
}

func sorted[V any](m map[int32]V) []int32 {
	out := make([]int32, 0, len(m))
	for i := range m {
		out = append(out, i)
	}
	slices.Sort(out)
	return out
}

// inside refuses an edit of a node below one that goes or gives way.
func (e *Edits) inside(i int32) {
	_, replaced := e.replaced[i]
	_, renamed := e.renamed[i]
	if i < 0 {
		return
	}
	n := Node{e.doc, i}
	if e.removed[i] && (replaced || renamed) {
		e.refuse(n.KeySpan(), "two edits of one value", "")
	}
	if len(e.added[i]) > 0 && replaced {
		e.refuse(n.KeySpan(), "two edits of one value", "")
	}
	for up, ok := n.Parent(); ok; up, ok = up.Parent() {
		if _, replaced := e.replaced[up.i]; replaced || e.removed[up.i] && !e.removed[i] {
			e.refuse(n.Span(), "an edit inside of a value that another edit takes away", "")
			return
		}
	}
}

// place finds where the first missing key of a request goes.
func (e *Edits) place(r request) {
	if r.from < 0 {
		e.add(-1, r, r.path)
		return
	}
	n := Node{e.doc, r.from}
	for depth, key := range r.path {
		if _, alias := n.Alias(); alias {
			e.refuse(n.Span(), "the group is an alias of one that is written elsewhere", "write the keys out, or edit the group where it is anchored")
			return
		}
		if n.Kind() == Null {
			e.add(n.i, r, r.path[depth:])
			return
		}
		if n.Kind() != Mapping {
			e.refuse(n.Span(), "a value where a group is needed", "")
			return
		}
		next, ok := e.member(n, key)
		if !ok {
			e.add(n.i, r, r.path[depth:])
			return
		}
		n = next
	}
	if !r.replace {
		e.refuse(n.KeySpan(), "the key is there already", "keep one of the two")
		return
	}
	for _, dup := range e.doc.tree.Duplicates {
		if dup.First == n.i {
			e.refuse(e.doc.tree.Nodes[dup.Second].Key, "a key that is given twice", "keep one of the two")
			return
		}
	}
	if _, twice := e.replaced[n.i]; twice {
		e.refuse(n.KeySpan(), "two edits of one value", "")
	}
	e.replaced[n.i] = r.value
}

// member returns the child of a mapping that has the key after all renames,
// and is written there.
func (e *Edits) member(n Node, key string) (Node, bool) {
	for k := range n.Children() {
		name := k.Key()
		if to, ok := e.renamed[k.i]; ok {
			name = to
		}
		if name == key && !e.removed[k.i] && !k.Inherited() {
			return k, true
		}
	}
	return Node{}, false
}

// add puts a request among the additions of a node.
func (e *Edits) add(to int32, r request, path []string) {
	list := e.added[to]
	at := &list
	for depth, key := range path {
		i := slices.IndexFunc(*at, func(k *entry) bool { return k.key == key })
		last := depth == len(path)-1
		if i >= 0 && (last || len((*at)[i].kids) == 0) {
			e.refuse(Span{}, "two edits of one value", "")
			return
		}
		if i < 0 {
			k := &entry{key: key}
			if last {
				k.value, k.moved = r.value, r.moved
			}
			*at = append(*at, k)
			i = len(*at) - 1
		}
		at = &(*at)[i].kids
	}
	e.added[to] = list
}

// cascade removes the collections that lose their last member, and marks those
// that have to stay.
func (e *Edits) cascade() {
	left := map[int32]int{} // members that stay
	n := func(up Node) (n int) {
		for range up.Children() {
			n++
		}
		return n
	}
	lost := func(i int32) (up Node, all bool) {
		up, ok := Node{e.doc, i}.Parent()
		if !ok || e.removed[up.i] || len(e.added[up.i]) > 0 {
			return up, false
		}
		if _, counted := left[up.i]; !counted {
			left[up.i] = n(up)
		}
		left[up.i]--
		return up, left[up.i] == 0
	}
	for _, i := range sorted(e.removed) {
		for up, all := lost(i); all; up, all = lost(up.i) {
			if e.stays(up) {
				e.emptied[up.i] = true
				break
			}
			e.removed[up.i] = true
		}
	}
}

// order returns entries in the order of their group.
func (e *Edits) order(path []string, list []*entry) []*entry {
	rank := e.ranks(path)
	list = slices.Clone(list)
	slices.SortStableFunc(list, func(a, b *entry) int { return cmp.Compare(rank(a.key), rank(b.key)) })
	return list
}

const unranked = 1 << 30

// ranks returns the place of each key in the order of its group.
func (e *Edits) ranks(path []string) func(string) int {
	if e.Order == nil {
		return func(string) int { return unranked }
	}
	rank := map[string]int{}
	for i, key := range e.Order(path) {
		rank[key] = i
	}
	return func(key string) int {
		if i, ok := rank[key]; ok {
			return i
		}
		return unranked
	}
}
