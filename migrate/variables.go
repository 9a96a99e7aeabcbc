package migrate

import (
	"strconv"
	"strings"

	"github.com/strataconf/strata/load"
	"github.com/strataconf/strata/option"
)

// ours reports whether a name of a variable is one of the catalog: that of an
// option, a retired one, or a numbered one.
func (m *Migration) ours(name string) bool {
	if m.catalog.ByEnv(name) != nil || m.old[option.SourceEnv][name] != nil {
		return true
	}
	_, _, ok := m.numbered(name)
	return ok
}

// numbered returns the newest name of a numbered variable and whether the name
// is an older one.
func (m *Migration) numbered(name string) (newest string, older, ok bool) {
	rest, ours := strings.CutPrefix(name, m.catalog.EnvPrefix())
	if !ours {
		return "", false, false
	}
	for o := range m.catalog.All() {
		if o.Indexed == nil {
			continue
		}
		for i, stem := range o.Indexed.Prefixes {
			stem = strings.TrimSuffix(stem, "_") + "_"
			after, found := strings.CutPrefix(rest, stem)
			digits, member, split := strings.Cut(after, "_")
			n, err := strconv.Atoi(digits)
			if !found || !split || err != nil || n < 0 || strconv.Itoa(n) != digits {
				continue
			}
			for _, f := range o.Indexed.Fields {
				if f.Env == member {
					newest := strings.TrimSuffix(o.Indexed.Prefixes[0], "_") + "_" + digits + "_" + member
					return m.catalog.EnvPrefix() + newest, i > 0, true
				}
			}
		}
	}
	return "", false, false
}

// readEnv reads a file of variables, or the variables of a unit.
func (m *Migration) readEnv(name, text string, unit bool) (*reading, option.Problems) {
	vars, problems := load.EnvFile(name, text)
	if bad := problems.Errors(); len(bad) > 0 {
		return nil, bad
	}
	r := &reading{scopes: []string{""}}
	for _, v := range vars {
		if !m.ours(v.Name) {
			continue
		}
		s := site{
			source: option.SourceEnv, name: v.Name, text: v.Value.Text(), place: v.Span,
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
		s.write = plainWord
		if unit {
			s.entry = unitEntry(text, s)
		} else {
			s.write = envWord
			s.entry = lines(text, span{s.at.from, s.value.to})
		}
		r.sites = append(r.sites, s)
		if v.Value.Text() != "" {
			r.refs = append(r.refs, dollars(text, s.value, !unit)...)
		}
	}
	return r, nil
}

const blanks = " \t\r"

// unitEntry is the range of a word of Environment=: the whole line if there is
// no other, else the word with the space before it.
func unitEntry(text string, s site) span {
	whole := lines(text, s.value)
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

// dollars finds $NAME, ${NAME and $(NAME in a range.
func dollars(text string, in span, fixed bool) []ref {
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
