package yamlgen_test

import (
	"bytes"
	"testing"

	"github.com/strataconf/strata/yamlgen"
)

// TestHeads holds that a file written for editors is the file without the
// line, and sets the same.
func TestHeads(t *testing.T) {
	t.Parallel()
	r := build(t)
	head, ok := yamlgen.EditorSchema("../toy%20files/schema.json")
	if !ok {
		t.Fatal("an address without blanks: got refused, want taken")
	}
	const line = "# yaml-language-server: $schema=../toy%20files/schema.json\n"
	settings := resolve(t, r, fileOf(t, "settings.yaml")).Redact()
	for name, write := range map[string]func(*bytes.Buffer, ...yamlgen.Head) error{
		"Reference": func(b *bytes.Buffer, heads ...yamlgen.Head) error { return yamlgen.Reference(b, r.Catalog, heads...) },
		"Write": func(b *bytes.Buffer, heads ...yamlgen.Head) error {
			_, err := yamlgen.Write(b, settings, heads...)
			return err
		},
	} {
		var plain, headed, none bytes.Buffer
		for b, heads := range map[*bytes.Buffer][]yamlgen.Head{&plain: nil, &headed: {head}, &none: {{}}} {
			if err := write(b, heads...); err != nil {
				t.Fatal(err)
			}
		}
		if got, want := headed.String(), line+plain.String(); got != want {
			t.Errorf("%s: got\n%.200s\nwant\n%.200s", name, got, want)
		}
		if none.String() != plain.String() {
			t.Errorf("%s: a head of nothing writes something", name)
		}
		if l := yamlgen.Parse(r.Catalog, "toy.yaml", headed.String(), yamlgen.Limits{}); len(l.Problems) > 0 {
			t.Errorf("%s: read back: %v", name, l.Problems.Err())
		}
	}
}

func TestEditorSchemaRefuses(t *testing.T) {
	t.Parallel()
	for _, address := range []string{"", " ", "a b", "a\nworkers: 3", "a\r", "a\x1b[31m", "a\u0085b", "a\u2028b", "\ufeffa", "a\xff"} {
		if _, ok := yamlgen.EditorSchema(address); ok {
			t.Errorf("%q: got taken, want refused", address)
		}
	}
	for _, address := range []string{"s.json", "https://a.test/s.json?v=1#x", "/etc/ä.json", `C:\s.json`} {
		if _, ok := yamlgen.EditorSchema(address); !ok {
			t.Errorf("%q: got refused, want taken", address)
		}
	}
}
