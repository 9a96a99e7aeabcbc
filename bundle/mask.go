package bundle

import (
	"slices"
	"strings"

	"github.com/strataconf/strata/load"
	"github.com/strataconf/strata/option"
)

// A window is a range of a text that may be shown.
type window struct{ from, to int }

// windows keeps ranges that lie in one line of a text.
type windows struct {
	text string
	all  []window
}

func (w *windows) add(at option.Span) {
	from, to := int(at.Offset), int(at.Offset)+int(at.Length)
	if at.Line > 0 && from < to && to <= len(w.text) && !strings.ContainsAny(w.text[from:to], "\r\n") {
		w.all = append(w.all, window{from, to})
	}
}

// tree adds the scalars of a tree.
func (w *windows) tree(t *option.Tree) {
	if t.Kind == option.Scalar {
		w.add(t.Span)
	}
	for i := range t.Keys {
		w.tree(&t.Keys[i])
	}
	for i := range t.Items {
		w.tree(&t.Items[i])
	}
}

// at returns the end of the window that begins at i, or 0.
func (w *windows) at(i int) int {
	n, found := slices.BinarySearchFunc(w.all, i, func(w window, i int) int { return w.from - i })
	if !found {
		return 0
	}
	return w.all[n].to
}

func (w *windows) sort() {
	slices.SortFunc(w.all, func(a, b window) int { return a.from - b.from })
}

// file shows a configuration file: known keys, and the values of options of
// which nothing is withheld.
func (k *capture) file(name, text string) File {
	w := &windows{text: text}
	for _, in := range k.inputs(option.SourceYAML) {
		switch {
		case in.Origin.Anchor != nil || !open(in):
		case in.Raw.Tree() != nil:
			w.tree(in.Raw.Tree())
		default:
			w.add(in.Origin.Span)
		}
	}
	w.sort()
	return w.file(name, func(line string) int {
		n := len(line) - len(strings.TrimLeft(line, " -"))
		key, rest, ok := strings.Cut(line[n:], ":")
		if !ok || rest != "" && rest[0] != ' ' || !k.keys[key] {
			return n
		}
		n += len(key) + 1
		return n + len(rest) - len(strings.TrimLeft(rest, " "))
	})
}

// variables shows a file of variables likewise.
func (k *capture) variables(name, text string, vars []load.Variable) File {
	w := &windows{text: text}
	for _, in := range k.inputs(option.SourceEnv) {
		if in.Origin.In == name && in.Option.Indexed == nil && open(in) {
			w.add(in.Origin.Span)
		}
	}
	w.sort()
	known := map[string]bool{}
	for _, v := range vars {
		known[v.Name] = k.isVariable(v.Name)
	}
	return w.file(name, func(line string) int {
		start := len(line) - len(strings.TrimLeft(line, " \t"))
		if strings.HasPrefix(line[start:], "export ") {
			start += len("export ")
		}
		key, _, ok := strings.Cut(line[start:], "=")
		switch {
		case ok && (known[key] || key == "Environment"):
			return start + len(key) + 1
		case strings.TrimSpace(line[start:]) == "[Service]":
			return len(line)
		}
		return start
	})
}

// file writes what shows of each line: what lead says of its beginning, then
// windows, and punctuation between these. At the first thing that does not show
// the line ends, so that nothing tells how long that is.
func (w *windows) file(name string, lead func(line string) int) File {
	f := File{Name: name, Lines: []string{}}
	start := 0
	for line := range strings.Lines(w.text) {
		bare := strings.TrimRight(line, "\r\n")
		f.Lines = append(f.Lines, w.line(start, bare, lead(bare)))
		start += len(line)
	}
	return f
}

func (w *windows) line(start int, line string, n int) string {
	for n < len(line) {
		if to := w.at(start + n); to > 0 {
			n = to - start
			continue
		}
		gap := len(line[n:]) - len(strings.TrimLeft(line[n:], ` ,[]{}:"'`))
		if gap == 0 || w.at(start+n+gap) == 0 && strings.Trim(line[n:], ` ,[]{}`) != "" {
			break
		}
		n += gap
	}
	rest := strings.TrimSpace(line[n:])
	switch {
	case rest == "":
		return strings.TrimRight(line, " \t")
	case rest[0] == '#' || rest[0] == ';' && strings.TrimSpace(line[:n]) == "":
		return line[:n+strings.Index(line[n:], rest[:1])+1] + " " + hidden
	}
	if shown := line[:n]; shown == "" || shown[len(shown)-1] == ' ' || shown[len(shown)-1] == '=' {
		return shown + hidden
	}
	return line[:n] + " " + hidden
}
