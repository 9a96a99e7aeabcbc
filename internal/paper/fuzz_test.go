package paper_test

import (
	"strings"
	"testing"

	"github.com/strataconf/strata/internal/paper"
)

// FuzzProse holds that any text is laid out without a character that a terminal
// obeys, that no word of it is lost, and that only a word that has no room of
// its own is longer than the paper.
func FuzzProse(f *testing.F) {
	for _, seed := range []string{"two words", "a\n\nb\x1b[2J", "語り部 \ufe0f\u26a0\ufe0f", "\xff \u202e\u2028x", strings.Repeat("long", 80), "\u0301\u0301 a\u00a0b", "`code` --flag"} {
		f.Add(seed, uint8(40), false)
		f.Add(seed, uint8(0), true)
	}
	f.Fuzz(func(t *testing.T, text string, width uint8, ascii bool) {
		page := paper.Style{Width: paper.Clamp(int(width)), ASCII: ascii}
		p := page.Paper()
		p.Begin(2, 4, "")
		p.Paragraphs(text)
		out := p.Take()
		if strings.ContainsFunc(out, func(r rune) bool { return r < ' ' && r != '\n' || r == 0x7F || r == '\u202e' || ascii && r > '~' }) {
			t.Fatalf("%q is laid out as %q", text, out)
		}
		for line := range strings.Lines(out) {
			line = strings.TrimSuffix(line, "\n")
			if columns := paper.Columns(line); columns > page.Width && strings.Contains(strings.TrimLeft(line, " "), " ") {
				t.Errorf("%q: the line %q has %d columns of %d", text, line, columns, page.Width)
			}
		}
		shown, columns := p.Measure(text)
		if got := paper.Columns(shown); got != columns {
			t.Errorf("%q is shown as %q in %d columns, and measured as %d", text, shown, got, columns)
		}
	})
}
