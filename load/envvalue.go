package load

import (
	"slices"
	"strings"

	"github.com/strataconf/strata/option"
)

// An envValue is the reading of one value by the rules of systemd, see
// EnvironmentFile= in systemd.exec(5). A value is quoted parts one behind the
// other, then text without quotes, in which further quotes are characters.
type envValue struct {
	f      *envFile
	name   string
	quiet  bool // nobody wants the value, so how it reads does not matter
	broken bool
	text   strings.Builder
	first  option.Span // where it begins, without a length
	// How much of the text and of the source counts: white space at the end
	// does not.
	kept, end int
	told      []string
}

// value is the text that counts.
func (v *envValue) value() string { return v.text.String()[:v.kept] }

func (v *envValue) span() option.Span {
	at := v.first
	at.Length = int32(v.end) - at.Offset
	return at
}

// read reads the value at i and moves the file behind it.
func (v *envValue) read(i int) {
	src := v.f.text
	i = v.skip(i)
	v.first, v.end = v.f.span(i, i), i
	for quoted := false; i < len(src) && src[i] != '\n'; i = v.skip(i) {
		if quoted {
			v.behind(i)
		}
		switch src[i] {
		case '\'':
			i = v.single(i)
		case '"':
			i = v.double(i)
		default:
			i = v.plain(i)
			continue
		}
		quoted = true
		v.keep(i)
	}
	v.f.at = i
}

func (v *envValue) skip(i int) int {
	for i < len(v.f.text) && strings.IndexByte(blanks, v.f.text[i]) >= 0 {
		i++
	}
	return i
}

// keep says that all before i counts.
func (v *envValue) keep(i int) { v.kept, v.end = v.text.Len(), i }

// plain reads text without quotes, to the end of its line.
func (v *envValue) plain(i int) int {
	src, start := v.f.text, i
	for i < len(src) && src[i] != '\n' {
		c := src[i]
		switch {
		case c == '\\':
			v.dialect(i, "systemd drops a backslash outside of quotes, others keep it", "put the value in single quotes")
			if n := breakAt(src[i+1:]); n > 0 || i+1 == len(src) {
				i += 1 + n
				continue
			}
			i++
			v.text.WriteByte(src[i])
			v.keep(i + 1)
		case strings.IndexByte(blanks, c) >= 0:
			v.text.WriteByte(c)
		default:
			if c == '#' && (i == start || strings.IndexByte(blanks, src[i-1]) >= 0) {
				v.dialect(i, "to systemd this # and what is behind it are part of the value, to others a comment", "put a comment on a line of its own, and a value with # in quotes")
			}
			v.dollar(i)
			v.text.WriteByte(c)
			v.keep(i + 1)
		}
		i++
	}
	return i
}

// single reads what begins with a single quote.
func (v *envValue) single(i int) int {
	n := strings.IndexByte(v.f.text[i+1:], '\'')
	if n < 0 {
		return v.open(i)
	}
	v.text.WriteString(v.f.text[i+1 : i+1+n])
	return i + n + 2
}

// double reads what begins with a double quote.
func (v *envValue) double(i int) int {
	src, open := v.f.text, i
	if !closes(src[i+1:]) {
		return v.open(open)
	}
	for i++; src[i] != '"'; i++ {
		if src[i] != '\\' {
			v.dollar(i)
			v.text.WriteByte(src[i])
			continue
		}
		n := breakAt(src[i+1:])
		switch {
		case n > 0:
			v.dialect(i, "systemd joins the two lines, others keep the backslash or the line break", "write the value on one line")
			i += n
		case strings.IndexByte("\"\\`$", src[i+1]) >= 0:
			i++
			v.text.WriteByte(src[i])
		default:
			v.dialect(i, `systemd keeps a backslash here, others read an escape, as \n for a line break`, "put the value in single quotes if the backslash is meant")
			v.text.WriteByte('\\')
		}
	}
	return i + 1
}

// closes reports whether there is a double quote without a backslash.
func closes(text string) bool {
	for i := 0; i < len(text); i++ {
		switch text[i] {
		case '\\':
			i++
		case '"':
			return true
		}
	}
	return false
}

// open reports a quote at i that is not closed. Reading goes on in the next
// line: most likely the quote is missing in this one.
func (v *envValue) open(i int) int {
	v.broken = true
	v.f.fault(v.f.span(i, i+1), v.name, "a quote that is not closed", "")
	return v.f.lineEnd(i)
}

// behind warns of what stands behind a closing quote.
func (v *envValue) behind(i int) {
	if c := v.f.text[i]; c == '#' {
		v.dialect(i, "to systemd this # and what is behind it are part of the value, to others a comment", "put a comment on a line of its own")
		return
	}
	v.dialect(i, "to systemd what stands behind the closing quote is part of the value, others refuse it", "put the value in one pair of quotes")
}

// dollar warns of what some readers take for the name of another variable.
func (v *envValue) dollar(i int) {
	if rest := v.f.text[i:]; rest[0] != '$' || len(rest) < 2 || rest[1] != '{' && rest[1] != '(' && !isLetter(rest[1]) {
		return
	}
	v.dialect(i, "systemd keeps a dollar sign, others put the value of a variable in its place", "put the value in single quotes")
}

func isLetter(c byte) bool {
	return c == '_' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z'
}

// dialect warns of the value, of each thing once.
func (v *envValue) dialect(i int, reason, hint string) {
	if !v.quiet && !slices.Contains(v.told, reason) {
		v.told = append(v.told, reason)
		v.f.dialect(v.f.span(i, i+1), v.name, reason, hint)
	}
}

// breakAt returns the length of the line break that text begins with, or 0.
func breakAt(text string) int {
	switch {
	case strings.HasPrefix(text, "\n"):
		return 1
	case strings.HasPrefix(text, "\r\n"):
		return 2
	}
	return 0
}
