package migrate

import (
	"cmp"
	"slices"
	"strings"
)

// A splice puts text in the place of a range.
type splice struct {
	span
	text string
}

// splices are the edits of acts on text; false if an act can't be done, which
// is said with its first site.
func splices(text string, acts []*act) (out []splice, failed *site) {
	for _, a := range acts {
		switch {
		case a.reference != nil:
			out = append(out, splice{a.reference.at, a.names[0]})
		case a.moves():
			out = append(out, splice{a.sites[0].at, a.names[0]})
		default:
			made, ok := converted(text, a)
			if !ok {
				return nil, a.sites[0]
			}
			out = append(out, made...)
		}
	}
	slices.SortStableFunc(out, func(a, b splice) int { return cmp.Or(cmp.Compare(a.from, b.from), cmp.Compare(a.to, b.to)) })
	return out, nil
}

// converted writes the new inputs of an act in the form of its first site, and
// takes the other sites away.
func converted(text string, a *act) (out []splice, ok bool) {
	first := a.sites[0]
	gone := a.sites
	if len(a.names) > 0 {
		gone = a.sites[1:]
		made, ok := rewritten(first, a.names[0], a.values[0])
		if !ok {
			return nil, false
		}
		out = append(out, made...)
	}
	for i := 1; i < len(a.names); i++ {
		if first.entry.empty() {
			return nil, false
		}
		made, ok := rewritten(first, a.names[i], a.values[i])
		if !ok {
			return nil, false
		}
		entry := apply(text[:first.entry.to], made)[first.entry.from:]
		if !strings.HasSuffix(text[:first.entry.to], "\n") && strings.Contains(text[:first.entry.from], "\n") && strings.HasSuffix(text[:first.entry.from], "\n") {
			entry = "\n" + entry // the last line of a file without a break at its end
		}
		out = append(out, splice{span{first.entry.to, first.entry.to}, entry})
	}
	for _, s := range gone {
		if s.entry.empty() {
			return nil, false
		}
		out = append(out, splice{s.entry, ""})
	}
	return out, true
}

// rewritten gives a site another name and, unless value is nil, another value.
func rewritten(s *site, name string, value *string) ([]splice, bool) {
	out := []splice{{s.at, name}}
	if value == nil {
		return out, true
	}
	if s.write == nil {
		return nil, false
	}
	written, ok := s.write(*value)
	if s.value.empty() && s.joint != "" {
		out[0].text += s.joint + written
		return out, ok
	}
	return append(out, splice{s.value, written}), ok
}

// apply makes the edits, which are in order and do not overlap.
func apply(text string, edits []splice) string {
	if len(edits) == 0 {
		return text
	}
	var b strings.Builder
	at := 0
	for _, e := range edits {
		b.WriteString(text[at:e.from])
		b.WriteString(e.text)
		at = e.to
	}
	b.WriteString(text[at:])
	return b.String()
}
