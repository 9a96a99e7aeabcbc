package option

import (
	"reflect"
	"strings"
)

// A field is one field of the typed struct that rows fill.
type field struct {
	index   []int // for reflect.Value.FieldByIndex
	name    string
	up      *field // the struct that it is in, nil at the top
	json    string
	typ     reflect.Type
	offset  uintptr
	pos     int       // position among the fields that have rows
	row     *Option   // one that knows its kind, nil for a field without rows
	options []*Option // rows that fill it, in catalog order; none if all were dropped
	def     *Option   // the row that has its default, or nil
	copies  []*field  // fields that repeat it, see markSame
}

// A struct field without a row carries one of these marks in its option tag:
// same:FLAG repeats the field of another row, fixed never changes.
const (
	markSame  = "same:"
	markFixed = "fixed"
)

// path returns the Go selector of the field.
func (f *field) path() string {
	if f.up == nil {
		return f.name
	}
	return f.up.path() + "." + f.name
}

// An object is the typed struct that fields are in, as [deref] returns it.
type object = reflect.Value

// addr returns a pointer to the field inside root, as a *F.
func (f *field) addr(root object) any {
	return root.FieldByIndex(f.index).Addr().Interface()
}

// scratch returns a new *F.
func (f *field) scratch() any { return reflect.New(f.typ).Interface() }

// repeat sets the fields that repeat this one.
func (f *field) repeat(root object) {
	for _, c := range f.copies {
		root.FieldByIndex(c.index).Set(root.FieldByIndex(f.index))
	}
}

// deref returns the struct that p points to, ready for [field.addr].
func deref(p any) object { return reflect.ValueOf(p).Elem() }

// A spot tells fields apart: a struct and its first field share an address,
// but never a type.
type spot struct {
	offset uintptr
	typ    reflect.Type
}

// A leaf is a place of the struct that a row may claim.
type leaf struct {
	field
	parent *leaf
	mark   string
	hidden bool // left out of JSON
	inner  bool // has exported fields below it
}

// layout is every exported field of a struct type, parents before children.
type layout struct {
	base   uintptr
	size   uintptr
	leaves []*leaf
	spots  map[spot]*leaf
	faults []string
	block  []leaf // room for the next leaves
}

func (l *layout) leaf() *leaf {
	if len(l.block) == 0 {
		l.block = make([]leaf, 64)
	}
	at := &l.block[0]
	l.block = l.block[1:]
	return at
}

func newLayout(proto any) *layout {
	v := deref(proto)
	l := &layout{base: v.Addr().Pointer(), size: v.Type().Size(), spots: map[spot]*leaf{}}
	if v.Kind() != reflect.Struct {
		l.faults = append(l.faults, "the type of the registry is not a struct")
		return l
	}
	l.walk(v, nil)
	return l
}

func (l *layout) walk(v reflect.Value, parent *leaf) {
	for i := range v.NumField() {
		sf := v.Type().Field(i)
		if !sf.IsExported() {
			continue
		}
		name, _, _ := strings.Cut(sf.Tag.Get("json"), ",")
		at := l.leaf()
		at.parent, at.mark, at.hidden = parent, sf.Tag.Get("option"), name == "-"
		at.typ = sf.Type
		at.offset = v.Field(i).Addr().Pointer() - l.base
		at.name = sf.Name
		at.json = name
		if name == "" && !sf.Anonymous {
			at.json = sf.Name
		}
		if parent != nil {
			parent.inner = true
			at.index = append(parent.index[:len(parent.index):len(parent.index)], i)
			at.up = &parent.field
			at.json = joinPath(parent.json, at.json)
			at.hidden = at.hidden || parent.hidden
		} else {
			at.index = []int{i}
		}
		l.leaves = append(l.leaves, at)
		l.spots[spot{at.offset, at.typ}] = at
		if sf.Type.Kind() == reflect.Struct {
			l.walk(v.Field(i), at)
		}
	}
}

// find returns the leaf that ptr points to, or a word on why there is none.
func (l *layout) find(ptr any) (*leaf, string) {
	v := reflect.ValueOf(ptr)
	if v.Kind() != reflect.Pointer || v.IsNil() {
		return nil, "its value names no field"
	}
	t := v.Type().Elem()
	offset := v.Pointer() - l.base
	if offset >= l.size {
		return nil, "its value points outside the struct of the table (was the table made on another instance?)"
	}
	at := l.spots[spot{offset, t}]
	switch {
	case at == nil:
		return nil, "its value points to no exported field"
	case t.Size() == 0:
		return nil, "its field has no size, so it can't be told from its neighbour"
	case t.Kind() == reflect.Pointer || t.Kind() == reflect.Interface:
		return nil, "its field is a pointer; use a plain type"
	}
	return at, ""
}

// byAddress returns the field of the catalog that ptr points to inside the
// struct at root, or nil.
func (c *Catalog) byAddress(root object, ptr any) *field {
	v := reflect.ValueOf(ptr)
	if v.Kind() != reflect.Pointer {
		return nil
	}
	at := c.spots[spot{v.Pointer() - root.Addr().Pointer(), v.Type().Elem()}]
	if at == nil || at.row == nil {
		return nil
	}
	return at
}

func joinPath(a, b string) string {
	if a == "" || b == "" {
		return a + b
	}
	return a + "." + b
}
