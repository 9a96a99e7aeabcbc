package yamltree

import (
	"strings"
	"unicode/utf8"
)

// Scan reads a document written in the plain style: block mappings and
// sequences, scalars and flow collections of one line, comments. It reports
// false for anything else, well formed or not, so that a full parser decides:
// where Scan accepts, it never disagrees with that parser. The text must have
// passed [Check], which also knows ascii.
func Scan(src *string, ascii bool, l Limits) (*Tree, *Fault, bool) {
	var room [16]frame
	s := scanner{src: *src, ascii: ascii, limits: l.Complete(), open: room[:0]}
	s.tree = New(src, min(countEntries(s.src)+4, s.limits.Nodes+1))
	s.crs = strings.IndexByte(s.src, '\r') >= 0
	if !s.lines() || s.marked && len(s.tree.Nodes) == 0 {
		if s.fault != nil {
			return nil, s.fault, true
		}
		return nil, nil, false
	}
	for len(s.open) > 0 {
		s.pop()
	}
	s.tree.checkAllKeys()
	return s.tree, nil, true
}

// countEntries counts the lines that may hold a node.
func countEntries(src string) int {
	n := 0
	for i := 0; i < len(src); {
		for i < len(src) && src[i] == ' ' {
			i++
		}
		if i < len(src) && src[i] != '#' && src[i] != '\n' && src[i] != '\r' {
			n++
		}
		end := strings.IndexByte(src[i:], '\n')
		if end < 0 {
			break
		}
		i += end + 1
	}
	return n
}

type scanner struct {
	src    string
	ascii  bool
	crs    bool // the source has carriage returns
	marked bool // a line --- opened the document
	limits Limits
	tree   *Tree
	fault  *Fault
	open   []frame

	line       int32
	start, end int // of the line, without its break

	seen     int // a place on the line, and its column
	seenCol  int32
	previous int // end of the last value
}

// A frame is one open collection.
type frame struct {
	node, last int32
	indent     int
	seq        bool
	// bare is a sequence at the indentation of its parent mapping.
	bare bool
	// pending tells that last has no value yet.
	pending bool
}

func (s *scanner) lines() bool {
	for pos := Start(s.src); pos < len(s.src); {
		next := len(s.src)
		if i := strings.IndexByte(s.src[pos:], '\n'); i >= 0 {
			next = pos + i + 1
		}
		s.line++
		s.start, s.end = pos, next
		if s.end > pos && s.src[s.end-1] == '\n' {
			s.end--
		}
		s.seen, s.seenCol = pos, 1
		if s.crs {
			if s.end > pos && s.src[s.end-1] == '\r' {
				s.end--
			}
			if strings.IndexByte(s.src[pos:s.end], '\r') >= 0 {
				return false
			}
		}
		c := pos
		for c < s.end && s.src[c] == ' ' {
			c++
		}
		if c < s.end && s.src[c] != '#' && !s.entry(c) {
			return false
		}
		pos = next
	}
	return true
}

// entry reads a line that is neither blank nor a comment, from its first
// character.
func (s *scanner) entry(c int) bool {
	if c == s.start && !s.marked && len(s.tree.Nodes) == 0 && strings.HasPrefix(s.src[c:s.end], "---") && s.blank(s.skip(c+3)) {
		s.marked = true
		return true
	}
	if c == s.start && (strings.HasPrefix(s.src[c:s.end], "---") || strings.HasPrefix(s.src[c:s.end], "...")) {
		return false
	}
	if len(s.tree.Nodes) == 0 && (s.src[c] == '[' || s.src[c] == '{') {
		return s.flowRoot(c)
	}
	for nested := false; ; nested = true {
		if s.dash(c) {
			if !s.place(c, true) || !s.add(Node{Value: s.span(c+1, 0)}) {
				return false
			}
			if c = s.skip(c + 1); s.blank(c) {
				return true
			}
			continue
		}
		key, style, colon, ok := s.key(c)
		switch {
		case !ok:
			return false
		case colon < 0:
			return nested && s.value(c)
		}
		if !s.place(c, false) {
			return false
		}
		n := Node{Key: s.span(c, key-c), KeyStyle: style, Value: s.span(colon+1, 0)}
		if !s.add(n) {
			return false
		}
		if style == Owned || style == OwnedQuoted {
			text, ok := unquote(s.src[c:key])
			if !ok {
				return false
			}
			s.tree.SetKeyText(s.top().last, text)
		}
		if c = s.skip(colon + 1); s.blank(c) {
			return true
		}
		return s.value(c)
	}
}

