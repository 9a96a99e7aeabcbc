package yamlgen_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/strataconf/strata/yamlgen"
)

func TestKeys(t *testing.T) {
	t.Parallel()
	for _, k := range []struct{ name, file, want string }{
		{"empty", "", ""},
		{"null root", "~\n", ""},
		{"a list", "- a\n", ""},
		{"groups", "net:\n  tls: 1\n  gone: two\n", "net@2:3 net.tls@2:8 net.gone@3:9"},
		{"null is not set", "net:\n  tls:\n  a: ~\nb: null\nc: ''\n", "net@2:3 c@5:4"},
		{"a dot in a key", "net.tls: 1\nnet: {tls: 2}\n", "net@2:6 net.tls@2:12"},
		{"an empty key", "'': 1\n&a :\n  b: 1\n", ""},
		{"an alias", "x-a: &a {b: 1}\nc: *a\n", "x-a@1:9 x-a.b@1:13 c@2:4 c.b@2:4"},
		{"a merge", "x-a: &a {b: 1}\nc:\n  <<: *a\n  d: 2\n", "x-a@1:9 x-a.b@1:13 c@3:3 c.d@4:6 c.b@3:7"},
		{"no descent into lists", "a: [{b: 1}]\n", "a@1:4"},
		{"a long key", strings.Repeat("k", 1001) + ": 1\nb: 2\n", "b@2:4"},
		{"a key just short enough", strings.Repeat("k", 1000) + ": 1\n", strings.Repeat("k", 1000) + "@1:1003"},
	} {
		t.Run(k.name, func(t *testing.T) {
			t.Parallel()
			keys, problem := yamlgen.Keys("f.yaml", k.file, yamlgen.Limits{})
			if problem != nil {
				t.Fatal(problem)
			}
			var got []string
			for _, key := range keys {
				got = append(got, fmt.Sprintf("%s@%d:%d", key.Path, key.Span.Line, key.Span.Column))
			}
			if text := strings.Join(got, " "); text != k.want {
				t.Errorf("got %s, want %s", text, k.want)
			}
		})
	}
}

func TestKeysOfNoYAML(t *testing.T) {
	t.Parallel()
	keys, problem := yamlgen.Keys("f.yaml", "a: [\n", yamlgen.Limits{})
	if len(keys) > 0 || problem == nil || problem.Code != "invalid-yaml" || problem.Origin.Name != "f.yaml" {
		t.Errorf("got %v and %v, want a problem of the file", keys, problem)
	}
}

// TestKeysAreBounded holds that nested long keys do not multiply.
func TestKeysAreBounded(t *testing.T) {
	t.Parallel()
	file := strings.Repeat("k", 900) + ":\n" + strings.Repeat("  kkkkkkkkkkkkkkkkkkkkkkk: {"+strings.Repeat("a", 400)+": 1}\n", 1)
	keys, problem := yamlgen.Keys("f.yaml", file, yamlgen.Limits{})
	if problem != nil || len(keys) != 2 {
		t.Errorf("got %d keys and %v, want the two short ones", len(keys), problem)
	}
}
