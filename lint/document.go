package lint

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/strataconf/strata/option"
	"github.com/strataconf/strata/yamledit"
	"github.com/strataconf/strata/yamlgen"
)

// A document is what rules know of the text of a file.
type document struct {
	file     File
	env      bool               // a file of variables
	yaml     *yamledit.Document // nil for a file of variables, one that can't be read, and one that needs no look
	comments []comment
	anchors  []anchor
	free     []free
	keys     []keyed
	ignores  []*ignore
	about    map[int32][]*ignore // by the line they are about
}

// A comment is its text behind the number sign, and its place with it.
type comment struct {
	at    option.Span
	text  string
	alone bool // nothing stands in front of it on its line
}

// An anchor is one anchor of the file.
type anchor struct {
	at   option.Span // of the sign and the name
	name string
	used bool
}

// free is a top-level key of the author of the file, and the range that it
// covers.
type free struct {
	key      option.Span
	from, to int
}

// keyed is the value of an option, and the line of its key.
type keyed struct {
	line     int32
	from, to int
}

// newDocument reads the text of a configuration file.
func newDocument(f File, c *option.Catalog) *document {
	d := &document{file: f}
	if !strings.ContainsAny(f.Text, "#&*") && !strings.Contains(f.Text, "x-") {
		return d // nothing that needs the places of all keys
	}
	doc, err := yamledit.Parse(f.Text, yamlgen.Limits{})
	if err != nil {
		return d // the load has told
	}
	d.yaml = doc
	var taken []option.Span // keys and scalars
	for n := range doc.All() {
		key, at := option.Span(n.KeySpan()), option.Span(n.Span())
		if key.Length > 0 {
			taken = append(taken, key)
		}
		if n.Kind() == yamledit.Scalar && at.Length > 0 && f.Text[at.Offset] != '*' {
			taken = append(taken, at)
		}
		if key.Length > 0 {
			d.key(n, key, at, c)
		}
	}
	slices.SortFunc(taken, func(a, b option.Span) int { return int(a.Offset - b.Offset) })
	d.marks(taken)
	d.readIgnores()
	return d
}

// key keeps the place of an option, and of a free key.
func (d *document) key(n yamledit.Node, key, at option.Span, c *option.Catalog) {
	switch path := n.Path(); {
	case len(path) == 1 && strings.HasPrefix(path[0], "x-") && len(path[0]) > 2:
		d.free = append(d.free, free{key, int(key.Offset), int(at.Offset + at.Length)})
	case c.ByYAML(strings.Join(path, ".")) != nil:
		d.keys = append(d.keys, keyed{key.Line, int(at.Offset), int(at.Offset + at.Length)})
	}
}

// marks finds the comments, anchors and aliases between the keys and scalars.
func (d *document) marks(taken []option.Span) {
	src := d.file.Text
	aliases := map[string]bool{}
	lines := lineCounter{src: src}
	for at := 0; at < len(src); {
		if len(taken) > 0 && at >= int(taken[0].Offset) {
			at = max(at, int(taken[0].Offset+taken[0].Length))
			taken = taken[1:]
			continue
		}
		until := len(src)
		if len(taken) > 0 {
			until = int(taken[0].Offset)
		}
		i := strings.IndexAny(src[at:until], "#&*")
		if i < 0 {
			at = until
			continue
		}
		at += i
		end := at + 1
		switch {
		case !d.begins(at):
		case src[at] == '#':
			if n := strings.IndexAny(src[at:], "\r\n"); n >= 0 {
				end = at + n
			} else {
				end = len(src)
			}
			span := lines.span(at, end)
			d.comments = append(d.comments, comment{span, src[at+1 : end], strings.Trim(lines.before(at), " \t") == ""})
		default:
			for end < len(src) && strings.IndexByte(" \t\r\n,[]{}", src[end]) < 0 {
				end++
			}
			if name := src[at+1 : end]; src[at] == '*' {
				aliases[name] = true
			} else if name != "" {
				d.anchors = append(d.anchors, anchor{at: lines.span(at, end), name: name})
			}
		}
		at = end
	}
	for i := range d.anchors {
		d.anchors[i].used = aliases[d.anchors[i].name]
	}
}

// begins reports whether a sign at an offset may begin a comment, an anchor or
// an alias.
func (d *document) begins(at int) bool {
	return at == 0 || strings.IndexByte(" \t\r\n,[{:-", d.file.Text[at-1]) >= 0 || strings.HasSuffix(d.file.Text[:at], "\uFEFF")
}

// newVariables reads the comments of a file of variables: lines of their own
// that are not inside the value of a variable.
func newVariables(f File, layers []option.Layer) *document {
	d := &document{file: f, env: true}
	if !strings.Contains(f.Text, marker) {
		return d
	}
	inside := func(at int) bool {
		for i := range layers {
			for _, in := range layers[i].Inputs {
				if s := in.Origin.Span; in.Origin.In == f.Name && int(s.Offset) < at && at < int(s.Offset+s.Length) {
					return true
				}
			}
		}
		return false
	}
	lines := lineCounter{src: f.Text}
	at := 0
	for line := range strings.Lines(f.Text) {
		text := strings.TrimRight(line, "\r\n")
		start := at + len(text) - len(strings.TrimLeft(text, " \t"))
		if body := strings.TrimLeft(text, " \t"); body != "" && (body[0] == '#' || body[0] == ';') && !inside(start) {
			d.comments = append(d.comments, comment{lines.span(start, at+len(text)), body[1:], true})
		}
		at += len(line)
	}
	d.readIgnores()
	return d
}

// A lineCounter finds the lines of offsets that come in order.
type lineCounter struct {
	src         string
	line, start int // of the line that seen is on; line counts from 0
	seen        int
}

func (c *lineCounter) to(at int) {
	between := c.src[c.seen:at]
	if n := strings.LastIndexByte(between, '\n'); n >= 0 {
		c.line += strings.Count(between, "\n")
		c.start = c.seen + n + 1
	}
	c.seen = at
}

// span is the place of a range that begins behind all before it.
func (c *lineCounter) span(from, to int) option.Span {
	c.to(from)
	start := c.start
	if start == 0 && strings.HasPrefix(c.src, "\uFEFF") {
		start = min(len("\uFEFF"), from)
	}
	return option.Span{
		Line: int32(c.line) + 1, Column: int32(utf8.RuneCountInString(c.src[start:from])) + 1,
		Offset: int32(from), Length: int32(to - from),
	}
}

// before returns what stands in front of an offset on its line.
func (c *lineCounter) before(at int) string {
	c.to(at)
	return strings.TrimPrefix(c.src[c.start:at], "\uFEFF")
}
