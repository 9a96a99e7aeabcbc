package migrate

import (
	"path"
	"strings"

	"github.com/strataconf/strata/option"
)

// A word is one argument of a command in a text.
type word struct {
	text    string
	at      span // of the text, without quotes
	literal bool // it stands there as it is
	entry   span // of all that is the word
	write   func(text string) (string, bool)
}

// ownCommand reports whether words are a command of the program, or the flags
// of one.
func (m *Migration) ownCommand(words []word) bool {
	return len(words) > 0 && path.Base(words[0].text) == m.catalog.Program()
}

// flagSites finds the flags of the catalog in a command.
func (m *Migration) flagSites(words []word, scope int, p *places) (out []site) {
	for i := 0; i < len(words); i++ {
		w := words[i]
		if w.text == "--" {
			break
		}
		typed, text, joined := strings.Cut(w.text, "=")
		name, noValue, known := m.flag(typed)
		if !known {
			continue
		}
		s := site{
			scope: scope, source: option.SourceFlag, name: name, text: text, write: w.write, entry: w.entry,
			at: span{w.at.from, w.at.from + len(typed)},
		}
		switch {
		case len(typed) > 2 && typed[1] != '-':
			s.fixed = "one-letter flags written together, or with a value"
		case !w.literal:
			s.fixed = "the flag is written with quotes or escapes inside"
		case joined:
			s.value = span{w.at.from + len(typed) + 1, w.at.to}
		case noValue:
			s.text, s.bare, s.joint = "true", true, "="
			s.value = span{w.at.to, w.at.to}
		case i+1 < len(words) && (words[i+1].text == "-" || !strings.HasPrefix(words[i+1].text, "-")):
			i++
			next := words[i]
			s.text, s.write = next.text, next.write
			if s.value = next.at; !next.literal {
				s.write = nil
			}
			if !s.entry.empty() && !next.entry.empty() && s.entry.to <= next.entry.from {
				s.entry.to = next.entry.to
			} else {
				s.entry = span{}
			}
		default:
			s.fixed = "its value is missing"
		}
		if s.at.to > s.at.from+len(typed) || s.fixed != "" {
			s.at.to = min(s.at.to, w.at.to)
		}
		s.place = p.span(s.at)
		out = append(out, s)
	}
	return out
}

// flag returns the long name of a flag as typed, whether it stands without a
// value, and whether the catalog has it.
func (m *Migration) flag(typed string) (name string, noValue, known bool) {
	if long, ok := strings.CutPrefix(typed, "--"); ok {
		if o := m.catalog.ByFlag(long); o != nil {
			return typed, o.Value.Traits().NoValue, true
		}
		if m.catalog.ByFileFlag(long) != nil {
			return typed, false, true
		}
		if made := m.old[option.SourceFlag][typed]; made != nil {
			return typed, made.to[0].option.Value.Traits().NoValue, true
		}
		return "", false, false
	}
	if len(typed) < 2 || typed[0] != '-' {
		return "", false, false
	}
	if o := m.catalog.ByShort(typed[1:2]); o != nil {
		if len(typed) > 2 { // written together: found if one of them is old
			for _, c := range typed[1:] {
				if made := m.short[string(c)]; made != nil {
					return "--" + made.from[0].flag, false, true
				}
				if short := m.catalog.ByShort(string(c)); short == nil || !short.Value.Traits().NoValue {
					break
				}
			}
			return "", false, false
		}
		return "--" + o.Flag, o.Value.Traits().NoValue, true
	}
	return "", false, false
}

// arguments are the flags among the words of a command, for a reader of argv.
func arguments(words []word) []string {
	var out []string
	for _, w := range words {
		if len(out) > 0 || strings.HasPrefix(w.text, "-") {
			out = append(out, w.text)
		}
	}
	return out
}
