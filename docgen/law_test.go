package docgen_test

import (
	"errors"
	"io"
	"strings"
	"testing"
	"unicode"

	"pgregory.net/rapid"

	"github.com/strataconf/strata/docgen"
	"github.com/strataconf/strata/internal/paper"
	"github.com/strataconf/strata/option"
	"github.com/strataconf/strata/option/kind"
)

func TestHelpAllHasEveryOptionOnce(t *testing.T) {
	t.Parallel()
	for _, c := range []*option.Catalog{toyCatalog(t), largeCatalog(t)} {
		shown := map[string]int{}
		for _, flag := range flags(render(t, c, docgen.Usage{}, docgen.Style{Width: 40}, true)) {
			shown[flag]++
		}
		for o := range c.All() {
			if n := shown[o.Flag]; n != 1 {
				t.Errorf("%s: HelpAll has --%s %d times, want once", c.Program(), o.Flag, n)
			}
		}
		if len(shown) != c.Len() {
			t.Errorf("%s: HelpAll has %d flags, want the %d of the catalog", c.Program(), len(shown), c.Len())
		}
	}
}

func TestHelpLeavesOutHiddenAndDeprecated(t *testing.T) {
	t.Parallel()
	c := toyCatalog(t)
	text := render(t, c, docgen.Usage{}, docgen.Style{}, false)
	shown := map[string]bool{}
	for _, flag := range flags(text) {
		shown[flag] = true
	}
	for o := range c.All() {
		if want := !o.Hidden && !o.Deprecated(); shown[o.Flag] != want {
			t.Errorf("Help has --%s: %v, want %v", o.Flag, shown[o.Flag], want)
		}
	}
	for _, title := range []string{"\nNet / TLS / Ciphers\n", "\nMail\n"} {
		if strings.Contains(text, title) {
			t.Errorf("Help has the heading %q, want none over a group that shows nothing", title)
		}
	}
}

// flags are those that head a row.
func flags(page string) []string {
	var out []string
	for line := range strings.Lines(page) {
		words := strings.Fields(line)
		if !strings.HasPrefix(line, "  -") {
			continue
		}
		for _, w := range words[:min(2, len(words))] {
			if flag, long := strings.CutPrefix(strings.TrimSuffix(w, ","), "--"); long {
				flag, _, _ = strings.Cut(flag, "[")
				out = append(out, flag)
				break
			}
		}
	}
	return out
}

func TestLinesKeepToTheWidth(t *testing.T) {
	t.Parallel()
	c := toyCatalog(t)
	for width := 40; width <= 200; width++ {
		checkLines(t, render(t, c, toyUsage, docgen.Style{Width: width}, true), width)
	}
}

// fatal is what the laws need of a test or of one draw of rapid.
type fatal interface {
	Helper()
	Fatalf(format string, args ...any)
}

// checkLines holds a plain page against what every page keeps.
func checkLines(t fatal, page string, width int) {
	t.Helper()
	for line := range strings.Lines(page) {
		line = strings.TrimSuffix(line, "\n")
		if n := paper.Columns(line); n > width && len(strings.Fields(line)) > 1 {
			t.Fatalf("line %q has %d columns, want at most %d", line, n, width)
		}
		if strings.TrimRight(line, " ") != line {
			t.Fatalf("line %q ends in a space, want none", line)
		}
		if i := strings.IndexFunc(line, unicode.IsControl); i >= 0 {
			t.Fatalf("line %q has a control character at byte %d, want none", line, i)
		}
	}
}

var codes = strings.NewReplacer("\x1b[0m", "", "\x1b[1m", "", "\x1b[2m", "")

// checkColour holds a page in colour against the plain one.
func checkColour(t fatal, colour, page string) {
	t.Helper()
	if got := codes.Replace(colour); got != page {
		t.Fatalf("without its codes the page in colour is\n%s\nwant the plain page\n%s", got, page)
	}
	for line := range strings.Lines(colour) {
		on := strings.Count(line, "\x1b[1m") + strings.Count(line, "\x1b[2m")
		if off := strings.Count(line, "\x1b[0m"); on != off {
			t.Fatalf("line %q turns %d styles on and %d off, want as many", line, on, off)
		}
	}
}

// oneRow is a program whose texts are anything at all.
type oneRow struct{ A, B string }

