package report

import (
	"io"
	"slices"
	"strings"

	"github.com/strataconf/strata/internal/paper"
	"github.com/strataconf/strata/option"
)

// The columns of an explanation: its labels, and what stands behind them.
const (
	labelIndent = 2
	textIndent  = 14
)

// A sheet writes the parts of an explanation.
type sheet struct {
	paper.Paper
	b strings.Builder
}

// heading starts a part.
func (s *sheet) heading(text string) {
	if s.b.Len() > 0 {
		s.b.WriteByte('\n')
	}
	s.Begin(0, 0, paper.Bold)
	s.Prose(text)
	s.b.WriteString(s.Take())
}

// prose writes paragraphs behind an indentation.
func (s *sheet) prose(indent int, text string) {
	s.Begin(indent, indent, paper.Plain)
	s.Paragraphs(text)
	s.b.WriteString(s.Take())
}

// item writes a sentence that may wrap.
func (s *sheet) item(text string) {
	s.Begin(labelIndent, labelIndent+2, paper.Plain)
	s.Prose(text)
	s.b.WriteString(s.Take())
}

// exact writes a text that is never broken, for its spaces count.
func (s *sheet) exact(indent int, text string) {
	text, _ = s.Measure(text)
	s.b.WriteString(strings.Repeat(" ", indent) + text + "\n")
}

// field writes a label and a text, nothing where there is no text.
func (s *sheet) field(label, text string) {
	if text == "" {
		return
	}
	gap := textIndent - labelIndent - len(label)
	if label == "" {
		s.Begin(textIndent, textIndent, paper.Plain)
	} else {
		s.Begin(labelIndent, textIndent, paper.Dim)
		s.Put(label, "", 0)
		s.Change(paper.Plain)
	}
	for w := range strings.FieldsSeq(text) {
		s.Put(w, "", gap)
		gap = 1
	}
	s.b.WriteString(s.Take())
}

// fieldExact is field for text that is never broken.
func (s *sheet) fieldExact(label, text string) {
	for line := range strings.SplitSeq(text, "\n") {
		if label != "" {
			s.Begin(labelIndent, textIndent, paper.Dim)
			s.Put(label, "", 0)
			s.Change(paper.Plain)
			s.b.WriteString(strings.TrimSuffix(s.Take(), "\n"))
			s.exact(textIndent-labelIndent-len(label), line)
			label = ""
			continue
		}
		s.exact(textIndent, line)
	}
}

// fieldCopied is fieldExact for text that people copy: an escape would be
// another text, and what a terminal can't show it may still copy.
func (s *sheet) fieldCopied(label, text string) {
	ascii := s.ASCII
	s.ASCII = false
	s.fieldExact(label, text)
	s.ASCII = ascii
}

// WriteText writes the explanation for people. The error is that of w.
func (e *Explanation) WriteText(w io.Writer, style Style) error {
	s := &sheet{Paper: style.Paper()}
	o := e.Option
	s.heading("--" + o.Flag)
	s.prose(labelIndent, o.Help)
	e.writeValue(s)
	if len(e.Lost) > 0 {
		s.heading("Lost")
		for i := range e.Lost {
			l := &e.Lost[i]
			s.item(l.String() + ": " + l.Reason)
		}
	}
	if len(e.Problems) > 0 {
		s.heading("Problems")
		for _, p := range e.Problems {
			s.item(sentence(p))
		}
	}
	e.writeFacts(s)
	s.heading("How to set it")
	for _, way := range e.Ways {
		s.fieldCopied(wayNames[way.Source], way.Text)
	}
	_, err := io.WriteString(w, s.b.String())
	return err
}

var wayNames = map[option.Source]string{option.SourceFlag: "flag", option.SourceEnv: "variable", option.SourceYAML: "file"}

func sentence(p *option.Problem) string {
	if p.Severity == option.Error {
		return p.Error()
	}
	return p.Severity.String() + ": " + p.Error()
}

