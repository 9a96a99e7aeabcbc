package docgen

import (
	"io"
	"strconv"
	"strings"
	"sync"
	"text/template"
	"unicode/utf8"

	"github.com/strataconf/strata/internal/paper"
	"github.com/strataconf/strata/option"
)

// A manual is what the templates of documents see: all groups with their
// options, and of each option the same facts in the same order.
type manual struct {
	Program  string
	Prefix   string
	Usage    Usage
	Chapters []chapter
	Options  int
	config   *option.Option
	catalog  *option.Catalog
}

// A chapter is one group; the first is that of the options outside all groups.
type chapter struct {
	Title, Path, Anchor, Prose string
	// Depth says how far a list of chapters sets it in, below the group that
	// it is of, and Label names it there: alone, or else with the groups above.
	Depth   int
	Label   string
	Entries []entry
}

// An entry is one option.
type entry struct {
	Name, Flag, Env string
	Type            string
	Help            []string // paragraphs
	Facts           []docFact
	// Value is the default as one types it, "" where there is none or where
	// it depends on the host.
	Value      string
	Deprecated bool
	Secret     bool
	Hidden     bool
}

// A docFact is one line "label: text" of a document.
type docFact struct {
	Label, Text string
	Code        bool // the text is to be read letter by letter
}

// Long reports whether the text wants a line of its own where there are columns.
func (f docFact) Long() bool { return utf8.RuneCountInString(f.Text) > 44 }

// newManual collects the options that show chooses. A chapter without options
// is left out unless its prose holds for groups below it.
func newManual(c *option.Catalog, show func(*option.Option) bool) *manual {
	m := &manual{Program: clean(c.Program()), Prefix: c.EnvPrefix(), config: c.ConfigOption(), catalog: c}
	var open []contents
	add := func(g *option.Group, ch chapter) {
		for o := range c.In(g) {
			if show(o) {
				ch.Entries = append(ch.Entries, newEntry(c, o))
				m.Options++
			}
		}
		if len(ch.Entries) > 0 {
			// A group may stand behind those of others, or below one that
			// has no chapter. It is set in only where the eye finds what it
			// is set in from.
			for len(open) > 0 && !open[len(open)-1].holds(g) {
				open = open[:len(open)-1]
			}
			ch.Depth, ch.Label = len(open), ch.Title
			if n := len(open); n > 0 {
				ch.Label = strings.TrimPrefix(ch.Title, open[n-1].title+" / ")
			}
			open = append(open, contents{g, ch.Title})
			m.Chapters = append(m.Chapters, ch)
		}
	}
	add(nil, chapter{Title: "General", Anchor: "group-general"})
	n := 0
	for g := range c.Groups() {
		n++
		add(g, chapter{
			Title: clean(g.Title()), Path: groupPath(g), Prose: clean(g.Help), Anchor: "group-" + strconv.Itoa(n),
		})
	}
	return m
}

// contents is a group in a list of chapters.
type contents struct {
	group *option.Group
	title string
}

// holds reports whether g is below the group.
func (l contents) holds(g *option.Group) bool {
	for g != nil && l.group != nil {
		if g = g.Parent; g == l.group {
			return true
		}
	}
	return false
}

