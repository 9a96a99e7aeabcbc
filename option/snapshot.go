package option

import (
	"fmt"
	"io"
)

import "iter"

// A Snapshot is the outcome of one resolve. It never changes and is safe for
// concurrent use.
type Snapshot[T any] struct {
	res  *resolution
	view *T
}

// Format prints a fixed word for every verb: a field of plain text may hold a
// part that must not be seen, such as a password in a URL.
func (Snapshot[T]) Format(s fmt.State, _ rune) { _, _ = io.WriteString(s, "(settings)") }

// View returns the resolved struct. It is shared: read only, at the price of
// reading a field.
func (s *Snapshot[T]) View() *T { return s.view }

// Values returns a deep copy of the resolved struct, which the caller owns.
func (s *Snapshot[T]) Values() T {
	var out T
	s.res.copyTo(&out, s.view)
	return out
}

func (res *resolution) copyTo(dst, src any) {
	to, from := deref(dst), deref(src)
	for _, f := range res.catalog.fields {
		f.row.Value.Copy(f.addr(to), f.addr(from))
		f.repeat(to)
	}
}

// Catalog returns the catalog of the snapshot.
func (s *Snapshot[T]) Catalog() *Catalog { return s.res.catalog }

// Layers returns the layers that were resolved. They are shared: read only.
func (s *Snapshot[T]) Layers() []Layer { return s.res.layers }

// Setting tells what became of one option.
func (s *Snapshot[T]) Setting(o *Option) Setting { return s.res.setting(o) }

// Settings yields what became of every option, in catalog order.
func (s *Snapshot[T]) Settings() iter.Seq[Setting] {
	return func(yield func(Setting) bool) {
		for _, o := range s.res.catalog.options {
			if !yield(s.res.setting(o)) {
				return
			}
		}
	}
}

// A Setting tells what became of one option. Options that fill one field tell
// the same, whichever of them was spelled.
type Setting struct {
	Option *Option
	// Source is that of the value; SourceNone if nothing set it and it has
	// no default.
	Source Source
	// Inputs made the value: one, or several where a list was given several
	// times on argv. None if the value is a default or unset. The option
	// that was spelled is that of the input.
	Inputs []*Input
	// Shadowed are the inputs that lost, the strongest first.
	Shadowed []*Input
	// Refused is set if the value of Inputs was refused, so that no program
	// starts with it; only [Registry.Inspect] gives such settings.
	Refused bool
}

// Origin returns the place of the value; of the last input, if several.
func (s *Setting) Origin() Origin {
	if n := len(s.Inputs); n > 0 {
		return s.Inputs[n-1].Origin
	}
	return Origin{Source: s.Source}
}

func (res *resolution) source(o *Option) Source {
	if all := res.of(o.field); len(all) > 0 {
		return all[len(all)-1].Origin.Source
	}
	if o.field.def != nil {
		return SourceDefault
	}
	return SourceNone
}

func (res *resolution) setting(o *Option) Setting {
	all := res.of(o.field)
	s := Setting{Option: o, Source: res.source(o), Refused: res.invalid != nil && res.invalid[o.field.pos]}
	from := len(all)
	if from > 0 {
		from--
		if _, list := all[from].Target().Value.(Lister); list {
			for from > 0 && joins(all[from-1], all[from]) && all[from].Raw.Text() != "" {
				from--
			}
		}
	}
	s.Inputs = all[from:len(all):len(all)] // the inputs of the next field follow
	for i := from - 1; i >= 0; i-- {
		s.Shadowed = append(s.Shadowed, all[i])
	}
	return s
}

// Counts returns how many options each source set, indexed by [Source]. An
// option counts once, under the row that was spelled.
func (s *Snapshot[T]) Counts() [SourceFlag + 1]int { return s.res.counts() }

func (res *resolution) counts() [SourceFlag + 1]int {
	var n [SourceFlag + 1]int
	for _, f := range res.catalog.fields {
		if len(f.options) > 0 {
			n[res.source(f.options[0])]++
		}
	}
	return n
}
