package yamlgen_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/strataconf/strata/option"
	"github.com/strataconf/strata/option/kind"
	"github.com/strataconf/strata/yamlgen"
)

// bare is a program with the rows that are rare.
type bare struct {
	A, B, C, D, E int64
	Grid          [][]string
	Shelf         map[string][]map[string]string
	Cache         string
}

func bareRegistry(t *testing.T, edits ...option.Edit) *option.Registry[bare] {
	t.Helper()
	old := &option.Group{Name: "Old", YAML: "old"}
	r, err := option.Build(option.Config[bare]{Program: "bare", EnvPrefix: "B_", Groups: []*option.Group{old}, Tables: func(v *bare) []option.Table {
		return option.Adapt([]option.Table{{Rows: []option.Option{
			{Name: "A", Flag: "a", YAML: "a", Value: kind.Int(&v.A), Default: "1"},
			{Name: "B", Flag: "b", Value: kind.Int(&v.B), Help: "No key."},
			{Name: "C", Flag: "c", YAML: "c", Value: kind.Int(&v.C), Help: "Newer."},
			{Name: "Old C", Flag: "old-c", UseInstead: []string{"c"}, Value: kind.Int(&v.C), Help: "Older, no key."},
			{Name: "D", Flag: "d", YAML: "d", Value: kind.Int(&v.D), Help: "Keeps."},
			{Name: "Grid", Flag: "grid", YAML: "grid", Value: kind.Struct(&v.Grid), Help: "Lists of lists."},
			{Name: "Shelf", Flag: "shelf", YAML: "shelf", Value: kind.Struct(&v.Shelf), Help: "Maps of lists of maps."},
			{Name: "Cache", Flag: "cache", YAML: "cache", Value: kind.String(&v.Cache), Computed: func(option.Host) string { return "/of/this/host" }, DefaultDoc: "Some folder.", Help: "Where."},
			{Name: "E", Flag: "e", Value: kind.Int(&v.E), Help: "Newer, no key."},
		}}, {Group: old, Rows: []option.Option{
			{Name: "Old E", Flag: "old-e", YAML: "e", UseInstead: []string{"e"}, Value: kind.Int(&v.E), Help: "Older."},
			{Name: "Older C", Flag: "older-c", YAML: "c", UseInstead: []string{"c"}, Value: kind.Int(&v.C), Help: "Oldest."},
		}}}, edits...)
	}})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func flagged(r *option.Registry[bare], flag, text string) option.Input {
	return option.Input{Option: r.ByFlag(flag), Origin: option.Origin{Source: option.SourceFlag, Name: "--" + flag}, Raw: option.RawText(text)}
}

// What a file can't tell is told to the caller and, turned off, in the file.
func TestWriteOfRareRows(t *testing.T) {
	t.Parallel()
	r := bareRegistry(t)
	grid := yamlgen.Parse(r.Catalog, "f", "grid: [[p, q], [], [r]]\nshelf: {a: [{b: c, d: e}, {}], f: []}\n", yamlgen.Limits{})
	args := option.Layer{Source: option.SourceFlag, Inputs: []option.Input{flagged(r, "b", "2"), flagged(r, "old-c", "3"), flagged(r, "d", "many")}}
	s, _ := r.Inspect([]option.Layer{grid, args})
	var out bytes.Buffer
	omitted, err := yamlgen.Write(&out, s.Redact())
	if err != nil {
		t.Fatal(err)
	}
	var told []string
	for _, o := range omitted {
		told = append(told, o.Option.Flag+": "+o.Reason)
	}
	if got, want := strings.Join(told, "; "), "d: the value that is set is refused; b: it has no key in files"; got != want {
		t.Errorf("left out: got %q, want %q", got, want)
	}
	const want = `# The settings of bare as it would start with them.

# Default: 1. Type: int.
a: 1

# Newer.
# No default. Type: int.
c: 3

# Keeps.
# No default. Type: int.
# Left out: the value that is set is refused.
#d:

# Lists of lists.
# No default. Type: struct.
grid:
  - [p, q]
  - []
  - [r]

# Maps of lists of maps.
# No default. Type: struct.
shelf:
  a:
    - b: c
      d: e
    - {}
  f: []

# Where.
# Default: Some folder. Type: string.
cache: /of/this/host

# Set, and without a key in files:
#   --b, $B_B
`
	if out.String() != want {
		t.Errorf("got\n%s\nwant\n%s", &out, want)
	}
	out.Reset()
	if err := yamlgen.WriteOnly(&out, s.Redact(), func(o *option.Option) bool { return o.Flag == "a" }); err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(strings.Fields(out.String()), " "); !strings.HasSuffix(got, "Type: int. a: 1") || strings.Contains(got, "--b") {
		t.Errorf("of a alone: got %q", got)
	}
}

// An older spelling is written only where the newer one has no key, and a group
// of nothing but others is not there at all.
func TestWriteOfOlderSpellings(t *testing.T) {
	t.Parallel()
	r := bareRegistry(t)
	for src, want := range map[string]string{"": "", "old:\n  e: 5\n": "\nold:\n  # Older.\n", "old:\n  c: 5\n": ""} {
		s, problems := r.Resolve([]option.Layer{yamlgen.Parse(r.Catalog, "f", src, yamlgen.Limits{})})
		if problems.Err() != nil {
			t.Fatal(problems.Err())
		}
		var out bytes.Buffer
		if _, err := yamlgen.Write(&out, s.Redact()); err != nil {
			t.Fatal(err)
		}
		if got := strings.Contains(out.String(), "old:"); got != (want != "") || !strings.Contains(out.String(), want) {
			t.Errorf("%q: got\n%s\nwant %q in it", src, &out, want)
		}
		if strings.HasSuffix(out.String(), "\n\n") {
			t.Errorf("%q: the file ends in a blank line:\n%s", src, &out)
		}
	}
}

// A key of an option that a program leaves out is told as such.
func TestDroppedKeys(t *testing.T) {
	t.Parallel()
	r := bareRegistry(t, option.Drop("d"))
	l := yamlgen.Parse(r.Catalog, "f", "d: 1\n", yamlgen.Limits{})
	if got, want := l.Problems.Err().Error(), "f:1:1: d: an option that this program leaves out"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// The reference is the same on every host.
func TestReferenceOfComputedDefaults(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	if err := yamlgen.Reference(&out, bareRegistry(t).Catalog); err != nil {
		t.Fatal(err)
	}
	if strings.Contains(out.String(), "/of/this/host") || !strings.Contains(out.String(), "\n#cache:\n") {
		t.Errorf("got\n%s\nwant a key without a default of this host", &out)
	}
	if want := "off.\n\n# Default: 1. Type: int.\n#a: 1\n\n"; !strings.Contains(strings.Replace(out.String(), "to set it.", "off.", 1), want) {
		t.Errorf("got\n%s\nwant no line of a help that is not there", &out)
	}
}
