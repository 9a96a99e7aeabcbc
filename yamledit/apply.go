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
	e.splices = nil
	if len(e.faults) == 0 {
		e.plan()
	}
	if len(e.faults) == 0 {
		e.removals()
		e.replacements()
		e.additions()
	}
	if len(e.faults) > 0 {
		return nil, e.faults
	}
	text, fault := e.write()
	if fault != nil {
		return nil, []*Fault{fault}
	}
	edited, err := Parse(text, e.doc.limits)
	if err != nil {
		return nil, []*Fault{{Span: e.place1(), Reason: "the file would not be YAML any more", Hint: "make the edit by hand"}}
	}
	if at, ok := e.verify(edited); !ok {
		return nil, []*Fault{{Span: at, Reason: "more than the edit would change here", Hint: "an anchor or merge key may repeat the value; make the edit by hand"}}
	}
	return edited, nil
}

// place1 is the place of the first edit.
func (e *Edits) place1() Span {
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
		return cmp.Or(cmp.Compare(a.from, b.from), cmp.Compare(a.to, b.to), cmp.Compare(b.depth, a.depth))
	})
	e.tidy()
	// A last line without a break gets one for the time being.
	src, open := d.src, len(d.lines) > 0 && d.lines[len(d.lines)-1].end == len(d.src)
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
			return "", &Fault{Span: e.place1(), Reason: "edits that overlap", Hint: "make them one after another"}
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
