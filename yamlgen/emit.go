package yamlgen

import (
	"github.com/strataconf/strata/internal/yamltree"
	"github.com/strataconf/strata/option"
)

// isLong reports whether a key is, as written, so long that readers do not
// look for its colon unless a question mark stands before it.
func isLong(key string) bool {
	const most, widest = 1000, len(`\U0010ffff`)
	return len(key) > most/widest && len(appendKey(nil, key)) > most
}

// appendFlow appends t on one line.
func appendFlow(b []byte, t *option.Tree) []byte {
	switch t.Kind {
	case option.Null:
		return append(b, "null"...)
	case option.Sequence:
		b = append(b, '[')
		for i := range t.Items {
			if i > 0 {
				b = append(b, ", "...)
			}
			b = appendFlow(b, &t.Items[i])
		}
		return append(b, ']')
	case option.Mapping:
		b = append(b, '{')
		for i := range t.Items {
			if i > 0 {
				b = append(b, ", "...)
			}
			text := t.Keys[i].Scalar.Text()
			if isLong(text) {
				b = append(b, "? "...)
			}
			b = append(appendKey(b, text), ": "...)
			b = appendFlow(b, &t.Items[i])
		}
		return append(b, '}')
	}
	return appendScalar(b, t)
}

// appendScalar appends a scalar of unknown type. A bool stays plain, whether
// it is one or a text that reads like one: the kind knows.
func appendScalar(b []byte, t *option.Tree) []byte {
	text := t.Scalar.Text()
	switch {
	case t.Quoted:
		return appendQuoted(b, text)
	case text == "true" || text == "false":
		return append(b, text...)
	}
	return appendText(b, text)
}

// appendKey appends a key; one that reads like a merge key, null or a number
// is quoted as a value would be.
func appendKey(b []byte, key string) []byte { return appendText(b, key) }

// appendBlock appends what stands behind "key:" for a value, with its line
// breaks: collections go to lines of their own, indented.
func appendBlock(b []byte, t *option.Tree, indent int) []byte {
	if !isBlock(t) {
		if t.Kind != option.Null {
			b = appendFlow(append(b, ' '), t)
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
		if isLong(t.Keys[i].Scalar.Text()) {
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
			b = append(appendKey(b, t.Keys[i].Scalar.Text()), ':')
			b = appendBlock(b, item, indent+2)
			continue
		}
		b = append(b, "- "...)
		if item.Kind == option.Mapping && isBlock(item) {
			b = appendLines(b, item, indent+2, true)
			continue
		}
		b = append(appendFlow(b, item), '\n')
	}
	return b
}

const spaces = "                                                                "

func appendIndent(b []byte, n int) []byte {
	for n > len(spaces) {
		b = append(b, spaces...)
		n -= len(spaces)
	}
	return append(b, spaces[:n]...)
}

// setting appends the line or lines of one option.
func appendSetting(b []byte, o *option.Option, t *option.Tree, indent int) []byte {
	b = append(appendKey(b, o.YAML), ':')
	if t.Kind == option.Scalar && !t.Quoted && isTyped(o) && !yamltree.IsNull(t.Scalar.Text()) && isPlain(t.Scalar.Text()) {
		b = append(b, ' ')
		b = append(b, t.Scalar.Text()...)
		return append(b, '\n')
	}
	if t.Kind == option.Scalar && !t.Quoted {
		b = appendText(append(b, ' '), t.Scalar.Text())
		return append(b, '\n')
	}
	return appendBlock(b, t, indent+2)
}

// isTyped reports whether other readers should see a number or bool, not text.
func isTyped(o *option.Option) bool {
	switch o.Type() {
	case "int", "bool":
		return true
	}
	return false
}
