package migrate

import (
	"slices"
	"strings"

	"github.com/strataconf/strata/option"
)

// passedOn takes variables that a file of compose passes on without a value
// out of the reading, unless the file that they come from renames them too:
// their name is that of another environment as well.
func (m *Migration) passedOn(p *Plan, r *reading, given map[string]string) {
	if p.As != Compose {
		return
	}
	r.sites = slices.DeleteFunc(r.sites, func(s site) bool {
		newest, older := m.newName(s.name)
		if s.source != option.SourceEnv || !s.bare || !older || given[s.name] == newest {
			return false
		}
		p.note("left", s.place, s.name, "passed on from the environment of compose, and left alone",
			"migrate the file that sets it in the same run")
		return true
	})
}

// newName returns what a variable is renamed to.
func (m *Migration) newName(name string) (newest string, older bool) {
	if made := m.old[option.SourceEnv][name]; made != nil {
		if !made.moves() {
			return "", false
		}
		newest = made.to[0].in(option.SourceEnv)
		return newest, newest != ""
	}
	newest, older, _ = m.numbered(name)
	return newest, older
}

// references are acts that let what takes the value of a variable follow it.
func (m *Migration) references(p *Plan, r *reading, acts []*act, given map[string]string) (out []*act) {
	renamed, taken := map[string]string{}, map[string]bool{}
	for _, a := range acts {
		if a.reference == nil && len(a.names) == 1 && a.sites[0].source == option.SourceEnv {
			renamed[a.sites[0].name] = a.names[0]
			taken[a.names[0]] = true
		}
	}
	where := newPlaces(p.File.Text)
	for i := range r.refs {
		ref := &r.refs[i]
		to := renamed[ref.name]
		if ref.outside {
			to = given[ref.name]
		}
		switch {
		case to == "" && ref.outside:
			if newest, older := m.newName(ref.name); older {
				p.note("left", where.span(ref.at), ref.name, "taken from the environment of compose, and left alone",
					"migrate the file that sets it in the same run, or set "+newest)
			}
		case (to != "" || taken[ref.name]) && ref.fixed != "":
			p.refuse(where.span(ref.at), ref.name, ref.fixed, "rename it by hand, here and where it is set")
		case to == "":
		default:
			out = append(out, &act{reference: ref, sites: []*site{{at: ref.at, place: where.span(ref.at)}}, names: []string{to}})
		}
	}
	return out
}

// mentions notes where older names stand that were not edited: in comments,
// and in what is not read.
func (m *Migration) mentions(p *Plan, r *reading, acts []*act) {
	told := map[int]bool{}
	for i := range r.sites {
		told[r.sites[i].at.from] = true
	}
	for _, n := range slices.Concat(p.Refused, p.Notes) {
		told[int(n.Origin.Span.Offset)] = true
	}
	for _, a := range acts {
		if a.reference != nil {
			told[a.reference.at.from] = true
		}
	}
	text := p.File.Text
	var where *places
	for i := 0; i < len(text); {
		if !isNameByte(text[i]) {
			i++
			continue
		}
		from := i
		for i < len(text) && isNameByte(text[i]) {
			i++
		}
		name := strings.TrimRight(text[from:i], ".-")
		if len(name) < 4 || told[from] || !m.isOld(name) {
			continue
		}
		if where == nil {
			where = newPlaces(text)
		}
		p.note("mention", where.span(span{from, from + len(name)}), name, "an older name, left alone here", "")
	}
	for _, f := range r.mentions {
		if where == nil {
			where = newPlaces(text)
		}
		p.note("further-file", where.span(f.at), f.key, f.reason, f.hint)
	}
}

// isOld reports whether a word is a name that a rule without changes takes
// away. Short words that other programs may well have are not looked for.
func (m *Migration) isOld(word string) bool {
	source := option.SourceEnv
	switch {
	case strings.HasPrefix(word, "--"):
		source = option.SourceFlag
	case strings.Contains(word, "."):
		source = option.SourceYAML
	default:
		if _, older, ok := m.numbered(word); ok && older {
			return true
		}
	}
	made := m.old[source][word]
	return made != nil && !made.changes
}

func isNameByte(c byte) bool { return isWord(c) || c == '-' || c == '.' }
