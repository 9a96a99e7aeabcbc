package yamltree

import "unicode/utf8"

// flowRoot reads a document that is one flow collection on one line, as JSON
// in a variable is.
func (s *scanner) flowRoot(c int) bool {
	if len(s.open) > 0 {
		return false
	}
	root := s.tree.Add(Node{})
	end, ok := s.flow(c, root, 0)
	return ok && s.blank(s.skip(end))
}

// flow reads the flow value at c into node i, inside depth collections, and
// returns its end. Anything unusual is not ours.
func (s *scanner) flow(c int, i int32, depth int) (end int, ok bool) {
	if c >= s.end {
		return 0, false
	}
	switch s.src[c] {
	case '[', '{':
		return s.flowCollection(c, i, depth)
	case '"', '\'':
		end, style, ok := s.quoted(c)
		return end, ok && s.set(i, c, end, style)
	}
	end, ok = s.flowPlain(c)
	if !ok {
		return 0, false
	}
	n := &s.tree.Nodes[i]
	n.Value, n.Kind = s.span(c, end-c), Scalar
	if IsNull(s.src[c:end]) {
		n.Kind = Null
	}
	return end, true
}

func (s *scanner) flowCollection(c int, i int32, depth int) (end int, ok bool) {
	start := s.span(c, 1)
	if depth >= s.limits.Depth {
		s.fault = s.limits.TooDeep(start)
		return 0, false
	}
	mapping, closing := false, byte(']')
	s.tree.Nodes[i].Kind = Sequence
	if s.src[c] == '{' {
		mapping, closing = true, '}'
		s.tree.Nodes[i].Kind = Mapping
	}
	s.tree.Nodes[i].Value = start
	c = s.skip(c + 1)
	for last := int32(0); ; {
		if c >= s.end {
			return 0, false
		}
		if s.src[c] == closing {
			s.tree.Nodes[i].Value.Length = int32(c) + 1 - start.Offset
			return c + 1, true
		}
		if len(s.tree.Nodes) >= s.limits.Nodes {
			s.fault = s.limits.TooMany(s.span(c, 1))
			return 0, false
		}
		child := s.tree.Add(Node{})
		s.tree.Link(i, last, child)
		last = child
		if mapping {
			if c, ok = s.flowKey(c, child); !ok {
				return 0, false
			}
		}
		if c, ok = s.flow(c, child, depth+1); !ok {
			return 0, false
		}
		c = s.skip(c)
		switch {
		case c >= s.end:
			return 0, false
		case s.src[c] == ',':
			c = s.skip(c + 1)
		case s.src[c] != closing:
			return 0, false
		}
	}
}

// flowKey reads the key at c of node i and returns the place of its value.
func (s *scanner) flowKey(c int, i int32) (value int, ok bool) {
	end, style := 0, Plain
	if s.src[c] == '"' || s.src[c] == '\'' {
		end, style, ok = s.quoted(c)
	} else {
		end, ok = s.flowPlain(c)
	}
	if !ok || end-c > maxKey || s.src[c:end] == "<<" {
		return 0, false
	}
	colon := s.skip(end)
	if colon >= s.end || s.src[colon] != ':' {
		return 0, false
	}
	if style == Plain && (colon+1 >= s.end || s.src[colon+1] != ' ') {
		return 0, false
	}
	s.tree.Nodes[i].Key, s.tree.Nodes[i].KeyStyle = s.span(c, end-c), style
	if style == OwnedQuoted {
		text, ok := unquote(s.src[c:end])
		if !ok {
			return 0, false
		}
		s.tree.SetKeyText(i, text)
	}
	return s.skip(colon + 1), true
}

// flowPlain finds the end of the plain scalar at c inside a flow collection.
func (s *scanner) flowPlain(c int) (end int, ok bool) {
	b := s.src[c]
	if b == '-' {
		// A dash needs a look at what follows; a letter or digit is safe.
		if c+1 >= s.end || !word(s.src[c+1]) {
			return 0, false
		}
	} else if !word(b) && b != '/' && b != '.' && b != '~' && b != '+' && b != '$' && b != '(' {
		return 0, false
	}
	end = c
	for i := c; i < s.end; i++ {
		switch s.src[i] {
		case ' ':
			continue
		case '\t', '?', '[', '{':
			return 0, false
		case '#':
			if s.src[i-1] == ' ' {
				return 0, false
			}
		case ',', ']', '}':
			return end, true
		case ':':
			switch {
			case i+1 >= s.end:
				return 0, false
			case s.src[i+1] == ' ':
				return end, true
			case !word(s.src[i+1]) && s.src[i+1] != '/':
				return 0, false
			}
		}
		end = i + 1
	}
	return 0, false
}

func word(b byte) bool {
	return b >= '0' && b <= '9' || b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b == '_' || b >= utf8.RuneSelf
}