func (e *Explanation) writeValue(s *sheet) {
	s.heading("Value")
	s.exact(labelIndent, e.Value.String())
	switch {
	case len(e.Won) > 0:
		for i := range e.Won {
			s.item("from " + e.Won[i].String())
		}
	case e.Value.Source == option.SourceDefault:
		s.item("by default; " + e.unset())
	default:
		s.item(e.unset() + ", and it has no default")
	}
}

// unset says why no input made the value: of those that there are each was
// refused.
func (e *Explanation) unset() string {
	switch {
	case len(e.Lost) > 0:
		return "what sets it is refused"
	case slices.ContainsFunc(e.Problems, func(p *option.Problem) bool { return hides(p, e.Option) }):
		return "nothing that could be read sets it"
	}
	return "no source sets it"
}

// String is the value in words that people read: a secret only as set or not.
func (v *Value) String() string {
	switch {
	case v.Secret && v.Source > option.SourceDefault:
		return "set, and never shown"
	case v.Source == option.SourceNone:
		return "not set"
	case v.Withheld:
		return option.Escape(v.Text) + " (less the secret in it)"
	case v.Text == "":
		return `""`
	}
	return option.Escape(v.Text)
}

// String names the place of the input, and the spelling where the place does
// not say it.
func (g *Given) String() string {
	at := g.Origin.String()
	if g.Origin.Source == option.SourceYAML {
		at += " (" + g.Name() + ")"
	}
	if g.Origin.Anchor != nil {
		anchor := g.Origin
		anchor.Span = *anchor.Anchor
		at += ", an alias of what is at " + anchor.Place()
	}
	if g.Stands {
		at += ", which stands for it"
	} else if g.Spelled.Deprecated() {
		at += ", a deprecated spelling"
	}
	return at
}

func (e *Explanation) writeFacts(s *sheet) {
	o, t := e.Option, e.Option.Value.Traits()
	s.heading("About")
	s.field("title", o.Name)
	s.field("group", o.Group.Title())
	s.field("type", o.Type())
	s.field("default", e.defaultText())
	one, limit := "one of", "limits"
	if t.List {
		one, limit = "any of", "each item"
	}
	s.field(one, strings.Join(t.Choices, ", "))
	for _, rule := range t.Rules {
		s.field(limit, rule)
	}
	s.field("keys", strings.Join(t.Keys, ", "))
	s.field("effect", e.Effect)
	if o.Reload == option.ReloadLive {
		s.field("change", "needs no restart")
	} else {
		s.field("change", "needs a restart")
	}
	s.field("flag", e.flags())
	if o.Env != "" {
		s.field("variable", "$"+string(o.Env))
	}
	s.field("YAML path", o.Path())
	s.field("JSON path", o.JSONPath())
	s.field("replaces", flagList(e.Replaces))
	if o.Deprecated() {
		s.field("deprecated", e.successors())
	}
	s.field("stands for", flagList(e.StandsFor))
	s.field("since", o.Since)
	if o.Hidden {
		s.field("hidden", "from help; use --help-all")
	}
}

func (e *Explanation) flags() string {
	if e.Option.Short != "" {
		return "-" + e.Option.Short + ", --" + e.Option.Flag
	}
	return "--" + e.Option.Flag
}

func (e *Explanation) defaultText() string {
	text := option.Escape(e.Default)
	switch o := e.Option; {
	case o.Computed != nil && text == "":
		text = "none on this host, for it is computed"
	case o.Computed != nil:
		text += " on this host, for it is computed"
	case text == "":
		return "none"
	}
	if doc := strings.TrimSuffix(e.Option.DefaultDoc, "."); doc != "" {
		text += ": " + doc
	}
	return text
}

func (e *Explanation) successors() string {
	text := "use " + flagList(e.Option.UseInstead)
	if e.Option.Retires != "" {
		text += "; gone in " + e.Option.Retires
	}
	return text
}

func flagList(flags []string) string {
	if len(flags) == 0 {
		return ""
	}
	return "--" + strings.Join(flags, ", --")
}
