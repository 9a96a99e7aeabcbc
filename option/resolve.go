package option

import (
	"cmp"
	"errors"
	"slices"
)

// Resolve picks for every field the input of the highest source and decodes
// it, then runs the checks of the registry and the extra ones. The order of
// the layers does not matter, their sources do. The snapshot is nil if any
// problem, of the layers included, is an error; the problems are sorted.
//
// Inputs compete by field, not by row, since two rows may fill one field: a
// higher source wins; inside a source a row that is not deprecated wins;
// inside a row order decides. Lists given several times on argv are joined;
// lists and maps of different sources are never mixed.
func (r *Registry[T]) Resolve(layers []Layer, extra ...Check[T]) (*Snapshot[T], Problems) {
	s, problems := r.Inspect(layers, extra...)
	if len(problems) > 0 && problems[0].Severity == Error {
		return nil, problems
	}
	return s, problems
}

// Inspect is [Registry.Resolve] for tools that explain a configuration
// whether or not a program would start with it: the snapshot is never nil. A
// field whose winner is refused has the value of the next lower input that is
// not, and its setting is marked.
func (r *Registry[T]) Inspect(layers []Layer, extra ...Check[T]) (*Snapshot[T], Problems) {
	view := new(T)
	*view = *r.defaults
	root := deref(view)
	res := &resolution{catalog: r.Catalog, layers: layers}
	res.gather(root)
	res.decode(root)
	for _, checks := range [][]Check[T]{r.checks, extra} {
		for _, check := range checks {
			check(&Checker[T]{view: view, root: root, res: res})
		}
	}
	res.problems.Sort()
	return &Snapshot[T]{res: res, view: view}, res.problems
}

// resolution is what became of all inputs, by field.
type resolution struct {
	catalog  *Catalog
	layers   []Layer
	inputs   []*Input // grouped by field; in a group the winner is last
	first    []int32  // of each field, in inputs; one more at the end
	invalid  []bool   // by field: its winner could not be decoded; nil if none
	problems Problems
}

func (res *resolution) of(f *field) []*Input { return res.inputs[res.first[f.pos]:res.first[f.pos+1]] }

// gather groups the inputs of all layers by field, in order of precedence.
func (res *resolution) gather(root object) {
	n, standing := 0, false
	for i := range res.layers {
		l := &res.layers[i]
		n += len(l.Inputs)
		res.problems = append(res.problems, l.Problems...)
		for j := range l.Inputs {
			standing = standing || l.Inputs[j].Option.StandsFor != nil
		}
	}
	fields := len(res.catalog.fields)
	index := make([]int32, 2*fields+1)
	count, first := index[:fields], index[fields:]
	var stands []Input
	if standing {
		stands = res.stands(root)
	}
	each := func(do func(*Input)) {
		for source := SourceYAML; source <= SourceFlag; source++ {
			for i := range stands {
				if stands[i].Origin.Source == source {
					do(&stands[i])
				}
			}
			for i := range res.layers {
				if l := &res.layers[i]; l.Source == source {
					for j := range l.Inputs {
						do(&l.Inputs[j])
					}
				}
			}
		}
	}
	each(func(in *Input) { count[in.Target().field.pos]++ })
	for i, c := range count {
		first[i+1] = first[i] + c
		count[i] = first[i]
	}
	res.first = first
	res.inputs = make([]*Input, n+len(stands))
	each(func(in *Input) {
		at := &count[in.Target().field.pos]
		res.inputs[*at] = in
		*at++
	})
	for _, f := range res.catalog.fields {
		if len(f.options) > 1 {
			slices.SortStableFunc(res.of(f), weaker)
		}
	}
}

// weaker compares inputs of one field: the one that loses is the lesser.
func weaker(a, b *Input) int {
	return cmp.Or(cmp.Compare(a.Origin.Source, b.Origin.Source), cmp.Compare(newer(a), newer(b)))
}

// newer ranks spellings inside one source: the row that is not deprecated
// comes after, and so wins.
func newer(in *Input) int {
	if in.Option.Deprecated() {
		return 0
	}
	return 1
}

// stands returns the inputs that older spellings stand for.
func (res *resolution) stands(root object) []Input {
	var out []Input
	for _, l := range res.layers {
		for i := range l.Inputs {
			in := &l.Inputs[i]
			if in.Option.StandsFor == nil {
				continue
			}
			for _, s := range in.Option.StandsFor(peek{res, root}) {
				to := Input{Option: in.Option, For: res.catalog.byFlag[s.Flag], Origin: in.Origin, Raw: in.Raw}
				if !s.Same {
					to.Raw = RawText(s.Text)
				}
				if to.For != nil {
					out = append(out, to)
				}
			}
		}
	}
	return out
}

// peek answers a StandsFor rule before the fields are decoded.
type peek struct {
	res  *resolution
	root object // the defaults
}

