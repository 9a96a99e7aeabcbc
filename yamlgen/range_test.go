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
	"a: !!str 5\nb: !!str\nc: !!str 'd'\n", "? a\n: b\n? c\n", "a: &x\n  ? k\n  : v\n", "&a k: &b v\n", "x: &a {b: c}\ny:\n  <<: *a\n  d: e\n", "- - a\n  - b\n-\n  - c\n- \n- d\n", "a: &x\n  &y k: v\n", "a: &x\n\n  # c\n  b\n", "%YAML 1.2\n---\na: &b c\n", "--- &a\nb: c\n...\n", "a:\n- b\n- c # d\n\n# e\nf: g", "{a, b: , c: d}", "[a: b, ? c : d]", "[[], {}, '', \"\", ~]", "a: |2\n    b\nc: d\n", "- |\n\n  a\n- >\n  b\n  c\n\n  d\n",
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

// The range of a value is that of its own text, behind its anchor and tag and
// up to its last byte.
func TestRanges(t *testing.T) {
	t.Parallel()
	for _, k := range []struct{ src, want string }{
		{"- &a\n- *a\n- &b b\n", `(- &a⏎- *a⏎- &b b)[() () (b)]`},
		{"x: &x {}\ny: [ ]\nz: &z [{}, []]\n", `(x: &x {}⏎y: [ ]⏎z: &z [{}, []])[x=({}) y=([ ]) z=([{}, []])[({}) ([])]]`},
		{"- &x\n  a:\n    - b\n- c\n", `(- &x⏎  a:⏎    - b⏎- c)[(a:⏎    - b)[a=(- b)[(b)]] (c)]`},
		{"- &x\n  # c\n  a: b\n- *x\n", `(- &x⏎  # c⏎  a: b⏎- *x)[(a: b)[a=(b)] (a: b)[a=(b)]]`},
		{"- &x\n  &y k: v\n- !!str\n- !!str 5\n", `(- &x⏎  &y k: v⏎- !!str⏎- !!str 5)[(&y k: v)[k=(v)] () (5)]`},
		{"[&a b: &c , *a : d]\n", `([&a b: &c , *a : d])[(&a b: &c)[b=()] (*a : d)[*a=(d)]]`},
		{"{&k a: *k , b: &v , c: &w [d: e]}", `({&k a: *k , b: &v , c: &w [d: e]})[a=(a) b=() c=([d: e])[(d: e)[d=(e)]]]`},
		{"- &a 'b''c'\n- &b \"d\\\"\"\n- &c |\n  e\n- &d f\n  g\n", `(- &a 'b''c'⏎- &b "d\""⏎- &c |⏎  e⏎- &d f⏎  g)[('b''c') ("d\"") (|⏎  e⏎) (f⏎  g)]`},
		{"&r\na: b\n", `(a: b)[a=(b)]`},
		{"- &a a\n- ? *a\n  : b\n", `(- &a a⏎- ? *a⏎  : b)[(a) (? *a⏎  : b)[*a=(b)]]`},
		{"- &a {b: c} # d\n- [e: f, &g h]\n", `(- &a {b: c} # d⏎- [e: f, &g h])[({b: c})[b=(c)] ([e: f, &g h])[(e: f)[e=(f)] (h)]]`},
		{"- &x\n  a: &z\n- b\n", `(- &x⏎  a: &z⏎- b)[(a: &z)[a=()] (b)]`},
		{"- &x {a: }\n- &y {a}\n-  &w {a :\n}\n", `(- &x {a: }⏎- &y {a}⏎-  &w {a :⏎})[({a: })[a=()] ({a})[a=()] ({a :⏎})[a=()]]`},
		{"&x [&y {a: b}, c]", `([&y {a: b}, c])[({a: b})[a=(b)] (c)]`},
	} {
		tree, fault := yamlgen.Placed(k.src)
		if fault != nil {
			t.Errorf("%q: got %s", k.src, fault.Reason)
			continue
		}
		if got := ranges(k.src, &tree); got != k.want {
			t.Errorf("%q:\ngot  %s\nwant %s", k.src, got, k.want)
		}
	}
}

// ranges writes the text in every range of a tree.
func ranges(src string, t *option.Tree) string {
	at := func(s option.Span) string { return strings.ReplaceAll(src[s.Offset:s.Offset+s.Length], "\n", "⏎") }
	var parts []string
	for i := range t.Items {
		key := ""
		if t.Kind == option.Mapping {
			key = at(t.Keys[i].Span) + "="
		}
		parts = append(parts, key+ranges(src, &t.Items[i]))
	}
	out := "(" + at(t.Span) + ")"
	if len(parts) > 0 {
		out += "[" + strings.Join(parts, " ") + "]"
	}
	return out
}

// Text that stands in quotes, or behind a tag that makes text of it, is told
// apart from a plain scalar; so are keys.
func TestTreeKnowsQuotes(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"- &a 5\n- !!str 5\n- '5'\n- |\n  5\n- *a\n": "5 5' 5' 5\n' 5",
		"{a: &x b, 'c': d, !!str e: f, ? *x : g}":    "a:b c':d e':f b:g",
		"{a: b, 'c': d}": "a:b c':d",
	} {
		tree, fault := yamlgen.Tree(text)
		if fault != nil {
			t.Errorf("%q: %v", text, fault)
			continue
		}
		mark := func(t *option.Tree) string { return t.Scalar.Text() + map[bool]string{true: "'"}[t.Quoted] }
		var parts []string
		for i := range tree.Items {
			key := ""
			if tree.Kind == option.Mapping {
				key = mark(&tree.Keys[i]) + ":"
			}
			parts = append(parts, key+mark(&tree.Items[i]))
		}
		if got := strings.Join(parts, " "); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
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
		{"a: 1\na: 3\n", "a key is given twice in one mapping, on line 2 of the text (keep one of the two)"},
		{"{a: 1, a: 3}", "a key is given twice in one mapping (keep one of the two)"},
		{"- &a {k: 1}\n- &b {<<: *a, l: 2}\n- {<<: *b, m: 3}\n", `[{"k": "1"}, {"l": "2", "k": "1"}, {"m": "3", "l": "2", "k": "1"}]`},
		{"- <<\n- {a: <<, b: &b c}\n", `["<<", {"a": "<<", "b": "c"}]`},
		{"- &a a\n- {*a : b}\n", `["a", {"a": "b"}]`},
	} {
		tree, fault := yamlgen.Tree(tt.text)
		got := shape(tree)
		if fault != nil {
			got = fault.Error()
		}
		if got != tt.want || isPlaced(&tree) {
			t.Errorf("Tree(%q): got %s at %v, want %s without a place", tt.text, got, tree.Span, tt.want)
		}
	}
}

// isPlaced reports whether any part of a tree has a place.
func isPlaced(t *option.Tree) bool {
	placed := t.Span != (option.Span{})
	for i := range t.Keys {
		placed = placed || t.Keys[i].Span != (option.Span{})
	}
	for i := range t.Items {
		placed = placed || isPlaced(&t.Items[i])
	}
	return placed
}

func placedShape(src string) string {
	tree, _ := yamlgen.Placed(src)
	return shape(tree)
}
