package option

import (
	"cmp"
	"slices"
)

// order sorts rows into catalog order and lists the groups in use.
func (b *builder) order(rows []*Option, groups []*Group) {
	rank := map[*Group]int{nil: 0}
	note := func(g *Group) {
		if _, known := rank[g]; !known {
			rank[g] = len(rank)
			b.c.groups = append(b.c.groups, g)
		}
	}
	for _, g := range groups {
		note(g)
	}
	var up func(*Group)
	up = func(g *Group) {
		if g != nil {
			up(g.Parent)
			note(g)
		}
	}
	// Rows of one group follow one another in their table, so a group is asked
	// for once a run.
	inOrder, last := true, 0
	for i, o := range rows {
		if i > 0 && o.Group == rows[i-1].Group {
			continue
		}
		if tooDeep(o.Group) {
			b.fault(o, "its group has more than %d above it, or is its own ancestor", maxDepth)
			o.Group = nil
		}
		up(o.Group)
		inOrder = inOrder && last <= rank[o.Group]
		last = rank[o.Group]
	}
	if inOrder {
		return
	}
	type ranked struct {
		rank int
		*Option
	}
	sorted := make([]ranked, len(rows))
	for i, o := range rows {
		sorted[i] = ranked{rank[o.Group], o}
	}
	slices.SortStableFunc(sorted, func(x, y ranked) int { return cmp.Compare(x.rank, y.rank) })
	for i := range sorted {
		rows[i] = sorted[i].Option
	}
}

// tooDeep reports whether more groups stand above one than may; a group that is
// its own ancestor has no end of them.
func tooDeep(g *Group) bool {
	for depth := 0; g != nil; g, depth = g.Parent, depth+1 {
		if depth > maxDepth {
			return true
		}
	}
	return false
}
