package report_test

import (
	"bytes"
	"os"
	"strings"
	"testing"
	"unicode"

	"github.com/strataconf/strata/internal/golden"
	"github.com/strataconf/strata/internal/paper"
	"github.com/strataconf/strata/option"
	"github.com/strataconf/strata/report"
)

const toyFile = `workers: 12
name: "a name that is longer than most, with é and 語り部 in it and so on and on"
items: [one, two]
net:
  site: https://user:hunter2@toy.test/path
  tls: {enable: true, address: "127.0.0.1:443"}
links: [{name: a, target: b}]
`

// A pair is two configurations of the toy.
type pair struct {
	r               *option.Registry[toy]
	settings, after *option.Redacted
	problems, more  option.Problems
}

func newPair(t testing.TB) *pair {
	t.Helper()
	p := &pair{r: build(t, true)}
	p.settings, p.problems = ask(p.r, toyFile, []string{"TOY_KEY=hunter2", "TOY_WORKRS=2", "SENDER=old", "TOY_ITEMS=three"}, "--workers=x", "-w", "7", "--listen=:9", "--items=", "--items=q", "--http=:1")
	p.after, p.more = ask(p.r, toyFile, []string{"TOY_KEY=hunter3", "TOY_NAME=\x1b[31mred"}, "--workers=x", "-w", "9", "--http=bad")
	return p
}

// answers are all that the package writes, in one style.
func (p *pair) answers(t testing.TB, style report.Style) map[string]string {
	t.Helper()
	r, settings, problems := p.r, p.settings, p.problems
	out := map[string]string{}
	var b bytes.Buffer
	take := func(name string, err error) {
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		out[name] = b.String()
		b.Reset()
	}
	take("table", report.Table(&b, settings, problems, report.Filter{}, style))
	take("modified", report.Table(&b, settings, problems, report.Filter{Modified: true}, style))
	take("none", report.Table(&b, settings, problems, report.Filter{Modified: true, Source: option.SourceDefault}, style))
	for o := range r.All() {
		take("explain-"+o.Flag, report.Explain(settings, problems, o).WriteText(&b, style))
	}
	take("what-if", report.Compare(settings, p.after, problems, p.more).WriteText(&b, style))
	take("retired", report.Retired{Catalog: r.Catalog, Tombstone: r.Tombstone("--crypt")}.WriteText(&b, style))
	return out
}

// TestWidths writes all answers at every width: no line is longer than the
// terminal unless it has a single word or is there to be copied, no character
// could move a cursor, colour adds nothing but colour, and ASCII is ASCII but
// for what is there to be copied.
func TestWidths(t *testing.T) {
	t.Parallel()
	colours := strings.NewReplacer(paper.Bold, "", paper.Dim, "", paper.Off, "")
	p := newPair(t)
	for width := 40; width <= 200; width++ {
		plain := p.answers(t, report.Style{Width: width})
		coloured := p.answers(t, report.Style{Width: width, Colour: true})
		ascii := p.answers(t, report.Style{Width: width, ASCII: true})
		for name, text := range plain {
			if got := colours.Replace(coloured[name]); got != text {
				t.Errorf("%s at width %d: colour changes the text:\n%s", name, width, got)
			}
			for line := range strings.Lines(text) {
				line = strings.TrimSuffix(line, "\n")
				if n := paper.Columns(line); n > width && len(strings.Fields(line)) > 1 && !exact(name, line) {
					t.Errorf("%s at width %d: a line of %d columns: %q", name, width, n, line)
				}
				if strings.ContainsFunc(line, func(r rune) bool { return !unicode.IsPrint(r) }) || strings.HasSuffix(line, " ") {
					t.Errorf("%s at width %d: %q", name, width, line)
				}
			}
			if strings.Contains(text, "hunter") {
				t.Errorf("%s shows a secret:\n%s", name, text)
			}
			told, copied, _ := strings.Cut(ascii[name], "\nHow to set it\n")
			if _, want, _ := strings.Cut(text, "\nHow to set it\n"); copied != want {
				t.Errorf("%s at width %d: ASCII changes what is to be copied:\n%s", name, width, copied)
			}
			if strings.ContainsFunc(told, func(r rune) bool { return r > '~' || r < ' ' && r != '\n' }) {
				t.Errorf("%s at width %d: not ASCII:\n%s", name, width, ascii[name])
			}
		}
	}
}

// exact reports whether a line stands as it is, for its spaces count: a value,
// or what is to be copied.
func exact(name, line string) bool {
	if name == "what-if" {
		return strings.HasPrefix(line, "  now  ") || strings.HasPrefix(line, "  then ")
	}
	return strings.HasPrefix(name, "explain") && (strings.HasPrefix(line, "  flag  ") || strings.HasPrefix(line, "  variable ") || strings.HasPrefix(line, "  file ") ||
		strings.Contains(line, "a name that") || strings.Contains(line, "(less the") || strings.HasPrefix(line, strings.Repeat(" ", 14)) && strings.Contains(line, ": "))
}

func TestGoldens(t *testing.T) {
	t.Parallel()
	for style, of := range map[string]report.Style{"pipe": {}, "40": {Width: 40}, "80": {Width: 80, Colour: true}, "120": {Width: 120}, "ascii": {Width: 80, ASCII: true}} {
		for _, name := range []string{"table", "explain-workers", "explain-http", "explain-key", "explain-tls-address", "what-if"} {
			golden.Check(t, "testdata/"+name+"-"+style+".txt", []byte(newPair(t).answers(t, of)[name]))
		}
	}
}

// TestTableInAPipe has every setting on one line with its whole value.
func TestTableInAPipe(t *testing.T) {
	t.Parallel()
	text := newPair(t).answers(t, report.Style{})["table"]
	for _, want := range []string{
		"  --name         a name that is longer than most, with é and 語り部 in it and so on and on  yaml  toy.yaml:2:7\n",
		"(secret)", "--site         https://toy.test/path (in part)",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in\n%s", want, text)
		}
	}
	if strings.Contains(text, "…") {
		t.Errorf("a value is cut in\n%s", text)
	}
}

type full struct{}

func (full) Write([]byte) (int, error) { return 0, os.ErrClosed }

func TestWriteErrors(t *testing.T) {
	t.Parallel()
	r := build(t, true)
	s, ps := ask(r, "", nil)
	for name, err := range map[string]error{
		"table": report.Table(full{}, s, ps, report.Filter{}, report.Style{}), "env": report.Env(full{}, s, report.Filter{}),
		"explain": report.Explain(s, ps, r.ByFlag("key")).WriteText(full{}, report.Style{}),
		"what-if": report.Compare(s, s, ps, ps).WriteText(full{}, report.Style{}),
	} {
		if err == nil {
			t.Errorf("%s to a full device: got no error", name)
		}
	}
}
