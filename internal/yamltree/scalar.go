package yamltree

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// maxKey is the longest key that is surely one: a parser that looks ahead
// 1,024 characters for the colon gives up after that.
const maxKey = 1000

// key finds the key at c: end is its end and colon its colon, which is -1
// where the line holds no key but may hold a scalar.
func (s *scanner) key(c int) (end int, style Style, colon int, ok bool) {
	switch s.src[c] {
	case '[', '{':
		return 0, Plain, -1, true
	case '"', '\'':
		end, style, ok = s.quoted(c)
		if !ok {
			return 0, Plain, 0, false
		}
		at := s.skip(end)
		if at == s.end || s.src[at] != ':' {
			return 0, Plain, -1, true
		}
		return end, style, at, end-c <= maxKey && (at+1 == s.end || s.src[at+1] == ' ')
	}
	if !s.plainStart(c) {
		return 0, Plain, 0, false
	}
	end, colon, ok = s.plain(c)
	return end, Plain, colon, ok && end-c <= maxKey && s.src[c:end] != "<<"
}

// plainStart reports whether a plain scalar surely begins at c.
func (s *scanner) plainStart(c int) bool {
	switch b := s.src[c]; b {
	case '-', ':':
		return c+1 < s.end && s.src[c+1] != ' ' && s.src[c+1] != '\t'
	case '/', '.', '_', '~', '+', '$', '(', ')', '<', '^', '=', ';', '\\':
		return true
	default:
		return b >= '0' && b <= '9' || b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b >= utf8.RuneSelf
	}
}

// plain finds the end of the plain scalar at c on this line, and the colon
// where it turns out to be a key, else -1.
func (s *scanner) plain(c int) (end, colon int, ok bool) {
	end, colon = c, -1
loop:
	for i := c; i < s.end; i++ {
		switch s.src[i] {
		case ' ':
			continue
		case '\t':
			return 0, 0, false
		case '#':
			if s.src[i-1] == ' ' {
				break loop
			}
		case ':':
			if i+1 == s.end || s.src[i+1] == ' ' {
				colon = i
				break loop
			}
		}
		end = i + 1
	}
	return end, colon, true
}

// quoted finds the end of the quoted scalar at c, which must be on this line.
func (s *scanner) quoted(c int) (end int, style Style, ok bool) {
	quote := s.src[c]
	style = Quoted
	for i := c + 1; i < s.end; i++ {
		switch b := s.src[i]; {
		case b == '\\' && quote == '"':
			style = OwnedQuoted
			i++
		case b == quote && quote == '\'' && i+1 < s.end && s.src[i+1] == quote:
			style = OwnedQuoted
			i++
		case b == quote:
			return i + 1, style, true
		}
	}
	return 0, Plain, false
}

// unquote returns the text of a quoted scalar of one line.
func unquote(s string) (string, bool) {
	quote, s := s[0], s[1:len(s)-1]
	if quote == '\'' {
		return strings.ReplaceAll(s, "''", "'"), true
	}
	b := make([]byte, 0, len(s))
	for i := 0; i < len(s); i++ {
		if s[i] != '\\' {
			b = append(b, s[i])
			continue
		}
		i++
		digits := 0
		switch s[i] {
		case 'x':
			digits = 2
		case 'u':
			digits = 4
		case 'U':
			digits = 8
		default:
			r, ok := escapes(s[i])
			if !ok {
				return "", false
			}
			b = utf8.AppendRune(b, r)
			continue
		}
		if i+digits >= len(s) {
			return "", false
		}
		r, err := strconv.ParseUint(s[i+1:i+1+digits], 16, 32)
		if err != nil || r > utf8.MaxRune || !utf8.ValidRune(rune(r)) {
			return "", false
		}
		b = utf8.AppendRune(b, rune(r))
		i += digits
	}
	return string(b), true
}

func escapes(c byte) (rune, bool) {
	switch c {
	case '0':
		return 0, true
	case 'a':
		return '\a', true
	case 'b':
		return '\b', true
	case 't':
		return '\t', true
	case 'n':
		return '\n', true
	case 'v':
		return '\v', true
	case 'f':
		return '\f', true
	case 'r':
		return '\r', true
	case 'e':
		return 0x1b, true
	case ' ', '"', '\\':
		return rune(c), true
	case 'N':
		return 0x85, true
	case '_':
		return 0xa0, true
	case 'L':
		return 0x2028, true
	case 'P':
		return 0x2029, true
	}
	return 0, false
}
