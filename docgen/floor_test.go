package docgen_test

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/strataconf/strata/docgen"
	"github.com/strataconf/strata/option"
)

// plainHelp is the page as one would write it by hand: a loop over the rows,
// Fprintf and a simple word wrapper. It knows nothing of colour, wide
// characters and escapes. It is the floor of the benchmarks and, because it
// makes the same bytes, a second opinion on wrapping.
func plainHelp(w io.Writer, c *option.Catalog, command string, width int) error {
	out := bufio.NewWriter(w)
	fmt.Fprintf(out, "Usage\n  %s [flags]\n", command)
	hidden, embedded := 0, 0
	sections := []*option.Group{nil}
	for g := range c.Groups() {
		sections = append(sections, g)
	}
	for _, g := range sections {
		var rows []*option.Option
		for o := range c.In(g) {
			if o.Hidden {
				hidden++
				continue
			}
			rows = append(rows, o)
		}
		if g == nil {
			fmt.Fprint(out, "\nGeneral\n")
		} else {
			fmt.Fprintf(out, "\n%s\n", g.Title())
			fmt.Fprint(out, wrap(strings.Fields(g.Help), width, 2, 2))
		}
		for _, o := range rows {
			if o.Effect == option.EffectEmbedder {
				embedded++
			}
			fmt.Fprintf(out, "\n%s", wrap([]string{"--" + o.Flag, o.Type() + ",", "$" + string(o.Env)}, width, 2, 4))
			fmt.Fprint(out, wrap(strings.Fields(o.Help), width, 6, 6))
			var facts []string
			if o.Default != "" {
				facts = append(facts, fmt.Sprintf("default: %s", o.Default))
			}
			if choices := o.Value.Traits().Choices; len(choices) > 0 {
				facts = append(facts, fmt.Sprintf("one of: %s", strings.Join(choices, ", ")))
			}
			facts = append(facts, fmt.Sprintf("YAML: %s", o.Path()))
			if o.Effect == option.EffectEmbedder {
				facts = append(facts, "kept for embedders")
			}
			fmt.Fprint(out, wrapFacts(facts, width))
		}
	}
	if embedded > 0 {
		text := `"Kept for embedders": the option is read and checked here, and acts only in programs that build on this one.`
		fmt.Fprintf(out, "\n%s", wrap(strings.Fields(text), width, 0, 0))
	}
	if hidden > 0 {
		text := fmt.Sprintf("Options left out because they are hidden or deprecated: %d.", hidden)
		fmt.Fprintf(out, "\n%s", wrap(strings.Fields(text), width, 0, 0))
	}
	return out.Flush()
}

func wrap(words []string, width, indent, hang int) string {
	var b strings.Builder
	col := 0
	for _, w := range words {
		switch {
		case col == 0:
			b.WriteString(strings.Repeat(" ", indent))
			col = indent
		case col+1+len(w) > width:
			b.WriteString("\n" + strings.Repeat(" ", hang))
			col = hang
		default:
			b.WriteString(" ")
			col++
		}
		b.WriteString(w)
		col += len(w)
	}
	if col > 0 {
		b.WriteString("\n")
	}
	return b.String()
}

// wrapFacts packs whole facts into lines and wraps those that are longer.
func wrapFacts(facts []string, width int) string {
	var lines []string
	for i, f := range facts {
		if i < len(facts)-1 {
			f += ";"
		}
		if last := len(lines) - 1; last >= 0 && len(lines[last])+1+len(f) <= width {
			lines[last] += " " + f
			continue
		}
		text := strings.TrimSuffix(wrap(strings.Fields(f), width, 6, 8), "\n")
		lines = append(lines, strings.Split(text, "\n")...)
	}
	return strings.Join(lines, "\n") + "\n"
}

func TestHelpIsWhatAHandWouldWrite(t *testing.T) {
	t.Parallel()
	c := largeCatalog(t)
	for width := 40; width <= 200; width++ {
		got := render(t, c, docgen.Usage{Command: "large"}, docgen.Style{Width: width}, false)
		var want bytes.Buffer
		if err := plainHelp(&want, c, "large", width); err != nil {
			t.Fatal(err)
		}
		sameLines(t, fmt.Sprintf("at width %d", width), got, want.String())
	}
}

// sameLines fails at the first line that differs.
func sameLines(t *testing.T, when, got, want string) {
	t.Helper()
	a, b := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range min(len(a), len(b)) {
		if a[i] != b[i] {
			t.Fatalf("%s, line %d is %q, want %q", when, i+1, a[i], b[i])
		}
	}
	if len(a) != len(b) {
		t.Fatalf("%s, the page has %d lines, want %d", when, len(a), len(b))
	}
}

func BenchmarkHelp(b *testing.B) {
	c := largeCatalog(b)
	size := int64(len(render(b, c, docgen.Usage{Command: "large"}, docgen.Style{}, false)))
	for _, k := range []struct {
		name  string
		write func() error
	}{
		{"floor", func() error { return plainHelp(io.Discard, c, "large", 80) }},
		{"ours", func() error { return docgen.Help(io.Discard, c, docgen.Usage{Command: "large"}, docgen.Style{}) }},
		{"colour", func() error {
			return docgen.Help(io.Discard, c, docgen.Usage{Command: "large"}, docgen.Style{Colour: true})
		}},
	} {
		b.Run(k.name, func(b *testing.B) {
			b.SetBytes(size)
			b.ReportAllocs()
			for b.Loop() {
				if err := k.write(); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
