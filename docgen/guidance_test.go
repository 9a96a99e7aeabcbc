package docgen_test

import (
	"encoding/json"
	"fmt"
	"html"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/strataconf/strata/docgen"
	"github.com/strataconf/strata/option"
)

// A desk is an editor in which somebody edits a file of one program.
type desk struct {
	*editor
	subject
	schema *jsonschema.Schema
	head   string // the first line of each file
}

// TestEditorsGuide drives the real language server as an editor does, for each
// option that files can set, with the schemas of both drafts.
func TestEditorsGuide(t *testing.T) {
	t.Parallel()
	e := newEditor(t)
	for _, s := range subjects(t) {
		for name, draft := range map[string]docgen.Draft{"07": docgen.Draft7, "2020-12": docgen.Draft2020} {
			file := filepath.Join(t.TempDir(), s.catalog.Program()+name+".json")
			if err := os.WriteFile(file, []byte(written(t, func(w io.Writer) error { return docgen.Schema(w, s.catalog, draft) })), 0o600); err != nil {
				t.Fatal(err)
			}
			d := desk{e, s, compile(t, s.catalog, draft), "# yaml-language-server: $schema=" + file + "\n"}
			d.right(t)
			d.wrong(t)
			d.hovers(t)
			d.keys(t)
			d.words(t)
		}
	}
}

// inFiles are the options that files can set.
func inFiles(c *option.Catalog) []*option.Option {
	var out []*option.Option
	for o := range c.All() {
		if o.Path() != "" {
			out = append(out, o)
		}
	}
	return out
}

// sheet writes a file with one value for each of some options, on a line each,
// and tells where their keys stand.
func (d desk) sheet(values map[*option.Option]any) (text string, at map[*option.Option]position) {
	var b strings.Builder
	b.WriteString(d.head)
	at = map[*option.Option]position{}
	var walk func(s *option.Section, indent int)
	walk = func(s *option.Section, indent int) {
		for _, key := range s.Keys() {
			sub, o := s.Child(key)
			before := b.String()
			fmt.Fprintf(&b, "%*s%s:", indent, "", key)
			if sub != nil {
				b.WriteByte('\n')
				inside := b.Len()
				walk(sub, indent+2)
				if b.Len() == inside {
					b.Reset()
					b.WriteString(before)
				}
				continue
			}
			v, there := values[o]
			if !there {
				b.Reset()
				b.WriteString(before)
				continue
			}
			at[o] = position{strings.Count(before, "\n"), indent}
			src, err := json.Marshal(v)
			if err != nil {
				panic(err)
			}
			b.WriteString(" " + string(src) + "\n")
		}
	}
	walk(d.catalog.Section(), 0)
	return b.String(), at
}

// A round is one value for each of some options, in a file.
type round struct {
	values map[*option.Option]any
	at     map[*option.Option]position // of its key
	found  []finding
}

// marks takes what is marked in the line of an option.
func (r *round) marks(o *option.Option) (messages []string) {
	r.found = slices.DeleteFunc(r.found, func(f finding) bool {
		here := f.Range.Start.Line == r.at[o].Line
		if here {
			messages = append(messages, f.Message)
		}
		return here
	})
	return messages
}

// rounds opens files with values that likes chooses, each option in one line
// of each file, so many or until all values were had.
func (d desk) rounds(most int, likes func(*option.Option, any) bool) []*round {
	var out []*round
	for _, o := range inFiles(d.catalog) {
		n := 0
		for _, v := range pool(o) {
			switch {
			case n == most:
			case v == json.Number("9223372036854775808"): // editors round it
			case strings.Contains(fmt.Sprint(v), "\x00") || !likes(o, v):
			default:
				if n == len(out) {
					out = append(out, &round{values: map[*option.Option]any{}})
				}
				out[n].values[o] = v
				n++
			}
		}
	}
	var texts []string
	for _, r := range out {
		var text string
		text, r.at = d.sheet(r.values)
		texts = append(texts, text)
	}
	_, found := d.open(texts...)
	for i, r := range out {
		r.found = found[i]
	}
	return out
}

// manyOr is how many values to try of each option: more in make soak.
func manyOr(few int) int {
	if os.Getenv("STRATA_SOAK") != "" {
		return 1000
	}
	return few
}

// right holds that what the program takes is not marked, but for the keys of
// options that are deprecated.
func (d desk) right(t *testing.T) {
	t.Helper()
	tried := map[*option.Option]bool{}
	for _, r := range d.rounds(manyOr(6), func(o *option.Option, v any) bool {
		doc := nested(o.Path(), v)
		return v != nil && valid(t, d.schema, doc) == nil && d.refused(doc) == nil
	}) {
		for o := range r.at {
			var want []string
			if o.Deprecated() {
				want = []string{deprecation(d.catalog, o)}
			}
			if got := r.marks(o); !slices.Equal(got, want) {
				t.Errorf("%s: %v is marked %q, want %q", o.Path(), r.values[o], got, want)
			}
			tried[o] = true
		}
		d.nothingElse(t, r)
	}
	d.allOf(t, tried, "right")
}

