package yamlgen_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/strataconf/strata/option"
	"github.com/strataconf/strata/yamlgen"
)

// FuzzValue writes any text as a value of each option: what is written stands
// on one line, is read, and means what the text means.
func FuzzValue(f *testing.F) {
	for _, s := range []string{"", "7", "1h", "a,b", `"a,b",c`, "{a: b}", "[{name: a, target: b}]", ":80", "true", "~", "\n", "\x00", "a: b # c", "https://u:p@h/?q"} {
		f.Add(s)
	}
	r := build(f)
	f.Fuzz(func(t *testing.T, text string) {
		for o := range r.All() {
			yaml, ok := yamlgen.Value(o, text)
			if !ok {
				continue
			}
			if strings.ContainsAny(yaml, "\r\n") || !utf8.ValidString(yaml) {
				t.Fatalf("--%s of %q: got %q, want one line of text", o.Flag, text, yaml)
			}
			raw := option.RawText(text)
			if o.Value.Traits().Struct && text != "" {
				tree, fault := yamlgen.Tree(text)
				if fault != nil {
					t.Fatalf("--%s: %q was written and can't be read: %v", o.Flag, text, fault)
				}
				raw = option.RawTree(&tree)
			}
			want, _ := o.Normal(raw)
			again, fault := yamlgen.Tree(yaml)
			if fault != nil {
				t.Fatalf("--%s of %q: got %q, which is no YAML: %v", o.Flag, text, yaml, fault)
			}
			if got, ok := o.Normal(option.RawTree(&again)); !ok && again.Kind != option.Null || ok && got != want {
				t.Fatalf("--%s of %q: %q reads back as %q, %v; want %q", o.Flag, text, yaml, got, ok, want)
			}
		}
	})
}

// FuzzKeys holds that the keys of any file are found where they stand, and that
// a file without keys of YAML is a problem and no more.
func FuzzKeys(f *testing.F) {
	for _, s := range []string{"", "a: 1\n", "a: {b: [c]}\n", "x: &x {y: 1}\nz:\n  <<: *x\n", "a:\n- b: c\n", "a.b: 1\n", "{", "é: {ü: 1}\n"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, src string) {
		keys, problem := yamlgen.Keys("f", src, yamlgen.Limits{})
		if problem != nil && len(keys) > 0 {
			t.Fatalf("%q: got %d keys and %v", src, len(keys), problem)
		}
		for _, k := range keys {
			if k.Path == "" || k.Span.Line < 1 || k.Span.Column < 1 || int(k.Span.Offset+k.Span.Length) > len(src) {
				t.Fatalf("%q: key %q at %+v", src, k.Path, k.Span)
			}
		}
	})
}
