package yamlgen

import (
	"github.com/strataconf/strata/internal/yamltree"
	"github.com/strataconf/strata/option"
)

// appendBlock appends what stands behind "key:" for a value, with its line
// breaks: collections go to lines of their own, indented.
func appendBlock(b []byte, t *option.Tree, indent int) []byte {
	if !isBlock(t) {
		if t.Kind != option.Null {
			b = yamltree.AppendFlow(append(b, ' '), t)
		}
		return append(b, '\n')
	}
	b = append(b, '\n')
	return appendLines(b, t, indent, false)
}

// isBlock reports whether a value has lines of its own.
func isBlock(t *option.Tree) bool {
	if t.Kind != option.Sequence && t.Kind != option.Mapping || len(t.Items) == 0 {
		return false
	}
	for i := range t.Keys {
		if yamltree.IsLong(t.Keys[i].Scalar.Text()) {
			return false
		}
	}
	return true
}

// appendLines appends the entries of a collection, a line or more each. The
// first one continues a line that is begun, if started.
func appendLines(b []byte, t *option.Tree, indent int, started bool) []byte {
	for i := range t.Items {
		if !started {
			b = appendIndent(b, indent)
		}
		started = false
		item := &t.Items[i]
		if t.Kind == option.Mapping {
			b = append(yamltree.AppendKey(b, t.Keys[i].Scalar.Text()), ':')
			b = appendBlock(b, item, indent+2)
			continue
		}
		b = append(b, "- "...)
		if item.Kind == option.Mapping && isBlock(item) {
			b = appendLines(b, item, indent+2, true)
			continue
		}
		b = append(yamltree.AppendFlow(b, item), '\n')
	}
	return b
}

func appendIndent(b []byte, n int) []byte {
	for range n {
		b = append(b, ' ')
	}
	return b
}

// setting appends the line or lines of one option.
func appendSetting(b []byte, o *option.Option, t *option.Tree, indent int) []byte {
	b = append(yamltree.AppendKey(b, o.YAML), ':')
	if t.Kind == option.Scalar {
		b = yamltree.AppendValue(append(b, ' '), o, t.Scalar.Text())
		return append(b, '\n')
	}
	return appendBlock(b, t, indent+2)
}
