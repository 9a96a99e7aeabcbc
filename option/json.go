package option

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// jsonNode is one key of the config tree: an object, the value of a field, or
// a fixed word.
type jsonNode struct {
	key      string
	field    *field
	fixed    bool
	children []*jsonNode
}

func (n *jsonNode) child(key string) *jsonNode {
	for _, c := range n.children {
		if c.key == key {
			return c
		}
	}
	c := &jsonNode{key: key}
	n.children = append(n.children, c)
	return c
}

// newJSONTree lays out the config tree, from the tags of the struct.
func newJSONTree(fields []*field, leaves []leaf) *jsonNode {
	root := &jsonNode{}
	put := func(path string) *jsonNode {
		n := root
		for key := range strings.SplitSeq(path, ".") {
			n = n.child(key)
		}
		return n
	}
	same := map[*field]*field{}
	for _, f := range fields {
		for _, c := range f.copies {
			same[c] = f
		}
	}
	for i := range leaves {
		at := &leaves[i]
		switch {
		case at.hidden:
		case at.row != nil:
			put(at.json()).field = &at.field
		case same[&at.field] != nil:
			put(at.json()).field = same[&at.field]
		case at.mark == markFixed:
			put(at.json()).fixed = true
		}
	}
	root.sort()
	return root
}

// A jsonPlace is a key in an object of the config tree, which has a number.
type jsonPlace struct {
	object int32
	key    string
}

// jsonPlaces finds fields that share a place in the config tree, without
// spelling the whole path of each.
type jsonPlaces struct {
	leaves  map[jsonPlace]struct{}
	objects map[jsonPlace]int32
}

func (t *jsonPlaces) object(at jsonPlace) int32 {
	n, known := t.objects[at]
	if !known {
		n = int32(len(t.objects) + 1)
		t.objects[at] = n
	}
	return n
}

// put gives a leaf its place, after all that it is in. It reports whether
// another leaf has the place already.
func (t *jsonPlaces) put(at *leaf) bool {
	place := jsonPlace{key: at.key}
	if at.up != nil {
		place.object = at.up.object
	}
	for {
		first, rest, dotted := strings.Cut(place.key, ".")
		if !dotted {
			break
		}
		place = jsonPlace{t.object(jsonPlace{place.object, first}), rest}
	}
	if at.inner {
		at.object = place.object
		if place.key != "" {
			at.object = t.object(place)
		}
		if at.row == nil && at.mark == "" {
			return false
		}
	}
	known := len(t.leaves)
	t.leaves[place] = struct{}{} // one look-up, where asking first takes two
	return len(t.leaves) == known
}

func (n *jsonNode) sort() {
	slices.SortFunc(n.children, func(a, b *jsonNode) int { return strings.Compare(a.key, b.key) })
	for _, c := range n.children {
		c.sort()
	}
}

// AppendBody appends the body of the deployment's configuration in the API: an
// object of the config tree in the given shape and of the options.
func (r *Redacted) AppendBody(b []byte, shape Shape) []byte {
	// An option takes some 350 to 550 bytes; growing on the way took a third of
	// the time.
	b = slices.Grow(b, 512*len(r.res.catalog.options))
	b = r.AppendConfig(append(b, `{"config":`...), shape)
	b = r.AppendOptions(append(b, `,"options":`...))
	return append(b, '}')
}

// AppendConfig appends the config tree of the API: every field, secrets empty.
func (r *Redacted) AppendConfig(b []byte, shape Shape) []byte {
	return r.appendNode(b, r.res.catalog.json(), shape)
}

func (r *Redacted) appendNode(b []byte, n *jsonNode, shape Shape) []byte {
	switch {
	case n.field != nil:
		return r.appendField(b, n.field, shape)
	case n.fixed:
		return append(b, "false"...)
	}
	b = append(b, '{')
	for i, c := range n.children {
		if i > 0 {
			b = append(b, ',')
		}
		b = AppendJSONString(b, c.key)
		b = append(b, ':')
		b = r.appendNode(b, c, shape)
	}
	return append(b, '}')
}

