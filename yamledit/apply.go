package yamledit

import (
	"cmp"
	"slices"
	"strings"
)

// A splice puts a text in place of a part of the source.
type splice struct {
	from, to int
	text     string
	lines    bool // whole lines
	exact    bool // blank lines around it stay
	depth    int  // of what is added; the deeper comes first at one place
}

func (s splice) isCut() bool { return s.lines && s.text == "" && !s.exact }

func (e *Edits) splice(from, to int, text string) {
	e.splices = append(e.splices, splice{from: from, to: to, text: text})
}

// Apply makes all edits and returns the document with them, or why they were
// refused: every edit that was, or that the result would differ in more than
// the edits.
func (e *Edits) Apply() (*Document, []*Fault) {
	e.plan()
	if len(e.faults) == 0 {
		e.removals()
		e.replacements()
		e.additions()
	}
	if len(e.faults) > 0 {
		slices.SortStableFunc(e.faults, func(a, b *Fault) int { return byOffset(a.Span, b.Span) })
		return nil, e.faults
	}
	splices := slices.Clone(e.splices)
	text, fault := e.write()
	if fault != nil {
		return nil, []*Fault{fault}
	}
	edited, fault := e.check(text)
	if fault != nil {
		// A text that keeps its breaks takes the blank lines below it for its own.
		e.splices, e.tight = splices, true
		if tight, again := e.write(); again == nil && tight != text {
			if closed, again := e.check(tight); again == nil {
				return closed, nil
			}
		}
	}
	if fault != nil && e.isOpen() {
		// A text in block style that comes to stand at the end needs its break.
		if closed, again := e.check(text + e.doc.brk); again == nil {
			return closed, nil
		}
	}
	if fault != nil {
		return nil, []*Fault{fault}
	}
	return edited, nil
}

// isOpen reports whether the last line of the source has no break.
func (e *Edits) isOpen() bool {
	lines := e.doc.lines
	return len(lines) > 0 && lines[len(lines)-1].end == len(e.doc.src)
}

// check reads the new text and holds it against the old one and the edits.
func (e *Edits) check(text string) (*Document, *Fault) {
	edited, err := Parse(text, e.doc.limits)
	if err != nil {
		if at, ok := e.loosened(); ok {
			return nil, &Fault{Span: at, Reason: "an anchor that is used elsewhere would go", Hint: "write the value out where it is used"}
		}
		return nil, &Fault{Span: e.firstPlace(), Reason: "the file could not be read any more: " + err.(*Fault).Reason, Hint: "make the edit by hand"}
	}
	at, ok := e.verify(edited)
	switch {
	case ok:
		return edited, nil
	case e.isOpen() && end(at) == len(e.doc.src):
		return nil, &Fault{Span: at, Reason: "the text at the end of the file has no last line break and would get one", Hint: "end the file with a line break first"}
	}
	return nil, &Fault{Span: at, Reason: "more than the edit would change here", Hint: "an anchor or merge key may repeat the value; make the edit by hand"}
}

// loosened returns an anchor that an edit takes away and that is used outside
// of what goes.
func (e *Edits) loosened() (Span, bool) {
	gone := func(at Span) bool {
		return slices.ContainsFunc(e.splices, func(s splice) bool { return s.from <= int(at.Offset) && end(at) <= s.to })
	}
	for _, a := range e.doc.Anchors() {
		if gone(a.Span) && slices.ContainsFunc(a.Uses, func(use Span) bool { return !gone(use) }) {
			return a.Span, true
		}
	}
	return Span{}, false
}

// firstPlace is the place of the first edit.
func (e *Edits) firstPlace() Span {
	for _, s := range e.splices {
		l := e.doc.lineAt(s.from)
		return Span{Line: int32(l) + 1, Column: 1, Offset: int32(s.from)}
	}
	return Span{}
}

// write returns the text with all splices in it.
func (e *Edits) write() (string, *Fault) {
	d := e.doc
	slices.SortStableFunc(e.splices, func(a, b splice) int {
		order := cmp.Or(cmp.Compare(a.from, b.from), cmp.Compare(a.to, b.to))
		if order == 0 && a.lines != b.lines {
			// A value at the open end of a file comes before lines below it.
			if a.lines {
				return 1
			}
			return -1
		}
		return cmp.Or(order, cmp.Compare(b.depth, a.depth))
	})
	e.tidy()
	// A last line without a break gets one for the time being.
	src, open := d.src, e.isOpen()
	if open {
		src += d.brk
	}
	var b strings.Builder
	at := 0
	for _, s := range e.splices {
		if open && s.lines && s.from == len(d.src) {
			s.from = len(src)
		}
		if open && s.lines && s.to == len(d.src) {
			s.to = len(src)
		}
		if s.from < at {
			return "", &Fault{Span: e.firstPlace(), Reason: "edits that overlap", Hint: "make them one after another"}
		}
		b.WriteString(src[at:s.from])
		b.WriteString(s.text)
		at = s.to
	}
	b.WriteString(src[at:])
	text := b.String()
	if open {
		text = strings.TrimSuffix(text, d.brk)
	}
	return text, nil
}
