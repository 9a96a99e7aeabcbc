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
func keepComments(old, doc *yamledit.Document, acts []*act) (*yamledit.Document, *yamledit.Fault) {
	edited := doc.Text()
	there := map[string]int{}
	for _, c := range doc.Comments() {
		there[c.Text(doc)]++
	}
	keys := heirs(doc, acts)
	var lost []splice
	for _, c := range old.Comments() {
		text := c.Text(old)
		if there[text]--; there[text] >= 0 {
			continue
		}
		if len(keys) == 0 {
			break
		}
		i := slices.IndexFunc(keys, func(h heir) bool { return h.was > int(c.Span.Offset) })
		n := keys[(i+len(keys))%len(keys)].key // the last one, if none comes after
		at := lines(edited, spanOf(option.Span(n.KeySpan()))).from
		lost = append(lost, splice{span{at, at}, strings.Repeat(" ", n.Indent()) + text + lineBreak(edited)})
	}
	if len(lost) == 0 {
		return doc, nil
	}
	slices.SortStableFunc(lost, func(a, b splice) int { return cmp.Compare(a.from, b.from) })
	return parse(apply(edited, lost), yamlgen.Limits{})
}

// An heir is a key of the new text, with the offset of what it was in the old
// one.
type heir struct {
	was int
	key yamledit.Node
}

// heirs are the keys that comments can go to, in the order of the old text.
func heirs(doc *yamledit.Document, acts []*act) (out []heir) {
	for _, a := range acts {
		if len(a.names) == 0 {
			continue
		}
		n, there := doc.Find(strings.Split(a.names[0], ".")...)
		for there && !blockKey(n) {
			n, there = n.Parent()
		}
		if there && n.Key() != "" {
			out = append(out, heir{a.sites[0].at.from, n})
		}
	}
	return out
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
