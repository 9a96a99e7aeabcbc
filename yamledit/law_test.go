package yamledit_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/strataconf/strata/option"
	"github.com/strataconf/strata/yamledit"
	"github.com/strataconf/strata/yamlgen"
)

// A writer draws the text of a document in the styles that people mix.
type writer struct {
	t     *rapid.T
	b     strings.Builder
	brk   string
	step  int
	dash  int
	names int
}

func (w *writer) draw(n int, what string) int { return rapid.IntRange(0, n-1).Draw(w.t, what) }

func (w *writer) name() string {
	w.names++
	name := fmt.Sprintf("k%d", w.names)
	switch w.draw(8, "key style") {
	case 0:
		return `"` + name + `"`
	case 1:
		return `'` + name + `'`
	}
	return name
}

var plains = []string{"a", "1", "true", "x y", "http://h:80/p", "it's", "a#b", "~", "null", "é", "-1", "a: b"[:1]}

func (w *writer) scalar() string {
	text := plains[w.draw(len(plains), "scalar")]
	switch w.draw(5, "scalar style") {
	case 0:
		return `"` + text + ` # \" x"`
	case 1:
		return `'` + strings.ReplaceAll(text, "'", "''") + ` # it''s'`
	}
	return text
}

func (w *writer) flow(depth int) string {
	kind := w.draw(4, "flow kind")
	if depth > 2 || kind < 2 {
		text := w.scalar()
		if text == "http://h:80/p" {
			return `"` + text + `"`
		}
		return text
	}
	open, closing := "[", "]"
	if kind == 3 {
		open, closing = "{", "}"
	}
	lines := w.draw(4, "flow lines") == 0
	var parts []string
	for range w.draw(4, "flow members") {
		part := ""
		if kind == 3 {
			part = w.name() + ": "
		}
		parts = append(parts, part+w.flow(depth+1))
	}
	switch {
	case len(parts) == 0:
		return open + closing
	case lines:
		indent := strings.Repeat(" ", 12+2*depth)
		text := open + w.brk
		for i, part := range parts {
			comma := ","
			if i == len(parts)-1 && w.draw(2, "last comma") == 0 {
				comma = ""
			}
			if w.draw(5, "comment") == 0 {
				comma += " # c, d"
			}
			text += indent + part + comma + w.brk
		}
		return text + indent + closing
	}
	return open + strings.Join(parts, ", ") + closing
}

// comment writes what may stand between entries.
func (w *writer) between(indent int) {
	switch w.draw(8, "between") {
	case 0:
		w.b.WriteString(w.brk)
	case 1:
		w.b.WriteString(strings.Repeat(" ", indent) + "# about: it" + w.brk)
	case 2:
		w.b.WriteString(w.brk + strings.Repeat(" ", indent) + "#k3: off" + w.brk)
	case 3:
		w.b.WriteString(strings.Repeat(" ", w.draw(9, "column")) + "# lost" + w.brk)
	}
}

func (w *writer) trailing() {
	if w.draw(5, "trailing") == 0 {
		w.b.WriteString("\t # tail: x")
	}
	w.b.WriteString(w.brk)
}

// mapping writes entries; started says that the line is begun.
func (w *writer) mapping(indent, depth int, started bool) {
	for i := range 1 + w.draw(4, "members") {
		if i > 0 || !started {
			w.between(indent)
			w.b.WriteString(strings.Repeat(" ", indent))
		}
		w.b.WriteString(w.name() + ":")
		w.value(indent, depth)
	}
}

func (w *writer) value(indent, depth int) {
	kind := w.draw(9, "kind")
	if depth > 2 && kind < 4 {
		kind = 8
	}
	switch kind {
	case 0, 1:
		w.trailing()
		w.mapping(indent+w.step, depth+1, false)
	case 2, 3:
		w.trailing()
		w.list(indent+w.dash, depth+1)
	case 4:
		w.trailing() // null
	case 5:
		sign := []string{"|", ">", "|-", ">+", "|+"}[w.draw(5, "sign")]
		pad := strings.Repeat(" ", indent+w.step)
		w.b.WriteString(" " + sign + w.brk + pad + "# text: x" + w.brk + pad + "more" + w.brk)
	case 6:
		pad := strings.Repeat(" ", indent+w.step)
		w.b.WriteString(" more" + w.brk + pad + "than one" + w.brk)
	default:
		w.b.WriteString(" " + w.flow(0))
		w.trailing()
	}
}

func (w *writer) list(indent, depth int) {
	for range 1 + w.draw(3, "items") {
		w.between(indent)
		w.b.WriteString(strings.Repeat(" ", indent) + "-")
		if w.draw(3, "item") == 0 {
			w.b.WriteString(" ")
			w.mapping(indent+2, depth+1, true)
			continue
		}
		w.b.WriteString(" " + w.flow(1))
		w.trailing()
	}
}

