package yamledit

import (
	"slices"
	"strings"

	"github.com/strataconf/strata/yamlgen"
)

// longest is how wide a line may get before a new list stands on lines of its
// own.
const longest = 80

// additions adds the splices for all new entries.
func (e *Edits) additions() {
	for _, i := range sorted(e.added) {
		list := e.added[i]
		if i < 0 {
			e.addTo(spot{last: len(e.doc.lines), up: -1}, nil, list)
			continue
		}
		n := Node{e.doc, i}
		switch {
		case n.isFlow() && len(n.own()) == 0 && !n.inFlow() && n.hasKey():
			e.fill(n, list)
		case n.isFlow():
			e.addFlow(n, list)
		case n.Kind() == Null && n.inFlow():
			e.replaceNull(n, e.flowGroup(n, list))
		case n.Flow():
			e.refuse(n.Span(), "a mapping without braces in a list", "put braces around it")
		case n.Kind() == Null:
			e.fill(n, list)
		default:
			e.addBlock(n, list)
		}
	}
}

// inFlow reports whether the node stands inside of braces or brackets.
func (n Node) inFlow() bool {
	up, ok := n.Parent()
	return ok && up.Flow()
}

func (e *Edits) flowGroup(n Node, list []*entry) string {
	text := e.flowEntry(&entry{key: "x", kids: list}, n.Path(), e.isJSON())
	return text[strings.IndexByte(text, '{'):]
}

// A spot is where the entries of a block mapping stand.
type spot struct {
	indent      string
	first, last int    // its lines; a root's are all
	members     []Node // those that stay
	up          int    // column of its own key, -1 for the root
	spaced      bool   // blank lines stand between its members
}

// addBlock adds entries to a mapping in block style.
func (e *Edits) addBlock(n Node, list []*entry) {
	d := e.doc
	s := spot{last: len(d.lines), up: -1}
	all := n.own()
	s.indent = strings.Repeat(" ", d.column(int(n.Span().Offset)))
	for _, k := range all {
		if d.stand(k.at()) == odd {
			e.refuse(k.KeySpan(), "an entry that does not begin its line", "add the key by hand")
			return
		}
		s.indent = strings.Repeat(" ", d.column(k.at()))
		if !e.removed[k.i] {
			s.members = append(s.members, k)
		}
	}
	s.spaced = e.spaced(all)
	s.first = d.lineAt(int(n.Span().Offset))
	if _, ok := n.Parent(); ok {
		at := n.at()
		if at < 0 {
			e.refuse(n.Span(), "a group whose beginning is not clear", "add the key by hand")
			return
		}
		r := n.reach(at)
		s.first, s.last, s.up = r.first+1, r.tail, d.column(at)
	} else {
		s.first = 0
	}
	e.addTo(s, n.Path(), list)
}

// fill adds entries to a group of nothing: below its key.
func (e *Edits) fill(n Node, list []*entry) {
	d := e.doc
	if !n.hasKey() {
		if _, ok := n.Parent(); ok {
			e.refuse(n.Span(), "an item without a value", "add the key by hand")
			return
		}
		e.clear(n)
		e.addTo(spot{last: len(d.lines), up: -1}, nil, list)
		return
	}
	at := n.at()
	if d.stand(at) == odd || n.colon() == n.keyEnd() || d.lineAt(n.valueEnd()) != d.lineAt(at) {
		e.refuse(n.KeySpan(), "a group whose beginning is not clear", "add the key by hand")
		return
	}
	e.clear(n)
	r := n.reach(at)
	s := spot{first: r.first + 1, last: r.tail, up: d.column(at)}
	step := d.indentStep()
	// Keys that are turned off show how deep the group stands.
	for l := s.first; l < s.last; l++ {
		if d.lines[l].kind == comment {
			step = d.lines[l].column() - s.up
			break
		}
	}
	s.indent = strings.Repeat(" ", s.up+step)
	e.addTo(s, n.Path(), list)
}

// clear takes away what spells out a null or an empty mapping.
func (e *Edits) clear(n Node) {
	from, to := int(n.Span().Offset), end(n.Span())
	if from < to {
		for from > 0 && isBlank(e.doc.src[from-1]) {
			from--
		}
		e.cut(from, to)
	}
}

