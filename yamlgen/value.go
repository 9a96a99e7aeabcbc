package yamlgen

import (
	"github.com/strataconf/strata/internal/yamltree"
	"github.com/strataconf/strata/option"
)

// Value writes a value of o as YAML on one line, given as text in the grammar
// that people type. Numbers, bools and lists get the form of their kind;
// anything else stays as it was typed. It reports false for a text that o
// refuses.
func Value(o *option.Option, text string) (yaml string, ok bool) {
	normal, ok := o.Normal(option.RawText(text))
	if !ok {
		return "", false
	}
	switch traits := o.Value.Traits(); {
	case traits.Struct:
		t, fault := Tree(text)
		if fault != nil {
			return "", false
		}
		return string(yamltree.AppendFlow(nil, &t)), true
	case traits.List:
		b := []byte{'['}
		if normal != "" {
			for i, item := range record(normal) {
				if i > 0 {
					b = append(b, ", "...)
				}
				b = yamltree.AppendText(b, item)
			}
		}
		return string(append(b, ']')), true
	case yamltree.IsTyped(o) && yamltree.IsPlain(normal):
		return normal, true
	}
	return Quote(text), true
}
