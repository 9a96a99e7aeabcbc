package yamledit

import (
	"strings"
	"unicode/utf8"
)

// A Comment is one comment of a document: a line of its own or behind a value.
type Comment struct {
	// Span is its place, from its # to the end of the line.
	Span Span
	// Alone is set if nothing else stands on the line.
	Alone bool
}

// An Anchor is a name for a value, with the places that use it.
type Anchor struct {
	Name string
	// Span is the place of the name with its ampersand.
	Span Span
	// Uses are the places of its aliases, merge keys too.
	Uses []Span
}

// Text returns the comment with its #.
func (c Comment) Text(d *Document) string { return d.src[c.Span.Offset:end(c.Span)] }

// Comments returns the comments of the document in order.
func (d *Document) Comments() []Comment {
	var out []Comment
	d.between(func(at Span, c byte) int {
		if c != '#' {
			return int(at.Offset) + 1
		}
		l := d.lines[at.Line-1]
		at.Length = int32(l.end) - at.Offset
		out = append(out, Comment{at, l.text == int(at.Offset)})
		return l.end
	})
	return out
}

// Anchors returns the anchors of the document in order. A name that is given
// twice is two anchors; an alias uses the last one above it.
func (d *Document) Anchors() []Anchor {
	var out []Anchor
	latest := map[string]int{}
	d.between(func(at Span, c byte) int {
		off := int(at.Offset)
		if c == '#' {
			return d.lines[at.Line-1].end
		}
		if c != '&' && c != '*' {
			return off + 1
		}
		size := strings.IndexAny(d.src[off:], " \t\r\n,[]{}")
		if size < 0 {
			size = len(d.src) - off
		}
		name := d.src[off+1 : off+size]
		at.Length = int32(size)
		if c == '&' {
			latest[name] = len(out)
			out = append(out, Anchor{Name: name, Span: at})
		} else if i, ok := latest[name]; ok {
			out[i].Uses = append(out[i].Uses, at)
		}
		return off + size
	})
	return out
}

// between calls see for every sign that stands outside of keys and scalars, as
// the first of a word, with its place. See returns where to go on.
func (d *Document) between(see func(at Span, c byte) int) {
	mark := 0
	for n, l := range d.lines {
		seen, column := l.start, 1
		placeOf := func(off int) Span {
			column += utf8.RuneCountInString(d.src[seen:off])
			seen = off
			return Span{Line: int32(n) + 1, Column: int32(column), Offset: int32(off)}
		}
		for off := l.start; off < l.end; {
			for mark < len(d.marks) && end(d.marks[mark]) <= off {
				mark++
			}
			if mark < len(d.marks) && int(d.marks[mark].Offset) <= off {
				m := d.marks[mark]
				// Behind the sign of a block scalar a comment may stand.
				if c := d.src[m.Offset]; int(m.Offset) == off && (c == '|' || c == '>') && end(m) > l.end {
					if i := strings.IndexByte(d.src[off:l.end], '#'); i > 0 && isBlank(d.src[off+i-1]) {
						see(placeOf(off+i), '#')
					}
				}
				off = end(m)
				continue
			}
			first := off == l.start || strings.IndexByte(" \t[{,", d.src[off-1]) >= 0
			if c := d.src[off]; first && (c == '#' || c == '&' || c == '*') {
				off = see(placeOf(off), c)
				continue
			}
			off++
		}
	}
}