// document draws a whole file.
func document(t *rapid.T) string {
	w := writer{t: t, brk: "\n"}
	w.step = 1 + w.draw(4, "step")
	w.dash = w.draw(3, "dash")
	if w.draw(6, "breaks") == 0 {
		w.brk = "\r\n"
	}
	if w.draw(8, "mark") == 0 {
		w.b.WriteString("# top" + w.brk + "---" + w.brk)
	}
	w.mapping(0, 0, false)
	text := w.b.String()
	if w.draw(6, "open end") == 0 {
		// A text in block style would lose its last break.
		if open := strings.TrimSuffix(text, w.brk); fmt.Sprint(read(t, open)) == fmt.Sprint(read(t, text)) {
			text = open
		}
	}
	if w.draw(10, "bom") == 0 {
		text = "\uFEFF" + text
	}
	return text
}

// A model is a document without its text.
func model(t option.Tree) any {
	switch t.Kind {
	case option.Null:
		return nil
	case option.Scalar:
		return t.Scalar.Text()
	case option.Sequence:
		out := []any{}
		for _, item := range t.Items {
			out = append(out, model(item))
		}
		return out
	}
	out := map[string]any{}
	for i, item := range t.Items {
		out[t.Keys[i].Scalar.Text()] = model(item)
	}
	return out
}

// prune drops groups of nothing: whether one stays depends on the comments in
// it.
func prune(v any) any {
	switch v := v.(type) {
	case map[string]any:
		out := map[string]any{}
		for k, item := range v {
			if item = prune(item); item != nil {
				out[k] = item
			}
		}
		if len(out) == 0 {
			return nil
		}
		return out
	case []any:
		out := []any{}
		for _, item := range v {
			if item = prune(item); item != nil {
				out = append(out, item)
			}
		}
		if len(out) == 0 {
			return nil
		}
		return out
	}
	return v
}

func parse(t rapid.TB, text string) *yamledit.Document {
	t.Helper()
	d, err := yamledit.Parse(text, yamlgen.Limits{})
	if err != nil {
		t.Fatalf("%q: %v", text, err)
	}
	return d
}

func read(t rapid.TB, text string) any {
	t.Helper()
	tree, fault := yamlgen.Tree(text)
	if fault != nil {
		t.Fatalf("%q: %v", text, fault)
	}
	return model(tree)
}

// values are what edits write, with what they read as.
var values = []struct {
	text string
	is   any
}{
	{"5", "5"},
	{"new", "new"},
	{`"with: colon"`, "with: colon"},
	{"~", nil},
	{"[p, 'q', r]", []any{"p", "q", "r"}},
	{"{m: 1, n: [2]}", map[string]any{"m": "1", "n": []any{"2"}}},
	{"[]", []any{}},
	{`"a\nb"`, "a\nb"},
	{"it's", "it's"},
}

// keyed returns the nodes with a path of keys alone.
func keyed(d *yamledit.Document) (out []yamledit.Node) {
	for n := range d.All() {
		if found, ok := d.Find(n.Path()...); ok && found == n && len(n.Path()) > 0 {
			out = append(out, n)
		}
	}
	return out
}

// TestOneEdit holds that an edit of a random file is made, is what it says, and
// changes nothing else; and that it is a small part of the text.
func TestOneEdit(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		text := document(t)
		d := parse(t, text)
		nodes := keyed(d)
		n := rapid.SampledFrom(nodes).Draw(t, "node")
		path, want := n.Path(), read(t, text).(map[string]any)
		e := d.Edit()
		value := rapid.SampledFrom(values).Draw(t, "value")
		what := rapid.SampledFrom([]string{"set", "new", "remove", "rename", "move"}).Draw(t, "what")
		switch what {
		case "set":
			e.Replace(n, value.text)
			put(want, path, value.is)
		case "new":
			if n.Kind() != yamledit.Mapping && n.Kind() != yamledit.Null {
				path = path[:len(path)-1]
			}
			path = append(slices.Clone(path), []string{"k0", "k99"}[:rapid.IntRange(1, 2).Draw(t, "depth")]...)
			e.Insert(path, value.text)
			put(want, path, value.is)
		case "remove":
			e.Remove(n)
			drop(want, path)
		case "rename":
			e.Rename(n, "other key")
			v := drop(want, path)
			put(want, append(slices.Clone(path[:len(path)-1]), "other key"), v)
		case "move":
			e.Move(n, []string{"k0", "k99"})
			put(want, []string{"k0", "k99"}, drop(want, path))
		}
		edited, faults := e.Apply()
		if faults != nil {
			t.Fatalf("%s %v in\n%s\nrefused: %v %v", what, path, text, faults[0].Span, faults[0])
		}
		if from, to := changed(text, edited.Text()); !small(what, n, text, edited.Text(), from, to) {
			t.Fatalf("%s %v in\n%s\nmade\n%s\nwhich changes more than its own bytes, from %d to %d", what, path, text, edited.Text(), from, to)
		}
		if what == "set" || what == "new" {
			again := edited.Edit()
			again.Set(path, value.text)
			if twice, faults := again.Apply(); faults != nil || twice.Text() != edited.Text() {
				t.Fatalf("%s %v twice in\n%s\nmade\n%s\nand then %v", what, path, text, edited.Text(), faults)
			}
		}
		got := read(t, edited.Text())
		if a, b := fmt.Sprint(prune(got)), fmt.Sprint(prune(want)); a != b {
			t.Fatalf("%s %v in\n%s\nmade\n%s\nwhich reads\n%s\nwant\n%s", what, path, text, edited.Text(), a, b)
		}
	})
}

