package paper_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/strataconf/strata/internal/paper"
)

func TestColumns(t *testing.T) {
	t.Parallel()
	for _, k := range []struct {
		text string
		want int
	}{
		{"", 0},
		{"plain", 5},
		{"~\x7f", 2},
		{"é", 1},
		{"e\u0301", 1},
		{"語り部", 6},
		{"한국어", 6},
		{"\u26a0", 1},
		{"\u26a0\ufe0f", 2},
		{"\u26a0\ufe0f\ufe0f", 2},
		{"\u26a0\ufe0f Dangerous", 12},
		{"🚀", 2},
		{"🚀\ufe0f", 2},
		{"\ufe0f", 0},
		{" \ufe0f", 1},
		{"Ａ", 2},
		{"a·b", 3},
		{"𠀀", 2},
	} {
		if got := paper.Columns(k.text); got != k.want {
			t.Errorf("%+q takes %d columns, want %d", k.text, got, k.want)
		}
	}
}

func TestASCII(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"plain ~": "plain ~",
		"a…":      "a...",
		"é語":      `\u00e9\u8a9e`,
		"⚠️ x":    "! x",
		"\x1b[1m": `\x1b[1m`,
		"\xff🚀":   `\xff\U0001f680`,
	} {
		if got := paper.ASCII(text); got != want {
			t.Errorf("ASCII(%q): got %q, want %q", text, got, want)
		}
	}
}

// TestLines puts random words on papers of all widths: no line is longer than
// the paper unless it is one word, no word is lost, and colour changes nothing.
func TestLines(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		width := rapid.IntRange(paper.MinWidth, paper.MaxWidth).Draw(t, "width")
		indent := rapid.IntRange(0, 8).Draw(t, "indent")
		words := rapid.SliceOf(rapid.StringMatching(`[a-zé語-]{1,60}`)).Draw(t, "words")
		write := func(colour bool) string {
			p := paper.Paper{Width: width, Colour: colour}
			p.Begin(indent, indent+2, paper.Bold)
			p.Prose(strings.Join(words, " "))
			return p.Take()
		}
		text := write(false)
		for line := range strings.Lines(text) {
			line = strings.TrimSuffix(line, "\n")
			if paper.Columns(line) > width && len(strings.Fields(line)) > 1 {
				t.Fatalf("width %d: %q is longer", width, line)
			}
		}
		if got := strings.Join(strings.Fields(text), " "); got != strings.Join(words, " ") {
			t.Fatalf("got %q, want %q", got, words)
		}
		if got := strings.NewReplacer(paper.Bold, "", "\x1b[0m", "").Replace(write(true)); got != text {
			t.Fatalf("with colour: got %q, want %q", got, text)
		}
	})
}