func TestPagesOfAnyTextKeepTheLaws(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		text := func(name string) string {
			return strings.Join(rapid.SliceOfN(rapid.OneOf(
				rapid.StringMatching(`[a-z]{1,12}`),
				rapid.SampledFrom([]string{"\n\n", "--a", "⚠️", "語り部", "\x1b[1m", "\r", "a;b", "é", "x  y", "\u200d", "\ufe0f", "́"}),
				rapid.StringN(0, 10, -1),
			), 0, 30).Draw(t, name), rapid.SampledFrom([]string{" ", ""}).Draw(t, "gap"))
		}
		usable := func(s string) string { return strings.ReplaceAll(s, "\x00", "") } // no kind takes NUL
		g := &option.Group{Name: text("group"), Help: text("prose")}
		r, err := option.Build(option.Config[oneRow]{EnvPrefix: "P_", Tables: func(v *oneRow) []option.Table {
			return []option.Table{{Group: g, Rows: []option.Option{
				{Name: "A", Flag: "a", Help: text("help"), Default: usable(text("default")), Example: text("example"), Value: kind.String(&v.A)},
				{Name: "B", Flag: "b", Help: text("help"), DefaultDoc: text("doc"), Since: text("since"), Retires: text("retires"), UseInstead: []string{"a"}, Value: kind.String(&v.B)},
			}}}
		}})
		if err != nil {
			t.Fatal(err)
		}
		usage := docgen.Usage{Command: text("command"), Summary: text("summary"), Notes: []string{text("note")}, Extra: []docgen.ExtraFlag{{Flag: "x", Help: text("help")}}}
		style := docgen.Style{Width: rapid.IntRange(40, 200).Draw(t, "width")}
		page, colour := new(strings.Builder), new(strings.Builder)
		if err := docgen.HelpAll(page, r.Catalog, usage, style); err != nil {
			t.Fatal(err)
		}
		style.Colour = true
		if err := docgen.HelpAll(colour, r.Catalog, usage, style); err != nil {
			t.Fatal(err)
		}
		checkLines(t, page.String(), style.Width)
		checkColour(t, colour.String(), page.String())
	})
}

func TestColourOnlyAddsCodes(t *testing.T) {
	t.Parallel()
	c := toyCatalog(t)
	for width := 40; width <= 200; width++ {
		page := render(t, c, toyUsage, docgen.Style{Width: width}, true)
		checkColour(t, render(t, c, toyUsage, docgen.Style{Width: width, Colour: true}, true), page)
	}
}

func TestWidthsOutOfBoundsAreKeptInside(t *testing.T) {
	t.Parallel()
	c := toyCatalog(t)
	for _, k := range []struct{ width, as int }{{0, 80}, {-5, 40}, {1, 40}, {39, 40}, {201, 200}, {1 << 30, 200}} {
		got := render(t, c, toyUsage, docgen.Style{Width: k.width}, true)
		if want := render(t, c, toyUsage, docgen.Style{Width: k.as}, true); got != want {
			t.Errorf("the page of width %d is not that of width %d", k.width, k.as)
		}
	}
}

func TestPagesAreOfNoHost(t *testing.T) {
	t.Parallel()
	text := render(t, toyCatalog(t), toyUsage, docgen.Style{}, true)
	for what, bad := range map[string]string{"a computed default": hostOfNobody.CacheDir, "the example of a secret": "not-for-any-page"} {
		if strings.Contains(text, bad) {
			t.Errorf("HelpAll has %q, want nothing of %s", bad, what)
		}
	}
}

var errFull = errors.New("no space left")

// fullDisk takes some bytes and fails.
type fullDisk struct{ room int }

func (d *fullDisk) Write(b []byte) (int, error) {
	n := min(d.room, len(b))
	d.room -= n
	if n < len(b) {
		return n, errFull
	}
	return n, nil
}

// halfWriter breaks the contract of io.Writer: it loses bytes without a word.
type halfWriter struct{}

func (halfWriter) Write(b []byte) (int, error) { return len(b) / 2, nil }

func TestWriteErrorsAreReturned(t *testing.T) {
	t.Parallel()
	c := toyCatalog(t)
	for name, write := range map[string]func(io.Writer, *option.Catalog, docgen.Usage, docgen.Style) error{"Help": docgen.Help, "HelpAll": docgen.HelpAll} {
		for _, room := range []int{0, 1, 100, 1000} {
			if err := write(&fullDisk{room}, c, toyUsage, docgen.Style{}); !errors.Is(err, errFull) {
				t.Errorf("%s with room for %d bytes returns %v, want %v", name, room, err, errFull)
			}
		}
		if err := write(halfWriter{}, c, toyUsage, docgen.Style{}); !errors.Is(err, io.ErrShortWrite) {
			t.Errorf("%s to a writer that loses bytes returns %v, want %v", name, err, io.ErrShortWrite)
		}
	}
}

func TestVerbatimLinesAreNeverBroken(t *testing.T) {
	t.Parallel()
	long := "toy serve --config /etc/toy/toy.yaml  --workers 12 --wait 30m"
	text := render(t, toyCatalog(t), docgen.Usage{Examples: []string{long}}, docgen.Style{Width: 40}, false)
	if want := "\n  " + long + "\n"; !strings.Contains(text, want) {
		t.Errorf("the page lacks %q: an example for copying stands on one line", want)
	}
}
