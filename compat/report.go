package compat

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"github.com/strataconf/strata/internal/paper"
	"github.com/strataconf/strata/option"
)

// A Report is what changed between two catalogs.
type Report struct {
	// Program is the name of the newer program.
	Program string
	// Changes are in the order of the kinds and of the newer catalog.
	Changes []Change
	// Of says that the report is about one deployment. Touches then has one
	// entry for each change, and Unjudged counts those that concern only
	// readers of the options.
	Of       bool
	Touches  []Touch
	Unjudged int
}

// Count returns how many changes have a verdict.
func (r *Report) Count(v Verdict) int {
	n := 0
	for i := range r.Changes {
		if r.Changes[i].Verdict == v {
			n++
		}
	}
	return n
}

// summary counts the changes in a sentence.
func (r *Report) summary() string {
	whom := ""
	if r.Of {
		whom = " for this configuration"
	}
	if len(r.Changes) == 0 {
		return "Nothing changed" + whom + "."
	}
	return fmt.Sprintf("%s%s: %d breaking, %d notable, %d compatible.", many(len(r.Changes), "change"), whom, r.Count(Breaking), r.Count(Notable), r.Count(Compatible))
}

// rest tells of what was not judged, or is "".
func (r *Report) rest() string {
	if r.Unjudged == 0 {
		return ""
	}
	verb := "concern"
	if r.Unjudged == 1 {
		verb = "concerns"
	}
	return many(r.Unjudged, "further change") + " " + verb + " no input, but programs and people that read the options from the API or from documents."
}

func many(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}

var headings = map[Verdict]string{Breaking: "Breaking", Notable: "Worth a look", Compatible: "Compatible"}

// each calls do with the changes of a verdict, in order, and with begins at
// the first of each kind.
func (r *Report) each(v Verdict, begins func(Kind), do func(*Change, *Touch)) {
	kind := Kind("")
	for i := range r.Changes {
		c := &r.Changes[i]
		if c.Verdict != v {
			continue
		}
		if c.Kind != kind {
			kind = c.Kind
			begins(kind)
		}
		var t *Touch
		if r.Of {
			t = &r.Touches[i]
		}
		do(c, t)
	}
}

// A Style says how text is laid out: Width, Colour and ASCII, as docgen has
// them too.
type Style = paper.Style

