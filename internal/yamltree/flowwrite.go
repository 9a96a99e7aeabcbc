package yamltree

import (
	"encoding/csv"
	"strings"

	"github.com/strataconf/strata/option"
)

// AppendValue appends the text of a value of an option: a number or bool plain,
// so that other readers see one too, and all else as [AppendText] does.
func AppendValue(b []byte, o *option.Option, text string) []byte {
	if IsTyped(o) && !IsNull(text) && IsPlain(text) {
		return append(b, text...)
	}
	return AppendText(b, text)
}

// AppendList appends a list, given as the text that people type, on one line.
func AppendList(b []byte, text string) []byte {
	b = append(b, '[')
	for i, item := range items(text) {
		if i > 0 {
			b = append(b, ", "...)
		}
		b = AppendText(b, item)
	}
	return append(b, ']')
}

// items splits the text of a list, as its kind does.
func items(text string) []string {
	switch {
	case text == "":
		return nil
	case strings.IndexByte(text, '"') < 0:
		return strings.Split(text, ",")
	}
	record, err := csv.NewReader(strings.NewReader(text)).Read()
	if err != nil {
		return []string{text}
	}
	return record
}

// IsTyped reports whether other readers should see a number or bool, not text.
func IsTyped(o *option.Option) bool {
	switch o.Type() {
	case "int", "bool":
		return true
	}
	return false
}

// IsLong reports whether a key is, as written, so long that readers do not
// look for its colon unless a question mark stands before it.
func IsLong(key string) bool {
	const most, widest = 1000, len(`\U0010ffff`)
	return len(key) > most/widest && len(AppendKey(nil, key)) > most
}

// AppendFlow appends a tree on one line, in flow style. It reads back as that
// tree, here and in any other YAML reader.
func AppendFlow(b []byte, t *option.Tree) []byte {
	switch t.Kind {
	case option.Null:
		return append(b, "null"...)
	case option.Sequence:
		b = append(b, '[')
		for i := range t.Items {
			if i > 0 {
				b = append(b, ", "...)
			}
			b = AppendFlow(b, &t.Items[i])
		}
		return append(b, ']')
	case option.Mapping:
		b = append(b, '{')
		for i := range t.Items {
			if i > 0 {
				b = append(b, ", "...)
			}
			text := t.Keys[i].Scalar.Text()
			if IsLong(text) {
				b = append(b, "? "...)
			}
			b = append(AppendKey(b, text), ": "...)
			b = AppendFlow(b, &t.Items[i])
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
	return AppendText(b, text)
}

// AppendKey appends a key; one that reads like a merge key, null or a number
// is quoted as a value would be.
func AppendKey(b []byte, key string) []byte { return AppendText(b, key) }
