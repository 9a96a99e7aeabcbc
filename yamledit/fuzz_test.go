package yamledit_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/strataconf/strata/yamledit"
	"github.com/strataconf/strata/yamlgen"
)

// seeds are documents in many styles, those of the public test suite too where
// it is present.
func seeds(tb testing.TB) []string {
	tb.Helper()
	out := []string{
		"a: 1\nb:\n  c: [d, {e: f}]\n", "a: &x {b: 1}\nc:\n  <<: *x\n  d: *x\n", "{\"a\": 1, \"b\": [true]}\n", "a: |+\n  b\n\nc: >-\n  d\n", "- a: b\n  c: d\n- e\n- - f\n  - g: h\n",
		"? a\n: b\n? c\n", "a: 'b\n\n  c'\nd: \"e \\\n  f\"\n", "\uFEFFa: b\r\nc:\r\n- d\r\n", "%YAML 1.2\n---\na: b\n...\n", "[a: b, ? c : d]", "a: !!str 5\n&k b: c\n", "a:\n  # b: c\n\n  # d\n", "a: {\n  b, # c\n  d: [\n    e]\n} # f\n",
		"a: b\rc: d\r", "x: &a\n  &b k: v\ny: *b\n", "", "# a", "---\n", "a: *b\n", "'a' : b\n\"c\" :\n- d\n",
	}
	files, err := filepath.Glob("../../shared/yaml-test-suite/cases/*.yaml")
	if err != nil {
		tb.Fatal(err)
	}
	for _, name := range files {
		text, err := os.ReadFile(name)
		if err != nil {
			tb.Fatal(err)
		}
		out = append(out, string(text))
	}
	return out
}

// FuzzEdits holds what any edit of any text must keep to: no panic, and either
// a refusal or a text that reads as the edit says.
func FuzzEdits(f *testing.F) {
	for i, s := range seeds(f) {
		for what := range 6 {
			f.Add(s, uint16(i), uint8(what))
		}
	}
	f.Fuzz(func(t *testing.T, text string, pick uint16, what uint8) {
		if len(text) < 5000 {
			editOne(t, text, int(pick), int(what))
		}
	})
}

// TestSuite makes every edit of every node of every seed.
func TestSuite(t *testing.T) {
	t.Parallel()
	made, refused := 0, 0
	for _, text := range seeds(t) {
		d, err := yamledit.Parse(text, yamlgen.Limits{})
		if err != nil {
			continue
		}
		i := 0
		for n := range d.All() {
			for what := range 6 {
				if editOne(t, text, i, what) {
					made++
				} else if !senseless(n, what) {
					refused++
				}
			}
			i++
		}
	}
	t.Logf("%d edits made, %d refused", made, refused)
	if made < 7*refused {
		t.Errorf("%d edits made, %d refused: want most of them made", made, refused)
	}
}

// senseless reports whether an edit means nothing: the root can't go, an item
// has no name, and a value holds no keys.
func senseless(n yamledit.Node, what int) bool {
	_, inside := n.Parent()
	switch what {
	case 2:
		return !inside
	case 3, 5:
		return n.KeySpan().Line == 0
	case 4:
		return n.Kind() == yamledit.Scalar || n.Kind() == yamledit.Sequence
	}
	return false
}

