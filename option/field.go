package option

import (
	"reflect"
	"sort"
	"strings"
)

// A field is one field of the typed struct that rows fill.
type field struct {
	name    string
	up      *leaf  // the struct that it is in, nil at the top
	key     string // in the JSON object of that struct, "" if its members stand there
	typ     reflect.Type
	offset  uintptr
	nth     int32      // index in the struct that it is in
	pos     int32      // position among the fields that have rows
	row     *Option    // one that knows its kind, nil for a field without rows
	options []*Option  // rows that fill it, in catalog order; none if all were dropped
	one     [1]*Option // room for options
	def     *Option    // the row that has its default, or nil
	copies  []*field   // fields that repeat it, see markSame
}

// A struct field without a row carries one of these marks in its option tag:
// same:FLAG repeats the field of another row, fixed is a bool that stays false.
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

// json returns the dotted place of the field in the config tree.
func (f *field) json() string {
	if f.up == nil {
		return f.key
	}
	return joinPath(f.up.json(), f.key)
}

// An object is the typed struct that fields are in, as [deref] returns it.
type object = reflect.Value

// addr returns a pointer to the field inside root, as a *F.
func (f *field) addr(root object) any {
	return f.in(root).Addr().Interface()
}

// in returns the field inside root.
func (f *field) in(root object) reflect.Value {
	if f.up != nil {
		root = f.up.in(root)
	}
	return root.Field(int(f.nth))
}

// scratch returns a new *F.
func (f *field) scratch() any { return reflect.New(f.typ).Interface() }

// repeat sets the fields that repeat this one.
func (f *field) repeat(root object) {
	for _, c := range f.copies {
		c.in(root).Set(f.in(root))
	}
}

// deref returns the struct that p points to, ready for [field.addr].
func deref(p any) object { return reflect.ValueOf(p).Elem() }

// A leaf is a place of the struct that a row may claim.
type leaf struct {
	field
	mark   string
	object int32 // which JSON object its members stand in, see unclaimed
	hidden bool  // left out of JSON
	inner  bool  // has exported fields below it
}

// namesake returns the last leaf before one that has its JSON path.
func (l *layout) namesake(of *leaf) (last *leaf) {
	for i := range l.leaves {
		at := &l.leaves[i]
		if at == of {
			break
		}
		if bare := at.inner && at.row == nil && at.mark == ""; !bare && at.json() == of.json() {
			last = at
		}
	}
	return last
}

func (l *leaf) isBool() bool { return l.typ.Kind() == reflect.Bool }

// layout is every exported field of a struct type, parents before children,
// and so in the order of their offsets.
type layout struct {
	base   uintptr
	size   uintptr
	leaves []leaf
	faults []string
	last   int // the leaf found last; rows mostly follow the order of fields
}

func newLayout(proto any) *layout {
	v := deref(proto)
	l := &layout{base: v.Addr().Pointer(), size: v.Type().Size()}
	if v.Kind() != reflect.Struct {
		l.faults = append(l.faults, "the type of the registry is not a struct")
		return l
	}
	l.leaves = make([]leaf, 0, countFields(v)) // must not move: children point at parents
	l.walk(v, nil)
	return l
}

func countFields(v reflect.Value) int {
	n := v.NumField()
	for i := range v.NumField() {
		if f := v.Field(i); f.Kind() == reflect.Struct {
			n += countFields(f)
		}
	}
	return n
}

func (l *layout) walk(v reflect.Value, parent *leaf) {
	for i := range v.NumField() {
		sf := v.Type().Field(i)
		if !sf.IsExported() {
			continue
		}
		name, _, _ := strings.Cut(sf.Tag.Get("json"), ",")
		l.leaves = l.leaves[:len(l.leaves)+1]
		at := &l.leaves[len(l.leaves)-1]
		if strings.Contains(string(sf.Tag), "option:") { // hardly any field; Get reads a tag from its begin
			at.mark = sf.Tag.Get("option")
		}
		at.hidden = name == "-"
		at.up = parent
		at.typ = sf.Type
		at.offset = v.Field(i).Addr().Pointer() - l.base
		at.name = sf.Name
		at.key = name
		if name == "" && (!sf.Anonymous || sf.Type.Kind() != reflect.Struct) {
			at.key = sf.Name
		}
		at.nth = int32(i)
		if parent != nil {
			parent.inner = true
			at.hidden = at.hidden || parent.hidden
		}
		if sf.Type.Kind() == reflect.Struct {
			l.walk(v.Field(i), at)
		}
	}
}

// at returns the leaf of a type at an offset, or nil: a struct and its first
// field share an offset, but never a type.
func (l *layout) at(offset uintptr, t reflect.Type) *leaf {
	i := sort.Search(len(l.leaves), func(i int) bool { return l.leaves[i].offset >= offset })
	for ; i < len(l.leaves) && l.leaves[i].offset == offset; i++ {
		if l.leaves[i].typ == t {
			return &l.leaves[i]
		}
	}
	return nil
}

// next is at for a search that most often goes on where the last one ended.
func (l *layout) next(offset uintptr, t reflect.Type) *leaf {
	for i := l.last; i < len(l.leaves) && i < l.last+4; i++ {
		if at := &l.leaves[i]; at.offset == offset && at.typ == t {
			l.last = i
			return at
		}
	}
	l.last = sort.Search(len(l.leaves), func(i int) bool { return l.leaves[i].offset >= offset })
	return l.at(offset, t)
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
	at := l.next(offset, t)
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
	at := c.layout.at(v.Pointer()-root.Addr().Pointer(), v.Type().Elem())
	if at == nil || at.row == nil {
		return nil
	}
	return &at.field
}

func joinPath(a, b string) string {
	if a == "" || b == "" {
		return a + b
	}
	return a + "." + b
}
