package docgen_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"gopkg.in/yaml.v3"

	"github.com/strataconf/strata/docgen"
	"github.com/strataconf/strata/internal/golden"
	"github.com/strataconf/strata/option"
	"github.com/strataconf/strata/values"
	"github.com/strataconf/strata/yamlgen"
)

// A subject is a program whose schema is held against its engine.
type subject struct {
	catalog *option.Catalog
	resolve func(...option.Layer) option.Problems
}

func subjects(t testing.TB) []subject {
	t.Helper()
	small, err := option.Build(option.Config[toy]{Program: "toy", EnvPrefix: "TOY_", Host: hostOfNobody, Tables: toyTables, Groups: toyGroups, ConfigFlag: "config"})
	if err != nil {
		t.Fatal(err)
	}
	big, err := values.Build(option.Host{})
	if err != nil {
		t.Fatal(err)
	}
	return []subject{
		{small.Catalog, func(l ...option.Layer) option.Problems { _, p := small.Resolve(l); return p }},
		{big.Catalog, func(l ...option.Layer) option.Problems { _, p := big.Resolve(l); return p }},
	}
}

// escaped are what YAML wants written as an escape.
var escaped = regexp.MustCompile(`[\x7f-\x9f\x{feff}]`)

// refused returns the first problem of a document that is not one of several
// options at once.
func (s subject) refused(document any) *option.Problem {
	src, err := json.Marshal(document)
	if err != nil {
		panic(err)
	}
	text := escaped.ReplaceAllStringFunc(string(src), func(c string) string { return fmt.Sprintf(`\u%04x`, []rune(c)[0]) })
	problems := s.resolve(yamlgen.Parse(s.catalog, "x.yaml", text, yamlgen.Limits{}))
	for _, p := range problems.Errors() {
		if !p.Cross {
			return p
		}
	}
	return nil
}

func compile(t testing.TB, c *option.Catalog, draft docgen.Draft) *jsonschema.Schema {
	t.Helper()
	text := written(t, func(w io.Writer) error { return docgen.Schema(w, c, draft) })
	doc, err := jsonschema.UnmarshalJSON(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	compiler := jsonschema.NewCompiler()
	if err := compiler.AddResource("schema.json", doc); err != nil {
		t.Fatal(err)
	}
	compiled, err := compiler.Compile("schema.json")
	if err != nil {
		t.Fatal(err)
	}
	return compiled
}

func valid(t testing.TB, s *jsonschema.Schema, document any) error {
	t.Helper()
	src, err := json.Marshal(document)
	if err != nil {
		t.Fatal(err)
	}
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(src))
	if err != nil {
		t.Fatal(err)
	}
	return s.Validate(doc)
}

func TestSchemaGolden(t *testing.T) {
	t.Parallel()
	for name, draft := range map[string]docgen.Draft{"schema-07.json": docgen.Draft7, "schema-2020-12.json": docgen.Draft2020} {
		golden.Check(t, "testdata/"+name, []byte(written(t, func(w io.Writer) error { return docgen.Schema(w, toyCatalog(t), draft) })))
	}
}

