package yamlgen_test

import (
	"fmt"
	"strings"
	"testing"

	"gopkg.in/yaml.v3"

	"github.com/strataconf/strata/yamlgen"
)

// A document that just keeps to a limit is read, and one more is refused; of
// plain files, flow collections and such as only the full parser reads.
func TestLimits(t *testing.T) {
	t.Parallel()
	bytes := func(n int) yamlgen.Limits { return yamlgen.Limits{Bytes: n} }
	depth := func(n int) yamlgen.Limits { return yamlgen.Limits{Depth: n} }
	nodes := func(n int) yamlgen.Limits { return yamlgen.Limits{Nodes: n} }
	for _, k := range []struct {
		src   string
		limit func(int) yamlgen.Limits
		most  int
		want  string // with one less
	}{
		{"a: 1\n", bytes, 5, "1:1+0 larger than 4 bytes"},
		{"a:\n  b:\n    c: 1\n", depth, 3, "3:5+1 nested deeper than 2 levels"},
		{"a:\n- - b: 1\n", depth, 4, "2:5+1 nested deeper than 3 levels"},
		{"[[1]]\n", depth, 2, "1:2+1 nested deeper than 1 levels"},
		{"a: {b: [1]}\n", depth, 3, "1:8+1 nested deeper than 2 levels"},
		{"x: &x {a: {b: 1}}\n", depth, 3, "1:11+6 nested deeper than 2 levels"},
		{"x: &x [1]\ny: [*x]\n", depth, 3, "2:5+2 nested deeper than 2 levels"},
		{"a: 1\nb: 2\n", nodes, 3, "2:3+0 holds more than 2 keys and values"},
		{"- a\n- b\n", nodes, 3, "2:2+0 holds more than 2 keys and values"},
		{"[1, 2]\n", nodes, 3, "1:5+1 holds more than 2 keys and values"},
		{"a: {b: 1}\n", nodes, 3, "1:5+1 holds more than 2 keys and values"},
		{"a: &a 1\nb: *a\n", nodes, 3, "2:4+0 holds more than 2 keys and values"},
		{"x: &x 1\na: {<<: {b: [1]}}\n", depth, 3, "2:13+3 nested deeper than 2 levels"},
		{"a: &a [1]\nb: *a\n", nodes, 5, "2:4+2 holds more than 4 keys and values"},
		{"a: &a xxxxxxxxxx\nb: [*a, *a, *a]\n", bytes, 42, "2:13+2 holds more than 41 bytes of text"},
		{"x-a: &a {kkkkkkkkkk: }\nb: [*a, *a, *a]\n", bytes, 44, "1:10+10 holds more than 43 bytes of text"},
		// Keys that are overridden count too, and mappings without keys.
		{"x-a: &a {k: 1}\nb: {<<: [*a, *a, *a, *a, *a, *a]}\n", nodes, 6, "2:30+2 holds more than 5 keys and values"},
		{"x-a: &a {}\nb: {<<: [*a, *a, *a, *a, *a, *a]}\n", nodes, 6, "2:30+2 holds more than 5 keys and values"},
	} {
		if _, fault := yamlgen.Read(k.src, k.limit(k.most)); fault != nil {
			t.Errorf("%q within %d: got %s, want it read", k.src, k.most, fault.Reason)
		}
		_, fault := yamlgen.Read(k.src, k.limit(k.most-1))
		got := "nothing"
		if fault != nil {
			got = fmt.Sprintf("%d:%d+%d %s", fault.Span.Line, fault.Span.Column, fault.Span.Length, fault.Reason)
		}
		if got != k.want {
			t.Errorf("%q within %d: got %s, want %s", k.src, k.most-1, got, k.want)
		}
	}
}

// Of a fault and a limit that is passed behind it, the fault is told.
func TestFirstFault(t *testing.T) {
	t.Parallel()
	for _, k := range []struct {
		src    string
		limits yamlgen.Limits
		want   string
	}{
		{"a: !t [1]\nb: &b 2\n", yamlgen.Limits{Depth: 1}, "a tag"},
		{"x: &x [!t 1, 2, 3]\n", yamlgen.Limits{Nodes: 3}, "a tag"},
		{"? [&x a]\n: 1\n", yamlgen.Limits{Nodes: 1}, "a list or mapping as a key"},
		{"{[&x a]: 1, b: 2, c: 3}", yamlgen.Limits{Nodes: 2}, "a list or mapping as a key"},
	} {
		if _, fault := yamlgen.Read(k.src, k.limits); fault == nil || fault.Reason != k.want {
			t.Errorf("%q: got %+v, want %s", k.src, fault, k.want)
		}
	}
}

// The defaults are those that the documentation of Limits tells.
func TestDefaultLimits(t *testing.T) {
	t.Parallel()
	for what, at := range map[string]func(n int) string{
		"1048576 bytes":         func(n int) string { return "#" + strings.Repeat("x", n-1) },
		"64 levels":             func(n int) string { return strings.Repeat("[", n) + strings.Repeat("]", n) },
		"64 levels of any kind": func(n int) string { return "x: &x " + strings.Repeat("[", n-1) + strings.Repeat("]", n-1) },
		"30000 nodes":           func(n int) string { return strings.Repeat("- a\n", n-1) },
	} {
		var most int
		_, _ = fmt.Sscan(what, &most)
		if _, fault := yamlgen.Read(at(most), yamlgen.Limits{}); fault != nil {
			t.Errorf("%s: got %s, want it read", what, fault.Reason)
		}
		if _, fault := yamlgen.Read(at(most+1), yamlgen.Limits{}); fault == nil {
			t.Errorf("%s and one more: got nothing, want it refused", what)
		}
	}
}

// Guessing what an unknown key means is dear, so there are bounds.
func TestGuessesAreBounded(t *testing.T) {
	t.Parallel()
	r := build(t)
	var src strings.Builder
	for i := range 101 {
		fmt.Fprintf(&src, "work%sers: 1\n", strings.Repeat("-", i+1))
	}
	l := yamlgen.Parse(r.Catalog, "f", src.String(), yamlgen.Limits{})
	hints := 0
	for _, p := range l.Problems {
		if p.Hint != "" {
			hints++
		}
	}
	if len(l.Problems) != 101 || hints != 100 {
		t.Errorf("of 101 unknown keys: got %d problems with %d hints, want 101 with 100", len(l.Problems), hints)
	}
	for n, want := range map[int]bool{200: true, 201: false} {
		key := "work" + strings.Repeat("-", n-7) + "ers"
		l := yamlgen.Parse(r.Catalog, "f", key+": 1\n", yamlgen.Limits{})
		if len(l.Problems) != 1 || (l.Problems[0].Hint != "") != want {
			t.Errorf("a key of %d bytes: got %v, want a hint: %v", n, l.Problems.Err(), want)
		}
	}
}

// A mistake of the library that panics is a fault of the file, not the end of
// the program.
func TestPanicsOfTheLibrary(t *testing.T) {
	t.Parallel()
	if _, err := yamlgen.DecodeNode(yaml.NewDecoder(broken{})); err == nil || err.Error() != "yaml: line 1: not understood" {
		t.Errorf("got %v, want an error", err)
	}
}

type broken struct{}

func (broken) Read([]byte) (int, error) { panic("broken") }
