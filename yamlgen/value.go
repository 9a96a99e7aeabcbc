package yamlgen

import (
	"unicode/utf8"

	"github.com/strataconf/strata/internal/yamltree"
	"github.com/strataconf/strata/option"
)

// Value writes a value of o as YAML on one line, given as text in the grammar
// that people type. Numbers, bools and lists get the form of their kind;
// anything else stays as it was typed. It reports false for a text that o
// refuses.
func Value(o *option.Option, text string) (yaml string, ok bool) {
	raw := option.RawText(text)
	traits := o.Value.Traits()
	var tree option.Tree
	if traits.Struct && text != "" {
		var fault *option.Fault
		if tree, fault = Tree(text); fault != nil {
			return "", false
		}
		raw = option.RawTree(&tree)
	}
	normal, ok := o.Normal(raw)
	if !ok || !utf8.ValidString(text) {
		return "", false
	}
	switch {
	case raw.Tree() != nil:
		return string(yamltree.AppendFlow(nil, &tree)), true
	case traits.Struct:
		return normal, true // of nothing, which files spell {} or []
	case traits.List:
		return string(yamltree.AppendList(nil, normal)), true
	case yamltree.IsTyped(o) && yamltree.IsPlain(normal):
		return normal, true
	}
	return Quote(text), true
}