// wrong holds that what the program refuses and a schema can refuse is marked,
// in words that say what is expected, and that nothing else is.
func (d desk) wrong(t *testing.T) {
	t.Helper()
	tried := map[*option.Option]bool{}
	for _, r := range d.rounds(manyOr(12), func(o *option.Option, v any) bool {
		doc := nested(o.Path(), v)
		return valid(t, d.schema, doc) != nil && d.refused(doc) != nil
	}) {
		for o := range r.at {
			got := r.marks(o)
			if o.Deprecated() {
				got = slices.DeleteFunc(got, func(m string) bool { return m == deprecation(d.catalog, o) })
			}
			if len(got) == 0 {
				t.Errorf("%s: %v is not marked", o.Path(), r.values[o])
			}
			for _, m := range got {
				if !slices.ContainsFunc(readable(o), func(words string) bool { return strings.HasPrefix(m, words) }) {
					t.Errorf("%s: %v is marked %q, want one of %q", o.Path(), r.values[o], m, readable(o))
				}
			}
			tried[o] = true
		}
		d.nothingElse(t, r)
	}
	d.allOf(t, tried, "wrong")
}

func deprecation(c *option.Catalog, o *option.Option) string {
	var paths []string
	for _, flag := range o.UseInstead {
		paths = append(paths, c.ByFlag(flag).SpelledIn(option.SourceYAML))
	}
	return "deprecated, use " + strings.Join(paths, " or ")
}

// readable are the beginnings of what may be said of a wrong value.
func readable(o *option.Option) []string {
	t := o.Value.Traits()
	var out []string
	for _, l := range t.Limits {
		if l.Least != nil {
			out = append(out, fmt.Sprintf("Value is below the minimum of %d.", *l.Least))
		}
		if l.Most != nil {
			out = append(out, fmt.Sprintf("Value is above the maximum of %d.", *l.Most))
		}
		out = append(out, "expected: "+l.Text)
	}
	if t.Struct {
		return []string{"expected: ", "Incorrect type. Expected ", "Value is ", "Missing property ", "Property ", "String is shorter than ", "Array has too few ", "Object has fewer "}
	}
	if len(t.Choices) > 0 {
		choices := strings.ReplaceAll(strings.TrimSuffix(strings.TrimPrefix(fmt.Sprintf("%q", t.Choices), "["), "]"), " ", ", ")
		out = append(out, "Value is not accepted. Valid values: "+choices, "expected: any of "+strings.Join(t.Choices, ", "))
	}
	if t.List {
		return append(out, "expected: a list", "expected: text on one line", `Incorrect type. Expected "string".`, "expected: items with commas")
	}
	switch o.Type() {
	case "bool":
		return append(out, "expected: true or false")
	case "int":
		return append(out, "expected: a whole number")
	case "duration":
		return append(out, "expected: a duration such as 1h30m")
	}
	if len(t.Limits) == 0 {
		out = append(out, "expected: text")
	}
	return out
}

func (d desk) nothingElse(t *testing.T, r *round) {
	t.Helper()
	for _, f := range r.found {
		t.Errorf("%s: line %d of no option is marked %q", d.catalog.Program(), f.Range.Start.Line+1, f.Message)
	}
}

func (d desk) allOf(t *testing.T, tried map[*option.Option]bool, what string) {
	t.Helper()
	for _, o := range inFiles(d.catalog) {
		if !tried[o] {
			t.Errorf("%s: no value is %s", o.Path(), what)
		}
	}
}

// hovers holds that a pointer over a key shows what the option does, and its
// other names.
func (d desk) hovers(t *testing.T) {
	t.Helper()
	r := d.rounds(1, func(_ *option.Option, v any) bool { return v == nil })[0]
	uris, _ := d.open(func() string { text, _ := d.sheet(r.values); return text }())
	for o, at := range r.at {
		got := plainText(d.hover(uris[0], position{at.Line, at.Character + 1}))
		want := []string{o.Name, "Flag: --" + o.Flag, "Type: " + o.Type()}
		if o.Env != "" {
			want = append(want, "Variable: "+string(o.Env))
		}
		if o.Default != "" && o.DefaultDoc == "" && o.Computed == nil && o.Default == option.Escape(o.Default) {
			want = append(want, "Default: "+o.Default)
		}
		for _, text := range append(want, strings.Split(o.Help, "\n\n")...) {
			if text = option.Escape(strings.Join(strings.Fields(text), " ")); !strings.Contains(got, text) {
				t.Errorf("%s: a pointer over it shows\n%s\nwant in it %q", o.Path(), got, text)
			}
		}
	}
}

