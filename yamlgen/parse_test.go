package yamlgen_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/strataconf/strata/option"
	"github.com/strataconf/strata/yamlgen"
)

func TestParse(t *testing.T) {
	t.Parallel()
	r := build(t)
	for _, tt := range []struct{ src, want string }{
		{"", ""},
		{"# nothing\n", ""},
		{"~\n", ""},
		{"%YAML 1.2\n", ""},
		{"x-: &x {name: a}\n", ""},
		{"x-a: &k name\n*k : v\n", "name 2:6=v"},
		{"x-a: &a 1\nname: <<\nmail: {from: b}\n", "name 2:7=<<; mail-from 3:14=b"},
		{"workers: 5\n", "workers 1:10=5"},
		{"workers: 0777\nname: 1.10\n", "workers 1:10=0777; name 2:7=1.10"},
		{"workers:\nname: ~\nnet:\n", ""},
		{"net:\n  port: 8\n  tls:\n    enable: true\n", "port 2:9=8; tls-enable 4:13=true"},
		{"x-a: &a 5\nworkers: *a\n", "workers 2:10(1:9)=5"},
		{"x-a: &a\n  port: 8\nnet: *a\n", "port 3:6(2:9)=8"},
		{"x-a: &a\n  port: 8\nnet:\n  <<: *a\n", "port 4:7(2:9)=8"},
		{"x-a: &a\n  port: 8\nnet:\n  <<: [*a]\n  port: 9\n", "port 5:9=9"},
		{"name: !!str 5\n", "name 1:13=5"},
		{"name: |\n  a\n  b\n", "name 1:7=a\nb\n"},
		{"name: a\n  b\n", "name 1:7=a b"},
		{"%YAML 1.2\n---\nname: é\n", "name 3:7=é"},
		{"%YAML 1.2 # c\n---\nname: a\n", "name 3:7=a"},
		{"%YAML 1.1\t# c\n---\nname: a\n", "name 3:7=a"},
		{"x-a: &x 1\nlinks:\n-\n", "links 3:1=[null@3:2]"},
		{"name: a\r\nworkers: 1\r\n", "name 1:7=a; workers 2:10=1"},
		{"name: a\rworkers: 1\r", "name 1:7=a; workers 2:10=1"},
		{"\uFEFFname: a\n", "name 1:7=a"},
		{"'name': \"a\\tb\"\n", "name 1:9=a\tb"},
		{"labels: {a: b}\n", "labels 1:9={a@1:10:b@1:13}"},
		{"net:\n  tls:\n    tlsCiphers: [a, 'b,c', ~]\n", "tls-ciphers 3:17=[a@3:18 b,c@3:21 null@3:28]"},
		{"net:\n  tls:\n    tlsCiphers: a,b\n", "tls-ciphers 3:17=a,b"},
		{"labels: text\n", "labels 1:9=text@1:9"},
		{"x-a: &a text\nlabels: *a\n", "labels 2:9(1:9)=text@2:9"},
		{"links:\n- name: a\n  target: b\n- &x {name: c}\n- *x\n", "links 2:1=[{name@2:3:a@2:9 target@3:3:b@3:11} {name@4:7:c@4:13} {name@4:7:c@4:13}]"},
	} {
		layer := yamlgen.Parse(r.Catalog, "toy.yaml", tt.src, yamlgen.Limits{})
		if got := inputs(layer); got != tt.want || len(layer.Problems) > 0 {
			t.Errorf("Parse(%q):\ngot  %s %v\nwant %s", tt.src, got, layer.Problems.Err(), tt.want)
		}
	}
}

// Of a key that is given twice the first counts, for those who look at a file
// that is refused.
func TestParseOfDuplicates(t *testing.T) {
	t.Parallel()
	r := build(t)
	for src, want := range map[string]string{
		"name: a\nname: b\n":                          "name 1:7=a",
		"gone: 1\nname: a\ngone: 2\n":                 "name 2:7=a",
		"x-a: &a {k: 1, k: 2}\nx-b: *a\nx-c: *a\n":    "",
		"x-a: &x 1\nname: a\nname: b\n":               "name 2:7=a",
		"net:\n  port: 1\nnet:\n  port: 2\nname: a\n": "port 2:9=1; port 4:9=2; name 5:7=a",
	} {
		layer := yamlgen.Parse(r.Catalog, "toy.yaml", src, yamlgen.Limits{})
		again := slices.DeleteFunc(slices.Clone(layer.Problems), func(p *option.Problem) bool { return p.Code != "duplicate-key" })
		if got := inputs(layer); got != want || len(again) != 1 {
			t.Errorf("Parse(%q): got %s with %d duplicates, want %s with one", src, got, len(again), want)
			continue
		}
		if first := again[0].Related; len(first) != 1 || first[0].Span.Line > again[0].Origin.Span.Line || first[0].Span == again[0].Origin.Span {
			t.Errorf("Parse(%q): got %v beside %v, want the first of the two", src, first, again[0].Origin)
		}
	}
}

func inputs(l option.Layer) string {
	var out []string
	for _, in := range l.Inputs {
		s := in.Option.Flag + " " + place(in.Origin.Span)
		if in.Origin.Anchor != nil {
			s += "(" + place(*in.Origin.Anchor) + ")"
		}
		if t := in.Raw.Tree(); t != nil {
			s += "=" + strings.TrimSuffix(tree(*t), "@"+place(t.Span))
			if t.Kind == option.Scalar {
				s += "@" + place(t.Span)
			}
		} else {
			s += "=" + in.Raw.Text()
		}
		out = append(out, s)
	}
	return strings.Join(out, "; ")
}

func place(s option.Span) string { return fmt.Sprintf("%d:%d", s.Line, s.Column) }

func tree(t option.Tree) string {
	var parts []string
	switch t.Kind {
	case option.Null:
		return "null@" + place(t.Span)
	case option.Scalar:
		return t.Scalar.Text() + "@" + place(t.Span)
	case option.Sequence:
		for _, it := range t.Items {
			parts = append(parts, tree(it))
		}
		return "[" + strings.Join(parts, " ") + "]"
	}
	for i, it := range t.Items {
		parts = append(parts, tree(t.Keys[i])+":"+tree(it))
	}
	return "{" + strings.Join(parts, " ") + "}"
}