// addTo adds entries at their places in a block mapping.
func (e *Edits) addTo(s spot, path []string, list []*entry) {
	d := e.doc
	rank := e.ranks(path)
	gaps, greedy := s.spaced, -1
	for _, k := range e.order(path, list) {
		lines := e.blockEntry(k, path, s.indent)
		if l, ok := s.turnedOff(d, k.key); ok {
			e.addLines(l, lines, s)
			continue
		}
		after := predecessor(s.members, rank, rank(k.key))
		switch {
		case after >= 0:
			l := e.behind(s, after)
			open := greedy == l // a text above would take a blank line
			if e.greedy(k) && l < len(d.lines) && d.lines[l].kind == blank {
				for l < len(d.lines) && d.lines[l].kind == blank {
					l++
				}
			} else if gaps && !d.keeps(l) && !open {
				lines = append([]string{""}, lines...)
			}
			if e.greedy(k) {
				greedy = l
			}
			e.addLines(l, lines, s)
		case len(s.members) > 0 && (d.stand(s.members[0].at()) == compact || e.headed(s.members[0])):
			// In front of it there is no place, or one that a comment would
			// be torn from.
			if gaps {
				lines = append([]string{""}, lines...)
			}
			e.addLines(e.behind(s, 0), lines, s)
		case len(s.members) > 0:
			if gaps {
				lines = append(lines, "")
			}
			e.addLines(s.members[0].reach(s.members[0].at()).comments, lines, s)
		case s.up < 0:
			l := e.rootEnd()
			if l > 0 && d.lines[l-1].kind == comment {
				lines = append([]string{""}, lines...)
			}
			e.addLines(l, lines, s)
		default:
			e.addLines(s.first, lines, s)
		}
	}
}

// headed reports whether a comment stands right above a member that is not its
// own: whatever came between would look like what the comment is about.
func (e *Edits) headed(n Node) bool {
	r := n.reach(n.at())
	return r.comments == r.first && r.first > 0 && e.doc.lines[r.first-1].kind == comment
}

// greedy reports whether an entry ends in a text that would take blank lines
// behind it for its own.
func (e *Edits) greedy(k *entry) bool {
	for len(k.kids) > 0 {
		k = k.kids[len(k.kids)-1]
	}
	if k.moved == 0 {
		return false
	}
	n := Node{e.doc, k.moved}
	for n.Kind() == Mapping || n.Kind() == Sequence {
		members := n.own()
		if len(members) == 0 {
			return false
		}
		n = members[len(members)-1]
	}
	return n.Kind() == Scalar && e.doc.isKeeping(n.Span())
}

// behind returns the line behind a member and the deeper comments below it.
func (e *Edits) behind(s spot, after int) int {
	k := s.members[after]
	return k.reach(k.at()).tail
}

// rootEnd returns the line in front of the mark that ends the document.
func (e *Edits) rootEnd() int {
	d := e.doc
	for l := len(d.lines); l > 0; l-- {
		switch {
		case d.lines[l-1].kind != content:
		case strings.HasPrefix(d.src[d.lines[l-1].start:d.lines[l-1].end], "..."):
			return l - 1
		default:
			return len(d.lines)
		}
	}
	return len(d.lines)
}

// turnedOff returns the line behind the comment that turns a key of this
// mapping off, and behind what is turned off with it.
func (s spot) turnedOff(d *Document, key string) (int, bool) {
	indent := len(s.indent)
	found := -1
	var inside [][2]int
	for l := s.first; l < s.last; l++ {
		if d.lines[l].kind != comment {
			continue
		}
		text, ok := commentedKey(d.src[d.lines[l].text:d.lines[l].end], key)
		if !ok {
			continue
		}
		text += d.lines[l].column()
		if d.lines[l].column() != indent && (text < indent || text > indent+2) {
			continue
		}
		if inside == nil {
			inside = s.inside()
		}
		for len(inside) > 0 && inside[0][1] <= l {
			inside = inside[1:]
		}
		if len(inside) > 0 && inside[0][0] <= l {
			continue
		}
		found = l + 1
		for found < s.last && d.lines[found].kind == comment && continues(d, found, text) {
			found++
		}
	}
	return found, found >= 0
}