func newEntry(c *option.Catalog, o *option.Option) entry {
	e := entry{
		Name: clean(o.Name), Flag: o.Flag, Env: string(o.Env), Type: o.Type(),
		Deprecated: o.Deprecated(), Secret: o.Secret(), Hidden: o.Hidden,
	}
	for part := range strings.SplitSeq(o.Help, "\n\n") {
		if part = clean(part); part != "" {
			e.Help = append(e.Help, part)
		}
	}
	text, words := defaultOf(o)
	if !words {
		e.Value = text
	}
	t := o.Value.Traits()
	plain := func(label, text string) {
		if text != "" {
			e.Facts = append(e.Facts, docFact{label, clean(text), false})
		}
	}
	code := func(label, text string) {
		if text != "" {
			e.Facts = append(e.Facts, docFact{label, literal(text), true})
		}
	}
	plain("Name", o.Name)
	code("Flag", "--"+o.Flag)
	if o.Short != "" {
		code("Short flag", "-"+o.Short)
	}
	code("Variable", string(o.Env))
	if flag := o.FileFlag(); flag != "" {
		code("Flag for a file", "--"+flag)
		code("Variable for a file", o.FileEnv())
		code("Credential of systemd", o.Flag)
	}
	code("YAML", o.Path())
	plain("Type", o.Type())
	if words {
		plain("Default", text)
	} else {
		code("Default", text)
	}
	one, limit := "One of", "Limits"
	if t.List {
		one, limit = "Any of", "Each item"
	}
	plain(one, strings.Join(t.Choices, ", "))
	plain(limit, strings.Join(t.Rules, "; "))
	plain("Keys", strings.Join(t.Keys, ", "))
	if !t.Secret {
		code("Example", o.Example)
	}
	if x := o.Indexed; x != nil && len(x.Prefixes) > 0 && len(x.Fields) > 0 {
		plain("Numbered variables", c.EnvPrefix()+x.Prefixes[0]+"_0_"+x.Fields[0].Env+" and so on")
	}
	if e.Deprecated {
		text := "use " + either(o.UseInstead)
		if o.Retires != "" {
			text += ", gone in " + o.Retires
		}
		plain("Deprecated", text)
	}
	if e.Secret {
		plain("Secret", "never shown")
	}
	plain("Since", o.Since)
	if o.Reload == option.ReloadLive {
		plain("Restart", "not needed after a change")
	}
	switch o.Effect {
	case option.EffectPage:
		plain("Scope", "the settings page")
	case option.EffectEmbedder:
		plain("Scope", "kept for programs that build on this one")
	}
	if o.Hidden {
		plain("Hidden", "left out of short help")
	}
	return e
}

// defaultOf returns the default of an option, the same on every host: as text
// in the grammar that people type, or in words where it depends on the host.
func defaultOf(o *option.Option) (text string, words bool) {
	switch {
	case o.DefaultDoc != "":
		return strings.TrimSuffix(o.DefaultDoc, "."), true
	case o.Computed != nil:
		return "depends on the host", true
	}
	return o.Default, false
}

// clean is a text on one line, without control characters.
func clean(text string) string { return option.Escape(words(text)) }

// literal is a value that is read letter by letter. One that would not be the
// same after it was shown on a line stands in quotes, as in Go.
func literal(text string) string {
	if text != clean(text) || strings.HasPrefix(text, `"`) {
		return strings.ReplaceAll(strconv.Quote(text), "  ", ` \x20`)
	}
	return text
}

func groupPath(g *option.Group) string { return strings.Join(g.Path(), ".") }

// A layout is the template of a document, or several. It is parsed at its first
// use, and no code before main knows of it: programs that write no such
// document don't pay for it, and the linker leaves templates out of them.
type layout[T any] struct {
	parse  func() T
	once   sync.Once
	parsed T
}

func (l *layout[T]) get() T {
	l.once.Do(func() { l.parsed = l.parse() })
	return l.parsed
}

// parse reads the template of a document, whose tags are double angle brackets
// where braces are part of the document.
func parse(name, text string, funcs template.FuncMap) *template.Template {
	return template.Must(template.New(name).Delims("<<", ">>").Funcs(funcs).Parse(text))
}

// execute writes a document in one piece.
func execute(w io.Writer, t *template.Template, data any) error {
	var b strings.Builder
	b.Grow(1 << 17)
	if err := t.Execute(&b, data); err != nil {
		return err
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// comment is a text as lines behind a comment sign and an indentation.
func comment(indent int, text string) string {
	p := paper.Paper{Width: 100}
	p.Begin(0, 0, paper.Plain)
	p.Prose(text)
	p.End()
	var b strings.Builder
	for line := range strings.Lines(p.Take()) {
		b.WriteString(strings.Repeat(" ", indent) + "# " + line)
	}
	return b.String()
}

// exact is a comment on one line, however long it is.
func exact(indent int, text string) string {
	return strings.Repeat(" ", indent) + "# " + text + "\n"
}
