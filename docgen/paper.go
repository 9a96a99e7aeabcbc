package docgen

import (
	"strings"

	"github.com/strataconf/strata/option"
)

// The styles of text, as the codes that terminals know.
const (
	plain = ""
	bold  = "\x1b[1m"
	dim   = "\x1b[2m"
	off   = "\x1b[0m"
)

// A paper takes words and makes lines of at most width columns. A line is
// longer only where a single word is: words are never broken, because they may
// be flags, variables and values.
type paper struct {
	width  int
	colour bool

	b       []byte
	indent  int // of the line that starts next
	hang    int // of the lines that wrapping makes
	started bool
	col     int // columns written on a started line
	style   string
	lit     bool // the code of style is in force
}

// begin sets the indentation of the next line and of those it wraps into.
func (p *paper) begin(indent, hang int, style string) {
	p.end()
	p.indent, p.hang = indent, hang
	p.change(style)
}

// change sets the style of the words to come.
func (p *paper) change(style string) {
	p.dark()
	p.style = style
}

// end ends the line, if one is started. No style reaches over a line end, so
// that pagers, which show a part of a page, show it right.
func (p *paper) end() {
	if !p.started {
		return
	}
	p.dark()
	p.b = append(p.b, '\n')
	p.started = false
}

// take ends the line and returns everything since the last take.
func (p *paper) take() string {
	p.end()
	s := string(p.b)
	p.b = p.b[:0]
	return s
}

func (p *paper) dark() {
	if p.lit {
		p.b = append(p.b, off...)
		p.lit = false
	}
}

// fits reports whether n more columns stand on the line behind a gap.
func (p *paper) fits(n, gap int) bool { return !p.started || p.col+gap+n <= p.width }

// put writes a text that is never broken behind a gap, or on a line of its
// own. The tail is glued to it: ASCII punctuation, which is never bold.
func (p *paper) put(s, tail string, gap int) {
	s, n := measure(s)
	n += len(tail)
	if !p.fits(n, gap) {
		p.end()
		p.indent = p.hang
	}
	if !p.started {
		p.started, p.col, gap = true, 0, p.indent
	}
	for range gap {
		p.b = append(p.b, ' ')
	}
	if p.colour && !p.lit && p.style != plain {
		p.b = append(p.b, p.style...)
		p.lit = true
	}
	p.b = append(p.b, s...)
	if tail != "" && p.style == bold {
		p.dark()
	}
	p.b = append(p.b, tail...)
	p.col += gap + n
}

// word writes one word and its tail behind a space.
func (p *paper) word(s, tail string) { p.put(s, tail, 1) }

// prose writes the words of a text.
func (p *paper) prose(text string) {
	for w := range strings.FieldsSeq(text) {
		p.word(w, "")
	}
}

// paragraphs writes prose whose paragraphs are parted by empty lines.
func (p *paper) paragraphs(text string) {
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
		p.prose(one)
		p.end()
	}
}

// fact writes a fact and its tail on this line if all of it fits, else from
// the start of the next.
func (p *paper) fact(f fact, tail string) {
	text, n := measure(f.text)
	n += len(tail)
	if f.label != "" {
		n += len(f.label) + len(": ")
	}
	if !p.fits(n, 1) {
		p.begin(bodyIndent, factHang, p.style)
	}
	if f.label != "" {
		for rest, more := f.label, true; more; {
			var w, colon string
			if w, rest, more = strings.Cut(rest, " "); !more {
				colon = ":"
			}
			p.word(w, colon)
		}
	}
	for rest, more := text, true; more; {
		var w, end string
		if w, rest, more = strings.Cut(rest, " "); !more {
			end = tail
		}
		gap := 1
		for f.value {
			i := strings.IndexByte(w, ',') + 1
			if i == 0 || i == len(w) {
				break
			}
			p.put(w[:i], "", gap)
			w, gap = w[i:], 0
		}
		p.put(w, end, gap)
	}
}

// measure returns a text as it may be shown, and its columns.
func measure(s string) (string, int) {
	for i := range len(s) {
		if s[i] < ' ' || s[i] > '~' {
			s = option.Escape(s)
			return s, columns(s)
		}
	}
	return s, len(s)
}
