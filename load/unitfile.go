package load

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/strataconf/strata/option"
)

// isUnit reports whether text is a unit of systemd or a part of one: its
// first line that is no comment names a section.
func isUnit(text string) bool {
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		if line != "" && line[0] != '#' && line[0] != ';' {
			return line[0] == '[' && strings.HasSuffix(line, "]")
		}
	}
	return false
}

// unit reads the Environment= lines of the service, see systemd.syntax(7).
func (f *envFile) unit() {
	service := false
	for f.at < len(f.text) && len(f.problems) < mostEnvProblems {
		start := f.at + len(f.text[f.at:]) - len(strings.TrimLeft(f.text[f.at:], blanks+"\n"))
		end := f.lineEnd(start)
		line := strings.TrimRight(f.text[start:end], blanks)
		f.at = end
		switch {
		case line == "" || line[0] == '#' || line[0] == ';':
			continue
		case line[0] == '[':
			service = line == "[Service]"
			continue
		}
		key, _, _ := strings.Cut(line, "=")
		at, w := start+len(key)+1, unitWords{f: f}
		switch key = strings.TrimRight(key, blanks); {
		case !service || at > start+len(line):
			w.discard = true
		case key == "Environment":
			if w.rest(at) == "" {
				f.vars = nil
			}
		case key == "EnvironmentFile", key == "PassEnvironment", key == "UnsetEnvironment":
			f.dialect(f.span(start, start+len(key)), "", key+"= is not obeyed", "read a file that it names too, beside this one")
			w.discard = true
		default:
			w.discard = true
		}
		w.read(min(at, end))
	}
}

// unitWords is the reading of one list of NAME=value words.
type unitWords struct {
	f       *envFile
	discard bool
}

// rest is what a line has behind at, if it does not go on.
func (w *unitWords) rest(at int) string { return strings.Trim(w.f.text[at:w.f.lineEnd(at)], blanks) }

// read reads the words from i to the end of the line, or of the last of the
// lines that a backslash joins.
func (w *unitWords) read(i int) {
	src := w.f.text
	for i < len(src) && src[i] != '\n' {
		switch n := w.joined(i); {
		case n > 0:
			i += n
		case strings.IndexByte(blanks, src[i]) >= 0:
			i++
		case w.discard:
			_, size := utf8.DecodeRuneInString(src[i:])
			i += size
		default:
			i = w.word(i)
		}
	}
	w.f.at = i
}

// joined returns how many bytes from i join two lines: a backslash, the line
// break and comments between. It is 0 if it is no such place.
func (w *unitWords) joined(i int) int {
	src := w.f.text
	if src[i] != '\\' {
		return 0
	}
	n := breakAt(src[i+1:])
	if n == 0 {
		return 0
	}
	for n++; i+n < len(src); {
		line := src[i+n : w.f.lineEnd(i+n)]
		if text := strings.TrimLeft(line, blanks); text == "" || text[0] != '#' && text[0] != ';' {
			break
		}
		n = min(n+len(line)+1, len(src)-i)
	}
	return n
}

// word reads NAME=value, of which any part may be quoted.
func (w *unitWords) word(i int) int {
	src, start := w.f.text, i
	var text strings.Builder
	var quote byte
	nameEnd, valueAt, opened := -1, i, 0
	fault := func(at, n int, reason, hint string) int {
		w.f.fault(w.f.span(at, at+n), "", reason, hint)
		w.discard = true // systemd leaves out the rest of the line too
		return at
	}
	end := i
	for i < len(src) {
		c := src[i]
		if n := w.joined(i); n > 0 {
			if quote == 0 {
				break
			}
			text.WriteByte(' ')
			i += n
			end = i
			continue
		}
		switch {
		case c == '\n', quote == 0 && strings.IndexByte(blanks, c) >= 0:
			if quote != 0 {
				return fault(opened, 1, "a quote that is not closed", "") + 1
			}
		case c == quote:
			quote = 0
			i++
			if nameEnd >= 0 && opened >= valueAt {
				end = i // a quote that opened before the name is not the value's
			}
			continue
		case quote == 0 && (c == '"' || c == '\''):
			quote, opened = c, i
			i++
			continue
		case c == '\\':
			unescaped, n := unescape(src[i:])
			if n == 0 {
				return fault(i, 1, "not an escape of a unit", `write \\ for a backslash`) + 1
			}
			text.WriteString(unescaped)
			i += n
			end = i
			continue
		case c == '%':
			if strings.HasPrefix(src[i+1:], "%") {
				i++
			} else {
				w.f.dialect(w.f.span(i, i+1), "", "systemd puts something of its own in the place of what begins with %, which is not done here", "write %% for a percent sign")
			}
			fallthrough
		default:
			text.WriteByte(c)
			i++
			end = i
			if c == '=' && nameEnd < 0 {
				nameEnd, valueAt = text.Len()-1, i
			}
			continue
		}
		break
	}
	if quote != 0 {
		return fault(opened, 1, "a quote that is not closed", "") + 1
	}
	if nameEnd < 0 {
		w.f.dialect(w.f.span(start, i), "", "a word without = sets nothing", "write NAME=value, in quotes if it has spaces")
		return i
	}
	name, value := text.String()[:nameEnd], text.String()[nameEnd+1:]
	if w.f.checkName(w.f.span(start, valueAt-1), name) {
		end = max(end, valueAt)
		w.f.vars = append(w.f.vars, Variable{Name: name, Value: option.RawText(value), In: w.f.name, Span: w.f.span(valueAt, end)})
	}
	return i
}

// unescape resolves the escape that text begins with, and returns its length,
// 0 if it is none.
func unescape(text string) (string, int) {
	if len(text) < 2 {
		return "", 0
	}
	if at := strings.IndexByte(`abfnrtvs\"'`, text[1]); at >= 0 {
		return "\a\b\f\n\r\t\v \\\"'"[at : at+1], 2
	}
	digits, base := 3, 8
	from := 1
	switch text[1] {
	case 'x':
		digits, base, from = 2, 16, 2
	case 'u':
		digits, base, from = 4, 16, 2
	case 'U':
		digits, base, from = 8, 16, 2
	}
	if len(text) < from+digits {
		return "", 0
	}
	n, err := strconv.ParseUint(text[from:from+digits], base, 32)
	switch {
	case err != nil || n == 0 || n > utf8.MaxRune || digits == 3 && n > 255:
		return "", 0
	case digits < 4:
		return string([]byte{byte(n)}), from + digits
	}
	return string(rune(n)), from + digits
}
