package lint

import (
	"fmt"
	"io"
	"strings"

	"github.com/strataconf/strata/internal/paper"
	"github.com/strataconf/strata/option"
)

// Markdown writes a page with a section for each rule, which [Rule.Doc] leads
// to. The command is the one that runs the rules, for the introduction.
func Markdown(w io.Writer, rules []Rule, command string) error {
	var b strings.Builder
	fmt.Fprintf(&b, "# Rules of %s\n\nThis page is made from the rules themselves; `%s --explain ID` prints one of them.\n\n", command, command)
	b.WriteString("| rule | | severity | finds |\n| --- | --- | --- | --- |\n")
	for _, r := range rules {
		fmt.Fprintf(&b, "| [%s](%s) | `%s` | %s | %s |\n", r.ID, r.Doc(""), r.Name, r.Level(), r.Title)
	}
	for _, r := range rules {
		fmt.Fprintf(&b, "\n## %s\n\n**%s** (`%s`, %s)\n\n%s\n", r.ID, r.Title, r.Name, r.Level(), r.Help)
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// Level names the severity of what the rule finds.
func (r *Rule) Level() string {
	if len(r.Codes) == 1 && r.Codes[0] == anyCode {
		return "any severity"
	}
	return r.Severity.String()
}

// Explain writes what there is to say about a rule.
func (r *Rule) Explain(w io.Writer, style Style, page string) error {
	p := style.Paper()
	p.Begin(0, 0, paper.Bold)
	p.Word(r.ID, "")
	p.Change(paper.Plain)
	p.Prose(r.Name + ", " + r.Level())
	p.Begin(0, 0, paper.Plain)
	p.Prose(r.Title + ".")
	head := p.Take()
	p.Begin(0, 0, paper.Plain)
	p.Prose(r.Help)
	_, err := io.WriteString(w, head+"\n"+p.Take()+"\n"+r.Doc(page)+"\n")
	return err
}

// A Style says how text is laid out: Width, Colour and ASCII, as docgen has
// them too.
type Style = paper.Style

// Line renders a finding as "place: name: reason; hint (L012)". What is no
// error begins with its severity.
func (f *Finding) Line() string {
	p := f.Problem
	var b strings.Builder
	if p.Severity != option.Error {
		b.WriteString(p.Severity.String() + ": ")
	}
	for _, part := range []string{p.Origin.Place(), option.Escape(p.Name)} {
		if part != "" {
			b.WriteString(part + ": ")
		}
	}
	b.WriteString(option.Escape(p.Reason))
	if p.Hint != "" {
		b.WriteString("; " + option.Escape(p.Hint))
	}
	b.WriteString(" (" + p.Code + ")")
	return b.String()
}
