// Package systemd reads the text of units of systemd as systemd.syntax(7) has
// it: which lines are settings, and which words a setting is made of. It knows
// the byte at which each thing stands, so that faults have places and a unit
// can be edited.
package systemd

import (
	"iter"
	"strings"
)

const (
	blanks = " \t\r"
	bom    = "\uFEFF"
)

// IsUnit reports whether text is a unit or a part of one: its first line that
// is no comment names a section.
func IsUnit(text string) bool {
	for line := range strings.Lines(strings.TrimPrefix(text, bom)) {
		line = strings.TrimSpace(line)
		if line != "" && !isComment(line) {
			return line[0] == '[' && strings.HasSuffix(line, "]")
		}
	}
	return false
}

// A Setting is one assignment in a unit.
type Setting struct {
	// Section is the header above it, as it stands there: "[Service]".
	Section string
	Key     string
	// At is the byte of the key. The value is the bytes from From up to To:
	// what is behind the "=", with the lines that a backslash joins to it and
	// without the last line break.
	At, From, To int
}

// Settings returns the settings of a unit in their order. A line that is no
// setting is left out.
func Settings(text string) iter.Seq[Setting] {
	return func(yield func(Setting) bool) {
		section := ""
		for at := len(text) - len(strings.TrimPrefix(text, bom)); at < len(text); {
			at = len(text) - len(strings.TrimLeft(text[at:], blanks+"\n"))
			end := lineEnd(text, at)
			line := strings.TrimRight(text[at:end], blanks)
			if line == "" || isComment(line) {
				at = end
				continue
			}
			start, to := at, joinedEnd(text, end)
			at = to
			if line[0] == '[' {
				section = line
				continue
			}
			key, _, assigned := strings.Cut(line, "=")
			if !assigned {
				continue
			}
			if !yield(Setting{Section: section, Key: strings.TrimRight(key, blanks), At: start, From: start + len(key) + 1, To: to}) {
				return
			}
		}
	}
}

// isComment reports whether a line without blanks before it is a comment.
func isComment(line string) bool { return line != "" && (line[0] == '#' || line[0] == ';') }

func lineEnd(text string, from int) int {
	if n := strings.IndexByte(text[from:], '\n'); n >= 0 {
		return from + n
	}
	return len(text)
}

// joinedEnd is the end of the last of the lines that are one with the line that
// ends at end. A backslash that another one escapes joins nothing.
func joinedEnd(text string, end int) int {
	for end < len(text) {
		line := strings.TrimSuffix(text[:end], "\r")
		slashes := len(line) - len(strings.TrimRight(line, `\`))
		if slashes%2 == 0 {
			return end
		}
		n := joint(text, len(line)-1)
		end = lineEnd(text, len(line)-1+n)
	}
	return end
}

// joint returns how many bytes from i join two lines: a backslash, the line
// break and comments between. It is 0 if it is no such place.
func joint(text string, i int) int {
	var n int
	switch rest := text[i:]; {
	case strings.HasPrefix(rest, "\\\n"):
		n = 2
	case strings.HasPrefix(rest, "\\\r\n"):
		n = 3
	default:
		return 0
	}
	for {
		line := text[i+n : lineEnd(text, i+n)]
		if !isComment(strings.TrimLeft(line, blanks)) {
			return n
		}
		n = min(n+len(line)+1, len(text)-i)
	}
}