// changed returns the range of a that is another one in b.
func changed(a, b string) (from, to int) {
	for from < len(a) && from < len(b) && a[from] == b[from] {
		from++
	}
	to = len(a)
	for to > from && to-len(a)+len(b) > from && a[to-1] == b[to-len(a)+len(b)-1] {
		to--
	}
	return from, to
}

// small reports whether an edit changed no byte that it is not about: one that
// removes or adds touches nothing else, and one of a key or value stays on its
// lines.
func small(what string, n yamledit.Node, before, after string, from, to int) bool {
	key, value := n.KeySpan(), n.Span()
	plain := !n.Flow() && n.Kind() == yamledit.Scalar
	switch what {
	case "remove":
		return !plain || to-from == len(before)-len(after)
	case "new":
		parent, _ := n.Parent()
		return !plain || parent.Kind() == yamledit.Null || from == to || to-from <= 2 // the last break
	case "rename":
		return before == after || from >= int(key.Offset) && to <= int(key.Offset+key.Length)
	case "set":
		return !plain || before == after || from >= int(key.Offset+key.Length) && to <= int(value.Offset+value.Length)
	}
	return true
}

// TestManyEdits holds the same of several edits of different parts at once, and
// that they give what they give one after another.
func TestManyEdits(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		text := document(t)
		d := parse(t, text)
		nodes := keyed(d)
		want := read(t, text).(map[string]any)
		e := d.Edit()
		var log []string
		var taken [][]string
		for i := range rapid.IntRange(1, 5).Draw(t, "edits") {
			n := rapid.SampledFrom(nodes).Draw(t, "node")
			path := n.Path()
			if slices.ContainsFunc(taken, func(other []string) bool { return within(path, other) || within(other, path) }) {
				continue
			}
			taken = append(taken, path)
			value := rapid.SampledFrom(values).Draw(t, "value")
			what := rapid.SampledFrom([]string{"set", "beside", "remove", "rename", "move"}).Draw(t, "what")
			log = append(log, what+" "+strings.Join(path, "."))
			name := fmt.Sprintf("new %d", i)
			switch what {
			case "set":
				e.Replace(n, value.text)
				put(want, path, value.is)
			case "beside":
				path = append(slices.Clone(path[:len(path)-1]), name)
				e.Insert(path, value.text)
				put(want, path, value.is)
			case "remove":
				e.Remove(n)
				drop(want, path)
			case "rename":
				e.Rename(n, name)
				put(want, append(slices.Clone(path[:len(path)-1]), name), drop(want, path))
			case "move":
				e.Move(n, []string{"k0", "k99", name})
				put(want, []string{"k0", "k99", name}, drop(want, path))
			}
		}
		edited, faults := e.Apply()
		if faults != nil {
			t.Fatalf("%q in\n%s\nrefused: %v %v", log, text, faults[0].Span, faults[0])
		}
		got := read(t, edited.Text())
		if a, b := fmt.Sprint(prune(got)), fmt.Sprint(prune(want)); a != b {
			t.Fatalf("%q in\n%s\nmade\n%s\nwhich reads\n%s\nwant\n%s", log, text, edited.Text(), a, b)
		}
	})
}

func within(path, other []string) bool {
	return len(path) >= len(other) && slices.Equal(path[:len(other)], other)
}

func put(m map[string]any, path []string, v any) {
	for _, key := range path[:len(path)-1] {
		next, ok := m[key].(map[string]any)
		if !ok {
			next = map[string]any{}
			m[key] = next
		}
		m = next
	}
	m[path[len(path)-1]] = v
}

func drop(m map[string]any, path []string) any {
	for _, key := range path[:len(path)-1] {
		m = m[key].(map[string]any)
	}
	v := m[path[len(path)-1]]
	delete(m, path[len(path)-1])
	return v
}
