package systemd

import (
	"iter"
	"strconv"
	"strings"
	"unicode/utf8"
)

// A Word is one word of a setting. Any part of it may be quoted.
type Word struct {
	// Text has quotes and escapes resolved. Specifiers, which begin with "%",
	// and "%%" stand in it as they are.
	Text string
	// From and To are the bytes of the unit that it stands in, with quotes.
	From, To int
	// Specifiers are the bytes at which systemd puts in something of its own.
	Specifiers []int
	// Fault is why systemd leaves out the setting, found at the byte FaultAt.
	// From there on the text may be something else than is meant.
	Fault   Fault
	FaultAt int

	src    string
	equals int // the first "=" in Text that is written as itself, else -1
	behind int // the byte behind it
	quote  int // where the quote opens that the word ends with, else -1
}

// A Fault is what can be wrong with a word.
type Fault uint8

// The faults. A Sound word has none.
const (
	Sound Fault = iota
	OpenQuote
	BadEscape
)

// Words returns the words in the bytes of text from from up to to, which are
// those of a [Setting].
func Words(text string, from, to int) iter.Seq[Word] {
	return func(yield func(Word) bool) {
		text := text[:to]
		for i := from; i < to; {
			if n := joint(text, i); n > 0 {
				i += n
				continue
			}
			if strings.IndexByte(blanks+"\n", text[i]) >= 0 {
				i++
				continue
			}
			w := readWord(text, i)
			if !yield(w) {
				return
			}
			i = w.To
		}
	}
}

func readWord(text string, i int) Word {
	w := Word{From: i, equals: -1}
	var b strings.Builder
	var open byte
	// put takes n bytes for a part of the text.
	put := func(part string, n int) {
		b.WriteString(part)
		i += n
		if open == 0 {
			w.quote = -1
		}
	}
	for i < len(text) {
		c, joint := text[i], joint(text, i)
		if open == 0 && (joint > 0 || strings.IndexByte(blanks+"\n", c) >= 0) {
			break
		}
		switch {
		case joint > 0:
			put(" ", joint)
		case c == open:
			open = 0
			i++
		case open == 0 && (c == '"' || c == '\''):
			open, w.quote = c, i
			i++
		case c == '\\':
			part, n := unescape(text[i:])
			if n == 0 {
				w.fault(BadEscape, i)
				part, n = `\`, 1
			}
			put(part, n)
		case strings.HasPrefix(text[i:], "%%"):
			put("%%", 2)
		default:
			if c == '%' && w.Fault == Sound {
				w.Specifiers = append(w.Specifiers, i)
			}
			if c == '=' && w.equals < 0 {
				w.equals, w.behind = b.Len(), i+1
			}
			put(text[i:i+1], 1)
		}
	}
	if open != 0 {
		w.fault(OpenQuote, w.quote)
		w.quote = -1
	}
	w.Text, w.To, w.src = b.String(), i, text
	return w
}

func (w *Word) fault(f Fault, at int) {
	if w.Fault == Sound {
		w.Fault, w.FaultAt = f, at
	}
}

// Plain returns the bytes of the unit in which the text stands as it is: all of
// the word, or what is inside of quotes around it. It is false if there is no
// such place.
func (w *Word) Plain() (from, to int, ok bool) {
	from, to = w.From, w.To
	if w.quote == from {
		from, to = from+1, to-1
	}
	return from, to, w.Fault == Sound && w.src[from:to] == w.Text
}

// Value takes NAME=value apart. The value stands in the bytes from from up to
// to, with quotes of its own, but without one that opens before it. It is false
// for a word without "=".
func (w *Word) Value() (name, value string, from, to int, ok bool) {
	if w.equals < 0 {
		return w.Text, "", w.To, w.To, false
	}
	to = w.To
	if w.quote >= 0 && w.quote < w.behind {
		to--
	}
	return w.Text[:w.equals], w.Text[w.equals+1:], w.behind, to, true
}

// unescape resolves the escape that text begins with, and returns its length,
// 0 if it is none.
func unescape(text string) (string, int) {
	if len(text) < 2 {
		return "", 0
	}
	if at := strings.IndexByte(`abfnrtvs\"'`, text[1]); at >= 0 {
		return "\a\b\f\n\r\t\v \\\"'"[at : at+1], 2
	}
	digits, base := 3, 8
	from := 1
	switch text[1] {
	case 'x':
		digits, base, from = 2, 16, 2
	case 'u':
		digits, base, from = 4, 16, 2
	case 'U':
		digits, base, from = 8, 16, 2
	}
	if len(text) < from+digits {
		return "", 0
	}
	n, _ := strconv.ParseUint(text[from:from+digits], base, 32) // 0 of other characters
	switch {
	case n == 0 || n > utf8.MaxRune || digits == 3 && n > 255:
		return "", 0
	case digits < 4:
		return string([]byte{byte(n)}), from + digits
	}
	return string(rune(n)), from + digits
}
