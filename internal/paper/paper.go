// Package paper lays out text for terminals and files: it takes words and makes
// lines that keep to a width, and counts columns as terminals do. What it
// writes holds no control character but the line feed and, where colour is
// wanted, the codes for bold, dim, red, green and plain.
package paper

import (
	"io"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/strataconf/strata/option"
)

// The styles of text, as the codes that terminals know.
const (
	Plain = ""
	Bold  = "\x1b[1m"
	Dim   = "\x1b[2m"
	Red   = "\x1b[31m"
	Green = "\x1b[32m"
	Off   = "\x1b[0m"
)

// The widths of a page, in columns.
const (
	DefaultWidth = 80
	MinWidth     = 40
	MaxWidth     = 200
)

// Clamp returns a width as pages keep to it: 0 means [DefaultWidth].
func Clamp(width int) int {
	if width == 0 {
		return DefaultWidth
	}
	return min(max(width, MinWidth), MaxWidth)
}

// A Style says how text is laid out. The zero Style suits files and pipes.
type Style struct {
	// Width is the number of columns of a terminal, kept between [MinWidth]
	// and [MaxWidth]. 0 is no terminal, and [DefaultWidth] for prose.
	Width int
	// Colour allows text in styles. The caller knows whether a terminal reads
	// it and whether people want it.
	Colour bool
	// ASCII escapes every character outside of it, for terminals and locales
	// that know no other.
	ASCII bool
}

// Paper returns an empty paper for text in the style.
func (s Style) Paper() Paper {
	return Paper{Width: Clamp(s.Width), Colour: s.Colour, ASCII: s.ASCII}
}

// A Paper takes words and makes lines of at most Width columns. A line is
// longer only where a single word is: words are never broken, because they may
// be flags, variables and values.
type Paper struct {
	// Width is a number of columns, see [Clamp].
	Width int
	// Colour allows text in styles.
	Colour bool
	// ASCII writes every other character as an escape.
	ASCII bool

	b       []byte
	indent  int // of the line that starts next
	hang    int // of the lines that wrapping makes
	started bool
	col     int // columns written on a started line
	style   string
	lit     bool // the code of style is in force
}

// Grow makes room for so many bytes.
func (p *Paper) Grow(n int) { p.b = slices.Grow(p.b, n) }

// Begin sets the indentation of the next line and of those it wraps into.
func (p *Paper) Begin(indent, hang int, style string) {
	p.End()
	p.indent, p.hang = indent, hang
	p.Change(style)
}

// Change sets the style of the words to come.
func (p *Paper) Change(style string) {
	p.dark()
	p.style = style
}

// End ends the line, if one is started. No style reaches over a line end, so
// that pagers, which show a part of a page, show it right.
func (p *Paper) End() {
	if !p.started {
		return
	}
	p.dark()
	p.b = append(p.b, '\n')
	p.started = false
}

// Blank ends the line and leaves one empty.
func (p *Paper) Blank() {
	p.End()
	p.b = append(p.b, '\n')
}

// Take ends the line and returns everything since the last Take.
func (p *Paper) Take() string {
	p.End()
	s := string(p.b)
	p.b = p.b[:0]
	return s
}

// Deliver ends the line and writes everything since the last Take to w, whose
// error it returns.
func (p *Paper) Deliver(w io.Writer) error {
	p.End()
	n, err := w.Write(p.b)
	if err == nil && n < len(p.b) {
		err = io.ErrShortWrite
	}
	p.b = p.b[:0]
	return err
}

func (p *Paper) dark() {
	if p.lit {
		p.b = append(p.b, Off...)
		p.lit = false
	}
}

// fits reports whether n more columns stand on the line behind a gap.
func (p *Paper) fits(n, gap int) bool { return !p.started || p.col+gap+n <= p.Width }

// Put writes a text that is never broken behind a gap, or on a line of its
// own. The tail is glued to it: ASCII punctuation, which is never bold.
func (p *Paper) Put(s, tail string, gap int) {
	s, n := p.Measure(s)
	p.put("", s, n, gap, tail)
}

// Word writes one word and its tail behind a space.
func (p *Paper) Word(s, tail string) { p.Put(s, tail, 1) }

// Sign writes a word with ASCII before it, such as dashes, and its tail, which
// are glued to it, behind a space.
func (p *Paper) Sign(sign, s string, tail ...string) {
	s, n := p.Measure(s)
	p.put(sign, s, n, 1, tail...)
}

// put writes text of so many columns with a sign before it and its tail.
func (p *Paper) put(sign, s string, columns, gap int, tail ...string) {
	columns += len(sign)
	for _, t := range tail {
		columns += len(t)
	}
	b := append(append(p.place(columns, gap), sign...), s...)
	for _, t := range tail {
		if t != "" && p.lit && p.style == Bold {
			b, p.lit = append(b, Off...), false
		}
		b = append(b, t...)
	}
	p.b = b
}

