package yamledit

import (
	"slices"
	"strings"

	"github.com/strataconf/strata/internal/yamltree"
)

// A lineKind says what stands on a line.
type lineKind uint8

const (
	content lineKind = iota // also a line inside a scalar
	blank
	comment
)

// A line is one line of the source.
type line struct {
	start, text, end, next int // text is the first that is no blank, end excludes the break
	kind                   lineKind
}

// column returns the number of characters in front of the text of a line.
func (l line) column() int { return l.text - l.start }

// splitLines finds the lines of a source. A line inside one of the scalars
// is content, whatever it looks like.
func splitLines(src string, scalars []Span) []line {
	var lines []line
	for at := yamltree.Start(src); at < len(src); {
		l := line{start: at, end: len(src), next: len(src)}
		if i := strings.IndexAny(src[at:], "\r\n"); i >= 0 {
			l.end = at + i
			l.next = l.end + 1
			if strings.HasPrefix(src[l.end:], "\r\n") {
				l.next++
			}
		}
		l.text = l.end - len(strings.TrimLeft(src[l.start:l.end], " \t"))
		switch {
		case l.text == l.end:
			l.kind = blank
		case src[l.text] == '#':
			l.kind = comment
		}
		lines = append(lines, l)
		at = l.next
	}
	n := 0
	for _, s := range scalars {
		from, to := int(s.Offset), int(s.Offset+s.Length)
		for n < len(lines) && lines[n].next <= from {
			n++
		}
		for k := n + 1; k < len(lines) && lines[k].start < to; k++ {
			lines[k].kind = content
		}
	}
	return lines
}

// lineAt returns the index of the line that holds an offset; the end of the
// source belongs to the last one.
func (d *Document) lineAt(off int) int {
	i, found := slices.BinarySearchFunc(d.lines, off, func(l line, off int) int { return l.start - off })
	if !found {
		i--
	}
	return max(i, 0)
}

// scalars returns the places of all keys and scalars that are written out, in
// order.
func scalars(t *yamltree.Tree) []Span {
	out := make([]Span, 0, 2*len(t.Nodes))
	for i := range t.Nodes {
		n := &t.Nodes[i]
		if n.Key.Length > 0 {
			out = append(out, n.Key)
		}
		if _, alias := t.Anchor(int32(i)); n.Kind == yamltree.Scalar && !alias && n.Value.Length > 0 {
			out = append(out, n.Value)
		}
	}
	if !slices.IsSortedFunc(out, byOffset) {
		slices.SortFunc(out, byOffset)
	}
	return out
}

func byOffset(a, b Span) int { return int(a.Offset - b.Offset) }
