package values_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"gopkg.in/yaml.v3"
	"pgregory.net/rapid"

	"github.com/strataconf/strata/docgen"
	"github.com/strataconf/strata/internal/leaktest"
	"github.com/strataconf/strata/option"
	"github.com/strataconf/strata/yamlgen"
)

// drawn gives random options random values, from all sources: their examples,
// choices and defaults, and for secrets a text that is minted for each.
func drawn(t *rapid.T, all []*option.Option) (layers []option.Layer, secrets []leaktest.Secret) {
	layers = []option.Layer{{Source: option.SourceFlag}, {Source: option.SourceEnv}, {Source: option.SourceYAML, Name: "f"}}
	for _, o := range all {
		if rapid.IntRange(0, 2).Draw(t, "set "+o.Flag) > 0 {
			continue
		}
		for i := range layers {
			l := &layers[i]
			if !rapid.Bool().Draw(t, "by "+l.Source.String()) || l.Source == option.SourceYAML && o.Path() == "" {
				continue
			}
			text := rapid.SampledFrom(append([]string{o.Example, o.Default, grownText[o.Type()]}, o.Value.Traits().Choices...)).Draw(t, o.Flag)
			switch {
			case o.Secret() && !strings.Contains(o.Flag, "encryption-keys"):
				s := leaktest.Secret{Name: fmt.Sprint(o.Flag, " by ", l.Source)}
				s.Text = leaktest.Mint(s.Name, 16)
				text, secrets = s.Text, append(secrets, s)
				if o.Flag == "postgres-url" {
					text = "postgres://me:" + text + "@db/x"
				}
			case o.Type() == "url":
				s := leaktest.Secret{Name: fmt.Sprint("user of ", o.Flag, " by ", l.Source)}
				s.Text = leaktest.Mint(s.Name, 16)
				text, secrets = "https://me:"+s.Text+"@a.test/x", append(secrets, s)
			}
			raw := option.RawText(text)
			if o.Value.Traits().Struct {
				tree, fault := yamlgen.Tree(text)
				if fault != nil {
					continue
				}
				raw = option.RawTree(&tree)
			}
			l.Inputs = append(l.Inputs, option.Input{Option: o, Raw: raw, Origin: option.Origin{Source: l.Source, Name: o.SpelledIn(l.Source), Arg: int32(len(l.Inputs) + 1)}})
		}
	}
	return layers, secrets
}

// settable are the options that a deployment sets.
func settable(c *option.Catalog) (all []*option.Option) {
	for o := range c.All() {
		if o.Flag != "config" && o.Flag != "write-config" {
			all = append(all, o)
		}
	}
	return all
}

// TestRedactionOfAll draws configurations of all options: what leaves the
// process has no secret in it, what hides nothing is as it was, and a second
// redaction of what was printed changes nothing.
func TestRedactionOfAll(t *testing.T) {
	t.Parallel()
	r := build(t, develHost)
	all := settable(r.Catalog)
	rapid.Check(t, func(t *rapid.T) {
		layers, secrets := drawn(t, all)
		snap, _ := r.Inspect(layers)
		safe := snap.Redact()
		var file bytes.Buffer
		if _, err := yamlgen.Write(&file, safe); err != nil {
			t.Fatal(err)
		}
		find := leaktest.NewFinder(secrets...)
		for _, shape := range []option.Shape{option.ShapeFull, option.ShapeCompact} {
			for what, text := range map[string]string{"config": string(safe.AppendConfig(nil, shape)), "body": string(safe.AppendBody(nil, shape)), "file": file.String()} {
				if got := find.Find(text); got != nil {
					t.Fatalf("the %s shows %v", what, got[0])
				}
			}
		}
		for _, o := range all {
			s := snap.Setting(o)
			if len(s.Inputs) == 0 || s.Inputs[0].Raw.Tree() != nil {
				continue
			}
			shown, withheld, ok := o.Show(s.Inputs[0].Raw)
			if !ok || withheld != safe.Withheld(o) {
				continue // refused, or of several inputs
			}
			if normal, _ := o.Normal(s.Inputs[0].Raw); !withheld && safe.Text(o) != normal && len(s.Inputs) == 1 && safe.Source(o) == s.Inputs[0].Origin.Source {
				t.Fatalf("--%s hides nothing: got %q, want %q", o.Flag, safe.Text(o), normal)
			}
			if again, _, ok := o.Show(option.RawText(shown)); !o.Secret() && ok && again != shown {
				t.Fatalf("--%s: redacted twice, %q is %q", o.Flag, shown, again)
			}
		}
	})
}

