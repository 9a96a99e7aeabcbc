package yamlgen_test

import (
	"testing"

	"github.com/strataconf/strata/option"
	"github.com/strataconf/strata/yamlgen"
)

func TestValue(t *testing.T) {
	t.Parallel()
	r := build(t)
	for _, tt := range []struct{ flag, text, want string }{
		{"workers", "0x10", "refused"},
		{"workers", "7", "7"},
		{"workers", "-1", "refused"},
		{"wait", "90m", "90m"},
		{"wait", "soon", "refused"},
		{"name", "plain", "plain"},
		{"name", "8080", `"8080"`},
		{"name", "a: b", `"a: b"`},
		{"name", "", `""`},
		{"name", "two\nlines", `"two\nlines"`},
		{"name", "\xff", "refused"},
		{"tls-enable", "true", "true"},
		{"tls-ciphers", "a,b", "[a, b]"},
		{"tls-ciphers", `"a,b",5`, `["a,b", "5"]`},
		{"tls-ciphers", "", "[]"},
		{"labels", "", "{}"},
		{"links", "", "[]"},
		{"labels", "a: b\nc: 5", `{a: b, c: "5"}`},
		{"labels", `{"a": "b"}`, `{a: "b"}`},
		{"labels", "[1]", "refused"},
		{"links", "[{name: x, target: y}]", "[{name: x, target: \"y\"}]"},
		{"links", "[", "refused"},
	} {
		o := r.ByFlag(tt.flag)
		got, ok := yamlgen.Value(o, tt.text)
		if !ok {
			got = "refused"
		}
		if got != tt.want {
			t.Errorf("Value(%s, %q): got %s, want %s", tt.flag, tt.text, got, tt.want)
			continue
		}
		if !ok {
			continue
		}
		layer := yamlgen.Parse(r.Catalog, "f", nested(o, got), yamlgen.Limits{})
		if len(layer.Problems) > 0 || len(layer.Inputs) != 1 {
			t.Errorf("Value(%s, %q): %s reads as %d inputs with %v", tt.flag, tt.text, got, len(layer.Inputs), layer.Problems)
			continue
		}
		raw := option.RawText(tt.text)
		if tree, fault := yamlgen.Tree(tt.text); fault == nil && o.Value.Traits().Struct && tt.text != "" {
			raw = option.RawTree(&tree)
		}
		want, _ := o.Normal(raw)
		if back, ok := o.Normal(layer.Inputs[0].Raw); !ok || back != want {
			t.Errorf("Value(%s, %q): %s reads back as %q (%v), want %q", tt.flag, tt.text, got, back, ok, want)
		}
	}
}

// nested is a file that sets o to a value.
func nested(o *option.Option, value string) string {
	text, indent := "", ""
	for i, key := 0, ""; i <= len(o.Path()); i++ {
		if i == len(o.Path()) || o.Path()[i] == '.' {
			text += indent + key + ":"
			if i == len(o.Path()) {
				return text + " " + value + "\n"
			}
			text, indent, key = text+"\n", indent+"  ", ""
			continue
		}
		key += string(o.Path()[i])
	}
	return text
}

func TestQuote(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{"a": "a", "": `""`, "5": `"5"`, "yes": `"yes"`, "a: b": `"a: b"`, "it's": `"it's"`, "é": "é", "a\tb": `"a\tb"`} {
		if got := yamlgen.Quote(text); got != want {
			t.Errorf("Quote(%q): got %s, want %s", text, got, want)
		}
	}
}

func TestRead(t *testing.T) {
	t.Parallel()
	tree, fault := yamlgen.Read("a: [b]\n", yamlgen.Limits{})
	if fault != nil || len(tree.Nodes) != 3 || tree.Key(1) != "a" || tree.Text(2) != "b" {
		t.Errorf("got %v and %v, want a list under a", tree, fault)
	}
	if _, fault := yamlgen.Read("a: [b]\n", yamlgen.Limits{Nodes: 2}); fault == nil {
		t.Error("three nodes where two are allowed were not refused")
	}
}
