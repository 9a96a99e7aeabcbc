package yamltree_test

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"gopkg.in/yaml.v3"

	"github.com/strataconf/strata/internal/yamltree"
)

// plainSeeds are documents that the scanner reads or nearly reads.
var plainSeeds = []string{
	"", "\n", "# only a comment\n", "a: b", "a: b\n", "a:\n", "a: ~\nb: null\nc: Null\nd: NULL\ne: nUll\n",
	"a: 1\nb:\n  c: 2\n  d:\n    e: 3\nf: 4\n", "a:\n- b\n- c\nd: e\n", "a:\n  - b\n  - c: d\n    e: f\n  -\n    g: h\n  - - i\n    - j\n",
	"- a\n- b: c\n  d:\n  - e\n-\n- f\n", "a: 'it''s' # c\nb: \"x\\ty\\u00e9\\x41\\U0001F600\"\n'c': d\n\"e\": f\n\"g\\n\" : h\n",
	"a: [b, 'c', \"d\", [e], {f: g}]\nh: {i: j, \"k\":l, 'm': [n]}\no: []\np: {}\nq: [r, ]\n", "[a, b]\n", "{\"a\": 1, \"b\": [true, null]}\n",
	"a: b\r\nc:\r\n  - d\r\n", "a: b\rc: d\r", "é: ü\nb:\n  - ñ: {ö: ä, x: 1}\n", "a: b # c\n# d\n  # e\nf: # g\n  h: i\n", "a: b#c\nd: 'e' #f\n",
	"a: b\n c\n", "a: b\n\n  c\n", "a:\n  b\n", "a: &x b\nc: *x\n", "a: !!str b\n", "a: |\n  b\n", "a: >-\n  b\n", "? a\n: b\n", "--- \na: b\n", "a: b\n...\n", "%YAML 1.2\n---\na: b\n",
	"a:\tb\n", "\ta: b\n", "a: b\t# c\n", "a: \"b\tc\"\n", "a: b: c\n", "a: 'b\n  c'\n", "<<: a\n", "a: <<\n", "a : b\n", "a:: b\n:a: b\n::a : c\n", "-a: -b\n--a: --b\n", "a: -\n", "a: - b\n",
	"a: [b: c]\n", "a: [b:c, d:80]\n", "a: [b:,c]\n", "a: {b}\n", "a: {b: , c: d}\n", "a: [,]\n", "a: [b,,c]\n", "a: [?b]\n", "a: [-, -b]\n", "a: [b #c\n]\n", "a: [b]#c\n", "a: ]b\n", "a: b]c\n", "[a]: b\n", "{a: b}: c\n",
	"a: 0777\nb: 0x1F\nc: 1_000\nd: 1e3\ne: 2001-01-01\nf: 1:30\ng: .5\nh: +1\n", "a: @b\n", "a: `b`\n", "a: %b\n", "%a: b\n", "a: =\n=: b\n", "a: ~b\n~: c\n", "a:\n    b: c\n  d: e\n", "  a: b\n  c: d\n", "  a: b\nc: d\n",
	"a: b\n  # c\n d: e\n", "- a\n b: c\n", "a:\n- b\n c: d\n", "a:\n  - b\n  c: d\n", "a:\n- - b\n- c\n", "- - - a\n    - b\n  - c\n- d\n", "-   a: b\n    c: d\n", "- # c\n  a\n", "- # c\n  a: b\n", "a: # c\n- b\n",
	"\uFEFFa: b\n", "\uFEFF# c\n\na: b\n", "a: \"\\\n  b\"\n", "a: \"\\q\"\n", "a: \"\\ud800\"\n", "a: \"b\"c\n", "\"a\"b: c\n", "\"a\":b\n", "'a' 'b': c\n", "a: 'b' 'c'\n", "a: ''\nb: \"\"\n'': c\n", "...\n", "---\n", "--- a: b\n", "----: a\n", "---\na: b\n", "# c\n--- # d\n\na: b\n---\n", "---\n---\na: b\n", "---   \r\na: b\r\n", "---#\na: b\n", "---\n- a\n", "---\n[a]\n", "a: b\n---\n", "---\n# c\n",
	"a: b\n\n\n# c\n\nd: e\n\n", "a:\n\n  # c\n\n  b: c\n", "a: b\n#\n#\nc: d", "a:\n  b:\n    c:\n  d:\ne:\n", "a: \\b\n\\c: d\n", "a: (b)\n(c): d\n", "a: <b>\n", "a: ^b$\n", "a: ;b\n", "a: /b\n", "a: ,b\n", "a: ?b\n?c: d\n", "a: b ? c\n", "a:    \n  b: c\n", "a: b   \nc: d   # e\n",
	"a: b\n- c\n", "a:\n- b\nc\n", "- a: b\n- c\n- d: e\n  f:\n  - g\n  h: i\n", "{a: b}\n# c\n", "[a]\nb: c\n", "[a]\n[b]\n", "a: {b: {c: {d: [e, {f: g}]}}}\n", "a: [\"b\",'c']\nd: {\"e\":\"f\",\"g\":[1,2]}\n", "a: {b:c}\n", "a: {b : c}\n", "a: { b: c }\n", "a: [ b ]\n",
}

func FuzzPlainAgainstYAML(f *testing.F) {
	for _, s := range plainSeeds {
		f.Add(s)
	}
	for _, s := range suite(f) {
		f.Add(s)
	}
	f.Fuzz(compare)
}

