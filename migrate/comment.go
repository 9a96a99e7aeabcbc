package migrate

import (
	"cmp"
	"slices"
	"strings"

	"github.com/strataconf/strata/option"
	"github.com/strataconf/strata/yamledit"
	"github.com/strataconf/strata/yamlgen"
)

// keepComments puts the comments that an edit lost, such as that of a group
// which is empty now, above the key that stands for what they were about: the
// first that moved below them, under its new name.
func keepComments(old *yamledit.Document, edited string, acts []*act) (string, *yamledit.Fault) {
	doc, fault := parse(edited, yamlgen.Limits{})
	if fault != nil {
		return "", fault
	}
	there := map[string]int{}
	for _, c := range doc.Comments() {
		there[c.Text(doc)]++
	}
	var lost []splice
	for _, c := range old.Comments() {
		text := c.Text(old)
		if there[text]--; there[text] >= 0 {
			continue
		}
		if n, ok := heir(doc, acts, int(c.Span.Offset)); ok {
			at := lines(edited, spanOf(option.Span(n.KeySpan()))).from
			lost = append(lost, splice{span{at, at}, strings.Repeat(" ", n.Indent()) + text + lineBreak(edited)})
		}
	}
	slices.SortStableFunc(lost, func(a, b splice) int { return cmp.Compare(a.from, b.from) })
	return apply(edited, lost), nil
}

// heir returns the key that a comment at an offset of the old text is for now.
func heir(doc *yamledit.Document, acts []*act, at int) (yamledit.Node, bool) {
	var found yamledit.Node
	ok := false
	for _, a := range acts { // in the order of the file
		if len(a.names) == 0 {
			continue
		}
		n, there := doc.Find(strings.Split(a.names[0], ".")...)
		for there && n.Flow() && !blockKey(n) {
			n, there = n.Parent()
		}
		if !there || n.Key() == "" {
			continue
		}
		found, ok = n, true
		if a.sites[0].at.from > at {
			break
		}
	}
	return found, ok
}

// blockKey reports whether a key stands outside of braces, whatever its value.
func blockKey(n yamledit.Node) bool {
	up, ok := n.Parent()
	return ok && !up.Flow()
}

// lineBreak is how the lines of a text end.
func lineBreak(text string) string {
	if n := strings.IndexByte(text, '\n'); n > 0 && text[n-1] == '\r' {
		return "\r\n"
	}
	return "\n"
}