// editOne makes one edit of a text and reports whether it was made.
func editOne(t *testing.T, text string, pick, what int) bool {
	t.Helper()
	d, err := yamledit.Parse(text, yamlgen.Limits{})
	if err != nil {
		return false
	}
	checkOutline(t, d)
	if len(d.Duplicates()) > 0 {
		return false // the model has no such thing
	}
	var nodes []yamledit.Node
	for n := range d.All() {
		nodes = append(nodes, n)
	}
	e := d.Edit()
	want := read(t, text)
	known := !strings.ContainsAny(text, "*")
	if len(nodes) == 0 {
		e.Set([]string{"new"}, "5")
		want = map[string]any{"new": "5"}
	} else {
		n := nodes[pick%len(nodes)]
		_, keyed := n.Parent()
		keyed = keyed && n.KeySpan().Line > 0
		at := steps(n)
		switch what % 6 {
		case 0:
			e.Replace(n, "5")
			want = change(want, at, func(any) (any, bool) { return "5", true })
		case 1:
			e.Replace(n, "[x, {y: z}]")
			want = change(want, at, func(any) (any, bool) { return []any{"x", map[string]any{"y": "z"}}, true })
		case 2:
			e.Remove(n)
			want = change(want, at, func(any) (any, bool) { return nil, false })
		case 3:
			e.Rename(n, "new key")
			known = known && keyed
			if keyed && known {
				m := reach(want, at[:len(at)-1]).(map[string]any)
				v := m[n.Key()]
				delete(m, n.Key())
				m["new key"] = v
			}
		case 4:
			e.InsertBelow(n, []string{"new", "key"}, "5")
			want = change(want, at, func(v any) (any, bool) {
				m, ok := v.(map[string]any)
				if !ok {
					m = map[string]any{}
				}
				m["new"] = map[string]any{"key": "5"}
				return m, true
			})
		case 5:
			e.Move(n, []string{"new", "place"})
			known = false
		}
	}
	edited, faults := e.Apply()
	if (edited == nil) == (len(faults) == 0) {
		t.Fatalf("%q: %d faults and a document, or none of both", text, len(faults))
	}
	for _, f := range faults {
		if len(f.Error()) > 300 || f.Reason == "" {
			t.Errorf("%q: refused by %q", text, f.Error())
		}
	}
	if edited == nil {
		return false
	}
	if got := read(t, edited.Text()); known && fmt.Sprint(prune(got)) != fmt.Sprint(prune(want)) {
		t.Fatalf("edit %d of node %d of\n%s\nmade\n%s\nwhich reads\n%v\nwant\n%v", what%6, pick, text, edited.Text(), got, want)
	}
	if again, faults := edited.Edit().Apply(); faults != nil || again.Text() != edited.Text() {
		t.Fatalf("%q: no edit at all changes it: %v", edited.Text(), faults)
	}
	return true
}

// checkOutline holds that places are inside the text and that what they hold
// is there.
func checkOutline(t *testing.T, d *yamledit.Document) {
	t.Helper()
	text := d.Text()
	for n := range d.All() {
		key, value := n.KeySpan(), n.Span()
		if value.Offset < 0 || int(value.Offset+value.Length) > len(text) || key.Offset < 0 || int(key.Offset+key.Length) > len(text) {
			t.Fatalf("%q: %v has the places %v and %v", text, n.Path(), key, value)
		}
		if raw := text[value.Offset : value.Offset+value.Length]; n.Kind() == yamledit.Scalar && !n.Quoted() && !strings.ContainsAny(raw, "\r\n*!") && raw != n.Text() {
			t.Fatalf("%q: the place of %v holds %q, want %q", text, n.Path(), raw, n.Text())
		}
	}
	for _, c := range d.Comments() {
		if !strings.HasPrefix(c.Text(d), "#") || strings.ContainsAny(c.Text(d), "\r\n") {
			t.Fatalf("%q: %q is no comment", text, c.Text(d))
		}
	}
	for _, a := range d.Anchors() {
		if !strings.HasPrefix(text[a.Span.Offset:], "&"+a.Name) {
			t.Fatalf("%q: no anchor %q at %v", text, a.Name, a.Span)
		}
	}
}

// steps are the keys and numbers from the root to a node.
func steps(n yamledit.Node) (out []any) {
	for up, ok := n.Parent(); ok; up, ok = n.Parent() {
		if up.Kind() == yamledit.Mapping {
			out = append([]any{n.Key()}, out...)
		} else {
			i := 0
			for k := range up.Children() {
				if k == n {
					break
				}
				i++
			}
			out = append([]any{i}, out...)
		}
		n = up
	}
	return out
}

func reach(v any, at []any) any {
	for _, step := range at {
		switch in := v.(type) {
		case map[string]any:
			v = in[step.(string)]
		case []any:
			v = in[step.(int)]
		}
	}
	return v
}

// change puts another value at a place, or takes it away.
func change(v any, at []any, to func(any) (any, bool)) any {
	if len(at) == 0 {
		v, _ = to(v)
		return v
	}
	if len(at) > 1 {
		switch in := v.(type) {
		case map[string]any:
			in[at[0].(string)] = change(in[at[0].(string)], at[1:], to)
		case []any:
			in[at[0].(int)] = change(in[at[0].(int)], at[1:], to)
		}
		return v
	}
	switch in := v.(type) {
	case map[string]any:
		key := at[0].(string)
		if next, keep := to(in[key]); keep {
			in[key] = next
		} else {
			delete(in, key)
		}
	case []any:
		i := at[0].(int)
		next, keep := to(in[i])
		if !keep {
			return append(in[:i:i], in[i+1:]...)
		}
		in[i] = next
	}
	return v
}
