package yamledit

import (
	"strings"
)

// replacements adds the splices for new values and new keys.
func (e *Edits) replacements() {
	for _, i := range sorted(e.renamed) {
		n := Node{e.doc, i}
		at := n.KeySpan()
		old := e.doc.src[at.Offset:end(at)]
		if old == "" || old[0] == '*' {
			e.refuse(at, "a key that is empty or an alias", "rename it by hand")
			continue
		}
		e.splice(int(at.Offset), end(at), likeKey(e.renamed[i], old))
	}
	for _, i := range sorted(e.replaced) {
		e.replace(Node{e.doc, i}, e.replaced[i])
	}
}

// replace writes a value over another.
func (e *Edits) replace(n Node, v value) {
	d := e.doc
	from, to := int(n.Span().Offset), end(n.Span())
	if _, alias := n.Alias(); !alias && alike(d.tree, n.i, v.tree, v.root()) {
		return // however it is written
	}
	switch {
	case n.Kind() == Null:
		e.replaceNull(n, v.flow())
	case (n.Kind() == Mapping || n.Kind() == Sequence) && !n.isFlow():
		if n.Flow() {
			e.splice(from, to, "{"+v.flow()+"}")
			return
		}
		e.replaceBlock(n, v)
	case n.Kind() == Scalar && from == to: // behind the tag of an empty text
		e.splice(from, to, " "+v.flow())
	case n.Kind() == Scalar && (d.src[from] == '|' || d.src[from] == '>'):
		e.replaceText(n, v)
	default:
		old := ""
		if n.Kind() == Scalar {
			old = d.src[from:to]
		}
		e.splice(from, to, v.like(old))
	}
}

// replaceNull writes a value where there is none, or over what spells a null.
func (e *Edits) replaceNull(n Node, text string) {
	at := n.valueEnd()
	switch {
	case n.Span().Length > 0:
		e.splice(int(n.Span().Offset), end(n.Span()), text)
	case text == "":
	case n.hasKey() && n.colon() > n.keyEnd():
		e.splice(at, at, " "+text)
	case !n.hasKey() && n.at() >= 0 && !n.Flow():
		e.splice(n.at()+1, n.at()+1, " "+text)
	default:
		e.refuse(n.Span(), "no place for a value", "write it by hand")
	}
}

// replaceText writes a value over a block scalar. A comment behind its sign
// stays.
func (e *Edits) replaceText(n Node, v value) {
	d := e.doc
	from, to := int(n.Span().Offset), end(n.Span())
	l := d.lineAt(from)
	sign := from
	for sign < d.lines[l].end && !isBlank(d.src[sign]) {
		sign++
	}
	e.splice(from, sign, v.flow())
	last := d.lineAt(to)
	if to == d.lines[last].start {
		last--
	}
	e.cutBody(l+1, last+1)
}

// cutBody removes the lines of a value, and nothing else.
func (e *Edits) cutBody(first, last int) {
	if first < last {
		e.splices = append(e.splices, splice{from: e.doc.lines[first].start, to: e.doc.lines[last-1].next, lines: true, exact: true})
	}
}

// replaceBlock writes a value over a collection in block style.
func (e *Edits) replaceBlock(n Node, v value) {
	d := e.doc
	if n.Kind() == Sequence && v.kind() == Sequence && !v.isEmpty(v.root()) && e.replaceItems(n, v) {
		return
	}
	from, to := int(n.Span().Offset), end(n.Span())
	last := d.lineAt(to)
	if to > from && to == d.lines[last].start {
		last--
	}
	stop := d.lines[last].end
	first := d.lineAt(from)
	if n.hasKey() && first > d.lineAt(n.keyEnd()) && d.gap(n.keyEnd(), true) == from {
		e.splice(n.colon(), n.colon(), strings.TrimRight(" "+v.flow(), " "))
		e.cutBody(d.lineAt(n.colon())+1, last+1)
		return
	}
	if d.stand(from) == alone && n.hasKey() {
		e.refuse(n.Span(), "a group behind an anchor", "write it by hand")
		return
	}
	e.splice(from, stop, v.flow())
}

// replaceItems writes a list over another, in block style, item by item: those
// at the front and at the end that stay the same keep their lines.
func (e *Edits) replaceItems(n Node, v value) bool {
	d := e.doc
	var fresh []int32
	for k := v.tree.First(v.root()); k != 0; k = v.tree.Nodes[k].Next {
		fresh = append(fresh, k)
	}
	old := n.own()
	for _, k := range old {
		at := k.at()
		if at < 0 || d.stand(at) != alone || d.column(at) != d.column(old[0].at()) {
			return false
		}
	}
	same := func(k Node, i int32) bool { return alike(d.tree, k.i, v.tree, i) }
	head := 0
	for head < len(old) && head < len(fresh) && same(old[head], fresh[head]) {
		head++
	}
	tail := 0
	for tail < len(old)-head && tail < len(fresh)-head && same(old[len(old)-1-tail], fresh[len(fresh)-1-tail]) {
		tail++
	}
	gone, come := old[head:len(old)-tail], fresh[head:len(fresh)-tail]
	indent := strings.Repeat(" ", d.column(old[0].at()))
	pairs := min(len(gone), len(come))
	for i := range pairs {
		k := gone[i]
		if k.Kind() == Scalar && v.isEmpty(come[i]) && d.lineAt(int(k.Span().Offset)) == d.lineAt(end(k.Span())) {
			e.splice(int(k.Span().Offset), end(k.Span()), v.part(come[i]).like(d.src[k.Span().Offset:end(k.Span())]))
			continue
		}
		r := k.reach(k.at())
		e.cutBody(r.first, r.last)
		e.itemLines(r.first, v, come[i:i+1], indent)
	}
	for _, k := range gone[pairs:] {
		r := k.reach(k.at())
		e.cutBody(r.comments, r.tail)
	}
	if len(come) > pairs {
		l := old[0].reach(old[0].at()).first
		if at := head + pairs; at > 0 {
			l = old[at-1].reach(old[at-1].at()).last
		}
		e.itemLines(l, v, come[pairs:], indent)
	}
	return true
}

// itemLines adds items in front of a line.
func (e *Edits) itemLines(l int, v value, items []int32, indent string) {
	var lines []string
	for _, i := range items {
		for k, text := range v.part(i).item(e.doc) {
			if k > 0 {
				text = "  " + text
			}
			lines = append(lines, indent+text)
		}
	}
	e.addLines(l, lines, spot{indent: indent})
}

// part is a value inside of another.
func (v value) part(i int32) value {
	part, fault := parseValue(v.raw(i))
	if fault != nil {
		return v
	}
	return part
}

// item returns the lines of a value as an item of a list, all but the first
// without the two characters of its dash.
func (v value) item(d *Document) []string {
	if v.isEmpty(v.root()) {
		return []string{strings.TrimRight("- "+v.flow(), " ")}
	}
	lines := v.block(v.root(), d.indentStep(), d.dashStep())
	lines[0] = "- " + lines[0]
	return lines
}
