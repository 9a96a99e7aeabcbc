package yamlgen

import (
	"cmp"
	"strings"
	"unicode/utf8"

	"github.com/strataconf/strata/internal/yamltree"
	"github.com/strataconf/strata/option"
)

// width is where comments wrap. The deepest group leaves half of it.
const width = 80

// A page collects the text of a file.
type page struct {
	b    []byte
	note []byte // a comment in the making
	// opened is the end of the last line that opens a group.
	opened int
}

// comment appends prose as comment lines.
func (p *page) comment(indent int, prose string) { p.b = appendComment(p.b, indent, prose) }

func appendComment[S string | []byte](b []byte, indent int, prose S) []byte {
	col := 0
	for i := 0; i < len(prose); {
		if isSpace(prose[i]) {
			i++
			continue
		}
		start, clean := i, true
		for ; i < len(prose) && !isSpace(prose[i]); i++ {
			clean = clean && prose[i] >= ' ' && prose[i] < 0x7f
		}
		size, shown := i-start, ""
		if !clean {
			shown = option.Escape(string(prose[start:i]))
			size = utf8.RuneCountInString(shown)
		}
		if col > 0 && col+1+size > width {
			b = append(b, '\n')
			col = 0
		}
		if col == 0 {
			b = append(appendIndent(b, indent), '#')
			col = indent + 1
		}
		b = append(b, ' ')
		if clean {
			b = append(b, prose[start:i]...)
		} else {
			b = append(b, shown...)
		}
		col += 1 + size
	}
	if col > 0 {
		b = append(b, '\n')
	}
	return b
}

func isSpace(c byte) bool { return c == ' ' || c == '\n' || c == '\t' || c == '\r' }

// blank parts what comes next from what stands above, but for the line of a
// group, which opens it.
func (p *page) blank() {
	if len(p.b) != p.opened {
		p.b = append(p.b, '\n')
	}
}

// about appends what people should know of an option, above its key.
func (p *page) about(c *option.Catalog, o *option.Option, indent int) {
	p.comment(indent, o.Help)
	n := p.note[:0]
	switch {
	case o.Computed != nil:
		n = append(append(n, "Default: "...), strings.TrimSuffix(o.DefaultDoc, ".")...)
	case o.Default == "":
		n = append(n, "No default"...)
	default:
		n = append(append(n, "Default: "...), o.Default...)
	}
	n = append(append(append(n, ". Type: "...), o.Type()...), '.')
	for i, choice := range o.Value.Traits().Choices {
		n = append(append(n, separator(i, " One of: ", ", ")...), choice...)
	}
	if len(o.Value.Traits().Choices) > 0 {
		n = append(n, '.')
	}
	for i, flag := range o.UseInstead {
		n = append(append(n, separator(i, " Deprecated: use ", " and ")...), c.ByFlag(flag).SpelledIn(option.SourceYAML)...)
	}
	if o.Deprecated() {
		n = append(n, '.')
	}
	p.b = appendComment(p.b, indent, n)
	p.note = n
}

func separator(i int, first, next string) string {
	if i == 0 {
		return first
	}
	return next
}

// group appends the live line of a section, with what it is about.
func (p *page) group(s *option.Section, key string, indent int) {
	p.blank()
	if g := s.Group(); g != nil {
		p.comment(indent, cmp.Or(g.Help, g.Title()))
	}
	p.b = append(yamltree.AppendKey(appendIndent(p.b, indent), key), ":\n"...)
	p.opened = len(p.b)
}