// TestWriteLawOfAll draws configurations of all options: the file that is
// written of one gives the same settings and is then written the same to the
// byte.
func TestWriteLawOfAll(t *testing.T) {
	t.Parallel()
	r := build(t, develHost)
	all := settable(r.Catalog)
	write := func(t *rapid.T, safe *option.Redacted) string {
		var out bytes.Buffer
		if err := yamlgen.WriteOnly(&out, safe, func(*option.Option) bool { return true }); err != nil {
			t.Fatal(err)
		}
		return out.String()
	}
	rapid.Check(t, func(t *rapid.T) {
		layers, _ := drawn(t, all)
		first, _ := r.Inspect(layers)
		text := write(t, first.Redact())
		second, problems := r.Inspect([]option.Layer{yamlgen.Parse(r.Catalog, "f", text, yamlgen.Limits{})})
		for _, p := range problems.Errors() {
			if !p.Cross && p.Code != "invalid-value" {
				t.Fatalf("%v of\n%s", p, text)
			}
		}
		again := write(t, second.Redact())
		third, _ := r.Inspect([]option.Layer{yamlgen.Parse(r.Catalog, "f", again, yamlgen.Limits{})})
		if got := write(t, third.Redact()); got != again {
			t.Fatalf("written again\n%s\nwant\n%s", got, again)
		}
	})
}

// TestShapesAreOne draws configurations: whatever is set, the config tree has
// the keys of the struct, and the files have those of the rows, as the schema
// has.
func TestShapesAreOne(t *testing.T) {
	t.Parallel()
	r := build(t, develHost)
	all := settable(r.Catalog)
	plain, _ := r.Inspect(nil)
	tree := func(t rapid.TB, s *option.Redacted, shape option.Shape) []string {
		var v any
		if err := json.Unmarshal(s.AppendConfig(nil, shape), &v); err != nil {
			t.Fatal(err)
		}
		return keysOf(v, func(path string) bool { return ofOption(r.Catalog, path) })
	}
	rows := map[string]bool{}
	for o := range r.All() {
		if o.Path() != "" {
			rows[o.Path()] = true
		}
	}
	var schema bytes.Buffer
	if err := docgen.Schema(&schema, r.Catalog, docgen.Draft2020); err != nil {
		t.Fatal(err)
	}
	var node map[string]any
	if err := json.Unmarshal(schema.Bytes(), &node); err != nil {
		t.Fatal(err)
	}
	properties := map[string]bool{}
	propertiesOf(node, "", rows, properties)
	if !maps.Equal(properties, rows) {
		t.Errorf("the schema has other paths than the rows: %d and %d", len(properties), len(rows))
	}
	shapes := map[option.Shape][]string{}
	for _, shape := range []option.Shape{option.ShapeFull, option.ShapeCompact} {
		shapes[shape] = tree(t, plain.Redact(), shape)
	}
	if full, compact := shapes[option.ShapeFull], shapes[option.ShapeCompact]; len(full) < 150 || !slices.Equal(full, compact) {
		t.Errorf("the shapes have %d and %d keys, want the same", len(full), len(compact))
	}
	rapid.Check(t, func(t *rapid.T) {
		layers, _ := drawn(t, all)
		snap, _ := r.Inspect(layers)
		for shape, want := range shapes {
			if got := tree(t, snap.Redact(), shape); !slices.Equal(got, want) {
				t.Fatalf("shape %v: got keys %q, want %q", shape, got, want)
			}
		}
		var file bytes.Buffer
		if _, err := yamlgen.Write(&file, snap.Redact()); err != nil {
			t.Fatal(err)
		}
		var v any
		if err := yaml.Unmarshal(file.Bytes(), &v); err != nil {
			t.Fatal(err)
		}
		for _, path := range keysOf(v, func(path string) bool { return rows[path] }) {
			group := func(row string) bool { return strings.HasPrefix(row, path+".") } // whose keys are all comments
			if v != nil && !rows[path] && !slices.ContainsFunc(slices.Collect(maps.Keys(rows)), group) {
				t.Fatalf("the written file has %s, which is of no row", path)
			}
		}
	})
}

// ofOption tells the paths of the config tree that are whole values.
func ofOption(c *option.Catalog, path string) bool {
	for o := range c.All() {
		if o.JSONPath() == path {
			return true
		}
	}
	return false
}

// keysOf are the paths of a tree, down to those that whole tells.
func keysOf(v any, whole func(path string) bool) (out []string) {
	var walk func(path string, v any)
	walk = func(path string, v any) {
		if m, ok := v.(map[string]any); ok && (path == "" || !whole(path)) && len(m) > 0 {
			for key, v := range m {
				walk(strings.TrimPrefix(path+"."+key, "."), v)
			}
			return
		}
		out = append(out, path)
	}
	walk("", v)
	slices.Sort(out)
	return out
}

// propertiesOf collects the paths of a schema, down to those of rows.
func propertiesOf(node map[string]any, path string, rows, out map[string]bool) {
	properties, _ := node["properties"].(map[string]any)
	if path != "" && (rows[path] || properties == nil) {
		out[path] = true
		return
	}
	for key, below := range properties {
		if m, ok := below.(map[string]any); ok {
			propertiesOf(m, strings.TrimPrefix(path+"."+key, "."), rows, out)
		} else {
			out[strings.TrimPrefix(path+"."+key, ".")] = true
		}
	}
}