// words are what FuzzPlainWords makes documents of, so that many of them are
// nearly well-formed.
var words = []string{
	"\n", "\n", "\n  ", "\n    ", "\n- ", "\n  - ", "a: ", "b: ", "c:", "- ", " ", "  ", "d", "é", "5", "-1", "~", "null", "'", "\"", "''", "'e'", "\"f\"", "\"\\n\"", "\\", "#", " # g", "\n# h", "\n    # i", "[", "]", "{", "}", ",", ", ", ":", ": ",
	"?", "? ", "&j ", "*j", "!k ", "|", ">", "%", "@", "<<", "\t", "\r\n", "\r", "---", "...", "\n---\n", "l: m", "\nn: o", "\n  p: q", "[r, s]", "{t: u}", "\n  - v: w\n    x: y", "/z", ".", "+", "=", "(", "<", "^", ";", "$", "`",
}

func FuzzPlainWords(f *testing.F) {
	for i := range words {
		f.Add([]byte{6, 12, 1, byte(i), 2, 7, byte(i), 13})
		f.Add([]byte{9, byte(i), 4, 6, byte(i), 3, 7, 12})
		f.Add([]byte{6, 29, byte(i), 34, 12, byte(i), 30})
	}
	f.Fuzz(func(t *testing.T, picks []byte) {
		var b strings.Builder
		for _, p := range picks {
			b.WriteString(words[int(p)%len(words)])
		}
		compare(t, b.String())
	})
}

// compare fails if the scanner reads a document otherwise than yaml.v3 does.
func compare(t *testing.T, src string) {
	ascii, fault := yamltree.Check(src, yamltree.Limits{})
	if fault != nil {
		return
	}
	tree, fault, ok := yamltree.Scan(&src, ascii, yamltree.Limits{})
	if !ok || fault != nil {
		return
	}
	got := show(tree)
	want, err := reference(src)
	if err != nil {
		t.Fatalf("the scanner reads what the full parser refuses (%v):\n%q\n%s", err, src, got)
	}
	if got != want {
		t.Fatalf("the scanner and the full parser differ on %q:\ngot:\n%swant:\n%s", src, got, want)
	}
}

func TestPlainIsRead(t *testing.T) {
	t.Parallel()
	for _, src := range plainSeeds[:19] {
		ascii, fault := yamltree.Check(src, yamltree.Limits{})
		if _, _, ok := yamltree.Scan(&src, ascii, yamltree.Limits{}); fault != nil || !ok && !strings.Contains(src, "\rc") {
			t.Errorf("Scan(%q): not plain, want it read (%v)", src, fault)
		}
	}
}

// suite returns the inputs of the public YAML test suite, where it is present.
func suite(tb testing.TB) []string {
	tb.Helper()
	files, err := filepath.Glob("../../../shared/yaml-test-suite/cases/*.yaml")
	if err != nil {
		tb.Fatal(err)
	}
	var out []string
	for _, name := range files {
		text, err := os.ReadFile(name)
		if err != nil {
			tb.Fatal(err)
		}
		out = append(out, string(text))
	}
	return out
}

// show lists every node of a tree with its place, kind and text.
func show(t *yamltree.Tree) string {
	var b strings.Builder
	var walk func(i int32, depth int)
	walk = func(i int32, depth int) {
		n := &t.Nodes[i]
		text := ""
		if n.Kind == yamltree.Scalar {
			text = t.Text(i)
		}
		fmt.Fprintf(&b, "%*s%d:%d %d %q %v\n", depth*2, "", n.Value.Line, n.Value.Column, n.Kind, text, n.Style.IsQuoted())
		for k := t.First(i); k != 0; k = t.Nodes[k].Next {
			if n.Kind == yamltree.Mapping {
				at := t.Nodes[k].Key
				fmt.Fprintf(&b, "%*s%d:%d key %q %v\n", depth*2, "", at.Line, at.Column, t.Key(k), t.Nodes[k].KeyStyle.IsQuoted())
			}
			walk(k, depth+1)
		}
	}
	if len(t.Nodes) > 0 {
		walk(0, 0)
	}
	return b.String()
}

// reference lists the nodes that the full parser finds, as show does.
func reference(src string) (string, error) {
	dec := yaml.NewDecoder(strings.NewReader(src))
	var doc, more yaml.Node
	switch err := dec.Decode(&doc); {
	case errors.Is(err, io.EOF):
		return "", nil
	case err != nil:
		return "", err
	}
	if err := dec.Decode(&more); !errors.Is(err, io.EOF) {
		return "", errors.New("more than one document")
	}
	var b strings.Builder
	var err error
	var walk func(n *yaml.Node, depth int)
	walk = func(n *yaml.Node, depth int) {
		kind, text := yamltree.Scalar, n.Value
		quoted := n.Style&(yaml.SingleQuotedStyle|yaml.DoubleQuotedStyle) != 0
		switch {
		case n.Kind == yaml.MappingNode:
			kind = yamltree.Mapping
		case n.Kind == yaml.SequenceNode:
			kind = yamltree.Sequence
		case n.Kind != yaml.ScalarNode || n.Anchor != "" || n.Style&yaml.TaggedStyle != 0:
			err = errors.New("not plain")
		case n.Tag == "!!null":
			kind, text = yamltree.Null, ""
		case n.Tag == "!!merge":
			err = errors.New("merge key")
		}
		fmt.Fprintf(&b, "%*s%d:%d %d %q %v\n", depth*2, "", n.Line, n.Column, kind, text, quoted)
		for i := 0; i < len(n.Content); i++ {
			if kind == yamltree.Mapping {
				k := n.Content[i]
				quoted := k.Style&(yaml.SingleQuotedStyle|yaml.DoubleQuotedStyle) != 0
				fmt.Fprintf(&b, "%*s%d:%d key %q %v\n", depth*2, "", k.Line, k.Column, k.Value, quoted)
				i++
			}
			walk(n.Content[i], depth+1)
		}
	}
	walk(doc.Content[0], 0)
	return b.String(), err
}
