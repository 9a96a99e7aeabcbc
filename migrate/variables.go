package migrate

import (
	"slices"
	"strconv"
	"strings"

	"github.com/strataconf/strata/load"
	"github.com/strataconf/strata/option"
)

// ours reports whether a name of a variable is one of the catalog: that of an
// option, a retired one, or a numbered one.
func (m *Migration) ours(name string) bool {
	if m.catalog.ByEnv(name) != nil || m.catalog.ByFileEnv(name) != nil || m.old[option.SourceEnv][name] != nil {
		return true
	}
	_, _, ok := m.numbered(name)
	return ok
}

// numbered returns the newest name of a numbered variable and whether the name
// is an older one.
func (m *Migration) numbered(name string) (newest string, older, ok bool) {
	o, prefix, rest := m.split(name)
	if o == nil {
		return "", false, false
	}
	return m.catalog.EnvPrefix() + strings.TrimSuffix(o.Indexed.Prefixes[0], "_") + "_" + rest, prefix > 0, true
}

// listOf returns the option that a numbered variable is of, or nil.
func (m *Migration) listOf(name string) *option.Option {
	o, _, _ := m.split(name)
	return o
}

// split takes a numbered variable apart: its option, which of the prefixes it
// has, and the rest behind that.
func (m *Migration) split(name string) (o *option.Option, prefix int, rest string) {
	name, ours := strings.CutPrefix(name, m.catalog.EnvPrefix())
	if !ours {
		return nil, 0, ""
	}
	for _, o := range m.lists {
		for i, stem := range o.Indexed.Prefixes {
			rest, found := strings.CutPrefix(name, strings.TrimSuffix(stem, "_")+"_")
			digits, member, split := strings.Cut(rest, "_")
			n, err := strconv.Atoi(digits)
			if !found || !split || err != nil || n < 0 || strconv.Itoa(n) != digits {
				continue
			}
			if slices.ContainsFunc(o.Indexed.Fields, func(f option.IndexedField) bool { return f.Env == member }) {
				return o, i, rest
			}
		}
	}
	return nil, 0, ""
}

// readEnv reads a file of variables, or the variables of a unit.
func (m *Migration) readEnv(name, text string, unit bool) (*reading, option.Problems) {
	vars, problems := load.EnvFile(name, text)
	if bad := problems.Errors(); len(bad) > 0 {
		return nil, bad
	}
	r := &reading{scopes: []string{""}}
	where := newPlaces(text)
	for _, v := range vars {
		if !m.ours(v.Name) {
			continue
		}
		s := site{
			source: option.SourceEnv, name: v.Name, text: v.Value.Text(),
			value: span{int(v.Span.Offset), int(v.Span.Offset + v.Span.Length)},
		}
		end := s.value.from
		if !unit {
			end = len(strings.TrimRight(text[:end], blanks))
		}
		end-- // the =
		if !unit {
			end = len(strings.TrimRight(text[:max(end, 0)], blanks))
		}
		s.at = span{max(end-len(v.Name), 0), max(end, 0)}
		if s.at.of(text) != v.Name {
			s.fixed = "the name is not written in one piece"
		}
		s.place = where.span(s.at)
		s.write = plainWord
		if unit {
			s.entry = unitEntry(text, s, where)
		} else {
			s.write = envWord
			s.entry = where.lines(span{s.at.from, s.value.to})
		}
		r.sites = append(r.sites, s)
		if v.Value.Text() != "" {
			r.refs = append(r.refs, dollars(text, s.value, "a value takes this variable in some readers of the file")...)
		}
	}
	return r, nil
}

const blanks = " \t\r"

// unitEntry is the range of a word of Environment=: the whole line if there is
// no other, else the word with the space before it.
func unitEntry(text string, s site, where *places) span {
	whole := where.lines(s.value)
	first := strings.TrimRight(text[whole.from:s.at.from], blanks+`"'`)
	rest := strings.Trim(text[s.value.to:whole.to], blanks+"\n\"'")
	if first == "Environment=" && rest == "" {
		return whole
	}
	word := span{s.at.from, s.value.to}
	if word.from > 0 && strings.IndexByte(`"'`, text[word.from-1]) >= 0 {
		word.from--
		if word.to < len(text) && text[word.to] == text[word.from] {
			word.to++
		}
	}
	if word.from > 0 && text[word.from-1] == ' ' {
		word.from--
		return word
	}
	if word.to < len(text) && text[word.to] == ' ' {
		word.to++
		return word
	}
	return span{}
}

// plainWord writes what needs no quotes anywhere.
func plainWord(text string) (string, bool) {
	return text, !strings.ContainsFunc(text, func(r rune) bool {
		return (r < '0' || r > '9') && (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && !strings.ContainsRune("_./:@+,*-=", r)
	})
}

// envWord writes a value of a file of variables, as every reader takes it.
func envWord(text string) (string, bool) {
	if _, plain := plainWord(text); plain {
		return text, true
	}
	return "'" + text + "'", !strings.ContainsAny(text, "'\r\n")
}

// dollars finds $NAME, ${NAME and $(NAME in a range. Fixed is why they can't
// follow their variables, "" if they can.
func dollars(text string, in span, fixed string) []ref {
	var out []ref
	for i := in.from; i < in.to; i++ {
		if text[i] != '$' {
			continue
		}
		from := i + 1
		if from < in.to && (text[from] == '{' || text[from] == '(') {
			from++
		}
		to := from
		for to < in.to && isWord(text[to]) {
			to++
		}
		if to > from {
			out = append(out, ref{name: text[from:to], at: span{from, to}, fixed: fixed})
		}
	}
	return out
}

func isWord(c byte) bool {
	return c == '_' || c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z'
}
