package option

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
)

// A Check looks at several fields of a resolved struct at once and reports
// what does not go together. It also runs when single values were refused;
// what it reports on such fields is left out.
type Check[T any] func(*Checker[T])

// A Checker is what a [Check] works with. Fields are named by pointers into
// the struct that View returns.
//
// A check need not know what a program dropped, see [Drop]: nothing gives such
// a field, and a report leaves it out. If nothing else is in a report, the
// program itself fixed values that do not go together, and the report stands
// without a place.
type Checker[T any] struct {
	view *T
	root object
	res  *resolution
}

// View returns the resolved struct: read only.
func (c *Checker[T]) View() *T { return c.view }

// An Item names one item of a list where a [Checker] takes a field, so that a
// problem has the place of that item.
type Item struct {
	// List is a pointer to the list, into the struct that View returns.
	List any
	// Index is that of the item.
	Index int
}

// Given reports whether a source, not the default, set the field.
func (c *Checker[T]) Given(field any) bool {
	return len(c.res.of(c.field(field))) > 0
}

// Problem reports an error over the fields, the one to change first.
func (c *Checker[T]) Problem(code, reason, hint string, fields ...any) {
	c.report(Error, code, reason, hint, fields)
}

// Warning reports what is allowed but hardly meant.
func (c *Checker[T]) Warning(code, reason, hint string, fields ...any) {
	c.report(Warning, code, reason, hint, fields)
}

func (c *Checker[T]) field(ptr any) *field {
	f := c.res.catalog.byAddress(c.root, ptr)
	if f == nil {
		panic("option: a check named a field that no option fills")
	}
	return f
}

func (c *Checker[T]) report(sev Severity, code, reason, hint string, fields []any) {
	type part struct {
		name   string
		origin Origin
		option *Option
	}
	var parts []part
	for _, ptr := range fields {
		item, one := ptr.(Item)
		if one {
			ptr = item.List
		}
		f := c.field(ptr)
		if c.res.invalid != nil && c.res.invalid[f.pos] {
			return
		}
		if len(f.options) == 0 {
			continue // dropped: nobody can change it
		}
		s := c.res.setting(f.options[0])
		p := part{"--" + s.Option.Flag, s.Origin(), s.Option}
		if n := len(s.Inputs); n > 0 {
			in, path := s.Inputs[n-1], ""
			if one {
				in, p.origin, path = f.item(s.Inputs, item.Index)
			}
			p.option = in.Option
			p.name = p.origin.Spelling(p.option) + path
		}
		parts = append(parts, p)
	}
	p := &Problem{Severity: sev, Code: code, Reason: reason, Hint: hint, Cross: true}
	if len(parts) > 0 {
		// The head is the first field that somebody set, for there is a place.
		head := max(0, slices.IndexFunc(parts, func(p part) bool { return p.origin.Source > SourceDefault }))
		p.Name, p.Origin, p.Option = parts[head].name, parts[head].origin, parts[head].option
		var others []string
		for i, o := range parts {
			if i == head {
				continue
			}
			p.Related = append(p.Related, o.origin)
			others = append(others, o.name+" ("+cmp.Or(o.origin.Place(), "not set")+")")
		}
		if len(others) > 0 {
			p.Reason += "; see " + strings.Join(others, ", ")
		}
	}
	c.res.problems = append(c.res.problems, p)
}

// item returns the input that holds item i of the list that the inputs make
// together, the place of the item, and its path inside that input.
func (f *field) item(inputs []*Input, i int) (in *Input, at Origin, path string) {
	for _, in = range inputs {
		v, scratch := in.Target().Value, f.scratch()
		if v.Decode(scratch, in.Raw) != nil {
			break
		}
		n := len(v.Tree(scratch).Items)
		if i >= n {
			i -= n
			continue
		}
		at = in.Origin
		if t := in.Raw.Tree(); t != nil && len(t.Items) == n && t.Items[i].Span != (Span{}) && at.Source == SourceYAML {
			at.inside(t.Items[i].Span)
		}
		return in, at, "[" + strconv.Itoa(i) + "]"
	}
	return in, in.Origin, ""
}
