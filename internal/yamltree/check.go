package yamltree

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// Limits bound what one document may cost. A field of 0 stands for its
// default.
type Limits struct {
	Bytes int // of source, 1 MiB
	Depth int // of collections, 64
	Nodes int // after aliases are expanded, 30,000
}

// Complete returns l with defaults in place of zeros.
func (l Limits) Complete() Limits {
	if l.Bytes == 0 {
		l.Bytes = 1 << 20
	}
	if l.Depth == 0 {
		l.Depth = 64
	}
	if l.Nodes == 0 {
		l.Nodes = 30000
	}
	return l
}

// A Fault is why a document was refused, without any of its text.
type Fault struct {
	Span         Span
	Reason, Hint string
}

// TooDeep is the fault of a document nested deeper than the limit.
func (l Limits) TooDeep(at Span) *Fault {
	return &Fault{Span: at, Reason: fmt.Sprintf("nested deeper than %d levels", l.Depth)}
}

// TooMany is the fault of a document of more nodes than the limit.
func (l Limits) TooMany(at Span) *Fault {
	return &Fault{Span: at, Reason: fmt.Sprintf("holds more than %d keys and values", l.Nodes), Hint: "aliases count each time they are used"}
}

// Check refuses text that is too long, not UTF-8, or holds characters that a
// YAML file must not hold or that editors count as line breaks where YAML
// does not agree with itself. ascii reports whether no character has more
// than one byte.
func Check(src string, l Limits) (ascii bool, fault *Fault) {
	l = l.Complete()
	if len(src) > l.Bytes {
		return false, &Fault{Span: Span{Line: 1, Column: 1}, Reason: fmt.Sprintf("larger than %d bytes", l.Bytes)}
	}
	if other := encoding(src); other != "" {
		return false, &Fault{Span: Span{Line: 1, Column: 1}, Reason: "text in " + other, Hint: "save the file as UTF-8"}
	}
	ascii = true
	for i := Start(src); i < len(src); {
		if i+8 <= len(src) && isClean(src[i:i+8]) {
			i += 8
			continue
		}
		c := src[i]
		if c >= ' ' && c < 0x7f || c == '\n' || c == '\t' || c == '\r' {
			i++
			continue
		}
		if c < utf8.RuneSelf {
			return false, &Fault{Span: spanAt(src, i, 1), Reason: fmt.Sprintf("control character U+%04X", c)}
		}
		r, n := utf8.DecodeRuneInString(src[i:])
		if reason := refused(r, n); reason != "" {
			return false, &Fault{Span: spanAt(src, i, n), Reason: reason, Hint: refusedHint(n)}
		}
		ascii = false
		i += n
	}
	return ascii, nil
}

// isClean reports whether eight bytes are printable ASCII, all at once: no byte
// is below a space, above a tilde or beyond ASCII.
func isClean(s string) bool {
	const ones = 0x0101010101010101
	x := uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24 |
		uint64(s[4])<<32 | uint64(s[5])<<40 | uint64(s[6])<<48 | uint64(s[7])<<56
	return (x|(x+ones)|(x-' '*ones)&^x)&(0x80*ones) == 0
}

func encoding(src string) string {
	switch {
	case strings.HasPrefix(src, "\xff\xfe\x00\x00"), strings.HasPrefix(src, "\x00\x00\xfe\xff"):
		return "UTF-32"
	case strings.HasPrefix(src, "\xff\xfe"), strings.HasPrefix(src, "\xfe\xff"):
		return "UTF-16"
	case len(src) < 4 || strings.Count(src[:4], "\x00") == 4:
		return ""
	case src[0] != 0 && src[1:4] == "\x00\x00\x00", src[3] != 0 && src[:3] == "\x00\x00\x00":
		return "UTF-32"
	case src[0] != 0 && src[1] == 0 && src[2] != 0 && src[3] == 0, src[0] == 0 && src[1] != 0 && src[2] == 0 && src[3] != 0:
		return "UTF-16"
	}
	return ""
}

func refused(r rune, n int) string {
	switch {
	case r == utf8.RuneError && n == 1:
		return "not valid UTF-8"
	case r == '\u0085', r == '\u2028', r == '\u2029':
		return fmt.Sprintf("line break U+%04X", r)
	case r < 0xA0:
		return fmt.Sprintf("control character U+%04X", r)
	case r == '\uFEFF':
		return "a byte order mark inside the text"
	case r&0xFFFE == 0xFFFE && r <= 0xFFFF:
		return fmt.Sprintf("no character: U+%04X", r)
	}
	return ""
}

func refusedHint(n int) string {
	if n == 1 {
		return "save the file as UTF-8"
	}
	return `write it as an escape in double quotes, or remove it`
}

// spanAt is for the rare case: it reads the source from the start.
func spanAt(src string, off, n int) Span {
	at := Span{Line: 1, Offset: int32(off), Length: int32(n)}
	start := Start(src)
	for i := start; i < off; i++ {
		if src[i] == '\n' || src[i] == '\r' && (i+1 == len(src) || src[i+1] != '\n') {
			at.Line++
			start = i + 1
		}
	}
	at.Column = int32(utf8.RuneCountInString(src[start:off])) + 1
	return at
}
