package yamlgen

import (
	"strings"
	"unicode/utf8"

	"github.com/strataconf/strata/option"
)

// width is where comments wrap. Deep groups keep a readable measure.
const (
	width   = 80
	measure = 40
)

// A page collects the text of a file.
type page struct{ b []byte }

// comment appends prose as comment lines.
func (p *page) comment(indent int, prose string) {
	limit := max(width, indent+2+measure)
	col := 0
	for prose != "" {
		start := strings.IndexFunc(prose, notSpace)
		if start < 0 {
			break
		}
		prose = prose[start:]
		end := strings.IndexAny(prose, " \n\t\r")
		if end < 0 {
			end = len(prose)
		}
		word := prose[:end]
		prose = prose[end:]
		size := utf8.RuneCountInString(word)
		if col > 0 && col+1+size > limit {
			p.b = append(p.b, '\n')
			col = 0
		}
		if col == 0 {
			p.b = append(appendIndent(p.b, indent), '#')
			col = indent + 1
		}
		p.b = append(p.b, ' ')
		p.b = append(p.b, word...)
		col += 1 + size
	}
	if col > 0 {
		p.b = append(p.b, '\n')
	}
}

func notSpace(r rune) bool { return r != ' ' && r != '\n' && r != '\t' && r != '\r' }

func (p *page) blank() {
	if n := len(p.b); n > 1 && p.b[n-2] != '\n' {
		p.b = append(p.b, '\n')
	}
}

// about appends what people should know of an option, above its key.
func (p *page) about(c *option.Catalog, o *option.Option, indent int) {
	p.comment(indent, option.Escape(o.Help))
	var b strings.Builder
	switch {
	case o.Computed != nil:
		b.WriteString("Default: ")
		b.WriteString(option.Escape(strings.TrimSuffix(o.DefaultDoc, ".")))
	case o.Default == "":
		b.WriteString("No default")
	default:
		b.WriteString("Default: ")
		b.WriteString(option.Escape(o.Default))
	}
	b.WriteString(". Type: ")
	b.WriteString(o.Type())
	b.WriteString(".")
	if choices := o.Value.Traits().Choices; len(choices) > 0 {
		b.WriteString(" One of: ")
		b.WriteString(option.Escape(strings.Join(choices, ", ")))
		b.WriteString(".")
	}
	if o.Deprecated() {
		b.WriteString(" Deprecated: use ")
		for i, flag := range o.UseInstead {
			if i > 0 {
				b.WriteString(" and ")
			}
			b.WriteString(c.ByFlag(flag).SpelledIn(option.SourceYAML))
		}
		b.WriteString(".")
	}
	p.comment(indent, b.String())
}

// group appends the live line of a section, with what it is about.
func (p *page) group(s *option.Section, key string, indent int) {
	p.blank()
	if g := s.Group(); g != nil {
		if help := option.Escape(g.Help); help != "" {
			p.comment(indent, help)
		} else {
			p.comment(indent, option.Escape(g.Title()))
		}
	}
	p.b = append(appendKey(appendIndent(p.b, indent), key), ":\n"...)
}
