package lint

import (
	"strings"

	"github.com/strataconf/strata/option"
	"github.com/strataconf/strata/yamledit"
	"github.com/strataconf/strata/yamlgen"
)

// A Fix takes a setting out of a file without changing what any setting is.
type Fix struct {
	// Label says what it does: "remove it".
	Label string
	// File is the name of the file that it edits.
	File string

	path []string // of the key
}

// Fixed returns the text of a file with all fixes of the report made, and how
// many these are. It is 0 if there are none for the file. A fix that can't be
// made safely, such as one of a value that an alias repeats, is left out.
func (r *Report) Fixed(file string) (text string, made int) {
	d := r.files[file]
	if d == nil || d.env {
		return "", 0
	}
	doc, err := yamledit.Parse(d.file.Text, yamlgen.Limits{})
	if err != nil {
		return d.file.Text, 0
	}
	var paths [][]string
	for _, f := range r.Findings {
		if f.Fix != nil && f.Fix.File == file {
			paths = append(paths, f.Fix.path)
		}
	}
	if out, ok := without(doc, paths); ok {
		return out, len(paths)
	}
	// One of them stands in the way of all: make them one by one.
	text = d.file.Text
	for _, path := range paths {
		if doc, err = yamledit.Parse(text, yamlgen.Limits{}); err != nil {
			return text, made
		}
		if out, ok := without(doc, [][]string{path}); ok {
			text = out
			made++
		}
	}
	return text, made
}

// Cut returns the one range of its file that a fix takes away; false if it
// can't be made safely, or takes more than one.
func (r *Report) Cut(f *Fix) (option.Span, bool) {
	d := r.files[f.File]
	if d == nil {
		return option.Span{}, false
	}
	if d.yaml == nil {
		var err error
		if d.yaml, err = yamledit.Parse(d.file.Text, yamlgen.Limits{}); err != nil {
			return option.Span{}, false
		}
	}
	if at, ok := d.line(f.path); ok {
		return at, true
	}
	after, ok := without(d.yaml, [][]string{f.path})
	if !ok {
		return option.Span{}, false
	}
	return cut(d.file.Text, after)
}

// line returns the line of a key where it is plain that nothing else goes with
// it: it saves a reading of the file for each fix.
func (d *document) line(path []string) (option.Span, bool) {
	n, found := d.yaml.Find(path...)
	if !found || n.Kind() != yamledit.Scalar || n.Flow() || d.alone(n) {
		return option.Span{}, false
	}
	src, key, value := d.file.Text, n.KeySpan(), n.Span()
	from := strings.LastIndexByte(src[:key.Offset], '\n') + 1
	to := int(value.Offset + value.Length)
	if key.Line != value.Line || strings.Contains(src[from:to], "\n") || strings.TrimLeft(src[from:key.Offset], " ") != "" {
		return option.Span{}, false
	}
	rest, _, ended := strings.Cut(src[to:], "\n")
	if c := strings.TrimRight(rest, " \t\r"); !ended || c != "" && !strings.HasPrefix(strings.TrimLeft(c, " \t"), "#") {
		return option.Span{}, false
	}
	// A comment above may be about this line alone, and an empty line may part
	// it from others.
	above := strings.TrimSuffix(src[:from], "\n")
	above = strings.Trim(above[strings.LastIndexByte(above, '\n')+1:], " \t\r")
	if above == "" || above[0] == '#' {
		return option.Span{}, false
	}
	// What has an anchor may be elsewhere too.
	for up, ok := n, true; ok; up, ok = up.Parent() {
		if begin, end := up.KeySpan(), up.Span(); begin.Length > 0 && strings.Contains(src[begin.Offset+begin.Length:end.Offset], "&") {
			return option.Span{}, false
		}
	}
	return option.Span{Line: key.Line, Column: 1, Offset: int32(from), Length: int32(to + len(rest) + 1 - from)}, true
}

// alone reports whether a node is the only one that its mapping has of its own.
func (d *document) alone(n yamledit.Node) bool {
	up, ok := n.Parent()
	if !ok {
		return true
	}
	own := 0
	for k := range up.Children() {
		if !k.Inherited() {
			own++
		}
	}
	return own < 2
}

// without removes keys from a document.
func without(doc *yamledit.Document, paths [][]string) (string, bool) {
	edits := doc.Edit()
	for _, path := range paths {
		n, ok := doc.Find(path...)
		if !ok {
			return "", false
		}
		edits.Remove(n)
	}
	edited, faults := edits.Apply()
	if len(faults) > 0 {
		return "", false
	}
	return edited.Text(), true
}

// cut returns the range that a text lost, if that is all that happened to it.
// What is lost in lines begins with a line.
func cut(a, b string) (option.Span, bool) {
	head, most := 0, min(len(a), len(b))
	for head < most && a[head] == b[head] {
		head++
	}
	tail := 0
	for tail < most-head && a[len(a)-1-tail] == b[len(b)-1-tail] {
		tail++
	}
	if head+tail < len(b) || len(a) == len(b) {
		return option.Span{}, false
	}
	for head > 0 && a[head-1] != '\n' && a[head-1] == a[len(a)-1-tail] {
		head--
		tail++
	}
	lines := lineCounter{src: a}
	return lines.span(head, len(a)-tail), true
}
