package docgen

import (
	"io"
	"strconv"

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

// A page is one page of a command. Its methods write whole lines, laid out and
// ended, on one sheet of paper.
type page struct {
	usage    Usage
	sections []section
	left     int // options left out
	embedded int // options shown that act in other programs only

	prefix string
	paper  paper.Paper
	facts  []paper.Fact
}

// A section is the options of one group, or of none.
type section struct {
	group   *option.Group
	options []*option.Option
	listed  bool // has options, or a group below it has
}

func newPage(c *option.Catalog, usage Usage, style Style, show func(*option.Option) bool) *page {
	if len(usage.Lines) == 0 {
		usage.Lines = []string{usage.Command + " [flags]"}
	}
	p := &page{usage: usage, prefix: c.EnvPrefix()}
	p.paper = style.Paper()
	shown := make([]*option.Option, 0, c.Len())
	room := 0
	for o := range c.All() {
		if !show(o) {
			p.left++
			continue
		}
		if o.Effect == option.EffectEmbedder {
			p.embedded++
		}
		shown = append(shown, o)
		room += besideTexts + len(o.Flag) + len(o.Env) + len(o.Help) + len(o.Default) + len(o.Path())
	}
	p.paper.Grow(room)
	p.part(c, shown)
	return p
}

// besideTexts is room for what stands on a page beside the texts of an option:
// indentations, labels, line ends.
const besideTexts = 70

// part parts options into sections. The section without a group takes those
// outside all groups; the others follow in the order of the catalog, in which
// the options of a group follow one another too.
func (p *page) part(c *option.Catalog, shown []*option.Option) {
	p.sections = append(p.sections, section{})
	place := map[*option.Group]int{nil: 0}
	for g := range c.Groups() {
		place[g] = len(p.sections)
		p.sections = append(p.sections, section{group: g})
	}
	for len(shown) > 0 {
		n, group := 1, shown[0].Group
		for n < len(shown) && shown[n].Group == group {
			n++
		}
		s := &p.sections[place[group]]
		s.options, s.listed = shown[:n], true
		shown = shown[n:]
		// The prose of a group holds for the groups below it.
		for g := group; g != nil; g = g.Parent {
			if g.Help != "" {
				p.sections[place[g]].listed = true
			}
		}
	}
}

// write writes the page: the order of its parts, the headings and the notes.
func (p *page) write(w io.Writer) error {
	if p.usage.Summary != "" {
		p.prose(0, p.usage.Summary)
		p.paper.Blank()
	}
	p.heading("Usage")
	for _, l := range p.usage.Lines {
		p.line(l)
	}
	if len(p.usage.Examples) > 0 {
		p.paper.Blank()
		p.heading("Examples")
		for _, e := range p.usage.Examples {
			p.verbatim(e)
		}
	}
	if len(p.usage.Extra) > 0 {
		p.paper.Blank()
		p.heading("Flags of the command")
		for _, f := range p.usage.Extra {
			p.paper.Blank()
			p.extra(f)
		}
	}
	for _, s := range p.sections {
		if s.listed {
			p.section(s)
		}
	}
	if p.embedded > 0 {
		p.remark(`"Kept for embedders": the option is read and checked here, and acts only in programs that build on this one.`)
	}
	for _, n := range p.usage.Notes {
		p.remark(n)
	}
	if p.left > 0 {
		p.remark("Options left out because they are hidden or deprecated: " + strconv.Itoa(p.left) + ".")
		if p.usage.More != "" {
			p.prose(0, "All of them: --"+p.usage.More)
		}
	}
	return p.paper.Deliver(w)
}

func (p *page) section(s section) {
	p.paper.Blank()
	if s.group == nil {
		p.heading("General")
	} else {
		p.paper.Begin(0, 0, paper.Bold)
		p.title(s.group)
		p.paper.End()
		p.prose(2, s.group.Help)
	}
	for _, o := range s.options {
		p.paper.Blank()
		p.row(o)
	}
}

// title writes [option.Group.Title].
func (p *page) title(g *option.Group) {
	if g.Parent != nil {
		p.title(g.Parent)
		p.paper.Word("/", "")
	}
	p.paper.Prose(g.Name)
}

// heading writes the line above a section.
func (p *page) heading(title string) {
	p.paper.Begin(0, 0, paper.Bold)
	p.paper.Prose(title)
	p.paper.End()
}

// prose writes paragraphs behind an indentation. An empty line in the text
// parts them; other breaks are white space.
func (p *page) prose(indent int, text string) {
	p.paper.Begin(indent, indent, paper.Plain)
	p.paper.Paragraphs(text)
}

// remark writes paragraphs below an empty line.
func (p *page) remark(text string) {
	p.paper.Blank()
	p.prose(0, text)
}

// line writes a line of words, with more of an indentation where it wraps.
func (p *page) line(text string) {
	p.paper.Begin(2, 6, paper.Plain)
	p.paper.Prose(text)
	p.paper.End()
}

// verbatim writes a line for copying, however long it is.
func (p *page) verbatim(text string) {
	p.paper.Begin(2, 2, paper.Plain)
	p.paper.Put(text, "", 0)
	p.paper.End()
}