// plainText is Markdown without what makes it so, in one line.
func plainText(s string) string {
	s = html.UnescapeString(strings.ReplaceAll(s, `\\`, "\x00"))
	s = strings.ReplaceAll(strings.ReplaceAll(s, `\`, ""), "\x00", `\`)
	return strings.Join(strings.Fields(strings.ReplaceAll(s, "\u00a0", " ")), " ")
}

// keys holds that each group offers the keys that belong into it, less those
// that are deprecated.
func (d desk) keys(t *testing.T) {
	t.Helper()
	var texts []string
	var places []position
	var sections []*option.Section
	var walk func(s *option.Section, above string, indent int)
	walk = func(s *option.Section, above string, indent int) {
		pad := strings.Repeat(" ", indent)
		texts, places, sections = append(texts, d.head+above+pad+"\n"), append(places, position{strings.Count(above, "\n") + 1, indent}), append(sections, s)
		for _, key := range s.Keys() {
			if sub, _ := s.Child(key); sub != nil {
				walk(sub, above+pad+key+":\n", indent+2)
			}
		}
	}
	walk(d.catalog.Section(), "", 0)
	uris, _ := d.open(texts...)
	for i, s := range sections {
		got := d.offers(uris[i], places[i])
		var want []string
		for _, key := range s.Keys() {
			if _, o := s.Child(key); o == nil || !o.Deprecated() {
				want = append(want, key)
			}
		}
		slices.Sort(got)
		slices.Sort(want)
		if !slices.Equal(got, want) {
			t.Errorf("%q: got offers %q, want %q", texts[i], got, want)
		}
	}
}

// words holds that a key offers the words that may stand behind it, or in the
// items below it.
func (d desk) words(t *testing.T) {
	t.Helper()
	var options []*option.Option
	var texts []string
	for _, o := range inFiles(d.catalog) {
		if len(o.Value.Traits().Choices) == 0 && o.Type() != "bool" {
			continue
		}
		var b strings.Builder
		b.WriteString(d.head)
		keys := strings.Split(o.Path(), ".")
		for i, key := range keys {
			fmt.Fprintf(&b, "%*s%s:\n", 2*i, "", key)
		}
		text := strings.TrimSuffix(b.String(), "\n") + " "
		if o.Value.Traits().List {
			text = b.String() + strings.Repeat("  ", len(keys)) + "- "
		}
		options, texts = append(options, o), append(texts, text)
	}
	uris, _ := d.open(texts...)
	for i, o := range options {
		want := append(slices.Clone(o.Value.Traits().Choices), "null")
		switch {
		case o.Type() == "bool":
			want = []string{"true", "false", "null"}
		case o.Value.Traits().List:
			want = o.Value.Traits().Choices
		}
		last := texts[i][strings.LastIndex(texts[i], "\n")+1:]
		got := d.offers(uris[i], position{strings.Count(texts[i], "\n"), len(last)})
		if slices.Sort(got); !slices.Equal(got, slices.Sorted(slices.Values(want))) {
			t.Errorf("%s: got offers %q, want %q", o.Path(), got, want)
		}
	}
}

// TestEditorsGuideThroughTheExample opens the file that the project shows, as
// an engineer would.
func TestEditorsGuideThroughTheExample(t *testing.T) {
	t.Parallel()
	e := newEditor(t)
	example, err := os.ReadFile("../testdata/deployment.yaml")
	if err != nil {
		t.Fatal(err)
	}
	for _, draft := range []docgen.Draft{docgen.Draft7, docgen.Draft2020} {
		file := filepath.Join(t.TempDir(), "coder.schema.json")
		if err := os.WriteFile(file, []byte(written(t, func(w io.Writer) error { return docgen.Schema(w, realCatalog(t), draft) })), 0o600); err != nil {
			t.Fatal(err)
		}
		head := "# yaml-language-server: $schema=" + file + "\n"
		slip := strings.Replace(string(example), "minVersion:", "minimumVersion:", 1)
		_, found := e.open(head+string(example), head+slip)
		for _, f := range found[0] {
			t.Errorf("line %d of the example is marked: %s", f.Range.Start.Line, f.Message)
		}
		if len(found[1]) != 1 || found[1][0].Message != "Property minimumVersion is not allowed." {
			t.Errorf("a slip in the example: got marks %+v, want one of the key", found[1])
		}
	}
}