// AppendOptions appends the array of all options, hidden ones too, in catalog
// order, with their values in the compact shape and their sources.
func (r *Redacted) AppendOptions(b []byte) []byte {
	b = append(b, '[')
	for i, o := range r.res.catalog.options {
		if i > 0 {
			b = append(b, ',')
		}
		b = r.appendOption(b, o)
	}
	return append(b, ']')
}

func (r *Redacted) appendOption(b []byte, o *Option) []byte {
	b = append(b, `{"annotations":{`...)
	keys := make([]string, 0, len(o.Annotations))
	for k := range o.Annotations {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	for i, k := range keys {
		if i > 0 {
			b = append(b, ',')
		}
		b = AppendJSONString(b, k)
		b = append(b, ':')
		b = AppendJSONString(b, o.Annotations[k])
	}
	b = append(b, '}')
	b = appendMember(b, "default", o.Default)
	b = appendMember(b, "description", o.Help)
	b = appendMember(b, "env", string(o.Env))
	b = appendMember(b, "flag", o.Flag)
	b = appendMember(b, "flag_shorthand", o.Short)
	b = append(b, `,"group":`...)
	b = appendGroup(b, o.Group, true)
	b = append(b, `,"hidden":`...)
	b = appendBool(b, o.Hidden)
	b = appendMember(b, "name", o.Name)
	b = append(b, `,"required":false,"use_instead":[`...)
	for i, flag := range o.UseInstead {
		if i > 0 {
			b = append(b, ',')
		}
		b = r.appendOption(b, r.res.catalog.byFlag[flag]) // ends: a successor has none itself
	}
	b = append(b, `],"value":`...)
	b = r.AppendValue(b, o, ShapeCompact)
	b = appendMember(b, "value_source", r.res.source(o).String())
	b = appendMember(b, "yaml", o.YAML)
	return append(b, '}')
}

func appendGroup(b []byte, g *Group, whole bool) []byte {
	if g == nil && !whole {
		return append(b, "{}"...)
	}
	if g == nil {
		g = &Group{}
	}
	b = append(b, `{"description":`...)
	b = AppendJSONString(b, g.Help)
	b = appendMember(b, "name", g.Name)
	b = append(b, `,"parent":`...)
	b = appendGroup(b, g.Parent, false)
	b = appendMember(b, "yaml", g.YAML)
	return append(b, '}')
}

func appendMember(b []byte, key, text string) []byte {
	b = append(b, `,"`...)
	b = append(b, key...)
	b = append(b, `":`...)
	return AppendJSONString(b, text)
}

func appendBool(b []byte, v bool) []byte {
	if v {
		return append(b, "true"...)
	}
	return append(b, "false"...)
}

// AppendJSONString appends s as a JSON string. Control characters and the two
// line separators of JavaScript are escaped, HTML is not; invalid UTF-8 turns
// into U+FFFD.
func AppendJSONString(b []byte, s string) []byte {
	const hex = "0123456789abcdef"
	b = append(b, '"')
	from := 0
	for i := 0; i < len(s); {
		if c := s[i]; c < utf8.RuneSelf {
			if c >= ' ' && c != '"' && c != '\\' && c != 0x7F {
				i++
				continue
			}
			b = append(b, s[from:i]...)
			switch c {
			case '"', '\\':
				b = append(b, '\\', c)
			case '\n':
				b = append(b, `\n`...)
			case '\r':
				b = append(b, `\r`...)
			case '\t':
				b = append(b, `\t`...)
			default:
				b = append(b, `\u00`...)
				b = append(b, hex[c>>4], hex[c&15])
			}
			i++
			from = i
			continue
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		switch {
		case r == utf8.RuneError: // itself, or what is not UTF-8
			b = append(b, s[from:i]...)
			b = append(b, "\uFFFD"...)
			from = i + n
		case r == '\u2028' || r == '\u2029':
			b = append(b, s[from:i]...)
			b = append(b, `\u202`...)
			b = append(b, hex[r&15])
			from = i + n
		}
		i += n
	}
	return append(append(b, s[from:]...), '"')
}
