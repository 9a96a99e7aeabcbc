package kind

import (
	"slices"
	"strconv"
	"strings"

	"github.com/strataconf/strata/option"
)

// Strings is a list of texts: a sequence in files, a CSV record in text. The
// rules hold for each item. An empty list is nil.
func Strings(f *[]string, rules ...Rule[string]) option.Value {
	if len(rules) == 0 {
		return &list[[]string]{f, &anyTexts}
	}
	return stringList(f, option.Traits{Rules: texts(rules), Limits: limits(rules)}, func(text string) (string, *option.Fault) {
		return text, check(rules, text)
	})
}

// Enums is a list whose items are of the choices, see [Enum].
func Enums(f *[]string, choices ...string) option.Value {
	return stringList(f, option.Traits{Choices: choices}, parseChoice(choices))
}

// Files is a list of paths of files.
func Files(f *[]string) option.Value { return Strings(f) }

func stringList(f *[]string, t option.Traits, item func(string) (string, *option.Fault)) option.Value {
	t.List, t.EmptyText = true, true
	k := anyTexts
	k.item, k.traits = item, t
	return &list[[]string]{f, &k}
}

var anyTexts = listFacts[[]string]{
	item:   keep,
	items:  func(v []string) []string { return v },
	pack:   func(items []string) []string { return items },
	json:   appendStrings,
	redact: func(v []string) ([]string, bool) { return v, false },
	traits: option.Traits{List: true, EmptyText: true},
}

// SecretsOf is a list of texts that are never shown. The rules see the items.
func SecretsOf(f *Secrets, rules ...Rule[string]) option.Value {
	return &list[Secrets]{f, &listFacts[Secrets]{
		item:  func(text string) (string, *option.Fault) { return text, check(rules, text) },
		items: Secrets.items,
		pack: func(items []string) Secrets {
			if len(items) == 0 {
				return Secrets{}
			}
			return Secrets{p: hide(items)}
		},
		json:   func(b []byte, _ Secrets) []byte { return append(b, '[', ']') },
		redact: func(s Secrets) (Secrets, bool) { return Secrets{}, s.IsSet() },
		traits: option.Traits{
			List: true, EmptyText: true, Secret: true,
			Rules: texts(rules), Limits: limits(rules), Annotations: secretAnnotation(),
		},
	}}
}

// list is every kind of list of texts, see [of].
type list[F any] struct {
	field *F
	*listFacts[F]
}

// listFacts are all of a list but the field. pack may keep the slice it is
// given.
type listFacts[F any] struct {
	item   func(string) (string, *option.Fault)
	items  func(F) []string
	pack   func([]string) F
	json   func([]byte, F) []byte
	redact func(F) (F, bool)
	traits option.Traits
}

func (k *list[F]) Type() string           { return "string-array" }
func (k *list[F]) Field() any             { return k.field }
func (k *list[F]) Traits() *option.Traits { return &k.traits }

// Decode leaves *F as it was if raw is refused.
func (k *list[F]) Decode(dst any, raw option.Raw) error {
	items, fault := k.read(raw)
	if fault != nil {
		return fault
	}
	*dst.(*F) = k.pack(items)
	return nil
}

// Append implements [option.Lister].
func (k *list[F]) Append(dst any, raw option.Raw) error {
	items, fault := k.read(raw)
	if fault != nil {
		return fault
	}
	if len(items) > 0 {
		items = append(k.items(*dst.(*F)), items...)
	}
	*dst.(*F) = k.pack(items)
	return nil
}

func (k *list[F]) read(raw option.Raw) ([]string, *option.Fault) {
	var items []string
	var fault *option.Fault
	tree := raw.Tree()
	if tree != nil && tree.Kind == option.Sequence {
		items, fault = scalars(tree)
	} else {
		var text string
		if tree != nil && tree.Kind == option.Mapping {
			fault = &option.Fault{Reason: "a mapping where a list belongs", Span: tree.Span}
		} else if text, fault = scalarText(raw); fault == nil {
			items, fault = splitRecord(text)
		}
	}
	if fault != nil {
		return nil, fault
	}
	var all faults
	for i, text := range items {
		v, fault := k.item(text)
		if fault != nil {
			f := *mend(fault, text)
			f.Item = index(i) + f.Item
			if tree != nil && tree.Kind == option.Sequence {
				f.Span = tree.Items[i].Span
			}
			all.add(&f)
		}
		items[i] = v
	}
	if all.first != nil {
		return nil, all.first
	}
	return items, nil
}

// scalars returns the items of a sequence of scalars, nil if it has none.
func scalars(t *option.Tree) ([]string, *option.Fault) {
	if len(t.Items) == 0 {
		return nil, nil
	}
	items, all := make([]string, len(t.Items)), faults{}
	for i := range t.Items {
		text, fault := itemText(&t.Items[i])
		if fault != nil {
			fault.Item, fault.Span = index(i), t.Items[i].Span
			all.add(fault)
		}
		items[i] = text
	}
	if all.first != nil {
		return nil, all.first
	}
	return items, nil
}

// itemText returns the text of one item of a list. A line break is refused in
// every source, since it would not fit in the CSV record of the others.
func itemText(t *option.Tree) (string, *option.Fault) {
	text, fault := scalarText(option.RawTree(t))
	if strings.ContainsAny(text, "\r\n") {
		fault = lineBreak()
	}
	return text, fault
}

func index(i int) string { return "[" + strconv.Itoa(i) + "]" }

func lineBreak() *option.Fault {
	return &option.Fault{Reason: "a line break in a list", Hint: "separate items with commas"}
}

func (k *list[F]) Text(src any) string { return joinRecord(k.items(*src.(*F))) }

func (k *list[F]) Tree(src any) option.Tree {
	t := option.Tree{Kind: option.Sequence}
	for _, s := range k.items(*src.(*F)) {
		t.Items = append(t.Items, scalar(s))
	}
	return t
}

func (k *list[F]) Copy(dst, src any) { *dst.(*F) = k.pack(slices.Clone(k.items(*src.(*F)))) }

func (k *list[F]) Redact(dst any) bool {
	v, removed := k.redact(*dst.(*F))
	*dst.(*F) = v
	return removed
}

func (k *list[F]) AppendJSON(b []byte, src any, _ option.Shape) []byte {
	return k.json(b, *src.(*F))
}

func appendStrings(b []byte, items []string) []byte {
	b = append(b, '[')
	for i, s := range items {
		b = option.AppendJSONString(comma(b, i), s)
	}
	return append(b, ']')
}
