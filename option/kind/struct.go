package kind

import (
	"reflect"
	"strconv"
	"strings"

	"github.com/mitchellh/mapstructure"

	"github.com/strataconf/strata/option"
)

// Struct is a structured value: a map with text as keys, or a list of structs,
// or a struct. In files it is a tree, and its text is JSON.
//
// Members are bool, ints, string, [time.Duration], [Secret], [Secrets], types
// that read themselves as text, and lists, maps and structs of these. The key
// of a member is that of its yaml tag, else of its json tag. Further tags:
//
//	required:"true"    the member must be given, and not be empty
//	url:"redact"       a URL, of which userinfo and query values are withheld
//	url:"public"       free text that may be a link for everybody, of which only
//	                   userinfo is withheld
//
// Struct panics if F has anything else. A rule may set Item of its fault, such
// as "[2].target": the place of that item in the file is added.
func Struct[F any](f *F, rules ...Rule[F]) option.Value {
	p := plan(reflect.TypeFor[F](), reflect.StructTag(""), 0)
	k := &structure[F]{field: f, plan: p, rules: rules, traits: option.Traits{
		Rules: texts(rules), Struct: true, EmptyText: true, Form: p.form(),
	}}
	item := p
	if p.shape == shapeList {
		item = p.elem
	}
	for _, m := range item.members {
		k.traits.Keys = append(k.traits.Keys, m.key)
	}
	return k
}

type structure[F any] struct {
	field  *F
	plan   *node
	rules  []Rule[F]
	traits option.Traits
}

func (k *structure[F]) Type() string           { return "struct" }
func (k *structure[F]) Field() any             { return k.field }
func (k *structure[F]) Traits() *option.Traits { return &k.traits }

// Decode leaves *F as it was if raw is refused. Nothing in it is null or
// unknown, given twice or of another type by the time mapstructure moves it.
func (k *structure[F]) Decode(dst any, raw option.Raw) error {
	tree := raw.Tree()
	if tree == nil {
		parsed, fault := parseJSON(raw.Text())
		if fault != nil {
			return mend(fault, raw.Text())
		}
		tree = parsed
	}
	var v F
	var broken *option.Fault
	if tree != nil {
		var typed any
		if typed, broken = k.plan.read(tree); broken != nil {
			for _, f := range append([]*option.Fault{broken}, broken.Also...) {
				f.Item = strings.TrimPrefix(f.Item, ".")
			}
		}
		if err := move(&v, typed); err != nil {
			return err
		}
	}
	if fault := k.judge(v, tree, broken); fault != nil {
		return fault
	}
	*dst.(*F) = v
	return nil
}

// judge puts v to the rules and returns all that is wrong with it, what was
// broken when it was read included. Where an entry of a list is broken, the
// rules judge the others: what they would say of that one may be a mere
// consequence. A member is told of once, by the first rule that refuses it.
func (k *structure[F]) judge(v F, tree *option.Tree, broken *option.Fault) *option.Fault {
	all, told := faults{first: broken}, map[string]bool{}
	if broken != nil {
		for _, f := range append([]*option.Fault{broken}, broken.Also...) {
			told[f.Item] = true
			if f.Reason != missing {
				told[entry(f.Item)] = true
			}
		}
		if k.plan.shape != shapeList || told[""] {
			return broken
		}
	}
	for i := range k.rules {
		if k.rules[i].Check == nil {
			continue
		}
		fault := k.rules[i].Check(v)
		if fault == nil {
			continue
		}
		for _, f := range append([]*option.Fault{fault}, fault.Also...) {
			if told[f.Item] || told[entry(f.Item)] {
				continue
			}
			told[f.Item] = true
			f := *f
			f.Also = nil
			if f.Span == (option.Span{}) {
				f.Span = locate(tree, f.Item)
			}
			all.add(&f)
		}
	}
	return all.first
}

// entry tells the entries of a list apart, given the path of an item such as
// "[2].target".
func entry(item string) string {
	name, _, _ := strings.Cut(item, "]")
	return name
}

// move puts typed values into *dst. The plan has seen to it that they fit, so
// that an error of mapstructure, whose text would show the value, is a fault
// in the plan.
func move(dst, typed any) error {
	d, err := mapstructure.NewDecoder(&mapstructure.DecoderConfig{
		Result: dst, ErrorUnused: true,
		TagName:   "-", // no tags: the plan names the fields as Go does
		MatchName: func(key, field string) bool { return key == field },
	})
	if err == nil {
		err = d.Decode(typed)
	}
	if err != nil {
		return &option.Fault{Reason: "not of the right structure"}
	}
	return nil
}

func (k *structure[F]) Text(src any) string {
	return string(k.plan.appendText(nil, reflect.ValueOf(src).Elem()))
}

func (k *structure[F]) Tree(src any) option.Tree {
	return k.plan.tree(reflect.ValueOf(src).Elem())
}

func (k *structure[F]) Copy(dst, src any) {
	to, from := reflect.ValueOf(dst).Elem(), reflect.ValueOf(src).Elem()
	to.Set(k.plan.clone(from))
}

func (k *structure[F]) Redact(dst any) bool {
	v := reflect.ValueOf(dst).Elem()
	clean, removed := k.plan.redact(v)
	v.Set(clean)
	return removed
}

func (k *structure[F]) AppendJSON(b []byte, src any, shape option.Shape) []byte {
	v := reflect.ValueOf(src).Elem()
	if shape == option.ShapeFull && k.plan.shape == shapeList {
		return append(k.plan.appendJSON(append(b, `{"value":`...), v), '}')
	}
	return k.plan.appendJSON(b, v)
}

// locate returns the place of an item such as "[2].target", or of as much of
// the way there as the tree has.
func locate(t *option.Tree, item string) option.Span {
	if t == nil {
		return option.Span{}
	}
	for item != "" {
		var next *option.Tree
		if rest, found := strings.CutPrefix(item, "["); found {
			number, after, _ := strings.Cut(rest, "]")
			if i, err := strconv.Atoi(number); err == nil && t.Kind == option.Sequence && i < len(t.Items) {
				next, item = &t.Items[i], after
			}
		} else if t.Kind == option.Mapping {
			key, after := strings.TrimPrefix(item, "."), ""
			if end := strings.IndexAny(key, ".["); end >= 0 {
				key, after = key[:end], key[end:]
			}
			for i := range t.Keys {
				if t.Keys[i].Scalar.Text() == key {
					next, item = &t.Items[i], after
				}
			}
		}
		if next == nil {
			break
		}
		t = next
	}
	return t.Span
}
