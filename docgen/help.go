package docgen

import (
	"bytes"
	_ "embed"
	"io"
	"sync"
	"text/template"

	"github.com/strataconf/strata/internal/paper"
	"github.com/strataconf/strata/option"
)

// A Style says how a page is laid out: its Width in columns, 80 for 0, whether
// Colour is allowed, and whether it is all ASCII. The zero Style suits files
// and pipes.
type Style = paper.Style

// A Usage is what a page says of the command around the options.
type Usage struct {
	// Command is the command as users type it: "app server".
	Command string
	// Summary says in a sentence or two what the command does.
	Summary string
	// Lines are the ways to call it; none stands for Command with flags.
	Lines []string
	// Examples are lines worth copying. They are never broken.
	Examples []string
	// Notes are paragraphs for the end of the page.
	Notes []string
	// Extra are the flags of the command that no catalog has, such as --help.
	Extra []ExtraFlag
	// More is the flag, without dashes, that shows what [Help] leaves out. It
	// is named at the end of a page that leaves something out; "" names none.
	More string
}

// An ExtraFlag is a flag outside the catalog.
type ExtraFlag struct {
	// Short and Flag have no dashes; Short may be "".
	Short, Flag string
	// Arg says what follows the flag: "path"; "" for nothing.
	Arg string
	// Help is prose, as in a row.
	Help string
	// Words are the values that it takes, for shells; nil for any.
	Words []string
	// Complete tells shells what to offer where there are no words.
	Complete option.Hint
}

// Help writes the page of a command: everything that people should use. Hidden
// and deprecated options are left out, and so are groups of nothing else. The
// error is that of w.
func Help(w io.Writer, c *option.Catalog, usage Usage, style Style) error {
	return newPage(c, usage, style, recommended).write(w)
}

// HelpAll writes the page with every option of the catalog, hidden and
// deprecated ones marked as such. The error is that of w.
func HelpAll(w io.Writer, c *option.Catalog, usage Usage, style Style) error {
	return newPage(c, usage, style, every).write(w)
}

func recommended(o *option.Option) bool { return !o.Hidden && !o.Deprecated() }

func every(*option.Option) bool { return true }

// A page is what the template sees. Its methods return lines, laid out and
// ended; they share one sheet of paper, so they are for one goroutine.
type page struct {
	Usage    Usage
	Sections []*section
	Left     int // options left out
	Embedded int // options shown that act in other programs only

	prefix string
	paper  paper.Paper
	facts  []paper.Fact
}

// A section is the options of one group.
type section struct {
	Title   string
	Prose   string
	Options []*option.Option
	listed  bool // has options, or a group below it has
}

func newPage(c *option.Catalog, usage Usage, style Style, show func(*option.Option) bool) *page {
	if len(usage.Lines) == 0 {
		usage.Lines = []string{usage.Command + " [flags]"}
	}
	p := &page{Usage: usage, prefix: c.EnvPrefix()}
	p.paper = style.Paper()
	// A section without a group takes the options outside all groups; the
	// others follow in the order of the catalog.
	sections := map[*option.Group]*section{nil: {Title: "General"}}
	p.Sections = append(p.Sections, sections[nil])
	for g := range c.Groups() {
		sections[g] = &section{Title: g.Title(), Prose: g.Help}
		p.Sections = append(p.Sections, sections[g])
	}
	for o := range c.All() {
		if !show(o) {
			p.Left++
			continue
		}
		if o.Effect == option.EffectEmbedder {
			p.Embedded++
		}
		s := sections[o.Group]
		s.Options = append(s.Options, o)
		s.listed = true
		// The prose of a group holds for the groups below it.
		for g := o.Group; g != nil; g = g.Parent {
			if sections[g].Prose != "" {
				sections[g].listed = true
			}
		}
	}
	p.Sections = listed(p.Sections)
	return p
}

func listed(all []*section) []*section {
	kept := all[:0]
	for _, s := range all {
		if s.listed {
			kept = append(kept, s)
		}
	}
	return kept
}

//go:embed help.tmpl
var helpTemplate string

// Programs that never show help don't pay for the parsing.
var helpLayout = sync.OnceValue(func() *template.Template {
	return template.Must(template.New("help.tmpl").Parse(helpTemplate))
})

func (p *page) write(w io.Writer) error {
	var b bytes.Buffer
	b.Grow(1 << 14)
	if err := helpLayout().Execute(&b, p); err != nil {
		return err
	}
	_, err := b.WriteTo(w)
	return err
}

// Heading returns the line above a section.
func (p *page) Heading(title string) string {
	p.paper.Begin(0, 0, paper.Bold)
	p.paper.Prose(title)
	return p.paper.Take()
}

// Prose returns paragraphs behind an indentation. An empty line in the text
// parts them; other breaks are white space.
func (p *page) Prose(indent int, text string) string {
	p.paper.Begin(indent, indent, paper.Plain)
	p.paper.Paragraphs(text)
	return p.paper.Take()
}

// Line returns a line of words, with more of an indentation where it wraps.
func (p *page) Line(text string) string {
	p.paper.Begin(2, 6, paper.Plain)
	p.paper.Prose(text)
	return p.paper.Take()
}

// Verbatim returns a line for copying, however long it is.
func (p *page) Verbatim(text string) string {
	text, _ = p.paper.Measure(text)
	return "  " + text + "\n"
}
