package lint

import (
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
	after, ok := without(d.yaml, [][]string{f.path})
	if !ok {
		return option.Span{}, false
	}
	return cut(d.file.Text, after)
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