// continues reports whether a comment line is part of the entry that is turned
// off above it and whose key stands in a column.
func continues(d *Document, l, column int) bool {
	body := d.src[d.lines[l].text:d.lines[l].end]
	text := strings.TrimLeft(body, "#")
	rest := strings.TrimLeft(text, " \t")
	at := d.lines[l].column() + len(body) - len(rest)
	return rest != "" && (at > column || at == column && strings.HasPrefix(rest, "- "))
}

// inside returns the lines that belong to members, from and to, in order.
func (s spot) inside() [][2]int {
	out := make([][2]int, 0, len(s.members))
	for _, k := range s.members {
		r := k.reach(k.at())
		to := r.last
		if k.Kind() == Null || k.Kind() == Mapping {
			to = r.tail
		}
		out = append(out, [2]int{r.first, to})
	}
	return out
}

// spaced reports whether most members have a blank line in front of them.
func (e *Edits) spaced(members []Node) bool {
	blanks := 0
	for i, k := range members {
		if i == 0 {
			continue
		}
		l := e.doc.lineAt(k.at())
		for l > 0 && e.doc.lines[l-1].kind == comment {
			l--
		}
		if l > 0 && e.doc.lines[l-1].kind == blank {
			blanks++
		}
	}
	return 2*blanks > len(members)-1
}

// addLines inserts lines in front of a line.
func (e *Edits) addLines(l int, lines []string, s spot) {
	at := len(e.doc.src)
	if l < len(e.doc.lines) {
		at = e.doc.lines[l].start
	}
	text := strings.Join(lines, e.doc.brk) + e.doc.brk
	e.splices = append(e.splices, splice{from: at, to: at, text: text, lines: true, depth: len(s.indent)})
}

// blockEntry writes an entry as lines.
func (e *Edits) blockEntry(k *entry, path []string, indent string) []string {
	d := e.doc
	head := indent + yamlgen.Quote(k.key) + ":"
	if len(k.kids) > 0 {
		path = append(slices.Clone(path), k.key)
		out := []string{head}
		for _, kid := range e.order(path, k.kids) {
			out = append(out, e.blockEntry(kid, path, indent+strings.Repeat(" ", d.indentStep()))...)
		}
		return out
	}
	if k.moved != 0 {
		return e.movedLines(Node{d, k.moved}, head, len(indent))
	}
	text := k.value.flow()
	if text == "" {
		return []string{head}
	}
	if len(head)+1+len(text) <= longest || k.value.isEmpty(k.value.root()) {
		return []string{head + " " + text}
	}
	out := []string{head}
	dash := d.dashStep()
	deeper := d.indentStep()
	if k.value.kind() == Sequence {
		deeper = dash
	}
	for _, l := range k.value.block(k.value.root(), d.indentStep(), dash) {
		out = append(out, indent+strings.Repeat(" ", deeper)+l)
	}
	return out
}

// movedLines writes an entry that moves: its comments, its value as it stands,
// and what follows it on its last line, all shifted to another column.
func (e *Edits) movedLines(n Node, head string, column int) []string {
	d := e.doc
	at := n.at()
	if n.inFlow() || d.stand(at) == odd || n.colon() == n.keyEnd() {
		v := e.requestOf(n)
		return []string{strings.TrimRight(head+" "+v, " ")}
	}
	r := n.reach(at)
	shift := column - d.column(at)
	var out []string
	for l := r.comments; l < r.first; l++ {
		out = append(out, shifted(d.src[d.lines[l].start:d.lines[l].end], shift))
	}
	out = append(out, head+d.src[n.colon():d.lines[r.first].end])
	for l := r.first + 1; l < r.tail; l++ {
		out = append(out, shifted(d.src[d.lines[l].start:d.lines[l].end], shift))
	}
	return out
}

// requestOf returns the value of a node that moves, on one line.
func (e *Edits) requestOf(n Node) string {
	if n.Kind() == Null {
		return ""
	}
	return oneLine(n)
}

// shifted indents a line by some spaces more or fewer.
func shifted(text string, by int) string {
	switch {
	case strings.Trim(text, " \t") == "":
		return text
	case by >= 0:
		return strings.Repeat(" ", by) + text
	}
	return text[min(-by, len(text)-len(strings.TrimLeft(text, " "))):]
}