// texts are what people write, rightly and wrongly, for any kind of option.
var texts = []string{
	"", "0", "1", "-1", "4", "64", "65", "007", "1.5", "1e3", "true", "false", "yes", "null", "~", "a", "red", "RED", "a b", " a", "a ", "a,b", `"a"`, "a\nb", "a\tb", "ä", "⚠️", "\x00",
	"1s", "1h30m", "90m", "-5m", "+5m", "1d", "2w", "0s", "0h", "-0", "+0", "+", "1", "1.s", ".5h", "1h1h", "1m1h", "1µs", "1us", "1μs", "99999999999h", "999999h", "999w9999d999999h", "0.0000000001s", "1x", "5ms", "0.5s", "00h",
	":80", "localhost:80", "127.0.0.1:3000", "[::1]:80", "[::]:0", "[fe80::1:2]:80", "[1:2:3:4:5:6:7:8]:9", "[1::2::3]:9", "::1:80", "a b:80", "x:65535", "x:65536", "x:080", "x:", "x", "[a]:80", "ä:80",
	"https://a.test", "https://a.test/x?y=z#w", "http://a", "ftp://a", "https://", "https:///x", "https://u:p@a.test/", "https://u:p@", "https://a:99999@/", "https://@a/", "a.test", "/x", "//x/y", "x y", "https://a b/", "https://a:0/", "https://a:99999/", "https://a:/", "https://[::1]:80/x", "https://[::1/", "mailto:a@b", "https://a/%zz", "https://a/%20", "https://%41/", "HTTPS://A", "#", "?", "javascript:x", "https://a_b.test", "https://a..b", "1://a", "-://a", "a://-:80",
	"10.0.0.0/8", "::/0", "fe80::/10", "1:2:3:4:5:6:7:8/128", "10.0.0.0/33", "10.0.0.0", "010.0.0.0/8", "X-Forwarded-For", "x y", "a=b", "=b", "a b",
	"CRON_TZ=UTC 0 0 * * *", "TZ=Europe/Paris 30 23 * * *", "0 0 * * *", "60 0 * * *", "0 24 * * *", "* * * * *", "00 00 * * *",
	"org/team", "org", "a@b.test", "example.com", ".example.com", "*.example.com", "*.a", "**.a.b", "^a+$", "(", "[", "6ba7b810-9dad-11d1-80b4-00c04fd430c8", "includeSubDomains", "preload", "9223372036854775807", "9223372036854775808",
	"certificate", "password", "oidc", "tls12", "tls13", "lax", "none", "request", "github",
}

// pool are values of all forms for an option.
func pool(o *option.Option) []any {
	t := o.Value.Traits()
	out := []any{nil, true, false, 0, 1, -1, 64, 65, 1 << 40, json.Number("9223372036854775807"), json.Number("9223372036854775808"), json.Number("-9223372036854775808"), []any{}, map[string]any{}, []any{nil}, []any{1}, map[string]any{"a": "b"}, map[string]any{"a": nil}, []any{[]any{"a"}}}
	for _, s := range slices.Concat(texts, t.Choices) {
		out = append(out, s)
		if t.List {
			out = append(out, []any{s}, []any{"https://a.test", s})
		}
	}
	if t.Form != nil {
		r := rand.New(rand.NewPCG(7, uint64(o.Index())))
		for range 150 {
			out = append(out, grown(r, t.Form))
		}
	}
	return out
}

// grown is a value that has a form, more or less.
func grown(r *rand.Rand, f *option.Form) any {
	if r.IntN(25) == 0 {
		return []any{nil, 1, "", "x", true, []any{}, map[string]any{}}[r.IntN(7)]
	}
	switch f.Kind {
	case option.FormBool:
		return r.IntN(2) == 0
	case option.FormInt:
		return r.IntN(300) - 40
	case option.FormList:
		out := []any{}
		for range r.IntN(3) {
			out = append(out, grown(r, f.Elem))
		}
		return out
	case option.FormMap:
		out := map[string]any{}
		for range r.IntN(3) {
			out[texts[r.IntN(len(texts))]] = grown(r, f.Elem)
		}
		return out
	case option.FormRecord:
		out := map[string]any{}
		for _, m := range f.Members {
			if m.Required || r.IntN(4) == 0 {
				out[m.Key] = grown(r, m.Form)
			}
		}
		if r.IntN(30) == 0 {
			out["unknown"] = 1
		}
		return out
	}
	return texts[r.IntN(len(texts))]
}

func nested(path string, value any) map[string]any {
	keys := strings.Split(path, ".")
	for i := len(keys) - 1; i >= 0; i-- {
		value = map[string]any{keys[i]: value}
	}
	return value.(map[string]any)
}