// place returns the text so far and what stands before a text of so many
// columns: a line end where it does not fit, the gap or the indentation, and
// the code of the style.
func (p *Paper) place(columns, gap int) []byte {
	if !p.fits(columns, gap) {
		p.End()
		p.indent = p.hang
	}
	if !p.started {
		p.started, p.col, gap = true, 0, p.indent
	}
	p.col += gap + columns
	b := p.b
	for range gap {
		b = append(b, ' ')
	}
	if p.Colour && !p.lit && p.style != Plain {
		b, p.lit = append(b, p.style...), true
	}
	return b
}

// Prose writes the words of a text.
func (p *Paper) Prose(text string) {
	for text = trim(text); text != ""; {
		n := p.run(text)
		if n == 0 {
			// The rest has characters that may not be a column each, and
			// spaces that only Unicode knows.
			for w := range strings.FieldsSeq(text) {
				p.Word(w, "")
			}
			return
		}
		p.b = append(p.place(n, 1), text[:n]...)
		text = trim(text[n:])
	}
}

// trim cuts off the spaces before a text.
func trim(text string) string {
	for text != "" && (text[0] == ' ' || text[0] == '\n') {
		text = text[1:]
	}
	return text
}

// run returns how many bytes, from the start of a text on, are printable ASCII,
// words with one space between them, that go on one line: at least a word. It
// is 0 where the first word has other characters.
func (p *Paper) run(text string) int {
	room := p.Width - p.indent
	if p.started {
		room = p.Width - p.col - 1
	}
	end := 0 // of the words that belong to it
	for i := 0; ; i++ {
		if i < len(text) {
			if text[i] > ' ' && text[i] <= '~' {
				continue
			}
			if text[i] != ' ' && text[i] != '\n' {
				return end
			}
		}
		if end > 0 && (i > room || i == end+1) {
			return end
		}
		end = i
		if i == len(text) || text[i] == '\n' {
			return end
		}
	}
}

// Paragraphs writes prose whose paragraphs are parted by empty lines.
func (p *Paper) Paragraphs(text string) {
	for first := true; text != ""; {
		var one string
		one, text, _ = strings.Cut(text, "\n\n")
		if one = strings.TrimSpace(one); one == "" {
			continue
		}
		if !first {
			p.b = append(p.b, '\n')
		}
		first = false
		p.Prose(one)
		p.End()
	}
}

// A Fact is a short remark: "default: 4".
type Fact struct {
	Label string // "" for a remark that stands alone
	Text  string // words with one space between them
	// Value marks text in the grammar of a list or structure, which may be
	// broken behind its commas.
	Value bool
}

// Fact writes a fact and its tail on this line if all of it fits, else from
// the start of the next, which begins as given.
func (p *Paper) Fact(f Fact, tail string, indent, hang int) {
	text, n := p.Measure(f.Text)
	n += len(tail)
	if f.Label != "" {
		n += len(f.Label) + len(": ")
	}
	if !p.fits(n, 1) {
		p.Begin(indent, hang, p.style)
	}
	if p.started || p.indent+n <= p.Width {
		p.whole(f.Label, text, tail, n)
		return
	}
	if f.Label != "" {
		for rest, more := f.Label, true; more; {
			var w, colon string
			if w, rest, more = strings.Cut(rest, " "); !more {
				colon = ":"
			}
			p.Word(w, colon)
		}
	}
	for rest, more := text, true; more; {
		var w, end string
		if w, rest, more = strings.Cut(rest, " "); !more {
			end = tail
		}
		p.broken(w, end, f.Value)
	}
}

// whole writes a fact that fits on the line, of so many columns.
func (p *Paper) whole(label, text, tail string, columns int) {
	b := p.place(columns, 1)
	if label != "" {
		b = append(append(b, label...), ": "...)
	}
	p.b = append(append(b, text...), tail...)
}

// broken writes a word, in parts behind its commas if it is a value.
func (p *Paper) broken(w, end string, value bool) {
	gap := 1
	for value {
		i := strings.IndexByte(w, ',') + 1
		if i == 0 || i == len(w) {
			break
		}
		p.Put(w[:i], "", gap)
		w, gap = w[i:], 0
	}
	p.Put(w, end, gap)
}

// Measure returns a text as the paper shows it, and its columns.
func (p *Paper) Measure(s string) (string, int) {
	if p.ASCII {
		s = ASCII(s)
		return s, len(s)
	}
	return Measure(s)
}

// Measure returns a text as it may be shown, and its columns.
func Measure(s string) (string, int) {
	if isASCII(s) {
		return s, len(s)
	}
	s = option.Escape(s)
	return s, Columns(s)
}

// ASCII returns s with every character that is not printable ASCII written as
// a Go escape; the ellipsis turns into three dots, the warning sign into "!".
func ASCII(s string) string {
	if isASCII(s) {
		return s
	}
	s = option.Escape(signs.Replace(s))
	var b strings.Builder
	for _, r := range s {
		if r < utf8.RuneSelf {
			b.WriteRune(r)
			continue
		}
		q := strconv.QuoteRuneToASCII(r)
		b.WriteString(q[1 : len(q)-1])
	}
	return b.String()
}

var signs = strings.NewReplacer("…", "...", "⚠️", "!")

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] < ' ' || s[i] > '~' {
			return false
		}
	}
	return true
}
