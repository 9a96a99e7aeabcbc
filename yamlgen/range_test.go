package yamlgen_test

import (
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"strings"
	"testing"

	"github.com/strataconf/strata/option"
	"github.com/strataconf/strata/yamlgen"
)

// documents are values in every style, to find the ranges of.
var documents = []string{
	"a: b\nc:\n  - d\n  - e: f\n    g: [h, {i: 'j'}]\n", "a: &x b\nc: *x\nd: &y\n  e: f\ng: [*y, &z [1, 2], *z]\n", "a:\r\n  - b\r\n  - |\r\n    c\r\n    d\r\n  - e\r\n", "\uFEFFa: b\nc: [d]\n",
	"é: ü\nö: [\"ä\", 'ß', {ñ: &x ç, o: *x}]\nß: &y\n  - é\n", "a: |\n  b\n\n  c\n\nd: >-\n  e\n  f\n\n   g\nh: |+\n  i\n\n\nj: k\n", "a: b\n  c\n\n  d\ne: 'f\n\n  g'\nh: \"i \\\n  j\"\n", "a: [\n  b, # c\n  d\n] # e\nf: {\n}\ng: [ # h\n]\n",
	"a: !!str 5\nb: !!str\nc: !!str 'd'\n", "? a\n: b\n? c\n", "&a k: &b v\n", "x: &a {b: c}\ny:\n  <<: *a\n  d: e\n", "- - a\n  - b\n-\n  - c\n- \n- d\n", "a: &x\n  &y k: v\n", "a: &x\n\n  # c\n  b\n", "%YAML 1.2\n---\na: &b c\n", "--- &a\nb: c\n...\n", "a:\n- b\n- c # d\n\n# e\nf: g", "{a, b: , c: d}", "[a: b, ? c : d]", "[[], {}, '', \"\", ~]", "a: |2\n    b\nc: d\n", "- |\n\n  a\n- >\n  b\n  c\n\n  d\n",
	"a: |-\n  b\n  \n\nc: d\n", "a: >+\n  b\n\n\n", "a: >\n\n  b\n   c\n  d\n", "- &a\n- *a\n", "a: 'b''c'\nd: \"e\\\"f\"\n", "a: b\rc:\r- d\r", "\"a\": 'b'\n'c' : d\n", "- a\n\tb\n",
}

// FuzzTree holds what every text must keep to: no panic, the same answer
// twice, places inside the text, and ranges whose bytes are the value.
func FuzzTree(f *testing.F) {
	for _, s := range documents {
		f.Add(s)
	}
	files, err := filepath.Glob("../../shared/yaml-test-suite/cases/*.yaml")
	if err != nil {
		f.Fatal(err)
	}
	for _, name := range files {
		text, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(text))
	}
	f.Fuzz(func(t *testing.T, src string) {
		first, fault := yamlgen.Placed(src)
		second, again := yamlgen.Placed(src)
		if shape(first) != shape(second) || !reflect.DeepEqual(fault, again) {
			t.Fatalf("%q: two different answers: %v and %v", src, fault, again)
		}
		if fault != nil {
			if len(fault.Reason+fault.Hint) > 300 {
				t.Errorf("%q: a message of %d bytes", src, len(fault.Reason+fault.Hint))
			}
			return
		}
		if len(src) < 2000 {
			checkRanges(t, src, &first, true)
		}
	})
}

var indented = regexp.MustCompile(`^[|>][+-]?[0-9]`)

// checkRanges reads the bytes of every range again, at their own column.
func checkRanges(t *testing.T, src string, tree *option.Tree, root bool) {
	t.Helper()
	at := tree.Span
	if root && at.Line == 0 {
		return // an empty document
	}
	if at.Line < 1 || at.Column < 1 || at.Offset < 0 || at.Length < 0 || int(at.Offset+at.Length) > len(src) {
		t.Fatalf("%q: place %+v is outside", src, at)
	}
	text := src[at.Offset : at.Offset+at.Length]
	empty := tree.Kind == option.Scalar && text == "" // !!str alone
	if !empty && !strings.ContainsAny(text, "*&<%") && !indented.MatchString(text) && !strings.Contains(text, "---") && !strings.Contains(text, "...") {
		pad := strings.Repeat(" ", int(at.Column)-1)
		got, fault := yamlgen.Placed(pad + text)
		alone := fault == nil && shape(got) == shape(*tree)
		// Some texts are other things alone than inside a flow collection.
		if in := "[" + shape(*tree) + "]"; !alone && placedShape(pad+"["+text+"]") != in && placedShape(pad+"["+text+" ]") != in {
			t.Errorf("%q: the range %+v holds %q, which reads as %s (%v), want %s", src, at, text, shape(got), fault, shape(*tree))
		}
	}
	for i := range tree.Items {
		checkRanges(t, src, &tree.Items[i], false)
	}
}

// shape is a tree without its places.
func shape(t option.Tree) string {
	var parts []string
	for i := range t.Items {
		s := shape(t.Items[i])
		if t.Kind == option.Mapping {
			s = fmt.Sprintf("%q: ", t.Keys[i].Scalar.Text()) + s
		}
		parts = append(parts, s)
	}
	switch t.Kind {
	case option.Sequence:
		return "[" + strings.Join(parts, ", ") + "]"
	case option.Mapping:
		return "{" + strings.Join(parts, ", ") + "}"
	case option.Null:
		return "null"
	}
	return fmt.Sprintf("%q", t.Scalar.Text())
}

func TestTree(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ text, want string }{
		{`[{"name": "a", "no": null}]`, `[{"name": "a", "no": null}]`},
		{"- name: a\n  list: [1, ~]\n", `[{"name": "a", "list": ["1", null]}]`},
		{"", "null"},
		{"plain", `"plain"`},
		{"[1, 2", "a list in brackets is not closed, or a comma is missing"},
		{"a: 1\nb: 2\na: 3\n", "a key is given twice in one mapping, on line 3 of the text (keep one of the two)"},
	} {
		tree, fault := yamlgen.Tree(tt.text)
		got := shape(tree)
		if fault != nil {
			got = fault.Error()
		}
		if got != tt.want || tree.Span.Line != 0 {
			t.Errorf("Tree(%q): got %s at %v, want %s without a place", tt.text, got, tree.Span, tt.want)
		}
	}
}

func placedShape(src string) string {
	tree, _ := yamlgen.Placed(src)
	return shape(tree)
}
