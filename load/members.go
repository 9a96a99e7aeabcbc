package load

import (
	"strings"

	"github.com/strataconf/strata/option"
)

// Members returns the places of the numbered variables that spell an input of
// the process, one for each member of its tree and in the order of the tree;
// nil if none spell it. The input has but one place, and its variables may
// stand in several files.
func (p Process) Members(c *option.Catalog, in *option.Input) []option.Origin {
	ix := in.Option.Indexed
	if ix == nil || in.Origin.Source != option.SourceEnv {
		return nil
	}
	prefix, _, _, ok := split(ix, strings.TrimPrefix(in.Origin.Name, c.EnvPrefix()))
	if !ok {
		return nil // one variable for all
	}
	e := &environment{c: c, prefix: c.EnvPrefix(), environ: p.Environ, in: p.In, families: []family{{option: in.Option}}}
	e.overlay(p.Variables)
	for i := range e.environ {
		if name, ours := e.name(e.environ[i]); ours && c.ByEnv(name) == nil && c.ByFileEnv(name) == nil {
			e.member(i, name, strings.TrimPrefix(name, e.prefix))
		}
	}
	var out []option.Origin
	items := in.Raw.Tree()
	for _, m := range e.ordered(&e.families[0]) {
		if m.prefix == prefix && m.number < len(items.Items) { // what is behind a gap is no item
			out = append(out, e.origin(m.entry, m.name))
		}
	}
	return out
}