// TestSchemaAcceptsNoMoreThanTheEngine puts values of all forms to every
// option, and holds what the schema says against what the engine does.
func TestSchemaAcceptsNoMoreThanTheEngine(t *testing.T) {
	t.Parallel()
	for _, s := range subjects(t) {
		gaps := map[*option.Option]bool{}
		for _, g := range docgen.SchemaGaps(s.catalog) {
			gaps[g.Option] = true
		}
		narrower := map[string]bool{}
		schemas := []*jsonschema.Schema{compile(t, s.catalog, docgen.Draft7), compile(t, s.catalog, docgen.Draft2020)}
		documents, accepted := 0, 0
		for o := range s.catalog.All() {
			if o.Path() == "" {
				continue
			}
			some := false
			for _, v := range pool(o) {
				doc := nested(o.Path(), v)
				err := valid(t, schemas[0], doc)
				if documents%8 == 0 { // the drafts differ in their words only
					if again := valid(t, schemas[1], doc); (err == nil) != (again == nil) {
						t.Errorf("%s: the drafts disagree on %#v: %v and %v", o.Path(), v, err, again)
					}
				}
				problem := s.refused(doc)
				documents++
				switch {
				case err == nil && problem != nil && !gaps[o] && !strings.Contains(fmt.Sprint(v), "\x00"):
					t.Errorf("%s: the schema accepts %#v, the engine does not: %v", o.Path(), v, problem)
				case err == nil && problem == nil:
					accepted++
					some = some || v != nil
				case err != nil && problem == nil:
					narrower[fmt.Sprintf("%-14s%s", o.Type(), form(o, v))] = true
				}
			}
			if !some {
				t.Errorf("%s: the schema accepts none of the values", o.Path())
			}
		}
		t.Logf("%s: %d documents, %d accepted by both", s.catalog.Program(), documents, accepted)
		lines := []string{"# What the program accepts and its schema does not, by kind of option and form of value."}
		for line := range narrower {
			lines = append(lines, line)
		}
		slices.Sort(lines[1:])
		golden.Check(t, "testdata/schema-narrower-"+s.catalog.Program()+".txt", []byte(strings.Join(lines, "\n")+"\n"))
	}
}

// form names the form of a value, and the text where one text belongs.
func form(o *option.Option, v any) string {
	switch v := v.(type) {
	case nil:
		return "null"
	case bool:
		return "true or false"
	case int, json.Number:
		return "a number"
	case string:
		if t := o.Value.Traits(); t.List || t.Struct {
			return "a text"
		}
		return "the text " + strconv.QuoteToASCII(v)
	case []any:
		return "a list"
	}
	return "a mapping"
}

// TestSchemaOfWholeDocuments draws documents of many options.
func TestSchemaOfWholeDocuments(t *testing.T) {
	t.Parallel()
	for _, s := range subjects(t) {
		gaps := map[*option.Option]bool{}
		for _, g := range docgen.SchemaGaps(s.catalog) {
			gaps[g.Option] = true
		}
		compiled := compile(t, s.catalog, docgen.Draft7)
		good := map[string][]any{}
		for o := range s.catalog.All() {
			for _, v := range pool(o) {
				if o.Path() != "" && !gaps[o] && !strings.Contains(fmt.Sprint(v), "\x00") && valid(t, compiled, nested(o.Path(), v)) == nil {
					good[o.Path()] = append(good[o.Path()], v)
				}
			}
		}
		r := rand.New(rand.NewPCG(1, 2))
		for range 150 {
			doc := map[string]any{"x-mine": []any{1}}
			for o := range s.catalog.All() {
				if all := good[o.Path()]; len(all) > 0 && r.IntN(4) == 0 {
					merge(doc, nested(o.Path(), all[r.IntN(len(all))]))
				}
			}
			if err := valid(t, compiled, doc); err != nil {
				t.Fatalf("%s: parts are valid and the whole is not: %v", s.catalog.Program(), err)
			}
			if p := s.refused(doc); p != nil {
				t.Fatalf("%s: the schema accepts a document, the engine does not: %v", s.catalog.Program(), p)
			}
		}
	}
}

func merge(into, from map[string]any) {
	for k, v := range from {
		if sub, ok := into[k].(map[string]any); ok {
			merge(sub, v.(map[string]any))
		} else {
			into[k] = v
		}
	}
}

// TestSchemaGaps holds the list of what schemas can't say.
func TestSchemaGaps(t *testing.T) {
	t.Parallel()
	for _, s := range subjects(t) {
		var b strings.Builder
		b.WriteString("# What the schema accepts and the program does not, beside checks of several options.\n")
		for _, g := range docgen.SchemaGaps(s.catalog) {
			where := "any option"
			if g.Option != nil {
				where = g.Option.Path()
			}
			b.WriteString(where + ": " + g.Reason + "\n")
		}
		golden.Check(t, "testdata/schema-gaps-"+s.catalog.Program()+".txt", []byte(b.String()))
	}
}

