package yamledit

import (
	"slices"
	"strings"

	"github.com/strataconf/strata/yamlgen"
)

// begin returns where a member of a flow collection begins.
func (n Node) begin() int {
	if n.hasKey() {
		return int(n.KeySpan().Offset)
	}
	return int(n.Span().Offset)
}

// own returns the members that are written in a collection.
func (n Node) own() []Node {
	var out []Node
	for k := range n.Children() {
		if !k.Inherited() {
			out = append(out, k)
		}
	}
	return out
}

// comma returns the offset of the comma behind an offset, -1 if none follows.
func (d *Document) comma(off int) int {
	if off = d.space(off); off < len(d.src) && d.src[off] == ',' {
		return off
	}
	return -1
}

// ownsLine reports whether nothing stands in front of an offset on its line.
func (d *Document) ownsLine(off int) bool {
	return strings.Trim(d.src[d.lines[d.lineAt(off)].start:off], " \t") == ""
}

// endsLine returns the index of the line on which nothing but a comment
// stands behind an offset, and false if something else does.
func (d *Document) endsLine(off int) (int, bool) {
	l := d.lineAt(off)
	rest := strings.TrimLeft(d.src[off:d.lines[l].end], " \t")
	return l, rest == "" || rest[0] == '#'
}

// removeFlow removes the members that go from a collection in flow style.
func (e *Edits) removeFlow(up Node) {
	d, members := e.doc, up.own()
	last := -1 // the last member that stays
	for i, k := range members {
		if !e.removed[k.i] {
			last = i
		}
	}
	for i, k := range members {
		if !e.removed[k.i] {
			continue
		}
		from, to := k.begin(), k.valueEnd()
		comma := d.comma(to)
		if comma >= 0 {
			to = comma + 1
		}
		if l, ok := d.endsLine(to); ok && d.ownsLine(from) {
			e.cutLines(d.lineAt(from), l+1)
		} else if i < last || last < 0 {
			for to < len(d.src) && isBlank(d.src[to]) && (i+1 < len(members)) {
				to++
			}
			e.cut(from, to)
			continue
		} else if i == last+1 {
			// The comma in front goes with the first of those at the end.
			stop := members[len(members)-1].valueEnd()
			e.cut(members[last].valueEnd(), stop)
			return
		}
		if i == last+1 && last >= 0 && d.comma(members[len(members)-1].valueEnd()) < 0 && !e.extends(up, members[last]) {
			at := d.comma(members[last].valueEnd())
			e.cut(at, at+1)
		}
	}
}

// extends reports whether new entries follow the last member that stays.
func (e *Edits) extends(up, last Node) bool {
	rank := e.ranks(up.Path())
	members := e.staying(up)
	return slices.ContainsFunc(e.added[up.i], func(k *entry) bool {
		i := predecessor(members, rank, rank(k.key))
		return i >= 0 && members[i] == last
	})
}

// staying returns the members that are written in a collection and stay.
func (e *Edits) staying(up Node) []Node {
	return slices.DeleteFunc(up.own(), func(k Node) bool { return e.removed[k.i] })
}

// addFlow adds entries to a mapping in braces.
func (e *Edits) addFlow(up Node, list []*entry) {
	d := e.doc
	rank := e.ranks(up.Path())
	members := e.staying(up)
	open := int(up.Span().Offset)
	quote := len(members) > 0 && strings.HasPrefix(d.src[members[0].begin():], `"`)
	if len(members) == 0 {
		quote = e.isJSON()
	}
	groups := map[int][]string{} // by the index of the member that they follow
	for _, k := range e.order(up.Path(), list) {
		after := predecessor(members, rank, rank(k.key))
		groups[after] = append(groups[after], e.flowEntry(k, up.Path(), quote))
	}
	for after := -1; after < len(members); after++ {
		texts := groups[after]
		switch {
		case len(texts) == 0:
		case len(members) == 0:
			at := open + 1
			e.splice(at, at, strings.Join(texts, ", "))
		case after < 0:
			e.beforeFlow(members[0], texts)
		default:
			all := up.own()
			closed := after < len(members)-1 || d.comma(all[len(all)-1].valueEnd()) >= 0
			e.afterFlow(members[after], texts, closed)
		}
	}
}

// predecessor returns the index of the member that a new key of a rank comes
// behind, -1 for the front: the nearest that belongs before it, else the one
// in front of the nearest that belongs after it, else the last.
func predecessor(members []Node, rank func(string) int, of int) int {
	before, after := -1, -1
	for i, k := range members {
		r := rank(k.Key())
		switch {
		case r == unranked:
		case r <= of && (before < 0 || r >= rank(members[before].Key())):
			before = i
		case r > of && (after < 0 || r < rank(members[after].Key())):
			after = i
		}
	}
	switch {
	case of == unranked || before < 0 && after < 0:
		return len(members) - 1
	case before >= 0:
		return before
	}
	return after - 1
}

func (e *Edits) beforeFlow(k Node, texts []string) {
	at := k.begin()
	separator := ", "
	if e.doc.ownsLine(at) {
		separator = "," + e.doc.brk + e.doc.src[e.doc.lines[e.doc.lineAt(at)].start:at]
	}
	e.splice(at, at, strings.Join(texts, separator)+separator)
}

// afterFlow adds entries behind a member. The last of them gets a comma if it
// is to be closed by one.
func (e *Edits) afterFlow(k Node, texts []string, closed bool) {
	d := e.doc
	at := k.valueEnd()
	comma := d.comma(at)
	stop := at
	if comma >= 0 {
		stop = comma + 1
	}
	l, ends := d.endsLine(stop)
	if !ends || !d.ownsLine(k.begin()) {
		e.splice(at, at, ", "+strings.Join(texts, ", "))
		return
	}
	indent := d.src[d.lines[d.lineAt(k.begin())].start:k.begin()]
	text := indent + strings.Join(texts, ","+d.brk+indent)
	if comma < 0 {
		e.splice(at, at, ",")
	}
	if closed {
		text += ","
	}
	e.splices = append(e.splices, splice{from: d.lines[l].next, to: d.lines[l].next, text: text + d.brk, lines: true})
}

// flowEntry writes an entry on one line; quote says that keys and texts stand
// in double quotes, as in JSON.
func (e *Edits) flowEntry(k *entry, path []string, quote bool) string {
	key := yamlgen.Quote(k.key)
	if quote {
		key = likeKey(k.key, `"`)
	}
	if len(k.kids) == 0 {
		text := k.value.flow()
		switch {
		case quote:
			text = k.value.json(k.value.root())
		case text == "":
			text = "null"
		}
		return key + ": " + text
	}
	path = append(slices.Clone(path), k.key)
	var parts []string
	for _, kid := range e.order(path, k.kids) {
		parts = append(parts, e.flowEntry(kid, path, quote))
	}
	return key + ": {" + strings.Join(parts, ", ") + "}"
}

// isJSON reports whether the first key of the document stands in double quotes.
func (e *Edits) isJSON() bool {
	for n := range e.doc.All() {
		if n.hasKey() {
			return e.doc.src[n.begin()] == '"'
		}
	}
	return false
}
