package diff

import (
	"fmt"
	"io"
	"strings"

	"github.com/strataconf/strata/internal/paper"
	"github.com/strataconf/strata/option"
	"github.com/strataconf/strata/report"
)

// The columns of a comparison.
const (
	signIndent = 2
	fromIndent = 6
)

// A sheet writes the parts of a comparison.
type sheet struct {
	paper.Paper
	b strings.Builder
}

// WriteText writes the difference for people. The error is that of w.
func (d *Difference) WriteText(w io.Writer, style report.Style) error {
	s := &sheet{Paper: style.Paper()}
	s.line(0, paper.Red, "--- "+d.A.title())
	s.line(0, paper.Green, "+++ "+d.B.title())
	for i := range d.Options {
		if p := &d.Options[i]; p.Verdict == Changed {
			d.change(s, p)
		}
	}
	s.list("Cannot tell", d.of(Unsure), func(p *Pair) string { return p.name() + ": " + unsure(p) })
	s.list("Only in "+option.Escape(d.A.Name), d.of(OnlyA), func(p *Pair) string { return lonely(p, p.a) })
	s.list("Only in "+option.Escape(d.B.Name), d.of(OnlyB), func(p *Pair) string { return lonely(p, p.b) })
	s.list("Another default", d.defaults(), func(p *Pair) string {
		return p.name() + ": " + d.defaultsOf(p)
	})
	s.list("The same", d.of(Same), same)
	s.b.WriteByte('\n')
	switch n := d.count(); n {
	case 0:
		s.line(0, paper.Plain, "No value differs.")
	case 1:
		s.line(0, paper.Plain, "1 value differs.")
	default:
		s.line(0, paper.Plain, fmt.Sprintf("%d values differ.", n))
	}
	_, err := io.WriteString(w, s.b.String())
	return err
}

func (s *Side) title() string {
	if s.Version == "" {
		return option.Escape(s.Name)
	}
	return option.Escape(s.Name) + ", " + option.Escape(s.Version)
}

func (p *Pair) name() string { return "--" + option.Escape(p.Flag) }

func (d *Difference) of(v Verdict) []*Pair {
	var out []*Pair
	for i := range d.Options {
		if d.Options[i].Verdict == v && (v != Same || !d.Options[i].OtherDefault()) {
			out = append(out, &d.Options[i])
		}
	}
	return out
}

// defaults are the pairs with another default that a change does not tell of.
func (d *Difference) defaults() []*Pair {
	var out []*Pair
	for i := range d.Options {
		if p := &d.Options[i]; p.Verdict != Changed && p.OtherDefault() {
			out = append(out, p)
		}
	}
	return out
}

func (d *Difference) defaultsOf(p *Pair) string {
	return quoted(p.a.def) + " in " + option.Escape(d.A.Name) + ", " + quoted(p.b.def) + " in " + option.Escape(d.B.Name)
}

// line writes text that is never broken.
func (s *sheet) line(indent int, style, text string) {
	text, _ = s.Measure(text)
	s.b.WriteString(strings.Repeat(" ", indent))
	if s.Colour && style != paper.Plain {
		text = style + text + paper.Off
	}
	s.b.WriteString(text + "\n")
}

func (d *Difference) change(s *sheet, p *Pair) {
	s.b.WriteByte('\n')
	s.line(0, paper.Bold, p.name())
	then := p.b.value()
	if p.a.value() == then { // what shows is the same
		then = "set to something else, and never shown"
		if !p.b.Secret {
			then = "the same as far as it shows, with another secret in it"
		}
	}
	s.line(signIndent, paper.Red, "- "+p.a.value())
	s.origin(p.a)
	s.line(signIndent, paper.Green, "+ "+then)
	s.origin(p.b)
	if p.OtherDefault() {
		s.prose(fromIndent-2, "The defaults differ: "+d.defaultsOf(p)+".")
	}
}

// origin says where a value comes from below it, which says itself that it is
// not set.
func (s *sheet) origin(e *entry) {
	if e.set() {
		s.prose(fromIndent, e.from())
	}
}

func (s *sheet) prose(indent int, text string) {
	s.Begin(indent, indent, paper.Plain)
	s.Prose(text)
	s.b.WriteString(s.Take())
}

func (s *sheet) list(title string, pairs []*Pair, text func(*Pair) string) {
	if len(pairs) == 0 {
		return
	}
	s.b.WriteByte('\n')
	s.line(0, paper.Bold, title)
	for _, p := range pairs {
		s.Begin(signIndent, signIndent+2, paper.Plain)
		s.Prose(text(p))
		s.b.WriteString(s.Take())
	}
}

// unsure says why nobody can tell.
func unsure(p *Pair) string {
	if p.a.Secret || p.b.Secret {
		return "set on both sides, and a document does not hold it"
	}
	if ofHosts(p.a, p.b) {
		return "by default on both sides, and the default depends on the machine"
	}
	return "the same as far as it shows, and a document does not hold the secret in it"
}

func lonely(p *Pair, e *entry) string {
	text := p.name() + ": " + e.value()
	if e.set() {
		text += ", " + e.from()
	}
	if p.Hint != "" {
		text += " (" + option.Escape(p.Hint) + ")"
	}
	return text
}

func same(p *Pair) string {
	text := p.name() + ": " + p.a.value()
	switch a, b := p.a.from(), p.b.from(); {
	case !p.a.set() && !p.b.set():
	case a == b:
		text += ", " + a
	default:
		text += ", " + a + " and " + b
	}
	return text
}

// quoted is a default as it shows.
func quoted(text string) string {
	if text == "" {
		return "none"
	}
	return option.Escape(text)
}