// TestSchemaRefuses holds what an editor must mark.
func TestSchemaRefuses(t *testing.T) {
	t.Parallel()
	s := compile(t, toyCatalog(t), docgen.Draft7)
	for _, c := range []struct {
		doc map[string]any
		ok  bool
	}{
		{map[string]any{"x-free": 1}, true},
		{map[string]any{"net": nil}, true},
		{map[string]any{"net": map[string]any{"x-free": 1}}, false},
		{map[string]any{"wrokers": 1}, false},
		{map[string]any{"workers": 0}, false},
		{map[string]any{"workers": 65}, false},
		{map[string]any{"wait": "1 hour"}, false},
		{map[string]any{"wait": 0}, true},
		{map[string]any{"wait": 5}, false},
		{map[string]any{"net": map[string]any{"tls": map[string]any{"methods": []any{"certificate", "magic"}}}}, false},
	} {
		if err := valid(t, s, c.doc); (err == nil) != c.ok {
			t.Errorf("%v: got %v, want accepted: %v", c.doc, err, c.ok)
		}
	}
}

// TestSchemaTakesWhatIsWritten holds that files which the program wrote itself
// keep to its schema.
func TestSchemaTakesWhatIsWritten(t *testing.T) {
	t.Parallel()
	s := compile(t, realCatalog(t), docgen.Draft7)
	for _, name := range []string{"golden/reference.yaml", "golden/written.yaml"} {
		src, err := os.ReadFile("../testdata/" + name)
		if err != nil {
			t.Fatal(err)
		}
		var doc any
		if err := yaml.Unmarshal(src, &doc); err != nil {
			t.Fatal(err)
		}
		if err := valid(t, s, doc); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestSchemaReadsBack reads the rows of the catalog from both schemas.
func TestSchemaReadsBack(t *testing.T) {
	t.Parallel()
	for _, c := range catalogs(t) {
		schemaReadsBack(t, c, docgen.Draft7)
		schemaReadsBack(t, c, docgen.Draft2020)
	}
}

func schemaReadsBack(t *testing.T, c *option.Catalog, draft docgen.Draft) {
	t.Helper()
	var root map[string]any
	if err := json.Unmarshal([]byte(written(t, func(w io.Writer) error { return docgen.Schema(w, c, draft) })), &root); err != nil {
		t.Fatal(err)
	}
	byPath := map[string]row{}
	var walk func(path string, at map[string]any)
	walk = func(path string, at map[string]any) {
		for key, v := range at["properties"].(map[string]any) {
			p, sub := strings.TrimPrefix(path+"."+key, "."), v.(map[string]any)
			text, _ := sub["description"].(string)
			if c.ByYAML(p) == nil {
				walk(p, sub)
				continue
			}
			rows := parseRows("Name: " + sub["title"].(string) + "\n" + text)
			rows[0].path = p
			byPath[p] = rows[0]
		}
	}
	walk("", root)
	var got []row
	want := rowsOf(c, func(o *option.Option) bool { return o.Path() != "" })
	for _, r := range want {
		got = append(got, byPath[r.path])
	}
	sameRows(t, c.Program()+" schema", got, want)
}

// parseRows reads the lines "label: text" of a document. A line with a name
// begins a row.
func parseRows(text string) []row {
	var out []row
	for line := range strings.Lines(text) {
		label, value, found := strings.Cut(strings.TrimSpace(line), ": ")
		if !found {
			continue
		}
		if unquoted, err := strconv.Unquote(value); err == nil && value[0] == '"' {
			value = unquoted
		}
		if label == "Name" {
			out = append(out, row{name: value})
		}
		if len(out) == 0 {
			continue
		}
		r := &out[len(out)-1]
		switch label {
		case "Flag":
			r.flag = strings.TrimPrefix(value, "--")
		case "Variable":
			r.env = value
		case "YAML":
			r.path = value
		case "Type":
			r.kind = value
		case "Default":
			r.def = value
		}
	}
	return out
}
