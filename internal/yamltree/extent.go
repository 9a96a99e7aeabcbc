package yamltree

import (
	"strings"
	"unicode/utf8"
)

// Lines finds offsets and ends of values whose first character a full parser
// has placed. It is a cursor: asking for places in order is cheap.
type Lines struct {
	src    string
	ascii  bool
	starts []int32

	line, off int // the last place asked for
	col       int
}

// NewLines indexes the lines of a source; ascii is as [Check] reports it.
func NewLines(src string, ascii bool) *Lines {
	l := &Lines{src: src, ascii: ascii, starts: []int32{int32(Start(src))}}
	for i := Start(src); i < len(src); i++ {
		switch src[i] {
		case '\r':
			if i+1 < len(src) && src[i+1] == '\n' {
				i++
			}
		case '\n':
		default:
			continue
		}
		l.starts = append(l.starts, int32(i)+1)
	}
	return l
}

// Count returns the number of lines.
func (l *Lines) Count() int { return len(l.starts) }

// Line returns the text of a line, from 1, without its break.
func (l *Lines) Line(n int) string {
	from, to := int(l.starts[n-1]), len(l.src)
	if n < len(l.starts) {
		to = int(l.starts[n])
	}
	return strings.TrimRight(l.src[from:to], "\r\n")
}

// Offset returns the byte offset of a place; a column past the end of the
// source is its end.
func (l *Lines) Offset(line, col int) int {
	if line > len(l.starts) {
		return len(l.src)
	}
	line, col = max(line, 1), max(col, 1)
	start := int(l.starts[line-1])
	if l.ascii {
		return min(start+col-1, len(l.src))
	}
	// Long lines must not be walked from their start for every place on them.
	if line != l.line || col-1 < l.col-col {
		l.line, l.off, l.col = line, start, 1
	}
	for ; l.col < col && l.off < len(l.src); l.col++ {
		_, n := utf8.DecodeRuneInString(l.src[l.off:])
		l.off += n
	}
	for ; l.col > col; l.col-- {
		_, n := utf8.DecodeLastRuneInString(l.src[:l.off])
		l.off -= n
	}
	return l.off
}

// At returns the place of n bytes from off, which is on the line or below it.
func (l *Lines) At(line, off, n int) Span {
	line = min(max(line, 1), len(l.starts))
	for line < len(l.starts) && int(l.starts[line]) <= off {
		line++
	}
	start := int(l.starts[line-1])
	at := Span{Line: int32(line), Offset: int32(off), Length: int32(n)}
	if l.ascii {
		at.Column = int32(off-start) + 1
		return at
	}
	if line != l.line {
		l.line, l.off, l.col = line, start, 1
	}
	if off >= l.off {
		l.col += utf8.RuneCountInString(l.src[l.off:off])
	} else {
		l.col -= utf8.RuneCountInString(l.src[off:l.off])
	}
	l.off, at.Column = off, int32(l.col)
	return at
}

// Properties skips the anchor and the tag at off, and what stands between
// them and the value. It reports the end of the last property too, where an
// empty value stands, and whether one of them was a tag.
func (l *Lines) Properties(off int) (value, end int, tag bool) {
	value, end = off, off
	for value < len(l.src) && (l.src[value] == '&' || l.src[value] == '!') {
		tag = tag || l.src[value] == '!'
		end = value + l.word(value)
		value = l.space(end)
	}
	return value, end, tag
}

// word returns the length of a property. A comma or bracket ends a tag, as if
// it were always inside a flow collection.
func (l *Lines) word(off int) int {
	if l.src[off] == '&' {
		return l.AliasEnd(off) - off
	}
	if strings.HasPrefix(l.src[off:], "!<") {
		if i := strings.IndexByte(l.src[off:], '>'); i > 0 {
			return i + 1
		}
	}
	i := strings.IndexAny(l.src[off:], " \t\r\n,[]{}")
	if i < 0 {
		return len(l.src) - off
	}
	return i
}

// space skips white space, line breaks and comments.
func (l *Lines) space(off int) int {
	for off < len(l.src) {
		switch c := l.src[off]; {
		case c == ' ', c == '\t', c == '\n', c == '\r':
			off++
		case c == '#' && (off == 0 || strings.IndexByte(" \t\r\n", l.src[off-1]) >= 0 || off == Start(l.src)):
			off += lineLength(l.src[off:])
		default:
			return off
		}
	}
	return off
}

