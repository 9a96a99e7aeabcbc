package kind

import (
	"reflect"
	"slices"
	"strings"

	"github.com/strataconf/strata/option"
)

// tree writes v as read reads it. Empty members are left out.
func (n *node) tree(v reflect.Value) option.Tree {
	switch n.shape {
	case shapeList:
		t := option.Tree{Kind: option.Sequence}
		for _, item := range n.list(v) {
			t.Items = append(t.Items, n.elem.tree(item))
		}
		return t
	case shapeMap:
		t := option.Tree{Kind: option.Mapping}
		for _, key := range sortedKeys(v) {
			t.Keys = append(t.Keys, scalar(key.String()))
			t.Items = append(t.Items, n.elem.tree(v.MapIndex(key)))
		}
		return t
	case shapeStruct:
		t := option.Tree{Kind: option.Mapping}
		for _, m := range n.members {
			if f := v.Field(m.index); !m.empty(f) {
				t.Keys = append(t.Keys, scalar(m.key))
				t.Items = append(t.Items, m.tree(f))
			}
		}
		return t
	}
	return scalar(n.scalar.text(v))
}

// appendText appends v as JSON that parseJSON and read read back: all of it,
// secrets too.
func (n *node) appendText(b []byte, v reflect.Value) []byte {
	switch n.shape {
	case shapeList:
		b = append(b, '[')
		for i, item := range n.list(v) {
			b = n.elem.appendText(comma(b, i), item)
		}
		return append(b, ']')
	case shapeMap:
		b = append(b, '{')
		for i, key := range sortedKeys(v) {
			b = append(option.AppendJSONString(comma(b, i), key.String()), ':')
			b = n.elem.appendText(b, v.MapIndex(key))
		}
		return append(b, '}')
	case shapeStruct:
		b = append(b, '{')
		count := 0
		for _, key := range slices.Sorted(slices.Values(n.keys)) {
			m := n.member(key)
			f := v.Field(m.index)
			if m.empty(f) {
				continue
			}
			b = append(option.AppendJSONString(comma(b, count), key), ':')
			b = m.appendText(b, f)
			count++
		}
		return append(b, '}')
	}
	if n.scalar.bare {
		return append(b, n.scalar.text(v)...)
	}
	return option.AppendJSONString(b, n.scalar.text(v))
}

// appendJSON appends v as clients of the API see it, in the order of the
// fields, without what must be withheld.
func (n *node) appendJSON(b []byte, v reflect.Value) []byte {
	switch n.shape {
	case shapeList:
		b = append(b, '[')
		if !n.secret {
			for i, item := range n.list(v) {
				b = n.elem.appendJSON(comma(b, i), item)
			}
		}
		return append(b, ']')
	case shapeMap:
		b = append(b, '{')
		for i, key := range sortedKeys(v) {
			b = append(option.AppendJSONString(comma(b, i), key.String()), ':')
			b = n.elem.appendJSON(b, v.MapIndex(key))
		}
		return append(b, '}')
	case shapeStruct:
		b = append(b, '{')
		count := 0
		for _, m := range n.members {
			f := v.Field(m.index)
			if m.json == "" || m.omit && m.empty(f) {
				continue
			}
			b = append(option.AppendJSONString(comma(b, count), m.json), ':')
			b = m.appendJSON(b, f)
			count++
		}
		return append(b, '}')
	}
	if n.url != urlNone {
		shown, _ := RedactURL(v.String(), n.url != urlRedact)
		return option.AppendJSONString(b, shown)
	}
	return n.scalar.json(b, v)
}

func comma(b []byte, before int) []byte {
	if before > 0 {
		b = append(b, ',')
	}
	return b
}

// clone returns a deep copy. Scalars are values, or types of ours that never
// change.
func (n *node) clone(v reflect.Value) reflect.Value {
	out := reflect.New(n.typ).Elem()
	switch {
	case n.typ == secretsType:
		out.Set(v)
	case n.shape == shapeList && !v.IsNil():
		out.Set(reflect.MakeSlice(n.typ, v.Len(), v.Len()))
		for i := range v.Len() {
			out.Index(i).Set(n.elem.clone(v.Index(i)))
		}
	case n.shape == shapeMap && !v.IsNil():
		out.Set(reflect.MakeMapWithSize(n.typ, v.Len()))
		for it := v.MapRange(); it.Next(); {
			out.SetMapIndex(it.Key(), n.elem.clone(it.Value()))
		}
	case n.shape == shapeStruct:
		for _, m := range n.members {
			out.Field(m.index).Set(m.clone(v.Field(m.index)))
		}
	case n.shape == shapeScalar:
		out.Set(v)
	}
	return out
}

// redact returns v without what must be withheld, and whether there was any.
// What has nothing to withhold is returned as it is.
func (n *node) redact(v reflect.Value) (reflect.Value, bool) {
	switch {
	case n.secret:
		return reflect.Zero(n.typ), !v.IsZero()
	case n.shape == shapeScalar && n.url != urlNone:
		text, removed := RedactURL(v.String(), n.url != urlRedact)
		if !removed {
			return v, false
		}
		return reflect.ValueOf(text).Convert(n.typ), true
	case n.typ == reflect.TypeFor[URL]():
		u := v.Interface().(URL)
		shown := u.shown(false)
		return reflect.ValueOf(shown), shown != u
	case n.shape == shapeScalar:
		return v, false
	}
	clean, removed := n.clone(v), false
	replace := func(part *node, old reflect.Value, set func(reflect.Value)) {
		if c, r := part.redact(old); r {
			set(c)
			removed = true
		}
	}
	switch n.shape {
	case shapeList:
		for i := range clean.Len() {
			replace(n.elem, clean.Index(i), clean.Index(i).Set)
		}
	case shapeMap:
		for _, key := range sortedKeys(clean) {
			replace(n.elem, clean.MapIndex(key), func(c reflect.Value) { clean.SetMapIndex(key, c) })
		}
	case shapeStruct:
		for _, m := range n.members {
			replace(m.node, clean.Field(m.index), clean.Field(m.index).Set)
		}
	}
	return clean, removed
}

// list returns the items of a list of any type.
func (n *node) list(v reflect.Value) []reflect.Value {
	if n.typ == secretsType {
		v = reflect.ValueOf(v.Interface().(Secrets).items())
	}
	out := make([]reflect.Value, v.Len())
	for i := range out {
		out[i] = v.Index(i)
	}
	return out
}

// empty reports whether v reads back from nothing.
func (n *node) empty(v reflect.Value) bool {
	if n.typ != secretsType && (n.shape == shapeList || n.shape == shapeMap) {
		return v.Len() == 0
	}
	return v.IsZero()
}

func sortedKeys(v reflect.Value) []reflect.Value {
	return slices.SortedFunc(slices.Values(v.MapKeys()), func(a, b reflect.Value) int {
		return strings.Compare(a.String(), b.String())
	})
}
