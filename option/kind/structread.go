package kind

import (
	"strconv"

	"github.com/strataconf/strata/option"
)

// read returns the typed values of a tree: map[string]any, []any and scalars.
// Structs are maps by the Go names of their fields. A fault has the path and
// place of the item that it is about; beside it stands what could be read.
func (n *node) read(t *option.Tree) (any, *option.Fault) {
	switch n.shape {
	case shapeList:
		return n.readList(t)
	case shapeMap:
		return n.readMap(t)
	case shapeStruct:
		return n.readStruct(t)
	}
	text, fault := scalarText(option.RawTree(t))
	if fault != nil {
		return nil, at(t, "", fault)
	}
	v, fault := n.scalar.read(n.typ, text)
	if fault == nil && n.url == urlRedact {
		_, fault = parseURL(text)
	}
	if fault != nil {
		return nil, at(t, "", mend(fault, text))
	}
	return v, nil
}

func (n *node) readList(t *option.Tree) (any, *option.Fault) {
	if t.Kind != option.Sequence {
		return nil, at(t, "", notA("list", t))
	}
	texts, list, all := []string(nil), []any(nil), faults{}
	for i := range t.Items {
		item := &t.Items[i]
		if n.texts {
			text, fault := itemText(item)
			if fault != nil {
				all.add(at(item, index(i), fault))
				texts, list = append(texts, ""), append(list, nil)
				continue
			}
			texts = append(texts, text)
		}
		v, fault := n.elem.read(item)
		if fault != nil {
			all.add(at(item, index(i), fault))
		}
		list = append(list, v)
	}
	if n.typ == secretsType {
		return NewSecrets(texts...), all.first
	}
	return list, all.first
}

func (n *node) readMap(t *option.Tree) (any, *option.Fault) {
	if t.Kind != option.Mapping {
		return nil, at(t, "", notA("mapping", t))
	}
	if fault := distinct(t); fault != nil {
		return nil, fault
	}
	m, all := make(map[string]any, len(t.Keys)), faults{}
	for i := range t.Keys {
		// Keys are the user's own, so a path has the number of the entry.
		path := "{" + strconv.Itoa(i) + "}"
		key, fault := scalarText(option.RawTree(&t.Keys[i]))
		if fault != nil {
			all.add(at(&t.Keys[i], path, fault))
			continue
		}
		v, fault := n.elem.read(&t.Items[i])
		if fault != nil {
			all.add(at(&t.Items[i], path, fault))
		}
		m[key] = v
	}
	if len(m) == 0 {
		return nil, all.first
	}
	return m, all.first
}

func (n *node) readStruct(t *option.Tree) (any, *option.Fault) {
	if t.Kind != option.Mapping {
		return nil, at(t, "", notA("mapping", t))
	}
	if fault := distinct(t); fault != nil {
		return nil, fault
	}
	fields, all := make(map[string]any, len(t.Keys)), faults{}
	for i := range t.Keys {
		key := t.Keys[i].Scalar.Text()
		m := n.member(key)
		if m == nil {
			f := &option.Fault{Reason: "an unknown key"}
			if known := option.Nearest(key, n.keys); known != "" {
				f.Hint = "did you mean " + known + "?"
			}
			all.add(at(&t.Keys[i], "", f))
			continue
		}
		if t.Items[i].Kind == option.Null {
			continue // not set here, as everywhere in a file
		}
		v, fault := m.read(&t.Items[i])
		if fault == nil && m.required && isEmpty(&t.Items[i]) {
			fault = &option.Fault{Reason: "empty, but needed"}
		}
		if fault != nil {
			all.add(at(&t.Items[i], "."+m.key, fault))
		}
		fields[m.field] = v
	}
	for i := range n.members {
		m := &n.members[i]
		if _, given := fields[m.field]; m.required && !given {
			all.add(at(t, "."+m.key, &option.Fault{Reason: missing}))
		}
	}
	return fields, all.first
}

// missing is said of a member that is left out, which tells nothing bad of the
// other members.
const missing = "missing, but needed"

// faults collects what is wrong with one value; a person mends no more than
// mostFaults at a time.
type faults struct{ first *option.Fault }

const mostFaults = 20

func (all *faults) add(f *option.Fault) {
	switch {
	case all.first == nil:
		all.first = f
	case len(all.first.Also) < mostFaults:
		also := f.Also
		f.Also = nil
		all.first.Also = append(append(all.first.Also, f), also...)
	}
}

func (n *node) member(key string) *member {
	for i := range n.members {
		if n.members[i].key == key {
			return &n.members[i]
		}
	}
	return nil
}

func isEmpty(t *option.Tree) bool {
	return t.Kind == option.Scalar && t.Scalar.Text() == "" || t.Kind != option.Scalar && len(t.Items) == 0
}

// distinct refuses a key that stands twice.
func distinct(t *option.Tree) *option.Fault {
	seen := make(map[string]int, len(t.Keys))
	for i := range t.Keys {
		key := t.Keys[i].Scalar.Text()
		first, twice := seen[key]
		if !twice {
			seen[key] = i
			continue
		}
		f := &option.Fault{Reason: "a key that stands twice"}
		if line := t.Keys[first].Span.Line; line > 0 {
			f.Reason += ", first on line " + strconv.Itoa(int(line))
		}
		return at(&t.Keys[i], "", f)
	}
	return nil
}

// at puts a fault inside an item: path goes in front, and the place of t is
// the place unless an inner one is known.
func at(t *option.Tree, path string, fault *option.Fault) *option.Fault {
	f := *fault
	f.Item = path + f.Item
	if f.Span == (option.Span{}) {
		f.Span = t.Span
	}
	f.Also = nil
	for _, also := range fault.Also {
		f.Also = append(f.Also, at(t, path, also))
	}
	return &f
}

func notA(want string, t *option.Tree) *option.Fault {
	got := [...]string{option.Scalar: "text", option.Null: "null", option.Sequence: "a list", option.Mapping: "a mapping"}
	return &option.Fault{Reason: got[t.Kind] + " where a " + want + " belongs"}
}