func lineLength(s string) int {
	if i := strings.IndexAny(s, "\r\n"); i >= 0 {
		return i
	}
	return len(s)
}

// AliasEnd returns the end of the alias or anchor at off.
func (l *Lines) AliasEnd(off int) int {
	off++
	for off < len(l.src) && (word(l.src[off]) && l.src[off] < utf8.RuneSelf || l.src[off] == '-') {
		off++
	}
	return off
}

// QuotedEnd returns the end of the scalar in quotes at off.
func (l *Lines) QuotedEnd(off int) int {
	quote := l.src[off]
	for i := off + 1; i < len(l.src); i++ {
		switch {
		case l.src[i] == '\\' && quote == '"':
			i++
		case l.src[i] == quote && quote == '\'' && i+1 < len(l.src) && l.src[i+1] == quote:
			i++
		case l.src[i] == quote:
			return i + 1
		}
	}
	return len(l.src)
}

// PlainEnd returns the end of the plain scalar at off. Its text decides, which
// is the source with each run of breaks folded.
func (l *Lines) PlainEnd(off int, text string) int {
	for i := 0; i < len(text) && off < len(l.src); {
		if gap := blanks(l.src[off:]); gap > 0 && strings.ContainsAny(l.src[off:off+gap], "\r\n") {
			// One break reads as a space, more of them as one break less.
			off += gap
			if text[i] == ' ' {
				i++
				continue
			}
			for i < len(text) && text[i] == '\n' {
				i++
			}
			continue
		}
		off++
		i++
	}
	return off
}

func blanks(s string) int {
	n := 0
	for n < len(s) && strings.IndexByte(" \t\r\n", s[n]) >= 0 {
		n++
	}
	return n
}

// ColonEnd returns the end of the colon that stands at off, behind white space
// if any; off itself if none does.
func (l *Lines) ColonEnd(off int) int {
	if at := l.space(off); at < len(l.src) && l.src[at] == ':' {
		return at + 1
	}
	return off
}

// FlowEnd returns the end of a flow collection, given the end of its last
// child or, for an empty one, the offset of its bracket.
func (l *Lines) FlowEnd(off int) int {
	for off = l.space(off); off < len(l.src); off = l.space(off) {
		c := l.src[off]
		off++
		if c == ']' || c == '}' {
			break
		}
	}
	return off
}

// BlockEnd returns the end of the block scalar whose header is at off. Where
// its last breaks are part of the text, they are part of the range.
func (l *Lines) BlockEnd(off int, text string, folded bool) int {
	end := off + lineLength(l.src[off:])
	body := strings.TrimRight(text, "\n")
	breaks := len(text) - len(body)
	if !folded {
		if body != "" {
			for range strings.Count(body, "\n") + 1 {
				end = l.lineEnd(end)
			}
		}
	} else {
		// Folded lines are joined, so only what is not blank can be counted.
		for rest := strings.Map(dropBlank, body); rest != "" && end < len(l.src); {
			from := end
			end = l.lineEnd(end)
			rest = rest[min(len(rest), len(strings.Map(dropBlank, l.src[from:end]))):]
		}
		// Lines of spaces alone are kept as they are.
		blank := body[len(strings.TrimRight(body, " \t\n")):]
		for range strings.Count(blank, "\n") {
			end = l.lineEnd(end)
		}
		if blank != "" && blank == body { // the first line is one of them
			end = l.lineEnd(end)
		}
	}
	if body == "" && breaks > 0 {
		breaks++ // the break of the header is not one of the text
	}
	for ; breaks > 1; breaks-- {
		end = l.lineEnd(end)
	}
	if breaks == 1 {
		end = next(l.src, end)
	}
	return end
}

// lineEnd returns the end of the line that follows the one that ends at off.
func (l *Lines) lineEnd(off int) int {
	off = next(l.src, off)
	return off + lineLength(l.src[off:])
}

func dropBlank(r rune) rune {
	if r == ' ' || r == '\t' || r == '\n' || r == '\r' {
		return -1
	}
	return r
}

// next returns the start of the line after off, which is the end of one.
func next(s string, off int) int {
	if strings.HasPrefix(s[off:], "\r\n") {
		return off + 2
	}
	return min(off+1, len(s))
}
