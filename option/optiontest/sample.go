package optiontest

import (
	"encoding/json"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/strataconf/strata/option"
	"github.com/strataconf/strata/yamlgen"
)

// usual are texts of which every usual kind of option takes at least one.
var usual = []string{
	"true", "false", "17", "3h", "some words", "one,two", "https://sample.test/path", "sample.test:8443", "a.b-c", "org/team",
	"10.0.0.0/8", "ops@sample.test", "X-Real-Ip", "Key=Value", "https://sample.test", "CRON_TZ=UTC 0 3 * * *", "*.apps.sample.test", "example",
	"/etc/ssl/sample.pem", "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=", "TLS_AES_128_GCM_SHA256", "default-src 'self'",
	`{"k":"v"}`, `{"k":["v"]}`, `{"k":["01234567-89ab-cdef-0123-456789abcdef"]}`,
	`[{"name":"Docs","target":"https://sample.test/docs","icon":"docs"}]`, `[{"type":"github","client_id":"abc","id":"gh"}]`,
}

// unfit are texts of which every usual kind refuses at least one.
var unfit = []string{"~~ nothing takes this ~~", "[", "\xff"}

// fresh returns a new field of the option, as a *F.
func fresh(o *option.Option) any {
	return reflect.New(reflect.TypeOf(o.Value.Field()).Elem()).Interface()
}

// decode reads text into a fresh field of the option, as a source would.
func decode(o *option.Option, text string) (field any, err error) {
	field = fresh(o)
	raw := option.RawText(text)
	if text != "" && o.Value.Traits().Struct {
		tree, fault := yamlgen.Tree(text)
		if fault != nil {
			return field, fault
		}
		raw = option.RawTree(&tree)
	}
	return field, o.Value.Decode(field, raw)
}

// fit returns a text that the option takes and that is not its default.
func fit(t *testing.T, o *option.Option, samples []string) (text string, field any) {
	t.Helper()
	def := fresh(o)
	if o.Default != "" {
		def, _ = decode(o, o.Default)
	}
	for _, s := range slices.Concat([]string{o.Example}, o.Value.Traits().Choices, samples, usual) {
		if s == "" {
			continue
		}
		if field, err := decode(o, s); err == nil && o.Value.Text(field) != o.Value.Text(def) {
			return s, field
		}
	}
	t.Fatalf("--%s: no sample fits; give the row an Example, or pass one", o.Flag)
	return "", nil
}

// misfit returns a text that the option refuses, if there is one.
func misfit(o *option.Option) (string, bool) {
	for _, s := range unfit {
		if _, err := decode(o, s); err != nil {
			return s, true
		}
	}
	return "", false
}

// document spells one option in a file, and tells where the value stands.
func document(o *option.Option, value string) (doc string, line, column int32) {
	keys := strings.Split(o.Path(), ".")
	for i, k := range keys {
		doc += strings.Repeat("  ", i) + k + ":"
		if i < len(keys)-1 {
			doc += "\n"
		}
	}
	column = int32(len(doc) - strings.LastIndexByte(doc, '\n') + 1)
	return doc + " " + value + "\n", int32(len(keys)), column
}

// flow writes the field as a YAML value on one line.
func flow(o *option.Option, field any, text string) string {
	quote := func(s string) string { return string(option.AppendJSONString(nil, s)) }
	switch tr := o.Value.Traits(); {
	case tr.Struct:
		return o.Value.Text(field)
	case tr.List:
		var items []string
		for _, item := range o.Value.Tree(field).Items {
			items = append(items, quote(item.Scalar.Text()))
		}
		return "[" + strings.Join(items, ", ") + "]"
	case o.Type() == "bool", o.Type() == "int", o.Type() == "duration":
		return text
	}
	return quote(text)
}

// goField returns the field of the option inside a struct, as a *F.
func goField(o *option.Option, all any) any {
	v := reflect.ValueOf(all)
	for name := range strings.SplitSeq(o.FieldPath(), ".") {
		v = v.FieldByName(name)
	}
	p := reflect.New(v.Type())
	p.Elem().Set(v)
	return p.Interface()
}

// inTree returns what stands at a dotted path of a JSON document.
func inTree(t *testing.T, doc []byte, path string) string {
	t.Helper()
	for key := range strings.SplitSeq(path, ".") {
		var m map[string]json.RawMessage
		if err := json.Unmarshal(doc, &m); err != nil {
			t.Fatalf("%s: %v", path, err)
		}
		doc = m[key]
	}
	return string(doc)
}

func sameJSON(a, b string) bool {
	var x, y any
	return json.Unmarshal([]byte(a), &x) == nil && json.Unmarshal([]byte(b), &y) == nil && reflect.DeepEqual(x, y)
}