// WriteText writes the report for people. The error is that of w.
func (r *Report) WriteText(w io.Writer, style Style) error {
	p := style.Paper()
	var b strings.Builder
	line := func(indent int, code, text string) {
		p.Begin(indent, indent+2, code)
		p.Prose(text)
		b.WriteString(p.Take())
	}
	line(0, paper.Plain, r.summary())
	for v := Breaking; v <= Compatible; v++ {
		if r.Count(v) > 0 {
			b.WriteByte('\n')
			line(0, paper.Bold, headings[v])
		}
		r.each(v, func(Kind) {}, func(c *Change, t *Touch) {
			text := c.Reason()
			if c.Option != "" {
				text = "--" + shown(c.Option) + ": " + text
			}
			if hint := c.Hint(); hint != "" {
				text += " (" + hint + ")"
			}
			line(2, paper.Plain, text)
			for _, place := range t.places() {
				line(6, paper.Plain, place)
			}
		})
	}
	if rest := r.rest(); rest != "" {
		b.WriteByte('\n')
		line(0, paper.Plain, rest)
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// places are the lines that say where a change meets a deployment.
func (t *Touch) places() []string {
	if t == nil {
		return nil
	}
	var out []string
	if len(t.Problems) > 0 {
		for _, p := range t.Problems {
			out = append(out, p.Error())
		}
		return out
	}
	for _, u := range t.Uses {
		out = append(out, u.Origin.Place()+": "+shown(strings.TrimPrefix(u.Name, "$")))
	}
	return out
}

// WriteMarkdown writes the report as release notes: by verdict and kind, in
// catalog order. The error is that of w.
func (r *Report) WriteMarkdown(w io.Writer) error {
	var b strings.Builder
	b.WriteString(r.summary() + "\n")
	for v := Breaking; v <= Compatible; v++ {
		if r.Count(v) > 0 {
			b.WriteString("\n## " + headings[v] + "\n")
		}
		r.each(v, func(k Kind) { b.WriteString("\n### " + k.Title() + "\n\n") }, func(c *Change, t *Touch) {
			b.WriteString("- ")
			if c.Option != "" {
				b.WriteString(code("--"+c.Option) + ": ")
			}
			c.reason.write(func(s string) { b.WriteString(s) }, func(s string) { b.WriteString(code(s)) })
			b.WriteByte('.')
			if c.hint.words != "" {
				first := true
				b.WriteByte(' ')
				c.hint.write(func(s string) {
					if first && s != "" {
						s = strings.ToUpper(s[:1]) + s[1:]
					}
					first = false
					b.WriteString(s)
				}, func(s string) { b.WriteString(code(s)) })
				b.WriteByte('.')
			}
			b.WriteByte('\n')
			for _, place := range t.places() {
				b.WriteString("  - " + code(place) + "\n")
			}
		})
	}
	if rest := r.rest(); rest != "" {
		b.WriteString("\n" + rest + "\n")
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// code writes a text of a catalog as code of Markdown, in which nothing of it
// has a meaning.
func code(s string) string {
	s = shown(s)
	if s == "" {
		s = `""`
	}
	fence := "`"
	for strings.Contains(s, fence) {
		fence += "`"
	}
	if len(fence) > 1 || strings.HasPrefix(s, " ") && strings.HasSuffix(s, " ") {
		s = " " + s + " "
	}
	return fence + s + fence
}

type jsonChange struct {
	Kind    Kind      `json:"kind"`
	Verdict Verdict   `json:"verdict"`
	Option  string    `json:"option,omitempty"`
	Reason  string    `json:"reason"`
	Hint    string    `json:"hint,omitempty"`
	Names   []string  `json:"names"`
	Readers bool      `json:"readers_only"`
	Uses    []jsonUse `json:"uses,omitempty"`
	Refused []jsonUse `json:"refused,omitempty"`
}

type jsonUse struct {
	Name     string `json:"name"`
	Place    string `json:"place"`
	Source   string `json:"source"`
	File     string `json:"file,omitempty"`
	Line     int32  `json:"line,omitempty"`
	Column   int32  `json:"column,omitempty"`
	Argument int32  `json:"argument,omitempty"` // index in argv
	Reason   string `json:"reason,omitempty"`
}

func newJSONUse(name string, at option.Origin) jsonUse {
	u := jsonUse{Name: shown(name), Place: at.Place(), Source: at.Source.String(), Line: at.Span.Line, Column: at.Span.Column, Argument: at.Arg}
	switch {
	case at.Source == option.SourceYAML:
		u.File = at.Name
	case at.Span.Line > 0:
		u.File = at.In
	}
	return u
}

// MarshalJSON returns the report for programs.
func (r *Report) MarshalJSON() ([]byte, error) {
	changes := make([]jsonChange, len(r.Changes))
	for i := range r.Changes {
		c := &r.Changes[i]
		j := jsonChange{Kind: c.Kind, Verdict: c.Verdict, Option: c.Option, Reason: c.Reason(), Hint: c.Hint(), Names: c.Names, Readers: c.Readers}
		if j.Names == nil {
			j.Names = []string{}
		}
		if r.Of {
			for _, u := range r.Touches[i].Uses {
				j.Uses = append(j.Uses, newJSONUse(u.Name, u.Origin))
			}
			for _, p := range r.Touches[i].Problems {
				u := newJSONUse(p.Name, p.Origin)
				u.Reason = option.Escape(p.Reason)
				j.Refused = append(j.Refused, u)
			}
		}
		changes[i] = j
	}
	return json.Marshal(struct {
		Program    string       `json:"program"`
		Breaking   int          `json:"breaking"`
		Notable    int          `json:"notable"`
		Compatible int          `json:"compatible"`
		Deployment bool         `json:"deployment"`
		Unjudged   int          `json:"unjudged"` // changes that concern readers only
		Changes    []jsonChange `json:"changes"`
	}{r.Program, r.Count(Breaking), r.Count(Notable), r.Count(Compatible), r.Of, r.Unjudged, changes})
}