// Bool returns the effective value of a bool option, false if there is none
// or if its winner is invalid.
func (p peek) Bool(flag string) bool {
	f := p.res.catalog.field(flag)
	if f == nil {
		return false
	}
	var won *Input
	for _, l := range p.res.layers {
		for i := range l.Inputs {
			in := &l.Inputs[i]
			if in.Option.field == f && (won == nil || weaker(in, won) >= 0) {
				won = in
			}
		}
	}
	at := f.addr(p.root)
	if won != nil {
		scratch := f.scratch()
		if won.Option.Value.Decode(scratch, won.Raw) != nil {
			return false
		}
		at = scratch
	}
	on, _ := at.(*bool)
	return on != nil && *on
}

// decode sets every field that has inputs, lowest first, so that the winner
// is what remains and every loser was tried.
func (res *resolution) decode(root object) {
	for _, f := range res.catalog.fields {
		inputs := res.of(f)
		if len(inputs) == 0 {
			continue
		}
		dst := f.addr(root)
		top := inputs[len(inputs)-1].Origin.Source
		begun := false // dst has an occurrence of the list that in belongs to
		for i, in := range inputs {
			var err error
			v := in.Target().Value
			begun = begun && joins(inputs[i-1], in)
			if list, ok := v.(Lister); ok && begun {
				err = list.Append(dst, in.Raw)
			} else {
				err = v.Decode(dst, in.Raw)
			}
			if err != nil {
				res.refuse(f, in, err, top)
			} else {
				begun = true
			}
			if in.For == nil && in.Option.Deprecated() {
				res.deprecated(inputs, i)
			}
		}
		if f.copies != nil {
			f.repeat(root)
		}
	}
}

// joins reports whether two neighbours are occurrences of one list on argv. An
// input of argv is followed by such only.
func joins(a, b *Input) bool { return a.Origin.Source == SourceFlag && a.Option == b.Option }

func (res *resolution) refuse(f *field, in *Input, err error, top Source) {
	if in.Origin.Source >= top {
		if res.invalid == nil {
			res.invalid = make([]bool, len(res.catalog.fields))
		}
		res.invalid[f.pos] = true
	}
	spelled := func(own *Input) bool { return own.Raw == in.Raw }
	if in.For != nil && slices.ContainsFunc(res.of(in.Option.field), spelled) && in.Option.Value.Decode(in.Option.field.scratch(), in.Raw) != nil {
		return // the spelled row reports it
	}
	fault := new(Fault)
	if !errors.As(err, &fault) {
		fault = &Fault{Reason: "not a valid " + in.Target().Type()}
	}
	for _, fault := range append([]*Fault{fault}, fault.Also...) {
		p := &Problem{
			Code: "invalid-value", Origin: in.Origin, Name: in.Origin.Spelling(in.Option) + fault.Item,
			Reason: fault.Reason, Hint: fault.Hint, Option: in.Option,
		}
		if fault.Span != (Span{}) && p.Origin.Source == SourceYAML { // elsewhere it is a place inside the text
			p.Origin.inside(fault.Span)
		}
		if in.Origin.Source < top {
			p.Severity = Warning
			p.Reason += ", but a higher source overrides it"
		}
		res.problems = append(res.problems, p)
	}
}

// deprecated warns of the input at i, once for each source and spelling.
func (res *resolution) deprecated(inputs []*Input, i int) {
	in := inputs[i]
	for _, other := range inputs[:i] {
		if other.Origin.Source == in.Origin.Source && other.Option == in.Option {
			return
		}
	}
	p := &Problem{
		Severity: Warning, Code: "deprecated", Origin: in.Origin, Name: in.Origin.Spelling(in.Option), Option: in.Option,
		Reason: "deprecated", Hint: "use " + res.catalog.successors(in.Option, in.Origin.Source) + " instead",
	}
	if win := inputs[len(inputs)-1]; win.Option != in.Option && win.Origin.Source == in.Origin.Source {
		p.Code = "both-spellings"
		p.Reason = "deprecated, and " + win.Origin.Spelling(win.Option) + " is set too and wins"
		p.Hint = "remove " + p.Name
		p.Related = []Origin{win.Origin}
	}
	res.problems = append(res.problems, p)
}

// successors names the rows that replace o as a source spells them.
func (c *Catalog) successors(o *Option, s Source) string {
	var out string
	for i, flag := range o.UseInstead {
		if i > 0 {
			out += " or "
		}
		out += c.byFlag[flag].SpelledIn(s)
	}
	return out
}

// SpelledIn names the option as a source spells it, or by its flag if that
// source can't set it.
func (o *Option) SpelledIn(s Source) string {
	switch {
	case s == SourceYAML && o.path != "":
		return o.path
	case s == SourceEnv && o.Env != "":
		return string(o.Env)
	}
	return "--" + o.Flag
}
