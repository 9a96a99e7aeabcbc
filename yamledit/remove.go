package yamledit

import "strings"

// stays reports whether a collection whose members all go has to stay: the
// root, and one that still holds comments.
func (e *Edits) stays(n Node) bool {
	if _, ok := n.Parent(); !ok {
		return true
	}
	if n.Flow() {
		return false
	}
	d := n.d
	at := n.at()
	if at < 0 {
		return true
	}
	whole := n.reach(at)
	covered := make([]bool, whole.tail-whole.first)
	for k := range n.Children() {
		if k.Inherited() || k.at() < 0 {
			return true
		}
		r := k.reach(k.at())
		for l := r.comments; l < r.tail; l++ {
			covered[l-whole.first] = true
		}
	}
	for l := whole.first + 1; l < whole.tail; l++ {
		if d.lines[l].kind == comment && !covered[l-whole.first] {
			return true
		}
	}
	return false
}

// removals adds the splices for all that goes. What goes inside of something
// that goes too needs none.
func (e *Edits) removals() {
	done := map[int32]bool{}
	for _, i := range sorted(e.removed) {
		up, _ := Node{e.doc, i}.Parent()
		if e.removed[up.i] || done[up.i] {
			continue
		}
		done[up.i] = true
		switch {
		case up.isFlow():
			e.removeFlow(up)
		case up.Flow():
			e.refuse(up.Span(), "a key of a mapping without braces in a list", "put braces around it")
		default:
			e.removeBlock(up)
		}
	}
}

// removeBlock removes the members that go from a collection in block style.
func (e *Edits) removeBlock(up Node) {
	d := e.doc
	skip := false // up to the first member that stays
	for k := range up.Children() {
		if !e.removed[k.i] {
			skip = false
			continue
		}
		if skip {
			continue
		}
		at := k.at()
		switch d.stand(at) {
		case odd:
			e.refuse(k.Span(), "an entry that does not begin its line", "remove it by hand")
		case alone:
			r := k.reach(at)
			e.cutLines(r.comments, r.tail)
		case compact:
			r := k.reach(at)
			if next, ok := e.survivor(up); ok && e.joined(up, next) {
				e.cut(at, next.at())
				skip = true
				continue
			}
			// The dash keeps its line, so that comments below stay in place.
			dash := at
			for d.src[dash-1] == ' ' {
				dash--
			}
			e.cut(dash, d.lines[r.first].end)
			e.cutLines(r.first+1, r.tail)
		}
	}
}

// survivor returns the first member that stays.
func (e *Edits) survivor(up Node) (Node, bool) {
	for k := range up.Children() {
		if !e.removed[k.i] && !k.Inherited() {
			return k, true
		}
	}
	return Node{}, false
}

// joined reports whether nothing but members that go and their comments stand
// in front of a member, so that it can move up behind the dash.
func (e *Edits) joined(up, next Node) bool {
	d := e.doc
	if next.at() < 0 || d.stand(next.at()) != alone {
		return false
	}
	line := d.lineAt(next.at())
	for k := range up.Children() {
		if k.i == next.i {
			break
		}
		r := k.reach(k.at())
		for l := r.tail; l < line && d.lines[l].kind != content; l++ {
			if d.lines[l].kind == comment {
				return false
			}
		}
	}
	return true
}

// cutLines removes whole lines, the last one excluded.
func (e *Edits) cutLines(first, last int) {
	if first >= last {
		return
	}
	e.splices = append(e.splices, splice{from: e.doc.lines[first].start, to: e.doc.lines[last-1].next, lines: true})
}

// cut removes a part of the text.
func (e *Edits) cut(from, to int) {
	e.splices = append(e.splices, splice{from: from, to: to})
}

// tidy joins cuts of lines that touch or have only blank lines between, and
// takes the blank lines behind a cut that has some in front of it too, but
// where something new stands at the cut and room is left around it.
func (e *Edits) tidy() {
	var out []splice
	for _, s := range e.splices {
		if last := len(out) - 1; last >= 0 && s.isCut() && out[last].isCut() && e.blankBetween(out[last].to, s.from) {
			out[last].to = max(out[last].to, s.to)
			continue
		}
		if last := len(out) - 1; last >= 0 && s.lines && out[last].isCut() && out[last].to == s.from && e.doc.keeps(e.doc.lineAt(out[last].from)) {
			s.text = strings.TrimPrefix(s.text, e.doc.brk)
		}
		out = append(out, s)
	}
	for i := range out {
		between := i > 0 && out[i-1].to == out[i].from || i+1 < len(out) && out[i+1].from == out[i].to
		if out[i].isCut() && (e.tight || !between) {
			e.closeGap(&out[i])
		}
	}
	e.splices = out
}

func (e *Edits) blankBetween(from, to int) bool {
	for l := e.doc.lineAt(from); from < to; l++ {
		if e.doc.lines[l].kind != blank {
			return false
		}
		from = e.doc.lines[l].next
	}
	return true
}

func (e *Edits) closeGap(s *splice) {
	lines := e.doc.lines
	first := e.doc.lineAt(s.from)
	last := len(lines)
	if s.to < len(e.doc.src) {
		last = e.doc.lineAt(s.to)
	}
	if last == len(lines) {
		for first > 0 && lines[first-1].kind == blank {
			first--
		}
		s.from = lines[first].start
		return
	}
	opens := first == 0 || e.doc.keeps(first) || lines[first-1].kind == blank ||
		lines[first-1].kind == content && lines[first-1].column() < lines[first].column()
	for opens && last < len(lines) && lines[last].kind == blank {
		s.to = lines[last].next
		last++
	}
}
