package migrate

import (
	"cmp"
	"slices"

	"github.com/strataconf/strata/option"
)

// A Found is one input of the catalog in the text of a [Plan]: what may be
// shown of that text without a look at the rest.
type Found struct {
	// Option is the option that the input is of, or is to be of.
	Option *option.Option
	// Name and Value are ranges of bytes, from and to. An empty Value means
	// that there is none on its own.
	Name, Value [2]int
}

// Found returns the inputs of the catalog in the old text, in order.
func (m *Migration) Found(p *Plan) []Found { return m.found(p.sites) }

// FoundAfter returns the inputs of the catalog in the new text, in order.
func (m *Migration) FoundAfter(p *Plan) []Found {
	if p.Idle() {
		return m.found(p.sites)
	}
	return m.found(p.after)
}

func (m *Migration) found(sites []site) []Found {
	var out []Found
	for i := range sites {
		s := &sites[i]
		o := m.optionOf(s)
		if o == nil || s.fixed != "" {
			continue
		}
		out = append(out, Found{o, [2]int{s.at.from, s.at.to}, [2]int{s.value.from, s.value.to}})
	}
	slices.SortStableFunc(out, func(a, b Found) int { return cmp.Compare(a.Name[0], b.Name[0]) })
	return out
}

// optionOf returns the option that a site sets, for a numbered
// variable the list that it is a part of.
func (m *Migration) optionOf(s *site) *option.Option {
	var o *option.Option
	switch s.source {
	case option.SourceYAML:
		o = m.catalog.ByYAML(s.name)
	case option.SourceEnv:
		if o = m.catalog.ByEnv(s.name); o == nil {
			o = cmp.Or(m.catalog.ByFileEnv(s.name), m.listOf(s.name))
		}
	default:
		o = cmp.Or(m.catalog.ByFlag(s.name[2:]), m.catalog.ByFileFlag(s.name[2:]))
	}
	if made := m.old[s.source][s.name]; o == nil && made != nil {
		o = made.to[0].option
	}
	return o
}
