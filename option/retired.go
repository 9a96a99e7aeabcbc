package option

import (
	"slices"
	"strings"
)

// Retired is the problem of a retired name that source s used. The hint spells
// what took over as every source does, the asking one first. The place and the
// name are for the caller to add.
func (c *Catalog) Retired(t *Tombstone, s Source) *Problem {
	p := &Problem{Code: "retired", Reason: "retired", Hint: "remove it"}
	o := c.ByFlag(t.UseInstead)
	if o == nil {
		return p
	}
	p.Option = o
	p.Hint = "use " + o.SpelledIn(s)
	also := []string{}
	for _, other := range []Source{SourceFlag, SourceEnv, SourceYAML} {
		if name := o.SpelledIn(other); "use "+name != p.Hint && !slices.Contains(also, name) {
			also = append(also, name)
		}
	}
	if len(also) > 0 {
		p.Hint += ", elsewhere " + strings.Join(also, " or ")
	}
	return p
}
