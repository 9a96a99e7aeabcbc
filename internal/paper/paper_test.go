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

// TestProseIsItsWords writes any text at once and word by word, on a started
// line too: whole lines of plain words are written at once.
func TestProseIsItsWords(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOf(rapid.OneOf(
			rapid.StringMatching(`[!-~]{1,30}`), rapid.StringMatching("[a~ \n\t\u00a0\u0085é語\x7f]{0,4}"),
		)).Draw(t, "text"), " ")
		begin := rapid.SampledFrom([]string{"", "begun", strings.Repeat("x", 60)}).Draw(t, "begin")
		width := rapid.IntRange(paper.MinWidth, 90).Draw(t, "width")
		style := rapid.SampledFrom([]string{paper.Plain, paper.Bold, paper.Dim}).Draw(t, "style")
		write := func(prose func(p *paper.Paper)) string {
			p := &paper.Paper{Width: width, Colour: true}
			p.Begin(2, 6, style)
			if begin != "" {
				p.Word(begin, ",")
			}
			prose(p)
			return p.Take()
		}
		got := write(func(p *paper.Paper) { p.Prose(text) })
		want := write(func(p *paper.Paper) {
			for _, w := range strings.Fields(text) {
				p.Word(w, "")
			}
		})
		if got != want {
			t.Fatalf("%q at once: got\n%q, want\n%q", text, got, want)
		}
	})
}

// TestFacts holds where a fact goes: on the line if all of it fits, else on
// lines of its own.
func TestFacts(t *testing.T) {
	t.Parallel()
	long := paper.Fact{Label: "one of", Text: "alpha, bravo, charlie, delta, echo, foxtrot"}
	for _, k := range []struct {
		before string
		fact   paper.Fact
		want   string
	}{
		{"", paper.Fact{Text: "hidden"}, "  hidden;\n"},
		{"a;", paper.Fact{Label: "numbered variables", Text: "$A_0_ID"}, "  a; numbered variables: $A_0_ID;\n"},
		{"012345678901234567890;", paper.Fact{Label: "since", Text: "1.23.45"}, "  012345678901234567890; since: 1.23.45;\n"},
		{"012345678901234567890;", paper.Fact{Label: "since", Text: "1.23.456"}, "  012345678901234567890;\n  since: 1.23.456;\n"},
		{"a;", long, "  a;\n  one of: alpha, bravo, charlie, delta,\n    echo, foxtrot;\n"},
		{"a;", paper.Fact{Label: "default", Text: "one.example.com,two.example.com,three.example.com", Value: true}, "  a;\n  default: one.example.com,\n    two.example.com,three.example.com;\n"},
	} {
		p := paper.Paper{Width: 40}
		p.Begin(2, 4, paper.Plain)
		if k.before != "" {
			p.Word(k.before, "")
		}
		p.Fact(k.fact, ";", 2, 4)
		if got := p.Take(); got != k.want {
			t.Errorf("%q behind %q: got\n%s, want\n%s", k.fact.Text, k.before, got, k.want)
		}
	}
}
