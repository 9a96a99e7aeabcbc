package load

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/strataconf/strata/option"
)

const codeGap = "variable-gap"

// A family is the numbered variables found for one option.
type family struct {
	option  *option.Option
	members []member
}

// A member is one numbered variable: member of item number in the list that
// the variables of one prefix spell.
type member struct {
	prefix int // in Indexed.Prefixes: the newest is 0
	number int
	field  int // in Indexed.Fields
	entry  int // in environ
	name   string
}

// member takes the variable if it is one of a numbered family and reports
// whether it did.
func (e *environment) member(i int, name, rest string) bool {
	for j := range e.families {
		f := &e.families[j]
		prefix, number, suffix, ok := split(f.option.Indexed, rest)
		if !ok {
			continue
		}
		field := slices.IndexFunc(f.option.Indexed.Fields, func(x option.IndexedField) bool { return x.Env == suffix })
		if field < 0 {
			return false
		}
		f.members = append(f.members, member{prefix, number, field, i, name})
		return true
	}
	return false
}

// split takes a name without the prefix of the program apart. The number is as
// Go writes it, so that one item has one spelling.
func split(ix *option.Indexed, rest string) (prefix, number int, suffix string, ok bool) {
	for i, stem := range ix.Prefixes {
		after, found := strings.CutPrefix(rest, strings.TrimSuffix(stem, "_")+"_")
		if !found {
			continue
		}
		digits, suffix, found := strings.Cut(after, "_")
		n, _ := strconv.Atoi(digits) // what is no number is spelled otherwise
		if found && n >= 0 && strconv.Itoa(n) == digits {
			return i, n, suffix, true
		}
	}
	return 0, 0, "", false
}

// nearMember returns the numbered variable that a name without the prefix most
// likely meant, or "".
func (e *environment) nearMember(rest string) string {
	for _, f := range e.families {
		ix := f.option.Indexed
		prefix, number, suffix, ok := split(ix, rest)
		if !ok {
			prefix, number, suffix, ok = splitNear(ix, rest)
		}
		if !ok {
			continue
		}
		known := make([]string, 0, len(ix.Fields))
		for _, field := range ix.Fields {
			known = append(known, field.Env)
		}
		if near := option.Nearest(suffix, known); near != "" {
			return memberName(e.c, ix, prefix, number, near)
		}
	}
	return ""
}

// splitNear is split for a name whose stem is misspelt.
func splitNear(ix *option.Indexed, rest string) (prefix, number int, suffix string, ok bool) {
	item := strings.TrimLeftFunc(rest, func(r rune) bool { return r < '0' || r > '9' })
	stem := strings.TrimSuffix(strings.TrimSuffix(rest, item), "_")
	return split(ix, strings.TrimSuffix(option.Nearest(stem, ix.Prefixes), "_")+"_"+item)
}

func memberName(c *option.Catalog, ix *option.Indexed, prefix, number int, suffix string) string {
	return c.EnvPrefix() + strings.TrimSuffix(ix.Prefixes[prefix], "_") + "_" + strconv.Itoa(number) + "_" + suffix
}

// numbered makes an input of each prefix of a family, those of older prefixes
// first, so that the newest wins.
func (e *environment) numbered(f *family) {
	set := e.ordered(f)
	for len(set) > 0 {
		n := 1
		for n < len(set) && set[n].prefix == set[0].prefix {
			n++
		}
		e.list(f.option, set[:n])
		if set[0].prefix > 0 {
			e.older(f.option, set[0], set[n:])
		}
		set = set[n:]
	}
}

// ordered returns the members that count: by prefix, older ones first, then by
// number and field.
func (e *environment) ordered(f *family) []member {
	order := func(a, b member) int {
		return cmp.Or(cmp.Compare(b.prefix, a.prefix), cmp.Compare(a.number, b.number), cmp.Compare(a.field, b.field))
	}
	// The sort is stable and keeps the first of two variables of one name.
	slices.SortStableFunc(f.members, order)
	set := slices.CompactFunc(f.members, func(a, b member) bool { return order(a, b) == 0 })
	return slices.DeleteFunc(set, func(m member) bool { return !e.usable(f.option, m) })
}

// usable reports whether a member holds a value, and reports what is odd.
func (e *environment) usable(o *option.Option, m member) bool {
	text := e.value(m.entry, m.name)
	at := e.origin(m.entry, m.name)
	switch {
	case text == "" && !e.c.KeepEmpty():
		e.problem(empty(at, o))
		return false
	case !utf8.ValidString(text):
		e.problem(notUTF8(at, o))
		return false
	}
	e.problem(lineBreak(at, o, text))
	e.problem(quotes(at, o, text))
	return true
}

// list makes the input of the variables of one prefix, in order of number and
// field. A gap ends the list: what is behind it would move up unnoticed.
func (e *environment) list(o *option.Option, set []member) {
	tree := &option.Tree{Kind: option.Sequence}
	for i := range set {
		m := &set[i]
		if m.number > len(tree.Items) {
			e.problem(&option.Problem{
				Code: codeGap, Origin: e.origin(m.entry, m.name), Name: m.name, Option: o,
				Reason: "none is set with number " + strconv.Itoa(len(tree.Items)), Hint: "numbers go from 0 without gaps",
			})
			break
		}
		if m.number == len(tree.Items) {
			tree.Items = append(tree.Items, option.Tree{Kind: option.Mapping})
		}
		e.add(&tree.Items[m.number], o, m)
	}
	if len(tree.Items) > 0 {
		at := e.origin(set[0].entry, set[0].name)
		e.layer.Inputs = append(e.layer.Inputs, option.Input{Option: o, Origin: at, Raw: option.RawTree(tree)})
	}
}

func (e *environment) add(item *option.Tree, o *option.Option, m *member) {
	field := &o.Indexed.Fields[m.field]
	entry := &e.environ[m.entry]
	window := func(off, n int) option.Tree {
		return option.Tree{Kind: option.Scalar, Scalar: option.RawWindow(entry, off, n)}
	}
	off := len(m.name) + 1
	value := window(off, len(*entry)-off)
	if field.List {
		value = option.Tree{Kind: option.Sequence}
		for part := range strings.SplitSeq((*entry)[off:], " ") {
			value.Items = append(value.Items, window(off, len(part)))
			off += len(part) + 1
		}
	}
	item.Keys = append(item.Keys, option.Tree{Kind: option.Scalar, Scalar: option.RawWindow(&field.Key, 0, len(field.Key))})
	item.Items = append(item.Items, value)
}

// older warns of the older prefix of a family; newer are the members of the
// prefixes that replaced it and are set too.
func (e *environment) older(o *option.Option, first member, newer []member) {
	field := o.Indexed.Fields[first.field].Env
	p := &option.Problem{
		Severity: option.Warning, Code: "deprecated", Origin: e.origin(first.entry, first.name),
		Name: first.name, Option: o, Reason: "deprecated",
		Hint: "use " + memberName(e.c, o.Indexed, 0, first.number, field) + " instead",
	}
	if len(newer) > 0 {
		last := newer[len(newer)-1]
		p.Code = "both-spellings"
		p.Reason = "deprecated, and " + last.name + " is set too and wins"
		p.Hint = "remove the variables of the older name"
		p.Related = []option.Origin{e.origin(last.entry, last.name)}
	}
	e.problem(p)
}