func (s *scanner) dash(c int) bool {
	return s.src[c] == '-' && (c+1 == s.end || s.src[c+1] == ' ')
}

func (s *scanner) skip(c int) int {
	for c < s.end && s.src[c] == ' ' {
		c++
	}
	return c
}

// blank reports whether nothing but a comment follows at c, after a space.
func (s *scanner) blank(c int) bool {
	return c >= s.end || s.src[c] == '#' && s.src[c-1] == ' '
}

func (s *scanner) top() *frame { return &s.open[len(s.open)-1] }

// place makes the collection that an entry at c belongs to the innermost open
// one: closes those that ended, opens one where a value is awaited.
func (s *scanner) place(c int, dash bool) bool {
	indent := c - s.start
	if len(s.open) == 0 {
		return len(s.tree.Nodes) == 0 && s.push(Node{}, indent, dash, false)
	}
	for {
		f := s.top()
		switch {
		case indent > f.indent:
			return f.pending && s.push(Node{}, indent, dash, false)
		case indent == f.indent && f.seq == dash:
			return true
		case indent == f.indent && dash:
			return f.pending && s.push(Node{}, indent, true, true)
		case indent == f.indent && !f.bare, len(s.open) == 1:
			return false
		}
		s.pop()
	}
}

// push opens a collection at the place of the value that the innermost one
// awaits, or as the root.
func (s *scanner) push(n Node, indent int, seq, bare bool) bool {
	if len(s.open) >= s.limits.Depth {
		s.fault = s.limits.TooDeep(s.span(s.start+indent, 1))
		return false
	}
	at := int32(0)
	if len(s.open) == 0 {
		at = s.tree.Add(n)
	} else {
		f := s.top()
		at, f.pending = f.last, false
	}
	node := &s.tree.Nodes[at]
	node.Kind, node.Value = Mapping, s.span(s.start+indent, 0)
	if seq {
		node.Kind = Sequence
	}
	s.open = append(s.open, frame{node: at, indent: indent, seq: seq, bare: bare})
	return true
}

func (s *scanner) pop() {
	n := &s.tree.Nodes[s.top().node]
	n.Value.Length = int32(s.previous) - n.Value.Offset
	s.open = s.open[:len(s.open)-1]
}

// add appends an entry without a value to the innermost collection.
func (s *scanner) add(n Node) bool {
	if len(s.tree.Nodes) >= s.limits.Nodes {
		s.fault = s.limits.TooMany(n.Value)
		return false
	}
	f := s.top()
	i := s.tree.Add(n)
	s.tree.Link(f.node, f.last, i)
	f.last, f.pending = i, true
	s.previous = int(n.Value.Offset)
	return true
}

// value reads the value at c of the last entry, up to the end of the line.
func (s *scanner) value(c int) bool {
	f := s.top()
	n := &s.tree.Nodes[f.last]
	f.pending = false
	switch s.src[c] {
	case '"', '\'':
		end, style, ok := s.quoted(c)
		if !ok || !s.blank(s.skip(end)) {
			return false
		}
		return s.set(f.last, c, end, style)
	case '[', '{':
		end, ok := s.flow(c, f.last, len(s.open))
		if !ok || !s.blank(s.skip(end)) {
			return false
		}
		s.previous = end
		return true
	}
	if !s.plainStart(c) {
		return false
	}
	end, colon, ok := s.plain(c)
	if !ok || colon >= 0 {
		return false
	}
	n.Value, n.Kind = s.span(c, end-c), Scalar
	text := s.src[c:end]
	if IsNull(text) {
		n.Kind = Null
	}
	s.previous = end
	return text != "<<"
}

// set makes node i the quoted scalar from c to end.
func (s *scanner) set(i int32, c, end int, style Style) bool {
	n := &s.tree.Nodes[i]
	n.Value, n.Kind, n.Style = s.span(c, end-c), Scalar, style
	s.previous = end
	if style == OwnedQuoted {
		text, ok := unquote(s.src[c:end])
		if !ok {
			return false
		}
		s.tree.SetText(i, text)
	}
	return true
}

// span is the place of n bytes of the line from off. Places are asked for
// from left to right, so that columns cost one pass over the line.
func (s *scanner) span(off, n int) Span {
	at := Span{Line: s.line, Offset: int32(off), Length: int32(n)}
	switch {
	case s.ascii:
		at.Column = int32(off-s.start) + 1
	case off < s.seen:
		at.Column = int32(utf8.RuneCountInString(s.src[s.start:off])) + 1
	default:
		s.seenCol += int32(utf8.RuneCountInString(s.src[s.seen:off]))
		s.seen, at.Column = off, s.seenCol
	}
	return at
}
